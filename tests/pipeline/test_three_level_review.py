"""Sign-offs at three levels: forty attacks on a signed evaluation, and each names the sign-offs that fell."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from toolkit import pipeline
from toolkit.errors import WorkspaceError
from toolkit.excel.read import read_workbook
from toolkit.excel.sheet_patch import patch_cells
from toolkit.excel.table import read_table
from toolkit.excel.write import with_cells
from toolkit.model import Severity
from toolkit.people import Signature, State, digest
from toolkit.people.signing import INPUTS, why_fallen
from toolkit.pipeline import NoteRequest
from toolkit.pipeline.examine.review_board import ReviewBoard, by_project
from toolkit.pipeline.plan.workspace import Workspace

NOW = datetime(2026, 2, 3, 9).astimezone()
SIGNERS = (("初评", "甲"), ("复核", "乙"), ("质控", "丙"))
ALL = "*"


def board(folder: Path) -> ReviewBoard:
    return pipeline.review_board(pipeline.load(folder), NOW)


def sign(folder: Path, level: str, by: str, indicators: tuple[str, ...] = ()) -> ReviewBoard:
    return pipeline.sign(pipeline.load(folder), level, by, (), indicators, NOW)


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review") / "南昌"
    pipeline.initialise(folder, "nanchang-2022", NOW)
    pipeline.collect(pipeline.load(folder), (), NOW)
    return folder


@pytest.fixture(scope="module")
def signed_once(collected: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signed") / "南昌"
    shutil.copytree(collected, folder)
    for level, by in SIGNERS:
        assert sign(folder, level, by).new == len(board(folder).reviews)
    assert set(board(folder).projects().values()) == {State.REVIEWED}
    return folder


@pytest.fixture
def unsigned(collected: Path, tmp_path: Path) -> Path:
    return shutil.copytree(collected, tmp_path / "南昌")


@pytest.fixture
def signed(signed_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(signed_once, tmp_path / "南昌")


@dataclass(frozen=True)
class Attack:
    """Something done to a signed evaluation behind the signers' backs; ``fell``: indicators, and what of them."""

    name: str
    do: Callable[[Path], None]
    fell: frozenset[str]
    what: str


