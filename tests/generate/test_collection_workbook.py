"""The workbook a unit receives, read back: everything the scheme asks for is there, and nothing can be mistaken."""

import base64
import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from unittest.mock import patch

import pytest
from openpyxl import load_workbook

from tests.generate.stamped import IDENTITY, small_book, small_template, template_bytes
from tests.small_scheme import PROJECTS, SMALL_SCHEME
from toolkit.excel.addresses import cell_name
from toolkit.excel.book import SheetState
from toolkit.excel.parts import WorkbookParts
from toolkit.excel.read import read_workbook
from toolkit.excel.sheet_password import protection_attributes
from toolkit.excel.sheet_patch import patch_cells
from toolkit.formula import parse
from toolkit.generate import check_template, compile_collection, prefilled
from toolkit.model import Field, FieldType, SlotRole
from toolkit.model.identity import (
    IDENTITY_CELLS,
    IDENTITY_NAME,
    IDENTITY_PROPERTY,
    IDENTITY_SHEET,
    RECALCULATED_NAME,
    ProjectIdentity,
    is_genuine,
)

LAYOUT = small_template().layout


def test_all_sheets_in_order():
    names = [
        "封面与填报说明",
        "项目基本信息",
        "立项与采购合同",
        "资金情况",
        "指标信息",
        "佐证材料清单",
        "填报自检",
        "承诺与盖章",
        "_标识",
    ]
    assert [sheet.name for sheet in small_book().sheets] == names == list(LAYOUT.sheets)
    assert small_book().sheet(IDENTITY_SHEET).state is SheetState.VERY_HIDDEN


def test_every_field_and_input_has_its_named_cell():
    book = small_book()
    for slot in LAYOUT.slots.values():
        if not slot.table:
            target = book.names[slot.key]
            assert (target.sheet, target.ref) == (slot.sheet, slot.cell)
    keys = {one.key for one in SMALL_SCHEME.fields if not one.table}
    keys |= {one.key for indicator in SMALL_SCHEME.indicators for one in indicator.inputs if not one.by_evaluator}
    keys |= {f"{part}_{one.code}" for one in SMALL_SCHEME.indicators for part in ("自评分", "说明", "佐证")}
    keys |= {f"{part}_{one.code}" for one in SMALL_SCHEME.evidence for part in ("佐证提供", "佐证文件名", "佐证页码")}
    assert keys <= LAYOUT.slots.keys()


def test_what_only_an_evaluator_gives_is_not_asked():
    assert "扣分_A102" not in LAYOUT.slots
    assert "自评分_A102" in LAYOUT.slots


