"""Stamping and patching: the same workbook openpyxl would have written, and nothing else touched."""

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from workbook_parts import raw_parts, raw_xlsx, zipped

from toolkit.errors import TemplateError
from toolkit.excel.book import CellKind
from toolkit.excel.cell_xml import Cached, FormulaChange, Raw, visible_text
from toolkit.excel.libreoffice import recalculate
from toolkit.excel.read import read_workbook
from toolkit.excel.sheet_patch import patch_cells
from toolkit.excel.stamp import compile_stamp
from toolkit.model.values import ErrorValue

SLOTS = {
    "项目名称": ("基本情况", "B1"),
    "预算": ("基本情况", "B2"),
    "到位": ("基本情况", "B3"),
    "率": ("基本情况", "B4"),
    "日期": ("基本情况", "B5"),
    "空处": ("基本情况", "H20"),
    "是否": ("基本情况", "B6"),
    "编号": ("身份", "A1"),
}


def template() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "基本情况"
    for row, label in enumerate(["项目名称", "预算", "到位", "率", "日期", "是否"], 1):
        sheet.cell(row, 1, label).font = Font(bold=True)
        cell = sheet.cell(row, 2)
        cell.fill = PatternFill("solid", "FFFFF2CC")
        cell.protection = Protection(locked=False)
    sheet["B1"] = "（由系统填写）"
    sheet["B4"] = "=ROUND(到位/预算,4)"
    sheet["B4"].number_format = "0.00%"
    sheet["B5"].number_format = "yyyy-mm-dd"
    sheet.merge_cells("A8:C9")
    sheet.protection.enable()
    rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0")
    rule.add("B2:B3")
    sheet.add_data_validation(rule)
    workbook.create_sheet("身份").sheet_state = "veryHidden"
    for name, place in {"预算": "$B$2", "到位": "$B$3"}.items():
        workbook.defined_names[name] = DefinedName(name, attr_text=f"基本情况!{place}")
    workbook.defined_names["版本"] = DefinedName("版本", attr_text='"v0"')
    workbook.custom_doc_props.append(StringProperty(name="项目编号", value="P00"))
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


TEMPLATE = template()
STAMP = compile_stamp(TEMPLATE, SLOTS, properties={"属性": "项目编号"}, names={"名称": "版本"})
VALUES = {
    "项目名称": "智慧城管<平台>&“二期”",
    "预算": Decimal("286.50"),
    "到位": 286,
    "日期": date(2024, 5, 1),
    "空处": "新格",
    "是否": True,
    "编号": "P01",
}


def as_openpyxl(data: bytes) -> dict[tuple[str, str], tuple[object, ...]]:
    """Every cell with its value and each part of its style."""
    workbook = openpyxl.load_workbook(BytesIO(data))
    return {
        (sheet.title, cell.coordinate): (
            cell.value, cell.data_type, cell.number_format,
            *(repr(style) for style in (cell.font, cell.fill, cell.border, cell.alignment, cell.protection)),
        )
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }  # fmt: skip


def test_a_stamped_workbook_is_what_openpyxl_would_have_written() -> None:
    workbook = openpyxl.load_workbook(BytesIO(TEMPLATE))
    for name, value in VALUES.items():
        sheet, ref = SLOTS[name]
        number_format = workbook[sheet][ref].number_format
        workbook[sheet][ref] = value
        workbook[sheet][ref].number_format = number_format  # openpyxl puts its own on a date
    expected = BytesIO()
    workbook.save(expected)
    stamped = STAMP.fill(VALUES)
    assert as_openpyxl(stamped) == as_openpyxl(expected.getvalue())
    mine, theirs = read_workbook(stamped), read_workbook(expected.getvalue())
    for ours, other in zip(mine.sheets, theirs.sheets, strict=True):
        assert {key: cell[:6] for key, cell in ours.cells.items()} == {
            key: cell[:6] for key, cell in other.cells.items()
        }
        assert (ours.merges, ours.validations, ours.protected, ours.state) == (
            other.merges, other.validations, other.protected, other.state,
        )  # fmt: skip


