"""A worksheet part as a tree in which single cells can be found, made and marked, everything else staying as it is."""

import re
from bisect import bisect_left

from lxml import etree

from toolkit.excel.addresses import cell_name, column_index, column_letters
from toolkit.excel.shared_formula import shift_formula
from toolkit.ooxml.package import refuse
from toolkit.ooxml.parse import Element, children, parse_xml

_MARK = "jixiao-cell"
# After lxml has written the tree no "<" or ">" stands inside a text or an attribute, so a scan finds exactly the cells.
_MARKED = re.compile(rf' {_MARK}="([0-9]+)"(/>|>\s*(?:(<f\b[^>]*/>|<f\b.*?</f>).*?</c>|.*?</c>))', re.DOTALL)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class SheetTree:
    """One worksheet part while cells are found in it.

    Raises:
        UnreadableFileError: the part is damaged.
    """

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.root = parse_xml(name, content)
        groups = children(self.root, "sheetData")
        if not groups:
            raise refuse(f"文件内部条目 {name[:80]} 不是工作表")
        self.data = groups[0]
        self.rows = self._number_rows()
        self._known: dict[int, dict[int, Element]] = {}
        namespace = str(self.root.tag).rpartition("}")[0] + "}"
        self._cell, self._row_tag = f"{namespace}c", f"{namespace}row"
        self._has_grown = False
        self.formulas_changed = False

    def _number_rows(self) -> dict[int, Element]:
        rows, last = {}, 0
        for element in self.data:
            last = int(element.get("r") or last + 1)
            element.set("r", str(last))
            rows[last] = element
        return rows

    def cell(self, row: int, column: int) -> Element:
        """The cell element at a place, made in its order when missing."""
        cells = self._known.get(row) or self._columns(row)
        if column in cells:
            return cells[column]
        self._grow()
        parent = self._row(row)
        _without(parent, "spans")
        address = cell_name(row, column)
        if len(parent) == len(cells) and column > max(cells, default=0):
            made = etree.SubElement(parent, self._cell, r=address)
        else:
            made = etree.Element(self._cell, r=address)
            parent.insert(bisect_left(sorted(cells), column), made)
        cells[column] = made
        return made

    def _columns(self, number: int) -> dict[int, Element]:
        """The cells of a row by column, every one with an address of its own from now on."""
        if number in self._known:
            return self._known[number]
        cells, last = self._known.setdefault(number, {}), 0
        for element in self._row(number):
            letters = (element.get("r") or column_letters(last + 1)).rstrip("0123456789")
            last = column_index(letters)
            element.set("r", f"{letters}{number}")
            cells[last] = element
        return cells

    def _row(self, number: int) -> Element:
        if number not in self.rows:
            made = etree.Element(self._row_tag, r=str(number))
            self.data.insert(bisect_left(sorted(self.rows), number), made)
            self.rows[number] = made
        return self.rows[number]

    def _grow(self) -> None:
        """Forget how far the sheet reaches: optional in the format, and wrong once a cell is added outside it."""
        if not self._has_grown:
            self._has_grown = True
            for element in children(self.root, "dimension"):
                self.root.remove(element)

    def mark(self, cell: Element, number: int, *, keeps_formula: bool) -> None:
        """Put a number on a cell; :func:`split_at_marks` cuts there. Its formula is given up unless kept."""
        formula = next(iter(children(cell, "f")), None) if len(cell) else None
        if formula is not None and not keeps_formula:
            if formula.get("t") == "shared":
                self._unshare(formula.get("si") or "")
            self.formulas_changed = True
        cell.set(_MARK, str(number))

    def _unshare(self, index: str) -> None:
        """Write a shared formula out in every cell, so that one of them can change."""
        base = (0, 0, "")
        for number in self.rows:
            for column, cell in self._columns(number).items():
                for formula in children(cell, "f"):
                    if formula.get("t") != "shared" or formula.get("si") != index:
                        continue
                    if formula.text:
                        base = (number, column, formula.text)
                    formula.text = shift_formula(base[2], number - base[0], column - base[1])
                    _without(formula, "t", "si", "ref")

    def text(self) -> str:
        """The part as XML text, the main namespace being the default one."""
        text = _DECLARATION + etree.tostring(self.root, encoding="unicode")
        prefix = self.root.prefix or ""
        if not prefix:
            return text
        text = re.sub(rf"<(/?){re.escape(prefix)}:", r"<\1", text)
        return text.replace(f" xmlns:{prefix}=", " xmlns=", 1)


def _without(element: Element, *attributes: str) -> None:
    for attribute in attributes:
        if attribute in element.attrib:
            del element.attrib[attribute]


def split_at_marks(text: str) -> tuple[list[str], list[tuple[int, str, str]]]:
    """Cut a part at its marked cells.

    Returns:
        the pieces around the cells, each up to and including the cell's address and style; and for every cell its
        number, its ``<f>`` element ("" when it has none), and the rest of the cell as it was.
    """
    pieces, cells = [], []
    start = 0
    for match in _MARKED.finditer(text):
        before = text[start : match.start()]
        opening = before.rindex("<c")
        attributes, kind = _without_type(before[opening:])
        pieces.append(before[:opening] + attributes)
        cells.append((int(match[1]), match[3] or "", kind + match[2]))
        start = match.end()
    return [*pieces, text[start:]], cells


def _without_type(opening: str) -> tuple[str, str]:
    kind = re.search(r' t="[^"]*"', opening)
    return (opening.replace(kind[0], "", 1), kind[0]) if kind else (opening, "")
