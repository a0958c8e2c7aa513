"""A sheet that people write into, brought up to date in its XML: only cells that change, new rows below the last one.

So it goes where no row has to be taken out and nothing in the workbook calculates. A person's pictures, formats and
other sheets then stay byte for byte, and no library reads and writes the whole workbook.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from lxml import etree

from toolkit.excel.addresses import cell_name, column_letters
from toolkit.excel.book import Book, Sheet
from toolkit.excel.cell_xml import STARTS_A_FORMULA, visible_text
from toolkit.excel.sheet_patch import Place, patch_cells
from toolkit.excel.sheet_tree import SheetTree
from toolkit.excel.table import cell_text
from toolkit.ooxml.parse import Element, children, local_name

if TYPE_CHECKING:
    from toolkit.excel.kept_sheet import KeptSheet, Key

_HEADER_DEPTH = 12
_MOST_CHOICES = 255
_LIST = {"type": "list", "allowBlank": "1", "showErrorMessage": "0"}
_BEFORE_LISTS = (
    *("sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState"),
    *("dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting"),
)
"""Source: ISO/IEC 29500-1, 18.3.1.99 (CT_Worksheet)."""


def kept_in_place(data: bytes, book: Book, kept: "KeptSheet", heights: Sequence[int]) -> bytes | None:
    """The workbook with the rows of a sheet; None where it cannot be done in place.

    Args:
        data: the workbook.
        book: the same, read.
        kept: what the sheet is to hold.
        heights: of each of its rows, where it is new. Units: points.
    """
    sheet = book.sheet(kept.name)
    standing = _standing(sheet, kept) if sheet else None
    calculates = any(cell.formula is not None for sheet in book.sheets for cell in sheet.cells.values())
    if sheet is None or standing is None or kept.gone or calculates:
        return None
    changes: dict[Place, Decimal | str | None] = {}
    added: dict[int, int] = {}
    for row, height in zip(kept.rows, heights, strict=True):
        number = standing.places.get(key := tuple(row[heading] for heading in kept.key))
        if number is None:
            number = standing.places[key] = standing.last + len(added) + 1
            added[number] = height
        for column in kept.columns:
            text = visible_text(row.get(column.heading, ""))
            if column.heading not in row or _text(sheet, number, standing.columns[column.heading]) == text:
                continue
            if text.startswith(STARTS_A_FORMULA):
                return None  # it needs a look that keeps programs from taking it for a formula
            at = cell_name(number, standing.columns[column.heading])
            changes[kept.name, at] = Decimal(text) if column.numeric and is_number(text) else text or None
    dressing = _Dressing(kept, standing, added)
    return patch_cells(data, changes, {kept.name: dressing.dress}) if changes else data


def is_number(text: str) -> bool:
    """Whether a text of a numeric column is put in as a number."""
    return text.replace(".", "", 1).isdecimal() and text.isascii()


@dataclass(frozen=True, slots=True)
class _Standing:
    """How the sheet stands: heading → column, key → row, the row below which new ones go."""

    columns: Mapping[str, int]
    places: "dict[Key, int]"
    last: int


def _standing(sheet: Sheet, kept: "KeptSheet") -> _Standing | None:
    """None for a sheet without some heading, or without any row to take looks from."""
    wanted = {column.heading for column in kept.columns}
    counted: dict[int, dict[str, int]] = {}
    rows: dict[int, None] = {}
    for row, column in sorted(sheet.cells, reverse=True):
        rows[row] = None
        if row <= _HEADER_DEPTH and (text := _text(sheet, row, column)) in wanted:
            counted.setdefault(row, {})[text] = column
    header = max(counted, key=lambda row: (len(counted[row]), -row), default=0)
    columns = counted.get(header, {})
    if columns.keys() != wanted:
        return None
    places: dict[Key, int] = {}
    for row in (row for row in rows if row > header):
        key = tuple(_text(sheet, row, columns[heading]) for heading in kept.key)
        if any(key):
            places[key] = row  # from below: of rows with the same key the first
    return _Standing(columns, places, max(places.values())) if places else None


def _text(sheet: Sheet, row: int, column: int) -> str:
    cell = sheet.cells.get((row, column))
    return cell_text(cell).strip() if cell else ""


@dataclass(frozen=True, slots=True)
class _Dressing:
    """What the sheet needs beside its texts: looks and heights of new rows, lists to choose from."""

    kept: "KeptSheet"
    standing: _Standing
    added: Mapping[int, int]

    def dress(self, tree: SheetTree) -> None:
        """Give new rows the looks of the row above them and the lists to all rows that offer them."""
        columns = sorted(self.standing.columns.values()) if self.added else []
        looks = {column: tree.cell(self.standing.last, column).get("s") for column in columns}
        for number, height in self.added.items():
            for column, look in looks.items():
                cell = tree.cell(number, column)
                if look is not None:
                    cell.set("s", look)
            tree.rows[number].set("ht", str(height))
            tree.rows[number].set("customHeight", "1")
        if self.kept.chosen:
            self._offer(tree)

    def _offer(self, tree: SheetTree) -> None:
        """The lists of the column to choose in, instead of those that are there; lists of other columns stay."""
        letters = column_letters(self.standing.columns[self.kept.chosen])
        group = _validations(tree.root)
        for rule in [rule for rule in group if (rule.get("sqref") or "").startswith(letters)]:
            group.remove(rule)
        namespace = str(group.tag).removesuffix("dataValidations")
        for formula, areas in lists_to_choose_from(self.kept, letters, self.standing.places).items():
            rule = etree.SubElement(group, f"{namespace}dataValidation", _LIST, sqref=" ".join(areas))
            etree.SubElement(rule, f"{namespace}formula1").text = formula
        group.set("count", str(len(group)))
        if not len(group):
            tree.root.remove(group)


def _validations(root: Element) -> Element:
    """The element that holds the lists to choose from, made where the schema wants it."""
    if found := children(root, "dataValidations"):
        return found[0]
    made: Element = etree.Element(str(root.tag).replace("worksheet", "dataValidations"))
    before = [place for place, element in enumerate(root) if local_name(element) in _BEFORE_LISTS]
    root.insert(max(before) + 1, made)
    return made


def lists_to_choose_from(kept: "KeptSheet", letters: str, places: "Mapping[Key, int]") -> dict[str, list[str]]:
    """Formula of a list → the areas of the column that offer it; a text that no list can hold is offered nowhere."""
    rows: dict[tuple[str, ...], set[int]] = {}
    for key, offered in kept.choices.items():
        if key in places and 0 < len(",".join(offered)) <= _MOST_CHOICES and not any("," in text for text in offered):
            rows.setdefault(offered, set()).add(places[key])
    return {_list_formula(offered): _areas(letters, numbers) for offered, numbers in rows.items()}


def _list_formula(offered: Sequence[str]) -> str:
    return '"' + ",".join(offered).replace('"', '""') + '"'


def _areas(letters: str, numbers: Iterable[int]) -> list[str]:
    """Rows of a column, neighbours together: ``J4:J6``."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [f"{letters}{first}:{letters}{last}" for first, last in runs]
