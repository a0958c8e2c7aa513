"""What prose says of the standing of a name among its lines: the highest, the first three, all above a bound."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact, said
from toolkit.proof.line_columns import Column, columns_of, names_in
from toolkit.proof.lines import close, holds, lines_of, unlike
from toolkit.proof.outline import numeral
from toolkit.proof.report import Report, Sentence
from toolkit.proof.scope import is_of_all, is_of_the_judged
from toolkit.proof.units import same_unit
from toolkit.text.patterns import Pattern

_TABLE = "县区\t下达\t到位\t支出\t支出率（%）\n清源县\t2,900.00\t2,900.00\t2,784.00\t96.00\n双河县\t2,600.00\t2,560.00\t2,406.40\t94.00\n石桥区\t2,100.00\t2,100.00\t1,953.00\t93.00\n高坪县\t1,700.00\t1,580.00\t1,406.20\t89.00\n合计\t9,300.00\t9,140.00\t8,549.60\t93.54\n"
_MOST = Pattern(r"最(?P<end>高|多|大|好|快|低|少|小|差|慢)")
_HIGH = "高多大好快"
_MEASURE = Pattern("[率额数量值比]$")
"""A line called so may be meant as what is measured: its highest value is then that of some other line."""
_VALUE = Pattern(r"^(?:的)?[，,（(]?(?:即|用时|耗时|历时|得|得分|分别)?(?:为|达到?|是|仅|仅为|只有|有)?$")
_FEWEST = 3


@rule(
    "rank.most",
    group=Group.RANKINGS,
    title="称最高、最多、最低、最少的与表相符",
    good=(
        f"{_TABLE}\n\n支出率最高的是清源县，最低的是高坪县，分别为96.00%和89.00%。",
        f"{_TABLE}\n\n3个抽查县区中，石桥区支出率最低，为93.00%。",
        f"{_TABLE}\n\n清源县支出最多，为2,784.00万元；支出率最低的是高坪县，为89.00%。\n三类资金中甲类最多。",
        "三级指标\t分值\t得分率\n资金到位率\t4.00\t90.00%\n制度健全性\t3.00\t100.00%\n预算执行率\t5.00\t63.60%\n\n"
        "资金到位率最高为100.00%；较低的项目有“甲项目”（50.00%）。",
    ),
    bad=(
        f"{_TABLE}\n\n双河县支出最多，为2,784.00万元。",
        f"{_TABLE}\n\n支出率最低的是石桥区。",
        "季度\t受理数（件）\t办结率\n一季度\t48,200\t94.90%\n二季度\t52,600\t95.40%\n三季度\t56,400\t95.10%\n\n受理案件最多的是二季度。",
        "部门\t自评平均分\t复评平均分\n市教育局\t97.17\t87.50\n市数据局\t95.63\t88.74\n市水务局\t93.35\t81.58\n\n平均得分最高的是市教育局。",
        f"{_TABLE}\n\n高坪县支出率最低，仅89.90%。",
        f"{_TABLE}\n\n花得最少的是石桥区，有1,406.20万元。".replace("支出\t", "支出（万元）\t"),
    ),
)
def most(report: Report) -> Iterator[Result]:
    """A name, what is measured, 最低; or 最低的是 and a name: against the column that the words or the number mean."""
    for sentence in report.prose_with(_MOST) if lines_of(report) else ():
        names = names_in(report, sentence.text) if "最" in sentence.text else []
        words = ""
        for match in _MOST.finditer(sentence.text) if names else ():
            told = None if is_of_the_judged(sentence.text, match.start()) else _told(sentence, match, names)
            if told is not None:
                words = told[1] or words  # 执行率最高的甲市为98%，最低的乙州为89%
                yield from _most(report, sentence, match, told[0], words, told[2])


def _told(
    sentence: Sentence, match: re.Match[str], names: Sequence[tuple[int, int, str]]
) -> tuple[str, str, Fact | None] | None:
    """Name, words that say what is measured, and the number behind."""
    text = sentence.text
    behind = re.match(r"(?:得分)?的(?:[\u4e00-\u9fff]{0,6}?[是为])?|为|是", text[match.end() :])
    after = next((item for item in names if behind and behind[0] and item[0] == match.end() + behind.end()), None)
    before = [
        item
        for item in names
        if item[1] <= match.start() and not re.search("[，。；：]", text[item[1] : match.start()])
    ]
    if after is not None:
        words = re.split("[，。；：、]", text[: match.start()])[-1]
        end, name = after[1], after[2]
        if text[end : end + 1] == "、":
            return None
    elif (
        before
        and not _OF_ANOTHER.search(text[: before[-1][0]])
        and text[before[-1][1] : before[-1][1] + 1] != "、"
        and not _is_one_of_several(text, names, before[-1])
    ):
        words, name, end = text[before[-1][1] : match.start()], before[-1][2], match.end()
        ahead = re.search("(?:^|[，。；：])(?P<words>[^，。；：]+?)[以为]$", text[: before[-1][0]])
        words = words or (ahead["words"] if ahead else "")  # 单位造价以甲段最高
        if not words and _MEASURE.search(name):  # 资金到位率最高为100.00%：what is measured, not an indicator's line
            return None
    else:
        return None
    fact = _number_behind(sentence, end)
    between = text[end : fact.start - sentence.start] if fact is not None else ""
    behind = re.match("[，,](?P<words>用时|耗时|历时)", between)  # 最快的是第二批，用时68天
    return name, words or (behind["words"] if behind else ""), fact


_OF_ANOTHER = Pattern("最[高低多少大小长短快慢]的(?:[是为])?$")
"""得分最高的甲系统最少（3个）: what is least is told before."""


def _is_one_of_several(text: str, names: Sequence[tuple[int, int, str]], item: tuple[int, int, str]) -> bool:
    """甲、乙支出率最低: another name stands right before, parted by 、."""
    return text[item[0] - 1 : item[0]] == "、" and any(other[1] == item[0] - 1 for other in names)


def _number_behind(sentence: Sentence, end: int) -> Fact | None:
    fact = next((fact for fact in sentence.facts if fact.start >= sentence.start + end), None)
    if fact is None or not fact.exact:
        return None
    between = sentence.text[end : fact.start - sentence.start]
    if "分别" in between and len(_MOST.findall(sentence.text[: fact.start - sentence.start])) > 1:
        return None  # 最高的是甲，最低的是乙，分别为9%和2%
    return fact if _VALUE.match(between) else None


def _most(
    report: Report, sentence: Sentence, match: re.Match[str], name: str, words: str, fact: Fact | None
) -> Iterator[Result]:
    columns = [column for column in columns_of(report, name) if fact is None or not unlike(fact, column.facts[name])]
    columns = [column for column in columns if _is_meant(column, words) or _is_told(column, fact, match["end"])]
    columns = [column for column in columns if is_of_all(sentence.text, match.start(), len(column.facts))]
    own = [column for column in columns if "自评" not in column.heading]
    columns = columns if "自评" in sentence.text else own or columns
    if not columns:
        return
    quick = match["end"] in "快慢" and any(column.is_time for column in columns)
    high = (match["end"] in _HIGH) is not quick  # the quickest takes the fewest days
    fitting = next(
        (column for column in columns if name in column.best(high=high) and _holds(fact, column.facts[name])), None
    )
    facts = (fact,) if fact is not None else ()
    if fitting is not None:
        yield agrees(*facts, fitting.facts[name])
        return
    column = columns[0]
    holders = column.best(high=high)
    right = column.facts[holders[0]]
    related = (column.facts[name].place, right.place)
    if name in holders and fact is not None:
        message = f"最{match['end']}的“{name}”写{said(fact)}，表中是{said(right)}"
        yield differs(sentence.place, said(fact), said(right), message, facts=facts, related=related, confidence=85)
    elif name not in holders:
        message = f"“{column.heading}”最{match['end']}的是“{holders[0]}”（{said(right)}），写成了“{name}”"
        say = differs if len(columns) == 1 else doubtful
        yield say(sentence.place, name, holders[0], message, facts=facts, related=related)


def _is_told(column: Column, fact: Fact | None, end: str) -> bool:
    """Whether a telling number is the highest or the lowest of a column, whatever the words call it."""
    holder = column.best(high=end in _HIGH)
    return (
        fact is not None
        and end not in "快慢"
        and len(holder) == 1
        and len(fact.text.strip("0")) >= _FEWEST
        and same_unit(fact, column.facts[holder[0]])
        and holds(fact, column.facts[holder[0]])
    )


def _is_meant(column: Column, words: str) -> bool:
    if (each := re.search("每|单价|[人户亩生日月]均", words)) and each[0] not in column.heading:
        return False  # 合同价每平方米单价 is not 合同价
    words = re.sub(r"^(?:获|得|的|中|其中|以|四个|五个)+|[为的]+$", "", words)
    plain = re.sub("^(?:街道|县|区|镇|乡|市|项目|单位|学校|小区)", "", words)
    return any(word and (_means(word, column.heading) or column.heading.endswith(word)) for word in (words, plain))


def _means(words: str, heading: str) -> bool:
    """Whether the words are what the heading counts, or part of it: 受理案件 is 受理数, 项目平均得分 is no 项目数."""
    counted = heading.rstrip(_OF_NUMBERS)
    ends = words.rstrip(_OF_NUMBERS).endswith(counted)
    begins = bool(counted) and words.startswith(counted) and not _OF_ITS_OWN.search(words)
    return close(words, heading) and (len(heading) >= len(words) or ends or begins)


_OF_NUMBERS = "数额量金值"
_OF_ITS_OWN = Pattern("[率额数量值比分]$")
"""Words that end so name what is measured themselves."""


def _holds(fact: Fact | None, cell: Fact) -> bool:
    return fact is None or holds(fact, cell) or (cell.base < 0 and fact.base == -cell.base)


@rule(
    "rank.first",
    group=Group.RANKINGS,
    title="居前几位、后几位的与表相符",
    good=(
        "项目\t自评得分\t复评得分\n甲平台\t98\t90\n乙平台\t97\t92\n丙平台\t96\t88\n丁平台\t99\t80\n\n得分前两名依次为乙平台、甲平台。",
        f"{_TABLE}\n\n支出率居前3位的是清源县、双河县、石桥区。支出前两位的为清源县、双河县。",
    ),
    bad=(
        "项目\t自评得分\t复评得分\n甲平台\t98\t90\n乙平台\t97\t92\n丙平台\t96\t88\n丁平台\t99\t80\n\n得分前两名依次为乙平台、丙平台。",
        f"{_TABLE}\n\n支出率居前3位的是清源县、双河县、高坪县。",
        f"{_TABLE}\n\n支出后两位的为双河县、高坪县。",
        f"{_TABLE}\n\n支出率前三名依次为双河县、清源县、石桥区。",
    ),
)
def firsts(report: Report) -> Iterator[Result]:
    """前3位 and three names, against the column that the words before mean."""
    for sentence in report.prose_with(_FIRST) if lines_of(report) else ():
        for match in _FIRST.finditer(sentence.text):
            names = [name for _, _, name in names_in(report, match["names"])]
            count = 2 if match["count"] == "两" else numeral(match["count"])
            words = re.sub("(?:居|排名?|名次|位次|列|位居|位列)+$", "", re.split("[，。；：、]", match["words"])[-1])
            if count == len(names) > 1:
                in_turn = bool(match["in_turn"]) and match["end"] == "前"
                yield from _first(report, sentence, names, words, high=match["end"] == "前", in_turn=in_turn)


_FIRST = Pattern(
    r"(?P<words>[\u4e00-\u9fff]{2,14}?)(?P<end>前|后)(?P<count>[0-9]{1,2}|[两三四五六七八九十])(?:(?:位|名)?的(?:[\u4e00-\u9fff]{0,4})?|[位名])(?P<in_turn>依次)?(?:为|依次为|分别为|分别是|是|为|：)(?P<names>[^。；，]*?、[^。；，]*)"
)


_OF_RANKS = Pattern("(?:排名|名次|位次|排序)$")


def _first(
    report: Report, sentence: Sentence, names: Sequence[str], words: str, *, high: bool, in_turn: bool
) -> Iterator[Result]:
    found: list[Result] = []
    for column in columns_of(report, names[0]):
        if not set(names) <= column.facts.keys() or not (
            close(words, column.heading) or column.heading.endswith(words)
        ):
            continue
        falling = high != bool(_OF_RANKS.search(column.heading))  # the first ranks are the smallest numbers
        ordered = sorted(column.facts, key=lambda name: column.facts[name].base, reverse=falling)
        due = ordered[: len(names)]
        last = column.facts[due[-1]].base
        tied = {name for name in ordered if column.facts[name].base == last}
        values = [column.facts[name].base for name in names]
        is_in_turn = not in_turn or values == sorted(values, reverse=falling)
        if is_in_turn and set(names) <= set(due) | tied and set(due) - tied <= set(names):
            yield agrees(*(column.facts[name] for name in names))
            return  # 得分 is that of the evaluators or that of the unit
        if all(said(column.facts[name]) in sentence.text for name in names) or not found:
            right = "、".join(due)
            message = f"“{column.heading}”{'前' if high else '后'}{len(names)}位是{right}，写成了{'、'.join(names)}"
            related = (column.facts[due[-1]].place,)
            found.insert(0, differs(sentence.place, "、".join(names), right, message, related=related))
    yield from found[:1]


@rule(
    "rank.descending",
    group=Group.RANKINGS,
    title="称由高到低、由低到高排列的数确实如此",
    good=("得分率由高到低依次为：产出92.50%、决策90.00%、过程88.50%。用时从短到长为甲3天、乙5天、丙8天。",),
    bad=("得分率由高到低依次为：决策90.00%、产出92.50%、过程88.50%。", "支出由少到多为甲3万元、乙9万元、丙8万元。"),
)
def descending(report: Report) -> Iterator[Result]:
    """Numbers in a row behind 由高到低."""
    for sentence in report.prose_with(_ORDER):
        for match in _ORDER.finditer(sentence.text):
            start = sentence.start + match.end()
            facts = [fact for fact in sentence.facts if fact.start >= start and fact.exact]
            row = facts[:1]
            for fact in facts[1:]:
                between = sentence.text[row[-1].end - sentence.start : fact.start - sentence.start]
                if fact.unit != row[-1].unit or re.search("[，。；]", between) or "、" not in between:
                    break
                row.append(fact)
            if len(row) >= _FEWEST:
                yield _ordered(sentence, match, row)


_ORDER = Pattern(
    r"(?:(?:由|从|按)(?P<way>高|多|大|长|快|低|少|小|短|慢)(?:到|至)(?:高|多|大|长|快|低|少|小|短|慢)"
    r"|最(?P<most>高|多|大|长|快|低|少|小|短|慢)的[^，。；]{0,8}依次(?:为|是))"
)


def _ordered(sentence: Sentence, match: re.Match[str], row: Sequence[Fact]) -> Result:
    falls = (match["way"] or match["most"]) in "高多大长快"
    for left, right in pairwise(row):
        if (left.base < right.base) if falls else (left.base > right.base):
            message = f"写“{match[0]}”，而{said(left)}在{said(right)}之前"
            return differs(sentence.place, said(right), "", message, facts=tuple(row))
    return agrees(*row)
