"""Mail in the whole evaluation: packages out, replies in, reminders with the very cells, a ledger to hand in."""

import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.distribute.imap_server import PASSWORD, USER, imap_server, put
from tests.distribute.mail_server import Handler, mail_server
from tests.pipeline.conftest import call
from toolkit import pipeline
from toolkit.distribute import Deadline, PostState
from toolkit.errors import SchemeError
from toolkit.excel.calculation import Calculation
from toolkit.excel.read import read_workbook
from toolkit.ledger import EventKind
from toolkit.model import Timetable
from toolkit.pipeline.dispatch.mailing import How, MailOrder
from toolkit.pipeline.dispatch.outstanding import owed

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
PREVIEW, DRAFTS = MailOrder(How.PREVIEW, {}), MailOrder(How.DRAFTS, {})
UNITS, WITHOUT_RETURN = 27, "江苏省南通专用通信局"
ADDRESSES = 27  # one unit has two, the partner of the joint project none


def by_mail(port: int) -> MailOrder:
    said = {"HOST": "127.0.0.1", "PORT": str(port), "SECURITY": "none", "FROM": "pj@agency.cn", "PAUSE": "0"}
    return MailOrder(How.EMAIL, {f"JIXIAO_SMTP_{name}": value for name, value in said.items()})


