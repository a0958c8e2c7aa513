"""A scheme's fields as an environment for formulas: reported inputs, verified overrides, calculated fields anew.

Checks and scoring both stand on this one computation; nothing a workbook shows is trusted for a calculated field.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from toolkit.formula.evaluate import compile_formula
from toolkit.formula.order import evaluation_order
from toolkit.model import ErrorValue, Field, FieldType, Scheme, Submission, Value

Area: TypeAlias = tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class FieldValues:
    """Field key → value; a table's column key → area of one column, as deep as the table has rows.

    Attributes:
        values: usable as the environment of any formula over field keys.
        judged: keys whose value comes from an opinion.
    """

    values: Mapping[str, Value | Area]
    judged: frozenset[str] = frozenset()

    def value(self, key: str) -> Value:
        """A single value; None for tables and unknown keys."""
        found = self.values.get(key)
        return None if isinstance(found, tuple) else found

    def number(self, key: str) -> Decimal | None:
        """The value when it is a number."""
        found = self.value(key)
        return found if isinstance(found, Decimal) else None


def field_values(scheme: Scheme, submission: Submission | None, verified: Mapping[str, Value]) -> FieldValues:
    """Fields of one project. ``verified`` holds the evaluators' values by field key and wins over what was reported.

    A calculated field whose inputs are missing is what Excel would show: "" or an error value, never a guess.
    """
    values: dict[str, Value | Area] = {}
    for one in scheme.fields:
        if one.table:
            values[one.key] = _column(submission, one)
        elif not one.formula:
            values[one.key] = submission.value(one.key) if submission else None
    values |= verified
    _calculate(scheme.fields, values, verified)
    return FieldValues(values, frozenset(verified))


def summed_values(scheme: Scheme, projects: Iterable[FieldValues], verified: Mapping[str, Value]) -> FieldValues:
    """Fields of an evaluation scored as a whole: amounts and counts summed over its projects, the rest blank.

    A sum counts what was reported; that something is missing is a finding of the checks, not a zero here.
    """
    everyone = list(projects)
    values: dict[str, Value | Area] = {}
    for one in scheme.fields:
        if one.table:
            values[one.key] = ((None,),)
        elif not one.formula:
            values[one.key] = _sum(one, everyone)
    values |= verified
    _calculate(scheme.fields, values, verified)
    return FieldValues(values, frozenset(verified))


def _sum(one: Field, everyone: Sequence[FieldValues]) -> Value:
    if one.type not in (FieldType.AMOUNT, FieldType.NUMBER):
        return None
    numbers = [found for values in everyone if (found := values.number(one.key)) is not None]
    return sum(numbers, Decimal(0)) if numbers else None


def _column(submission: Submission | None, one: Field) -> Area:
    rows = submission.table_rows.get(one.table, 0) if submission else 0
    if submission is None or not rows:
        return ((None,),)
    return tuple((submission.value(f"{one.table}_{one.key}_{row}"),) for row in range(1, rows + 1))


def _calculate(fields: Sequence[Field], values: dict[str, Value | Area], verified: Mapping[str, Value]) -> None:
    formulas = {one.key: one.formula for one in fields if one.formula and not one.table and one.key not in verified}
    for key in evaluation_order(formulas):
        values[key] = _single(compile_formula(formulas[key]).evaluate(values))


def _single(value: object) -> Value:
    return value if value is None or isinstance(value, Decimal | str | bool | ErrorValue) else ErrorValue.VALUE