def test_equal_values_give_equal_bytes_and_other_members_are_copied() -> None:
    stamped = STAMP.fill(VALUES)
    assert stamped == STAMP.fill(dict(reversed(VALUES.items())))
    before, after = (zipfile.ZipFile(BytesIO(data)) for data in (TEMPLATE, stamped))
    assert after.testzip() is None
    assert before.namelist() == after.namelist()
    assert {entry.date_time for entry in after.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert before.read("xl/styles.xml") == after.read("xl/styles.xml")


def test_a_slot_without_a_value_stays_as_in_the_template() -> None:
    assert as_openpyxl(STAMP.fill({})).keys() - {("基本情况", "H20")} >= as_openpyxl(TEMPLATE).keys()
    cell = read_workbook(STAMP.fill({})).cell("基本情况", "B1")
    assert cell is not None
    assert cell.value == "（由系统填写）"


def test_a_formula_slot_takes_a_result_and_keeps_the_formula() -> None:
    for value, kind in (
        (Decimal("0.9983"), CellKind.NUMBER), ("未计算", CellKind.TEXT), ("", CellKind.TEXT), (True, CellKind.BOOLEAN),
        (ErrorValue.DIV0, CellKind.ERROR), (None, CellKind.BLANK),
    ):  # fmt: skip
        cell = read_workbook(STAMP.fill({"率": Cached(value)})).cell("基本情况", "B4")
        assert cell is not None
        assert (cell.formula, cell.value, cell.kind) == ("=ROUND(到位/预算,4)", value, kind)
        assert cell.cached is (value is not None)
        assert cell.number_format == "0.00%"


def test_a_value_over_a_formula_slot_replaces_the_formula() -> None:
    cell = read_workbook(STAMP.fill({"率": 1})).cell("基本情况", "B4")
    assert cell is not None
    assert (cell.formula, cell.value) == (None, 1)


def test_properties_and_names_are_slots_too() -> None:
    book = read_workbook(STAMP.fill({"属性": "P<1>&", "名称": 'v"1'}))
    assert book.properties == {"项目编号": "P<1>&"}
    assert book.names["版本"].ref == '"v""1"'
    assert book.names["预算"].ref == "B2"
    untouched = read_workbook(STAMP.fill({}))
    assert (untouched.properties["项目编号"], untouched.names["版本"].ref) == ("P00", '"v0"')


HOSTILE = ["=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "\t=1", "<f>1</f>", "]]>", "_x0041_", "{{ x }}", "&#10;", "＝1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    data = STAMP.fill({"项目名称": text})
    cell = read_workbook(data).cell("基本情况", "B1")
    assert cell is not None
    assert (cell.value, cell.formula, cell.kind) == (text, None, CellKind.TEXT)
    assert openpyxl.load_workbook(BytesIO(data))["基本情况"]["B1"].data_type == "s"


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1, max_size=40), st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_any_text_and_number_comes_back(text: str, number: Decimal) -> None:
    number = number % 10**8
    book = read_workbook(STAMP.fill({"项目名称": text, "预算": number, "编号": text}))
    assert book.sheets[0].value("B1") == visible_text(text)
    assert book.sheets[0].value("B2") == number
    assert book.sheets[1].value("A1") == visible_text(text)


def test_control_characters_are_made_visible_and_long_text_is_cut() -> None:
    assert visible_text("a\x00\x1bb\ud800\r\nc\td") == "a␀␛b\ufffd\nc\td"
    assert len(visible_text("长" * 40_000)) == 32_767


def test_what_a_template_lacks_is_said() -> None:
    cases = (
        ({"a": ("没有", "A1")}, {}),
        ({"a": ("身份", "ZZZZ1")}, {}),
        ({"a": ("身份", "A1"), "b": ("身份", "A1")}, {}),
        ({"a": ("身份", "A1"), "b": ("身份", "$A$1")}, {}),
        ({}, {"properties": {"a": "没有"}}),
        ({}, {"names": {"a": "没有"}}),
    )
    for slots, more in cases:
        with pytest.raises(TemplateError):
            compile_stamp(TEMPLATE, slots, **more)
    with pytest.raises(TemplateError, match="没有这个"):
        STAMP.fill({"没有这个": 1})


SHARED = (
    "<row r='1' spans='1:2'><c r='A1'><v>1</v></c><c r='B1'><f t='shared' ref='B1:B3' si='0'>A1*2</f><v>2</v></c></row>"
    "<row r='2'><c r='B2'><f t='shared' si='0'/><v>4</v></c></row>"
    "<row r='3'><c r='A3'><v>3</v></c><c r='B3'><f t='shared' si='0'/><v>6</v></c></row>"
)


