"""How many: what is said against the list behind or before it, and against the rows of the tables."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from toolkit.proof.declaration import Group, Result, Verdict, agrees, differs, doubtful, rule
from toolkit.proof.document import Paragraph, Place, Table
from toolkit.proof.facts import Fact
from toolkit.proof.outline import NUMERALS, PROBLEMS, body, numeral
from toolkit.proof.report import Report

_N = r"(?<![“\"第])(?P<count>[0-9]{1,3}|[两一二三四五六七八九十]{1,3})"
_OPENING = r"(?:包括|包含|包含了|分为|划分为|分成|即|采用|遵循|坚持|按照|经历了?|提供|设置了?|为|通过对|涵盖|用于|设有|下设|内设|(?<=[局委会办院心])设|有(?![色机关效序力利])|是(?!否)|：|:)"
_LISTED = re.compile(
    rf"{_OPENING}(?P<list>[^，。；：:]*?、[^，。；：:]*?)(?P<etc>等)?(?:这|共|共计|合计)?{_N}(?P<unit>个(?!月)|家|种|类|项|大类|级|枚|部分|条|方面|阶段|环节)(?P<noun>[\u4e00-\u9fff]{{0,4}})"
)
_NAMED_AFTER = re.compile(
    rf"{_N}(?P<unit>个(?!月)|家|种|类|项|枚|部分|条|大类)(?P<noun>[^，。；：、]{{0,24}})(?:，|：|:|，主要)?(?:包括|分别为|分别是|即)(?P<list>[^。；：:，]*?、[^。；：:，]*)(?=[，。；])"
)
_ORDINALS = re.compile(
    rf"{_N}(?![年月天日周])(?:个|种|类|项|条|点|大)?(?:[\u4e00-\u9fff]{{0,4}})(?:方面|方法|问题|原则|阶段|措施|做法|目的|建议|意见|内容|部分|环节|任务|目标|不足|工作)[：:](?:一是|第一[，、])"
)
_BEHIND = re.compile(
    rf"(?:问题|不足|建议|措施|做法|原因)(?:主要)?(?:有|为|是|包括|共)?(?:以下)?{_N}(?:个|项|条|点|方面)(?:方面)?[：:](?:一是|第一[，、])"
)
_CIRCLED = re.compile(rf"{_N}(?:个|种|类|项|条|点)(?:方面)?[\u4e00-\u9fff]{{0,6}}[：:]①")
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"
_AHEAD = re.compile(
    rf"(?:以下|如下|下列|存在|归纳为|提出){_N}(?:个|项|条|点|类|方面)(?:方面)?(?:的)?(?:主要|突出)?(?P<noun>问题|不足|建议|措施|做法|经验|原因|方面|原则|目的)"
)
_PROJECTS = re.compile(
    rf"(?:评价对象(?:为|共|包括|有)|共有?|本报告|已评分的|参评的?|全部|的|对|年度|开展)?{_N}个(?P<kind>[\u4e00-\u9fff“”]{{0,8}}?项目)(?=平均|进行|实施|开展|的?绩效|，涉及|整体|综合|的?资金(?:安排|情况|使用|支出)|的?(?:得分|评分)(?:情况|结果)|中[，,])"
)
_OBJECTS = re.compile(rf"(?:评价对象为|评价对象共|共计?|合计){_N}个(?:[\u4e00-\u9fff]{{0,6}})?项目")
_WHOLE = re.compile(rf"{_N}个(?:[\u4e00-\u9fff]{{0,6}})?项目")
_DRAWN = re.compile(rf"(?:抽取|抽查|核查|抽样|选取)(?:了)?{_N}个(?P<kind>[\u4e00-\u9fff]{{0,4}}?项目)")
_SECTIONS = (
    (re.compile(rf"(?:发现|存在|梳理|归纳|指出|反映)(?:了|出|为|有)?[^，。；0-9]{{0,6}}?{_N}(?:个|项|条|点|类)?(?:方面)?的?(?:主要|突出|具体)?问题"), (*PROBLEMS, "问题")),
    (re.compile(rf"(?:发现|存在|梳理|归纳)(?:了|出|为|有)?[^，。；0-9]{{0,6}}?问题{_N}(?:个|项|条|点|类)"), (*PROBLEMS, "问题")),
    (re.compile(rf"提出[^，。；0-9]{{0,6}}?建议{_N}(?:个|项|条|点|类)"), ("建议", "对策", "整改措施")),
    (re.compile(rf"(?:提出|形成)(?:了|出)?[^，。；0-9]{{0,6}}?{_N}(?:个|项|条|点|类)?(?:方面)?的?(?:主要|具体|改进|整改)?建议"), ("建议", "对策", "整改措施")),
)  # fmt: skip
_UNITS = re.compile(rf"(?:涉及|覆盖|共){_N}家(?P<noun>责任单位|建设单位|实施单位|单位)")
_PROJECT_HEAD = re.compile(r"项目(?:名称)?")
_UNIT_HEAD = re.compile(r"(?:责任|建设|实施)单位(?:名称)?")
_TOTALS = ("合计", "总计", "小计")
_MARKS = (
    re.compile(r"^\s*[（(](?P<number>[一二三四五六七八九十]{1,3})[)）]"),
    re.compile(r"^\s*(?P<number>[0-9]{1,2})[.．、](?=[^0-9]|20[0-9]{2}年)"),
    re.compile(r"^\s*[（(](?P<number>[0-9]{1,2})[)）]"),
    re.compile(r"^\s*(?P<number>[一二三四五六七八九十])是"),
)


def _count(text: str) -> int:
    return 2 if text == "两" else numeral(text)


def _items(text: str) -> list[str]:
    """Items of a list: marks within brackets, quotations and titles do not part them."""
    plain = re.sub(r"[“《（(][^”》）)]*[”》）)]", lambda match: "○" * len(match[0]), text)
    items, start = [], 0
    for match in re.finditer(r"、|和|及(?!时)|以及|与", plain):
        if match[0] != "、" and plain.count("、", match.end()):
            continue  # only the last item follows 和; before it the word is within a name
        items.append(text[start : match.start()])
        start = match.end()
    return [item.strip() for item in (*items, text[start:]) if item.strip()]


def _ways(text: str) -> set[int]:
    """How many items a list can be read as: 和 and 及 part items or stand within one."""
    by_comma = [item for item in re.split("、", re.sub(r"[“《（(][^”》）)]*[”》）)]", "○", text)) if item.strip()]
    return {len(by_comma), len(_items(text))}


@rule(
    "count.list",
    group=Group.COUNTS,
    title="列举的个数与数字相符",
    good=(
        "评价工作分为前期准备、评价实施、报告撰写三个阶段。",
        "实现市、区（县）、乡、村四级“全覆盖”。",
        "发放五枚电子印章，包括企业公章、法人章、财务章、合同章、发票章。",
        "评价采用三种方法：一是核查；二是比较；三是问卷。",
    ),
    bad=(
        "评价工作分为前期准备、评价实施、报告撰写四个阶段。",
        "评价对象为甲平台、乙平台、丙平台等4个项目。",
        "评价采用四种方法：一是核查；二是比较；三是问卷。",
    ),
)
def lists(report: Report) -> Iterator[Result]:
    """A number behind or before what it counts."""
    for sentence in report.sentences:
        for pattern in (_LISTED, _NAMED_AFTER):
            for match in pattern.finditer(sentence.text):
                facts = _facts(report, sentence.place, sentence.start + match.start("count"))
                yield from _list(report, sentence.place, match, facts)
    for paragraph in body(report.document):
        for match in _CIRCLED.finditer(paragraph.text):
            facts = _facts(report, paragraph.place, match.start("count"))
            listed = next((at for at, mark in enumerate(_CIRCLES) if mark not in paragraph.text), len(_CIRCLES))
            yield _compared(paragraph.place, match, listed, facts)
        for match in chain(_ORDINALS.finditer(paragraph.text), _BEHIND.finditer(paragraph.text)):
            facts = _facts(report, paragraph.place, match.start("count"))
            listed = _last_ordinal(paragraph.text[match.end() - len("第一，") :])
            yield _compared(paragraph.place, match, listed, facts)


def _list(report: Report, place: Place, match: re.Match[str], facts: tuple[Fact, ...]) -> Iterator[Result]:
    said, ways = _count(match["count"]), _ways(match["list"])
    known = _of_tables(report, match["list"])
    numbers = re.findall(
        r"[0-9]\s*(?:个|条|项|家|份|人|万|元|分|%|亿)", re.sub(r"[（(][^）)]*[）)]", "", match["list"])
    )
    if (
        (numbers and (len(numbers) != len(_items(match["list"])) or match["unit"] != "部分"))
        or said < 2
        or re.search("等(?!级|保|同|于|额|分|候|待|效|价)", match["list"])
        or max(ways) < 2
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
    return max(_ways(match["list"])) >= 3 and abs(max(_ways(match["list"])) - _count(match["count"])) <= 3


def _of_tables(report: Report, text: str) -> int:
    """How many names of the tables' projects a list holds, where names themselves hold 、."""
    names = {name for table in report.document.tables for name in _names(table, _PROJECT_HEAD)}
    if not any("、" in name for name in names):
        return 0
    return sum(name in text for name in names)


