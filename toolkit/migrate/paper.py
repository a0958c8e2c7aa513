"""The new workbook with its record of where everything came from, and the log of a whole batch."""

from collections.abc import Sequence

from toolkit.excel.cell_xml import CellChange
from toolkit.excel.record_sheet import RecordSheet, with_record
from toolkit.excel.sheet_patch import patch_cells
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.migrate.carrying import Migration
from toolkit.model.identity import FINGERPRINT, MIGRATION_SHEET, SCHEMES, SOURCE

_CARRIED = ("原单元格", "新单元格", "填报项", "原填内容", "带入内容", "说明")
_LEFT = ("原单元格", "字段名", "原填内容", "没有带入的原因")
_WIDTHS = {"原单元格": 24, "新单元格": 24, "填报项": 34, "原填内容": 40, "带入内容": 30, "说明": 40,
           "字段名": 24, "没有带入的原因": 44, "项目": 8, "文件": 44, "新文件": 44, "结果": 12}  # fmt: skip


def migrated_workbook(stamped: bytes, migration: Migration, source: str, sha256: str, schemes: str) -> bytes:
    """The project's clean workbook with the unit's answers in it, marked as migrated.

    Args:
        stamped: the workbook as generated under the present scheme.
        migration: what goes into it.
        source: name of the old file.
        sha256: its fingerprint, by which collect tells where the answers come from.
        schemes: from which version to which, in words.
    """
    values: dict[tuple[str, str], CellChange] = dict(migration.values)
    rows = [
        *([_place(line.old), _place(line.new), line.label, line.original, line.value, line.reason]
          for line in migration.carried),
        *([_place(left.old), "没有带入", left.name, left.text, "", left.reason] for left in migration.left),
    ]  # fmt: skip
    facts = ((SOURCE, source), (FINGERPRINT, sha256), (SCHEMES, schemes))
    record = RecordSheet(MIGRATION_SHEET, "采集表迁移记录", facts, _CARRIED, rows, (24, 24, 30, 34, 30, 40))
    return with_record(patch_cells(stamped, values), record)


def migration_log(files: Sequence[Sequence[str]], migrations: Sequence[tuple[str, Migration]]) -> bytes:
    """The log of a batch as a workbook.

    Args:
        files: a row a file: 项目, 文件, 结果, 新文件, 说明.
        migrations: name of the old file and what became of it.
    """
    carried = [
        [name, _place(line.old), _place(line.new), line.label, line.original, line.value, line.reason]
        for name, migration in migrations
        for line in migration.carried
    ]
    left = [
        [name, _place(each.old), each.name, each.text, each.reason]
        for name, migration in migrations
        for each in migration.left
    ]
    return table_workbook(
        [
            _sheet("文件", ("项目", "文件", "结果", "新文件", "说明"), files),
            _sheet("逐格记录", ("文件", *_CARRIED), carried),
            _sheet("没有带入", ("文件", *_LEFT), left),
        ]
    )


def _sheet(name: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> TableSheet:
    columns = tuple(Column(heading, width=_WIDTHS.get(heading, 20)) for heading in headings)
    return TableSheet(name, f"采集表迁移 · {name}", columns, [list(row) for row in rows])


def _place(at: tuple[str, str]) -> str:
    return f"{at[0]}!{at[1]}"
