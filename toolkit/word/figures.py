"""Printed figures: every one in an invisible bookmark that names its cell in the master workbook.

While rendering, a figure is its text between private-use characters; afterwards the run is split there and the
bookmark put around it, so the template's formatting stays. That happens while the part still is text: as a tree, the
runs of a report take ten times as long. Bookmarks are ``jx{number}_{sheet}_{cell}``, and
``jx{number}_{sheet}_{cell}第{n}数`` for the n-th number in the text of a cell. A figure that was copied in LibreOffice
carries ``_Copy_1`` behind its name.

A figure may be reckoned from cells of one sheet: the sum of a range ``自评复核!G5:G42``, how many of it are positive,
negative or zero (``…>0``, ``…<0``, ``…=0``), the difference of two cells ``采集数据!T9-S9``, one sum over another
``汇总!N5:N9/M5:M9``.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from lxml import etree

from toolkit.model.figure import Figure
from toolkit.ooxml.printable import MARK_CLOSE, MARK_MIDDLE, MARK_OPEN, REPLACEMENT, printable
from toolkit.word.package import DOCUMENT, Node, paragraph_text, parse, plain_words, read_parts, text_parts, w
from toolkit.word.properties import read_properties

COUNT, MANIFEST, SHEETS = "jx_figures", "jx_manifest", "jx_sheets"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_WORDS = {":": "至", "-": "减", ">0": "正", "<0": "负", "=0": "零", "/": "比"}
"""Signs of an address and the letters that stand for them in a bookmark's name."""
_FIRST_ID = 70_000  # above the ids Word gives its own bookmarks
_ALIAS_LENGTH = 16
_NAME = re.compile(
    r"jx\d+_(?P<sheet>.+)_(?P<cell>[A-Z]{1,3}\d+(?:[至减][A-Z]{1,3}\d+(?:[正负零]|比[A-Z]{1,3}\d+至[A-Z]{1,3}\d+)?)?)(?:第(?P<number>\d+)数)?(?:_Copy_\d+)*"
)
_AT = re.compile(
    r"(?P<sheet>'(?:[^']|'')+'|[^'!]+)!(?P<cell>\$?[A-Z]{1,3}\$?\d+(?:[:-]\$?[A-Z]{1,3}\$?\d+(?:[<>=]0|/[A-Z]{1,3}\d+:[A-Z]{1,3}\d+)?)?)(?:#(?P<number>\d+))?"
)

