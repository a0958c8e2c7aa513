"""Files of one form share a workbook of the second engine; what is told of a file is what the file alone would give."""

import random
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from types import MappingProxyType

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName

from toolkit.excel import second_engine, second_workbook
from toolkit.excel.calculation import Calculation
from toolkit.excel.kept_forms import KeptForms, form_of
from toolkit.excel.read import read_workbook
from toolkit.excel.second_engine import recalculate

FORMULAS = {
    "B1": '=IF(N(A2)=0,"",ROUND(A1/A2,4))',
    "B2": "=SUM(A1:A6)",
    "B3": '=COUNTBLANK(A1)+COUNTBLANK(A2)+ISTEXT(A3)*ISERROR(FIND(A3,"不适用、无"))',
    "B4": '=IFERROR(IF(A1-A2<0.005,"通过","不符"),"未填")',
    "B5": '=B1&"。"&B4&A5',
    "B6": '=COUNTIF(A1:A6,">100")&称呼',
    "B7": '=IF(B2<=A6,"不超过","超过")',
}
TYPED: tuple[object, ...] = (
    None, None, 0, 100, 286.5, 300.25, 48.46, 46.09, 7.65, 102.2, -3.1, 45443, 1e-9,
    "无", "不适用", "市政务云", " 前有空格", "1,052.93", "多\n行", True, "是", "#N/A", "_x0041_",
)  # fmt: skip


def form(
    values: Mapping[str, object], number: int = 1, name: str = "A4", further: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """A filled form; ``number`` stands in a name that no formula uses, ``name`` is what 称呼 means."""
    book = Workbook()
    sheet = book["Sheet"]
    for place, content in {**FORMULAS, **further, **values}.items():
        sheet[place] = content
    book.defined_names["标识"] = DefinedName("标识", attr_text=f'"jixiao|{number}"')
    book.defined_names["称呼"] = DefinedName("称呼", attr_text=f"Sheet!${name[0]}${name[1:]}")
    data = BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The files whose bytes the second engine was given, from nothing kept on."""
    files: list[bytes] = []

    def noted(data: bytes) -> object:
        files.append(data)
        return second_workbook.opened(data)

    monkeypatch.setattr(second_engine, "opened", noted)
    monkeypatch.setattr(second_engine, "_kept", KeptForms())
    return files


def alone(data: bytes) -> tuple[object, ...]:
    """What is told of a file when nothing is kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(second_engine, "_kept", KeptForms())
        return recalculate(data)


def test_files_of_one_form_are_opened_once(opened: list[bytes]) -> None:
    files = [form({"A1": number, "A2": 7, "A4": f"单位{number}"}, number) for number in range(5)]
    assert [recalculate(data) for data in files] == [(7, 0, 0, ())] * 5
    assert opened == files[:1]


def test_any_values_in_any_order_give_what_the_file_alone_gives(opened: list[bytes]) -> None:
    chance = random.Random(20241129)  # noqa: S311 - the same values each time
    files = [form({f"A{row}": chance.choice(TYPED) for row in range(1, 7)}, number) for number in range(120)]
    assert [recalculate(data) for data in files] == [alone(data) for data in files]
    assert len(opened) > len(files)  # every file alone, and some that the kept workbook could not answer for
    assert len(opened) < 2 * len(files) - 20  # many it could


def test_a_difference_in_a_later_file_is_found(opened: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    first, later = form({"A1": 1, "A2": 2}), form({"A1": 3, "A2": 2})
    assert recalculate(first)[2] == 0
    right = Calculation.value

    def wrong(self: Calculation, sheet: str, row: int, column: int) -> object:
        value = right(self, sheet, row, column)
        return value + Decimal("0.01") if (row, column) == (2, 2) and isinstance(value, Decimal) else value

    monkeypatch.setattr(Calculation, "value", wrong)
    assert recalculate(later) == (7, 0, 1, (("Sheet", "B2", "=SUM(A1:A6)", "5.01", "5"),))
    assert opened == [first, later]


def test_what_another_file_left_in_a_cell_is_gone(opened: list[bytes]) -> None:
    full = {f"A{row}": 200 + row for row in range(1, 7)}
    files = [form(full), form({"A2": 5}), form(full)]
    assert [recalculate(data)[1:] for data in files] == [(0, 0, ())] * 3
    assert opened == files[:1]


@pytest.mark.parametrize(
    "other",
    [
        form({"A1": 1}, name="A5"),
        form({"A1": 1}, further={"B6": '=COUNTIF(A1:A6,">10")&称呼'}),
        form({"A1": 1}, further={"B8": "=1+1"}),
        form({"A1": 1, "B6": 3}),
    ],
    ids=["a name that a formula uses means another cell", "another formula", "one more", "a number typed over one"],
)
def test_another_form_is_opened(opened: list[bytes], other: bytes) -> None:
    first = form({"A1": 1})
    recalculate(first)
    recalculate(other)
    assert opened == [first, other]


@pytest.mark.parametrize("formula", ['=INDIRECT("A"&1)', '=CELL("format",A1)&A1', "=TODAY()+A1"])
def test_what_depends_on_more_than_values_is_never_kept(opened: list[bytes], formula: str) -> None:
    files = [form({"A1": number}, further={"B8": formula}) for number in range(3)]
    for data in files:
        recalculate(data)
    assert opened == files


def test_a_workbook_is_opened_anew_after_some_hundred_files(
    opened: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the library holds of values that were put over others grows."""
    monkeypatch.setattr("toolkit.excel.kept_forms._MOST_USES", 3)
    files = [form({"A1": number}) for number in range(10)]
    for data in files:
        recalculate(data)
    assert opened == [files[0], files[4], files[8]]


def test_a_workbook_that_can_be_read_in_two_ways_has_no_form() -> None:
    book = Workbook()
    book["Sheet"]["A1"] = 1
    book.epoch = CALENDAR_MAC_1904
    data = BytesIO()
    book.save(data)
    assert form_of(read_workbook(data.getvalue())) is None
    assert form_of(read_workbook(form({"A1": 1}))) is not None
