"""Figures that stand in no single cell: what is printed is what verify reckons again from the master's cells."""

from dataclasses import replace
from decimal import Decimal

import pytest

from toolkit.model import Figure
from toolkit.report.reckoned import count, count_both, difference, in_one_column, reckoned, share, total
from toolkit.report.verify import still_says
from toolkit.word.figure_names import figure_address
from toolkit.word.marks import Marks

CELLS = {
    "自评复核!G5": Decimal(2), "自评复核!G6": Decimal("-1.5"), "自评复核!G7": Decimal(0), "自评复核!G8": "—",
    "自评复核!C5": Decimal(3), "自评复核!C6": Decimal(2), "自评复核!C7": Decimal(0), "自评复核!C8": Decimal(1),
}  # fmt: skip
FIGURES = [Figure(value if isinstance(value, Decimal) else None, at, str(value)) for at, value in CELLS.items()]
COLUMN, BESIDE = FIGURES[:4], FIGURES[4:]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("自评复核!G5:G8", "0.5"),
        ("自评复核!G5:G8>0", "1"),
        ("自评复核!G5:G8<0", "1"),
        ("自评复核!G5:G8=0", "1"),
        ("自评复核!G5-G6", "3.5"),
        ("自评复核!G5:G7/G5:G5", "0.25"),
        ("自评复核!G5:G7/G7:G7", None),
        ("自评复核!G5-G8", None),
        ("自评复核!H5:H8", None),
        ("自评复核!G5", None),
        ("自评复核!G5:G8>1", None),
        ("自评复核!G5:G8=0&C5:C8>0", "0"),
        ("自评复核!G5:G8=0&C5:C8=0", "1"),
        ("自评复核!C5:C8>0&G5:G8<0", "1"),
        ("自评复核!G5:G8&C5:C8>0", None),
    ],
)
def test_places_are_reckoned_from_cells(place, expected):
    assert reckoned(place, CELLS) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    "figure",
    [
        total(COLUMN),
        count(COLUMN, ">0"),
        count(COLUMN, "<0"),
        count(COLUMN, "=0"),
        count_both(COLUMN, ">0", BESIDE, ">0"),
        difference(COLUMN[0], COLUMN[1]),
        share(COLUMN, COLUMN[:1]),
    ],
)
def test_what_is_printed_survives_its_bookmark_and_is_verified(figure):
    name = Marks().name(figure.at, figure.text)
    assert len(name) <= 40, "Word's limit"
    assert figure_address(name, {}) == figure.at
    assert still_says(figure.at, figure.text, CELLS)
    assert not still_says(figure.at, "99", CELLS)
    assert not still_says(figure.at, figure.text, {**CELLS, "自评复核!G5": Decimal(-7)}) or figure.text == "1"


def test_a_count_of_two_columns_has_room_in_a_bookmark_where_there_are_thousands_of_projects():
    column, beside = ([replace(COLUMN[0], at=f"自评复核!{letter}{row}") for row in (5, 9_999)] for letter in "GC")
    figure = count_both(column, "=0", beside, ">0")
    marks = Marks()
    marks.written += [("", "")] * 9_000
    name = marks.name(figure.at, figure.text)
    assert len(name) <= 40
    assert figure_address(name, {}) == figure.at


def test_only_rows_below_each_other_make_a_range():
    assert in_one_column(COLUMN)
    assert not in_one_column([COLUMN[0], COLUMN[2]])
    assert not in_one_column([COLUMN[0], Figure(None, "问题汇总!G6", "")])
