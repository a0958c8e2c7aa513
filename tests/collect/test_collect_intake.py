"""What comes back on disk, in archives and by mail."""

import os
import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest

from tests.collect.returned import read
from toolkit.collect import incoming
from toolkit.collect.mail import attachments
from toolkit.collect.unzip import CannotUnpackError, unpack
from toolkit.excel.sniff import FileKind, kind_of

BOOK = b"PK\x03\x04 xl/workbook.xml is named here, which makes it a workbook cut off in the middle"
PDF = b"%PDF-1.7 \xe4\xbb\xb7"


class OldName(zipfile.ZipInfo):
    """A member whose name is written as plain bytes without the UTF-8 flag, as old Windows programs do."""

    raw = b""

    def _encodeFilenameFlags(self):  # noqa: N802 - zipfile's own method
        return self.raw, 0


def opened(data: bytes, *, is_mail: bool):
    """Archives and mails opened right here; the program opens them in its worker."""
    return attachments(data) if is_mail else unpack(data)


def zipped(files: dict[str, bytes], encoding: str = "utf-8") -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            entry = OldName(name)
            entry.raw = name.encode(encoding)
            archive.writestr(entry, content)
    return buffer.getvalue()


def mail(*attached: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.invalid", "b@example.invalid", "报送采集表"
    message.set_content("请查收。")
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def names(*paths: Path) -> list[str]:
    return [f"{one.inside or one.name}{'*' if one.evidence else ''}" for one in incoming(paths, opened)]


def test_a_folder_is_walked_in_order_and_litter_is_passed_over(tmp_path):
    litter = [".DS_Store", ".~表.et", "Thumbs.db", "甲/~$表.xlsx", "甲/1A2B3C4D.tmp", "甲/表(1).xlsx.CrDownload"]
    for name in ("乙/表.xlsx", "甲/表.xlsx", "甲/批复.pdf", ".表.xlsx", *litter):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(PDF if name.endswith("pdf") else BOOK)
    found = incoming([tmp_path, tmp_path / "甲" / "表.xlsx"], opened)
    assert [(one.path.parent.name, one.name, one.evidence) for one in found] == [
        (tmp_path.name, ".表.xlsx", False),
        ("乙", "表.xlsx", False),
        ("甲", "批复.pdf", True),
        ("甲", "表.xlsx", False),
    ]


def test_what_is_unfinished_is_passed_over_unless_somebody_names_or_sends_it(tmp_path):
    unfinished = tmp_path / "表.xlsx.tmp"
    unfinished.write_bytes(BOOK)
    assert names(tmp_path) == []
    assert names(unfinished) == ["表.xlsx.tmp"]
    (tmp_path / "收件.zip").write_bytes(zipped({"表.xlsx": BOOK, "表.xlsx.tmp": BOOK}))
    (tmp_path / "来信.eml").write_bytes(mail(("附件.tmp", BOOK)))
    assert names(tmp_path) == ["表.xlsx", "附件.tmp"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_archive_names_are_read_in_gbk_and_utf8(tmp_path, encoding):
    (tmp_path / "收件.zip").write_bytes(zipped({"市数据局/采集表（盖章）.xlsx": BOOK}, encoding))
    assert names(tmp_path) == ["市数据局/采集表（盖章）.xlsx"]


def test_an_archive_in_an_archive_is_opened_once_and_not_deeper(tmp_path):
    inner = zipped({"三.xlsx": BOOK})
    (tmp_path / "外.zip").write_bytes(zipped({"中.zip": zipped({"二.xlsx": BOOK, "内.zip": inner})}))
    assert names(tmp_path) == ["中.zip/二.xlsx", "中.zip/内.zip"]


def test_a_path_that_climbs_out_of_an_archive_stays_inside(tmp_path):
    (tmp_path / "坏.zip").write_bytes(zipped({"../../etc/表.xlsx": BOOK}))
    assert names(tmp_path) == ["etc/表.xlsx"]


def test_mail_attachments_and_the_archive_among_them(tmp_path):
    archive = zipped({"表.xlsx": BOOK})
    (tmp_path / "来信.eml").write_bytes(mail(("采集表最终版2.xlsx", BOOK), ("tcmime.bin", BOOK), ("附件.zip", archive)))
    assert names(tmp_path) == ["采集表最终版2.xlsx", "tcmime.bin", "附件.zip/表.xlsx"]


def test_what_cannot_be_unpacked_is_handed_on_and_refused_with_the_reason(tmp_path):
    cut_off, nothing = zipped({"批复.pdf": PDF * 50})[:-10], zipped({})
    (tmp_path / "断.zip").write_bytes(zipped({"内.zip": cut_off}))
    (tmp_path / "空.zip").write_bytes(nothing)
    (tmp_path / "空.eml").write_bytes(mail())
    assert [(one.name, one.data) for one in incoming([tmp_path], opened)] == [
        ("内.zip", cut_off),
        ("空.eml", mail()),
        ("空.zip", nothing),
    ]
    for data, name, word in (
        (cut_off, "内.zip", "已损坏"),
        (nothing, "空.zip", "空的"),
        (mail(), "空.eml", "没有附件"),
    ):
        assert word in read(data, name).reason


def nested_mail(depth: int) -> bytes:
    opened = (f'Content-Type: multipart/mixed; boundary="{level}"\r\n\r\n--{level}\r\n' for level in range(depth))
    return b"From: a\r\nTo: b\r\nSubject: c\r\n" + "".join(opened).encode() + b"\r\n"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (nested_mail(3_000), "结构异常"),
        (mail(*((f"{number}.txt", b"x") for number in range(501))), "附件过多"),
    ],
)
def test_a_hostile_mail_costs_one_verdict(tmp_path, data, word):
    (tmp_path / "一.eml").write_bytes(data)
    (tmp_path / "表.xlsx").write_bytes(BOOK)
    *_, whole, book = incoming([tmp_path], opened)
    assert (whole.name, whole.data, book.name) == ("一.eml", data, "表.xlsx")
    assert word in read(data, "一.eml").reason


