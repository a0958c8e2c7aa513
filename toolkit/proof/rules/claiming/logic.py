"""Words against figures: marks and what was taken off, full marks beside problems, problems without advice."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Cell, Paragraph, Place
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.outline import PROBLEMS, prose
from toolkit.proof.report import Report
from toolkit.text.folding import squeeze

_V = r"[0-9]+(?:\.[0-9]+)?"
_FULL = re.compile(rf"(?:分值|满分|权重)(?:为)?(?P<value>{_V})分|[（(](?P<short>{_V})分[)）]")
_LOST = re.compile(rf"(?:扣|扣减|扣除|失)(?:了)?(?P<value>{_V})分")
_GOT = re.compile(rf"(?<![不未])得(?:分)?(?:为)?(?P<value>{_V})分")
_FULL_MARK = re.compile(
    r"(?<!没有)(?<!没有得)(?<!未)(?<!未得)(?<!没)(?<!没得)(?:得|为)?满分(?!值|的|[0-9]|为[0-9]|是[0-9])"
)
_LABEL = re.compile(
    r"^\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）.．、])?\s*[“]?(?P<name>[\u4e00-\u9fff、]{3,20}?)[”]?(?:[：:。（(]|\s|$)"
)
_SCALE = 2
_SCALED = Decimal("0.03")
"""So much may rounding move a mark that was scaled. Units: 分."""
_MISSING = re.compile(
    r"缺失|缺少|不完整|不齐全|未编制|不完善|不明确|不够明确|不健全|未开展|未进行|滞后|不及时|未支付|有待提高|不规范|不到位|未制定"
)
_PERFECT = re.compile(r"齐全|完整|及时归档|科学|明确|清晰|健全|规范|合理")
_TOPICS = (
    (re.compile("预算编制"), re.compile("预算(?:编制|方案)")),
    (
        re.compile("(?:绩效)?指标明确性"),
        re.compile("(?:绩效)?(?:指标|目标)(?:值)?(?:设置|编制)?(?:不够|不)?(?:明确|完善|细化|量化)|指标.{0,6}量化"),
    ),
    (re.compile("目标合理性"), re.compile("绩效目标.{0,8}(?:不合理|偏差|不符)")),
    (re.compile("管理制度健全性"), re.compile("制度.{0,12}(?:不健全|完善|缺乏|缺失|未制定)")),
    (re.compile("资料齐全|制度执行有效性"), re.compile("(?:验收报告|凭证|档案|资料).{0,8}(?:缺失|不完整|不齐全|缺少)")),
    (re.compile("资金拨付及时性|支付及时性"), re.compile("(?:资金|款).{0,10}(?:不及时|未支付|滞后)")),
)
_RULE = re.compile("每|否则|酌情|扣完为止|按.{0,12}计算")
"""A sentence that says how marks are given, not which were."""


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a stretch of text says of one indicator. Units: 分."""

    full: Decimal | None
    lost: Decimal | None
    got: Decimal | None
    is_full: bool
    facts: tuple[Fact, ...]


def _value(match: re.Match[str] | None) -> Decimal | None:
    if match is None:
        return None
    return Decimal(match["value"] or match.groupdict().get("short") or "0")


def _marks(report: Report, place: Place, text: str, start: int) -> _Marks | None:
    """The marks of a sentence when it speaks of one mark only."""
    got, lost = list(_GOT.finditer(text)), list(_LOST.finditer(text))
    if len({match["value"] for match in got}) > 1 or len(lost) > 1 or not (got or _FULL_MARK.search(text)):
        return None
    full = list(_FULL.finditer(text))
    places = (*got, *lost, *full)
    facts = [
        fact for match in places for fact in report.facts_within(place, start + match.start(), start + match.end())
    ]
    scores = tuple(fact for fact in facts if fact.kind is FactKind.SCORE)
    said = full[0] if len({_value(match) for match in full}) == 1 else None
    is_full = _FULL_MARK.search(text) is not None
    return _Marks(_value(said), _value(lost[0]) if lost else None, _value(got[0]) if got else None, is_full, scores)