def parsed(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def files_below(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and "sqlite3" not in path.name}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new evaluation, before anything was sent."""
    folder = tmp_path_factory.mktemp("new") / "南通"
    call("init", folder, "--sample", "nantong-2024")
    return folder


@pytest.fixture
def fresh(made: Path, tmp_path: Path) -> Path:
    """A copy to work in."""
    return Path(shutil.copytree(made, tmp_path / "南通"))


def test_without_a_deadline_nothing_is_sent(made: Path) -> None:
    """The data cut-off is no deadline, and neither is the day of the letter."""
    evaluation = pipeline.load(made)
    undated = replace(evaluation, scheme=replace(evaluation.scheme, timetable=Timetable()))
    with pytest.raises(SchemeError, match="没有写报送截止日"):
        pipeline.send_mail(undated, MailOrder(How.NONE, {}), NOW)
    assert not list(undated.workspace.packages.iterdir())


def test_a_preview_says_who_gets_what_and_leaves_nothing_behind(fresh: Path) -> None:
    before = files_below(fresh)
    shown = pipeline.send_mail(pipeline.load(fresh), PREVIEW, NOW).as_json()
    assert files_below(fresh) == before
    assert "packages" not in shown
    ready = [one for one in shown["mail"]["mails"] if one["state"] == "ready"]
    assert len(ready) == ADDRESSES
    assert {one["attachments"][0]["name"] for one in ready} >= {"市教育局.zip", "市住建局.zip"}
    with pipeline.Workspace.open(fresh).ledger() as ledger:
        assert ledger.events(EventKind.DISPATCHED) == ()


@pytest.mark.parametrize(("days", "warned"), [(0, False), (1, True)])
def test_letters_that_ask_for_an_answer_by_a_day_gone_by_are_told(made: Path, days: int, *, warned: bool) -> None:
    """On the day itself units can still answer."""
    evaluation = pipeline.load(made)
    evaluation = replace(evaluation, scheme=replace(evaluation.scheme, timetable=Timetable(due=NOW.date())))
    shown = pipeline.send_mail(evaluation, PREVIEW, NOW + timedelta(days=days))
    assert shown.warning.startswith(f"方案里的报送截止日已过{days}天") is warned
    assert shown.as_json()["warning"] == shown.warning


def test_every_unit_is_mailed_its_own_package_once(fresh: Path) -> None:
    handler, evaluation = Handler(), pipeline.load(fresh)
    with mail_server(handler) as port:
        first = pipeline.send_mail(evaluation, by_mail(port), NOW)
        again = pipeline.send_mail(evaluation, by_mail(port), NOW + timedelta(days=1))
    assert first.mailed is not None
    assert again.mailed is not None
    assert first.mailed.count(PostState.SENT) == ADDRESSES
    assert again.mailed.count(PostState.ALREADY_SENT) == ADDRESSES
    assert {len(box) for box in handler.boxes.values()} == {1}
    for posting in first.mailed.postings:
        if posting.address:
            mail = parsed(handler.boxes[posting.address][0])
            files = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
            package = evaluation.workspace.packages / f"{posting.mail.unit}.zip"
            assert files[package.name] == package.read_bytes()
            assert posting.mail.unit in mail["Subject"]


def test_drafts_open_in_a_mail_program(fresh: Path) -> None:
    said = call("send", "-w", fresh, "--drafts", code=1)  # 1: a partner unit has no address
    drafts = sorted(Path(said["mail"]["folder"]).glob("*.eml"))
    assert len(drafts) == len(said["packages"])
    mails = [parsed(path.read_bytes()) for path in drafts]
    assert {mail["X-Unsent"] for mail in mails} == {"1"}
    assert [one["unit"] for one in said["mail"]["mails"] if one["state"] == "no_address"]


def test_a_missing_account_is_told_before_anything_is_written(fresh: Path) -> None:
    said = call("send", "-w", fresh, "--email", code=3)
    assert "JIXIAO_SMTP_HOST" in said["error"]
    assert not list((fresh / "02-下发包").iterdir())


def test_replies_go_into_the_inbox_once_each_under_safe_names(demo_copy: Path) -> None:
    evaluation, inbox = pipeline.load(demo_copy), demo_copy / "03-收件箱"
    before = set(inbox.iterdir())
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "经办人 <u@units.cn>", "回复：采集表", "<1@units.cn>"
    mail.set_content("附件请查收")
    for name, data in (("..\\..\\表.xlsx", b"first"), ("表.xlsx", b"second"), ("tcmime.bin", b"third")):
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    with imap_server() as port:
        put(port, "评价", mail)
        said = {"HOST": "127.0.0.1", "PORT": str(port), "SECURITY": "none", "USER": USER, "PASSWORD": PASSWORD}
        environ = {f"JIXIAO_IMAP_{name}": value for name, value in {**said, "FOLDER": "评价"}.items()}
        fetched = pipeline.fetch(evaluation, environ, NOW)
        saved = {path.name: path.read_bytes() for path in set(inbox.iterdir()) - before}
        assert saved == {"表.xlsx": b"first", "表(2).xlsx": b"second", "tcmime.bin": b"third"}
        assert fetched.mails == 1
        for path in set(inbox.iterdir()) - before:
            path.unlink()  # a user who has dealt with them; they must not come again
        assert pipeline.fetch(evaluation, environ, NOW).as_json()["files"] == []
        put(port, "评价", mail)  # the same mail delivered twice by its server
        assert pipeline.fetch(evaluation, environ, NOW).as_json()["files"] == []
    assert set(inbox.iterdir()) == before


def words_of(document: bytes) -> str:
    from docx import Document

    opened = Document(BytesIO(document))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in opened.paragraphs] + cells)


def test_what_was_never_returned_is_reminded_with_the_cells_the_form_itself_counts_as_missing(fresh: Path) -> None:
    evaluation = pipeline.load(fresh)
    pipeline.send(evaluation, NOW)
    reminder = owed(evaluation, NOW.date())[0][0]
    missing = reminder.projects[0].missing
    form = Calculation(read_workbook(evaluation.template.stamp(reminder.projects[0].project)))
    assert form.named("自检_缺项合计") == ((len(missing),),)
    assert {cell.sheet for cell in missing} >= {"项目基本信息", "资金情况", "指标信息", "佐证材料清单"}


def test_a_reminder_says_what_is_wrong_and_only_open_units_get_one(demo_copy: Path) -> None:
    reminded = pipeline.remind(pipeline.load(demo_copy), DRAFTS, NOW)
    said = reminded.as_json()
    owed_by = {one["unit"]: one["projects"] for one in said["units"]}
    assert 0 < len(owed_by) < UNITS
    assert owed_by[WITHOUT_RETURN][0]["state"] == "refused", "it sent a PDF"
    letter = words_of(next(path for path in reminded.letters if WITHOUT_RETURN in path.name).read_bytes())
    assert "未能接收" in letter
    assert "{" not in letter
    assert reminded.mailed is not None
    for posting in reminded.mailed.postings:
        for project in owed_by[posting.mail.unit]:
            assert project["name"] in posting.mail.body
            assert all(cell["message"] in posting.mail.body for cell in project["corrections"])
    with pipeline.Workspace.open(demo_copy).ledger() as ledger:
        assert {event.unit for event in ledger.events(EventKind.REMINDED)} == set(owed_by)


def test_a_second_reminder_on_one_day_is_mailed_to_nobody_again(demo_copy: Path) -> None:
    handler, evaluation = Handler(), pipeline.load(demo_copy)
    with mail_server(handler) as port:
        for day in (0, 0, 1):
            pipeline.remind(evaluation, by_mail(port), NOW + timedelta(days=day))
    assert {len(box) for box in handler.boxes.values()} == {2}


def test_nobody_is_reminded_of_what_was_never_sent(fresh: Path) -> None:
    reminded = pipeline.remind(pipeline.load(fresh), PREVIEW, NOW)
    assert reminded.reminders == ()
    assert len(reminded.not_dispatched) == 39


@pytest.mark.parametrize(
    ("today", "words", "wish"),
    [
        (date(2024, 12, 10), "报送截止日为2024年12月20日，距今还有10天", "于2024年12月20日前"),
        (date(2024, 12, 20), "报送截止日为2024年12月20日，即今天", "于今天"),
        (date(2026, 11, 28), "报送截止日为2024年12月20日，现已过期", "于2024年12月30日前"),
        (date(2024, 12, 23), "报送截止日为2024年12月20日，已逾期3天", "于2024年12月30日前"),
    ],
)
def test_days_left_are_counted_from_the_day_given(today: date, words: str, wish: str) -> None:
    later = date(2024, 12, 30)
    deadline = Deadline(date(2024, 12, 20), today, later)
    assert (deadline.words(), deadline.wish()) == (words, wish)
    assert Deadline(None, today, later).wish() == "于2024年12月30日前"


def test_the_ledger_is_handed_in_as_a_workbook(demo_copy: Path, tmp_path: Path) -> None:
    file = tmp_path / "台账.xlsx"
    call("correct", "-w", demo_copy)
    said = call("ledger", "export", file, "-w", demo_copy)
    assert said["ok"]
    with ZipFile(file) as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert "工作台账" in text
    assert "下发" in text
    listed = [one.count("、") for one in re.findall(r"开放：[^；<]*", text)]
    assert max(listed) == 11, "of fifty cells the first twelve"
    assert re.search(r"开放：[^；<]*等\d+项", text)


def test_an_altered_ledger_is_found_out(demo_copy: Path) -> None:
    import sqlite3

    assert call("ledger", "verify", "-w", demo_copy)["ok"]
    with sqlite3.connect(demo_copy / "台账.sqlite3") as hand:
        hand.execute("DROP TRIGGER event_no_update")
        hand.execute("UPDATE event SET unit='别的单位' WHERE seq=5")
    said = call("ledger", "verify", "-w", demo_copy, code=1)
    assert [(one["kind"], one["seq"]) for one in said["problems"]] == [("altered", 5)]


def test_a_mail_nobody_can_take_apart_is_kept_and_the_next_one_fetched(demo_copy: Path) -> None:
    inbox = demo_copy / "03-收件箱"
    before = set(inbox.iterdir())
    many, good = EmailMessage(), EmailMessage()
    for number, mail in enumerate((many, good)):
        mail["From"], mail["Subject"], mail["Message-ID"] = "u@units.cn", "采集表", f"<{number}@units.cn>"
        mail.set_content("附件请查收")
    for number in range(501):
        many.add_attachment(b"x", maintype="application", subtype="octet-stream", filename=f"{number}.bin")
    long = b"From: " + b"(" * 740 + b"\r\nMessage-ID: <long@units.cn>\r\n\r\n"
    good.add_attachment(b"good", maintype="application", subtype="octet-stream", filename="表.xlsx")
    with imap_server() as port:
        put(port, "评价", many, long, good)
        said = {"HOST": "127.0.0.1", "PORT": str(port), "SECURITY": "none", "USER": USER, "PASSWORD": PASSWORD}
        environ = {f"JIXIAO_IMAP_{name}": value for name, value in {**said, "FOLDER": "评价"}.items()}
        fetched = pipeline.fetch(pipeline.load(demo_copy), environ, NOW)
    (problem,) = (file.problem for file in fetched.files if file.problem)
    assert "附件过多" in problem
    assert "邮件原文已存入收件箱" in problem
    saved = {path.name: path.read_bytes() for path in set(inbox.iterdir()) - before}
    assert saved["表.xlsx"] == b"good"
    assert saved["无法拆开的邮件.eml"].count(b"Content-Disposition") == 501