_TEXT, _TAB, _BREAK, _START, _END = (w(tag) for tag in ("t", "tab", "br", "bookmarkStart", "bookmarkEnd"))
_PRINTED = (_TEXT, _TAB, _BREAK, _START, _END)
_W_NAME, _W_ID = w("name"), w("id")
_RUN_OPENS = re.compile(r"<w:r(?: [^>]*)?>(<w:rPr>.*</w:rPr>|<w:rPr/>)?", re.DOTALL)
_RUN_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_RUN_ENDS = "</w:r>"
_LEFT_OVER = etree.XPath(f"//text()[contains(., '{MARK_OPEN}')] | //@*[contains(., '{MARK_OPEN}')]")


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A figure found in a report.

    Attributes:
        at: its cell, e.g. "汇总!G5"; "指标得分!L7#2" for the second number in the text of a cell.
        text: as it stands in the report now.
        bookmark: the bookmark's name.
        context: the words around it: its paragraph, or in a table the cells of its row, joined by ｜.
    """

    at: str
    text: str
    bookmark: str
    context: str


@dataclass(frozen=True, slots=True)
class FigureManifest:
    """What was written and what is still there.

    Attributes:
        written: figures at rendering. found: figures in the file now.
        intact: no bookmark and no text has changed since rendering.
    """

    written: int
    found: int
    intact: bool


@dataclass(slots=True)
class Marks:
    """The figures of one rendering; the nonce keeps text of a unit from posing as one."""

    nonce: str = field(default_factory=lambda: secrets.token_hex(4))
    figures: list[Figure] = field(default_factory=list)
    written: list[tuple[str, str]] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    _marked: re.Pattern[str] | None = None

    def mark(self, figure: Figure) -> str:
        """The text of a figure between the characters that :meth:`wrapped` looks for."""
        self.figures.append(figure)
        text = " ".join(printable(figure.text).split())
        return f"{MARK_OPEN}{self.nonce}.{len(self.figures) - 1}{MARK_MIDDLE}{text}{MARK_CLOSE}"

    def wrapped(self, xml: str) -> str:
        """A rendered part with bookmarks around the marked texts of its runs; it stays as it is elsewhere."""
        sign = f"{MARK_OPEN}{self.nonce}."
        pieces: list[str] = []
        done, at = 0, xml.find(sign)
        while at >= 0:
            start = max(xml.rfind("<w:r>", done, at), xml.rfind("<w:r ", done, at))
            end = xml.find(_RUN_ENDS, start) + len(_RUN_ENDS)
            # otherwise in an attribute, perhaps of a drawing that holds runs of its own
            if start >= 0 and end > at and _RUN_OPENS.search(xml, at, end) is None:
                pieces += (xml[done:start], self._split(xml[start:end]))
                done = end
            at = xml.find(sign, max(at + 1, done))
        return "".join((*pieces, xml[done:]))

    def _split(self, run: str) -> str:
        """A run as runs with its look, one for every figure, and bookmarks around these."""
        opening: Any = _RUN_OPENS.match(run)
        look, inside = opening[1] or "", run[opening.end() : -len(_RUN_ENDS)]
        split: list[str] = []
        current, done = "", 0
        for text in _RUN_TEXT.finditer(inside):
            first, *rest = self._pattern.split(text[1])
            if not rest:
                continue
            current += inside[done : text.start()] + _text(first, before=True)
            done = text.end()
            for place in range(0, len(rest), 3):
                number, words, after = rest[place : place + 3]
                split += (_run(look, current), self._bookmark(int(number), words, look))
                current = _text(after, behind=True, before=place + 3 < len(rest))
        return "".join((*split, _run(look, current + inside[done:]))) if split else run

    def _bookmark(self, number: int, words: str, look: str) -> str:
        """A figure in its bookmark. Args: words: as they stand in XML."""
        name = self.name(self.figures[number].at, plain_words(words))
        identity = f'w:id="{_FIRST_ID + len(self.written)}"'
        printed = _run(look, _text(words))
        return f'<w:bookmarkStart {identity} w:name="{name}"/>{printed}<w:bookmarkEnd {identity}/>'

    def strip(self, root: Node) -> None:
        """Take out marks that could not become bookmarks (in alternative texts, field codes)."""
        left: Any = _LEFT_OVER(root)
        for text in left:
            plain = re.sub(f"[{MARK_OPEN}-{MARK_CLOSE}]", REPLACEMENT, self._pattern.sub(r"\2", text))
            node = text.getparent()
            if text.is_attribute:
                node.set(text.attrname, plain)
            elif text.is_tail:
                node.tail = plain
            else:
                node.text = plain

    def properties(self) -> dict[str, str]:
        """The custom document properties that let a reader notice removed or changed figures."""
        renamed = {alias: sheet for sheet, alias in self.aliases.items() if alias != sheet}
        return {
            COUNT: str(len(self.written)),
            MANIFEST: _digest(self.written),
            SHEETS: json.dumps(renamed, ensure_ascii=False),
        }

    @property
    def _pattern(self) -> re.Pattern[str]:
        if self._marked is None:
            self._marked = re.compile(rf"{MARK_OPEN}{self.nonce}\.(\d+){MARK_MIDDLE}([^{MARK_CLOSE}]*){MARK_CLOSE}")
        return self._marked

    def name(self, at: str, words: str) -> str:
        """The name of the next figure's bookmark."""
        name = f"jx{len(self.written) + 1}_{self._address(at)}"
        self.written.append((name, words))
        return name

    def _address(self, at: str) -> str:
        """The address as letters, digits and underscores, at most 30 of them: a bookmark name has room for 40."""
        sheet, cell = _sheet_and_cell(at)
        return f"{self._alias(sheet)}_{cell}"

    def _alias(self, sheet: str) -> str:
        if sheet not in self.aliases:
            taken, plain = set(self.aliases.values()), re.sub(r"\W", "_", sheet)[:_ALIAS_LENGTH]
            others = (f"{plain[: _ALIAS_LENGTH - 4]}_{number}" for number in range(2, 1000))
            self.aliases[sheet] = next(choice for choice in chain((plain,), others) if choice not in taken)
        return self.aliases[sheet]


