"""How many things a number says there are, against their names: in the words before it, behind it, in the tables."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact
from toolkit.proof.lines import is_whole
from toolkit.proof.once import once
from toolkit.proof.outline import PROBLEMS, numeral
from toolkit.proof.report import Report, Sentence
from toolkit.proof.row_words import row_name
from toolkit.proof.rules.counting.counts import counted
from toolkit.text.folding import squeeze
from toolkit.text.patterns import Pattern

_N = r"(?P<count>[0-9]{1,3}|[两二三四五六七八九十]{1,3})"
_STAGED = Pattern(
    rf"(?:分|分为|分成|划分为|实行|设|设置|共)(?:为)?{_N}(?:个)?(?P<noun>阶段|步骤|环节|档|期|批|轮|层次|等次|标段|包)(?![一二三四五六七八九十])"
)
_NOUNS = "部门|单位|街道|乡镇|镇|乡|村|社区|县区|区县|市州|县|市|区|片区|学校|医院|地区|维度|类别|环节|方面|专业|品种|工种|省份|处室|科室|机构|中心|小区|标段|园区"
_BEFORE = Pattern(
    rf"(?:^|[，。；：（])(?P<list>[\u4e00-\u9fff]{{2,8}}(?:、[\u4e00-\u9fff]{{2,8}}){{1,9}}(?:(?:和|及|与)[\u4e00-\u9fff]{{2,8}})?)(?P<count>[0-9]{{1,2}}|[两二三四五六七八九十])(?:个|家|所|类)?(?P<noun>{_NOUNS})"
)
_PLACES = Pattern(
    rf"(?P<lead>辖|下辖|涉及|覆盖|共有?|全[市县区州省]|分|分为|、|对)(?:全[市县区州省])?{_N}(?:个|家)?(?P<noun>街道|乡镇|镇|乡|县区|区县|县|片区|标段|社区|开发区|园区)(?![长级委府财]|[（(/][镇乡街办村区])"
)
_VERB = Pattern(
    "^(?:完成|建立|新建|改造|建设|开展|推进|组织|实施|覆盖|涉及|完善|优化|分为|选取|抽取|负责|其余|其他|包括)"
)
_FEWEST = 2


def _facts(report: Report, sentence: Sentence, match: re.Match[str]) -> tuple[Fact, ...]:
    at = sentence.start + match.start("count")
    return report.facts_within(sentence.place, at, at + 1)


@rule(
    "count.stages",
    group=Group.COUNTS,
    title="分几个阶段、几档、几期与逐一说到的相符",
    good=(
        "评价分三个阶段：第一阶段为准备；第二阶段为核查；第三阶段为撰写。",
        "按失能程度分三档，一档每月200元，二档每月400元，三档每月700元。",
        "合同价款分4期支付，第1期付30%，其余按进度付。",
    ),
    bad=(
        "评价分四个阶段：第一阶段为准备；第二阶段为核查；第三阶段为撰写。",
        "按失能程度分四档，一档每月200元，二档每月400元，三档每月700元。",
        "合同价款分3期支付。\n期次\t应付\n第1期\t30\n第2期\t40\n第3期\t20\n第4期\t10\n合计\t100\n",
    ),
)
def stages(report: Report) -> Iterator[Result]:
    """分三个阶段, and 第一阶段, 第二阶段 behind it in the paragraph, or as lines of a table."""
    texts = report.texts
    for sentence in report.prose_with(_STAGED):
        for match in _STAGED.finditer(sentence.text):
            behind = texts[sentence.place][sentence.start + match.end() :]
            noun = match["noun"]
            told = [numeral(found) for found in re.findall(rf"第?([一二三四五六七八九十]|[0-9]{{1,2}}){noun}", behind)]
            named = len(set(told)) if set(told) == set(range(1, len(set(told)) + 1)) else 0
            named = named if named >= _FEWEST else _in_tables(report, noun)
            if named >= _FEWEST:
                yield from _compared(report, sentence, match, {named})


def _in_tables(report: Report, noun: str) -> int:
    """How many lines a table has that are called 第一期, 一标段 and so on, one behind another."""
    pattern = Pattern(rf"第?([一二三四五六七八九十]|[0-9]{{1,2}}){noun}")
    for labels in _labels(report):
        numbers = [numeral(match[1]) for label in labels if (match := pattern.fullmatch(label))]
        if len(numbers) >= _FEWEST and numbers == list(range(1, len(numbers) + 1)):
            return len(numbers)
    return 0


@once
def _labels(report: Report) -> list[list[str]]:
    """The first words of every table's rows."""
    return [[squeeze(row_name(row)) for row in table.rows[table.head :]] for table in report.document.tables]


def _compared(report: Report, sentence: Sentence, match: re.Match[str], named: set[int]) -> Iterator[Result]:
    count, facts = counted(match["count"]), _facts(report, sentence, match)
    if count in named:
        yield from (agrees(*facts) for _ in facts[:1])
    else:
        near = "或".join(map(str, sorted(named)))
        message = f"写“{match[0].strip('，。；：（、')}”，逐一说到的是{near}个"
        yield differs(sentence.place, match["count"], near, message, facts=facts, confidence=85)


