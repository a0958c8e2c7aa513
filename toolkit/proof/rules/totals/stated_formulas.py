"""Formulas that a form's notes state of its own cells: 指标结余数=年初预算数+当年调整预算数-财政拨款数."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Cell, Table
from toolkit.proof.facts import Fact
from toolkit.proof.report import Report
from toolkit.text.folding import squeeze
from toolkit.text.patterns import Pattern

_FORMULA = Pattern(r"(?P<whole>[^=＝；。：:”“]{3,30})(?P<rest>(?:[=＝][^=＝；。]{3,80})+)")
_PARTS = Pattern(r"([+＋\-－—]?)([^+＋\-－—]{3,40})")
_NOTES = "填表说明：指标结余数=年初预算数+当年调整预算数-财政拨款数。"
_FORM = "预算执行情况\t年初预算数\t当年调整预算数\t财政拨款数\t指标结余数\n\t1679.7\t20\t1679.7\t20\n"
_EQUALS = Pattern("[=＝]")


@rule(
    "form.formula",
    group=Group.SUMS,
    title="填表说明写明的算式在表中成立",
    good=(f"{_FORM}\n\n{_NOTES}",),
    bad=(f"{_FORM.replace('1679.7' + chr(9) + '20' + chr(10), '1679.7' + chr(9) + '30' + chr(10))}\n\n{_NOTES}",),
)
def stated(report: Report) -> Iterator[Result]:
    """Every formula of the notes whose names all head numbers of one row."""
    rows = [row for table in report.document.tables for row in _named_rows(report, table)]
    for row in rows:
        yield from _withdrawn(row)
    for _, text in report.document.texts_with(_EQUALS, least=7) if rows else ():
        for match in _FORMULA.finditer(re.sub("[“”]", "", text)):
            whole = squeeze(match["whole"])
            for side in re.split("[=＝]", match["rest"])[1:]:
                yield from _held(rows, whole, side)


def _withdrawn(row: Mapping[str, Fact]) -> Iterator[Result]:
    """指标结余收回数 is part of 指标结余数."""
    for name, part in row.items():
        whole = row.get(name.replace("收回", "")) if "收回" in name else None
        if whole is not None and _value(part) <= _value(whole):
            yield agrees(part, whole)
        elif whole is not None:
            message = f"“{name}”{part.text}大于“{name.replace('收回', '')}”{whole.text}"
            yield differs(part.place, part.text, f"不大于{whole.text}", message, facts=(part, whole))


def _named_rows(report: Report, table: Table) -> Iterator[Mapping[str, Fact]]:
    """Of every row of numbers: the words above each, from the nearest rows that hold words there.

    Where the label of the row covers no cell of its own, the numbers stand one column too far to the left: as many
    names as numbers, or one more, the label, are told off in their order.
    """
    for at, (above, row) in enumerate(pairwise(table.rows), 1):
        cells = [cell for cell in row if cell.is_numeric and cell.text]
        facts = [fact for cell in cells if (fact := next(iter(report.facts_at(cell.place)), None)) is not None]
        names = [name for name in _names_above(table.rows[:at]) if name]
        several = len(facts) > 1 and not any(cell.is_numeric and cell.text for cell in above)
        if several and len(names) - len(facts) in (0, 1) and all(fact.exact for fact in facts):
            yield dict(zip(names[-len(facts) :], facts, strict=True))


def _names_above(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The words of each column in the last rows that hold no numbers, the lowest first."""
    names = [""] * len(rows[0])
    for above in reversed(rows):
        if any(cell.is_numeric and cell.text for cell in above):
            break
        names = [name or squeeze(cell.text) for name, cell in zip(names, above, strict=True)]
    return names


def _held(rows: list[Mapping[str, Fact]], whole: str, side: str) -> Iterator[Result]:
    parts = [(sign in "-－—" and bool(sign), squeeze(name)) for sign, name in _PARTS.findall(side)]
    for row in rows:
        if whole not in row or not all(name in row for _, name in parts):
            continue
        facts = (row[whole], *(row[name] for _, name in parts))
        due = sum((-_value(row[name]) if minus else _value(row[name]) for minus, name in parts), Decimal(0))
        if abs(due - _value(row[whole])) <= sum(fact.step for fact in facts if fact.value) / 2:
            yield agrees(*facts)
        else:
            message = f"填表说明写“{whole}={side}”，按表中的数应为{due:f}，写{row[whole].text}"
            yield differs(row[whole].place, row[whole].text, f"{due:f}", message, facts=facts)


def _value(fact: Fact) -> Decimal:
    """As printed: a form has one unit, which its cells need not all name."""
    return fact.value or Decimal(0)