def _last_ordinal(text: str) -> int:
    """How far 一是、二是 goes, or 第一，第二."""
    for pattern in (r"([一二三四五六七八九十])是", r"第([一二三四五六七八九十])[，、]"):
        numbers = [numeral(found) for found in re.findall(pattern, text)]
        if numbers:
            return max((number for number in numbers if numbers[:number] == list(range(1, number + 1))), default=0)
    return 0


def _compared(place: Place, match: re.Match[str], listed: int, facts: tuple[Fact, ...]) -> Result:
    if _count(match["count"]) == listed:
        return agrees(*facts) if facts else Result(Verdict.AGREES, place)
    words = match[0].rstrip("：:一是第，、")
    return differs(place, match["count"], str(listed), f"写“{words}”，列出的是{listed}项", facts=facts)


def _facts(report: Report, place: Place, at: int) -> tuple[Fact, ...]:
    return report.facts_within(place, at, at + 1)


@rule(
    "count.announced",
    group=Group.COUNTS,
    title="宣布的个数与随后列出的相符",
    good=("一、存在问题\n评价发现以下2个问题。\n（一）目标不细\n说明。\n（二）支付不及时\n二、建议",),
    bad=(
        "一、存在问题\n评价发现以下3个问题。\n（一）目标不细\n说明。\n（二）支付不及时\n二、建议",
        "存在以下3个问题。\n1.目标不细。\n2.支付不及时。",
    ),
)
def announced(report: Report) -> Iterator[Result]:
    """以下3个问题, and what is numbered behind it up to the next heading above."""
    paragraphs = body(report.document)
    for at, paragraph in enumerate(paragraphs):
        for match in _AHEAD.finditer(paragraph.text):
            if _ORDINALS.search(paragraph.text):
                continue
            listed = _behind(paragraphs[at + 1 :])
            if listed > 1:
                yield _compared(paragraph.place, match, listed, _facts(report, paragraph.place, match.start("count")))


