"""三个阶段 and the three that are listed behind or before it: a number against its list in the same paragraph."""

import re
from collections.abc import Iterator
from itertools import chain

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact
from toolkit.proof.lines import names_within
from toolkit.proof.once import once
from toolkit.proof.outline import body_with
from toolkit.proof.report import Report
from toolkit.proof.rules.counting.counts import (
    COUNT,
    ORDINALS,
    PROJECT_HEADING,
    compared_with_list,
    count_facts,
    counted,
    last_ordinal,
    names_in_column,
)
from toolkit.text.patterns import Pattern

_THINGS, _NOUN = "个(?!月)|家|种|类|项|大类|级|枚|部分|条|方面|阶段|环节", 4
_OPENING = r"(?:包括|包含|包含了|分为|划分为|分成|即|采用|遵循|坚持|按照|经历了?|提供|设置了?|为|通过对|涵盖|用于|设有|下设|内设|开设|开办|建有|(?<=[局委会办院心])设|有(?![色机关效序力利])|是(?!否)|：|:)"
_LISTED = Pattern(
    rf"{_OPENING}(?P<list>[^，。；：:]*?、[^，。；：:]*?)(?P<etc>等)?(?:这|共|共计|合计)?{COUNT}(?P<unit>{_THINGS})(?P<noun>[\u4e00-\u9fff]{{0,{_NOUN}}})"
)
_NTH = r"第[一二三四五六七八九十0-9]{1,2}"
_ORDINAL_ROW = Pattern(
    rf"(?P<list>{_NTH}(?:[、和及]第?[一二三四五六七八九十0-9]{{1,2}})+)(?P<etc>等)?(?P<count>[0-9]{{1,2}}|[两二三四五六七八九十])(?P<unit>个|家|项)(?P<noun>[\u4e00-\u9fff]{{1,4}})"
)
"""承接第一、第三2个标段."""
_SOME_OF = Pattern(
    r"(?<![0-9.])(?P<of>[0-9]{1,3})(?P<unit>个|家|项|类|条|所)(?P<thing>[^，。；、0-9]{0,10})中[，,]"
    r"(?P<list>[^，。；：:、0-9]{2,20}(?:、[^，。；：:、0-9]{2,20})+?)(?P<etc>等)?(?P<count>[0-9]{1,3})(?P=unit)(?P<noun>(?![0-9])[\u4e00-\u9fff]{0,4})"
)
"""7个项目中，甲费、乙费、丙费3项执行率为100%."""
_COUNTED = Pattern(f"{COUNT}(?:{_THINGS})")
_OPEN_BRACKET = Pattern("[（(][^）)]*$")
"""失分最多的是“甲、乙项目”（采购不规范4项: the number within the bracket counts something else."""
_CLAUSE = Pattern("[^，。；：:]+")
_NAMED_AFTER = Pattern(
    rf"{COUNT}(?P<unit>个(?!月)|家|种|类|项|枚|部分|条|大类)(?P<noun>[^，。；：、]{{0,24}})(?:，|：|:|，主要)?(?:包括|分别为|分别是|即)(?P<list>[^。；：:，]*?、[^。；：:，]*)(?=[，。；])"
)
_BEHIND = Pattern(
    rf"(?:问题|不足|建议|措施|做法|原因)(?:主要)?(?:有|为|是|包括|共)?(?:以下)?{COUNT}(?:个|项|条|点|方面)(?:方面)?[：:](?:一是|第一[，、])"
)
_CIRCLED = Pattern(rf"{COUNT}(?:个|种|类|项|条|点)(?:方面)?[\u4e00-\u9fff]{{0,6}}[：:]①")
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"


def _items(text: str) -> list[str]:
    """Items of a list: marks within brackets, quotations and titles do not part them."""
    plain = re.sub(r"[“《（(][^”》）)]*[”》）)]", lambda match: "○" * len(match[0]), text)
    items, start = [], 0
    for match in re.finditer(r"、|以及|和|及(?!时)|与", plain):
        if match[0] not in ("、", "以及") and plain.count("、", match.end()):
            continue  # only the last item follows 和; before it the word is within a name
        items.append(text[start : match.start()])
        start = match.end()
    return [item.strip() for item in (*items, text[start:]) if item.strip()]


def _ways(text: str) -> set[int]:
    """How many items a list can be read as: 和 and 及 part items or stand within one."""
    by_comma = [item for item in re.split("、|以及", re.sub(r"[“《（(][^”》）)]*[”》）)]", "○", text)) if item.strip()]
    return {len(by_comma), len(_items(text))}


def _is_apart_from_quotes(match: re.Match[str]) -> bool:
    """Whether no quotation ends or begins within the list: 因“原系统升级、由原供应商提供”而采用的17个 lists nothing."""
    return match["list"].count("“") == match["list"].count("”")


_LISTS = Pattern("、")


