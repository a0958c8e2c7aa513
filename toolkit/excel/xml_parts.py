"""Texts of a workbook's XML: read by a scan where that is safe, joined from runs, with Excel's escapes undone."""

import re

from toolkit.ooxml.parse import Element, children, declared_encoding, local_name
from toolkit.text.folding import storable

_LARGEST_SCAN = 16_000_000  # bytes; beyond it a parser, which forgets what it has read, needs less memory
_CONTROLS = bytes(code for code in range(32) if code not in (9, 10))
_ODD_ENTITY = re.compile("&(?!(?:lt|gt|amp|quot|apos|#[0-9]{1,6});)")
_SECTION = re.compile(rb"<!")
_INDENT = re.compile(r">[ \n\t]+<(?!/[tvf]>|/definedName>)")
_REFERENCE = re.compile("&(?:#([0-9]{1,6})|([a-z]{2,4}));")
_NUMBERED = re.compile("&#([0-9]{1,6});")
_ASCII = 0x7F
_USUAL = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MAIN = frozenset(
    ["http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"]
)
_PALEST = 0.8  # brightness from which a run's colour is taken for white
_SMALLEST = 5  # font size below which nobody reads a run; Units: points


def usual_text(head: bytes, body: bytes) -> str | None:
    """A piece of a part as text when a scan can take the place of a parser, else None.

    It must be UTF-8, and hold nothing a parser would normalise or refuse: carriage returns, control characters,
    entities other than the usual five and numbers of ordinary characters. Characters beyond ASCII given by their
    numbers, as lxml writes them, stand as themselves.

    Args:
        head: the part's beginning, with the XML declaration if it has one.
        body: the piece.
    """
    if declared_encoding(head) not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        return None
    if len(body) > _LARGEST_SCAN or len(body.translate(None, _CONTROLS)) < len(body):
        return None
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if _ODD_ENTITY.search(text):
        return None
    return _spelled_out(text) if "&#" in text else text


def _spelled_out(text: str) -> str | None:
    """The text with references to characters that mean nothing to XML as the characters; None where one is none."""
    pieces = _NUMBERED.split(text)
    characters = {number: chr(int(number)) for number in set(pieces[1::2])}
    if not all(map(_is_ordinary, map(ord, characters.values()))):
        return None
    shown = {number: letter if ord(letter) > _ASCII else f"&#{number};" for number, letter in characters.items()}
    pieces[1::2] = map(shown.__getitem__, pieces[1::2])
    return "".join(pieces)


def _is_ordinary(code: int) -> bool:
    return code in (9, 10) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF


def has_sections(content: bytes) -> bool:
    """Whether a part holds comments, CDATA or declarations."""
    # A single character is looked for in a tenth of the time.
    return b"!" in content and _SECTION.search(content) is not None


def without_indents(text: str) -> str:
    """A piece of :func:`usual_text` without white space between its elements; what stands in a text stays."""
    return _INDENT.sub("><", f">{text}<")[1:-1] if ">\n" in text or text[:1] == "\n" else text


def resolved(text: str) -> str:
    """A piece of :func:`usual_text` with its references resolved."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1])) if match[1] else _USUAL[match[2]]


def in_main(element: Element) -> bool:
    """Whether an element belongs to the spreadsheet namespace, the strict one included; others are not shown."""
    return str(element.tag).partition("}")[0].removeprefix("{") in _MAIN


def rich_text(element: Element) -> str:
    """The text of a string item: its runs joined, phonetic guides left out, ``_x000D_`` escapes undone."""
    pieces = []
    for child in element:
        tag = local_name(child)
        if tag == "t":
            pieces.append(child.text or "")
        elif tag == "r":
            pieces += [text.text or "" for text in children(child, "t")]
    return unescape("".join(pieces))


def mixed_runs(element: Element) -> bool:
    """Whether a string item has parts that a person does not read on as one text with the rest.

    Parts crossed out, raised or lowered; or some, not all, in white or too small to be seen. The text of two ``t``
    elements side by side, which no program writes, is of that kind too.
    """
    runs = [run for run in children(element, "r") if any((text.text or "").strip() for text in children(run, "t"))]
    unseen = [_unseen(run) for run in runs]
    several = len(children(element, "t")) + bool(runs) > 1
    return several or any(map(_off_line, runs)) or (any(unseen) and not all(unseen))


def _properties(run: Element) -> dict[str, Element]:
    return {local_name(item): item for group in children(run, "rPr") for item in group}


def _off_line(run: Element) -> bool:
    known = _properties(run)
    struck = "strike" in known and known["strike"].get("val") not in ("0", "false")
    return struck or ("vertAlign" in known and known["vertAlign"].get("val") != "baseline")


def _unseen(run: Element) -> bool:
    known = _properties(run)
    size = known["sz"].get("val") or "" if "sz" in known else ""
    small = size.replace(".", "", 1).isdecimal() and float(size) < _SMALLEST
    return small or ("color" in known and _is_pale(known["color"]))


def _is_pale(color: Element) -> bool:
    """White or nearly: by its value, as the sheet's background, or by its place in the oldest palette."""
    rgb = (color.get("rgb") or "")[-6:]
    if re.fullmatch("[0-9A-Fa-f]{6}", rgb):
        red, green, blue = (int(rgb[at : at + 2], 16) for at in (0, 2, 4))
        return (0.299 * red + 0.587 * green + 0.114 * blue) / 255 >= _PALEST
    return color.get("theme") == "0" or color.get("indexed") in ("1", "9", "65")


def unescape(text: str) -> str:
    """Undo Excel's ``_xHHHH_`` escapes for characters that XML cannot hold.

    Two halves of one character come together again; what no file can store stays visible as ``\ufffd``.
    """
    if "_x" not in text:
        return text
    return storable(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))
