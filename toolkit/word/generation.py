"""Which generation a report was made from: the sha256 of the file before this very mark was put into it.

The mark is a custom document property, which every program keeps on saving; parts and paragraph ids are lost.
"""

from toolkit.ooxml.package import with_member
from toolkit.word.package import read_parts
from toolkit.word.properties import NAME, read_properties, with_properties

BASE = "jx_base"


def with_base(docx: bytes, sha256: str) -> bytes:
    """A report of ours that carries the sha256 of its generation; all else is copied as it is compressed."""
    return with_member(docx, NAME, lambda part: with_properties(part, {BASE: sha256}))


def base_of(docx: bytes) -> str:
    """The sha256 of the generation a report was made from; "" where it carries none.

    Raises:
        TemplateError: the bytes are not a ``.docx``.
    """
    return read_properties(read_parts(docx)).get(BASE, "")
