"""Why a shown value is wrong: the slips seen in real returns, tried one after another on the unit's own figures."""

from collections.abc import Callable
from decimal import Decimal, DivisionByZero, InvalidOperation

from toolkit.checks.case import Case
from toolkit.formula import Compiled, compile_formula
from toolkit.formula.tree import Binary, Name, walk
from toolkit.model import Field, Reading, Value
from toolkit.text import round_half_up

Slip = tuple[str, Callable[[Decimal], Decimal]]

_HUNDRED = Decimal(100)
NEAR = Decimal("0.0001")
"""Rates are rounded to four decimals before a slip acts on them, so its result may be off by one in the last."""
SLIPS: tuple[Slip, ...] = (
    ("百分数未带百分号，数值放大了100倍", lambda ours: ours * _HUNDRED),
    ("数值缩小了100倍", lambda ours: ours / _HUNDRED),
    ("被四舍五入到整数百分比", lambda ours: round_half_up(ours, 2)),
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
    """The first known slip that turns our value into the one found; "" when none does."""
    ours = case.fields.shown_value(field.key)
    if not isinstance(found, Decimal) or not isinstance(ours, Decimal):
        return ""
    by_slip = (words for words, slip in SLIPS if _same(_try(slip, ours), found) and found != ours)
    formula = compile_formula(field.formula)
    by_rival = (
        _where(formula, name) + words
        for name, rival, words in RIVAL_INPUTS
        if _same(_with_rival(case, formula, name, rival), found)
    )
    return next(by_slip, "") or next(by_rival, "") or _stale(case, reading)


def _stale(case: Case, reading: Reading) -> str:
    if reading.formula:
        return "显示的是改数之前的旧结果"
    return "数值为手工录入" if case.submission.formulas_seen else ""


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
