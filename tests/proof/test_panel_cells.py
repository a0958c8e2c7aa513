"""A large number above its name is held against the number that prose gives of that name."""

import pytest

from toolkit.proof.document import Cell, Document, Paragraph, Place, Table
from toolkit.proof.engine import proof
from toolkit.proof.rules.repeating.panel_cells import cells


def read(*shown: str):
    places = [Place(2, table=1, row=1, column=at + 1) for at in range(len(shown))]
    row = tuple(Cell(place, text) for place, text in zip(places, shown, strict=True))
    prose = Paragraph(Place(1, paragraph=1), "资金到位率100.00%，预算执行率98.50%，成本节约率7.27%（14个项目）。")
    return proof(Document("报告", "docx", (prose, Table(Place(2, table=1), 1, (row,)))), rules=[cells])


def test_the_same_numbers_are_decided():
    found = read("100.00%\n资金到位率", "7.27%\n成本节约率")
    assert found.findings == ()
    assert [fact.text for fact in found.checked] == ["100.00%", "7.27%", "100.00%", "7.27%"]


@pytest.mark.parametrize("shown", ["7.22%\n成本节约率", "100.00%\n预算执行率"])
def test_another_number_is_doubted(shown):
    (found,) = read("100.00%\n资金到位率", shown).findings
    assert found.found == shown.split("\n")[0]


def test_a_name_that_prose_gives_no_number_of_decides_nothing():
    assert read("12.00%\n增长").findings == ()
