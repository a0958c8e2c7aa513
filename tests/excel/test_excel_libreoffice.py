"""LibreOffice headless: stale values are recalculated, failures are told calmly, sources stay as they are."""

from pathlib import Path

import openpyxl
import pytest

from toolkit.errors import MissingProgramError, UnreadableFileError
from toolkit.excel import libreoffice


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = 3, "=A1*2"
    path = tmp_path / "采集表.xlsx"
    book.save(path)
    return path


@pytest.mark.libreoffice
def test_formulas_are_recalculated_and_the_source_is_left_alone(workbook: Path, tmp_path: Path):
    before = workbook.read_bytes()
    results = libreoffice.recalculate([workbook], tmp_path / "out")
    assert openpyxl.load_workbook(results[workbook], data_only=True).active["A2"].value == 6
    assert workbook.read_bytes() == before


@pytest.mark.libreoffice
def test_a_workbook_is_printed(workbook: Path, tmp_path: Path):
    results = libreoffice.to_pdf([workbook], tmp_path / "out")
    assert results[workbook].read_bytes().startswith(b"%PDF")


@pytest.mark.libreoffice
def test_a_conversion_that_takes_too_long_is_ended(workbook: Path, tmp_path: Path):
    with pytest.raises(UnreadableFileError, match="没有完成"):
        libreoffice.recalculate([workbook], tmp_path / "out", timeout=0.01)


def test_without_libreoffice_the_user_is_told_what_to_do(workbook: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: None)
    with pytest.raises(MissingProgramError, match="安装 LibreOffice"):
        libreoffice.to_pdf([workbook], tmp_path / "out")


def test_a_source_is_never_its_own_result(workbook: Path, monkeypatch):
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: Path("soffice"))
    with pytest.raises(ValueError, match="outside"):
        libreoffice.recalculate([workbook], workbook.parent)


def test_starting_again_is_tried_and_given_up(monkeypatch):
    answers = iter([(81, ""), (0, "")])
    monkeypatch.setattr(libreoffice, "_run", lambda _command, _timeout: next(answers))
    libreoffice._run_until_done(["soffice"], 1)
    monkeypatch.setattr(libreoffice, "_run", lambda _command, _timeout: (81, ""))
    with pytest.raises(UnreadableFileError, match="反复"):
        libreoffice._run_until_done(["soffice"], 1)
