"""A worker that hangs, dies or fails costs one verdict."""

import os
import subprocess
import sys
import threading
import time
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.collect.damage import packed
from tests.collect.moody import moody
from tests.collect.returned import clean, context, read
from toolkit.collect.answer import Ended, Failed, Member, Plain, Ready, packed_answer, plain_answer
from toolkit.collect.child import ChildProcess, can_copy
from toolkit.collect.page_count import Look
from toolkit.collect.unzip import CannotUnpackError
from toolkit.collect.worker import IsolatedReader, WorkerLimits, read_batch
from toolkit.model.plain import DamagedValueError


def test_one_bad_file_never_stops_a_batch():
    names = ["好", "hang", "die", "好2", "fail", "eat", "好3"]
    outcomes = list(read_batch(((clean(), name) for name in names), context(), limits=WorkerLimits(3.0), read=moody))
    assert [one.file_name for one in outcomes] == names
    assert [one.accepted for one in outcomes] == [True, False, False, True, False, False, True]
    reasons = [one.reason for one in outcomes if not one.accepted]
    assert [
        word in reason for word, reason in zip(("时限", "异常退出", "坏", "内存超过上限"), reasons, strict=True)
    ] == [True] * 4


def test_what_a_library_prints_is_not_shown(capfd):
    with IsolatedReader(context(), read=moody) as reader:
        assert reader.read(clean(), "shout").accepted
    assert capfd.readouterr().err == ""


def test_the_worker_gives_the_same_answer():
    with IsolatedReader(context()) as reader:
        assert reader.read(clean(), "表.xlsx") == read(clean(), "表.xlsx")
        assert not reader.read(b"%PDF", "表.xlsx").accepted


def zipped(entries: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_archives_and_mails_are_opened_in_the_worker():
    mail = EmailMessage()
    mail["Subject"] = "报送"
    mail.set_content("附件")
    mail.add_attachment(b"data", maintype="application", subtype="octet-stream", filename="表.xlsx")
    with IsolatedReader(context()) as reader:
        assert list(reader.unpacked(zipped({"甲/表.xlsx": b"1", "乙.pdf": b"2"}), is_mail=False)) == [
            ("乙.pdf", b"2"),
            ("甲/表.xlsx", b"1"),
        ]
        assert list(reader.unpacked(mail.as_bytes(), is_mail=True)) == [("表.xlsx", b"data")]
        assert reader.read(clean(), "表.xlsx").accepted


@pytest.mark.parametrize(
    ("made", "is_mail", "words"),
    [
        (lambda: b"PK\x03\x04 broken", False, "已损坏"),
        (lambda: zipped({f"{number}.txt": b"" for number in range(2_001)}), False, "文件过多"),
        (lambda: zipped({"大.bin": bytes(200_000_001)}), False, "解开后超过"),
        (lambda: b"Subject: a\r\nFrom: b\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
         + b"--x\r\n\r\na\r\n" * 501 + b"--x--", True, "附件过多"),
    ],
    ids=["damaged", "entries", "bomb", "parts"],
)  # fmt: skip
def test_an_archive_that_holds_too_much_says_so_and_the_worker_goes_on(made, is_mail, words):
    with IsolatedReader(context()) as reader:
        with pytest.raises(CannotUnpackError, match=words):
            list(reader.unpacked(made(), is_mail=is_mail))
        assert reader.read(clean(), "表.xlsx").accepted


def test_an_archive_with_millions_of_entries_costs_us_little():
    """A directory of 3.9 million entries: the worker's time limit ends it, not ours, and the next file is read."""
    directory = (b"PK\x01\x02" + bytes(42)) * 3_900_000
    end = b"PK\x05\x06" + bytes(4) + b"\xff\xff\xff\xff" + len(directory).to_bytes(4, "little") + bytes(6)
    before = time.process_time()
    with IsolatedReader(context(), WorkerLimits(seconds=2.0)) as reader:
        with pytest.raises(CannotUnpackError):
            list(reader.unpacked(directory + end, is_mail=False))
        assert reader.read(clean(), "表.xlsx").accepted
    assert time.process_time() - before < 3


def test_a_script_without_a_main_guard_reads(tmp_path):
    """Nothing of the calling program is imported again by its worker."""
    script = tmp_path / "script.py"
    script.write_text(
        "from tests.collect.returned import clean, context\n"
        "from toolkit.collect.worker import IsolatedReader\n"
        "with IsolatedReader(context()) as reader:\n"
        "    print(reader.read(clean(), 'a.xlsx').accepted)\n",
        encoding="utf-8",
    )
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, str(script)], check=False, capture_output=True, timeout=60, env=env)
    assert done.stdout.strip() == b"True", done.stderr


