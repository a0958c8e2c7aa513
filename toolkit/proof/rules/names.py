"""Names of projects, units and indicators that are nearly, not quite, those of the tables."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place, Table
from toolkit.proof.outline import prose
from toolkit.proof.report import Report

_PROJECTS = re.compile(r"项目(?:名称)?|子项(?:目)?名称|子项")
_UNITS = re.compile(r"(?:责任|建设|实施|主管|项目|填报)?单位(?:名称)?|主管部门")
_INDICATORS = re.compile(r"[一二三]级指标|指标(?:名称)?")
_YEAR = re.compile(r"[（(][0-9]{4}(?:年度?)?[)）]$")
_TAIL = re.compile(r"(?:建设|采购)?项目$")
_QUOTES = str.maketrans("", "", "“”\"'‘’《》 　")
_VERB = re.compile("通过|利用|依托|建设了|使用|包括|以及|负责|完成")
"""Words around a name, not within one."""
_SHORT, _LONG = 6, 10
_ORG = re.compile(r"(?:局|委|办|中心|厅|院)$")
_MIXED = re.compile(r"(?P<before>[\u4e00-\u9fff]{2})(?P<letters>[A-Z]{2,5})(?P<after>[\u4e00-\u9fff]{3,4})")
_POINTS = re.compile(r"\s*[（(][0-9.]+分[)）]\s*$")


@dataclass(frozen=True, slots=True)
class _Named:
    """A name of a table and where it stands first."""

    text: str
    place: Place


def _of_columns(report: Report, pattern: re.Pattern[str]) -> dict[str, _Named]:
    """Plain name → name, of all tables."""
    found: dict[str, _Named] = {}
    for table in report.document.tables:
        for column, heading in enumerate(table.headings):
            if not pattern.fullmatch(heading):
                continue
            for cell in table.column(column):
                text = cell.text.strip()
                plain = _plain(text)
                if plain and not cell.is_numeric and plain not in ("合计", "总计", "小计"):
                    found.setdefault(plain, _Named(text, cell.place))
    return found


def _plain(text: str) -> str:
    return _POINTS.sub("", text).translate(_QUOTES)


def _projects(report: Report) -> dict[str, _Named]:
    names = _of_columns(report, _PROJECTS)
    known = {_plain(project.name): _Named(project.name, Place(0)) for project in report.known.projects}
    return known | names


@rule(
    "name.project",
    group=Group.NAMES,
    title="项目名称前后一致",
    good=(
        "智慧城管监管系统项目已经验收。\n序号\t项目名称\t金额\n1\t智慧城管监管系统\t10\n2\t智慧城管监管系统二期\t20",
    ),
    bad=(
        "智慧城务监管系统已经验收。\n序号\t项目名称\t金额\n1\t智慧城管监管系统\t10\n2\t电子证照平台\t20",
        "建设了物联网感知公共服务平台。\n序号\t项目名称\t金额\n1\t感知物联网公共服务平台\t10\n2\t电子证照平台\t20",
    ),
)
def project_names(report: Report) -> Iterator[Result]:
    """One or two characters more, fewer or others than a name of the tables, or its characters in another order."""
    names = {plain: named for plain, named in _projects(report).items() if len(plain) >= _SHORT}
    cores = {_TAIL.sub("", _YEAR.sub("", plain)): named for plain, named in names.items()}
    cores = {core: named for core, named in cores.items() if len(core) >= _SHORT}
    for place, printed in prose(report.document):
        text = printed.translate(_QUOTES)
        if len(text) < _SHORT:
            continue
        for core, named in cores.items():
            if core in text:
                continue
            variant = _variant(text, core) or _jumbled(text, core)
            if (
                variant
                and not _VERB.search(variant)
                and not _is_known(variant, cores)
                and not _around_known(text, variant, cores)
            ):
                message = f"“{variant}”与“{named.text}”只差一两个字，请核对名称"
                yield doubtful(place, variant, named.text, message, related=(named.place,))


def _is_known(variant: str, cores: dict[str, _Named]) -> bool:
    return any(variant in core for core in cores)


def _around_known(text: str, variant: str, cores: dict[str, _Named]) -> bool:
    """Whether the place is really another name of the tables that is much like this one."""
    at = text.find(variant)
    return any(
        text.find(core) >= 0 and text.find(core) < at + len(variant) and text.find(core) + len(core) > at
        for core in cores
    )


def _variant(text: str, name: str) -> str:
    """What stands in the text where one half of the name is found and the other is nearly there; "" for nothing."""
    most = 2 if len(name) >= _LONG else 1
    half = len(name) // 2
    for piece, before in ((name[:half], 0), (name[half:], half)):
        at = text.find(piece)
        while at >= 0:
            best = _nearest(text, name, at - before, most)
            if best:
                return best
            at = text.find(piece, at + 1)
    return ""


def _nearest(text: str, name: str, at: int, most: int) -> str:
    """The stretch about ``at`` with the fewest changes from the name, both ends alike with it."""
    found: list[tuple[int, int, str]] = []
    for start in range(max(0, at - most), min(len(text), at + most + 1)):
        for length in range(len(name) - most, len(name) + most + 1):
            stretch = text[start : start + length]
            if len(stretch) != length or (
                re.search(r"[，。；：、\s]", stretch) and not re.search(r"[，。；：、\s]", name)
            ):
                continue
            if stretch[:1] != name[:1] or stretch[-1:] != name[-1:]:
                continue
            changes = Levenshtein.distance(stretch, name, score_cutoff=most)
            if 0 < changes <= most:
                found.append((changes, -length, stretch))
    return min(found)[2] if found else ""


def _jumbled(text: str, name: str) -> str:
    """The characters of a long name in another order, as when two words change places."""
    if len(name) < _SHORT + 2:
        return ""
    letters = Counter(name)
    tail = name[-4:]
    at = text.find(tail)
    while at >= 0:
        stretch = text[max(0, at + 4 - len(name)) : at + 4]
        if stretch != name and Counter(stretch) == letters:
            return stretch
        at = text.find(tail, at + 1)
    return ""


@rule(
    "name.tables",
    group=Group.NAMES,
    title="各表中的项目名称一致",
    good=(
        "表1 金额\n项目名称\t金额\n防汛指挥调度平台\t10\n智慧灌区一期工程\t20\n污水在线监控改造\t20\n\n\n隔开。\n表2 得分\n项目名称\t得分\n防汛指挥调度平台\t90\n智慧灌区二期工程\t80\n智慧灌区一期工程\t80\n污水在线监控改造\t20\n",
    ),
    bad=(
        "表1 金额\n项目名称\t金额\n防汛指挥调度平台\t10\n智慧灌区一期工程\t20\n污水在线监控改造\t20\n\n\n隔开。\n表2 得分\n项目名称\t得分\n防汛指挥调动平台\t90\n智慧灌区一期工程\t80\n污水在线监控改造\t20\n",
    ),
)
def table_names(report: Report) -> Iterator[Result]:
    """A name of one table that another has nearly, not quite, where the two list the same things."""
    columns = [names for table in report.document.tables if (names := _named_in(table))]
    for number, names in enumerate(columns):
        for others in columns[:number]:
            common = names.keys() & others.keys()
            if len(common) * 2 < min(len(names), len(others)) or len(common) < 2:
                continue
            yield from _nearly(
                {plain: named for plain, named in names.items() if plain not in others},
                {plain: named for plain, named in others.items() if plain not in names},
            )


def _named_in(table: Table) -> dict[str, _Named]:
    column = next((at for at, heading in enumerate(table.headings) if _PROJECTS.fullmatch(heading)), None)
    if column is None:
        return {}
    cells = [cell for cell in table.column(column) if len(_plain(cell.text.strip())) >= _SHORT and not cell.is_numeric]
    return {_plain(cell.text.strip()): _Named(cell.text.strip(), cell.place) for cell in cells}


def _nearly(names: dict[str, _Named], others: dict[str, _Named]) -> Iterator[Result]:
    for plain, named in names.items():
        most = 2 if len(plain) >= _LONG else 1
        near = next(
            (
                other
                for text, other in others.items()
                if 0 < Levenshtein.distance(plain, text, score_cutoff=most) <= most
            ),
            None,
        )
        if near is not None:
            message = f"“{named.text}”与另一表的“{near.text}”只差一两个字，请核对名称"
            yield doubtful(named.place, named.text, near.text, message, related=(near.place,))


@rule(
    "name.unit",
    group=Group.NAMES,
    title="单位名称前后一致",
    good=(
        "智慧城管系统由市住建局建设，市财政局拨款。\n项目名称\t建设单位\n智慧城管系统\t市住建局\n证照平台系统\t市数据局",
    ),
    bad=(
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


_CLIENT = re.compile(
    r"(?:受|接受)(?P<name>[\u4e00-\u9fff]{3,20}?)(?:的)?委托|^委托(?:单位|方|人)[：:]\s*(?P<alone>[\u4e00-\u9fff]{3,20})\s*$"
)


def _clients(report: Report) -> Iterator[Result]:
    """Who commissioned the evaluation, against who did elsewhere, and against the units of the tables."""
    units = {named.text: named.place for named in _of_columns(report, _UNITS).values()}
    told = [
        (match["name"] or match["alone"], place)
        for place, text in report.document.texts()
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


def _slipped(name: str, other: str) -> bool:
    """One character apart; the other may come without the name of its city."""
    tails = {name, name[2:], name[3:]}
    return any(
        len(tail) > 2
        and len(other) > 2
        and tail[-1] == other[-1]
        and Levenshtein.distance(tail, other, score_cutoff=1) == 1
        for tail in tails
    )


def _beside_projects(report: Report) -> Iterator[Result]:
    units = _unit_of_projects(report)
    known = set(_of_columns(report, _UNITS))
    for sentence in report.prose:
        text = sentence.text.translate(_QUOTES)
        for project, named in units.items():
            unit = _plain(named.text)
            if project not in text or unit in text or len(unit) < 4:
                continue
            start = text.find(project) + len(project)
            variant = _near_unit(text[start:], unit)
            if variant and variant not in known:
                message = f"“{variant}”与表中该项目的单位“{named.text}”只差一个字"
                yield doubtful(sentence.place, variant, named.text, message, related=(named.place,))


def _near_unit(text: str, unit: str) -> str:
    for start in range(len(text)):
        for length in (len(unit), len(unit) + 1, len(unit) - 1):
            stretch = text[start : start + length]
            if (
                len(stretch) == length
                and stretch[0] == unit[0]
                and stretch[-1] == unit[-1]
                and Levenshtein.distance(stretch, unit, score_cutoff=1) == 1
            ):
                return stretch
    return ""


def _unit_of_projects(report: Report) -> dict[str, _Named]:
    found: dict[str, _Named] = {}
    for table in report.document.tables:
        project = next((at for at, text in enumerate(table.headings) if _PROJECTS.fullmatch(text)), None)
        unit = next((at for at, text in enumerate(table.headings) if _UNITS.fullmatch(text)), None)
        if project is None or unit is None:
            continue
        for row in table.rows[table.head :]:
            name, owner = _plain(row[project].text), row[unit].text.strip()
            if len(name) >= _SHORT and owner and "、" not in owner:
                found.setdefault(name, _Named(owner, row[unit].place))
    return found


def _offices(report: Report) -> Iterator[Result]:
    offices = [
        named for plain, named in _of_columns(report, _UNITS).items() if len(plain) >= _LONG - 1 and _ORG.search(plain)
    ]
    for named in offices:
        prefix, suffix = named.text[:3], named.text[-1]
        if not prefix.endswith("市"):
            continue
        pattern = re.compile(rf"{re.escape(prefix)}([\u4e00-\u9fff]{{4,{len(named.text)}}}?){suffix}")
        for place, text in prose(report.document):
            for match in pattern.finditer(text):
                if _changed(match[0], named.text) == 1 and not _subsequence(match[0], offices):
                    message = f"“{match[0]}”与“{named.text}”只差一个字，请核对单位名称"
                    yield doubtful(place, match[0], named.text, message, related=(named.place,))


def _subsequence(short: str, offices: Sequence[_Named]) -> bool:
    return any(_changed(short, named.text) == 0 for named in offices)


def _changed(short: str, name: str) -> int:
    """Characters of a short form that are not in the name in their order; what the short form leaves out is free."""
    row = [0] * (len(name) + 1)
    for char in short:
        last, row = row, [row[0] + 1]
        for column, mark in enumerate(name, 1):
            row.append(min(last[column] + 1, row[column - 1], last[column - 1] + (char != mark)))
    return row[-1]


@rule(
    "name.letters",
    group=Group.NAMES,
    title="带字母的名称前后一致",
    good=("省级AK数据中心完成测评，省级AK数据中心稳定运行。",),
    bad=("省级AK数据中心完成测评，省级AR数据中心稳定运行。",),
)
def letters(report: Report) -> Iterator[Result]:
    """Letters that differ between the same words."""
    seen: dict[tuple[str, str], dict[str, tuple[Place, str]]] = defaultdict(dict)
    for place, text in report.document.texts():
        for match in _MIXED.finditer(text):
            seen[match["before"], match["after"][:3]].setdefault(match["letters"], (place, match[0]))
    for spelled in seen.values():
        (first, (its_place, right)), *others = spelled.items()
        for other, (place, found) in others:
            if len(first) == len(other) and Levenshtein.distance(first, other, score_cutoff=1) == 1:
                yield doubtful(place, found, right, f"“{found}”与“{right}”只差一个字母", related=(its_place,))


@rule(
    "name.indicator",
    group=Group.NAMES,
    title="指标名称前后一致",
    good=("二级指标\t得分\n可持续影响（12分）\t10\n社会效益指标\t9\n社会效益\t可持续影响\n9\t10",),
    bad=("二级指标\t分值\n可持续影响\t12\n社会效益\t13\n\n\n\n得分汇总\n社会效益\t可以持续影响\n9\t10",),
)
def indicator_names(report: Report) -> Iterator[Result]:
    """A cell that is nearly the name of an indicator."""
    names = {plain: named for plain, named in _of_columns(report, _INDICATORS).items() if 5 <= len(plain) <= 20}
    if not names:
        return
    seen: set[str] = set()
    for table in report.document.tables:
        for cell in (cell for row in table.rows for cell in row):
            plain = _plain(re.sub(r"\s+", "", cell.text))
            if plain in names or plain in seen or not 4 <= len(plain) <= 21 or cell.is_numeric:
                continue
            near = next((named for name, named in names.items() if _is_slip(plain, name)), None)
            if near is not None:
                seen.add(plain)
                message = f"“{plain}”与指标“{near.text.strip()}”只差一个字"
                yield doubtful(cell.place, plain, near.text.strip(), message, related=(near.place,))


_MARKED = re.compile(r"^(?P<name>[^（()）]{3,20})[（(][0-9.]+分[)）]$")


@rule(
    "name.marked",
    group=Group.NAMES,
    title="得分汇总表的指标都在指标体系中",
    good=(
        "二级指标\t分值\n社会效益\t13\n服务对象满意度\t10\n\n\n表5 得分\n社会效益（13分）\t服务对象满意度（10分）\t综合得分\n9\t10\t19",
    ),
    bad=(
        "二级指标\t分值\n社会效益\t13\n服务对象满意度\t10\n\n\n表5 得分\n社会效益（13分）\t使用部门满意度（10分）\t综合得分\n9\t10\t19",
    ),
)
def marked_names(report: Report) -> Iterator[Result]:
    """A column headed by an indicator and its mark, beside others that are known, is an indicator of the system."""
    names = {_plain(re.sub(r"\s+", "", plain)): named for plain, named in _of_columns(report, _INDICATORS).items()}
    for table in report.document.tables if names else ():
        heads = [
            (cell, match["name"]) for cell in table.rows[0] if (match := _MARKED.match(re.sub(r"\s+", "", cell.text)))
        ]
        known = [name for _, name in heads if _plain(name) in names]
        if len(heads) < 2 or not known:
            continue
        for cell, name in heads:
            near = next(
                (
                    named
                    for plain, named in names.items()
                    if plain[-3:] == name[-3:] and len(plain) > 3 and plain != name
                ),
                None,
            )
            if (
                _plain(name) not in names
                and near is not None
                and not any(_is_slip(_plain(name), plain) for plain in names)
            ):
                message = f"得分表写“{name}”，指标体系里没有，只有“{near.text.strip()}”"
                yield doubtful(cell.place, name, near.text.strip(), message, related=(near.place,))


def _is_slip(text: str, name: str) -> bool:
    """One character put in or left out within a name; another character makes another name (数量, 质量)."""
    inside = text[0] == name[0] and text[-1] == name[-1]
    return inside and abs(len(text) - len(name)) == 1 and Levenshtein.distance(text, name, score_cutoff=1) == 1
