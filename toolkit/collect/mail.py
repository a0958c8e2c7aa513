"""Attachments of a saved mail (.eml)."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import PurePosixPath

from toolkit.collect.unzip import CannotUnpackError

_HEADERS = re.compile(rb"(?:[A-Za-z][A-Za-z-]{1,40}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){3}")
_MOST_PARTS = 500


def is_mail(name: str, data: bytes) -> bool:
    """Whether a file is a saved mail: by its name, and by beginning with header lines as no workbook does."""
    return name.casefold().endswith(".eml") and _HEADERS.match(data[:20_000].lstrip()) is not None


def attachments(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of every attachment, mails within the mail included; unnamed ones are numbered.

    Raises:
        CannotUnpackError: damaged, or more parts than it may have. Attachments before the fault were handed out.
    """
    try:
        yield from _attachments(message_from_bytes(data, policy=policy.default))
    except CannotUnpackError:
        raise
    except Exception as error:
        # The library stumbles over odd headers and deep nesting with errors of every kind.
        raise CannotUnpackError("邮件已损坏或结构异常，附件无法全部取出。请把附件直接报送") from error


def _attachments(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for number, part in enumerate(message.walk(), start=1):
        if number > _MOST_PARTS:
            raise CannotUnpackError(f"邮件的附件过多（超过 {_MOST_PARTS} 个）。请把采集表直接报送")
        name = _file_name(part)
        content = None if part.is_multipart() else part.get_payload(decode=True)
        if isinstance(content, bytes) and (name or part.get_content_disposition() == "attachment"):
            yield name or f"附件{number}.bin", content


def _file_name(part: EmailMessage) -> str:
    """The attachment's name without folders; "" when the header gives none that can be read."""
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, AttributeError):
        return ""
    # Raw GBK bytes in a header come through as unreadable characters; a name decides nothing, so they may stay.
    return PurePosixPath(name.encode("utf-8", "replace").decode("utf-8").replace("\\", "/")).name
