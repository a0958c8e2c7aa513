"""Names of projects, units and indicators that are nearly, not quite, those of the tables."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place, Table
from toolkit.proof.name_starts import NameStarts
from toolkit.proof.outline import prose
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

PROJECTS = Pattern(r"项目(?:名称)?|子项(?:目)?名称|子项")
UNITS = Pattern(r"(?:责任|建设|实施|主管|项目|填报)?单位(?:名称)?|主管部门")
_LOWEST = Pattern(r"三级指标(?:名称)?")
_YEAR = Pattern(r"[（(][0-9]{4}(?:年度?)?[)）]$")
_TAIL = Pattern(r"(?:建设|采购)?项目$")
QUOTES = str.maketrans("", "", "“”\"'‘’《》 　")
_VERB = Pattern("通过|利用|依托|建设了|使用|包括|以及|负责|完成")
"""Words around a name, not within one."""
SHORT, LONG = 6, 10
_MIXED = Pattern(r"(?P<before>[\u4e00-\u9fff]{2})(?P<letters>[A-Z]{2,5})(?P<after>[\u4e00-\u9fff]{3,4})")
_POINTS = Pattern(r"\s*[（(][0-9.]+分[)）]\s*$")


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a table and where it stands first."""

    text: str
    place: Place


def of_columns(report: Report, pattern: Pattern) -> dict[str, Named]:
    """Plain name → name, of all tables."""
    found: dict[str, Named] = {}
    for table in report.document.tables:
        for column, heading in enumerate(table.headings):
            if not pattern.fullmatch(heading):
                continue
            for cell in table.column(column):
                text = cell.text.strip()
                plain = plain_name(text)
                if plain and not cell.is_numeric and plain not in ("合计", "总计", "小计"):
                    found.setdefault(plain, Named(text, cell.place))
    return found


def plain_name(text: str) -> str:
    """A name without quotation marks, spaces and points in brackets: two spellings of one name are alike."""
    return _POINTS.sub("", text).translate(QUOTES)


def core_name(plain: str) -> str:
    """A plain name without its year and 建设项目 at its end."""
    return _TAIL.sub("", _YEAR.sub("", plain))


_COVER = Pattern(r"^\s*项目(?:名称)?[：:]\s*(?P<name>[\u4e00-\u9fff（）()“”A-Za-z0-9]{6,40})\s*$")


def _of_the_cover(report: Report) -> dict[str, Named]:
    """The project of a report about one, as a line of its own names it: 项目名称：智慧医疗协同平台项目."""
    found = ((paragraph, _COVER.match(paragraph.text)) for paragraph in report.document.paragraphs[:_FRONT])
    return {plain_name(match["name"]): Named(match["name"], paragraph.place) for paragraph, match in found if match}


_FRONT = 30


def _projects(report: Report) -> dict[str, Named]:
    names = {**_of_the_cover(report), **of_columns(report, PROJECTS)}
    known = {plain_name(project.name): Named(project.name, Place(0)) for project in report.known.projects}
    return known | names


@rule(
    "name.project",
    group=Group.NAMES,
    title="项目名称前后一致",
    good=(
        "开展数据治理及服务，累计治理5亿条。\n序号\t项目名称\t金额\n1\t数据治理平台及服务\t10\n2\t电子证照平台\t20",
        "智慧城管监管系统项目已经验收。\n序号\t项目名称\t金额\n1\t智慧城管监管系统\t10\n2\t智慧城管监管系统二期\t20",
    ),
    bad=(
        "项目名称：平湖市智慧医疗协同平台项目\n对平湖市智慧医疗系同平台项目开展评价。",
        "智慧城务监管系统已经验收。\n序号\t项目名称\t金额\n1\t智慧城管监管系统\t10\n2\t电子证照平台\t20",
        "建设了物联网感知公共服务平台。\n序号\t项目名称\t金额\n1\t感知物联网公共服务平台\t10\n2\t电子证照平台\t20",
    ),
)
def project_names(report: Report) -> Iterator[Result]:
    """One or two characters more, fewer or others than a name of the tables, or its characters in another order."""
    names = {plain: named for plain, named in _projects(report).items() if len(plain) >= SHORT}
    cores = {core_name(plain): named for plain, named in names.items()}
    cores = {core: named for core, named in cores.items() if len(core) >= SHORT}
    starts = NameStarts(cores, _START, _pieces)
    known = "\0".join(cores)
    for place, printed in prose(report.document):
        text = printed.translate(QUOTES)
        if len(text) < SHORT:
            continue
        for core in starts.near(text):
            if core in text:
                continue
            named = cores[core]
            variant = _variant(text, core) or _jumbled(text, core)
            if (
                variant
                and not _VERB.search(variant)
                and not _is_work(text, variant, core)
                and _NUMBER_BEFORE.sub("", variant) not in known
                and not _around_known(text, variant, cores)
            ):
                message = f"“{variant}”与“{named.text}”只差一两个字，请核对名称"
                yield doubtful(place, variant, named.text, message, related=(named.place,))


