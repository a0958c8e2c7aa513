"""Whose project it is: the unit beside a project in one table and in another, and how many projects a unit has."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Place, Table
from toolkit.proof.once import once
from toolkit.proof.report import Report
from toolkit.proof.rules.naming.names import plain_name
from toolkit.text.patterns import Pattern

_PROJECT = Pattern(r"项目名称|项目")
_UNIT = Pattern(r"责任单位|建设单位|主管单位|实施单位")
_COUNT = Pattern(r"项目(?:个)?数(?:量)?(?:[（(]个[)）])?")
_WITHIN = Pattern(r"^(?P<name>.+)[（(](?P<unit>[^（()）]{3,40}(?:[（(][^（()）]*[)）])?)[)）]$")
_FEWEST = 3
_Told = dict[str, list[tuple[str, Place]]]
_GOOD = (
    "表1 得分\n项目名称\t责任单位\t得分\n智慧城管平台\t市城管局\t90\n电子证照系统\t市数据局\t91\n数据共享平台\t市数据局\t88\n雪亮工程\t市公安局\t80\n\n\n隔开。\n"
    "表2 资金\n项目（责任单位）\t资金\n智慧城管平台（市城管局）\t10\n电子证照系统（市数据局）\t20\n数据共享平台（市数据局）\t30\n雪亮工程（市公安局）\t5\n\n\n隔开。\n"
    "表3 单位\n责任单位\t项目数\t资金\n市城管局\t1\t10\n市数据局\t2\t50\n市公安局\t1\t5\n"
)


@rule(
    "name.owner",
    group=Group.NAMES,
    title="同一项目的责任单位各表相同",
    good=(_GOOD,),
    bad=(_GOOD.replace("电子证照系统\t市数据局", "电子证照系统\t市城管局"),),
)
def owners(report: Report) -> Iterator[Result]:
    """The unit of a project where two tables and more name one under the same heading."""
    for told in _owners(report).values():
        for project, units in told.items():
            counts = Counter(unit for unit, _ in units)
            usual = counts.most_common(1)[0][0]
            for unit, place in units if len(counts) > 1 else ():
                if counts[unit] == 1:
                    related = tuple(other for its, other in units if its != unit)
                    message = (
                        f"“{project}”的责任单位此处是“{unit}”，另一表是“{usual if usual != unit else units[0][0]}”"
                    )
                    yield doubtful(place, unit, usual, message, related=related)
                    break


def _owners(report: Report) -> dict[str, _Told]:
    """Heading → project → its units and where they stand."""
    found: dict[str, _Told] = defaultdict(lambda: defaultdict(list))
    for table in report.document.tables:
        for heading, project, unit, place in _pairs(table):
            found[heading][project].append((unit, place))
    return found


def _pairs(table: Table) -> Iterator[tuple[str, str, str, Place]]:
    headings = table.headings
    name = next((at for at, heading in enumerate(headings) if _PROJECT.fullmatch(heading)), None)
    unit = next((at for at, heading in enumerate(headings) if _UNIT.fullmatch(heading)), None)
    both = next((at for at, heading in enumerate(headings) if _within(heading)), None)
    for row in table.rows[table.head :]:
        if name is not None and unit is not None and row[name].text.strip() and row[unit].text.strip():
            yield headings[unit], plain_name(row[name].text.strip()), row[unit].text.strip(), row[unit].place
        elif both is not None and (match := _WITHIN.match(row[both].text.strip())):
            yield _within(headings[both]), plain_name(match["name"]), match["unit"], row[both].place


def _within(heading: str) -> str:
    """The unit that a heading names in brackets behind its project: 项目（责任单位）."""
    match = re.fullmatch(r"项目(?:名称)?[（(](?P<unit>[^（()）]+)[)）]", heading)
    return match["unit"] if match and _UNIT.fullmatch(match["unit"]) else ""


@rule(
    "count.owned",
    group=Group.COUNTS,
    title="各单位的项目数等于表中该单位的项目",
    good=(_GOOD,),
    bad=(_GOOD.replace("市数据局\t2\t50", "市数据局\t3\t50"),),
)
def owned(report: Report) -> Iterator[Result]:
    """Where most units have as many projects as the other tables give them, the others contradict."""
    owners = _owners(report)
    for table in report.document.tables:
        unit = next((at for at, heading in enumerate(table.headings) if _UNIT.fullmatch(heading)), None)
        count = next((at for at, heading in enumerate(table.headings) if _COUNT.fullmatch(heading)), None)
        if unit is None or count is None or table.headings[unit] not in owners:
            continue
        has = _has(owners[table.headings[unit]])
        facts = [
            (row[unit].text.strip(), fact)
            for row in table.rows[table.head :]
            for fact in report.facts_at(row[count].place)
            if fact.value is not None and row[unit].text.strip() in has
        ]
        wrong = [(name, fact) for name, fact in facts if fact.value != has[name]]
        if len(facts) < _FEWEST or len(wrong) * _FEWEST > len(facts):
            continue
        yield from (agrees(fact) for name, fact in facts if fact.value == has[name])
        for name, fact in wrong:
            message = f"“{name}”写{fact.text}个项目，别的表中是{has[name]}个"
            yield differs(fact.place, fact.text, str(has[name]), message, facts=(fact,))


@once
def units_of_projects(report: Report) -> Mapping[str, str]:
    """Project → its units as most tables name them, joined by 、, under the heading that most projects have."""
    return max((_usual(told) for told in _owners(report).values()), key=len, default={})


def _usual(told: _Told) -> dict[str, str]:
    return {project: Counter(unit for unit, _ in units).most_common(1)[0][0] for project, units in told.items()}


def _has(told: _Told) -> Counter[str]:
    """Unit → how many projects it has; a project of two units is each one's."""
    return Counter(each for unit in _usual(told).values() for each in unit.split("、"))
