"""Conditions over large areas are looked up in an index; what they find is what a test of every cell finds."""

import random
from decimal import Decimal

import pytest

from toolkit.formula.arrays import Operand
from toolkit.formula.functions.criteria import criterion
from toolkit.formula.functions.places import cells_at, meeting
from toolkit.model import ErrorValue, Value

CELLS: tuple[Value, ...] = (
    None, "", "甲", "乙", "a", "A", "12", Decimal(12), Decimal("12.0"), Decimal(0), Decimal("0.1") + Decimal("0.2"),
    "甲*", "~", True, False, "TRUE", ErrorValue.NA, "#N/A", Decimal(-3), "３", "2024-01-05",
)  # fmt: skip
CONDITIONS: tuple[Value, ...] = (
    *CELLS, ">5", "<>甲", "=甲", "=", "<>", "甲*", "?", "~*", "甲~*", "=12", ">=0", "a" * 300, "0.3", "TRUE", "=#N/A",
)  # fmt: skip


def _area(seed: int, rows: int) -> tuple[tuple[Value, ...], ...]:
    source = random.Random(seed)  # noqa: S311  # the same cells every time
    return tuple((source.choice(CELLS),) for _ in range(rows))


@pytest.mark.parametrize("wanted", CONDITIONS, ids=repr)
def test_the_index_finds_what_a_test_of_every_cell_finds(wanted: Value) -> None:
    area = _area(1, 400)
    meets = criterion(wanted)
    expected = [place for place, (cell,) in enumerate(area) if meets(cell)]
    assert meeting((area, wanted)) == expected
    assert meeting((area, wanted)) == expected, "asked again"


def test_all_conditions_must_be_met_at_the_same_place() -> None:
    first, second = _area(2, 300), _area(3, 300)
    expected = [place for place in range(300) if first[place][0] == "甲" and second[place][0] == "乙"]
    assert meeting((first, "甲", second, "乙")) == expected
    assert cells_at(first, expected) == ["甲"] * len(expected)


def test_an_area_made_again_is_not_taken_for_the_one_before() -> None:
    for seed in range(200):
        area: Operand = _area(seed, 100)
        found = meeting((area, "甲"))
        assert found == [place for place, (cell,) in enumerate(area) if cell == "甲"]  # type: ignore[arg-type,misc]
