"""Contents have page numbers wherever LibreOffice is: those of the pages, laid out once; without it, that is said."""

import re
import shutil
from pathlib import Path

import pytest

from tests.pipeline.conftest import call
from toolkit.cache import Cache
from toolkit.excel.libreoffice import print_document
from toolkit.pipeline.deliver import paging
from toolkit.word.contents import pages_by_libreoffice
from toolkit.word.package import DOCUMENT, paragraph_text, parse, read_parts, w

SAMPLE = "nanchang-2022"


@pytest.fixture
def folder(sample_made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose reports were written without page numbers, and a run that prints them."""
    copy = Path(shutil.copytree(sample_made(SAMPLE), tmp_path / "评价"))
    monkeypatch.setenv(paging.SWITCH, "")
    return copy


def printed(docx: bytes) -> dict[str, str]:
    """Bookmark → number as it stands in the contents."""
    links = parse(read_parts(docx)[DOCUMENT]).iter(w("hyperlink"))
    entries = {link.get(w("anchor")): paragraph_text(link) for link in links}
    return {name: found[0] for name, text in entries.items() if (found := re.findall(r"\d+$", text))}


def report(folder: Path) -> bytes:
    (path,) = (folder / "07-评价报告").glob("*.docx")  # 南昌: one report of one project
    return path.read_bytes()


@pytest.mark.libreoffice
def test_they_are_those_of_the_pages_and_laid_out_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call("run", "-w", folder)
    docx = report(folder)
    numbers = printed(docx)
    assert len(numbers) > 15
    assert numbers == pages_by_libreoffice(docx, print_document)
    assert call("verify", "-w", folder)["ok"]

    def refuse(_: bytes) -> bytes:
        raise AssertionError("laid out again")

    monkeypatch.setattr(paging, "print_document", refuse)
    call("run", "-w", folder)
    assert report(folder) == docx


def test_without_libreoffice_the_run_says_so_and_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = report(folder)
    monkeypatch.setattr(paging, "find_soffice", lambda: None)
    said = call("report", "-w", folder)
    assert report(folder) == before
    (finding,) = [found for found in said["findings"] if found["code"] == "REPORT-01"]
    assert finding["message"] == "目录没有印页码：本机没有 LibreOffice"


def test_who_waits_is_told_which_document_is_laid_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, str]] = []
    monkeypatch.setenv(paging.SWITCH, "")
    monkeypatch.setattr(paging, "find_soffice", lambda: tmp_path)
    monkeypatch.setattr(paging, "pages_by_libreoffice", lambda _docx, _to_pdf: {"_Toc1": "3"})
    laid = paging.Paging(
        Cache(tmp_path / "记", b"x"), progress=lambda stage, _done, _total, item="": told.append((stage, item))
    )
    laid.document = "整体报告.docx"
    assert laid.pages_of(b"1") == {"_Toc1": "3"}
    assert told == [("排目录页码", "整体报告.docx")]
