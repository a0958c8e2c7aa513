"""Projects called by their number in the list: 第9号项目, and 9宿州市工程建设项目审批管理系统."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain, combinations

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Cell, Place, Table
from toolkit.proof.records import label_of
from toolkit.proof.report import Report
from toolkit.proof.row_words import is_shortened
from toolkit.text.folding import squeeze
from toolkit.text.patterns import Pattern

_LIST = Pattern("项目(?:名称)?|子项(?:目)?(?:名称)?")
_CALLED = Pattern(r"第(?P<numbers>\d{1,3}(?:、\d{1,3})*)号项目")
_NUMBERS = ("序号", "编号", "项目序号", "项目编号")
_FEWEST, _SHORTEST, _MOST_WRONG = 3, 5, 0.2
_GOOD = "第2号项目进度滞后。支持的项目：1智慧人大平台、2智慧法院平台、3编制管理系统。\n序号\t项目名称\t金额\n1\t智慧人大平台\t10\n2\t智慧法院平台\t20\n3\t编制管理系统\t30\n"


@rule(
    "serial.project",
    group=Group.NAMES,
    title="项目的序号与项目清单相同",
    good=(_GOOD,),
    bad=(
        f"{_GOOD}\n\n编号\t项目名称\t得分\n1\t智慧人大平台\t90\n2\t智慧法院平台\t91\n3\t编制管理系统\t92\n4\t城市管网平台\t92\n5\t智慧住建系统\t92\n\n\n"
        "序号\t项目名称\t等级\n1\t智慧人大平台\t优\n2\t智慧法院平台\t优\n3\t编制管理系统\t优\n4\t城市管网平台\t优\n6\t智慧住建系统\t优\n",
        _GOOD.replace("第2号项目", "第5号项目"),
        _GOOD.replace("、2智慧法院", "、3智慧法院"),
        _GOOD.replace("、2智慧法院", "、3 智慧法院"),
    ),
)
def serials(report: Report) -> Iterator[Result]:
    """Numbers and names of projects wherever they stand together, against the tables that number them."""
    known = _numbered(report)
    yield from _tables(report)
    if len(known) < _FEWEST:
        return
    last = max(known.values())
    names = Pattern(
        rf"(?<![\d.])(?P<number>\d{{1,3}})[\s、.．]?(?P<name>{'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})"
    )
    for place, text in report.document.texts_with(_CALLED, names, least=5):
        for match in chain(_CALLED.finditer(text), names.finditer(text)):
            yield from _checked(report, place, match, known, last)


def _checked(
    report: Report, place: Place, match: re.Match[str], known: Mapping[str, int], last: int
) -> Iterator[Result]:
    facts = report.facts_within(place, match.start(), match.end())
    name = match.groupdict().get("name")
    right = known[name] if name else last
    numbers = [int(number) for number in re.findall(r"\d+", match["number"] if name else match["numbers"])]
    if numbers == [right] if name else max(numbers) <= right:
        yield from (agrees(*facts) for _ in facts[:1])
    elif name:
        message = f"“{name}”写作第{numbers[0]}号，清单中是第{right}号"
        yield differs(place, str(numbers[0]), str(right), message, facts=facts, confidence=90)
    else:
        yield differs(place, match[0], f"第1至{right}号", f"写“{match[0]}”，清单只到第{right}号", facts=facts)


def _tables(report: Report) -> Iterator[Result]:
    """Two tables that number the projects alike, but for one in five at most: those are wrong in one of them."""
    tables = [rows for table in report.document.tables if len(rows := dict(_rows(table))) >= _FEWEST]
    for left, right in combinations(tables, 2):
        common = [name for name in right if name in left]
        wrong = [name for name in common if _number(left[name]) != _number(right[name])]
        if len(common) < _FEWEST or len(wrong) > _MOST_WRONG * len(common):
            continue
        for name in common:
            one, other = left[name], right[name]
            facts = (*report.facts_at(one.place), *report.facts_at(other.place))
            if name not in wrong:
                yield from (agrees(*facts) for _ in facts[:1])
            else:
                message = f"“{name}”在此处是第{other.label}号，另一处是第{one.label}号"
                yield differs(other.place, other.label, one.label, message, facts=facts, related=(one.place,))


def _number(cell: Cell) -> int:
    return int(cell.text.strip())


def _numbered(report: Report) -> Mapping[str, int]:
    """Name → number, of the tables that list projects by number; none that two tables number differently."""
    found: dict[str, set[int]] = {}
    for table in report.document.tables:
        for name, cell in () if is_shortened(table) else _rows(table):
            found.setdefault(name, set()).add(_number(cell))
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}


def _rows(table: Table) -> Iterator[tuple[str, Cell]]:
    """Name of a project and the cell with its number, of a table that begins with numbers."""
    heads = table.headings
    at = next((at for at, text in enumerate(heads) if _LIST.match(squeeze(text))), None)
    if at is None or squeeze(heads[0]) not in _NUMBERS:
        return
    for row in table.rows[table.head :]:
        name = label_of(row[at].text)
        if row[0].text.strip().isdecimal() and len(name) >= _SHORTEST:
            yield name, row[0]


def _list_of(table: Table) -> tuple[int, ...]:
    """The numbers of a table that lists projects, each once, from 1 without a gap; () of any other table."""
    rows = () if is_shortened(table) else tuple(_rows(table))
    numbers = tuple(_number(cell) for _, cell in rows)
    whole = len({name for name, _ in rows}) == len(rows) and numbers == tuple(range(1, len(rows) + 1))
    return numbers if whole else ()


_OBJECTS = Pattern(r"(?:评价对象|评价范围|本次评价|纳入评价的?)(?:为|是|共|包括|涉及)+(?P<count>\d{1,4})个项目")


@rule(
    "count.numbered",
    group=Group.COUNTS,
    title="评价对象的个数与编了序号的项目清单相符",
    good=(
        f"评价对象为3个项目。{_GOOD}",
        f"评价对象为8个项目。{_GOOD}\t其余5个项目，见汇总总表\t\n",
        # findings are numbered, too, and name some of the projects
        f"评价对象为5个项目。{_GOOD}4\t城市管网平台\t40\n5\t智慧住建系统\t50\n\n\n"
        "序号\t项目名称\t问题\n1\t城市管网平台\t缺少佐证\n2\t智慧住建系统\t日期不符\n3\t智慧住建系统\t金额不符\n",
    ),
    bad=(f"评价对象为8个项目。{_GOOD}",),
)
def objects(report: Report) -> Iterator[Result]:
    """How many projects are evaluated, where a list numbers them from 1 without a gap."""
    numbers = max(map(_list_of, report.document.tables), key=len, default=())
    if len(numbers) < _FEWEST:
        return
    for place, text in report.document.texts_with(_OBJECTS, least=9):
        for match in _OBJECTS.finditer(text):
            facts = report.facts_within(place, match.start("count"), match.end("count"))
            if int(match["count"]) == len(numbers):
                yield from (agrees(*facts) for _ in facts[:1])
            else:
                message = f"写“{match[0]}”，项目清单的序号到{len(numbers)}"
                yield differs(place, match["count"], str(len(numbers)), message, facts=facts)
