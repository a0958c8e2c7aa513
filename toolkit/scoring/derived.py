"""A completion value that a formula derives from fields: nothing, where it would rest on a blank counted as 0.

Excel takes a blank for 0, so ``=终验日期`` of a project that never answered is a day in 1899, in time by any rule, and
``(计划成本-实际成本)/计划成本`` without the actual cost saves everything. Such a value is missing, not very good.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.formula import compile_formula
from toolkit.formula.fields import FieldValues, field_values, summed_values
from toolkit.model import Field, Scheme, Submission, Value

Suppose = Callable[[str], FieldValues]
ANYTHING = Decimal(1)


@dataclass(frozen=True, slots=True)
class Derivation:
    """What formulas over a scheme's fields come to.

    Attributes:
        returned: whether anything was reported; then an empty table says that nothing happened.
        suppose: the fields again, as if the blank field of that key held :data:`ANYTHING`.
    """

    scheme: Scheme
    fields: FieldValues
    returned: bool
    suppose: Suppose

    def value(self, formula: str) -> Value:
        """The formula's value; None where all it stands on is blank, or a blank required field would change it."""
        leaves = tuple(dict.fromkeys(self._leaves(compile_formula(formula).formula.names)))
        blank = [one for one in leaves if self._blank(one)]
        if leaves and len(blank) == len(leaves):
            return None
        value = compile_formula(formula).evaluate(self.fields.values)
        return None if any(one.required and self._matters(one, formula, value) for one in blank) else value

    def _matters(self, one: Field, formula: str, value: Value) -> bool:
        return compile_formula(formula).evaluate(self.suppose(one.key).values) != value

    def _blank(self, one: Field) -> bool:
        if one.table:
            return not self.returned
        return self.fields.value(one.key) in (None, "")

    def _leaves(self, names: frozenset[str]) -> Iterator[Field]:
        """The fields a person fills in or an evaluator has settled, through calculated fields; no circles: checked."""
        for one in self.scheme.fields:
            if one.key not in names:
                continue
            if one.formula and not one.table and one.key not in self.fields.judged:
                yield from self._leaves(compile_formula(one.formula).formula.names)
            else:
                yield one


def project_fields(scheme: Scheme, submission: Submission | None, verified: Mapping[str, Value]) -> Derivation:
    """The fields of one project; ``verified`` holds the evaluators' values by field key."""

    def suppose(key: str) -> FieldValues:
        return field_values(scheme, submission, {**verified, key: ANYTHING})

    return Derivation(scheme, field_values(scheme, submission, verified), submission is not None, suppose)


def summed_fields(scheme: Scheme, everyone: Sequence[FieldValues], verified: Mapping[str, Value]) -> Derivation:
    """The fields of an evaluation scored as a whole; ``everyone`` holds its projects' fields."""

    def suppose(key: str) -> FieldValues:
        return summed_values(scheme, everyone, {**verified, key: ANYTHING})

    return Derivation(scheme, summed_values(scheme, everyone, verified), bool(everyone), suppose)
