"""A document's content as a sequence of units: paragraphs, tables, the contents, ends of sections.

Rows of a table and blocks of a cell are read the same way, so that one procedure merges all of them.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from enum import StrEnum

from toolkit.word.merging.words import Opened, Slot, with_figures
from toolkit.word.package import Node, w

ROWS = (w("tr"), w("sdt"))
_CELL, _PARAGRAPH = w("tc"), w("p")
"""What stands below one another in a table: rows, and content controls people put around rows."""
_PLAIN_ROW = tuple(map(w, ("tc", "trPr", "tblPrEx", "bookmarkStart", "bookmarkEnd")))
_SUBJECT = re.compile("[^《“]{0,6}(《[^《》]+》|“[^“”]+”)")


class UnitKind(StrEnum):
    """What a unit is."""

    PARAGRAPH = "段落"
    TABLE = "表格"
    ROW = "表格行"
    SECTION = "分节"
    CONTENTS = "目录"
    OTHER = "其他"


@dataclass(slots=True)
class Unit:
    """One unit.

    Attributes:
        nodes: its elements; only the contents may have several.
        key: what it says, see :mod:`words`; for a table the keys of its cells in order.
        rows: of a table.
        name: what it is about where that is plain: the first cell with words of a row (its number in a list is none),
            the quoted name a paragraph begins with. It tells units that read much the same from each other.
    """

    kind: UnitKind
    nodes: list[Node]
    key: str = ""
    name: str = ""
    figures: list[Slot] = field(default_factory=list)
    rows: list["Unit"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it says, its figures printed, for people."""
        return with_figures(self.key, self.figures).strip("｜").replace("\n", "；")

    @property
    def node(self) -> Node:
        """Its (first) element."""
        return self.nodes[0]


def block_units(opened: Opened, container: Node) -> list[Unit]:
    """The units of a body or of a table cell, properties aside; the last ``sectPr`` of a body is none."""
    units: list[Unit] = []
    children = [child for child in container if child.tag not in (w("sectPr"), w("tcPr"))]
    rest = iter(children)
    for child in rest:
        if _begins_contents(child):
            units.append(Unit(UnitKind.CONTENTS, [child, *_to_end_of_field(child, rest)]))
        else:
            units.append(_unit(opened, child))
    return units


def cells(row: Node) -> list[Node]:
    """The cells of a row, those in content controls included."""
    if all(child.tag in _PLAIN_ROW for child in row):
        return list(row.iterchildren(_CELL))
    return [cell for cell in row.iter(_CELL) if next(cell.iterancestors(w("tr"))) is row]


def end_sections_apart(container: Node) -> None:
    """Give every end of a section an empty paragraph of its own, as it was generated.

    LibreOffice drops such paragraphs and ends the section in the paragraph before, which may be one of the contents.
    """
    for section in list(container.iter(w("sectPr"))):
        paragraph = next(section.iterancestors(w("p")), None)
        if paragraph is None or not _says_something(paragraph):
            continue
        block = paragraph
        while block.getparent() is not container:
            block = block.getparent()
        ending = block.makeelement(w("p"))
        properties = ending.makeelement(w("pPr"))
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        if style is not None:
            properties.append(deepcopy(style))
        ending.append(properties)
        properties.append(section)
        block.addnext(ending)


def _says_something(paragraph: Node) -> bool:
    return any(
        node.tag != w("t") or node.text for node in paragraph.iter(w("t"), w("drawing"), w("pict"), w("fldChar"))
    )


def _unit(opened: Opened, node: Node) -> Unit:
    if node.tag == w("p"):
        words = opened.words(node)
        is_section = node.find(f"{w('pPr')}/{w('sectPr')}") is not None
        kind = UnitKind.SECTION if is_section else UnitKind.PARAGRAPH
        subject = _SUBJECT.match(words.key)
        return Unit(kind, [node], words.key, subject[1] if subject else "", words.figures)
    if node.tag == w("tbl"):
        return _table(opened, node)
    return _gathered(UnitKind.OTHER, opened, node)


def _table(opened: Opened, table: Node) -> Unit:
    rows = [
        _row(opened, row) if row.tag == w("tr") else _gathered(UnitKind.OTHER, opened, row)
        for row in table.iterchildren(*ROWS)
    ]
    key = "\n".join(row.key for row in rows)
    figures = [slot for row in rows for slot in row.figures]
    return Unit(UnitKind.TABLE, [table], key, rows[0].key if rows else "", figures, rows)


def _row(opened: Opened, row: Node) -> Unit:
    unit = _gathered(UnitKind.ROW, opened, row)
    unit.name = next((text for text in unit.key.split("｜") if len(text) > 1 and any(map(str.isalpha, text))), "")
    return unit


def _gathered(kind: UnitKind, opened: Opened, node: Node) -> Unit:
    unit, keys, cell = Unit(kind, [node]), [], None
    for own, paragraph in _paragraphs_of(node):
        words = opened.words(paragraph)
        keys.append(("" if own is cell else "｜") + words.key)
        cell = own
        unit.figures += words.figures
    unit.key = "".join(keys)
    return unit


def _paragraphs_of(node: Node) -> list[tuple[Node, Node]]:
    """The paragraphs of an element, each with its cell; those of a text box belong to the paragraph around it."""
    plain = [(cell, paragraph) for cell in node.iterchildren(_CELL) for paragraph in cell.iterchildren(_PARAGRAPH)]
    every = list(node.iter(_PARAGRAPH))
    if len(plain) == len(every):
        return plain
    outer = (paragraph for paragraph in every if next(paragraph.iterancestors(w("p")), None) is None)
    return [(next(paragraph.iterancestors(w("tc")), None), paragraph) for paragraph in outer]


def _begins_contents(node: Node) -> bool:
    if node.tag == w("sdt"):
        gallery = node.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
        if gallery is not None and gallery.get(w("val")) == "Table of Contents":
            return True
    return node.tag in (w("p"), w("sdt")) and any(
        (code.text or "").split()[:1] == ["TOC"] for code in node.iter(w("instrText"))
    )


def _to_end_of_field(first: Node, rest: Iterator[Node]) -> Sequence[Node]:
    """The paragraphs that a table of contents outside a content control goes on in."""
    depth, more = _depth(first), []
    while depth > 0 and (node := next(rest, None)) is not None:
        depth += _depth(node)
        more.append(node)
    return more


def _depth(node: Node) -> int:
    kinds = [mark.get(w("fldCharType")) for mark in node.iter(w("fldChar"))]
    return kinds.count("begin") - kinds.count("end")
