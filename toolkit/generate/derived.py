"""The formula shown in a cell whose value follows from fields: blank as long as nothing was filled in."""

from collections.abc import Mapping

from toolkit.formula import compile_formula
from toolkit.formula.operands import operands
from toolkit.model import Scheme, Value


def shown_formula(formula: str, scheme: Scheme) -> str:
    """The formula as it stands in the cell.

    A spreadsheet shows a reference to a blank date as 1899-12-30, and a rate that stands for "nothing happened" as
    100.00%. The scheme's formula therefore waits until one of its operands is filled in; its meaning is unchanged.
    """
    areas = _areas(scheme)
    names = operands(formula)
    blank: dict[str, Value | tuple[tuple[Value, ...], ...]] = {
        name: ((None,),) if name in areas else None for name in names
    }
    if not names or compile_formula(formula).evaluate(blank) == "":
        return formula
    tests = [f"COUNTA({name})=0" if name in areas else f"COUNTBLANK({name})=1" for name in names]
    condition = tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"
    return f'=IF({condition},"",{formula.removeprefix("=")})'


def _areas(scheme: Scheme) -> Mapping[str, object]:
    return {one.key: one for one in scheme.fields if one.table} | scheme.tables()
