"""A mail as Outlook saves it (.msg), as small as may be: what [MS-CFB] and [MS-OXMSG] ask for, nothing else.

``python -m tests.collect.outlook_mail 邮件.msg 附件…`` writes one.
"""

import sys
from pathlib import Path

SECTOR, ENTRY = 512, 128
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
ROOT, STORAGE, STREAM = 5, 1, 2
Tree = dict[str, "Tree | bytes"]


def outlook_mail(attachments: dict[str, bytes | Tree]) -> bytes:
    """Attachments by name; a tree is a mail within the mail."""
    return compound_file(mail_tree(attachments))


def mail_tree(attachments: dict[str, bytes | Tree]) -> Tree:
    tree: Tree = {"__properties_version1.0": bytes(32)}
    for number, (name, content) in enumerate(attachments.items()):
        what = "__substg1.0_37010102" if isinstance(content, bytes) else "__substg1.0_3701000D"
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": bytes(8),
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            what: content,
        }
    return tree


def compound_file(tree: Tree) -> bytes:
    """Every stream in sectors of its own: the cut-off under which streams are small is set to nothing."""
    written = _Written()
    entries = [_entry("Root Entry", ROOT, END, 0)]
    _add(written, entries, 0, tree)
    sectors = -(-len(entries) * ENTRY // SECTOR)
    directory = written.put(b"".join(entries).ljust(sectors * SECTOR, b"\0"))
    return written.whole(directory)


class _Written:
    """Sectors and the table of how they follow one another."""

    def __init__(self) -> None:
        self.sectors: list[bytes] = []
        self.table: list[int] = []

    def put(self, content: bytes) -> int:
        """The number of the first sector."""
        pieces = [content[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(content), SECTOR)]
        first = len(self.sectors)
        self.sectors += pieces
        self.table += [*range(first + 1, first + len(pieces)), END] if pieces else []
        return first if pieces else END

    def whole(self, directory: int) -> bytes:
        held, start = -(-(len(self.table) + len(self.table) // 100 + 2) // (SECTOR // 4)), len(self.sectors)
        assert held <= 109
        packed = b"".join(number.to_bytes(4, "little") for number in (*self.table, *[TABLE] * held))
        header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(SECTOR, b"\0"))
        for at, number in {24: 0x3E, 26: 3, 28: 0xFFFE, 30: 9, 32: 6}.items():
            header[at : at + 2] = number.to_bytes(2, "little")
        places = {76 + 4 * index: start + index if index < held else FREE for index in range(109)}
        for at, number in {44: held, 48: directory, 56: 0, 60: END, 68: END, **places}.items():
            header[at : at + 4] = number.to_bytes(4, "little")
        return bytes(header) + b"".join(self.sectors) + packed.ljust(held * SECTOR, b"\xff")


def _add(written: _Written, entries: list[bytearray], folder: int, content: Tree) -> None:
    before = None
    for name, inside in content.items():
        number, is_stream = len(entries), isinstance(inside, bytes)
        entries.append(
            _entry(name, STREAM, written.put(inside), len(inside)) if is_stream else _entry(name, STORAGE, 0, 0)
        )
        _link(entries[folder if before is None else before], 76 if before is None else 72, number)
        before = number
        if not isinstance(inside, bytes):
            _add(written, entries, number, inside)


def _entry(name: str, kind: int, first: int, size: int) -> bytearray:
    entry = bytearray(ENTRY)
    written = name.encode("utf-16-le") + b"\0\0"
    entry[: len(written)] = written
    entry[64:66] = len(written).to_bytes(2, "little")
    entry[66] = kind
    for at, number in {68: FREE, 72: FREE, 76: FREE, 116: first, 120: size}.items():
        entry[at : at + 4] = number.to_bytes(4, "little")
    return entry


def _link(entry: bytearray, at: int, number: int) -> None:
    entry[at : at + 4] = number.to_bytes(4, "little")


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(outlook_mail({Path(name).name: Path(name).read_bytes() for name in sys.argv[2:]}))
