"""Whatever a formula is made of, the answer is a value: text from a unit is hostile, and so are numbers."""

import random
from decimal import Decimal

import pytest

from toolkit.formula import SUPPORTED, FormulaSyntaxError, compile_formula, evaluate
from toolkit.model.values import ErrorValue

D = Decimal
FIELDS = {
    "列": ((D(1),), (None,), ("文",), (True,), (D(-5),)),
    "空": None,
    "A1": D(7),
    "B1": "12",
    "B3": D("1E307"),
}
ARGUMENTS = [
    *("1", "-1", "0", "0.5", "60", "45000", "2958465", "1E9", "-1E9", "1E300", "-1E300", "1E-300"),
    *("TRUE", "空", "#N/A", "A1:B3", "列", "{1,2;3,4}", '{1,"a",TRUE}', "", '""', '"a"', '"*"', '"~"', '">=a"'),
    *('"2024-02-29"', '"(12)"', '"1E999"', '"1E99"', '"D"', '"YD"', '"MD"', '"yyyy-mm-dd"', '"#,##0.00;(0)"'),
    *(f'"0.{"0" * 40}"', f'"0{"%" * 150}"', f'"0{"," * 20}"'),
]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ('"1E999"+1', ErrorValue.VALUE),
        ("(-12)^1E-300", ErrorValue.NUM),
        ("CEILING(-1E9,1E-300)", D("-1E9")),
        ("MOD(1E300,1E-300)", ErrorValue.NUM),
        ("MEDIAN(9E307,9.5E307)", D("9.25E307")),
        ("MEDIAN(1.7E308,1.7E308)", D("1.7E308")),
        (f'LEN(TEXT(-1E9,"0.{"0" * 40}"))', D(52)),
        (f'LEN(TEXT(1,"0{"%" * 150}"))', D(451)),
        (f'TEXT(1,"{"0" * 256}")', ErrorValue.VALUE),
    ],
)
def test_numbers_beyond_all_measure(formula: str, value: object):
    assert evaluate(formula, FIELDS) == value


def test_any_call_of_any_function_answers_with_a_value():
    rng = random.Random(1121)  # noqa: S311  # the same formulas every time
    answered = 0
    for _ in range(4_000):
        try:
            compiled = compile_formula(_formula(rng, 3) or "1")
        except FormulaSyntaxError:
            continue
        value = compiled.evaluate(FIELDS)
        assert isinstance(value, bool | str | ErrorValue) or (isinstance(value, Decimal) and value.is_finite())
        answered += 1
    assert answered > 1_000


def _formula(rng: random.Random, depth: int) -> str:
    if not depth or rng.random() < 0.3:
        return rng.choice(ARGUMENTS)
    if rng.random() < 0.2:
        return f"({_formula(rng, depth - 1) or 1}{rng.choice('+-*/^&=<>')}{_formula(rng, depth - 1) or 1})"
    arguments = ",".join(_formula(rng, depth - 1) for _ in range(rng.randint(0, 4)))
    return f"{rng.choice(sorted(SUPPORTED))}({arguments})"
