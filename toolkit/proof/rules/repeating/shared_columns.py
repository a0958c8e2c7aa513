"""Two tables with a column of the same heading about the same rows: 平均得分 of each indicator, 采购方式 of each project."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Cell, Table
from toolkit.proof.lines import bare, holds, number_of
from toolkit.proof.once import once
from toolkit.proof.records import body_rows, is_total, label_of
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_NAMED = Pattern("三级指标|指标名称|项目名称|子项目?名称|责任单位|建设单位|单位名称")
_OF_TEXT = Pattern("等级|绩效等级|评价等级|项目类型|采购方式")
_OF_NUMBERS = Pattern(
    "平均得分|平均计分值|总分|综合得分|得分|排名|名次|分值|合同金额|审计核减后合同金额|预算资金|(?:实际到位|实际支出)资金|累计支付金额"
)
_FEWEST, _ALIKE = 4, 0.7
_TABLES = (
    "三级指标\t平均得分\t得分率\n立项依据\t2.95\t98%\n立项程序\t2.93\t97%\n目标合理\t1.75\t87%\n指标明确\t1.74\t86%\n",
    "\n\n三级指标\t平均得分\t评分标准\n立项依据\t2.95\t按要点计分。\n立项程序\t2.93\t按要点计分。\n目标合理\t1.75\t分档计分。\n指标明确\t1.74\t分档计分。\n",
)
_WAYS = (
    "项目名称\t采购方式\t总分\n甲平台建设\t公开招标\t90.1\n乙平台建设\t单一来源\t80.2\n丙平台建设\t竞争性磋商\t85.3\n丁平台建设\t公开招标\t70.4\n",
    "\n\n排名\t项目名称\t采购方式\n1\t甲平台建设\t公开招标\n2\t丙平台建设\t竞争性磋商\n3\t乙平台建设\t单一来源\n4\t丁平台建设\t公开招标\n",
)


@rule(
    "same.column",
    group=Group.SAME_FACT,
    title="两张表里同一行的同名栏相同",
    good=("".join(_TABLES), "".join(_WAYS)),
    bad=(_TABLES[0] + _TABLES[1].replace("1.74", "1.47"), _WAYS[0] + _WAYS[1].replace("竞争性磋商", "单一来源")),
)
def columns(report: Report) -> Iterator[Result]:
    """Columns that two tables share: where most rows agree, those that do not are wrong in one of them."""
    for left, right in combinations(_columns(report), 2):
        if left.heading == right.heading and left.table != right.table and left.unit == right.unit:
            yield from _compared(report, left, right)


def _compared(report: Report, left: "_Column", right: "_Column") -> Iterator[Result]:
    shared = [name for name in left.cells if name in right.cells]
    same = {name for name in shared if _same(report, left.cells[name], right.cells[name])}
    if len(shared) < _FEWEST or len(same) < _ALIKE * len(shared):
        return
    for name in shared:
        if name not in same:
            yield _differing(report, name, left, right)
        elif len(same) == len(shared):
            facts = [*report.facts_at(left.cells[name].place), *report.facts_at(right.cells[name].place)]
            yield from (agrees(*facts) for _ in facts[:1])


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a table by the names of its rows."""

    table: int
    heading: str
    unit: str
    cells: Mapping[str, Cell]


@once
def _columns(report: Report) -> tuple[_Column, ...]:
    return tuple(column for table in report.document.tables for column in _of(table))


def _of(table: Table) -> Iterator[_Column]:
    headings = [bare(heading) for heading in table.headings]
    names = [at for at, heading in enumerate(headings) if _NAMED.fullmatch(heading)]
    if not names:
        return
    at = next((at for at in names if "项目" in headings[at] or "指标" in headings[at]), names[0])
    rows = [row for row in body_rows(table) if label_of(row[at].text) and not is_total(row)]
    if len({label_of(row[at].text) for row in rows}) != len(rows):
        return
    for column, heading in enumerate(headings):
        if column != at and (_OF_TEXT.fullmatch(heading) or _OF_NUMBERS.fullmatch(heading)):
            cells = {label_of(row[at].text): row[column] for row in rows if row[column].text.strip()}
            yield _Column(table.number, heading, table.unit if _OF_NUMBERS.fullmatch(heading) else "", cells)


def _same(report: Report, left: Cell, right: Cell) -> bool:
    numbers = number_of(report, left), number_of(report, right)
    if numbers[0] is not None and numbers[1] is not None:
        return holds(numbers[0], numbers[1])
    return left.label == right.label


def _differing(report: Report, name: str, left: _Column, right: _Column) -> Result:
    one, other = left.cells[name], right.cells[name]
    message = f"“{name}”的{right.heading}在此处为{other.text.strip()}，另一张表为{one.text.strip()}"
    facts = (*report.facts_at(other.place), *report.facts_at(one.place))
    return differs(
        other.place, other.text.strip(), one.text.strip(), message, facts=facts, related=(one.place,), confidence=85
    )
