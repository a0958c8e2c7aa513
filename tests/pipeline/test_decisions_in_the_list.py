"""Decisions typed into 问题清单.xlsx: kept when it is written again, recorded together, mistakes located."""

import shutil
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.pipeline.conftest import call
from toolkit import pipeline
from toolkit.excel.addresses import cell_name
from toolkit.excel.cell_xml import CellChange
from toolkit.excel.read import read_workbook
from toolkit.excel.sheet_patch import patch_cells
from toolkit.excel.table import TableRow, read_table
from toolkit.model import Severity
from toolkit.pipeline.examine.findings_list import COLUMNS, LEFT_OVER, SHEET

HEADINGS = [column.heading for column in COLUMNS]
PHRASE, TIER = "READ-24", "TEXT-04"
TODAY = datetime.now().astimezone()
HOSTILE = "=cmd|' /C calc'!A0"


@pytest.fixture
def listed(sample_made: Callable[[str], Path], tmp_path: Path) -> Path:
    """江苏 2022 with its list of findings."""
    return Path(shutil.copytree(sample_made("jiangsu-2022"), tmp_path / "评价"))


def _list(folder: Path) -> Path:
    return next(folder.rglob("问题清单.xlsx"))


def _rows(folder: Path, sheet: str = SHEET) -> list[TableRow]:
    book = read_workbook(_list(folder).read_bytes())
    return list(read_table(book, "问题清单.xlsx", sheet, HEADINGS).rows) if book.sheet(sheet) else []


def _row(folder: Path, code: str) -> TableRow:
    (row,) = (row for row in _rows(folder) if row.text("检查项") == code)
    return row


def _type(folder: Path, typed: Mapping[str, Mapping[str, CellChange]]) -> None:
    """Type under headings into the row of a code."""
    changes = {
        (SHEET, cell_name(_row(folder, code).number, HEADINGS.index(heading) + 1)): value
        for code, cells in typed.items()
        for heading, value in cells.items()
    }
    _list(folder).write_bytes(patch_cells(_list(folder).read_bytes(), changes))


def test_several_findings_are_decided_at_once_and_only_once(listed: Path) -> None:
    waived = {
        "处理": "豁免",
        "处理人": "张三",
        "理由": HOSTILE,
        "有效期至": (TODAY + timedelta(days=9)).date().isoformat(),
    }
    _type(listed, {TIER: waived, PHRASE: {"处理": "豁免", "处理人": "李四", "理由": "公开表没有数"}})
    pipeline.check(pipeline.load(listed), TODAY)
    assert _row(listed, PHRASE).text("理由") == "公开表没有数", "a new check keeps what was typed"
    said = call("decide", "-w", listed)
    assert (said["new"], said["findings"]) == (2, [])
    assert {one["code"]: (one["action"], one["by"]) for one in said["decisions"]} == {
        TIER: ("豁免", "张三"), PHRASE: ("豁免", "李四"),
    }  # fmt: skip
    found = {one.code: one for one in pipeline.check(pipeline.load(listed), TODAY).findings}
    settled = found[TIER]
    assert settled.severity is Severity.NOTE
    assert settled.disposition is not None
    assert (settled.disposition.by, settled.disposition.reason) == ("张三", HOSTILE)
    assert [cell.formula for cell in read_workbook(_list(listed).read_bytes()).sheet(SHEET).cells.values()  # type: ignore[union-attr]
            if cell.value == HOSTILE] == [None]  # fmt: skip
    again = pipeline.decide(pipeline.load(listed), TODAY)
    assert (again.new, again.findings) == (0, ())


def test_a_verified_value_counts_and_its_row_goes_with_its_finding(listed: Path) -> None:
    _type(listed, {PHRASE: {"处理": "核定", "核定值": "50%", "处理人": "李四", "理由": "按决算", "依据": "决算表"}})
    decided = pipeline.decide(pipeline.load(listed), TODAY)
    assert [(str(one.resolution.value), one.resolution.basis) for one in decided.resolved] == [("0.50", "决算表")]
    assert TIER not in {row.text("检查项") for row in _rows(listed)}, "the words are replaced by a number"
    assert _rows(listed, LEFT_OVER) == []


def test_a_row_with_a_mistake_is_located_and_the_others_count(listed: Path) -> None:
    _type(
        listed,
        {PHRASE: {"处理": "豁免", "理由": "公开表没有数"}, TIER: {"处理": "豁免", "处理人": "张三", "理由": "原文"}},
    )
    said = call("decide", "-w", listed, code=1)
    assert said["new"] == 1
    (wrong,) = said["findings"]
    assert (wrong["code"], wrong["workbook"], wrong["sheet"]) == ("REVIEW-08", "问题清单.xlsx", SHEET)
    assert wrong["cell"] == cell_name(_row(listed, PHRASE).number, HEADINGS.index("处理") + 1)
    assert "处理人" in wrong["message"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"处理": "随便", "处理人": "张三", "理由": "无"}, "没有写明怎样处理"),
        ({"处理": "核定", "处理人": "张三", "理由": "无"}, "核定值"),
        ({"处理": "核定", "核定值": "约一半", "处理人": "张三", "理由": "无"}, "不是数值"),
        ({"处理": "豁免", "处理人": "张三", "理由": "无", "有效期至": "2025-02-30"}, "不是日期"),
        ({"处理": "豁免", "处理人": "张三", "理由": "无", "有效期至": "2020-01-01"}, "已经过去"),
        ({"处理": "豁免", "处理人": "张三", "理由": "无", "单元格": "Z99"}, "没有这个问题"),
    ],
)
def test_what_cannot_be_taken_says_why(listed: Path, typed: Mapping[str, CellChange], words: str) -> None:
    _type(listed, {PHRASE: typed})
    decided = pipeline.decide(pipeline.load(listed), TODAY)
    assert decided.resolved == ()
    assert [words in one.message for one in decided.findings] == [True]


def test_nothing_typed_is_lost_when_its_finding_is_gone(listed: Path) -> None:
    _type(listed, {PHRASE: {"处理": "豁免", "处理人": "张三", "理由": "无", "单元格": "Z99"}})
    for _ in range(2):
        pipeline.check(pipeline.load(listed), TODAY)
        (left,) = _rows(listed, LEFT_OVER)
        assert (left.text("处理人"), left.text("检查项")) == ("张三", PHRASE)
    assert not any(row.text("处理人") for row in _rows(listed))


def test_numbers_of_projects_sort_as_numbers_and_rows_can_be_filtered(listed: Path) -> None:
    sheet = read_workbook(_list(listed).read_bytes()).sheet(SHEET)
    assert sheet is not None
    ids = [cell.value for (row, column), cell in sheet.cells.items() if row > 3 and column == 3 and cell.value]
    assert ids
    assert not any(isinstance(one, str) for one in ids)
