"""A sample's tables of what the units type."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from toolkit.errors import SchemeError
from toolkit.excel.book import Sheet
from toolkit.excel.read import read_workbook
from toolkit.model import Value
from toolkit.text import plain

LONG, WIDE, CALENDAR = "填报", "填报习惯", "演示日历"
_DAYS = ("下发", "收到", "今天")
_PROJECT, _KEY, _CONTENT, _MISTAKE, _MISTAKE_KEY = "项目序号", "字段或取值项", "填报内容", "差错", "差错字段"


@dataclass(frozen=True, slots=True)
class UnitAnswers:
    """What one unit types for one project.

    Attributes:
        typed: slot key (or column and row of a table, ``支付金额_1``) → text as typed.
        mistake: kind of typical mistake, "" for none; see :mod:`toolkit.demo_data.mistakes`.
        mistake_key: where it is made, "" to let the seed choose.
    """

    typed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    mistake: str = ""
    mistake_key: str = ""


SampleReturns: TypeAlias = Mapping[str, UnitAnswers]
"""By project id; a project that is not there does not send anything back."""


def read_returns(data: bytes) -> dict[str, UnitAnswers]:
    """Read a sample's 填报.xlsx: sheet 填报 (one row an answer) or 填报习惯 (one row a project), or both.

    Raises:
        UnreadableFileError: no workbook.
        SchemeError: neither sheet is there, or a heading is missing.
    """
    book = read_workbook(data)
    return returns_from_tables({sheet.name: _rows(sheet) for sheet in book.sheets})


def returns_from_tables(tables: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, UnitAnswers]:
    """The same from sheet name → rows of texts, headings first.

    Raises:
        SchemeError: neither sheet is there, or a heading is missing.
    """
    if LONG not in tables and WIDE not in tables:
        raise SchemeError("样例缺少工作表“填报”或“填报习惯”", what_to_do="请重新生成样例文件")
    answers: dict[str, UnitAnswers] = {}
    for row in _records(tables.get(WIDE, ())):
        project = row.pop(_PROJECT, "")
        mistake, key = row.pop(_MISTAKE, ""), row.pop(_MISTAKE_KEY, "")
        answers[project] = UnitAnswers({name: text for name, text in row.items() if text}, mistake, key)
    typed: dict[str, dict[str, str]] = {}
    for row in _records(tables.get(LONG, ()), (_PROJECT, _KEY, _CONTENT)):
        typed.setdefault(row[_PROJECT], {})[row[_KEY]] = row[_CONTENT]
    for project, more in typed.items():
        known = answers.get(project, UnitAnswers())
        answers[project] = UnitAnswers({**known.typed, **more}, known.mistake, known.mistake_key)
    return answers


@dataclass(frozen=True, slots=True)
class SampleCalendar:
    """The days of a sample's story: packages go out, returns have come in, and the day it is told on."""

    issued: date
    returned: date
    today: date


def read_calendar(data: bytes) -> SampleCalendar:
    """Read sheet 演示日历 of a sample's 填报.xlsx.

    Raises:
        UnreadableFileError: no workbook.
        SchemeError: the sheet or one of its days is missing.
    """
    sheet = read_workbook(data, wanted=lambda name: name == CALENDAR).sheet(CALENDAR)
    cells = {row: _text(sheet, row, 1) for row, _ in sheet.cells} if sheet else {}
    days = {name: _text(sheet, row, 2) for row, name in cells.items()} if sheet else {}
    try:
        return SampleCalendar(*(date.fromisoformat(days[name]) for name in _DAYS))
    except (KeyError, ValueError):
        raise SchemeError(
            f"样例的《{CALENDAR}》应写明{'、'.join(_DAYS)}三天", what_to_do="请重新生成样例文件"
        ) from None


def _records(rows: Sequence[Sequence[str]], needed: tuple[str, ...] = ()) -> list[dict[str, str]]:
    if not rows:
        return []
    headings = [cell.strip() for cell in rows[0]]
    if missing := [name for name in needed if name not in headings]:
        raise SchemeError(f"样例的填报表缺少列：{'、'.join(missing)}", what_to_do="请重新生成样例文件")
    return [dict(zip(headings, row, strict=False)) for row in rows[1:] if any(row)]


def _rows(sheet: Sheet) -> list[list[str]]:
    """Rows from the first that holds the heading 项目序号: a title above it is allowed."""
    height = max((row for row, _ in sheet.cells), default=0)
    width = max((column for _, column in sheet.cells), default=0)
    grid = [[_text(sheet, row, column) for column in range(1, width + 1)] for row in range(1, height + 1)]
    start = next((number for number, row in enumerate(grid) if _PROJECT in row), 0)
    return grid[start:]


def _text(sheet: Sheet, row: int, column: int) -> str:
    cell = sheet.cells.get((row, column))
    value: Value = cell.value if cell else None
    return plain(value) if isinstance(value, Decimal) else str("" if value is None else value)