@rule(
    "count.list",
    group=Group.COUNTS,
    title="列举的个数与数字相符",
    good=(
        "评价工作分为前期准备、评价实施、报告撰写三个阶段。",
        "实现市、区（县）、乡、村四级“全覆盖”。",
        "发放五枚电子印章，包括企业公章、法人章、财务章、合同章、发票章。",
        "资金用于改厕、治污以及绿化、补助、培训五项内容。",
        "失分最多的是“甲、乙、丙采购项目”（采购与合同管理规范性4项）。",
        "单一来源项目中，因为“原有系统升级改造、只能由原供应商提供”而采用的17个。",
        "某公司承接第一、第三2个标段。5个县中，甲县、乙县12个村没有通水。",
        "评价采用三种方法：一是核查；二是比较；三是问卷。",
        "公示应包括企业名称、补助方向、补助金额等5项内容。",
        "排名前5位的项目为教师补助、学生资助、低保补助、保费补贴、残疾人两项补贴。\n项目\t得分\n教师补助\t94\n残疾人两项补贴\t92\n",
        "故障率较高的有星桩科技、绿动出行和其他9家企业。",
    ),
    bad=(
        "评价工作分为前期准备、评价实施、报告撰写四个阶段。",
        "评价对象为甲平台、乙平台、丙平台等4个项目。",
        "某公司承接第一、第三3个标段。",
        "7个项目中，人员经费、免学费补助、国家助学金4个项目执行率为100%。",
        "学校开设机电技术应用、电子商务、学前教育4个专业。",
        "评价采用四种方法：一是核查；二是比较；三是问卷。",
    ),
)
def lists(report: Report) -> Iterator[Result]:
    """A number behind or before what it counts."""
    for sentence in report.sentences_with(_LISTS):
        for match in filter(
            _is_apart_from_quotes,
            chain(
                _listed(sentence.text),
                _NAMED_AFTER.finditer(sentence.text),
                _ORDINAL_ROW.finditer(sentence.text),
                filter(_is_some, _SOME_OF.finditer(sentence.text)),
            )
            if "、" in sentence.text
            else (),
        ):
            if _OF_EACH.search(sentence.text[: match.start("count")]) and "list" in match.groupdict():
                continue
            facts = count_facts(report, sentence.place, sentence.start + match.start("count"))
            yield from _list(report, sentence.place, match, facts)
    for paragraph in body_with(report.document, _CIRCLED, ORDINALS, _BEHIND):
        for match in _CIRCLED.finditer(paragraph.text):
            facts = count_facts(report, paragraph.place, match.start("count"))
            listed = next((at for at, mark in enumerate(_CIRCLES) if mark not in paragraph.text), len(_CIRCLES))
            yield compared_with_list(paragraph.place, match, listed, facts)
        for match in chain(ORDINALS.finditer(paragraph.text), _BEHIND.finditer(paragraph.text)):
            facts = count_facts(report, paragraph.place, match.start("count"))
            listed = last_ordinal(paragraph.text[match.end() - len("第一，") :])
            yield compared_with_list(paragraph.place, match, listed, facts)


_OF_EACH = Pattern("[、，是][\u4e00-\u9fff]{2,12}[少多差缺]$")
"""甲少1座、乙少12个、丙少12项: each has a number of its own, and none counts the list."""


def _is_some(match: re.Match[str]) -> bool:
    """Whether a list behind 中 is of what is counted before it: not 5个县中，甲县、乙县12个村."""
    is_of_them = match["unit"] != "个" or (bool(match["noun"]) and match["noun"][:2] in match["thing"])
    return is_of_them and int(match["count"]) <= int(match["of"])


def _listed(text: str) -> Iterator[re.Match[str]]:
    """Lists with their number behind: looked for clause by clause, up to the last number that counts something."""
    for clause in _CLAUSE.finditer(text):
        comma = text.find("、", clause.start(), clause.end())
        counts = _COUNTED.finditer(text, comma, clause.end()) if comma >= 0 else ()
        last = max((match.end() for match in counts), default=0)
        if last:
            yield from _LISTED.finditer(text, max(0, clause.start() - 1), min(last + _NOUN, clause.end()))


def _list(report: Report, place: Place, match: re.Match[str], facts: tuple[Fact, ...]) -> Iterator[Result]:
    said, ways = counted(match["count"]), _ways(match["list"])
    known = _of_tables(report, match["list"])
    numbers = re.findall(
        r"[0-9]\s*(?:个|条|项|家|份|人|万|元|分|%|亿)", re.sub(r"[（(][^）)]*[）)]", "", match["list"])
    )
    if (
        (numbers and (len(numbers) != len(_items(match["list"])) or match["unit"] != "部分"))
        or said < 2
        or re.search("(?:其[他余]|另外?)$", match["list"])  # 甲、乙和其他9家企业
        or re.search("等(?!级|保|同|于|额|分|候|待|效|价)", match["list"])
        or max(ways) < 2
        or _OPEN_BRACKET.search(match["list"])
        or any(f"{match['count']}{match['unit']}" in name for name in names_within(report, match[0]))
        or (said <= 2 and match["unit"] in ("个", "项") and not match["noun"])
    ):
        return
    if said in ways or said == known:
        if facts:
            yield agrees(*facts)
        return
    is_open = "etc" in match.groupdict() and match["etc"] and said > max(ways) and not _closed(match)
    if not is_open:
        listed = known or min(ways, key=lambda number: abs(number - said))
        yield differs(
            place,
            match["count"],
            str(listed),
            f"写{match['count']}{match['unit']}{match['noun']}，列出的是{listed}项",
            facts=facts,
        )


def _closed(match: re.Match[str]) -> bool:
    """Whether a list with 等 is meant to be whole: long, and its number near."""
    if re.search(r"(?:[0-9]+号?、\s*)+[0-9]+\s*号?$", match["list"]):
        return False  # numbers of projects, of which the first few are told
    return max(_ways(match["list"])) >= 3 and abs(max(_ways(match["list"])) - counted(match["count"])) <= 1


def _of_tables(report: Report, text: str) -> int:
    """How many names of the tables' projects a list holds, where names themselves hold 、."""
    return sum(name in text for name in _names_with_commas(report))


@once
def _names_with_commas(report: Report) -> set[str]:
    """The names of projects in tables; none where no name holds 、."""
    names = {name for table in report.document.tables for name in names_in_column(table, PROJECT_HEADING)}
    return names if any("、" in name for name in names) else set()
