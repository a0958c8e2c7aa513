"""What a template needs so that its documents are finished as text: signs put into its tree when it is compiled.

What :mod:`toolkit.word.grid` does to the tree of a finished document is decided here where it can be, once: columns
that always fit, rows that are always there, cells that always end in a paragraph. For the rest a sign is printed with
the document, and :mod:`toolkit.word.finishing` looks only there. A table that has to be counted column by column, or
holds other tables, is marked as one that is parsed by itself.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from toolkit.word import signs
from toolkit.word.grid import (
    CELL_PROPERTIES,
    CELL_WIDTH,
    GRID,
    GRID_COLUMN,
    KEEP,
    PARAGRAPH_PROPERTIES,
    SPAN,
    STYLE,
    TBL,
    TC,
    TR,
    TYPE,
    VALUE,
    WIDTH,
    P,
)
from toolkit.word.package import DOCUMENT, DRAWING, Node, w
from toolkit.word.template_tree import NotProvenError, TemplateTree, inside, is_branch

_NESTING = (TBL, w("sdt"), w("txbxContent"), w("pPrChange"))
_TEXT = w("t")
_NAMESPACES = re.compile(' xmlns(?::[^=]+)?="[^"]*"')
_PASSING = re.compile(f"{signs.VALUE}[0-9]+{signs.VALUE_END}")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a finishing in text has to know of a part.

    Attributes:
        opening, closing: the tags of its root, around pieces that are parsed by themselves.
        is_body: whether it is the body, whose tables are shaped.
        captions: ids of the styles of captions. has_boxes: whether paragraphs stand within paragraphs.
        empties: an element as a branch not taken leaves it, without content → as XML is written.
        empties_of_values: the same of elements that hold nothing but values.
        may_hold_tags: whether a tag that is to be printed may come from the template.
        signs: those that occur. slots: those of them where a paragraph is kept with the next.
    """

    opening: str
    closing: str
    is_body: bool
    captions: frozenset[str]
    has_boxes: bool
    empties: tuple[tuple[str, str], ...]
    empties_of_values: tuple[tuple[str, str], ...]
    signs: frozenset[str]
    slots: tuple[str, ...]
    may_hold_tags: bool


def shape(tree: TemplateTree, name: str, captions: frozenset[str]) -> Frame:
    """Put the signs into a part's tree and write it back.

    Args:
        tree: of the part, changed.
        name: of the part.
        captions: ids of the styles of captions that occur.

    Raises:
        NotProvenError: there is something that only a finished document tells.
    """
    root = tree.root
    if name == DOCUMENT:
        _mark_captions(root, captions)
        _mark_drawings(root)
    for table in [table for table in root.iter(TBL) if next(table.iterancestors(TBL), None) is None]:
        _mark_table(table, is_body=name == DOCUMENT)
    has_boxes = any(next(node.iterancestors(P), None) is not None for node in root.iter(P))
    may_be_empty = [node for node in root.iter(etree.Element) if not is_branch(node) and _may_be_empty(node)]
    in_branches = _empties(node for node in may_be_empty if len(node))
    of_values = tuple(empty for empty in _empties(may_be_empty) if empty not in in_branches)
    xml = tree.write_back()
    opening = xml[: xml.index(">") + 1]
    closing = f"</{opening[1:].split(' ')[0].rstrip('>')}>"
    found = frozenset(signs.ANY_SIGN.findall(xml))
    slots = tuple(sign for sign in signs.KEPT if sign in found)
    return Frame(
        opening=opening,
        closing=closing,
        is_body=name == DOCUMENT,
        captions=captions,
        has_boxes=has_boxes,
        empties=in_branches,
        empties_of_values=of_values,
        signs=found,
        slots=slots,
        may_hold_tags=tree.may_hold_tags(),
    )


def _mark_captions(root: Node, captions: frozenset[str]) -> None:
    for style in root.iter(STYLE):
        paragraph = style.getparent().getparent()
        if signs.VALUE in style.get(VALUE, ""):
            raise NotProvenError
        if style.get(VALUE) in captions:
            texts = list(paragraph.iter(_TEXT))
            nested = next(paragraph.iterdescendants(P), None) is not None
            if paragraph.tag != P or nested or any(_holder(_holder(text)) is not paragraph for text in texts):
                raise NotProvenError
            if texts:
                _before(paragraph, signs.CAPTION)


def _holder(node: Node) -> Node:
    """The element around a node, whatever branches it stands in."""
    return next(parent for parent in node.iterancestors() if not is_branch(parent))


def _mark_drawings(root: Node) -> None:
    for drawing in root.iter(DRAWING):
        drawing.set("id", signs.DRAWING)


