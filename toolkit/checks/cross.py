"""勾稽: the scheme's own cross-checks, Excel formulas over field keys that must be TRUE."""

import logging
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.condition_words import condition_words, sides
from toolkit.checks.outcome import Outcome, Ran, our_fault
from toolkit.formula import compile_formula
from toolkit.formula.operands import judged_operands, operands
from toolkit.model import CellRef, CrossCheck, ErrorValue, Finding, Sentence, Stated
from toolkit.model.stated import listed, literal

LOG = logging.getLogger(__name__)
_CONDITIONAL = re.compile(r"SUMIFS?\([^()]*\)", re.IGNORECASE)


def cross_check_findings(case: Case) -> tuple[list[Finding], list[Ran]]:
    """Findings of all cross-checks and how each ended."""
    findings: list[Finding] = []
    ends: list[Ran] = []
    for cross in case.scheme.cross_checks:
        try:
            found, end = _run(case, cross)
        except Exception as fault:  # one cross-check's end, shown as our fault
            LOG.exception("cross-check %s broke on %s", cross.code, case.submission.file_name)
            at = CellRef(case.submission.file_name)
            found = our_fault(f"勾稽{cross.code}“{cross.message}”", at, fault, case.project.id)
            end = Ran(cross.code, Outcome.BROKE, repr(fault))
        findings += [found] if found else []
        ends.append(end)
    return findings, ends


def _run(case: Case, cross: CrossCheck) -> tuple[Finding | None, Ran]:
    missing = [case.label(name) for name in judged_operands(cross.formula) if not _present(case, name)]
    if missing:
        return None, Ran(cross.code, Outcome.SKIPPED, f"缺少：{'、'.join(missing)}")
    result = compile_formula(cross.formula).evaluate(case.fields.values)
    if result is True:
        return None, Ran(cross.code, Outcome.PASSED)
    return _finding(case, cross, result), Ran(cross.code, Outcome.FOUND)


def _present(case: Case, name: str) -> bool:
    """A blank operand leaves a cross-check undecided; a table is there when any of its cells holds a value."""
    found = case.fields.values.get(name)
    if isinstance(found, tuple):
        return any(cell is not None for row in found for cell in row)
    return found not in (None, "")


def _finding(case: Case, cross_check: CrossCheck, result: object) -> Finding:
    names = operands(cross_check.formula)
    figures = [_figure(case, name, cross_check.formula) for name in names]
    left, right = _held_together(case, cross_check.formula, names)
    due = literal(condition_words(cross_check.formula, case.label))
    places = tuple(case.at(name) for name in names)
    fault = f"（公式结果为{result}）" if isinstance(result, ErrorValue) else ""
    return Finding(
        cross_check.code,
        cross_check.severity,
        places[0] if places else CellRef(case.submission.file_name),
        listed(figures, "，", before=f"{cross_check.message}：", end=fault),
        cross_check.hint,
        project=case.project.id,
        indicator=names[0] if names else "",
        found=listed(figures, "，", figure=left),
        expected=Sentence(due, figure=right),
        related=tuple(dict.fromkeys((*places[1:], *_inputs(case, names)))),
    )


def _held_together(case: Case, formula: str, names: tuple[str, ...]) -> tuple[Stated | None, Stated | None]:
    """What the two sides of a relation come to, in the unit of its first field; None where that is no number."""
    values = [compile_formula(side).evaluate(case.fields.values) for side in sides(formula)]
    stated = [case.stated(names[0], value) for value in values if names and isinstance(value, Decimal)]
    return (stated[0], stated[1]) if len(stated) == 2 else (None, None)


def _inputs(case: Case, names: Iterable[str]) -> Iterator[CellRef]:
    """Cells behind the calculated fields a cross-check names: what a unit can put right."""
    for name in names:
        field = case.scheme.field(name)
        if field and field.formula and not field.table:
            yield from map(case.at, operands(field.formula))


def _figure(case: Case, name: str, formula: str) -> tuple[str, Stated]:
    """A field's label and its value; of a column the sum that is compared, or how many entries there are."""
    found, label = case.fields.values.get(name), case.label(name)
    if not isinstance(found, tuple):
        return f"{label}＝", case.stated(name, found)
    cells = [cell for row in found for cell in row if cell is not None]
    numbers = [cell for cell in cells if isinstance(cell, Decimal)]
    if numbers:
        chosen = _chosen(case, name, formula)
        if chosen is not None:
            return f"{label}符合条件的合计", case.stated(name, chosen)
        return f"{label}合计", case.stated(name, sum(numbers, Decimal(0)))
    return f"“{label}”共列", Stated(Decimal(len(cells)), unit="项")


def _chosen(case: Case, name: str, formula: str) -> Decimal | None:
    """What SUMIF or SUMIFS adds up of a column; None where the formula adds up all of it, or in several ways."""
    calls = {call for call in _CONDITIONAL.findall(formula) if name in operands(f"={call}")}
    value = compile_formula(f"={calls.pop()}").evaluate(case.fields.values) if len(calls) == 1 else None
    return value if isinstance(value, Decimal) else None