def test_only_cells_to_fill_in_are_unlocked():
    book = small_book()
    open_cells = {(s.name, c.ref) for s in book.sheets for c in s.cells.values() if not c.locked}
    expected = {(s.sheet, s.cell) for s in LAYOUT.slots.values() if s.role is not SlotRole.CALCULATED}
    covered = {
        (sheet.name, cell_name(row, column))
        for sheet in book.sheets
        for top, left, bottom, right in sheet.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    assert open_cells - covered == expected
    assert all(sheet.protected for sheet in book.sheets)


def test_formulas_stand_as_the_scheme_writes_them():
    book = small_book()
    for one in SMALL_SCHEME.fields:
        if one.formula:
            assert book.named_cell(one.key).formula == one.formula
            assert not book.named_cell(one.key).cached
    # Blank until its operand is there: a reference to a blank cell would show 0.00% or 1899-12-30.
    assert book.named_cell("完成值_B101").formula == '=IF(COUNTBLANK(预算执行率)=1,"",预算执行率)'
    assert SMALL_SCHEME.cross_checks[1].formula.removeprefix("=") in book.named_cell("勾稽_X02").formula


def test_prefilled_values_and_project_lines():
    book = small_book(1)
    assert book.named_cell("合同金额").value == Decimal("1032.28")
    assert book.named_cell("佐证_C101").value == "E02、E03"
    assert prefilled(SMALL_SCHEME, PROJECTS[1])["合同金额"] == Decimal("1032.28")
    line = book.cell("资金情况", "A2")
    assert line.cached
    assert line.value.startswith("项目名称：惠企通<综合>服务平台　　责任单位：市数据局、市工业局")


def test_text_of_a_roster_never_becomes_a_formula():
    cell = small_book(2).named_cell("项目_名称")
    assert cell.value == "=工业大脑"
    assert cell.formula is None


def test_identity_in_three_places():
    book = small_book(1)
    tokens = {
        book.cell(IDENTITY_SHEET, IDENTITY_CELLS["token"]).value,
        book.properties[IDENTITY_PROPERTY],
        book.names[IDENTITY_NAME].ref.strip('"'),
    }
    assert len(tokens) == 1
    identity = ProjectIdentity.from_token(tokens.pop())
    assert (identity.evaluation, identity.project) == (IDENTITY.evaluation, "2")
    assert is_genuine(identity, IDENTITY.key)


def test_never_calculated_until_a_spreadsheet_program_does():
    assert not small_book().named_cell(RECALCULATED_NAME).cached


def test_table_areas_reach_to_the_row_where_rows_are_inserted():
    table = LAYOUT.tables["支付明细"]
    target = small_book().names["支付金额"]
    column = table.columns["支付金额"]
    assert target.ref == f"{column}{table.first_row}:{column}{table.last_row + 1}"
    assert table.last_row - table.first_row + 1 == SMALL_SCHEME.table_rows["支付明细"]
    assert LAYOUT.slots["支付明细_支付金额_3"].cell == f"{column}{table.first_row + 2}"


def test_layout_knows_every_cell_with_content():
    book = small_book()
    slots = {(slot.sheet, slot.cell) for slot in LAYOUT.slots.values()}
    for sheet in book.sheets[:-1]:
        for cell in sheet.cells.values():
            if cell.value is not None or cell.formula:
                assert (sheet.name, cell.ref) in slots | LAYOUT.fixed.keys()
    for (sheet_name, ref), content in LAYOUT.fixed.items():
        cell = book.cell(sheet_name, ref)
        assert (cell.formula or str(cell.value)) == content


@pytest.mark.parametrize(
    ("key", "kind", "source"),
    [("采购方式", "list", "选项_采购方式"), ("自评分_A101", "decimal", "0"), ("立项日期", "date", "18264")],
)
def test_validations(key: str, kind: str, source: str):
    slot = LAYOUT.slots[key]
    rules = [rule for rule in small_book().sheet(slot.sheet).validations if slot.cell in rule.areas]
    assert [(rule.type, rule.formula1) for rule in rules] == [(kind, source)]
    if key == "自评分_A101":
        assert rules[0].formula2 == "分值_A101"


def test_required_cells_are_counted_on_the_self_check():
    formulas = "".join(
        cell.formula
        for cell in small_book().sheet("填报自检").cells.values()
        if cell.formula and "COUNTBLANK" in cell.formula
    )
    for slot in LAYOUT.slots.values():
        assert (f"COUNTBLANK({slot.key})" in formulas) >= slot.required


def test_number_formats_follow_the_type():
    book = small_book()
    formats = {FieldType.RATE: "0.00%", FieldType.AMOUNT: "#,##0.00####", FieldType.DATE: "yyyy-mm-dd"}
    for slot in LAYOUT.slots.values():
        if slot.type in formats:
            assert book.cell(slot.sheet, slot.cell).number_format == formats[slot.type]


def test_a_workbook_filled_in_while_it_is_stamped_is_the_one_filled_in_afterwards():
    template, project = small_template(), PROJECTS[1]
    places = {key: (slot.sheet, slot.cell) for key, slot in LAYOUT.slots.items()}
    filled = template.cut_at(places.values())
    typed = {places["实际支出资金"]: Decimal("275.5"), places["项目负责人"]: "=张三", places["预算资金"]: Decimal(1)}
    assert filled.fill(project, {}) == template.stamp(project)
    assert filled.fill(project, typed) == patch_cells(template.stamp(project), typed)


def test_a_template_compiled_on_another_day_gives_the_same_bytes():
    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=1)

    with patch("openpyxl.writer.excel.datetime.datetime", Tomorrow):
        again = compile_collection(template_bytes(), SMALL_SCHEME, IDENTITY)
    assert again.stamp(PROJECTS[0]) == small_template().stamp(PROJECTS[0])


def test_what_a_consultant_set_up_for_printing_survives():
    template, made = (load_workbook(BytesIO(data)) for data in (template_bytes(), small_template().stamp(PROJECTS[0])))
    for before in template.worksheets:
        after = made[before.title]
        for part in ("orientation", "paperSize", "fitToWidth", "fitToHeight"):
            assert getattr(after.page_setup, part) == getattr(before.page_setup, part)
        assert after.freeze_panes == before.freeze_panes
        assert after.oddFooter.center.text == before.oddFooter.center.text
        assert after.print_title_rows == before.print_title_rows
        assert after.page_margins.left == before.page_margins.left
        widths = {name: one.width for name, one in before.column_dimensions.items()}
        assert {name: after.column_dimensions[name].width for name in widths} == widths
        assert after.print_area.startswith(f"'{before.title}'!$A$1:")