@rule(
    "count.before",
    group=Group.COUNTS,
    title="列名之后写的个数与所列相符",
    good=(
        "民政、财政、卫健、住建、市场监管5个部门建立联席会议制度。",
        "甲县、乙县和丙县3个县全部完成。东陵市、西平市两市占70%。",
    ),
    bad=("民政、财政、卫健、住建、市场监管6个部门建立联席会议制度。", "由教育、卫生、民政四部门联合印发。"),
)
def before(report: Report) -> Iterator[Result]:
    """Names in a row right before how many there are."""
    for sentence in report.prose_with(_BEFORE):
        for match in _BEFORE.finditer(sentence.text):
            words = re.sub("^(?:由|经|在|对|向|与|将|以|从|按)", "", match["list"])
            items = [item for item in re.split("、|和|及|与", words) if item]
            plain = words.split("、")
            if match["noun"][:1] in "省市县区州地" and len(items[-1]) == counted(match["count"]):
                continue  # 部市、院市、京津两市: two places in two characters
            if len(plain) < _FEWEST + (match["count"] not in "两2二") or any(map(_VERB.match, plain)):
                continue
            yield from _compared(report, sentence, match, {len(items), len(plain)})


@rule(
    "count.places",
    group=Group.COUNTS,
    title="辖几个街道、镇，分几个标段，与表中相符",
    good=(
        "全区辖2个街道、1个镇。\n镇街\t人数\n金湾街道\t100\n海棠街道\t90\n清溪镇\t80\n合计\t270\n",
        "覆盖四个街道（镇）。\n镇街\t人数\n金湾街道\t100\n海棠街道\t90\n城南街道\t90\n清溪镇\t80\n合计\t360\n",
        "全区辖5个街道，评价抽取2个街道。\n镇街\t人数\n金湾街道\t100\n海棠街道\t90\n",
    ),
    bad=(
        "全区辖2个街道、2个镇。\n镇街\t人数\n金湾街道\t100\n海棠街道\t90\n清溪镇\t80\n合计\t270\n",
        "项目分四个标段招标。\n标段\t合同价\n一标段\t100\n二标段\t90\n三标段\t80\n合计\t270\n",
    ),
)
def places(report: Report) -> Iterator[Result]:
    """How many of a kind of place, against tables with a total line whose names end so."""
    for sentence in report.prose_with(_PLACES):
        for match in _PLACES.finditer(sentence.text):
            if match["lead"] in ("、", "对") and not re.search(
                "辖|全[市县区州省]", sentence.text[: match.start()][-12:]
            ):
                continue
            counts = {count for labels in _labels(report) if (count := _named(labels, match["noun"]))}
            if len(counts) == 1:
                count, facts = counted(match["count"]), _facts(report, sentence, match)
                listed = min(counts)
                if count == listed:
                    yield from (agrees(*facts) for _ in facts[:1])
                elif abs(count - listed) <= _NEAR:
                    message = f"写“{match[0].strip('、')}”，表中名称以“{match['noun']}”结尾的有{listed}个"
                    yield doubtful(sentence.place, match["count"], str(listed), message, facts=facts, confidence=75)


_NEAR = 2
"""A list that is shorter or longer by more is of something else."""


def _named(labels: list[str], noun: str) -> int:
    """How many names end with a word, in a table whose total line says that it lists them all."""
    if not any(map(is_whole, labels)):
        return 0
    return len({label for label in labels if label.endswith(noun) and len(label) > len(noun) and not is_whole(label)})


_PROBLEMS = Pattern(
    r"(?:上述|以上|针对|前述|等)(?:上述|以上|前述)?(?P<count>[0-9]{1,2}|[两二三四五六七八九十])(?:个|项|类|条)?(?:方面)?的?(?:主要|突出|具体)?(?:问题|不足|短板)"
)


@rule(
    "count.problems",
    group=Group.COUNTS,
    title="上述几方面问题与列出的问题数相符",
    good=("一、存在问题\n一是进度慢。\n二是质量低。\n二、建议\n针对上述两方面问题，提出建议。",),
    bad=("一、存在问题\n一是进度慢。\n二是质量低。\n二、建议\n针对上述三方面问题，提出建议。",),
)
def problems(report: Report) -> Iterator[Result]:
    """上述四方面问题, and 等3个方面的问题 in a summary, against the chapter of problems."""
    listed = _problems_listed(report)
    for sentence in report.prose_with(_PROBLEMS) if listed > 1 else ():
        for match in _PROBLEMS.finditer(sentence.text):
            count, facts = counted(match["count"]), _facts(report, sentence, match)
            if count == listed:
                yield from (agrees(*facts) for _ in facts[:1])
            else:
                message = f"写“{match[0]}”，有关章节列出的是{listed}个问题"
                yield differs(sentence.place, match["count"], str(listed), message, facts=facts, confidence=85)


_ITEMS = (
    r"\s*([一二三四五六七八九十]{1,3})、",
    r"\s*[（(]([一二三四五六七八九十]{1,3})[)）]",
    r"\s*([一二三四五六七八九十])是",
    r"\s*([0-9]{1,2})[.．、](?![0-9])",
    r"\s*[0-9]{1,2}\.([0-9]{1,2})\s",
)


def _problems_listed(report: Report) -> int:
    """How far the numbering of the chapter of problems goes, by the first kind of mark in it."""
    section = [item.text for item in report.section(*PROBLEMS, "问题")]
    if section:
        pattern = next((pattern for text in section for pattern in _ITEMS if re.match(pattern, text)), "")
        numbers = [numeral(match[1]) for text in section if pattern and (match := re.match(pattern, text))]
        if numbers == list(range(1, len(numbers) + 1)):
            return len(numbers)
    return 0
