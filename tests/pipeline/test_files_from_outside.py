"""A roster or scheme that somebody gave us is opened first in a process that can be killed."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from toolkit.errors import SchemeError, ToolkitError, UnreadableFileError
from toolkit.excel.read import read_workbook
from toolkit.pipeline import check_scheme, diff_schemes, explain_scheme, initialise
from toolkit.pipeline.plan import own_files
from toolkit.pipeline.plan.beginning import check_plan
from toolkit.pipeline.plan.scheming import add_problems
from toolkit.pipeline.plan.setup import unit_questions
from toolkit.pipeline.plan.templating import check_template
from toolkit.resources import sample_dir, template_path

NOW = datetime(2026, 1, 5, tzinfo=UTC)


def dying(_data: bytes, name: str, _context: object) -> tuple[Any, ...]:
    """A reader that a hostile file ends."""
    if "有害" in name:
        os._exit(9)
    return ("workbook",)


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A roster that is harmless and a scheme that kills whoever opens it."""
    monkeypatch.setattr(own_files, "opened_plain", dying)
    scheme = Path(shutil.copy(sample_dir("nanchang-2022") / "方案.xlsx", tmp_path / "有害方案.xlsx"))
    return Path(shutil.copy(sample_dir("nanchang-2022") / "项目清单.xlsx", tmp_path / "清单.xlsx")), scheme


WAYS: dict[str, Callable[[Path, Path], object]] = {
    "init": lambda roster, scheme: initialise(scheme.parent / "评价", (roster, scheme), NOW),
    "the wizard": lambda roster, scheme: check_plan(scheme, roster, {}),
    "names of units": lambda _roster, scheme: unit_questions(scheme),
    "scheme check": lambda _roster, scheme: check_scheme(scheme),
    "scheme explain": lambda _roster, scheme: explain_scheme(scheme),
    "scheme diff": lambda _roster, scheme: diff_schemes(sample_dir("nanchang-2022") / "方案.xlsx", scheme),
    "scheme problems": lambda _roster, scheme: add_problems(scheme),
    "template check": lambda _roster, scheme: check_template(template_path("采集表模板.xlsx"), scheme),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_workbook_that_kills_its_reader_costs_one_message(given: tuple[Path, Path], way: str) -> None:
    roster, scheme = given
    before = scheme.read_bytes()
    with pytest.raises(SchemeError) as told:
        WAYS[way](roster, scheme)
    assert told.value.where == str(scheme)
    assert "异常退出" in told.value.message
    assert "另存为 .xlsx" in told.value.what_to_do
    assert (scheme.read_bytes(), (scheme.parent / "评价").exists()) == (before, False)


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"PK\x03\x04" + bytes(50), b""], ids=["text", "cut off", "empty"])
def test_what_is_no_workbook_is_told_as_before(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "方案.xlsx"
    with pytest.raises(ToolkitError, match="找不到文件"):
        check_scheme(file)
    file.write_bytes(content)
    with pytest.raises(UnreadableFileError) as plain:
        read_workbook(content)
    with pytest.raises(SchemeError) as told:
        check_scheme(file)
    assert (told.value.message, told.value.where) == (plain.value.message, str(file))
