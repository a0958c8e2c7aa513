"""A scheme's fields as an environment for formulas: reported inputs, verified overrides, calculated fields anew.

Checks, scoring and the master all stand on this one computation; nothing a workbook shows is trusted for a calculated
field. Excel takes a blank for 0, so ``=终验日期`` of a project that never answered is a day in 1899, in time by any
rule, and ``(计划成本-实际成本)/计划成本`` without the actual cost saves everything. Such a value is missing, not very
good: it is kept as what the workbook shows, and counts as nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from toolkit.formula.arrays import Area
from toolkit.formula.evaluate import compile_formula
from toolkit.formula.order import evaluation_order
from toolkit.formula.parser import parse
from toolkit.model import NUMERIC_TYPES, Field, FieldType, Scheme, Submission, Value

_ANYTHING = Decimal(1)
_BLANK = (None, "")


@dataclass(frozen=True, slots=True)
class FieldValues:
    """Field key → value; a table's column key → area of one column, as deep as the table has rows.

    Attributes:
        values: usable as the environment of any formula over field keys; None for a calculated field that would rest
            on a blank.
        shown: the same with every calculated field as Excel shows it: a blank counted as 0, "" or an error value.
        judged: keys whose value comes from an opinion.
        fields: the scheme's fields.
        reported: whether anything came back; then an empty table says that nothing happened.
        left_out: keys whose reported values are not used; what is calculated from them is missing.
    """

    values: Mapping[str, Value | Area]
    shown: Mapping[str, Value | Area]
    judged: frozenset[str]
    fields: tuple[Field, ...]
    reported: bool
    left_out: frozenset[str] = frozenset()
    _known: dict[str, Value] = attribute(default_factory=dict, init=False, repr=False, compare=False)

    def value(self, key: str) -> Value:
        """A single value; None for tables and unknown keys."""
        return _single(self.values, key)

    def shown_value(self, key: str) -> Value:
        """A single value as Excel shows it."""
        return _single(self.shown, key)

    def number(self, key: str) -> Decimal | None:
        """The value when it is a number."""
        found = self.value(key)
        return found if isinstance(found, Decimal) else None

    def derived(self, formula: str) -> Value:
        """A formula over the fields; None where all it stands on is blank, or where it rests on a blank.

        It does where a blank required field would change it, and where only a blank field makes it what it is.

        Raises:
            FormulaSyntaxError: the text is not a formula.
        """
        if formula not in self._known:  # several checks and the rules ask for the same values
            self._known[formula] = _derived(formula, self.fields, self.shown, self.judged, self._empty)
        return self._known[formula]

    @property
    def _empty(self) -> frozenset[str]:
        return _columns_without(self.fields, self.left_out, reported=self.reported)

    def instead(self, formula: str, key: str) -> Value:
        """What the formula would give if the field had a value (1)."""
        return _with_something(formula, self.fields, self.shown, key, self.judged)

    def single(self) -> "SingleValues":
        """The values without tables, and without what Excel shows instead."""
        values = {key: value for key, value in self.values.items() if not isinstance(value, tuple)}
        return SingleValues(values, self.judged)


@dataclass(frozen=True, slots=True)
class SingleValues:
    """What of :class:`FieldValues` is printed, held for thousands of projects; attributes as there."""

    values: Mapping[str, Value]
    judged: frozenset[str]

    def value(self, key: str) -> Value:
        """A single value; None for unknown keys."""
        return self.values.get(key)

    def number(self, key: str) -> Decimal | None:
        """The value when it is a number."""
        found = self.values.get(key)
        return found if isinstance(found, Decimal) else None


def field_values(
    scheme: Scheme,
    submission: Submission | None,
    verified: Mapping[str, Value],
    left_out: frozenset[str] = frozenset(),
) -> FieldValues:
    """Fields of one project. ``verified`` holds the evaluators' values and wins over what was reported.

    Its keys are field keys, and slot keys for single cells of tables (``支付明细_支付金额_3``).
    ``left_out``: fields and columns whose reported values are in doubt and not used; nothing is calculated from them.
    """
    given: dict[str, Value | Area] = {}
    for field in scheme.fields:
        if field.table:
            given[field.key] = ((None,),) if field.key in left_out else _column(submission, field, verified)
        elif not field.formula:
            given[field.key] = submission.value(field.key) if submission and field.key not in left_out else None
    of_fields = {field.key: verified[field.key] for field in scheme.fields if field.key in verified}
    return _calculated(scheme.fields, given, of_fields, reported=submission is not None, left_out=left_out)


def summed_values(
    scheme: Scheme, projects: Iterable[SingleValues | FieldValues], verified: Mapping[str, Value]
) -> FieldValues:
    """Fields of an evaluation scored as a whole: amounts and counts summed over its projects, the rest blank.

    A sum counts what was reported; that something is missing is a finding of the checks, not a zero here.
    """
    everyone = list(projects)
    given: dict[str, Value | Area] = {}
    for field in scheme.fields:
        if field.table:
            given[field.key] = ((None,),)
        elif not field.formula:
            given[field.key] = _sum(field, everyone)
    return _calculated(scheme.fields, given, verified, reported=bool(everyone))


def leaves(fields: Sequence[Field], formula: str, judged: frozenset[str] = frozenset()) -> tuple[Field, ...]:
    """The fields a formula stands on that a person fills in or an evaluator has settled, through calculated fields.

    Raises:
        FormulaSyntaxError: the text is not a formula.
    """
    places = _places(tuple(field.key for field in fields))
    return tuple(dict.fromkeys(_leaves(fields, places, formula, judged)))


def _leaves(
    fields: Sequence[Field], places: Mapping[str, int], formula: str, judged: frozenset[str]
) -> Iterator[Field]:
    for place in sorted(places[name] for name in _names(formula) if name in places):
        field = fields[place]
        if _is_calculated(field, judged):
            yield from _leaves(fields, places, field.formula, judged)  # no circles: the scheme was checked
        else:
            yield field


@lru_cache(maxsize=64)  # of a scheme's fields, for every formula of every project
def _places(keys: tuple[str, ...]) -> Mapping[str, int]:
    """Where each field stands, by its key in small letters."""
    return MappingProxyType({key.casefold(): place for place, key in enumerate(keys)})


@lru_cache(maxsize=2048)
def _names(formula: str) -> frozenset[str]:
    """The names a formula uses, in small letters."""
    return frozenset(name.casefold() for name in parse(formula).names)


def _calculated(
    fields: tuple[Field, ...],
    given: Mapping[str, Value | Area],
    verified: Mapping[str, Value],
    *,
    reported: bool,
    left_out: frozenset[str] = frozenset(),
) -> FieldValues:
    judged = frozenset(verified)
    shown = _shown(fields, {**given, **verified}, judged)
    values = dict(shown)
    empty = _columns_without(fields, left_out, reported=reported)
    for field in fields:
        if _is_calculated(field, judged):
            values[field.key] = _derived(field.formula, fields, shown, judged, empty)
    return FieldValues(values, shown, judged, fields, reported, left_out)


def _columns_without(fields: tuple[Field, ...], left_out: frozenset[str], *, reported: bool) -> frozenset[str]:
    """Keys of tables' columns that say nothing: all of them where nothing came back."""
    if reported and not left_out:
        return left_out
    return frozenset(field.key for field in fields if field.table and (not reported or field.key in left_out))