def _behind(paragraphs: tuple[Paragraph, ...]) -> int:
    """How far the numbering of the next paragraph goes."""
    if not paragraphs:
        return 0
    pattern = next((pattern for pattern in _MARKS if pattern.match(paragraphs[0].text)), None)
    if pattern is None:
        return 0
    last = 0
    for paragraph in paragraphs:
        match = pattern.match(paragraph.text)
        if match and numeral(match["number"]) == 1 and last:
            break
        if re.match(rf"\s*[{NUMERALS}]{{1,3}}、|\s*附件", paragraph.text):
            break
        last = last + 1 if match else last
    return last


@rule(
    "count.section",
    group=Group.COUNTS,
    title="说到的问题数、建议数与有关章节相符",
    good=(
        "评价发现2个方面的问题，提出两条建议。\n一、存在问题\n（一）目标不细\n说明。\n（二）支付不及时\n二、有关建议\n一是细化目标；二是加快支付。",
    ),
    bad=(
        "评价发现3个方面的问题，提出两条建议。\n一、存在问题\n（一）目标不细\n说明。\n（二）支付不及时\n二、有关建议\n一是细化目标；二是加快支付。",
        "一、存在问题\n核查共发现3类问题，见下。\n（一）目标不细\n说明。\n（二）支付不及时\n二、有关建议\n一是细化目标；二是加快支付。",
        "评价发现2个方面的问题，提出三条建议。\n一、存在问题\n（一）目标不细\n说明。\n（二）支付不及时\n二、有关建议\n一是细化目标；二是加快支付。",
    ),
)
def section_counts(report: Report) -> Iterator[Result]:
    """Numbers of problems and of advice, wherever they are told, against what their chapters list."""
    for pattern, words in _SECTIONS:
        section = report.section(*words)
        listed = _listed_in(section)
        inside = {paragraph.place for paragraph in section[1:]}  # the first may tell how many follow
        inside |= {paragraph.place for paragraph in section[:1] if any(mark.match(paragraph.text) for mark in _MARKS)}
        for sentence in report.prose if listed else ():
            for match in pattern.finditer(sentence.text):
                if (
                    sentence.place in inside
                    or _count(match["count"]) < 2
                    or re.search("其中|个项目", sentence.text[: match.start()][-6:])
                ):
                    continue
                facts = _facts(report, sentence.place, sentence.start + match.start("count"))
                if _count(match["count"]) in listed:
                    yield from (agrees(*facts) for _ in facts[:1])
                else:
                    near = "或".join(map(str, sorted(listed)))
                    message = f"写“{match[0]}”，有关章节列出的是{near}项"
                    yield differs(
                        sentence.place, match["count"], near, message, facts=facts, related=(section[0].place,)
                    )


