"""Attachments of a winmail.dat, as Outlook wraps them for other mail programs ([MS-OXTNEF] 2.1.3)."""

from collections.abc import Iterator

SIGNATURE = b"\x78\x9f\x3e\x22"
_HEAD, _ATTRIBUTE, _CHECKSUM = 6, 9, 2
"""Bytes before the first attribute; of an attribute's level, id and length; behind its data."""
_BEGINS, _TITLE, _DATA = 0x00069002, 0x00018010, 0x0006800F
"""An attachment begins, its name (in the sender's code page), its content."""


def wrapped(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name ("" for none) and content of every attachment.

    Raises:
        ValueError: cut off within an attribute. Attachments before the fault were handed out.
    """
    name = ""
    for kind, content in _attributes(data):
        if kind == _BEGINS:
            name = ""
        elif kind == _TITLE:
            name = content.rstrip(b"\0").decode("gb18030", "replace")
        elif kind == _DATA:
            yield name, content


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = _HEAD
    while at + _ATTRIBUTE <= len(data):
        kind = int.from_bytes(data[at + 1 : at + 5], "little")
        length = int.from_bytes(data[at + 5 : at + _ATTRIBUTE], "little")
        start = at + _ATTRIBUTE
        at = start + length + _CHECKSUM
        if at > len(data):
            raise ValueError("attribute cut off")
        yield kind, data[start : start + length]