@rule(
    "logic.deduction",
    group=Group.LOGIC,
    title="分值、扣分、得分相符",
    good=(
        "该指标分值4分，扣1分，得3分。",
        "该指标得3分，满分。",
        "1.“合同付款控制”分值2.00分，得0.00分。实际完成值105.00%，未达到目标，得0.00分。",
    ),
    bad=(
        "该指标分值4分，扣1分，得2分。",
        "该指标分值4分，扣1分，满分。",
        "该指标分值8分，得7分，满分。",
        "该指标扣1分，得4分，满分。",
    ),
)
def deductions(report: Report) -> Iterator[Result]:
    """Full mark less what was taken off is the mark; a full mark has nothing taken off."""
    for sentence in report.sentences:
        if _RULE.search(sentence.text) or "折算" in sentence.text:
            continue
        marks = _marks(report, sentence.place, sentence.text, sentence.start)
        if marks is None:
            continue
        if marks.is_full and marks.lost:
            message = f"写扣{marks.lost}分，又写满分"
            yield differs(sentence.place, f"扣{marks.lost}分，满分", "", message, facts=marks.facts)
        elif marks.full is not None and marks.got is not None:
            yield from _of_full(sentence.place, marks)


def _of_full(place: Place, marks: _Marks) -> Iterator[Result]:
    full, got = marks.full or Decimal(0), marks.got or Decimal(0)
    due = full if marks.is_full else full - marks.lost if marks.lost is not None else None
    if got > full:
        yield differs(place, str(got), f"不超过{full}", f"得{got}分，超过分值{full}分", facts=marks.facts)
    elif due is not None and got != due:
        words = "满分" if marks.is_full else f"扣{marks.lost}分"
        message = f"分值{full}分，{words}，应得{due}分，写得{got}分"
        yield differs(place, str(got), str(due), message, facts=marks.facts, working=f"{full}-{marks.lost or 0}={due}")
    elif due is not None and marks.facts:
        yield agrees(*marks.facts)


@rule(
    "logic.row",
    group=Group.LOGIC,
    title="评分说明与本行的分值、得分相符",
    good=(
        "指标\t分值\t得分\t评分说明\n甲\t3.00\t2.50\t3个要点中2个符合，扣0.50分，得2.50分。\n乙\t2\t2\t全部符合，得2.00分。",
    ),
    bad=(
        "指标\t分值\t得分\t评分说明\n甲\t3.00\t2.40\t3个要点中2个符合，扣0.50分，得2.50分。\n乙\t2\t2\t全部符合，得2.00分。",
    ),
)
def explained_rows(report: Report) -> Iterator[Result]:
    """What a row's explanation says was taken off and given, against its own cells."""
    for table in report.document.tables:
        heads = table.headings
        full = next((at for at, text in enumerate(heads) if re.fullmatch(r"分值|满分|权重|标准分", text)), None)
        mark = next((at for at, text in enumerate(heads) if re.fullmatch(r"(?:评价|自评|核查)?得分", text)), None)
        told = next((at for at, text in enumerate(heads) if re.search(r"说明|理由|依据|情况", text)), None)
        if full is None or mark is None or told is None:
            continue
        counted = next((at for at, text in enumerate(heads) if text == "计分值"), full)
        for row in table.rows[table.head :]:
            yield from _row(report, (row[full], row[counted], row[mark]), row[told])


def _row(report: Report, cells: tuple[Cell, Cell, Cell], told: Cell) -> Iterator[Result]:
    facts = tuple(fact for cell in cells for fact in report.facts_at(cell.place)[:1])
    last = list(_GOT.finditer(told.text))
    if len(facts) < len(cells) or not last or not facts[0].value or facts[1].value is None or facts[2].value is None:
        return
    whole, counted, got = facts[0].value, facts[1].value, facts[2].value
    mark = cells[2]
    said, lost = Decimal(last[-1]["value"]), list(_LOST.finditer(told.text))
    own = tuple(fact for fact in report.facts_at(told.place) if any(
        fact.start < match.end() and fact.end > match.start() for match in (last[-1], *lost)))  # fmt: skip
    # Where the points of indicators that do not apply are shared out, marks are scaled from 分值 to 计分值.
    if abs(said * counted / whole - got) > (0 if counted == whole else _SCALED):
        message = f"得分栏{got}分，说明写得{said}分"
        yield differs(mark.place, str(got), str(said), message, related=(told.place,), facts=(*facts[1:], *own))
    elif len({match["value"] for match in lost}) == 1 and whole - Decimal(lost[0]["value"]) != said:
        message = f"分值{whole}分，扣{lost[0]['value']}分，得分栏{got}分"
        yield differs(mark.place, str(got), str(whole - Decimal(lost[0]["value"])), message, facts=(*facts, *own))
    else:
        yield agrees(*facts, *own)


_TITLE = re.compile("存在的?问题|问题及原因|经验|做法")
_INNER = re.compile("存在的?(?:主要)?问题|问题及原因")