_OF_ALL = re.compile(
    r"(?:涉及|覆盖|共有?|辖|全[市区县省])(?P<count>[0-9]{1,5})(?P<thing>[个家所座间户名][\u4e00-\u9fff]{2,4}?)(?=[，。；、（(]|其中|$)"
)


@rule(
    "count.same",
    group=Group.COUNTS,
    title="同一总体的个数前后一致",
    good=("涉及23所学校，其中小学12所。\n23所学校全部联网，5所学校扩容。",),
    bad=("涉及23所学校，其中小学12所。\n25所学校全部联网，5所学校扩容。",),
)
def same_counts(report: Report) -> Iterator[Result]:
    """涉及23所学校, and 25所学校全部联网."""
    known: dict[str, tuple[str, Place, Fact | None]] = {}
    for sentence in report.prose:
        for match in _OF_ALL.finditer(sentence.text):
            facts = _facts(report, sentence.place, sentence.start + match.start("count"))
            known.setdefault(match["thing"], (match["count"], sentence.place, facts[0] if facts else None))
    for thing, (count, place, first) in known.items():
        pattern = re.compile(rf"(?<![0-9.])(?P<count>[0-9]{{1,5}}){re.escape(thing)}(?:全部|均|都)")
        for sentence in report.prose:
            for match in pattern.finditer(sentence.text):
                facts = _facts(report, sentence.place, sentence.start + match.start("count"))
                if match["count"] == count:
                    yield from (agrees(*facts, *([first] if first else [])) for _ in facts[:1])
                else:
                    message = f"这里写{match['count']}{thing}，别处写共{count}{thing}"
                    yield doubtful(sentence.place, match["count"], count, message, facts=facts, related=(place,))


def _listed_in(section: tuple[Paragraph, ...]) -> set[int]:
    """How many items a chapter can be said to list: by each kind of mark that it uses."""
    found: set[int] = set()
    for pattern in _MARKS:
        numbers = [numeral(match["number"]) for paragraph in section if (match := pattern.match(paragraph.text))]
        if numbers and numbers[0] == 1:
            found |= {len(numbers), max(numbers)}
    found.add(_last_ordinal("".join(paragraph.text for paragraph in section)))
    return {number for number in found if number > 1}


def _names(table: Table, pattern: re.Pattern[str]) -> list[str]:
    column = next((at for at, text in enumerate(table.headings) if pattern.fullmatch(text)), None)
    if column is None or (column == 0 and table.width < 3 and not pattern.fullmatch("责任单位")):
        return []
    cells = [cell for cell in table.column(column) if cell.text.strip() and not cell.is_numeric]
    return [cell.text.strip() for cell in cells if cell.label not in _TOTALS and not cell.label.startswith("有数据")]


