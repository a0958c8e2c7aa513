"""A workbook goes to the site and comes back as verified values; nothing is taken of one with a mistake."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from toolkit import pipeline
from toolkit.errors import WorkspaceError
from toolkit.excel.read import read_workbook
from toolkit.excel.table import TableRow, read_table
from toolkit.excel.write import with_cells
from toolkit.fieldwork.paper import DRAWN, HEADINGS, PAPER, SIGNED
from toolkit.model import Finding
from toolkit.pipeline.deliver.verifying_papers import verify_papers
from toolkit.pipeline.examine.field_papers import FieldOrder
from toolkit.pipeline.examine.field_work import FieldTaken
from toolkit.pipeline.examine.results import examine

NOW = datetime(2026, 2, 3, 9).astimezone()
KEY = "实际到位资金"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("field") / "南昌"
    pipeline.initialise(folder, "nanchang-2022", NOW)
    pipeline.collect(pipeline.load(folder), (), NOW)
    pipeline.write_papers(pipeline.load(folder), FieldOrder(size=5, seed="1"), NOW)
    return folder


@pytest.fixture
def site(printed: Path, tmp_path: Path) -> Path:
    return shutil.copytree(printed, tmp_path / "南昌")


def paper(folder: Path) -> Path:
    return next((folder / "13-现场核查").glob("*.xlsx"))


def rows(folder: Path) -> list[TableRow]:
    return list(read_table(read_workbook(paper(folder).read_bytes()), "x", PAPER, HEADINGS).rows)


def row_of(folder: Path, key: str) -> int:
    return next(row.number for row in rows(folder) if row.text("填报项") == key)


def fill(folder: Path, number: int, **typed: object) -> None:
    full = {"E": 100, "G": "银行回单", "H": "E01", "J": "甲", "K": "乙"} | typed
    path = paper(folder)
    cells = {f"{letter}{number}": value for letter, value in full.items()}
    path.write_bytes(with_cells(path.read_bytes(), PAPER, cells))  # type: ignore[arg-type]


def take(folder: Path) -> FieldTaken:
    return pipeline.take_papers(pipeline.load(folder), (paper(folder),), NOW)


def test_the_paper_holds_what_was_returned(site: Path) -> None:
    book = read_workbook(paper(site).read_bytes())
    assert [sheet.name for sheet in book.sheets][:5] == ["现场核查底稿", "核查发现", "佐证清单", "抽样清单", "签字"]
    assert sum(row.text("抽样") == "√" for row in rows(site)) == 5
    drawn = read_table(book, "x", DRAWN, ("填报项",)).rows
    assert {row.text("填报项") for row in drawn} == {row.text("填报项") for row in rows(site) if row.text("抽样")}
    assert any(row.text("填报项") == "实际到位资金" and row.text("填报值") for row in rows(site))


def test_what_was_found_becomes_the_verified_value(site: Path) -> None:
    before = pipeline.score(pipeline.load(site), NOW).sheets[0].total
    fill(site, row_of(site, "实际到位资金"), E=1)
    taken = take(site)
    assert taken.ok, taken.findings
    assert taken.new == 1
    (value,) = taken.values
    assert (value["key"], value["verified"], value["by"], value["evidence"]) == ("实际到位资金", "1", "甲", "E01")
    assert value["difference"].startswith("-")
    (decision,) = pipeline.load(site).decided
    assert (decision.key, decision.by, decision.reviewer, decision.basis) == ("实际到位资金", "甲", "乙", "E01")
    assert pipeline.score(pipeline.load(site), NOW).sheets[0].total < before
    assert take(site).new == 0, "taken once"


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ({"E": "约100"}, "FIELD-04", "不是数值"),
        ({"E": "=1+1"}, "FIELD-04", ""),
        ({"E": ""}, "FIELD-04", "没有写核查值"),
        ({"G": ""}, "FIELD-04", "没有写依据"),
        ({"J": ""}, "FIELD-04", "没有写核查人"),
        ({"K": "甲"}, "FIELD-04", "同一人"),
        ({"H": "E99"}, "FIELD-04", "佐证清单中没有"),
        ({"D": 12345}, "FIELD-03", "与报送件不符"),
        ({"L": "别的字段"}, "FIELD-02", "没有填报项"),
    ],
)
def test_a_mistake_is_located_and_nothing_is_taken(site: Path, typed: dict[str, object], code: str, words: str) -> None:
    number = row_of(site, "实际到位资金")
    fill(site, row_of(site, "实际支出资金"))
    fill(site, number, **typed)
    taken = take(site)
    errors = [finding for finding in taken.findings if finding.severity.value == "error"]
    assert {finding.code for finding in errors} == {code}
    assert errors[0].at.cell.endswith(str(number))
    assert words in errors[0].message
    assert taken.values == ()
    assert pipeline.load(site).decided == ()


def test_a_sampled_row_left_blank_is_said(site: Path) -> None:
    assert {finding.code for finding in take(site).findings} == {"FIELD-05"}
    assert len(take(site).findings) == 5


def test_what_is_no_paper_is_refused(site: Path, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04")
    other = tmp_path / "别的.xlsx"
    shutil.copy(site / "方案.xlsx", other)
    taken = pipeline.take_papers(pipeline.load(site), (tmp_path / "坏.xlsx", other), NOW)
    assert [finding.code for finding in taken.findings] == ["FIELD-02", "FIELD-02"]
    with pytest.raises(WorkspaceError, match="找不到"):
        pipeline.take_papers(pipeline.load(site), (tmp_path / "没有",), NOW)
    with pytest.raises(WorkspaceError, match="没有报送件：9"):
        pipeline.write_papers(pipeline.load(site), FieldOrder(("9",)), NOW)


def test_what_a_person_wrote_is_not_overwritten(site: Path) -> None:
    fill(site, row_of(site, "实际到位资金"))
    written = pipeline.write_papers(pipeline.load(site), FieldOrder(size=5, seed="1"), NOW)
    assert len(written.set_aside) == 1


def told(folder: Path) -> list[Finding]:
    evaluation = pipeline.load(folder)
    return list(verify_papers(evaluation, examine(evaluation, NOW.date())))


def alter(path: Path, cells: dict[str, object], sheet: str = PAPER) -> None:
    path.write_bytes(with_cells(path.read_bytes(), sheet, cells))  # type: ignore[arg-type]


def test_a_paper_as_issued_and_one_that_was_read_are_in_order(site: Path) -> None:
    assert told(site) == []
    fill(site, row_of(site, KEY), E=327.13, F="")
    assert told(site) == [], "filled in, not read yet"
    assert take(site).ok
    assert told(site) == []


def test_amounts_are_printed_with_their_unit_and_papers_of_earlier_versions_are_in_order(site: Path) -> None:
    told_of = {row.text("填报项"): row.text("内容") for row in rows(site)}
    assert told_of["实际到位资金"] == "实际到位资金（万元）"
    assert not any("（%）" in words for words in told_of.values()), "a rate has its sign"
    alter(paper(site), {f"B{row_of(site, '实际到位资金')}": "实际到位资金"})
    assert told(site) == [], "printed before units were"


def test_what_was_printed_is_held_against_the_original(site: Path) -> None:
    typed = {"D": 328, "B": "别的", "C": "《资金情况》Z9", "I": "√√", "L": "无"}
    numbers = [row.number for row in rows(site) if not row.text("填报值").startswith("=")]
    cells = {f"{letter}{number}": value for (letter, value), number in zip(typed.items(), numbers, strict=False)}
    alter(paper(site), cells)
    found = told(site)
    assert {finding.code for finding in found} == {"VERIFY-21"}
    assert {finding.at.cell for finding in found} == {*cells, ""}, "a row under another name is missing too"


def test_a_value_changed_after_it_was_read_is_named_with_the_one_on_record(site: Path) -> None:
    number = row_of(site, KEY)
    fill(site, number, E=300)
    assert take(site).new == 1
    alter(paper(site), {f"E{number}": 301})
    (finding,) = told(site)
    assert (finding.at.cell, finding.found, finding.expected) == (f"E{number}", "301", "300")
    alter(paper(site), {f"E{number}": 300, f"F{number}": -1})
    (finding,) = told(site)
    assert finding.at.cell == f"F{number}"


def test_the_copy_kept_of_what_was_read_is_only_kept(site: Path) -> None:
    number = row_of(site, KEY)
    fill(site, number, E=300)
    take(site)
    (kept,) = (site / "13-现场核查" / "收回").glob("*.xlsx")
    shutil.copy(kept, site / "留底.xlsx")
    alter(kept, {f"E{number}": 3000})
    found = told(site)
    assert [finding.at.cell for finding in found] == ["", f"E{number}"]
    assert "收回" in found[0].message
    kept.unlink()
    (finding,) = told(site)
    assert "不在" in finding.message


def test_a_note_below_the_rows_is_a_persons_own_and_a_value_there_is_not(site: Path) -> None:
    below = max(row.number for row in rows(site)) + 2
    alter(paper(site), {f"A{below}": " ", f"G{below}": "现场另有说明"})
    assert told(site) == []
    alter(paper(site), {f"E{below}": "12"})
    (finding,) = told(site)
    assert finding.at.cell == f"E{below}"
    assert "没有填报项" in finding.message


def test_sample_identity_and_rows_are_held_too(site: Path) -> None:
    whole = paper(site).read_bytes()
    drawn = next(row.number for row in rows(site) if not row.text("抽样"))
    alter(paper(site), {f"I{drawn}": "√"})
    assert [finding.at.cell for finding in told(site)] == [f"I{drawn}"]
    paper(site).write_bytes(whole)
    alter(paper(site), {"A2": "随便抽的"}, DRAWN)
    assert [finding.at.sheet for finding in told(site)] == [DRAWN]
    paper(site).write_bytes(whole)
    alter(paper(site), {"B5": "0" * 64}, SIGNED)
    assert [finding.severity.value for finding in told(site)] == ["warning"]
    paper(site).write_bytes(b"PK")
    assert len(told(site)) == 1
