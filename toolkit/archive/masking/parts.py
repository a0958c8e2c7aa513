"""Masking by kind of content: zip containers part by part, XML across its runs, plain text."""

from hashlib import sha256
from html import unescape

from toolkit.archive.masking.markup import masked_xml, texts_of
from toolkit.archive.masking.masks import Masks
from toolkit.errors import UnreadableFileError
from toolkit.ooxml.package import PackageLimits, deflate, inflate, read_members, write_members

_DEEPEST = 4
_TEXTS = (".txt", ".json", ".jsonl", ".csv", ".md", ".xml", ".html")
_ZIP, _XML = b"PK\x03\x04", (b"<?xml", b"\xef\xbb\xbf<?xml", b"\xff\xfe<", b"\xfe\xff\x00<")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x01\x00\x00\x00")
_LIMITS = PackageLimits(file_bytes=300_000_000, members=20_000)


def masked(name: str, data: bytes, masks: Masks, depth: int = 0) -> bytes | None:
    """The content with marks in place of texts; None where that cannot be done for certain.

    ``depth`` counts archives around it: pictures and other binary parts stay inside a workbook or document when no
    text stands in them; on their own (a scan, a PDF) they are left out, for nobody can say what they show.
    """
    if not data or sha256(data).digest() in masks.clean:
        return data
    if data.startswith(_ZIP):
        return _container(data, masks, depth)
    if data.lstrip()[:6].startswith(_XML) or (depth and name.lower().endswith((".xml", ".rels", ".vml"))):
        return masked_xml(data, masks)
    if name.lower().endswith(_TEXTS):
        return _text(data, masks)
    if depth and not masks.in_bytes(data):
        return data if _is_part(name) else None
    return None


def holds(name: str, data: bytes, masks: Masks, depth: int = 0) -> bool:
    """Whether any of the texts still stands anywhere in some bytes: in their parts, across runs, in names and raw."""
    if masks.pattern.search(name):
        return True
    digest = sha256(data).digest()
    if digest in masks.clean:
        return False
    if _holds(data, masks, depth):
        return True
    masks.clean.add(digest)
    return False


def _holds(data: bytes, masks: Masks, depth: int) -> bool:
    if masks.in_bytes(data):
        return True
    if data.startswith(_ZIP):
        if depth > _DEEPEST:
            return True
        members = read_members(data, _LIMITS)
        return any(holds(part, inflate(member), masks, depth + 1) for part, member in members.items())
    if b"<" not in data[:200]:
        return False
    return any(masks.pattern.search(text) for text in texts_of(data))


def _container(data: bytes, masks: Masks, depth: int) -> bytes | None:
    if depth >= _DEEPEST:
        return None
    try:
        members = read_members(data, _LIMITS)
        contents = {name: inflate(member) for name, member in members.items()}
    except UnreadableFileError:
        return None
    made = {}
    for name, content in contents.items():
        done = masked(name, content, masks, depth + 1)
        if done is None:
            return None
        made[name] = members[name] if done == content else deflate(name, done)
    names = {name: masks.apply(name) for name in made}
    return write_members(
        member if names[name] == name else deflate(names[name], inflate(member)) for name, member in made.items()
    )


def _is_part(name: str) -> bool:
    """Whether a binary part belongs to an Office file: pictures and printer settings, never an object put in."""
    return name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bin", ".bmp")) and (
        "embeddings/" not in name and "vbaproject" not in name.lower()
    )


def _text(data: bytes, masks: Masks) -> bytes | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    done = masks.apply(text)
    return done.encode() if not masks.pattern.search(unescape(done)) else None