def shown(data: bytes) -> dict[str, object]:
    sheet = read_workbook(data).sheets[0]
    return {cell.ref: cell.formula if cell.formula is not None else cell.value for cell in sheet.cells.values()}


def test_patching_writes_shared_formulas_out_when_one_of_them_changes() -> None:
    before = raw_xlsx(SHARED, after="<mergeCells><mergeCell ref='D1:E1'/></mergeCells>")
    after = patch_cells(before, {("表", "B1"): 9})
    assert shown(after) == {"A1": 1, "B1": 9, "B2": "=A2*2", "A3": 3, "B3": "=A3*2"}
    assert read_workbook(after).sheets[0].merges == ((1, 4, 1, 5),)
    kept = patch_cells(before, {("表", "B2"): Cached(5)})
    assert b"shared" in zipfile.ZipFile(BytesIO(kept)).read("xl/worksheets/sheet1.xml")
    assert read_workbook(kept).sheets[0].value("B2") == 5


def test_patching_makes_missing_rows_and_cells_in_order() -> None:
    changes = {
        ("表", "C2"): "丙", ("表", "A2"): FormulaChange("=B2+1", 5), ("表", "B7"): None, ("表", "A5"): Raw("约", "str"),
        ("表", "AA1"): ErrorValue.NA, ("表", "B4"): FormulaChange('IF(A1<2,"<",A1)'),
    }  # fmt: skip
    after = patch_cells(raw_xlsx(SHARED), changes)
    assert shown(after) == {
        "A1": 1, "B1": "=A1*2", "AA1": ErrorValue.NA, "A2": "=B2+1", "B2": "=A2*2", "C2": "丙", "A3": 3, "B3": "=A3*2",
        "B4": '=IF(A1<2,"<",A1)', "A5": "约", "B7": None,
    }  # fmt: skip
    openpyxl.load_workbook(BytesIO(after))
    assert [cell.ref for cell in read_workbook(after).sheets[0].cells.values()] == list(shown(after))


def test_patching_a_workbook_with_a_prefix_for_every_tag() -> None:
    parts = raw_parts("<row><c><v>1</v></c></row>")
    sheet = parts["xl/worksheets/sheet1.xml"].replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    after = patch_cells(zipped({**parts, "xl/worksheets/sheet1.xml": sheet}), {("表", "B1"): "乙", ("表", "A1"): 2})
    assert shown(after) == {"A1": 2, "B1": "乙"}


def test_the_calculation_chain_goes_when_a_formula_goes() -> None:
    parts = raw_parts(SHARED)
    rels = parts["xl/_rels/workbook.xml.rels"]
    chain = '<Relationship Id="rId9" Type="http://x/calcChain" Target="calcChain.xml"/></Relationships>'
    other = '<Override PartName="/b" ContentType="y"/></Types>'
    types = f'<Types><Override PartName="/xl/calcChain.xml" ContentType="x"/>{other}'
    parts["xl/_rels/workbook.xml.rels"] = rels.replace("</Relationships>", chain)
    data = zipped({**parts, "[Content_Types].xml": types, "xl/calcChain.xml": "<calcChain/>"})
    kept, gone = (
        zipfile.ZipFile(BytesIO(patch_cells(data, {("表", "B3"): change}))) for change in (Cached(7), Decimal(7))
    )
    assert "xl/calcChain.xml" in kept.namelist()
    assert "xl/calcChain.xml" not in gone.namelist()
    assert gone.read("[Content_Types].xml") == f"<Types>{other}".encode()
    assert b"calcChain" not in gone.read("xl/_rels/workbook.xml.rels")


@pytest.mark.libreoffice
def test_libreoffice_opens_and_calculates_a_stamped_workbook(tmp_path: Path) -> None:
    source = tmp_path / "表.xlsx"
    source.write_bytes(STAMP.fill(VALUES))
    recalculate([source], tmp_path / "out")
    sheet = read_workbook((tmp_path / "out" / "表.xlsx").read_bytes()).sheets[0]
    assert [sheet.value(ref) for ref in ("B1", "B2", "B4")] == [VALUES["项目名称"], Decimal("286.5"), Decimal("0.9983")]
