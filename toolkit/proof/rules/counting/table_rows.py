"""3个项目, 2家单位: numbers of all projects and units against the rows of tables, and against one another."""

import re
from collections.abc import Iterator, Sequence

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Place, Table
from toolkit.proof.facts import Fact
from toolkit.proof.lines import is_whole
from toolkit.proof.report import Report, Sentence
from toolkit.proof.rules.counting.counts import COUNT, PROJECT_HEADING, count_facts, counted, names_in_column
from toolkit.proof.scope import is_earlier, is_of_some
from toolkit.text.patterns import Pattern

_PROJECTS = Pattern(
    rf"(?:评价对象(?:为|共|包括|有)|共有?|本报告|已评分的|参评的?|全部|的|对|年度|开展)?{COUNT}个(?P<kind>[\u4e00-\u9fff“”]{{0,8}}?项目)(?=平均|进行|实施|开展|的?绩效|，涉及|整体|综合|的?资金(?:安排|情况|使用|支出)(?!不)|的?(?:得分|评分)(?:情况|结果)|中[，,])"
)
_OBJECTS = Pattern(rf"(?:评价对象为|评价对象共|共计?|合计){COUNT}个(?:[\u4e00-\u9fff]{{0,6}})?项目")
_WHOLE = Pattern(rf"{COUNT}个(?:[\u4e00-\u9fff]{{0,6}})?项目")
_DRAWN = Pattern(rf"(?:抽取|抽查|核查|抽样|选取)(?:了)?{COUNT}个(?P<kind>[\u4e00-\u9fff]{{0,4}}?项目)")
_UNITS = Pattern(
    rf"(?:涉及|覆盖|共|领域、){COUNT}(?:家(?:责任|建设|实施)?单位|[个家](?:[省市县区]直|主管|牵头)(?:部门|单位))"
)
_UNIT_HEAD = Pattern(r"(?:责任|建设|实施|主管|牵头)(?:单位|部门)(?:名称)?")


_OF_ALL = Pattern(
    r"(?:涉及|覆盖|共有?|辖|全[市区县省])(?P<count>[0-9]{1,5})(?P<thing>[个家所座间户名][\u4e00-\u9fff]{2,4}?)(?=[，。；、（(]|其中|$)"
    r"|(?:共分为?|分为|划分为)(?P<lots>[0-9]{1,3})(?P<lot>个标段|个标包|个合同包)"
    r"|共(?:签订|签署|订立)(?:各类|采购|服务)?合同(?P<contracts>[0-9]{1,3})份"
)


_LOTS = ("份合同", "个标段", "个标包", "个合同包")
"""What is told as a whole before 中: 6个标段中，4个已验收."""


@rule(
    "count.same",
    group=Group.COUNTS,
    title="同一总体的个数前后一致",
    good=(
        "涉及23所学校，其中小学12所。\n23所学校全部联网，5所学校扩容。",
        "涉及23所学校。\n等级为优的5所学校全部获得奖励。个别学校调整预算，涉及2所学校。",
        "项目共分6个标段，共签订合同7份。\n6个标段中4个已验收，7份合同中公开招标3份。",
    ),
    bad=(
        "涉及23所学校，其中小学12所。\n25所学校全部联网，5所学校扩容。",
        "项目共分7个标段，合同金额80万元。\n6个标段中4个已验收。",
        "项目共签订合同8份。\n7份合同中公开招标3份。",
    ),
)
def same_counts(report: Report) -> Iterator[Result]:
    """涉及23所学校, and 25所学校全部联网."""
    known: dict[str, tuple[str, Place, Fact | None]] = {}
    for sentence in report.outside_with(_OF_ALL):
        for match in _OF_ALL.finditer(sentence.text):
            name = "count" if match["count"] else "lots" if match["lots"] else "contracts"
            thing = match["thing"] or match["lot"] or "份合同"
            facts = count_facts(report, sentence.place, sentence.start + match.start(name))
            if not is_of_some(sentence.text, match.start(name)):
                known.setdefault(thing, (match[name], sentence.place, facts[0] if facts else None))
    for thing, (count, place, first) in known.items():
        yield from _told_again(report, thing, count, place, first)


def _told_again(report: Report, thing: str, count: str, place: Place, first: Fact | None) -> Iterator[Result]:
    """Where all of a thing are counted again."""
    pattern = Pattern(
        rf"(?<![0-9.])(?P<count>[0-9]{{1,5}}){re.escape(thing)}(?:全部|均|都{'|中' if thing in _LOTS else ''})"
    )
    for sentence in report.outside_with(pattern):
        for match in pattern.finditer(sentence.text):
            if is_of_some(sentence.text, match.start()):
                continue
            facts = count_facts(report, sentence.place, sentence.start + match.start("count"))
            if match["count"] == count:
                yield from (agrees(*facts, *([first] if first else [])) for _ in facts[:1])
            else:
                message = f"这里写{match['count']}{thing}，别处写共{count}{thing}"
                yield doubtful(sentence.place, match["count"], count, message, facts=facts, related=(place,))


