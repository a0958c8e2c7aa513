"""What a printed figure of the last generation is now, by what both generations say around it."""

from collections import Counter

import pytest

from toolkit.word.merging.renewal import Renewal

OLD = {"汇总!C3": "90.00"}
NEW = {"汇总!C3": "80.00", "汇总!C4": "90.00", "汇总!C5": "70.00"}
A, B = {"甲平台"}, {"乙平台"}


def fresh(at: str = "汇总!C3", local: dict[str, str] | None = None, **known: object) -> str:
    """The address of the figure now; "" where nothing says it."""
    found = Renewal(OLD, NEW, **known).fresh(at, local)  # type: ignore[arg-type]
    assert found is None or found.text == NEW[found.at]
    return found.at if found else ""


def test_a_figure_nothing_speaks_of_stands_in_its_cell() -> None:
    assert fresh() == "汇总!C3"
    assert fresh("汇总!C9") == "", "in no generation"


@pytest.mark.parametrize(
    ("where", "now"),
    [
        ({"汇总!C4": 1}, "汇总!C4"),
        ({"汇总!C4": 2, "汇总!C5": 1}, "汇总!C4"),
        ({"汇总!C4": 1, "汇总!C5": 2}, "汇总!C5"),
        ({"汇总!C4": 1, "汇总!C5": 1}, ""),  # as many say the one as the other
        ({"汇总!C3": 1, "汇总!C4": 5}, "汇总!C3"),  # somebody says that it is where it was
        ({"汇总!C9": 1}, ""),
    ],
)
def test_it_went_where_most_units_that_read_the_same_say(where: dict[str, int], now: str) -> None:
    assert fresh(where={"汇总!C3": Counter(where)}) == now
    assert fresh(likely={"汇总!C3": Counter(where)}) == now


def test_units_that_read_the_same_go_before_those_that_changed_and_its_own_paragraph_before_both() -> None:
    known = {"where": {"汇总!C3": Counter({"汇总!C4": 1})}, "likely": {"汇总!C3": Counter({"汇总!C5": 9})}}
    assert fresh(**known) == "汇总!C4"
    assert fresh(local={"汇总!C3": "汇总!C5"}, **known) == "汇总!C5"
    assert fresh(local={"汇总!C3": "汇总!C9"}, **known) == ""


@pytest.mark.parametrize(
    ("about", "shifted", "is_there"),
    [
        (({}, {}), set(), True),
        (({"汇总!C3": A}, {}), set(), True),
        (({}, {"汇总!C3": B}), set(), True),
        (({"汇总!C3": A}, {"汇总!C3": A | B}), set(), True),
        (({"汇总!C3": A}, {"汇总!C3": B}), set(), False),  # the row is another project's now
        (({}, {}), {"汇总"}, False),  # rows of the sheet have moved
        (({}, {}), {"得分"}, True),
    ],
)
def test_a_cell_is_its_own_unless_it_is_anothers_or_its_sheet_moved(
    about: tuple[dict[str, set[str]], dict[str, set[str]]], shifted: set[str], *, is_there: bool
) -> None:
    renewal = Renewal(OLD, NEW, about=about, shifted=shifted)
    assert renewal.stays("汇总!C3") is is_there
    assert bool(renewal.fresh("汇总!C3")) is is_there


@pytest.mark.parametrize("known", ["where", "likely"])
def test_a_figure_that_is_known_elsewhere_does_not_stay(known: str) -> None:
    assert not Renewal(OLD, NEW, **{known: {"汇总!C3": Counter({"汇总!C4": 1})}}).stays("汇总!C3")
