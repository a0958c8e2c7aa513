"""Sheets and columns of a person put into the newly generated workbook."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.excel.additions.looks import Looks
from toolkit.excel.additions.mapping import SheetMap, sheet_map
from toolkit.excel.additions.parts import PartCopier
from toolkit.excel.additions.placing import NS, Node, forget, measure, row_of, widths
from toolkit.excel.additions.pointing import GoneError, pointed
from toolkit.excel.additions.writing import CellWriter
from toolkit.excel.addresses import cell_name, column_letters, parse_cell
from toolkit.excel.book import Book, Sheet
from toolkit.excel.parts import MASTER_LIMITS, WorkbookParts
from toolkit.excel.read import read_workbook
from toolkit.ooxml.package import deflate, inflate, read_members, write_members
from toolkit.ooxml.parse import parse_xml, serialise
from toolkit.ooxml.relations import CONTENT_TYPES, OFFICE, add_part, relate

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_CHART_FORMULA = "{http://schemas.openxmlformats.org/drawingml/2006/chart}f"
_ID = f"{{{OFFICE}}}id"
_LONGEST_NAME = 31
_NUMBER = re.compile(r"\d+")
_PIVOT = "数据透视表"


@dataclass(frozen=True, slots=True)
class Carried:
    """The new workbook with a person's additions.

    Attributes:
        sheets: names of sheets carried. columns: ``汇总：备注`` for each column. lost: what could not be carried.
    """

    data: bytes
    sheets: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def carry_additions(base: bytes | None, mine: bytes, new: bytes) -> Carried:
    """Put the sheets and columns a person added to the last generation into the new one.

    Args:
        base: the workbook as generated last; None where it is not known.
        mine: the person's copy of it.
        new: the workbook as generated now.

    Raises:
        UnreadableFileError: one of them is no workbook.
    """
    books = _read(base) if base else None, _read(mine), _read(new)
    known, own_book, now = ({sheet.name: sheet for sheet in book.sheets} if book else {} for book in books)
    both = [name for name in own_book if name in now]
    maps = {name: sheet_map(known.get(name), own_book[name], now[name]) for name in both}
    own = [name for name in own_book if name not in now and name not in known]
    if not own and not any(places.own for places in maps.values()):
        return Carried(new)
    return _Carrying(mine, new, books[1], maps).carried(own)


def with_sheets_of(source: bytes, names: Sequence[str], target: bytes) -> bytes:
    """A workbook with some sheets of another one at its end; its own sheets stay byte for byte.

    Raises:
        UnreadableFileError: one of them is no workbook.
    """
    return _Carrying(source, target, read_workbook(source), {}).carried(list(names)).data


@dataclass(slots=True)
class _Carrying:
    """Two packages while one is put into the other."""

    mine: bytes
    new: bytes
    book: Book
    maps: Mapping[str, SheetMap]
    source: dict[str, bytes] = field(default_factory=dict)
    target: dict[str, bytes] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    def carried(self, own: list[str]) -> Carried:
        source, target = WorkbookParts(self.mine, MASTER_LIMITS), WorkbookParts(self.new, MASTER_LIMITS)
        self.source, self.target = _contents(self.mine), _contents(self.new)
        styles, styles_now = source.related("styles"), target.related("styles")
        looks = Looks.of(styles[1] if styles else b"<styleSheet/>", styles_now[1] if styles_now else b"<styleSheet/>")
        strings = source.related("sharedStrings")
        texts = list(parse_xml(*strings).iterchildren(f"{NS}si")) if strings else []
        writer = CellWriter(looks, texts, self.maps)
        columns = [
            told
            for name, places in self.maps.items()
            if places.own
            for told in self._columns(source, target, writer, name)
        ]
        copier = PartCopier(self.source, self.target, self._changed)
        for name in own:
            self._sheet(source, target, writer, copier, name)
        if styles_now:
            self.target[styles_now[0]] = looks.written()
        if any("pivot" in kind for kind in copier.left):
            self.lost.append(_PIVOT)
        self._calculate_on_opening(target)
        data = write_members(deflate(name, content) for name, content in self._ordered())
        return Carried(data, tuple(own), tuple(columns), (*self.lost, *writer.lost))

    def _ordered(self) -> Iterable[tuple[str, bytes]]:
        return sorted(self.target.items(), key=lambda item: item[0] != CONTENT_TYPES)

    def _columns(self, source: WorkbookParts, target: WorkbookParts, writer: CellWriter, name: str) -> list[str]:
        """Write a person's columns of a sheet behind its last one; each in words."""
        places, sheet = self.maps[name], _sheet_of(self.book, name)
        part, part_now = source.worksheet_part(name), target.worksheet_part(name)
        if part is None or part_now is None:
            return []
        root: Node
        root_now: Node
        root, root_now = parse_xml(part, self.source[part]), parse_xml(part_now, self.target[part_now])
        rows = {int(row.get("r", "0")): row for row in root_now.iter(f"{NS}row")}
        for cell in root.iter(f"{NS}c"):
            row, column = parse_cell(cell.get("r", "A1"))
            if column not in places.own or not len(cell):
                continue
            row_now = places.row(row)
            if row_now is None:
                self.lost.append(f"{name}!{cell.get('r')}：所在的行现在没有")
                continue
            writer.rewrite(cell, sheet, (row, column))
            cell.set("r", cell_name(row_now, places.placed[column]))
            row_of(root_now, rows, row_now).append(cell)
        widths(root, root_now, places)
        measure(root_now)
        self.target[part_now] = serialise(root_now)
        return [f"{name}：{heading or column_letters(column) + '列'}" for column, heading in places.own.items()]

    def _sheet(
        self, source: WorkbookParts, target: WorkbookParts, writer: CellWriter, copier: PartCopier, name: str
    ) -> None:
        """Copy a person's sheet with what belongs to it, at the end of the workbook."""
        part = source.worksheet_part(name)
        if part is None:
            self.lost.append(f"工作表《{name}》")
            return
        number = max(
            int((_NUMBER.search(made.rpartition("/")[2]) or ["0"])[0]) for made in self.target if "worksheets/" in made
        )
        made = f"xl/worksheets/sheet{number + 1}.xml"
        root: Node = parse_xml(part, self.source[part])
        sheet = _sheet_of(self.book, name)
        self.target[made] = b""
        for gone in copier.relate(part, made):
            forget(root, gone)
        writer.rewrite_sheet(root, sheet)
        for formula in root.iter(f"{NS}formula", f"{NS}formula1", f"{NS}formula2"):
            self._point(formula, sheet.name)
        add_part(self.target, made, serialise(root), _SHEET_TYPE)
        self._list(target, name, made, source)

    def _list(self, target: WorkbookParts, name: str, made: str, source: WorkbookParts) -> None:
        main = target.main[0]
        key = relate(self.target, main, f"{OFFICE}/worksheet", made)
        root: Node = parse_xml(main, self.target[main])
        sheets = root.find(f"{NS}sheets")
        taken = [int(item.get("sheetId", "0")) for item in sheets]
        entry = {"name": name[:_LONGEST_NAME], "sheetId": str(max(taken) + 1), _ID: key}
        state = next((item.get("state") for item in source.listed if item.get("name") == name), None)
        sheets.append(sheets.makeelement(f"{NS}sheet", entry | ({"state": state} if state else {})))
        self.target[main] = serialise(root)

    def _changed(self, name: str, content: bytes) -> bytes:
        """A copied part whose charts point at the right cells."""
        if "/charts/chart" not in name:
            return content
        root = parse_xml(name, content)
        for formula in root.iter(_CHART_FORMULA):
            self._point(formula, "")
        return serialise(root)

    def _point(self, formula: Node, sheet: str) -> None:
        try:
            formula.text = pointed(f"={formula.text or ''}", sheet, self.maps).removeprefix("=")
        except GoneError:
            self.lost.append(f"引用 {formula.text}")

    def _calculate_on_opening(self, target: WorkbookParts) -> None:
        main = target.main[0]
        root: Node = parse_xml(main, self.target[main])
        calculation = root.find(f"{NS}calcPr")
        if calculation is None:
            calculation = root.makeelement(f"{NS}calcPr")
            later = (f"{NS}{tag}" for tag in ("oleSize", "customWorkbookViews", "pivotCaches", "extLst"))
            after = next((node for tag in later for node in root.iterchildren(tag)), None)
            root.append(calculation) if after is None else after.addprevious(calculation)
        calculation.set("fullCalcOnLoad", "1")
        self.target[main] = serialise(root)


def _read(data: bytes) -> Book:
    return read_workbook(data, limits=MASTER_LIMITS)


def _contents(data: bytes) -> dict[str, bytes]:
    members = read_members(data, MASTER_LIMITS).items()
    return {name: inflate(member, MASTER_LIMITS.member_bytes) for name, member in members if name[-1:] != "/"}


def _sheet_of(book: Book, name: str) -> Sheet:
    return next(sheet for sheet in book.sheets if sheet.name == name)
