"""Attachments of a saved mail (.eml)."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import PurePosixPath

_HEADERS = re.compile(rb"(?:[A-Za-z][A-Za-z-]{1,40}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){3}")
_MOST_PARTS = 500


def is_mail(name: str, data: bytes) -> bool:
    """Whether a file is a saved mail: by its name, and by beginning with header lines as no workbook does."""
    return name.casefold().endswith(".eml") and _HEADERS.match(data[:20_000].lstrip()) is not None


def attachments(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of every attachment, mails within the mail included; unnamed ones are numbered."""
    message = message_from_bytes(data, policy=policy.default)
    for number, part in enumerate(message.walk(), start=1):
        if number > _MOST_PARTS:
            return
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
