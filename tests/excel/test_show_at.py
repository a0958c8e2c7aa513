"""A workbook opened at a cell: what LibreOffice is told, what may be changed and what only looked at."""

import sys
from pathlib import Path
from typing import Any

import pytest

from toolkit.errors import MissingProgramError
from toolkit.excel import live


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been started, on a machine with LibreOffice and nothing else."""
    commands: list[list[str]] = []
    monkeypatch.setitem(sys.modules, "xlwings", None)
    monkeypatch.setitem(sys.modules, "win32com.client", None)
    monkeypatch.setattr(live, "find_soffice", lambda: Path("/usr/bin/soffice"))
    monkeypatch.setattr(live.subprocess, "Popen", lambda command, **_: commands.append(command))
    return commands


def test_a_copy_is_only_looked_at_and_ones_own_workbook_is_changed(told: list[list[str]], tmp_path: Path) -> None:
    book = tmp_path / "方案.xlsx"
    assert live.show_at(book, "指标", "E4") == "LibreOffice"
    assert live.show_at(book, "指标", "E4", to_change=True) == "LibreOffice"
    assert ["--view" in command for command in told] == [True, False]
    assert {command[-1] for command in told} == {f"{book.as_uri()}#$'指标'.E4"}


@pytest.mark.parametrize(
    ("sheet", "end"),
    [
        ("Sheet1", "#$'Sheet1'.B9"),
        ("甲 表.1", "#$'甲 表.1'.B9"),
        ("O'Neil (2)", "#$'O''Neil (2)'.B9"),
        ("占比%", ""),  # no address leads there: the workbook opens as it is, not with "Invalid range"
        ("#1", ""),
    ],
)
def test_names_of_sheets_that_people_give(sheet: str, end: str) -> None:
    assert live.address_of(Path("/桌面/清单.xlsx"), sheet, "B9").partition(".xlsx")[2] == end


def test_where_nothing_goes_to_a_cell_the_system_opens_it(
    told: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(live, "find_soffice", lambda: None)
    monkeypatch.setattr(live.SystemDefault, "show", lambda _self, path: shown.append(path))
    assert live.show_at(tmp_path / "方案.xlsx", "指标", "E4") == ""
    assert (shown, told) == ([tmp_path / "方案.xlsx"], [])


def test_excel_goes_to_the_book_it_has_open_already(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    done: list[tuple[Any, ...]] = []
    book = _Book(tmp_path / "方案.xlsx", done)
    excel = type("xlwings", (), {"apps": [type("App", (), {"books": [book]})], "App": None})
    monkeypatch.setitem(sys.modules, "xlwings", excel)
    assert live.show_at(tmp_path / "方案.xlsx", "指标", "E4", to_change=True) == "Excel"
    assert done == [("activate", "指标"), ("select", "E4"), ("front",)]


class _Book:
    """A book of xlwings, as far as it is asked."""

    def __init__(self, path: Path, done: list[tuple[Any, ...]]) -> None:
        self.fullname, self.done = str(path), done
        self.sheets, self.app = self, self
        self.sheet = self.cell = ""

    def __getitem__(self, sheet: str) -> "_Book":
        self.sheet = sheet
        return self

    def activate(self, *, steal_focus: bool = False) -> None:
        self.done.append(("front",) if steal_focus else ("activate", self.sheet))

    def range(self, cell: str) -> "_Book":
        self.cell = cell
        return self

    def select(self) -> None:
        self.done.append(("select", self.cell))


def test_a_machine_without_any_program_says_so(told: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "find_soffice", lambda: None)
    monkeypatch.setattr(live.sys, "platform", "linux")
    monkeypatch.setattr(live.subprocess, "run", _not_there)
    with pytest.raises(MissingProgramError, match="没有可打开工作簿的程序"):
        live.show_at(Path("/桌面/方案.xlsx"), "指标", "E4")
    assert told == []


def _not_there(*_command: object, **_options: object) -> None:
    raise OSError