def _mark_table(table: Node, *, is_body: bool) -> None:
    rows = [node for node in inside(table) if node.tag == TR]
    is_counted = is_body and not columns_fit(table)
    if not _is_flat(table) or (is_counted and not _is_plain(table)):
        _before(table, signs.TREE_TABLE)
        _behind(table, signs.TABLE_END)
        return
    for cell in table.iter(TC):
        if len(cell) == 0 or cell[-1].tag != P:
            _at_end(cell, signs.CELL_END)
    is_there = any(row.getparent() is table for row in rows)
    is_kept = is_body and (len(rows) > 1 or not all(row.getparent() is table for row in rows))
    if is_there and not is_kept and not is_counted:
        return
    for own in table.iter(CELL_WIDTH) if is_counted else ():
        own.set(WIDTH, signs.WIDTH + own.get(WIDTH))
    _before(table, signs.TABLE + signs.WIDTH * is_counted)
    _behind(table, signs.TABLE_END)
    for row in rows:
        _before(row, signs.ROW)
    for paragraph in list(table.iter(P)) if is_kept else ():
        _mark_paragraph(paragraph)


def _is_flat(table: Node) -> bool:
    """Whether nothing in a table holds paragraphs of its own."""
    return next(table.iterdescendants(*_NESTING), None) is None


def columns_fit(table: Node) -> bool:
    """Whether every row has a cell for each column of the grid, whatever is rendered."""
    grid = table.find(GRID)
    if grid is None:
        return True
    columns = len(grid.findall(GRID_COLUMN))
    return not any(is_branch(node) for node in grid.iter()) and all(_spans(row) == columns for row in table.iter(TR))


def _is_plain(table: Node) -> bool:
    """Whether the columns can be counted in the text: every column and cell says how wide it is, none is more than one.

    A width that is not a number of twips is what a finished document may have anywhere else.
    """
    grid = table.find(GRID)
    columns = grid.findall(GRID_COLUMN)
    says = [column.get(WIDTH, "") for column in columns if len(column.attrib) == 1]
    cells = [cell.find(f"{CELL_PROPERTIES}/{CELL_WIDTH}") for cell in table.iter(TC)]
    says += ["" if own is None or own.get(TYPE) != "dxa" else own.get(WIDTH, "") for own in cells]
    is_whole = len(says) == len(columns) + len(cells) and len(columns) == len(grid) and not grid.attrib
    return is_whole and all(map(str.isdecimal, says)) and next(table.iter(SPAN), None) is None


def _spans(row: Node) -> int:
    """How many columns the cells of a row take; -1 where only a rendered row tells."""
    if any(is_branch(node) for node in row):
        return -1
    spans = [cell.find(f"{CELL_PROPERTIES}/{SPAN}") for cell in row.findall(TC)]
    said = ["1" if span is None else span.get(VALUE, "") for span in spans]
    has_branches = any(is_branch(node) for cell in row.findall(TC) for node in cell.iterchildren(CELL_PROPERTIES))
    return sum(map(int, said)) if all(text.isdecimal() for text in said) and not has_branches else -1


def _mark_paragraph(paragraph: Node) -> None:
    """A sign where a paragraph would say that it is kept with the next."""
    properties = paragraph.find(PARAGRAPH_PROPERTIES)
    if properties is not None:
        _mark_properties(properties)
    elif any(map(is_branch, paragraph)) or (len(paragraph) == 0 and paragraph.attrib):
        raise NotProvenError
    elif len(paragraph) == 0:
        _replace(paragraph, signs.WHOLE_PARAGRAPH)
    else:
        paragraph.text = signs.WITHOUT_PROPERTIES


def _mark_properties(properties: Node) -> None:
    style = properties.find(STYLE)
    if any(map(is_branch, properties)):
        raise NotProvenError
    if len(properties) == 0:
        _replace(properties, signs.NO_PROPERTIES_YET)
    elif properties.find(KEEP) is None and style is not None:
        _behind(style, signs.IN_PROPERTIES)
    elif properties.find(KEEP) is None:
        properties.text = signs.IN_PROPERTIES


def _before(node: Node, sign: str) -> None:
    previous, parent = node.getprevious(), node.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + sign
    else:
        parent.text = (parent.text or "") + sign


def _behind(node: Node, sign: str) -> None:
    node.tail = sign + (node.tail or "")


def _at_end(node: Node, sign: str) -> None:
    if len(node):
        node[-1].tail = (node[-1].tail or "") + sign
    else:
        node.text = sign


def _replace(node: Node, sign: str) -> None:
    _before(node, sign + (node.tail or ""))
    node.getparent().remove(node)


def _empties(nodes: Iterable[Node]) -> tuple[tuple[str, str], ...]:
    """Elements rendered without content, as they are then and as XML is written."""
    found = set(map(_written, nodes))
    return tuple((f"{tag[:-2]}></{tag[1:-2].split(' ')[0]}>", tag) for tag in sorted(found))


def _may_be_empty(node: Node) -> bool:
    """Whether an element holds nothing but values and branches, which may come to nothing."""
    if not all(map(is_branch, node)):
        return False
    text = "".join([node.text or "", *(child.tail or "" for child in node)])
    return bool(len(node) or text) and not _PASSING.sub("", text)


def _written(node: Node) -> str:
    """The tag of an element without content."""
    alone = etree.Element(node.tag, dict(node.attrib), nsmap=node.nsmap)
    return _NAMESPACES.sub("", etree.tostring(alone, encoding="unicode"))