def opinion(column: str, row: int, value: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = Workspace.open(folder).opinions
        path.write_bytes(with_cells(path.read_bytes(), "评审意见", {f"{column}{row}": value}))  # type: ignore[dict-item]

    return change


def scheme(**cells: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = Workspace.open(folder).scheme
        path.write_bytes(with_cells(path.read_bytes(), "指标", cells))  # type: ignore[arg-type]

    return change


def database(statement: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        connection = sqlite3.connect(folder / "台账.sqlite3")
        connection.executescript(f"DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete; {statement}")
        connection.close()

    return change


def original(change: Callable[[Path], object]) -> Callable[[Path], None]:
    def attack(folder: Path) -> None:
        (path,) = Workspace.open(folder).originals.iterdir()
        change(path)

    return attack


def resolved(key: str, value: str) -> Callable[[Path], None]:
    """A verified value put on record by a later decision."""

    def change(folder: Path) -> None:
        from toolkit.ledger.kinds import Action, Resolved

        details = Resolved(action=Action.OVERRIDE, key=key, value=value, number=True, by="丁", reason="另查")
        with Workspace.open(folder).ledger() as ledger:
            ledger.record(details, at=NOW, once=f"x:{key}", project="1", subject="READ-45")

    return change


_SIGNED = "kind='signed' AND subject='{}'"
_OPINIONS = [
    Attack(f"opinion {code} {what}", opinion(column, row, value), frozenset({code}), "评审意见")
    for row, code in ((4, "D101"), (5, "D102"), (6, "D201"))
    for what, column, value in (
        ("value", "I", 0.25), ("reason", "J", "改写的理由"), ("evidence", "K", "E01"), ("evaluator", "L", "别人"),
        ("reviewer", "M", "另一人"), ("cleared", "I", ""),
    )
]  # fmt: skip
_LOG_LINES = [
    Attack(f"log {code} {what}", database(statement.format(_SIGNED.format(code))), frozenset({code}), "签字记录")
    for code in ("A101", "B101")
    for what, statement in (
        ("signer", "UPDATE event SET detail=replace(detail,'乙','戊') WHERE {} AND detail LIKE '%乙%'"),
        ("time", "UPDATE event SET at='2020-01-01T00:00:00+00:00' WHERE {}"),
        ("hash", "UPDATE event SET hash='{{}}' WHERE {} AND detail LIKE '%丙%'".replace("{{}}", "0" * 64)),
        ("deleted", "DELETE FROM event WHERE {} AND detail LIKE '%丙%'"),
        ("inputs", "UPDATE event SET detail=replace(detail,'原件','原稿') WHERE {}"),
        ("once", "UPDATE event SET once_key=once_key||'x' WHERE {}"),
    )
]
_ORIGINALS = [
    Attack("original replaced by text", original(lambda path: path.write_text("x")), frozenset({ALL}), "原件"),
    Attack("original replaced", original(lambda path: path.write_bytes(b"PK")), frozenset({ALL}), "原件"),
    Attack("original gone", original(lambda path: path.unlink()), frozenset({ALL}), "原件"),
    Attack("original emptied", original(lambda path: path.write_bytes(b"")), frozenset({ALL}), "原件"),
]  # fmt: skip
_LATE = "延期扣=0.5；延期月数=1；完成日期"
_RULES = [
    Attack(f"deadline {code}", scheme(**{cell: f"起=2022-02-01；止={day}；{_LATE}={field}"}), frozenset({code}), "规则")
    for code, cell, day, field in (
        ("C302", "G33", "2022-07-30", "等保测评日期"),
        ("C303", "G34", "2022-08-01", "功能性能测评日期"),
        ("C304", "G35", "2022-10-01", "密码测评日期"),
    )
]


def rows(name: str, sheet: str, change: Callable[[Worksheet], None]) -> Callable[[Path], None]:
    """Rows of a workbook changed as a person does it."""

    def attack(folder: Path) -> None:
        book = openpyxl.load_workbook(folder / name)
        change(book[sheet])
        book.save(folder / name)

    return attack


def rolled_back(folder: Path) -> None:
    """The ledger as it was before anybody signed."""
    database("DELETE FROM event WHERE seq >= (SELECT min(seq) FROM event WHERE kind='signed')")(folder)


def returned_again(folder: Path) -> None:
    """A later file of the unit, with another amount."""
    (first,) = (folder / "03-收件箱").glob("*.xlsx")
    slot = pipeline.load(folder).template.layout.slots["实际支出资金"]
    later = patch_cells(first.read_bytes(), {(slot.sheet, slot.cell): 300})
    (folder / "03-收件箱" / f"更正_{first.name}").write_bytes(later)
    pipeline.collect(pipeline.load(folder), (), NOW + timedelta(days=1))


_POINTS = "立项有法律法规和国家政策作依据（2分）\n建设方向与行业规划一致（0.5分）\n没有与其他项目重复（0.5分）"
_UPDATE = "UPDATE event SET {} WHERE {}"


def b201(change: str) -> Callable[[Path], None]:
    """The records of the signatures over B201 changed."""
    return database(_UPDATE.format(change, _SIGNED.format("B201")))


_OTHERS = [
    Attack("points of A101 weighed anew", scheme(H4=_POINTS), frozenset({"A101"}), "规则"),
    Attack("opinion taken out", rows("评审意见.xlsx", "评审意见", lambda sheet: sheet.delete_rows(4)),
           frozenset({"D101"}), "评审意见"),
    Attack("opinions gone", lambda folder: (folder / "评审意见.xlsx").unlink(),
           frozenset({"B201", "D101", "D102", "D201"}), "评审意见"),
    Attack("cause of a loss rewritten", rows("评审意见.xlsx", "失分情况", lambda sheet: sheet.cell(4, 10, "别的原因")),
           frozenset({"B201"}), "评审意见"),
    Attack("a later return", returned_again, frozenset({ALL}), "原件"),
    Attack("ledger rolled back", rolled_back, frozenset({ALL}), "签字记录"),
    Attack("all signatures deleted", database("DELETE FROM event WHERE kind='signed'"), frozenset({ALL}), "签字记录"),
    Attack("receipts deleted", database("DELETE FROM event WHERE kind='received'"), frozenset({ALL}), "原件"),
    Attack("receipts of another file", database(_UPDATE.format(f"subject='{'0' * 64}'", "kind='received'")),
           frozenset({ALL}), "原件"),
    Attack("moved to another indicator", b201("subject='B202'"),
           frozenset({"B201"}), "签字记录"),
    Attack("moved to another project", b201("project='2'"),
           frozenset({"B201"}), "签字记录"),
    Attack("made a note", b201("kind='noted'"), frozenset({"B201"}), "签字记录"),
    Attack("made unreadable", b201("detail='x'"), frozenset({"B201"}), "签字记录"),
    Attack("emptied", b201("detail='{}'"), frozenset({"B201"}), "签字记录"),
    Attack("quality control made first rating",
           b201("detail=replace(detail,'质控','初评')"),
           frozenset({"B201"}), "签字记录"),
    Attack("names exchanged", b201("detail=replace(detail,'丙','甲')"),
           frozenset({"B201"}), "签字记录"),
]  # fmt: skip
"""Found by trying things nobody had thought of while the sign-offs were written."""


def test_there_are_forty_of_them() -> None:
    assert len(ATTACKS) >= 40


def _values() -> list[Attack]:
    return [
        Attack("arrived funds decided", resolved("实际到位资金", "1"), frozenset(), "取值"),
        Attack("spent funds decided", resolved("实际支出资金", "1"), frozenset(), "取值"),
        Attack("budget decided", resolved("预算资金", "1"), frozenset(), "取值"),
    ]


ATTACKS = [*_OPINIONS, *_LOG_LINES, *_ORIGINALS, *_RULES, *_values(), *_OTHERS]
TRIED = ATTACKS if os.environ.get("JIXIAO_FULL") == "1" else [*ATTACKS[3:40:9], *_OTHERS[5::5]]


@pytest.mark.parametrize("attack", TRIED, ids=[attack.name for attack in TRIED])
def test_an_attack_names_the_sign_offs_that_fell(signed: Path, attack: Attack) -> None:
    attack.do(signed)
    after = board(signed)
    everything = {code for _, code in after.reviews}
    fell = {review.indicator for review in after.reviews.values() if review.fallen}
    if attack.fell == {ALL}:
        assert fell == everything
    elif attack.fell:
        assert fell == attack.fell
    else:
        assert fell
        assert fell < everything
    assert {finding.indicator for finding in after.findings} == fell
    assert all(attack.what in finding.message for finding in after.findings), [one.message for one in after.findings]
    assert after.blockers()


@pytest.mark.parametrize(
    ("change", "code"),
    [(scheme(A22="C299"), "C201"), (scheme(M9='=立项年度="2021年"'), "A302")],
    ids=["renamed", "never"],
)
def test_a_signed_indicator_taken_out_is_named(signed: Path, change: Callable[[Path], None], code: str) -> None:
    change(signed)
    told = [finding for finding in board(signed).findings if finding.code == "SIGN-02"]
    assert [(finding.indicator, finding.severity) for finding in told] == [(code, Severity.WARNING)] * 3
    assert all(finding.hint for finding in told)


def test_a_note_taken_out_of_the_ledger_still_stands(signed: Path) -> None:
    note = put(signed, by="乙", text="依据是什么", project="1", indicator="A101").notes[0]
    database("UPDATE event SET detail=replace(detail,'依据是什么','没有意见') WHERE kind='noted'")(signed)
    assert [(kept.id, kept.text) for kept in board(signed).notes] == [(note.id, "依据是什么")]
    connection = sqlite3.connect(signed / "台账.sqlite3")
    connection.executescript("DELETE FROM event WHERE kind='noted'")
    connection.close()
    assert [kept.id for kept in board(signed).notes] == [note.id]
    with pytest.raises(WorkspaceError, match="没有关闭"):
        pipeline.refuse_final(pipeline.load(signed), NOW)


def test_only_the_touched_sign_off_is_signed_again(signed: Path) -> None:
    opinion("I", 4, 0.25)(signed)
    assert board(signed).reviews["1", "D101"].state is State.CHANGED
    for level, by in SIGNERS:
        assert sign(signed, level, by).new == 1
    assert set(board(signed).projects().values()) == {State.REVIEWED}
    opinion("I", 4, 1)(signed)  # back to what the first signatures were given for: they hold again
    assert board(signed).ok


def test_another_name_of_the_project_takes_its_sign_offs_and_the_first_name_gives_them_back(signed: Path) -> None:
    path = Workspace.open(signed).roster
    before = path.read_bytes()
    path.write_bytes(with_cells(before, "项目清单", {name_cell(before): "另一个项目"}))
    after = board(signed)
    assert set(after.projects().values()) == {State.CHANGED}
    assert {finding.found for finding in after.findings} == {"项目"}
    path.write_bytes(before)
    assert board(signed).ok


def name_cell(roster: bytes) -> str:
    row = read_table(read_workbook(roster), "项目清单.xlsx", "项目清单", ("项目名称",)).rows[0]
    return str(row.at("项目名称").cell)


def test_a_signature_of_an_earlier_version_is_not_judged_by_what_it_does_not_say() -> None:
    now = {name: digest(name) for name in INPUTS}
    old = {name: text for name, text in now.items() if name not in ("项目", "指标名称")}
    signature = Signature("1", "A101", "初评", "甲", "2025-01-01 09:00", old)
    assert why_fallen(signature, now) == ()
    assert why_fallen(signature, now | {"佐证": ""}) == ("佐证",)
    assert why_fallen(replace(signature, inputs=now), now | {"项目": ""}) == ("项目",)


def test_what_is_no_input_touches_no_sign_off(signed: Path) -> None:
    scheme(J4="另一种解释", I4="很充分")(signed)
    pipeline.check(pipeline.load(signed), NOW)
    pipeline.run(pipeline.load(signed), NOW + timedelta(days=3))
    assert board(signed).ok
    pipeline.refuse_final(pipeline.load(signed), NOW)


def test_states_follow_the_work(unsigned: Path) -> None:
    assert set(board(unsigned).projects().values()) == {State.NOT_RATED}
    with pytest.raises(WorkspaceError, match="还没有有效的初评签字"):
        sign(unsigned, "复核", "乙")
    sign(unsigned, "初评", "甲")
    assert set(board(unsigned).projects().values()) == {State.RATED}
    with pytest.raises(WorkspaceError, match="“甲”签的，不能再签复核"):
        sign(unsigned, "复核", "甲")
    sign(unsigned, "复核", "乙", ("A101",))
    assert board(unsigned).reviews["1", "A101"].state is State.UNDER_REVIEW
    with pytest.raises(WorkspaceError, match="还没有有效的复核签字"):
        sign(unsigned, "质控", "丙")
    sign(unsigned, "质控", "丙", ("A101",))
    assert board(unsigned).reviews["1", "A101"].state is State.REVIEWED
    with pytest.raises(WorkspaceError, match="没有：指标Z999"):
        sign(unsigned, "初评", "甲", ("Z999",))


def test_nothing_is_signed_and_nobody_asked_before_a_return_came(tmp_path: Path) -> None:
    pipeline.initialise(tmp_path / "南昌", "nanchang-2022", NOW)
    with pytest.raises(WorkspaceError, match="还没有收到报送件"):
        sign(tmp_path / "南昌", "初评", "甲")
    with pytest.raises(WorkspaceError, match="还没有收到报送件"):
        pipeline.consult(pipeline.load(tmp_path / "南昌"), pipeline.OpinionOrder(), NOW)
    assert not list((tmp_path / "南昌").glob("15-*/*")), "no draft was written"


def put(folder: Path, **request: str) -> ReviewBoard:
    pipeline.note(pipeline.load(folder), NoteRequest(**request), NOW)
    return board(folder)


def test_a_note_is_answered_by_another_and_closed_by_its_author(signed: Path) -> None:
    with pytest.raises(WorkspaceError, match="没有写明意见针对哪里"):
        put(signed, by="乙", text="依据是什么", project="1")
    with pytest.raises(WorkspaceError, match="没有填报格"):
        put(signed, by="乙", text="依据是什么", project="1", cell="资金情况!ZZ99")
    note = put(signed, by="乙", text="依据是什么", project="1", indicator="A101").notes[0]
    assert board(signed).reviews["1", "A101"].state is State.UNDER_REVIEW
    with pytest.raises(WorkspaceError, match="没有关闭"):
        pipeline.refuse_final(pipeline.load(signed), NOW)
    with pytest.raises(WorkspaceError, match="还没有回复"):
        put(signed, by="乙", close=note.id)
    with pytest.raises(WorkspaceError, match="提出人不能自己回复"):
        put(signed, by="乙", text="见批复", answer=note.id)
    put(signed, by="甲", text="见批复", answer=note.id)
    with pytest.raises(WorkspaceError, match="只能由提出人"):
        put(signed, by="甲", close=note.id)
    after = put(signed, by="乙", close=note.id)
    assert after.notes[0].answers == (("甲", "见批复"),)
    assert set(after.projects().values()) == {State.REVIEWED}
    with pytest.raises(WorkspaceError, match="已由乙关闭"):
        put(signed, by="甲", text="再说", answer=note.id)


def test_a_note_on_a_paragraph_of_a_report(signed: Path) -> None:
    pipeline.run(pipeline.load(signed), NOW)
    (report, *_) = sorted(Workspace.open(signed).reports.glob("*.docx"))
    from toolkit.word.package import body_texts

    words = next(text for text in body_texts(report.read_bytes()) if len(text) > 30)
    note = put(signed, by="乙", text="换个说法", project="1", paragraph=words[:20]).notes[0]
    assert "段：" in note.place
    with pytest.raises(WorkspaceError, match="没有含"):
        put(signed, by="乙", text="x", project="1", paragraph="报告里没有的一句话")


def test_the_number_of_a_project_does_not_run_into_how_many_indicators() -> None:
    lacking = [("1", code, "缺初评签字") for code in ("A101", "A102")]
    assert by_project(lacking, ["1"]) == ["项目1的2个指标（A101、A102）缺初评签字"]
    assert by_project(lacking[:1], ["1"]) == ["项目1指标A101缺初评签字"]


def test_what_holds_for_many_projects_alike_is_one_line() -> None:
    order = ["1", "2", "3", "5", "6"]
    lacking = [(project, code, "缺初评签字") for project in ("1", "2", "3", "6") for code in ("A101", "A102")]
    assert by_project([*lacking, ("5", "A101", "缺初评签字")], order) == [
        "4个项目（1至3、6）各有2个指标（A101、A102）缺初评签字",
        "项目5指标A101缺初评签字",
    ]
    assert by_project([("1", "A101", "还没有评定"), ("5", "A101", "还没有评定")], order) == [
        "2个项目（1、5）的指标A101还没有评定"
    ]


def test_where_something_happened_is_said_in_words() -> None:
    assert str(WorkspaceError("不行", where=Path(), what_to_do="改")) == "不行；位置：当前文件夹；请这样处理：改"