def test_a_file_whose_bytes_cannot_be_had_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("toolkit.collect.intake._LARGEST", 10)
    (tmp_path / "大.xlsx").write_bytes(BOOK)
    assert "文件过大" in next(incoming([tmp_path], opened)).problem
    assert "无法打开" in next(incoming([tmp_path / "没有.xlsx"], opened)).problem


def test_a_folder_that_cannot_be_looked_into_is_said(tmp_path, monkeypatch):
    (tmp_path / "锁").mkdir()
    (tmp_path / "表.xlsx").write_bytes(BOOK)
    look = os.scandir

    def scandir(path):
        if Path(path).name == "锁":
            raise PermissionError(13, "", str(path))
        return look(path)

    monkeypatch.setattr("os.scandir", scandir)
    assert [(one.name, bool(one.problem)) for one in incoming([tmp_path], opened)] == [("表.xlsx", False), ("锁", True)]


def test_a_bomb_is_measured_while_it_unpacks(tmp_path, monkeypatch):
    monkeypatch.setattr("toolkit.collect.unzip._MOST_BYTES", 1000)
    (tmp_path / "大.zip").write_bytes(zipped({"一.xlsx": b"x" * 900, "二.xlsx": b"y" * 900}))
    (first, whole) = incoming([tmp_path], opened)
    assert first.name == "一.xlsx"
    assert "解开后超过" in read(whole.data).reason


def test_a_scan_under_a_workbooks_name_is_no_evidence(tmp_path):
    (tmp_path / "采集表.xlsx").write_bytes(PDF)
    (tmp_path / "采集表.pdf").write_bytes(PDF)
    assert names(tmp_path) == ["采集表.pdf*", "采集表.xlsx"]