@rule(
    "count.rows",
    group=Group.COUNTS,
    title="项目数、单位数与表相符",
    good=(
        "评价对象为2个项目，涉及2家责任单位。\n序号\t项目名称\t责任单位\n1\t甲\t市数据局\n2\t乙\t市民政局",
        # a ranking of those that were scored lists fewer units than there are
        "对5个项目（涉及4家责任单位）开展绩效评价。\n排名\t项目名称\t责任单位\n1\t甲\t市数据局\n2\t乙\t市民政局\n3\t丙\t市民政局",
    ),
    bad=(
        "评价对象为3个项目，涉及2家责任单位。\n序号\t项目名称\t责任单位\n1\t甲\t市数据局\n2\t乙\t市民政局",
        "评价对象为2个项目，涉及3家责任单位。\n序号\t项目名称\t责任单位\n1\t甲\t市数据局\n2\t乙\t市民政局",
        "3个项目平均得分90分。\n序号\t项目名称\t责任单位\n1\t甲\t市数据局\n2\t乙\t市民政局",
    ),
)
def rows(report: Report) -> Iterator[Result]:
    """Numbers of all projects and units against tables that list them."""
    tables = report.document.tables
    projects = {len(set(names)) for table in tables if (names := _names(table, _PROJECT_HEAD))}
    listed = [(_names(table, _UNIT_HEAD), len(set(_names(table, _PROJECT_HEAD)))) for table in tables]
    for sentence in report.prose:
        units = _units_listed(listed, sentence.text)
        for pattern, counts, noun in (
            (_OBJECTS, projects, "项目"),
            (_PROJECTS, projects, "项目"),
            (_UNITS, units, "单位"),
        ):
            kinds = len(re.findall("个项目", sentence.text)) >= 3  # parts of all projects, told one by one
            for match in () if kinds and pattern is _PROJECTS else pattern.finditer(sentence.text):
                facts = _facts(report, sentence.place, sentence.start + match.start("count"))
                yield from _in_tables(sentence.place, match, counts, noun, facts)
        for match in _DRAWN.finditer(sentence.text) if projects else ():
            facts = _facts(report, sentence.place, sentence.start + match.start("count"))
            if _count(match["count"]) > max(projects):
                message = f"{match[0]}，而表中的项目一共{max(projects)}个"
                yield doubtful(sentence.place, match["count"], f"不超过{max(projects)}", message, facts=facts)
            elif facts:
                yield agrees(*facts)


def _units_listed(listed: Sequence[tuple[list[str], int]], said: str) -> set[int]:
    """How many units tables list, but for those of other projects than the sentence speaks of (a ranking of some).

    Args:
        listed: of every table the units and how many projects.
        said: the sentence.
    """
    whole = next((_count(match["count"]) for match in _WHOLE.finditer(said)), 0)
    found = set()
    for names, projects in listed:
        if names and not 0 < projects < whole:
            found |= _unit_counts(names)
    return found


def _unit_counts(names: list[str]) -> set[int]:
    return {len(set(names)), len({part for name in names for part in name.split("、")})}


def _words_before(match: re.Match[str]) -> str:
    """The characters right before a number."""
    return match.string[max(0, match.start("count") - 4) : match.start("count")]


def _in_tables(
    place: Place, match: re.Match[str], counts: set[int], noun: str, facts: tuple[Fact, ...]
) -> Iterator[Result]:
    said = _count(match["count"])
    most = max(counts, default=0)
    if said in counts:
        if facts:
            yield agrees(*facts)
    elif match.re is _PROJECTS and said < most and _words_before(match).endswith("的"):
        return  # 已评分的38个项目: some of all
    elif most > 1 and most < said * 2 and said <= most + max(3, most // 3):  # else the table lists a few of them
        near = min(counts, key=lambda number: abs(number - said))
        say = differs if match.re is not _PROJECTS else doubtful
        yield say(place, match["count"], str(near), f"写{said}个{noun}，表中列出{near}个", facts=facts)