def problems_of(report: Report) -> tuple[Paragraph, ...]:
    """The paragraphs of the chapter of problems, without its headings."""
    found = report.section(*PROBLEMS)
    # 五、经验和存在的问题 holds a chapter of its own for problems.
    inner = max((at for at, item in enumerate(found) if item.level and _INNER.search(item.text)), default=-1)
    found = found[inner + 1 :]
    return tuple(item for item in found if item.text.strip() and not _TITLE.search(item.text[:24]))


@rule(
    "logic.full_mark",
    group=Group.LOGIC,
    title="满分的指标没有写进问题",
    good=(
        "一、分析\n1.预算编制科学性：编制有依据，该指标得2分，扣1分。\n二、存在问题\n（一）预算编制有待提高\n三、建议",
    ),
    bad=(
        "一、分析\n1.预算编制科学性：编制有依据，该指标得3分，满分。\n二、存在问题\n（一）预算编制有待提高\n部分项目未编制详细的预算方案。\n三、建议",
    ),
)
def full_mark_and_problem(report: Report) -> Iterator[Result]:
    """An indicator with its full mark, and a problem about just that."""
    problems = [item for item in problems_of(report) if _MISSING.search(item.text)]
    for place, text in prose(report.document):
        if any(place == item.place for item in problems):
            continue
        for indicator, problem in _TOPICS:
            named = f"{_heading_of(report, place)}{text[:24]}"
            if not indicator.search(named) and not (indicator.search(text) and "满分" in text):
                continue
            if not _is_full(report, place, text):
                continue
            told = next((item for item in problems if problem.search(item.text)), None)
            if told is not None:
                name = _LABEL.match(_heading_of(report, place) or text)
                shown = name["name"] if name else text[:16]
                message = f"“{shown}”得满分，而存在问题写“{told.text.strip()[:40]}”"
                yield doubtful(place, shown, "", message, related=(told.place,))
                break


def _is_full(report: Report, place: Place, text: str) -> bool:
    if _LOST.search(text):
        return False
    if _FULL_MARK.search(text):
        return True
    got = [Decimal(match["value"]) for match in _GOT.finditer(text)]
    full = _full_of(report, place)
    return bool(got) and full is not None and got[-1] == full


_BLOCKS = "blocks of paragraphs"


def _heading_of(report: Report, place: Place) -> str:
    """The paragraph above when it is the heading of an indicator, with its full mark: （1）立项依据充分性（3分）."""
    if _BLOCKS not in report.memory:
        paragraphs = [item for item in report.document.paragraphs if item.text.strip()]
        report.memory[_BLOCKS] = ([item.place.block for item in paragraphs], paragraphs)
    blocks, paragraphs = report.memory[_BLOCKS]
    at = bisect_left(blocks, place.block)
    text = paragraphs[at - 1].text if at else ""
    return text if re.search(rf"[（(]{_V}分[)）]\s*$", text) else ""


def _full_of(report: Report, place: Place) -> Decimal | None:
    """The full mark in the heading of a paragraph."""
    match = re.search(rf"[（(]({_V})分[)）]\s*$", _heading_of(report, place))
    return Decimal(match[1]) if match else None


@rule(
    "logic.advice",
    group=Group.LOGIC,
    title="每个问题都有建议",
    good=("一、存在问题\n（一）目标编制不细\n（二）支付不及时\n二、有关建议\n（一）细化目标编制\n（二）加快支付进度",),
    bad=(
        "一、存在问题\n（一）目标编制不够细化\n（二）资金支付不及时\n二、有关建议\n（一）细化目标编制\n（二）做好其他工作",
        "一、存在问题\n（一）目标不够细化。有3个。\n（二）基层使用率不高。有2家。\n二、有关建议\n（一）细化目标。",
        "一、存在问题\n（一）数据勾稽不符\n（二）资金支付不及时\n二、有关建议\n（一）统一口径。针对“数据勾稽不符”的问题，请核对。\n（二）做好工作。",
    ),
)
def problem_without_advice(report: Report) -> Iterator[Result]:
    """A headed problem of which no word comes back in the advice."""
    problems = [item for item in problems_of(report) if _LISTED.match(item.text)]
    advice = report.section("建议", "对策", "整改措施")
    if len(problems) < _SCALE or not advice:
        return
    text = "".join(item.text for item in advice)
    quoting = "针对“" in text
    fewer = 0 < sum(1 for item in advice if _LISTED.match(item.text)) < len(problems)
    for item in problems:
        title = re.split(
            "[。：:]", re.sub(r"^\s*[（(]?[0-9一二三四五六七八九十]+[)）.．、]\s*", "", item.text).strip()
        )[0]
        inline = len(item.text.rstrip()) > len(title) + _MARKED
        if not 0 < len(title) <= _TITLE_LENGTH or (inline and not fewer):
            continue  # what is told in whole sentences is answered in other words: only where an answer is missing
        answered = title in text if quoting else _shares(title, text)
        if not answered:
            yield doubtful(item.place, title, "", f"问题“{title}”在建议部分没有对应的建议", related=(advice[0].place,))


