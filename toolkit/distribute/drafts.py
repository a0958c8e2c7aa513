"""Drafts: one ``.eml`` for each unit, which a double click opens in the mail program ready to send."""

from collections.abc import Sequence
from pathlib import Path

from toolkit.distribute.message import Mail, Sender, draft_bytes
from toolkit.excel.files import safe_file_name, unique_names, write_atomic

_LENGTH_OF_NAME = 60  # a Windows path ends at 260 characters


def write_drafts(mails: Sequence[Mail], folder: Path, sender: Sender | None = None) -> list[Path]:
    """Write the mails as drafts; those that are right already are not written again.

    Args:
        mails: every one must be safe to write, see :func:`toolkit.distribute.message.why_unsafe`.
        folder: made when missing.
        sender: None leaves it to the mail program.

    Returns:
        One path for each mail, in order.

    Raises:
        FileBusyError: a draft to be replaced is open in another program.
    """
    names = unique_names(f"{safe_file_name(mail.unit, _LENGTH_OF_NAME)}.eml" for mail in mails)
    paths = [folder / name for name in names]
    for mail, path in zip(mails, paths, strict=True):
        data = draft_bytes(mail, sender)
        if not path.is_file() or path.read_bytes() != data:
            write_atomic(path, data)
    return paths