@lru_cache(maxsize=100_000)
def _sheet_and_cell(at: str) -> tuple[str, str]:
    """The sheet of an address, and the rest of it in letters and digits; the same cells stand in many reports."""
    match = _AT.fullmatch(at)
    if match is None:
        raise ValueError(f"not a cell address: {at!r}")
    sheet = match["sheet"]
    sheet = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    cell = match["cell"].replace("$", "")
    for sign, word in _WORDS.items():
        cell = cell.replace(sign, word)
    return sheet, f"{cell}第{match['number']}数" if match["number"] else cell


def is_figure_name(bookmark: str) -> bool:
    """Whether a bookmark with this name holds a figure."""
    return _NAME.fullmatch(bookmark) is not None


def figure_address(bookmark: str, renamed: Mapping[str, str]) -> str:
    """The cell of a figure's bookmark, "" for another bookmark; ``renamed``: word in the name → sheet."""
    sheet, rest = _told(bookmark)
    return f"{renamed.get(sheet, sheet)}!{rest}" if rest else ""


@lru_cache(maxsize=100_000)
def _told(bookmark: str) -> tuple[str, str]:
    """The sheet, as it stands in a bookmark's name, and the rest of its address; "" for another bookmark."""
    match = _NAME.fullmatch(bookmark)
    return ("", "") if match is None else (match["sheet"], _rest_of(match))


def read_figures(docx: bytes) -> list[PrintedFigure]:
    """The figures of a report, in the order of the document; changed, deleted and moved ones as they are now.

    Raises:
        TemplateError: the bytes are not a ``.docx``.
    """
    return _figures_of(read_parts(docx))


def read_manifest(docx: bytes) -> FigureManifest:
    """Compare a report's figures with what was written at rendering.

    Raises:
        TemplateError: the bytes are not a ``.docx``.
    """
    return read_printed(docx)[1]


def read_printed(docx: bytes) -> tuple[list[PrintedFigure], FigureManifest]:
    """Both: the figures and what became of them.

    Raises:
        TemplateError: the bytes are not a ``.docx``.
    """
    parts = read_parts(docx)
    properties, figures = read_properties(parts), _figures_of(parts)
    intact = properties.get(MANIFEST) == _digest((figure.bookmark, figure.text) for figure in figures)
    return figures, FigureManifest(int(properties.get(COUNT, "0")), len(figures), intact)


def _figures_of(parts: Mapping[str, bytes]) -> list[PrintedFigure]:
    renamed = sheet_names(parts)
    return [figure for name in text_parts(parts) for figure in _figures_in(parse(parts[name]), renamed)]


def sheet_names(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Word in the names of a document's bookmarks → sheet of the master workbook, where the two differ."""
    return _renamed(read_properties(parts).get(SHEETS, ""))


def _renamed(text: str) -> dict[str, str]:
    """Bookmark word → sheet; {} for what some program made unreadable (Spire writes ``_x007B_`` for ``{``)."""
    try:
        renamed = json.loads(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))
    except json.JSONDecodeError:
        return {}
    return {str(key): str(value) for key, value in renamed.items()} if isinstance(renamed, dict) else {}


def _figures_in(root: Node, renamed: Mapping[str, str]) -> list[PrintedFigure]:
    found = _words_in(root)
    places = [_place_of(node) for _, _, node, _ in found]
    context = {place: _words_of(place) for place in dict.fromkeys(places)}  # a row holds many figures
    return [
        PrintedFigure(_at(match, renamed), "".join(words), name, context[place])
        for (name, match, _, words), place in zip(found, places, strict=True)
    ]


