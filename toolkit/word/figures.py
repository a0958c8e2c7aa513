"""The figures of a report as they are now: read from their bookmarks, held against what was written at rendering."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from toolkit.word.figure_names import NAME, figure_address, rest_of
from toolkit.word.marks import COUNT, MANIFEST, SHEETS, digest
from toolkit.word.open_document import OpenDocument, open_document
from toolkit.word.package import DOCUMENT, Node, paragraph_text, parse, text_parts, w
from toolkit.word.properties import read_properties

_NUMBER = re.compile("[0-9]{1,6}")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_TEXT, _TAB, _BREAK, _START, _END = (w(tag) for tag in ("t", "tab", "br", "bookmarkStart", "bookmarkEnd"))
_PRINTED = (_TEXT, _TAB, _BREAK, _START, _END)
_W_NAME, _W_ID = w("name"), w("id")


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
        written: figures at rendering; None where the file does not say: it is no report of ours.
        found: figures in the file now.
        intact: no bookmark and no text has changed since rendering.
    """

    written: int | None
    found: int
    intact: bool


def read_figures(docx: bytes) -> list[PrintedFigure]:
    """The figures of a report, in the order of the document; changed, deleted and moved ones as they are now.

    Raises:
        TemplateError: the bytes are not a ``.docx``.
    """
    document = open_document(docx)
    return _figures_of(document.parts, document.root)


def read_manifest(docx: bytes) -> FigureManifest:
    """Compare a report's figures with what was written at rendering.

    Raises:
        TemplateError: the bytes are not a ``.docx``.
    """
    return printed_in(open_document(docx))[1]


def printed_in(document: OpenDocument) -> tuple[list[PrintedFigure], FigureManifest]:
    """Both, of a document that is open: the figures and what became of them."""
    properties, figures = read_properties(document.parts), _figures_of(document.parts, document.root)
    intact = properties.get(MANIFEST) == digest((figure.bookmark, figure.text) for figure in figures)
    written = properties.get(COUNT, "")
    return figures, FigureManifest(int(written) if _NUMBER.fullmatch(written) else None, len(figures), intact)


def _figures_of(parts: Mapping[str, bytes], body: Node) -> list[PrintedFigure]:
    renamed = sheet_names(parts)
    roots = (body if name == DOCUMENT else parse(parts[name]) for name in text_parts(parts))
    return [figure for root in roots for figure in _figures_in(root, renamed)]


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
        elif match := NAME.fullmatch(node.get(w("name"), "")):
            words = open_now[node.get(w("id"))] = []
            found.append((node.get(w("name")), match, node, words))
    return found


def _at(match: re.Match[str], renamed: Mapping[str, str]) -> str:
    return f"{renamed.get(match['sheet'], match['sheet'])}!{rest_of(match)}"


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
    return written == digest((name, words) for name, _, words in _named_words(parts, root))


_MOST_TRIED = 200
"""Digests that are worked out, each over all figures: where more texts differ, many figures were changed."""


def changed_figure(parts: Mapping[str, bytes], root: Node) -> tuple[str, str, str] | None:
    """Cell, text now and text then of the one figure that was changed since rendering.

    With the other's text in its place the report has the figures that were written, as their digest tells; so nothing
    is guessed. None where nothing was changed, more than one figure was, or no other figure has its cell.
    """
    written = read_properties(parts).get(MANIFEST)
    figures = _named_words(parts, root)
    for place, text in islice(_other_texts(figures), _MOST_TRIED) if written else ():
        name, at, words = figures[place]
        tried = (*figures[:place], (name, at, text), *figures[place + 1 :])
        if written == digest((each, said) for each, _, said in tried):
            return at, words, text
    return None


def _named_words(parts: Mapping[str, bytes], root: Node) -> list[tuple[str, str, str]]:
    """Bookmark, cell and text of every figure, in order."""
    renamed = sheet_names(parts)
    roots = [root if name == DOCUMENT else parse(parts[name]) for name in text_parts(parts)]
    return [(name, _at(match, renamed), "".join(words)) for root in roots for name, match, _, words in _words_in(root)]


def _other_texts(figures: list[tuple[str, str, str]]) -> Iterator[tuple[int, str]]:
    """The place of each figure that differs from others of its cell, with the text of one of those."""
    texts: dict[str, dict[str, None]] = defaultdict(dict)
    for _, at, words in figures:
        texts[at][words] = None
    for place, (_, at, words) in enumerate(figures):
        yield from ((place, other) for other in texts[at] if other != words)
