"""Groups A5, A6 and E of what the trial of 0.1.0 found: decisions stay facts, altered digits are found."""

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.trial.conftest import CASES, OWN_SCHEME
from tests.trial.own_evaluation import Cell, Evaluation, started

_RUN = re.compile(r"<w:t(?: [^>]*)?>([^<]*[0-9][^<]*)</w:t>")
_ALTERED = 25
_WAIVER = ("--waive", "--by", "李工", "--reason", "另有补充协议", "--until", "2099-12-31")


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    made = started(tmp_path_factory.mktemp("waived"), OWN_SCHEME, 2)
    made.returned(1, {"服务费": Cell("1.5"), "佐证提供_E01": "已提供", "佐证文件名_E01": "批复.pdf"})
    made.returned(2, {"服务费": Cell("1.5"), **CASES["paid beyond the contract"]})
    made.do("collect")
    assert made.do("resolve", "2", "FUND-01", *_WAIVER).code in (0, 1)
    assert made.do("run").code in (0, 1)
    return made


def text(document: Path) -> str:
    with zipfile.ZipFile(document) as package:
        return re.sub("<[^>]+>", "", package.read("word/document.xml").decode())


def test_a5_a_waived_finding_stays_a_fact_of_the_report(reported: Evaluation) -> None:
    words = "".join(text(path) for path in reported.folder.rglob("*.docx"))
    assert "未发现累计支付超过合同" not in words
    for part in ("豁免", "李工", "另有补充协议", "2099"):
        assert part in words, part


def test_a6_every_altered_digit_is_found(reported: Evaluation) -> None:
    """One digit of each of many paragraphs; each has its finding, whether the figure is bound or not."""
    assert reported.do("verify").code == 0
    path = max(reported.folder.rglob("*报告*.docx"), key=lambda file: file.stat().st_size)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = parts["word/document.xml"].decode()
    paragraphs = [found for found in re.finditer(r"<w:p[ >].*?</w:p>", body, re.DOTALL) if _RUN.search(found[0])]
    chosen = paragraphs[:: max(1, len(paragraphs) // _ALTERED)]
    for paragraph in reversed(chosen):
        run = _RUN.search(body, paragraph.start())
        assert run is not None
        at = run.start(1) + next(place for place, char in enumerate(run[1]) if char.isdigit())
        body = f"{body[:at]}{(int(body[at]) + 1) % 10}{body[at + 1 :]}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, body.encode() if name == "word/document.xml" else data)
    found = reported.do("verify", "--json").json["findings"]
    assert len([finding for finding in found if finding["workbook"] == path.name]) >= len(chosen)


def test_e_what_goes_back_can_be_passed(reported: Evaluation) -> None:
    """In 0.1.0 required self scores stayed locked; a round that was only looked at is no round."""
    assert reported.do("correct", "--dry-run").code in (0, 1)
    assert not list(reported.folder.glob("08*/**/*.xlsx"))
    assert reported.do("correct").code in (0, 1)
    (paper,) = reported.folder.glob("08*/**/*整改表*.xlsx")
    book = openpyxl.load_workbook(paper)
    for name in ("自评分_A101", "自评分_D101", "佐证提供_E01"):
        sheet, cell = next(book.defined_names[name].destinations)
        assert not book[sheet][cell.replace("$", "")].protection.locked, name
    reported.do("correct")
    assert len(list(reported.folder.glob("08*/**/*整改表*.xlsx"))) == 1, "no second round while the first is unanswered"
