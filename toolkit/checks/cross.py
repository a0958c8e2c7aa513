"""勾稽: the scheme's own cross-checks, Excel formulas over field keys that must be TRUE."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.condition_words import condition_words
from toolkit.checks.outcome import Outcome, Ran
from toolkit.formula import compile_formula
from toolkit.formula.operands import judged_operands, operands
from toolkit.model import CellRef, CrossCheck, ErrorValue, Finding


def cross_check_findings(case: Case) -> tuple[list[Finding], list[Ran]]:
    """Findings of all cross-checks and how each ended."""
    findings: list[Finding] = []
    ends: list[Ran] = []
    for one in case.scheme.cross_checks:
        missing = [case.label(name) for name in judged_operands(one.formula) if not _present(case, name)]
        if missing:
            ends.append(Ran(one.code, Outcome.SKIPPED, f"缺少：{'、'.join(missing)}"))
            continue
        result = compile_formula(one.formula).evaluate(case.fields.values)
        if result is True:
            ends.append(Ran(one.code, Outcome.PASSED))
            continue
        findings.append(_finding(case, one, result))
        ends.append(Ran(one.code, Outcome.FOUND))
    return findings, ends


def _present(case: Case, name: str) -> bool:
    """A blank operand leaves a cross-check undecided; a table is there when any of its cells holds a value."""
    found = case.fields.values.get(name)
    if isinstance(found, tuple):
        return any(cell is not None for row in found for cell in row)
    return found not in (None, "")


def _finding(case: Case, one: CrossCheck, result: object) -> Finding:
    names = operands(one.formula)
    figures = "，".join(_figure(case, name) for name in names)
    places = tuple(case.at(name) for name in names)
    fault = f"（公式结果为{result}）" if isinstance(result, ErrorValue) else ""
    return Finding(
        one.code,
        one.severity,
        places[0] if places else CellRef(case.submission.file_name),
        f"{one.message}：{figures}{fault}",
        one.hint,
        project=case.project.id,
        indicator=names[0] if names else "",
        found=figures,
        expected=condition_words(one.formula, case.label),
        related=tuple(dict.fromkeys((*places[1:], *_inputs(case, names)))),
    )


def _inputs(case: Case, names: Iterable[str]) -> Iterator[CellRef]:
    """Cells behind the calculated fields a cross-check names: what a unit can put right."""
    for name in names:
        field = case.scheme.field(name)
        if field and field.formula and not field.table:
            yield from map(case.at, operands(field.formula))


def _figure(case: Case, name: str) -> str:
    """A field and its value; of a table's column the sum, or how many entries there are."""
    found, label = case.fields.values.get(name), case.label(name)
    if not isinstance(found, tuple):
        return f"{label}＝{case.shown(name, found)}"
    cells = [cell for row in found for cell in row if cell is not None]
    numbers = [cell for cell in cells if isinstance(cell, Decimal)]
    return f"{label}合计{case.shown(name, sum(numbers, Decimal(0)))}" if numbers else f"“{label}”共列{len(cells)}项"
