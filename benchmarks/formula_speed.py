"""Compile once, evaluate many: this engine beside the PyPI package ``formulas``, on formulas schemes are made of.

    python benchmarks/formula_speed.py

Both sides get the same formula and inputs, are timed in turns on CPU time, and must agree on every value first.
``formulas`` calculates in binary doubles on numpy; this engine in exact decimals.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from statistics import geometric_mean, median
from time import process_time

import formulas

from toolkit.formula import Compiled, compile_formula
from toolkit.formula.evaluate import OFTEN

RATE = '=IF(实际到位资金=0,"",ROUND(实际支出资金/实际到位资金,4))'
SCHEME = (
    RATE,
    "=ROUND(实际到位资金/预算资金,4)",
    "=IF(计划成本=0,0,(计划成本-实际成本)/计划成本)",
    "=ROUND(6*MIN(1,完成数/计划数),2)",
    "=IF(完成数>=计划数,4,ROUND(4*完成数/计划数,2))",
    "=MAX(0,6-6*0.05*MAX(0,ROUND(100-100*完成数/计划数,0)))",
    '=IF(AND(得分>=90,得分<=100),"优",IF(得分>=80,"良",IF(得分>=60,"中","差")))',
    "=年初预算数+上年结余-财政拨款数",
    "=IF(到位率<0.6,0,ROUND(8*(到位率-0.6)/(1-0.6),2))",
    "=SUM(得分一,得分二,得分三,得分四)",
)
TURNS, OURS, THEIRS = 5, 4_000, 40
TIMES, EACH_SECOND = 525, 150_000
CELLS, CELLS_GOAL = 290, 0.5  # formulas over cell references; milliseconds for all of them, once each


def main() -> None:
    ratios = []
    ours_all = theirs_all = 0.0
    print(f"{'us':>8} {'formulas':>10} {'times':>7}  formula (medians of {TURNS} turns, CPU time)")
    for text in SCHEME:
        ours, theirs = callables(text)
        pairs = [(timed(ours, OURS), timed(theirs, THEIRS)) for _ in range(TURNS)]
        ratios.append(median(slow / fast for fast, slow in pairs))
        fast, slow = (median(side) * 1e6 for side in zip(*pairs, strict=True))
        ours_all, theirs_all = ours_all + fast, theirs_all + slow
        print(f"{fast:8.2f} {slow:10.1f} {ratios[-1]:6.0f}x  {text}")
    together = theirs_all / ours_all
    print(f"all ten, once each: {ours_all:.1f} us against {theirs_all:.0f} us")
    print(f"together {together:.0f}x, geometric mean {geometric_mean(ratios):.0f}x, least {min(ratios):.0f}x")
    rate, _ = callables(RATE)
    speed = 1 / median(timed(rate, 50_000) for _ in range(TURNS))
    print(f"rate formula: {speed:,.0f} evaluations a second on one core")
    cells = median(timed(over_cells(), 20) for _ in range(TURNS)) * 1e3
    print(f"{CELLS} formulas over cell references: {cells:.2f} ms, goal <= {CELLS_GOAL} {_met(cells <= CELLS_GOAL)}")
    print(f"goals: together >= {TIMES}x {_met(together >= TIMES)}; ", end="")
    print(f">= {EACH_SECOND:,} a second {_met(speed >= EACH_SECOND)}")


def _met(reached: bool) -> str:
    return "met" if reached else "MISSED"


def over_cells() -> Callable[[], object]:
    """A sheet's worth of small formulas, each over two cells of its own row."""
    compiled = [compile_formula(f"=IF(B{row}=0,0,ROUND(A{row}/B{row},4))") for row in range(1, CELLS + 1)]
    values = {f"{column}{row}": Decimal(row * 7 + 1) for row in range(1, CELLS + 1) for column in "AB"}
    evaluations = [used(formula, values).evaluate for formula in compiled]
    return lambda: [evaluate(values) for evaluate in evaluations]


def used(formula: Compiled, values: Mapping[str, Decimal]) -> Compiled:
    """A formula as it is after being evaluated often."""
    for _ in range(OFTEN):
        formula.evaluate(values)
    return formula


def callables(text: str) -> tuple[Callable[[], object], Callable[[], object]]:
    """The formula ready to run on both sides, after both gave the same value."""
    compiled = compile_formula(text)
    other = formulas.Parser().ast(text)[1].compile()
    numbers = {name.upper(): 97.5 if "率" not in name else 0.83 for name in compiled.formula.names}
    for place, name in enumerate(sorted(numbers)):
        numbers[name] = round(numbers[name] * (1 - place / 10), 4)
    exact = {name: Decimal(str(numbers[name.upper()])) for name in compiled.formula.names}
    inputs = [numbers[name.upper()] for name in other.inputs]
    first, theirs = compiled.evaluate(exact), other(*inputs)
    ours = used(compiled, exact).evaluate(exact)
    assert first == ours
    assert ours == str(theirs) if isinstance(ours, str) else abs(float(ours) - float(theirs)) < 1e-9, (
        text,
        ours,
        theirs,
    )
    return partial(used(compiled, exact).evaluate, exact), partial(other, *inputs)


def timed(run: Callable[[], object], times: int) -> float:
    begun = process_time()
    for _ in range(times):
        run()
    return (process_time() - begun) / times


if __name__ == "__main__":
    main()
