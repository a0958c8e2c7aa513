"""Names of units and of who commissioned the evaluation that are nearly, not quite, those used elsewhere."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.name_starts import NameStarts
from toolkit.proof.outline import prose_with
from toolkit.proof.report import Report
from toolkit.proof.rules.naming.names import LONG, PROJECTS, QUOTES, SHORT, UNITS, Named, of_columns, plain_name
from toolkit.text.patterns import Pattern

_ORG = Pattern(r"(?:局|委|办|中心|厅|院)$")


@rule(
    "name.unit",
    group=Group.NAMES,
    title="单位名称前后一致",
    good=(
        "受和兴市财政局委托开展评价。\n单位\t人数\n市民政局\t6\n养老中心\t9",
        "智慧城管系统由市住建局建设，市财政局拨款。\n项目名称\t建设单位\n智慧城管系统\t市住建局\n证照平台系统\t市数据局",
    ),
    bad=(
        "委托单位：凤城市数据资源管理委\n受凤城市数据资源管理局委托开展评价。凤城市数据资源管理局负责。",
        "受怀远市数局委托开展评价。\n项目名称\t建设单位\n智慧城管系统\t市住建局\n证照平台系统\t市数据局",
        "委托单位：苏州信息中心\n受苏州市信息中心委托开展评价。\n苏州市信息中心负责。",
        "智慧城管系统由市住务局建设。\n项目名称\t建设单位\n智慧城管系统\t市住建局\n证照平台系统\t市数据局",
        "安平市数字资源局建立了备案机制。\n项目名称\t建设单位\n智慧城管系统\t安平市数据资源管理局\n证照平台系统\t市教育局",
    ),
)
def unit_names(report: Report) -> Iterator[Result]:
    """The unit named beside a project, nearly that of its row; long names of offices, nearly one of the tables."""
    yield from _clients(report)
    yield from _beside_projects(report)
    yield from _offices(report)


_CLIENT = Pattern(
    r"(?:受|接受)(?P<name>[\u4e00-\u9fff]{3,20}?)(?:的)?委托|^委托(?:单位|方|人)[：:]\s*(?P<alone>[\u4e00-\u9fff]{3,20})\s*$"
)


def _clients(report: Report) -> Iterator[Result]:
    """Who commissioned the evaluation, against who did elsewhere, and against the units of the tables."""
    units = {named.text: named.place for named in of_columns(report, UNITS).values()}
    told = [
        (match["name"] or match["alone"], place)
        for place, text in report.document.texts_with(_CLIENT)
        for match in _CLIENT.finditer(text)
    ]
    names = Counter(name for name, _ in told)
    for name, place in told:
        others = {**{other: at for other, at in told if names[other] >= names[name]}, **units}
        if any(other != name and (other in name or name in other) for other in units) or name in units:
            continue
        near = next((other for other in others if other != name and _slipped(name, other)), None)
        if near is not None:
            message = f"委托单位写“{name}”，别处是“{near}”，只差一个字"
            yield doubtful(place, name, near, message, related=(others[near],))


_USUAL = Pattern(
    "(?:财政|民政|税务|水务|水利|司法|公安|教育|商务|交通运输|农业农村|住房城乡建设|自然资源|生态环境|应急管理|市场监管|审计|统计|体育|林业|气象|医保|信访)局$"
)
"""Offices that every city has: 财政局 is no slip of 民政局."""


def _slipped(name: str, other: str) -> bool:
    """One character apart; the other may come without the name of its city."""
    if _USUAL.search(name) and _USUAL.search(other):
        return False
    tails = {name, name[2:], name[3:]}
    return any(
        len(tail) > 2
        and len(other) > 2
        and (tail[-1] == other[-1] or (tail == name and tail[:-1] == other[:-1]))
        and Levenshtein.distance(tail, other, score_cutoff=1) == 1
        for tail in tails
    )


def _beside_projects(report: Report) -> Iterator[Result]:
    units = _unit_of_projects(report)
    plain_units = {project: plain_name(named.text) for project, named in units.items()}
    known = set(of_columns(report, UNITS))
    starts = NameStarts(units, SHORT)
    for sentence in report.prose:
        text = sentence.text.translate(QUOTES)
        for project in starts.within(text):
            unit, named = plain_units[project], units[project]
            if unit in text or len(unit) < 4:
                continue
            start = text.find(project) + len(project)
            variant = _near_unit(text[start:], unit)
            if variant and variant not in known:
                message = f"“{variant}”与表中该项目的单位“{named.text}”只差一个字"
                yield doubtful(sentence.place, variant, named.text, message, related=(named.place,))


def _near_unit(text: str, unit: str) -> str:
    start = text.find(unit[0])
    while start >= 0:
        for length in (len(unit), len(unit) + 1, len(unit) - 1):
            stretch = text[start : start + length]
            if (
                len(stretch) == length
                and stretch[-1] == unit[-1]
                and Levenshtein.distance(stretch, unit, score_cutoff=1) == 1
            ):
                return stretch
        start = text.find(unit[0], start + 1)
    return ""


def _unit_of_projects(report: Report) -> dict[str, Named]:
    found: dict[str, Named] = {}
    for table in report.document.tables:
        project = next((at for at, text in enumerate(table.headings) if PROJECTS.fullmatch(text)), None)
        unit = next((at for at, text in enumerate(table.headings) if UNITS.fullmatch(text)), None)
        if project is None or unit is None:
            continue
        for row in table.rows[table.head :]:
            name, owner = plain_name(row[project].text), row[unit].text.strip()
            if len(name) >= SHORT and owner and "、" not in owner:
                found.setdefault(name, Named(owner, row[unit].place))
    return found


def _offices(report: Report) -> Iterator[Result]:
    offices = [
        named for plain, named in of_columns(report, UNITS).items() if len(plain) >= LONG - 1 and _ORG.search(plain)
    ]
    for named in offices:
        prefix, suffix = named.text[:3], named.text[-1]
        if not prefix.endswith("市"):
            continue
        pattern = Pattern(rf"{re.escape(prefix)}([\u4e00-\u9fff]{{4,{len(named.text)}}}?){suffix}")
        for place, text in prose_with(report.document, pattern):
            for match in pattern.finditer(text):
                if _changed(match[0], named.text) == 1 and not _subsequence(match[0], offices):
                    message = f"“{match[0]}”与“{named.text}”像是同一单位，名称写得不同，请核对"
                    yield doubtful(place, match[0], named.text, message, related=(named.place,))


def _subsequence(short: str, offices: Sequence[Named]) -> bool:
    return any(_changed(short, named.text) == 0 for named in offices)


def _changed(short: str, name: str) -> int:
    """Characters of a short form that are not in the name in their order; what the short form leaves out is free."""
    row = [0] * (len(name) + 1)
    for char in short:
        last, row = row, [row[0] + 1]
        for column, mark in enumerate(name, 1):
            row.append(min(last[column] + 1, row[column - 1], last[column - 1] + (char != mark)))
    return row[-1]
