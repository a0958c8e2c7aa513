"""18个项目分属12家责任单位，市数据局最多，有5个，其余9家各1个: units of projects, counted from the tables."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from toolkit.proof.declaration import Group, Result, rule
from toolkit.proof.report import Report
from toolkit.proof.rules.counting.told_counts import judged_count
from toolkit.proof.rules.counting.unit_rows import units_of_projects
from toolkit.text.patterns import Pattern

_N = "[0-9]{1,3}|[一二两三四五六七八九十]{1,3}"
_KINDS = "(?:责任|建设|主管|实施|承担|牵头)?(?:单位|部门)"
_ALL = Pattern(
    rf"(?P<all>[0-9]{{1,3}})个[^，。；0-9]{{0,12}}项目[^。；0-9]{{0,16}}?(?:分属|来自|由|涉及|属于)(?P<count>{_N})(?P<unit>[家个]){_KINDS}"
)
_MOST = Pattern(
    rf"(?P<name>[\u4e00-\u9fff]{{2,14}}?)(?:承担|负责|实施|建设|的)?(?:的)?项目(?:个?数)?最多，(?:有|为|共|达)?(?P<count>{_N})(?P<unit>个)"
)
_EACH = Pattern(
    rf"(?P<names>[\u4e00-\u9fff]{{2,12}}(?:[、和][\u4e00-\u9fff]{{2,12}}){{1,6}})各(?:有|承担)?(?P<count>{_N})(?P<unit>个)(?=项目|[；，。、])"
)
_OTHERS = Pattern(rf"其余(?P<count>{_N})(?P<unit>[家个]){_KINDS}各(?:有|承担)?(?:1|一)个(?=项目|[；，。、])")
_FEWEST = 4
_TABLE = "序号\t项目名称\t责任单位\t得分\n1\t移动服务平台\t市数据局\t92\n2\t电子证照系统\t市数据局\t84\n3\t政务服务平台\t市政务局\t88\n4\t热线改造\t市政务局\t93\n5\t停车管理平台\t市城管局\t68\n6\t政务云扩容\t市数据局\t87\n7\t智慧校园平台\t市教育局\t90\n"


@rule(
    "count.units_told",
    group=Group.COUNTS,
    title="正文说的责任单位家数、各单位项目个数与项目表相符",
    good=(
        f"7个项目分属4家责任单位。市数据局项目最多，有3个；其余2家单位各1个。\n{_TABLE}",
        f"上年度9个项目分属5家责任单位。\n{_TABLE}",
    ),
    bad=(
        f"7个项目分属5家责任单位。\n{_TABLE}",
        f"7个项目中，市数据局项目最多，有4个。\n{_TABLE}",
        f"7个项目中，市数据局最多；其余3家单位各1个项目。\n{_TABLE}",
        f"7个项目中，市教育局、市城管局各2个项目。\n{_TABLE}",
    ),
)
def units(report: Report) -> Iterator[Result]:
    """Where the report speaks of as many projects as its tables name with their units."""
    owners = units_of_projects(report)
    if len(owners) < _FEWEST or not _is_of_all(report, len(owners)):
        return
    has = Counter(unit for units in owners.values() for unit in units.split("、"))
    for sentence in report.outside_with(_ALL, _MOST, _EACH, _OTHERS):
        for match, due in _dues(sentence.text, len(owners), has):
            yield from judged_count(report, sentence, match, due, f"写“{match[0]}”，项目表中是")


def _dues(text: str, projects: int, has: Counter[str]) -> Iterator[tuple[re.Match[str], int]]:
    """Every number of units or of their projects in a text, and what it should be."""
    yield from ((match, len(has)) for match in _ALL.finditer(text) if int(match["all"]) == projects)
    yield from ((match, sum(count == 1 for count in has.values())) for match in _OTHERS.finditer(text))
    yield from ((match, has[name]) for match in _MOST.finditer(text) if (name := _known(match["name"], has)))
    for match in _EACH.finditer(text):
        names = [_known(name, has) for name in re.split("[、和]", match["names"])]
        if all(names) and len({has[name] for name in names}) == 1:
            yield match, has[names[0]]


def _is_of_all(report: Report, projects: int) -> bool:
    return any(
        re.search(rf"(?<![0-9]){projects}个[^，。；0-9]{{0,12}}项目", item.text) for item in report.outside_tables
    )


def _known(words: str, has: Mapping[str, int]) -> str:
    """The unit that the words end in, or that ends in the words and no other does: 大数据局 is 市大数据局."""
    whole = next((name for name in has if words.endswith(name)), "")
    short = [name for name in has if name.endswith(words)]
    return whole or (short[0] if len(short) == 1 else "")