def _derived(
    formula: str,
    fields: tuple[Field, ...],
    shown: Mapping[str, Value | Area],
    judged: frozenset[str],
    empty: frozenset[str],
) -> Value:
    """``empty``: keys of the columns of tables that say nothing."""
    stands_on = leaves(fields, formula, judged)
    blank = [
        field for field in stands_on if (field.key in empty if field.table else _single(shown, field.key) in _BLANK)
    ]
    if stands_on and len(blank) == len(stands_on):
        return None
    value = _evaluated(formula, shown)

    def result(key: str, instead: Value) -> Value:
        return _evaluated(formula, _shown(fields, {**shown, key: instead}, judged))

    others = {field: _single(shown, field.key) for field in stands_on if field not in blank}
    for field in blank:
        if result(field.key, _ANYTHING) != value if field.required else _is_of_blank(value, result, field, others):
            return None
    return value


def _is_of_blank(
    value: Value, result: Callable[[str, Value], Value], blank: Field, others: Mapping[Field, Value]
) -> bool:
    """Whether a result says nothing but that a field is blank which nobody had to fill in.

    It stays what it is whatever the other fields hold, and is another one for every amount in the blank field: 0 for a
    quotient without its dividend, 100 % saved without the cost. In a sum or a difference with other fields a blank adds
    nothing, and where it only matters whether something is there, an empty field is an answer.
    """
    if not isinstance(value, Decimal) or any(
        field.type not in NUMERIC_TYPES or field.table for field in (blank, *others)
    ):
        return False
    for field, held in others.items():
        if not isinstance(held, Decimal) or any(result(field.key, other) != value for other in _far_from(held)):
            return False
    amounts = (_ANYTHING, _ANYTHING / 2)
    return len({value, *(result(blank.key, amount) for amount in amounts)}) == len(amounts) + 1


def _far_from(number: Decimal) -> tuple[Decimal, Decimal]:
    """Other numbers a field might hold, so far away that no rounding hides them: 1 yuan more changes no rate."""
    return number * 2 + 1, number / 2


def _with_something(
    formula: str, fields: Sequence[Field], shown: Mapping[str, Value | Area], key: str, judged: frozenset[str]
) -> Value:
    return _evaluated(formula, _shown(fields, {**shown, key: _ANYTHING}, judged))


def _shown(
    fields: Sequence[Field], values: Mapping[str, Value | Area], judged: frozenset[str]
) -> dict[str, Value | Area]:
    """The values with every calculated field as Excel calculates it."""
    shown = dict(values)
    formulas = {field.key: field.formula for field in fields if _is_calculated(field, judged)}
    for key in evaluation_order(formulas):
        shown[key] = _evaluated(formulas[key], shown)
    return shown


def _evaluated(formula: str, values: Mapping[str, Value | Area]) -> Value:
    return compile_formula(formula).evaluate(values)


def _is_calculated(field: Field, judged: frozenset[str]) -> bool:
    return bool(field.formula) and not field.table and field.key not in judged


def _single(values: Mapping[str, Value | Area], key: str) -> Value:
    found = values.get(key)
    return None if isinstance(found, tuple) else found


def _sum(field: Field, everyone: Sequence[SingleValues | FieldValues]) -> Value:
    if field.type not in (FieldType.AMOUNT, FieldType.NUMBER):
        return None
    numbers = [found for values in everyone if (found := values.number(field.key)) is not None]
    return sum(numbers, Decimal(0)) if numbers else None


def _column(submission: Submission | None, field: Field, verified: Mapping[str, Value]) -> Area:
    rows = submission.table_rows.get(field.table, 0) if submission else 0
    if submission is None or not rows:
        return ((None,),)
    keys = [f"{field.table}_{field.key}_{row}" for row in range(1, rows + 1)]
    return tuple((verified[key] if key in verified else submission.value(key),) for key in keys)
