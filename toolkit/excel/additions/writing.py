"""Cells of a person's copy as XML of the new generation: texts written out, styles copied, formulas pointed."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from toolkit.excel.additions.looks import Looks
from toolkit.excel.additions.mapping import SheetMap
from toolkit.excel.additions.placing import NS, Node
from toolkit.excel.additions.pointing import GoneError, pointed
from toolkit.excel.addresses import parse_cell
from toolkit.excel.book import Sheet
from toolkit.excel.write import stored_formula


@dataclass(slots=True)
class CellWriter:
    """Writes cells.

    Attributes:
        strings: the shared texts of the person's copy, as elements.
        lost: places whose formula points at what is no more; their last result stands instead.
    """

    looks: Looks
    strings: list[Node]
    maps: Mapping[str, SheetMap]
    lost: list[str] = field(default_factory=list)

    def rewrite(self, cell: Node, sheet: Sheet, place: tuple[int, int]) -> None:
        """Make a cell element fit the new workbook, in place."""
        if cell.get("s"):
            cell.set("s", str(self.looks.cell(int(cell.get("s", "0")))))
        formula = cell.find(f"{NS}f")
        if formula is not None:
            self._point(cell, formula, sheet, place)
        if cell.get("t") == "s":
            self._write_out(cell)

    def rewrite_sheet(self, root: Node, sheet: Sheet) -> None:
        """Make a whole worksheet part fit the new workbook, in place."""
        for cell in root.iter(f"{NS}c"):
            self.rewrite(cell, sheet, parse_cell(cell.get("r", "A1")))
        for node in root.iter(f"{NS}row", f"{NS}col"):
            key = "s" if node.tag == f"{NS}row" else "style"
            if node.get(key):
                node.set(key, str(self.looks.cell(int(node.get(key, "0")))))
        for rule in root.iter(f"{NS}cfRule"):
            if rule.get("dxfId"):
                rule.set("dxfId", str(self.looks.condition(int(rule.get("dxfId", "0")))))
        for view in root.iter(f"{NS}sheetView"):
            view.attrib.pop("tabSelected", "")

    def _point(self, cell: Node, formula: Node, sheet: Sheet, place: tuple[int, int]) -> None:
        known = sheet.cells.get(place)
        text = known.formula if known is not None and known.formula else ""
        array = formula.get("ref") if formula.get("t") == "array" else None
        try:
            now = stored_formula(pointed(text, sheet.name, self.maps))
        except GoneError:
            self.lost.append(f"{sheet.name}!{cell.get('r')}的公式")
            cell.remove(formula)
            return
        for name in list(formula.attrib):
            del formula.attrib[name]
        if array:
            formula.set("t", "array")
            formula.set("ref", array)
        formula.text = now.removeprefix("=")
        result = cell.find(f"{NS}v")
        if result is not None:
            cell.remove(result)  # of the data there were; programs calculate it on opening
        cell.attrib.pop("t", "")

    def _write_out(self, cell: Node) -> None:
        """A shared text in the cell itself."""
        value = cell.find(f"{NS}v")
        number = int(value.text or "-1") if value is not None else -1
        if value is not None:
            cell.remove(value)
        cell.attrib.pop("t", "")
        if 0 <= number < len(self.strings):
            cell.set("t", "inlineStr")
            holder = cell.makeelement(f"{NS}is")
            holder.extend(deepcopy(child) for child in self.strings[number])
            cell.append(holder)
