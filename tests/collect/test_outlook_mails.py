"""Mails saved by Outlook (.msg): their attachments are files that came back, like those of .eml."""

from pathlib import Path

import pytest

from tests.collect.outlook_mail import mail_tree, outlook_mail
from toolkit.collect.intake import incoming
from toolkit.collect.mail import attachments, is_mail
from toolkit.collect.unzip import CannotUnpackError

WORKBOOK, SCAN = b"PK\x03\x04" + bytes(range(256)) * 40, b"%PDF-1.4 " + b"x" * 300


def test_attachments_come_out_as_they_were_put_in_with_those_of_a_mail_within_the_mail():
    inner = mail_tree({"补充\\说明.pdf": SCAN})
    data = outlook_mail({"采集表（盖章）.xlsx": WORKBOOK, "转发": inner, "空.txt": b""})
    assert is_mail("回复.MSG", data)
    assert list(attachments(data)) == [("采集表（盖章）.xlsx", WORKBOOK), ("说明.pdf", SCAN), ("空.txt", b"")]


def test_neither_a_workbook_called_so_nor_a_mail_called_otherwise_is_one():
    assert not is_mail("采集表.msg", WORKBOOK)
    assert not is_mail("采集表.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"))
    assert not is_mail("采集表.xls", outlook_mail({"采集表.xlsx": WORKBOOK}))


@pytest.mark.parametrize("cut", [600, 3_000, 9_000])
def test_a_mail_cut_off_says_so(cut: int):
    data = outlook_mail({"采集表.xlsx": WORKBOOK})
    with pytest.raises(CannotUnpackError, match="邮件已损坏"):
        list(attachments(data[:cut]))


def test_a_directory_that_leads_in_a_circle_ends():
    data = bytearray(outlook_mail({"采集表.xlsx": WORKBOOK}))
    at = data.index("__attach_version1.0_".encode("utf-16-le"))
    data[at + 72 : at + 76] = (1).to_bytes(4, "little")
    assert [name for name, _ in attachments(bytes(data))] == ["采集表.xlsx"]


def test_what_is_taken_in_lies_in_the_mail(tmp_path: Path):
    (tmp_path / "回复.msg").write_bytes(outlook_mail({"采集表.xlsx": WORKBOOK}))
    (found,) = incoming([tmp_path], lambda data, *, is_mail: attachments(data) if is_mail else iter(()))
    assert (found.name, found.folder, found.data) == ("采集表.xlsx", "回复.msg", WORKBOOK)