def test_nothing_is_written_beside_the_originals(tmp_path):
    (tmp_path / "收件.zip").write_bytes(zipped({"表.xlsx": BOOK}))
    before = sorted(tmp_path.rglob("*"))
    list(incoming([tmp_path], opened))
    assert sorted(tmp_path.rglob("*")) == before


def telephone_picture(brand: bytes) -> bytes:
    return b"\x00\x00\x00\x18ftyp" + brand + b"\x00\x00\x00\x00mif1heic" + b"x" * 200


def test_what_telephones_take_is_evidence_and_not_damaged(tmp_path):
    """Photographs of an iPhone (.heic) and films were refused as 文件已损坏."""
    for name, data in (("签章页.heic", b"heic"), ("演示.mp4", b"isom")):
        (tmp_path / name).write_bytes(telephone_picture(data))
    assert names(tmp_path) == ["演示.mp4*", "签章页.heic*"]
    assert [kind_of(telephone_picture(brand)) for brand in (b"heic", b"avif", b"mp42")] == [
        FileKind.IMAGE, FileKind.IMAGE, FileKind.RECORDING,
    ]  # fmt: skip


NUMBERS = {"Index/Document.iwa": b"x" * 50, "Metadata/Properties.plist": b"p", "preview.jpg": b"\xff\xd8\xff"}


def test_a_numbers_document_is_one_file_and_no_archive(tmp_path):
    (tmp_path / "采集表.numbers").write_bytes(zipped(NUMBERS))
    assert names(tmp_path) == ["采集表.numbers"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (zipped(NUMBERS), "文件→导出为→Excel"),
        (b"[InternetShortcut]\r\nURL=https://docs.example.invalid/abc\r\n", "下载为 .xlsx"),
        ("采集表填好了，见 https://docs.example.invalid/l/xyz".encode("gb18030"), "下载为 .xlsx"),
        (b"a,b\r\n1,2\r\n", "文本或 CSV"),
    ],
)
def test_a_refusal_says_what_the_sender_can_do(data: bytes, says: str):
    outcome = read(data)
    assert not outcome.accepted
    assert says in outcome.reason


def wrapped_mail(*attached: tuple[str, bytes]) -> bytes:
    """A winmail.dat: attributes of level, id, length, data and checksum ([MS-OXTNEF] 2.1.3)."""

    def attribute(kind: int, data: bytes) -> bytes:
        checksum = sum(data) & 0xFFFF
        return (
            b"\x02"
            + kind.to_bytes(4, "little")
            + len(data).to_bytes(4, "little")
            + data
            + checksum.to_bytes(2, "little")
        )

    body = b"".join(
        attribute(0x00069002, b"\x01\x00" + bytes(12))
        + (attribute(0x00018010, name.encode("gb18030") + b"\0") if name else b"")
        + attribute(0x0006800F, content)
        for name, content in attached
    )
    return b"\x78\x9f\x3e\x22" + b"\x01\x00" + attribute(0x00089006, b"\x00\x00\x01\x00") + body


def test_attachments_that_outlook_wrapped_are_files_that_came_back(tmp_path):
    """Whoever mails from Outlook as rich text sends one winmail.dat; its workbook was told to be damaged."""
    (tmp_path / "winmail.dat").write_bytes(wrapped_mail(("采集表.xlsx", BOOK), ("", PDF)))
    (tmp_path / "转发.eml").write_bytes(mail(("winmail.dat", wrapped_mail(("乙.xlsx", BOOK)))))
    assert names(tmp_path) == ["采集表.xlsx", "附件2.bin*", "winmail.dat/乙.xlsx"]


def test_wrapped_attachments_cut_off_say_so_and_keep_what_was_whole():
    data = wrapped_mail(("一.xlsx", BOOK), ("二.xlsx", BOOK))[:-40]
    found = attachments(data)
    assert next(found) == ("一.xlsx", BOOK)
    with pytest.raises(CannotUnpackError, match="附件无法全部取出"):
        next(found)