def _pieces(core: str) -> tuple[str, ...]:
    """Of these one at least stands in a text that holds a variant of the name."""
    half = len(core) // 2
    return core[:half], core[half:], core[-_END:]


_START, _END = SHORT // 2, 4
_NUMBER_BEFORE = Pattern(r"^[0-9]+[.．、 ]*")
"""1.甲系统 is the name with its number in a list."""


def _is_work(text: str, variant: str, core: str) -> bool:
    """开展数据治理及服务，…: what is done, beside 数据治理平台及服务, the thing; a name goes on with 项目 or 建设."""
    at = text.find(variant)
    thing = next((noun for noun in ("平台", "系统", "工程") if core.replace(noun, "", 1) == variant), "")
    done = re.search("(?:开展|推进|做好|提供)$", text[:at]) is not None
    return bool(thing) and done and text[at + len(variant) : at + len(variant) + 1] in "，。；"


def _around_known(text: str, variant: str, cores: dict[str, Named]) -> bool:
    """Whether the place is really another name of the tables that is much like this one."""
    at = text.find(variant)
    return any(
        text.find(core) >= 0 and text.find(core) < at + len(variant) and text.find(core) + len(core) > at
        for core in cores
    )


def _variant(text: str, name: str) -> str:
    """What stands in the text where one half of the name is found and the other is nearly there; "" for nothing."""
    most = 2 if len(name) >= LONG else 1
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
    if len(name) < SHORT + 2:
        return ""
    tail = name[-_END:]
    if tail not in text:
        return ""
    letters = Counter(name)
    at = text.find(tail)
    while at >= 0:
        stretch = text[max(0, at + _END - len(name)) : at + _END]
        if stretch != name and Counter(stretch) == letters:
            return stretch
        at = text.find(tail, at + 1)
    return ""


@rule(
    "name.tables",
    group=Group.NAMES,
    title="各表中的项目、指标名称一致",
    good=(
        "表1 金额\n项目名称\t金额\n防汛指挥调度平台\t10\n智慧灌区一期工程\t20\n污水在线监控改造\t20\n\n\n隔开。\n表2 得分\n项目名称\t得分\n防汛指挥调度平台\t90\n智慧灌区二期工程\t80\n智慧灌区一期工程\t80\n污水在线监控改造\t20\n",
    ),
    bad=(
        "表1 金额\n项目名称\t金额\n防汛指挥调度平台\t10\n智慧灌区一期工程\t20\n污水在线监控改造\t20\n\n\n隔开。\n表2 得分\n项目名称\t得分\n防汛指挥调动平台\t90\n智慧灌区一期工程\t80\n污水在线监控改造\t20\n",
    ),
)
def table_names(report: Report) -> Iterator[Result]:
    """A name of one table that another has nearly, not quite, where the two list the same things."""
    for pattern in (PROJECTS, _LOWEST):
        columns = [names for table in report.document.tables if (names := named_in(table, pattern))]
        yield from _between(columns)


def _between(columns: Sequence[dict[str, Named]]) -> Iterator[Result]:
    for number, names in enumerate(columns):
        for others in columns[:number]:
            common = names.keys() & others.keys()
            if len(common) * 2 < min(len(names), len(others)) or len(common) < 2:
                continue
            yield from _nearly(
                {plain: named for plain, named in names.items() if plain not in others},
                {plain: named for plain, named in others.items() if plain not in names},
            )


def named_in(table: Table, pattern: Pattern = PROJECTS) -> dict[str, Named]:
    """Plain name → name, of the projects that one table lists, or of what another heading is about."""
    column = next((at for at, heading in enumerate(table.headings) if pattern.fullmatch(heading)), None)
    if column is None:
        return {}
    cells = [
        cell for cell in table.column(column) if len(plain_name(cell.text.strip())) >= SHORT and not cell.is_numeric
    ]
    return {plain_name(cell.text.strip()): Named(cell.text.strip(), cell.place) for cell in cells}


def _nearly(names: dict[str, Named], others: dict[str, Named]) -> Iterator[Result]:
    for plain, named in names.items():
        most = 2 if len(plain) >= LONG else 1
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
    "name.letters",
    group=Group.NAMES,
    title="带字母的名称前后一致",
    good=("省级AK数据中心完成测评，省级AK数据中心稳定运行。",),
    bad=("省级AK数据中心完成测评，省级AR数据中心稳定运行。",),
)
def letters(report: Report) -> Iterator[Result]:
    """Letters that differ between the same words."""
    seen: dict[tuple[str, str], dict[str, tuple[Place, str]]] = defaultdict(dict)
    for place, text in report.document.texts_with(_MIXED, least=7):
        for match in _MIXED.finditer(text):
            seen[match["before"], match["after"][:3]].setdefault(match["letters"], (place, match[0]))
    for spelled in seen.values():
        (first, (its_place, right)), *others = spelled.items()
        for other, (place, found) in others:
            if len(first) == len(other) and Levenshtein.distance(first, other, score_cutoff=1) == 1:
                yield doubtful(place, found, right, f"“{found}”与“{right}”只差一个字母", related=(its_place,))
