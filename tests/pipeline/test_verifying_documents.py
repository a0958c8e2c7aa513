"""A digit changed in a document that is no report is found by ``verify``; words are a person's to change."""

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from docx import Document

from toolkit import pipeline
from toolkit.pipeline.deliver.verifying_documents import verify_documents
from toolkit.pipeline.examine.consulting import OpinionOrder
from toolkit.pipeline.examine.draft_extracts import Draft

NOW = datetime(2026, 2, 3, 9).astimezone()
LATER = NOW + timedelta(days=40)
DOCUMENTS = ("16-工作方案/工作方案.docx", "16-工作方案/验收与付款.docx", "15-征求意见/*_征求意见稿.docx")


@pytest.fixture(scope="module")
def draft(place: Path) -> Draft:
    return Draft.of(pipeline.load(place), LATER)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents") / "南昌"
    pipeline.initialise(folder, "nanchang-2022", NOW)
    pipeline.collect(pipeline.load(folder), (), NOW)
    pipeline.new_team(pipeline.load(folder))
    pipeline.write_plan(pipeline.load(folder), NOW)
    pipeline.consult(pipeline.load(folder), OpinionOrder(), NOW)
    return folder


def told(draft: Draft) -> list[str]:
    found = list(verify_documents(draft, LATER))
    assert {finding.code for finding in found} <= {"VERIFY-21"}
    return [f"{finding.at.workbook} {finding.message}" for finding in found]


def edited(path: Path, change: Callable[[str], str]) -> tuple[bytes, str]:
    """The document with the first text changed that a change changes, and what that text was."""
    document = Document(str(path))
    rows = (cell for table in document.tables for row in table.rows for cell in row.cells)
    paragraphs = [*document.paragraphs, *(paragraph for cell in rows for paragraph in cell.paragraphs)]
    for run in (run for paragraph in paragraphs for run in paragraph.runs):
        if (text := change(run.text)) != run.text:
            before, run.text = run.text, text
            buffer = io.BytesIO()
            document.save(buffer)
            return buffer.getvalue(), before
    raise AssertionError("nothing to change")


def other_digit(text: str) -> str:
    """Another first number of a text, where it holds a score or an amount."""
    return re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), text, count=1) if "年" not in text else text


def other_word(text: str) -> str:
    return text.replace("评价", "评估评价", 1) if not re.search(r"\d", text) else text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_changed_digit_is_found_and_a_changed_word_is_not(place: Path, draft: Draft, name: str) -> None:
    (path,) = place.glob(name)
    whole = path.read_bytes()
    assert told(draft) == []
    try:
        path.write_bytes(edited(path, other_word)[0])
        data, before = edited(path, other_digit)
        path.write_bytes(data)
        found = told(draft)
        assert len(found) == 1, (before, found)
        assert path.name in found[0]
    finally:
        path.write_bytes(whole)


def test_a_digit_beside_the_day_of_writing_is_found_too(place: Path, draft: Draft) -> None:
    path = place / "16-工作方案" / "验收与付款.docx"
    whole = path.read_bytes()
    try:
        path.write_bytes(edited(path, lambda text: text.replace("合计100%", "合计200%"))[0])
        (found,) = told(draft)
        assert "200%" in found
    finally:
        path.write_bytes(whole)


def test_a_file_that_is_no_document_any_more_is_told(place: Path, draft: Draft) -> None:
    path = place / DOCUMENTS[1]
    whole = path.read_bytes()
    try:
        path.write_bytes(b"no document")
        assert any("读不出来" in words for words in told(draft))
    finally:
        path.write_bytes(whole)