def test_a_worker_takes_no_program_from_the_folder_the_user_is_in(tmp_path, monkeypatch):
    """A folder of received files may hold anything, a queue.py too."""
    for name in ("toolkit", "queue"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with IsolatedReader(context()) as reader:
        assert reader.read(clean(), "表.xlsx").accepted


def test_a_worker_that_does_not_start_in_time_costs_a_verdict():
    with IsolatedReader(context(), WorkerLimits(start=0.0)) as reader:
        assert "时限" in reader.read(clean(), "表.xlsx").reason


@pytest.mark.parametrize(
    "forged",
    [
        b"ctoolkit.collect.unzip\nZipFile\n(V%s\nVw\ntR.",
        b"cpathlib\nPath\n(V%s\ntR.",
        b"ctoolkit.collect.intake\nPath\n(V%s\ntR.",
        b"cbuiltins\neval\n(V1\ntR.",
        b"ctoolkit.collect.child\nChildProcess\n(I1\ntR.",
        b"ctoolkit.model\nScheme\n.",
    ],
)
def test_a_pickle_is_no_answer(tmp_path, forged):
    target = tmp_path / "precious.txt"
    target.write_text("kept")
    with pytest.raises(DamagedValueError):
        plain_answer(forged.replace(b"%s", str(target).encode()))
    assert target.read_text() == "kept"


@pytest.mark.parametrize(
    "answer",
    [
        Ready(),
        Failed("坏"),
        Ended(""),
        Member("市局/表\n\udcff.xlsx", b"\n\x00PK"),
        Look("PDF", 3),
        Plain(("read", None, (1, "表"))),
        read(clean(), "表.xlsx"),
        read(b"", "空.xlsx"),
    ],
    ids=lambda answer: type(answer).__name__,
)
def test_every_answer_arrives_as_it_was_sent_or_not_at_all(answer):
    sent = packed_answer(answer)
    assert plain_answer(sent) == answer
    if not isinstance(answer, Member):  # a file's bytes may be any
        for damaged in (sent[:-1], sent + b"]", b"9" + sent, sent[1:], b""):
            with pytest.raises(DamagedValueError):
                plain_answer(damaged)


def test_a_worker_that_takes_nothing_in_costs_its_time_and_no_more(monkeypatch):
    """It hangs before it reads a byte, and what it is to be told is more than a pipe holds."""
    hanging = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr("toolkit.collect.child.worker_command", lambda: hanging)
    worker = ChildProcess(1_000)
    worker.send(b"\0" * 1_000_000)
    with pytest.raises(TimeoutError):
        worker.receive(0.1)
    worker.end()


def test_an_archive_inside_an_archive_and_what_follows_it_are_both_handed_out():
    inner = packed({"甲.pdf": b"%PDF-1.7"})
    with IsolatedReader(context()) as reader:
        opened = reader.unpacked(packed({"内.zip": inner, "后.pdf": b"%PDF-1.4"}), is_mail=False)
        first = next(opened)
        assert list(reader.unpacked(first[1], is_mail=False)) == [("甲.pdf", b"%PDF-1.7")]
        assert list(opened) == [("后.pdf", b"%PDF-1.4")]


@pytest.mark.skipif(not can_copy(), reason="processes are copied on Linux alone, before there are threads")
def test_a_copy_of_this_process_reads_as_any_worker_does_and_is_killed_as_one(capfd):
    secret = os.open(__file__, os.O_RDONLY)
    with IsolatedReader(context(), WorkerLimits(1.0), moody, at_once=True) as reader:
        first = reader._begun
        assert reader.read(clean(), "表.xlsx") == read(clean(), "表.xlsx")
        assert reader._worker is first
        opened = [str(file.readlink()) for file in Path(f"/proc/{first._process._id}/fd").iterdir()]
        assert {name.split(":")[0] for name in opened} == {"pipe", os.devnull}
        assert reader.read(clean(), "shout").accepted
        for name, word in (("hang", "时限"), ("die", "异常退出"), ("fail", "坏"), ("eat", "内存超过上限")):
            assert word in reader.read(clean(), name).reason
        assert reader.read(clean(), "再来.xlsx").accepted
    os.close(secret)
    assert capfd.readouterr().err == ""
    assert not Path(f"/proc/{first._process._id}").exists()


def test_no_copy_is_made_of_a_process_with_threads():
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert IsolatedReader(context(), at_once=True)._begun is None
    finally:
        done.set()
        other.join()
