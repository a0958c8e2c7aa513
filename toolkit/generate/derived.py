"""A cell whose value follows from fields: its formula, and when what it gives rests on blanks and is not shown."""

from collections.abc import Mapping

from toolkit.formula import compile_formula
from toolkit.formula.fields import leaves
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


def rests_on_blank(formula: str, scheme: Scheme) -> str:
    """The condition, without ``=``, under which a calculated value means nothing; "" when it never does.

    A required field it stands on is blank or, where none is required, all are. Excel counts a blank as 0, and a rate
    of 0.00% or a saving of 100.00% would stand in a form nobody has begun. The formula remains the scheme's own.
    """
    stands_on = leaves(scheme.fields, formula)
    required = [field for field in stands_on if field.required]
    tests = [
        f"COUNTA({field.key})=0" if field.table else f"COUNTBLANK({field.key})=1" for field in required or stands_on
    ]
    if len(tests) < 2:
        return "".join(tests)
    return f"{'OR' if required else 'AND'}({','.join(tests)})"


def _areas(scheme: Scheme) -> Mapping[str, object]:
    return {field.key: field for field in scheme.fields if field.table} | scheme.tables()
