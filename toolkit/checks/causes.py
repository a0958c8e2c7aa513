"""Why a shown value is wrong: the slips seen in real returns, tried one after another on the unit's own figures."""

from collections.abc import Callable, Iterable
from decimal import Decimal, DivisionByZero, InvalidOperation

from toolkit.checks.case import Case
from toolkit.formula import Compiled, FormulaSyntaxError, compare, compile_formula
from toolkit.formula.tree import Binary, Name, walk
from toolkit.model import Field, Reading, Value
from toolkit.text import round_half_up

Slip = tuple[str, Callable[[Decimal], Decimal]]

_HUNDRED = Decimal(100)
_OLD = "显示的是改数之前的旧结果"
NEAR = Decimal("0.0001")
"""Rates are rounded to four decimals before a slip acts on them, so its result may be off by one in the last."""
_ROUNDED: Slip = ("被四舍五入到整数百分比", lambda ours: round_half_up(ours, 2))
"""Also what a program shows whose option "precision as displayed" is on, with the formula untouched."""
SLIPS: tuple[Slip, ...] = (
    ("百分数未带百分号，数值放大了100倍", lambda ours: ours * _HUNDRED),
    ("数值缩小了100倍", lambda ours: ours / _HUNDRED),
    _ROUNDED,
    ("分子、分母颠倒", lambda ours: 1 / ours),
    ("正负号相反", lambda ours: -ours),
)
RIVAL_INPUTS = (
    ("实际到位资金", "预算资金", "误用了预算资金"),
    ("预算资金", "实际到位资金", "误用了实际到位资金"),
    ("预算资金", "年初预算数", "误用了年初预算数，应为全年预算数"),
    ("实际支出资金", "累计支付金额", "误用了累计支付金额，应为评价期支出"),
)


def likely_cause(case: Case, field: Field, reading: Reading, found: Value) -> str:
    """The first known slip that turns our value into the one found; "" when none does.

    Where the scheme's own formula still stands in the cell nobody divided by a wrong amount, whatever the number is
    like: what is shown is older than the amounts.
    """
    ours = case.fields.shown_value(field.key)
    if not isinstance(found, Decimal) or not isinstance(ours, Decimal):
        return ""
    if reading.formula and compare(field.formula, reading.formula).verdict.is_same:
        return _by_slip((_ROUNDED,), ours, found) or _OLD
    formula = compile_formula(field.formula)
    by_rival = (
        _where(formula, name) + words
        for name, rival, words in RIVAL_INPUTS
        if _same(_with_rival(case, formula, name, rival), found)
    )
    return _by_slip(SLIPS, ours, found) or next(by_rival, "") or _by_hand(case, reading, found)


def _by_slip(slips: Iterable[Slip], ours: Decimal, found: Decimal) -> str:
    return next((words for words, slip in slips if _same(_try(slip, ours), found) and found != ours), "")


def _by_hand(case: Case, reading: Reading, found: Decimal) -> str:
    """What a person did to the cell: another formula, whose result may be older than the amounts, or a number."""
    if reading.formula:
        theirs = own_result(case, reading.formula)
        return "是改动后的公式算出的" if isinstance(theirs, Decimal) and _same(theirs, found) else _OLD
    return "数值为手工录入" if case.submission.sees_formula(reading.at.sheet) else ""


def own_result(case: Case, formula: str) -> Value:
    """What a unit's formula gives on its own cells; None for one that cannot be read, of which RATE-02 speaks."""
    try:
        return compile_formula(formula).evaluate(case.fields.shown)
    except FormulaSyntaxError:
        return None


def _with_rival(case: Case, formula: Compiled, name: str, rival: str) -> Decimal | None:
    """The result with another amount in a name's place; None where both are in the formula, as anything would do."""
    other, names = case.number(rival), formula.formula.names
    if name not in names or rival in names or not other or not case.number(name):
        return None
    value = formula.evaluate({**case.fields.shown, name: other})
    return value if isinstance(value, Decimal) else None


def _where(formula: Compiled, name: str) -> str:
    below = (node.right for node in walk(formula.formula.tree) if isinstance(node, Binary) and node.operator == "/")
    return "分母" if any(isinstance(part, Name) and part.name == name for part in below) else ""


def _try(slip: Callable[[Decimal], Decimal], ours: Decimal) -> Decimal | None:
    try:
        return slip(ours)
    except (DivisionByZero, InvalidOperation):
        return None


def _same(one: Decimal | None, other: Decimal) -> bool:
    return one is not None and abs(one - other) <= NEAR
