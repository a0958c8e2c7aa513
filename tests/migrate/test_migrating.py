"""A form filled in under an older scheme, carried into a workbook of the present one: what goes over, what stays."""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.collect.returned import IDENTITY, context, read, template
from tests.office_validator import invalid
from tests.small_scheme import PROJECTS, SMALL_SCHEME
from toolkit.collect import read_filled
from toolkit.excel.read import read_workbook
from toolkit.excel.sheet_patch import patch_cells
from toolkit.generate import compile_collection
from toolkit.migrate import Filled, carry, migrated_workbook, migration_log
from toolkit.migrate.carrying import GONE, OTHER
from toolkit.model import Field, FieldType
from toolkit.resources import template_path

HOSTILE = '=HYPERLINK("http://x")'
TYPED = {
    "预算资金": Decimal(300),
    "实际到位资金": Decimal(290),
    "实际支出资金": "约250",
    "建设内容": HOSTILE,
    "完成值_C101": Decimal(18),
    "旧字段": "只在旧表里",
    "累计支付金额": Decimal(2500000),
}


@cache
def old_file() -> bytes:
    """An older form: another label, an amount in another unit, a field that is gone today and moves the rows."""
    changes = {"预算资金": {"label": "项目预算"}, "累计支付金额": {"unit": "元", "label": "累计支付金额（元）"}}
    fields = tuple(replace(one, **changes.get(one.key, {})) for one in SMALL_SCHEME.fields)
    gone = Field("旧字段", "旧字段", "资金情况", FieldType.TEXT)
    scheme = replace(SMALL_SCHEME, sha256="4" * 64, fields=(gone, *fields))
    made = compile_collection(template_path("采集表模板.xlsx").read_bytes(), scheme, IDENTITY)
    slots = made.layout.slots
    return patch_cells(
        made.stamp(PROJECTS[0]), {(slots[key].sheet, slots[key].cell): value for key, value in TYPED.items()}
    )


@cache
def migration():
    filled = [Filled(*row) for row in read_filled(old_file(), "旧.xlsx", context())]
    return carry(template().layout, read(old_file()).submission, filled)


@cache
def new_file() -> bytes:
    return migrated_workbook(template().stamp(PROJECTS[0]), migration(), "旧.xlsx", "a" * 64, "旧版 → 版本2")


def test_a_renamed_label_is_known_by_the_key_and_a_moved_cell_is_said() -> None:
    line = next(line for line in migration().carried if line.key == "预算资金")
    assert (line.value, line.old[0]) == ("300万元", "资金情况")
    assert line.old != line.new
    assert "字段名相同，位置已移" in line.reason


def test_everything_filled_in_is_either_carried_or_listed_with_a_reason() -> None:
    filled = {(sheet, cell) for sheet, cell, _, _ in read_filled(old_file(), "旧.xlsx", context())}
    carried, left = {line.old for line in migration().carried}, {each.old for each in migration().left}
    assert filled <= carried | left
    assert not carried & left
    reasons = {each.name: each.reason for each in migration().left}
    assert reasons["旧字段"] == GONE
    assert reasons["累计支付金额"] == OTHER


def test_the_new_workbook_reads_as_the_old_one_did_and_says_where_it_comes_from() -> None:
    before, after = read(old_file()), read(new_file())
    assert after.accepted
    for key in ("预算资金", "实际到位资金", "完成值_C101"):
        assert after.submission.value(key) == before.submission.value(key)
    assert after.submission.readings["实际支出资金"].original == "约250"
    codes = {note.code for note in after.submission.notes}
    assert "IDENT-04" not in codes
    (told,) = [note for note in after.submission.notes if note.code == "READ-54"]
    assert "旧.xlsx" in told.message
    assert told.found == "a" * 64
    assert not after.submission.differences


def test_what_a_unit_wrote_stays_a_text_everywhere() -> None:
    log = migration_log([["1", HOSTILE, "已迁移", "", ""]], [(HOSTILE, migration())])
    for data in (new_file(), log):
        book = read_workbook(data)
        texts = [cell for sheet in book.sheets for cell in sheet.cells.values() if cell.value == HOSTILE]
        assert texts
        assert all(cell.formula is None for cell in texts)


def test_the_same_file_gives_the_same_bytes() -> None:
    again = migrated_workbook(template().stamp(PROJECTS[0]), migration(), "旧.xlsx", "a" * 64, "旧版 → 版本2")
    assert again == new_file()
    assert ZipFile(BytesIO(again)).testzip() is None


@pytest.mark.validator
def test_the_files_are_valid(tmp_path) -> None:
    (tmp_path / "新.xlsx").write_bytes(new_file())
    (tmp_path / "日志.xlsx").write_bytes(migration_log([], [("旧.xlsx", migration())]))
    assert invalid(tmp_path.glob("*.xlsx")) == {}
