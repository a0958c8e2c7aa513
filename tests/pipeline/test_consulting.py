"""Units are asked, answer, are answered: nothing half taken, nothing typed lost, moved scores traced to opinions."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from toolkit import pipeline
from toolkit.errors import WorkspaceError
from toolkit.excel.read import read_workbook
from toolkit.excel.table import TableRow, read_table
from toolkit.excel.write import with_cells
from toolkit.ledger import EventKind
from toolkit.model import Severity
from toolkit.pipeline.examine.consulting import Consulted, OpinionOrder
from toolkit.pipeline.intake.originals import altered_originals
from toolkit.pipeline.plan.evaluation import Evaluation

NOW = datetime(2026, 2, 3, 9).astimezone()
LATER = datetime(2026, 2, 4, 9).astimezone()


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("opinions") / "南昌"
    pipeline.initialise(folder, "nanchang-2022", NOW)
    pipeline.collect(pipeline.load(folder), (), NOW)
    consult(folder)
    return folder


@pytest.fixture
def place(asked: Path, tmp_path: Path) -> Path:
    return shutil.copytree(asked, tmp_path / "南昌")


@pytest.fixture(scope="module")
def replied_once(asked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(asked, tmp_path_factory.mktemp("replied") / "南昌")
    made = consult(folder, answered(folder, folder.parent / "回复.xlsx"))
    assert made.ok, made.findings
    assert ([reply.opinions for reply in made.replies], made.silent) == ([1], ())
    assert (len(made.undecided), [found.code for found in made.findings]) == (1, ["OPINION-11"])
    return folder


@pytest.fixture
def replied(replied_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(replied_once, tmp_path / "回复过")


def consult(folder: Path, *replies: Path, at: datetime = NOW, settle: bool = False) -> Consulted:
    return pipeline.consult(pipeline.load(folder), OpinionOrder(replies, settle), at)


def sheet_of(path: Path, name: str, *headings: str) -> tuple[TableRow, ...]:
    return read_table(read_workbook(path.read_bytes()), path.name, name, headings).rows


def answered(folder: Path, to: Path, **typed: object) -> Path:
    """A reply with an opinion on the first indicator, unless typed otherwise."""
    form = next((folder / "15-征求意见").glob("*_意见回复表.xlsx"))
    cells = {"G4": "对得分有异议", "H4": "批复齐全", "I4": "批复"} | typed
    to.write_bytes(with_cells(form.read_bytes(), "意见回复表", cells))  # type: ignore[arg-type]
    return to


def decide(folder: Path, **typed: object) -> Path:
    path = folder / "15-征求意见" / "征求意见处理表.xlsx"
    cells = {"K4": "采纳", "L4": "批复属实", "M4": 0, "N4": "甲"} | typed
    path.write_bytes(with_cells(path.read_bytes(), "征求意见处理表", cells))  # type: ignore[arg-type]
    return path


def events(folder: Path, kind: EventKind) -> int:
    with pipeline.load(folder).workspace.ledger() as ledger:
        return len(ledger.events(kind))


def test_every_unit_gets_its_extract_and_its_form_once(place: Path) -> None:
    files = {path: path.read_bytes() for path in (place / "15-征求意见").iterdir()}
    assert {path.name.rsplit("_", 1)[1] for path in files} == {"征求意见稿.docx", "意见回复表.xlsx"}
    again = consult(place, at=LATER)
    assert [one.new for one in again.asked] == [False] * len(again.asked)
    assert {path: path.read_bytes() for path in (place / "15-征求意见").iterdir()} == files
    assert events(place, EventKind.OPINIONS_ASKED) == len(again.asked) == len(again.silent)


def test_the_form_shows_the_scores_of_the_draft(place: Path) -> None:
    form = next((place / "15-征求意见").glob("*_意见回复表.xlsx"))
    shown = {row.text("指标"): row.text("原得分") for row in sheet_of(form, "意见回复表", "指标", "原得分")}
    (sheet,) = pipeline.score(pipeline.load(place), NOW).sheets
    for line in sheet.own_lines:
        if line.state.value == "已评分":
            assert float(shown[line.code]) == pytest.approx(float(line.score), abs=0.005)
    assert shown["其他"] == "—"


def test_the_original_of_a_reply_is_hashed_again_like_every_other(replied: Path) -> None:
    space = pipeline.load(replied).workspace
    with space.ledger() as ledger:
        (event,) = ledger.events(EventKind.OPINIONS_RECEIVED)
    assert altered_originals(space) == []
    (space.originals / event.subject).write_bytes(b"other")
    (problem,) = altered_originals(space)
    assert "回复.xlsx" in problem.message
    assert "被改动过" in problem.message


def test_a_reply_is_recorded_listed_and_settled(replied: Path) -> None:
    form = next((replied / "15-征求意见").glob("*_意见回复表.xlsx"))
    before = float(sheet_of(form, "意见回复表", "原得分")[0].text("原得分"))
    kept = decide(replied, M4=before).read_bytes()
    done = consult(replied, at=LATER, settle=True)
    (handled,) = done.opinions
    assert handled.settlement is not None
    assert (handled.settlement.result, handled.settlement.by) == ("采纳", "甲")
    assert (done.undecided, done.findings, done.asked) == ((), (), ())
    assert (replied / "15-征求意见" / "征求意见处理表.xlsx").read_bytes() == kept, "left as the evaluator saved it"
    consult(replied, at=LATER, settle=True)
    assert events(replied, EventKind.OPINION_SETTLED) == events(replied, EventKind.OPINIONS_RECEIVED) == 1


def test_a_new_value_that_the_score_does_not_have_is_told(replied: Path) -> None:
    decide(replied, M4=0)
    assert [found.code for found in consult(replied, settle=True).findings] == ["OPINION-12"]


def test_a_score_that_moved_is_traced_to_its_opinion(replied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from toolkit.pipeline.examine import draft_extracts

    (opinion,) = consult(replied, settle=True).opinions
    decide(replied, M4=0)
    real = draft_extracts.score

    def lowered(evaluation: Evaluation, *rest: object) -> object:
        """The scores as they are once the evaluators have changed the indicator to 0."""
        sheets = real(evaluation, *rest)  # type: ignore[arg-type]
        return {
            project: replace(
                sheet,
                lines=tuple(
                    replace(line, score=line.score * 0) if line.code == opinion.opinion.indicator else line
                    for line in sheet.lines
                ),
            )
            for project, sheet in sheets.items()
        }

    monkeypatch.setattr(draft_extracts, "score", lowered)
    done = consult(replied, at=LATER)
    (move,) = done.moves
    assert (move.indicator, float(move.after)) == (opinion.opinion.indicator, 0)
    assert [one.opinion.id for one in move.opinions] == [opinion.opinion.id]
    assert done.findings == ()
    path = replied / "15-征求意见" / "征求意见处理表.xlsx"
    (row,) = sheet_of(path, "征求意见处理表", "编号", "变动", "处理结果", "处理理由", "处理人")
    assert row.text("变动") == f"{move.before} → {move.after}"
    assert (row.text("处理结果"), row.text("处理理由"), row.text("处理人")) == ("采纳", "批复属实", "甲")
    assert [one.text("对应意见") for one in sheet_of(path, "得分变动", "对应意见")] == [move.row()[-1]]
    assert "采纳" in move.row()[-1]


def test_with_a_mistake_in_the_list_nothing_is_recorded_and_the_list_stays(replied: Path) -> None:
    kept = decide(replied, N4="").read_bytes()
    done = consult(replied, at=LATER)
    assert ("OPINION-10", "N4") in [(found.code, found.at.cell) for found in done.findings]
    assert not done.ok
    assert (replied / "15-征求意见" / "征求意见处理表.xlsx").read_bytes() == kept
    assert events(replied, EventKind.OPINION_SETTLED) == 0


def test_of_a_reply_with_a_mistake_nothing_is_taken(place: Path, tmp_path: Path) -> None:
    junk = tmp_path / "坏.xlsx"
    junk.write_bytes(b"PK\x03\x04 not a workbook")
    made = consult(place, answered(place, tmp_path / "回复.xlsx", G5="反对"), junk)
    assert {found.code for found in made.findings} == {"OPINION-01", "OPINION-06"}
    assert (made.replies, made.opinions, events(place, EventKind.OPINIONS_RECEIVED)) == ((), (), 0)


def test_two_different_replies_of_one_unit_are_not_chosen_between(place: Path, tmp_path: Path) -> None:
    replies = answered(place, tmp_path / "一.xlsx"), answered(place, tmp_path / "二.xlsx", H4="另一理由")
    made = consult(place, *replies)
    assert [found.code for found in made.findings] == ["OPINION-09"] * 2
    assert made.opinions == ()


def test_a_later_reply_replaces_the_earlier_one_and_a_decision_on_its_words_is_not_carried_over(
    replied: Path, tmp_path: Path
) -> None:
    decide(replied)
    made = consult(replied, answered(replied, tmp_path / "二.xlsx", H4="另一理由"), at=LATER)
    assert [one.opinion.reason for one in made.opinions] == ["另一理由"]
    assert len(made.undecided) == 1
    assert events(replied, EventKind.OPINION_SETTLED) == 1, "what was decided before is on record"
    assert len(made.set_aside) == 1, "the list with the earlier decision is kept beside the new one"


def test_a_reply_after_the_day_of_the_letter_counts_and_is_told_to_be_late(place: Path, tmp_path: Path) -> None:
    due = pipeline.load(place).scheme.timetable.correct_by(NOW.date())
    late = datetime.combine(due, NOW.timetz()) + timedelta(days=1)
    made = consult(place, answered(place, tmp_path / "回复.xlsx"), at=late)
    assert [reply.opinions for reply in made.replies] == [1]
    told = [found.message for found in made.findings if found.code == "OPINION-13"]
    assert told == [f"{made.replies[0].unit}的回复收到于{late.date()}，晚于征求意见稿写明的{due}"]


def test_what_is_not_there_is_told(place: Path, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="找不到意见回复表"):
        consult(place, tmp_path / "没有.xlsx")
    with pytest.raises(WorkspaceError, match="没有意见回复表"):
        consult(place, tmp_path / "南昌" / "15-征求意见" / ".." / "05-核查结果")


def test_the_report_lists_opinions_with_what_was_decided_and_why(replied: Path) -> None:
    from docx import Document

    before = float(
        sheet_of(next((replied / "15-征求意见").glob("*回复表.xlsx")), "意见回复表", "原得分")[0].text("原得分")
    )
    decide(replied, M4=before)
    consult(replied, at=LATER, settle=True)
    written = pipeline.report(pipeline.load(replied), LATER)
    (path,) = (file for file in written.files if file.suffix == ".docx")
    document = Document(str(path))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    opinion = next(row for row in rows if row[4:6] == ["对得分有异议：批复齐全", "采纳"])
    assert opinion[6] == "批复属实"
    assert float(opinion[7]) == before
    assert any("提出意见1条，其中采纳1条" in paragraph.text for paragraph in document.paragraphs)
    assert any("得分没有变动" in paragraph.text for paragraph in document.paragraphs)
    assert [found.code for found in pipeline.verify(pipeline.load(replied), LATER).findings] == []
    decide(replied, M4=before, G4=99)
    (found,) = pipeline.verify(pipeline.load(replied), LATER).findings
    assert (found.code, found.at.sheet, found.at.cell) == ("VERIFY-21", "征求意见处理表", "G4")
    decide(replied, M4=before - 1, G4=before)
    (found,) = pipeline.verify(pipeline.load(replied), LATER).findings
    assert (found.severity, found.at.cell) == (Severity.WARNING, "M4"), "what is on record is another value"
