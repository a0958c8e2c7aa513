"""Attachments of a saved mail: .eml, .msg as Outlook saves it ([MS-OXMSG] 2.2.2), winmail.dat as it wraps them."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from toolkit.collect.tnef import SIGNATURE, wrapped
from toolkit.collect.unzip import CannotUnpackError
from toolkit.excel.compound_file import Storage, root_of

if TYPE_CHECKING:
    from email.message import EmailMessage

_HEADERS = re.compile(rb"(?:[A-Za-z][A-Za-z-]{1,40}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){3}")
_MOST_PARTS, _DEEPEST = 500, 5
_MOST_BYTES = 200_000_000
"""What the attachments of one mail may come to. Units: bytes."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTLOOK = "__properties_version1.0".encode("utf-16-le")
_ATTACHMENT, _WITHIN, _DATA = "__attach_version1.0_", "__substg1.0_3701000D", "__substg1.0_37010102"
_NAMES = (
    ("__substg1.0_3707001F", "utf-16-le"), ("__substg1.0_3704001F", "utf-16-le"),
    ("__substg1.0_3707001E", "gb18030"), ("__substg1.0_3704001E", "gb18030"),
)  # fmt: skip
"""Properties that hold an attachment's name, the long one first, each with how it is written."""
_DAMAGED = "邮件已损坏或结构异常，附件无法全部取出。请把附件直接报送"
_TOO_MANY = f"邮件的附件过多（超过 {_MOST_PARTS} 个）。请把采集表直接报送"


def is_mail(name: str, data: bytes) -> bool:
    """Whether a file is a saved mail: by its name, and by beginning with header lines as no workbook does.

    One saved by Outlook is known by what stands in it, a workbook's container has no such properties; what Outlook
    wraps for other programs by its signature, whatever it is called.
    """
    if data.startswith(SIGNATURE):
        return True
    if name.casefold().endswith(".msg"):
        return data.startswith(_OLE) and _OUTLOOK in data
    return name.casefold().endswith(".eml") and _HEADERS.match(data[:20_000].lstrip()) is not None


def attachments(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of every attachment, mails within the mail included; unnamed ones are numbered.

    Raises:
        CannotUnpackError: damaged, or more parts than it may have. Attachments before the fault were handed out.
    """
    try:
        if data.startswith(_OLE):
            yield from _outlook(data)
        elif data.startswith(SIGNATURE):
            yield from _wrapped(data)
        else:
            yield from _attachments(_message(data))
    except CannotUnpackError:
        raise
    except Exception as error:
        # The library stumbles over odd headers and deep nesting with errors of every kind.
        raise CannotUnpackError(_DAMAGED) from error


def _outlook(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Attachments of a .msg, in order of their numbers; those of mails within it follow where they are attached."""
    left = _MOST_BYTES
    for number, (name, storage) in enumerate(_attached(root_of(data), _DEEPEST), start=1):
        if number > _MOST_PARTS:
            raise CannotUnpackError(_TOO_MANY)
        streams = storage.streams()
        content = streams[_DATA].content() if _DATA in streams and streams[_DATA].size <= left else None
        if _DATA in streams and content is None:
            raise CannotUnpackError(f"邮件的附件超过 {_MOST_BYTES // 1_000_000} MB。请把采集表直接报送")
        if content is not None:
            left -= len(content)
            yield name or f"附件{number}.bin", content


def _wrapped(data: bytes) -> Iterator[tuple[str, bytes]]:
    for number, (name, content) in enumerate(wrapped(data), start=1):
        if number > _MOST_PARTS:
            raise CannotUnpackError(_TOO_MANY)
        yield PurePosixPath(name.replace("\\", "/")).name or f"附件{number}.bin", content


def _attached(mail: Storage, deepest: int) -> Iterator[tuple[str, Storage]]:
    for name, storage in mail.storages().items():
        if name.startswith(_ATTACHMENT):
            yield _outlook_name(storage), storage
            if deepest and _WITHIN in (within := storage.storages()):
                yield from _attached(within[_WITHIN], deepest - 1)


def _outlook_name(attachment: Storage) -> str:
    streams = attachment.streams()
    written = next(((streams[name].content(), code) for name, code in _NAMES if name in streams), None)
    text = written[0].decode(written[1], "replace").rstrip("\0") if written else ""
    return PurePosixPath(text.replace("\\", "/")).name


def _message(data: bytes) -> "EmailMessage":
    # Imported here: whether a file is a mail is asked of every one, and few are.
    from email import message_from_bytes, policy

    return message_from_bytes(data, policy=policy.default)


def _attachments(message: "EmailMessage") -> Iterator[tuple[str, bytes]]:
    for number, part in enumerate(message.walk(), start=1):
        if number > _MOST_PARTS:
            raise CannotUnpackError(_TOO_MANY)
        name = _file_name(part)
        content = None if part.is_multipart() else part.get_payload(decode=True)
        if isinstance(content, bytes) and (name or part.get_content_disposition() == "attachment"):
            yield name or f"附件{number}.bin", content


def _file_name(part: "EmailMessage") -> str:
    """The attachment's name without folders; "" when the header gives none that can be read."""
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, AttributeError):
        return ""
    # Raw GBK bytes in a header come through as unreadable characters; a name decides nothing, so they may stay.
    return PurePosixPath(name.encode("utf-8", "replace").decode("utf-8").replace("\\", "/")).name