def _words_in(root: Node) -> list[tuple[str, re.Match[str], Node, list[str]]]:
    """Name, what it says, its node and the words of every figure's bookmark."""
    found: list[tuple[str, re.Match[str], Node, list[str]]] = []
    open_now: dict[str, list[str]] = {}
    for node in root.iter(w("bookmarkStart"), w("bookmarkEnd"), w("t")):
        if node.tag == w("t"):
            for words in open_now.values():
                words.append(node.text or "")
        elif node.tag == w("bookmarkEnd"):
            open_now.pop(node.get(w("id")), None)
        elif match := _NAME.fullmatch(node.get(w("name"), "")):
            words = open_now[node.get(w("id"))] = []
            found.append((node.get(w("name")), match, node, words))
    return found


def _at(match: re.Match[str], renamed: Mapping[str, str]) -> str:
    return f"{renamed.get(match['sheet'], match['sheet'])}!{_rest_of(match)}"


def _rest_of(match: re.Match[str]) -> str:
    number = f"#{match['number']}" if match["number"] else ""
    cell = match["cell"]
    for sign, word in _WORDS.items():
        cell = cell.replace(word, sign)
    return f"{cell}{number}"


def _place_of(node: Node) -> Node | None:
    """The table row a figure stands in, else its paragraph."""
    for tag in (w("tr"), w("p")):
        if (place := next(node.iterancestors(tag), None)) is not None:
            return place
    # Word moves bookmarks between paragraphs when a whole paragraph is selected
    return next(node.itersiblings(w("p")), None)


def _words_of(place: Node | None) -> str:
    if place is None:
        return ""
    if place.tag == w("p"):
        return paragraph_text(place).strip()
    return "｜".join("".join(map(paragraph_text, cell.iter(w("p")))).strip() for cell in place.iter(w("tc")))


def printed_text(paragraph: Node, renamed: Mapping[str, str]) -> tuple[str, list[tuple[int, int, str]]]:
    """The words of a paragraph and its figures: where each begins and ends in them, and its cell."""
    words: list[str] = []
    length = 0
    open_now: dict[str, tuple[int, str]] = {}
    found: list[tuple[int, int, str]] = []
    for node in paragraph.iter(*_PRINTED):
        if node.tag == _TEXT:
            piece = node.text or ""
        elif node.tag == _START:
            if at := figure_address(node.get(_W_NAME, ""), renamed):
                open_now[node.get(_W_ID, "")] = (length, at)
            continue
        elif node.tag == _END:
            if (begun := open_now.pop(node.get(_W_ID, ""), None)) is not None:
                found.append((begun[0], length, begun[1]))
            continue
        else:
            piece = ("\t" if node.tag == _TAB else "\n") if node.getparent().tag == w("r") else ""
        words.append(piece)
        length += len(piece)
    return "".join(words), found


def is_intact(parts: Mapping[str, bytes], root: Node) -> bool:
    """Whether the figures of a package, whose body is parsed already, are those that were written at rendering."""
    written = read_properties(parts).get(MANIFEST)
    if not written:
        return False
    roots = [root if name == DOCUMENT else parse(parts[name]) for name in text_parts(parts)]
    return written == _digest((name, "".join(words)) for root in roots for name, _, _, words in _words_in(root))


def _digest(written: Iterable[tuple[str, str]]) -> str:
    return hashlib.sha256("".join(f"{name}\t{text}\n" for name, text in written).encode()).hexdigest()


def _run(look: str, inside: str) -> str:
    """A run with something in it; none for nothing."""
    return f"<w:r>{look}{inside}{_RUN_ENDS}" if inside else ""


def _text(words: str, *, behind: bool = False, before: bool = False) -> str:
    """A text in a run, none for no words; beside references it says whether it stands behind or before a figure."""
    if MARK_OPEN in words:
        words = f"{MARK_MIDDLE * behind}{words}{MARK_MIDDLE * before}"
    return f'<w:t xml:space="preserve">{words}</w:t>' if words else ""
