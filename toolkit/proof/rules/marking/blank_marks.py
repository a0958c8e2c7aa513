"""Tables of projects against indicators in which a blank cell is full marks, or an indicator that does not apply."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Cell, Table
from toolkit.proof.facts import Fact
from toolkit.proof.lines import bare
from toolkit.proof.once import once
from toolkit.proof.records import FULL_MARKS, label_of
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_TOTAL = Pattern("(?:综合|最终|评价|复核|核查)?(?:总分|总得分|得分|得分合计|合计)(?:（分）)?")
_MARKS = "表1 指标\n指标\t分值\n立项规范\t20\n预算执行\t20\n建设完成\t20\n系统可用\t20\n使用效果\t10\n用户满意\t10\n\n\n隔开。\n"
_HEAD = "表2 得分\n项目\t立项规范\t预算执行\t建设完成\t系统可用\t使用效果\t用户满意\t总分\n"
_ROWS = (
    "甲系统\t\t18.50\t\t\t\t9.00\t97.50\n乙系统\t19.00\t\t\t\t8.00\t\t97.00\n丙系统\t\t\t17.25\t\t\t\t97.25\n"
    "己系统\t\t\t\t19.50\t\t9.75\t99.25\n丁系统\t22.00\t\t\t\t\t10.50\t99.17\n戊系统\t\t\t20.00\t\t\t\t97.78\n"
)
_FEWEST_COLUMNS, _FEWEST_ROWS, _FEWEST_SCALED = 5, 3, 2
_AT_ONCE = 3
"""So many indicators at most do not apply to a project."""
_HALF = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class _Row:
    """The scores of a project.

    Attributes:
        total: what is printed as its sum.
        lost: full mark and score of every indicator that is printed.
        blank: full marks of the indicators that are not.
    """

    name: str
    total: Fact
    lost: tuple[tuple[Decimal, Fact], ...]
    blank: tuple[Decimal, ...]

    @property
    def won(self) -> Decimal:
        """What the printed indicators won."""
        return sum((fact.value or Decimal(0) for _, fact in self.lost), Decimal(0))

    @property
    def marks(self) -> Decimal:
        """The full marks of the printed indicators."""
        return sum((mark for mark, _ in self.lost), Decimal(0))


@rule(
    "score.blank_full",
    group=Group.SUMS,
    title="空格为满分的得分表，总分等于满分减去各格所失",
    good=(_MARKS + _HEAD + _ROWS,),
    bad=(
        (_MARKS + _HEAD + _ROWS).replace("18.50", "15.50"),
        (_MARKS + _HEAD + _ROWS).replace("97.25", "97.75"),
        (_MARKS + _HEAD + _ROWS).replace("\t20.00\t\t\t\t97.78", "\t21.00\t\t\t\t97.78"),
    ),
)
def blank(report: Report) -> Iterator[Result]:
    """Where most rows come to their total like this, those that do not are doubtful; marks may be spread anew."""
    marks = _full_marks(report)
    for table in report.document.tables:
        rows = list(_rows(report, table, marks))
        whole = sum(rows[0].blank, rows[0].marks) if rows else Decimal(0)
        plain = [row for row in rows if _fits(row, whole, Decimal(0))]
        if len(plain) < _FEWEST_ROWS or len(plain) * 2 < len(rows):
            continue
        others = [row for row in rows if row not in plain]
        counts = Counter(left for row in others for left in _left_out(row, whole) if _fits(row, whole, left))
        shared = [left for left, times in counts.items() if times >= _FEWEST_SCALED]
        for row in rows:
            if row in plain or any(_fits(row, whole, left) for left in shared):
                yield agrees(row.total, *(fact for _, fact in row.lost))
            else:
                yield _told(row, whole)


def _told(row: _Row, whole: Decimal) -> Result:
    due = whole - row.marks + row.won
    message = f"“{row.name}”总分{row.total.text}，由各格和空格（满分）推算是{due}，其他行都相符"
    facts = (row.total, *(fact for _, fact in row.lost))
    places = tuple(fact.place for _, fact in row.lost)
    return doubtful(row.total.place, row.total.text, str(due), message, facts=facts, related=places)


def _fits(row: _Row, whole: Decimal, left: Decimal) -> bool:
    """Whether the total follows when marks of ``left`` do not apply and are spread over the others."""
    scale = whole / (whole - left)
    due = whole - row.marks * scale + row.won
    most = _HALF * (len(row.lost) + 1) if left else Decimal(0)
    return abs(due - (row.total.value or Decimal(0))) <= most


def _left_out(row: _Row, whole: Decimal) -> set[Decimal]:
    """What the indicators that do not apply may count together."""
    sizes = range(1, _AT_ONCE + 1)
    sums = {sum(taken, Decimal(0)) for size in sizes for taken in combinations(sorted(row.blank)[:12], size)}
    return {left for left in sums if 0 < left < whole}


def _rows(report: Report, table: Table, marks: Mapping[str, Decimal]) -> Iterator[_Row]:
    names = [label_of(bare(heading)) for heading in table.headings]
    columns = [at for at, name in enumerate(names) if at and name in marks]
    total = table.width - 1
    if len(columns) < _FEWEST_COLUMNS or len(columns) != total - 1 or not _TOTAL.fullmatch(names[total]):
        return
    for row in table.rows[table.head :]:
        sums = _numbers(report, row[total])
        known = [(marks[names[at]], row[at], _numbers(report, row[at])) for at in columns]
        if not sums or any(cell.text.strip() and not facts for _, cell, facts in known):
            continue
        lost = tuple((mark, facts[0]) for mark, _, facts in known if facts)
        yield _Row(row[0].label, sums[0], lost, tuple(mark for mark, _, facts in known if not facts))


def _numbers(report: Report, cell: Cell) -> Sequence[Fact]:
    facts = report.facts_at(cell.place)
    return facts if len(facts) == 1 and facts[0].value is not None and facts[0].unit not in ("%", "％") else ()


@once
def _full_marks(report: Report) -> Mapping[str, Decimal]:
    """What each indicator counts, of those that all tables give the same mark."""
    found: dict[str, set[Decimal]] = defaultdict(set)
    for table in report.document.tables:
        column = next((at for at, heading in enumerate(table.headings) if bare(heading) in FULL_MARKS), None)
        for row in table.rows[table.head :] if column else ():
            facts = _numbers(report, row[column or 0])
            for cell in row[:column] if facts else ():
                if cell.text.strip() and not cell.is_numeric:
                    found[label_of(cell.text)].add(facts[0].value or Decimal(0))
    return {name: next(iter(values)) for name, values in found.items() if len(values) == 1}
