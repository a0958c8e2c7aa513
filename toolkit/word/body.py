"""The body of a document in reading order, and its tables on their grid: how paragraphs and cells are counted."""

from collections.abc import Iterator

from toolkit.ooxml.parse import whole_number
from toolkit.word.package import Node, paragraph_text, w

P, TBL, TR, TC = w("p"), w("tbl"), w("tr"), w("tc")
_CONTAINERS = frozenset(map(w, ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml")))
_WIDEST = 200


def body_blocks(root: Node) -> Iterator[Node]:
    """Paragraphs and tables of the body in order; those in content controls and tracked insertions too.

    A table within a cell comes right behind the table that holds it: it has rows and totals of its own.
    """
    body = root.find(w("body"))
    return iter(()) if body is None else _blocks(body)


def _blocks(parent: Node) -> Iterator[Node]:
    for node in parent:
        if node.tag == P:
            yield node
        elif node.tag == TBL:
            yield node
            yield from (table for table in node.iter(TBL) if table is not node)
        elif node.tag in _CONTAINERS:
            yield from _blocks(node)


def grid_rows(table: Node) -> Iterator[list[Node | None]]:
    """The rows of a table, a place a column of its grid; None where another cell covers it."""
    yield from (cells for _, cells in rows_with_cells(table))


def rows_with_cells(table: Node) -> Iterator[tuple[Node, list[Node | None]]]:
    """Every row of a table with its cells as :func:`grid_rows` gives them."""
    for row in _within(table, TR):
        cells: list[Node | None] = [None] * _count(row, "trPr/gridBefore")
        for cell in _within(row, TC):
            merged = cell.find(f"{w('tcPr')}/{w('vMerge')}")
            covered = merged is not None and merged.get(w("val"), "continue") == "continue"
            cells.append(None if covered else cell)
            cells.extend([None] * (max(1, _count(cell, "tcPr/gridSpan")) - 1))
        yield row, cells


def own_paragraphs(cell: Node) -> Iterator[Node]:
    """The paragraphs of a cell without those of the tables within it."""
    for node in cell:
        if node.tag == P:
            yield from node.iter(P)  # those of its text boxes, too
        elif node.tag != TBL:
            yield from own_paragraphs(node)


def cell_text(cell: Node) -> str:
    """The words of a cell, its paragraphs parted by line breaks; those of nested tables too."""
    return "\n".join(filter(None, (paragraph_text(paragraph).strip() for paragraph in cell.iter(P))))


def _within(parent: Node, tag: str) -> Iterator[Node]:
    for node in parent:
        if node.tag == tag:
            yield node
        elif node.tag in _CONTAINERS:
            yield from _within(node, tag)


def _count(node: Node, path: str) -> int:
    found = node.find("/".join(map(w, path.split("/"))))
    return 0 if found is None else min(_WIDEST, max(0, whole_number(found.get(w("val")))))