@rule(
    "count.rows",
    group=Group.COUNTS,
    title="项目数、单位数与表相符",
    good=(
        "审核1,246个项目的绩效目标，抽查100个项目。\n序号\t项目\t得分\n1\t购车\t90\n2\t修路\t80",
        "3个支出项目中，购车费执行率最低。\n类别\t支出项目\t支出\n基本\t人员费\t50\n\t基本支出小计\t50\n项目\t购车费\t4\n项目\t修路费\t5\n\n序号\t项目\t得分\n1\t购车\t90\n2\t修路\t80",
        "评价对象为2个项目，涉及2家责任单位。\n序号\t项目名称\t责任单位\n1\t甲\t市数据局\n2\t乙\t市民政局",
        "承担2个以上项目的部门1个，共3个项目。\n序号\t项目名称\t主管部门\n1\t甲\t局\n2\t乙\t局\n3\t丙\t局\n4\t丁\t委",
        "7个项目中，能力提升项目完成率最低。\n项目\t预算\t支出\n出国费\t0\t0\n购车费\t0\t0\n运行费\t46\t41\n接待费\t12\t7",
        # a ranking of those that were scored lists fewer units than there are
        "3个项目资金安排不够合理。\n序号\t项目名称\n1\t甲\n2\t乙\n3\t丙\n4\t丁\n5\t戊",
        "对5个项目（涉及4家责任单位）开展绩效评价。\n排名\t项目名称\t责任单位\n1\t甲\t市数据局\n2\t乙\t市民政局\n3\t丙\t市民政局",
    ),
    bad=(
        "本次评价涉及2个领域、3个省直部门、2个项目。\n序号\t项目名称\t主管部门\n1\t甲\t省水利厅\n2\t乙\t省民政厅",
        "评价对象为3个项目，涉及2家责任单位。\n序号\t项目名称\t责任单位\n1\t甲\t市数据局\n2\t乙\t市民政局",
        "评价对象为2个项目，涉及3家责任单位。\n序号\t项目名称\t责任单位\n1\t甲\t市数据局\n2\t乙\t市民政局",
        "3个项目平均得分90分。\n序号\t项目名称\t责任单位\n1\t甲\t市数据局\n2\t乙\t市民政局",
    ),
)
def rows(report: Report) -> Iterator[Result]:
    """Numbers of all projects and units against tables that list them."""
    tables = report.document.tables
    projects = {len(set(names)) for table in tables if (names := _projects_of(table))}
    listed = [(names_in_column(table, _UNIT_HEAD), len(set(_projects_of(table)))) for table in tables]
    for sentence in report.outside_with(_OBJECTS, _PROJECTS, _UNITS):
        units = _units_listed(listed, sentence.text)
        for pattern, counts, noun in (
            (_OBJECTS, projects, "项目"),
            (_PROJECTS, projects, "项目"),
            (_UNITS, units, "单位"),
        ):
            kinds = len(re.findall("个项目", sentence.text)) >= 3  # parts of all projects, told one by one
            for match in () if kinds and pattern is _PROJECTS else pattern.finditer(sentence.text):
                at = match.start("count")
                if is_of_some(sentence.text, at) or is_earlier(sentence.text, at):
                    continue
                facts = count_facts(report, sentence.place, sentence.start + match.start("count"))
                own = _listed_as(report, match.groupdict().get("kind") or "")
                yield from _in_tables(sentence.place, match, own or counts, noun, facts)
        yield from _drawn(report, sentence, max(projects)) if projects else ()


def _drawn(report: Report, sentence: Sentence, most: int) -> Iterator[Result]:
    """No more projects are looked at than there are: than the tables list, if the prose does not count still more."""
    for match in _DRAWN.finditer(sentence.text):
        facts = count_facts(report, sentence.place, sentence.start + match.start("count"))
        if counted(match["count"]) <= most:
            yield from (agrees(*facts) for _ in facts[:1])
        elif not _are_more(report, counted(match["count"])):
            message = f"{match[0]}，而表中的项目一共{most}个"
            yield doubtful(sentence.place, match["count"], f"不超过{most}", message, facts=facts)


def _are_more(report: Report, count: int) -> bool:
    """Whether the prose counts more projects than some number anywhere."""
    told = (match for sentence in report.outside_with(_MANY) for match in _MANY.finditer(sentence.text))
    return any(int(match["count"].replace(",", "")) > count for match in told)


_MANY = Pattern("(?P<count>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{2,6})个(?:[\u4e00-\u9fff]{0,6})?项目")


def _listed_as(report: Report, kind: str) -> set[int]:
    """How many names stand below the very words that prose counts them by: 7个支出项目 are not the rows of 项目."""
    if len(kind) <= len("项目"):
        return set()
    found = [names_in_column(table, Pattern(re.escape(kind))) for table in report.document.tables]
    return {len({name for name in names if not is_whole(name)}) for names in found if names}


def _projects_of(table: Table) -> list[str]:
    """The projects a table lists; below 项目 may stand kinds of cost, too."""
    names = names_in_column(table, PROJECT_HEADING)
    costs = sum(_COST.search(name) is not None for name in names)
    return [] if "项目" in table.headings and costs * 2 >= len(names) else names


_COST = Pattern("(?:费用?|支出|收入|拨款|结余|资金|经费|资产|负债)$")


def _units_listed(listed: Sequence[tuple[list[str], int]], said: str) -> set[int]:
    """How many units tables list, but for those of other projects than the sentence speaks of (a ranking of some).

    Args:
        listed: of every table the units and how many projects.
        said: the sentence.
    """
    whole = next((counted(match["count"]) for match in _WHOLE.finditer(said)), 0)
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
    said = counted(match["count"])
    most = max(counts, default=0)
    if said in counts:
        if facts:
            yield agrees(*facts)
    elif match.re is _PROJECTS.compiled and said < most and _words_before(match).endswith("的"):
        return  # 已评分的38个项目: some of all
    elif most > 1 and most < said * 2 and said <= most + max(3, most // 3):  # else the table lists a few of them
        near = min(counts, key=lambda number: abs(number - said))
        say = differs if match.re is not _PROJECTS.compiled else doubtful
        yield say(place, match["count"], str(near), f"写{said}个{noun}，表中列出{near}个", facts=facts)