_LISTED = re.compile(r"\s*(?:[（(][一二三四五六七八九十]+[)）]|[0-9]{1,2}[.．、])")
_TITLE_LENGTH, _MARKED = 36, 6
_EMPTY = re.compile(r"部分|项目|工作|仍需|有待|不够|不足|存在|需要|进一步|待|个别|一些|情况|不|未|较|及|的")


def _shares(title: str, text: str) -> bool:
    """Whether two characters in a row of what the title is about are in the advice."""
    words = [word for word in _EMPTY.split(title) if len(word) >= _SCALE]
    return not words or any(word[at : at + 2] in text for word in words for at in range(len(word) - 1))


@rule(
    "logic.formula",
    group=Group.LOGIC,
    title="指标的公式算的是该指标",
    good=(
        "指标\t评分标准\n预算执行率\t预算执行率=（实际支出资金/实际到位资金）×100%，得分=预算执行率×分值\n资金到位率\t得分=资金到位率×分值",
    ),
    bad=(
        "指标\t评分标准\n预算执行率\t评分规则：得分=资金到位率×分值\n资金到位率\t得分=资金到位率×分值",
        "平台建设费用=（计划成本-实际成本）/计划成本*100%，得满分",
    ),
)
def formulas(report: Report) -> Iterator[Result]:
    """A mark computed from another indicator's rate; a rate of saving under another name."""
    names = ("资金到位率", "预算执行率", "成本节约率", "质量达标率", "实际完成率")
    for table in report.document.tables:
        for row in table.rows:
            own = next((name for cell in row for name in names if squeeze(cell.text) == name), None)
            for cell in row:
                match = re.search(rf"得分[=＝](?P<rate>{'|'.join(names)})[×*xX]", cell.text)
                if own and match and match["rate"] != own:
                    yield doubtful(cell.place, match["rate"], own, f"“{own}”的评分规则写成了“{match[0]}分值”")
    for place, text in report.document.texts():
        match = re.search(r"(?P<name>[\u4e00-\u9fff]{2,10})[=＝][（(]计划成本[-－—]实际成本[)）]", text)
        if match and not match["name"].endswith("节约率"):
            yield doubtful(place, match["name"], "成本节约率", f"公式算的是成本节约率，名称写成“{match['name']}”")


@rule(
    "logic.no_problem",
    group=Group.LOGIC,
    title="扣了分就有问题说明",
    good=("指标\t分值\t得分\n甲\t3\t3\n乙\t3\t3\n存在问题\t无。\t",),
    bad=("指标\t分值\t得分\n甲\t3\t1.5\n乙\t3\t3\n存在问题\t无。\t",),
)
def lost_without_problem(report: Report) -> Iterator[Result]:
    """存在问题：无, and an indicator that lost points."""
    for table in report.document.tables:
        none = next(
            (
                row
                for row in table.rows
                if row[0].label == "存在问题" and any(re.fullmatch(r"无。?", cell.text.strip()) for cell in row[1:])
            ),
            None,
        )
        if none is None:
            continue
        full = next((at for at, text in enumerate(table.headings) if re.search("分值|权重", text)), None)
        mark = next((at for at, text in enumerate(table.headings) if re.search("得分|自评分", text)), None)
        lowest = next((at for at, text in enumerate(table.headings) if re.search("三级指标|指标名称", text)), None)
        for row in table.rows[table.head :] if full is not None and mark is not None else ():
            whole, got = row[full or 0].text.strip(), row[mark or 0].text.strip()
            if (
                re.fullmatch(_V, whole)
                and re.fullmatch(_V, got)
                and Decimal(got) < Decimal(whole)
                and not any(cell.label in ("总计", "合计", "总分") for cell in row)
            ):
                named = row[lowest].label if lowest is not None else ""
                words = [cell.label for cell in row[: full or 0] if cell.text and not cell.is_numeric]
                message = f"“{named or words[-1]}”分值{whole}分、得{got}分，而存在问题写“无”"
                yield doubtful(none[0].place, f"存在问题：无（{got}）", "", message, related=(row[mark or 0].place,))