def test_a_cell_keeps_the_style_of_its_tag():
    template, made = (load_workbook(BytesIO(data)) for data in (template_bytes(), small_template().stamp(PROJECTS[0])))
    tag = next(cell for row in template["指标信息"].iter_rows() for cell in row if cell.value == "{{ 指标.评分标准 }}")
    cells = [row[tag.column - 1] for row in made["指标信息"].iter_rows() if row[tag.column - 1].value]
    standard = next(cell for cell in cells if cell.value == SMALL_SCHEME.indicators[0].standard)
    for part in ("font", "border", "fill", "alignment"):
        assert repr(getattr(standard, part)) == repr(getattr(tag, part))


def test_formulas_use_only_what_every_spreadsheet_program_has():
    known = {"IF", "IFERROR", "OR", "N", "ROUND", "SUM", "COUNTA", "COUNTBLANK", "COUNTIF", "FIND", "ISERROR", "ISTEXT"}
    for sheet in small_book().sheets:
        for cell in sheet.cells.values():
            if cell.formula:
                parsed = parse(cell.formula)
                assert {name.upper() for name in parsed.functions} <= known, cell.formula
                assert not parsed.cells, "names follow their cells, addresses do not"


def test_a_password_of_the_scheme_protects_every_sheet_and_is_hashed_once_and_shown_nowhere():
    scheme = replace(SMALL_SCHEME, settings={**SMALL_SCHEME.settings, "工作表保护密码": "审计2024"})
    with patch("toolkit.excel.template_compile.protection_attributes", wraps=protection_attributes) as hashing:
        template = compile_collection(template_bytes(), scheme, IDENTITY)
        made = [template.stamp(project) for project in PROJECTS]
    assert hashing.call_count == 1
    for sheet in load_workbook(BytesIO(made[0])).worksheets:
        kept = sheet.protection
        value = hashlib.sha512(base64.b64decode(kept.saltValue) + "审计2024".encode("utf-16-le")).digest()
        for number in range(kept.spinCount):
            value = hashlib.sha512(value + number.to_bytes(4, "little")).digest()
        assert (kept.sheet, kept.algorithmName, kept.hashValue) == (True, "SHA-512", base64.b64encode(value).decode())
    assert not any("审计2024" in part.decode(errors="ignore") for part in WorkbookParts(made[0]).contents.values())


def test_a_section_the_template_does_not_know_gets_a_sheet_of_its_own():
    fields = (
        Field("年度用户", "年度用户", "运维情况", FieldType.NUMBER, "个", required=True),
        Field("故障日期", "故障日期", "运维情况", FieldType.DATE, table="故障"),
        Field("故障说明", "故障说明", "运维情况", FieldType.TEXT, table="故障"),
        Field("备注事项", "备注事项", "其他", FieldType.TEXT),
    )
    scheme = replace(SMALL_SCHEME, fields=(*SMALL_SCHEME.fields, *fields))
    assert check_template(template_bytes(), scheme) == []
    made = compile_collection(template_bytes(), scheme, IDENTITY)
    assert made.layout.sheets[3:7] == ("资金情况", "运维情况", "其他", "指标信息")
    assert (made.layout.slots["年度用户"].sheet, made.layout.tables["故障"].sheet) == ("运维情况", "运维情况")
    book = read_workbook(made.stamp(PROJECTS[0]))
    users = made.layout.slots["年度用户"]
    assert book.named_cell("年度用户") == book.cell("运维情况", users.cell)
    assert book.cell("运维情况", "A1").value == "运维情况"
    assert "《资金情况》《运维情况》《其他》" in str(book.cell("封面与填报说明", "B16").value)
    own = load_workbook(BytesIO(made.stamp(PROJECTS[0])))
    known, further = own["项目基本信息"], own["运维情况"]
    assert further.protection.sheet
    assert (further.freeze_panes, further.page_setup.orientation) == (known.freeze_panes, known.page_setup.orientation)
    assert further.oddFooter.center.text == known.oddFooter.center.text
    assert len(further.conditional_formatting) == 1
