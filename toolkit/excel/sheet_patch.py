"""Single cells of an existing workbook changed, every other byte of its content left as it is."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from toolkit.errors import TemplateError
from toolkit.excel.addresses import parse_cell
from toolkit.excel.cell_xml import Cached, CellChange, value_xml
from toolkit.excel.parts import WorkbookParts
from toolkit.excel.sheet_tree import SheetTree, split_at_marks
from toolkit.ooxml.package import with_contents

Place: TypeAlias = tuple[str, str]
_NOTHING: Mapping[str, Callable[[SheetTree], None]] = MappingProxyType({})
_CHAIN = re.compile(rb"<(?:Relationship|Override)\b[^>]*calcChain[^>]*?/>")


def patch_cells(
    data: bytes, changes: Mapping[Place, CellChange], dress: Mapping[str, Callable[[SheetTree], None]] = _NOTHING
) -> bytes:
    """The workbook with some cells changed: (sheet, ``"C5"``) → new content; the cells keep their styles.

    Cells and rows that do not stand in the file are made. Texts never become formulas. Values that other formulas show
    are not recalculated: give them as :class:`Cached`. ``dress``: sheet → what more is done to it, where it is changed.

    Raises:
        TemplateError: a sheet or an address that does not exist.
        UnreadableFileError: the workbook cannot be read.
    """
    parts = WorkbookParts(data)
    contents: dict[str, bytes] = {}
    formulas_changed = False
    for path, cells in by_part(parts, changes).items():
        tree = SheetTree(path, parts.contents[path])
        for sheet in {sheet for sheet, _ in cells.values()} & dress.keys():
            dress[sheet](tree)
        places = list(cells)
        for number, place in enumerate(places):
            change = changes[cells[place]]
            tree.mark(tree.cell(*place), number, keeps_formula=isinstance(change, Cached))
        pieces, marks = split_at_marks(tree.text())
        filled = [value_xml(changes[cells[places[number]]], formula) for number, formula, _ in marks]
        contents[path] = "".join(_interleaved(pieces, filled)).encode("utf-8")
        formulas_changed |= tree.formulas_changed or any("<f>" in text for text in filled)
    if formulas_changed:
        forget_calculation_chain(parts, contents)
    return with_contents(parts.members, contents)


def by_part(parts: WorkbookParts, places: Mapping[Place, object]) -> dict[str, dict[tuple[int, int], Place]]:
    """Part name → (row, column) → the place as it was given.

    Raises:
        TemplateError: a sheet or an address that does not exist, or the same cell twice.
    """
    result: dict[str, dict[tuple[int, int], Place]] = {}
    paths = {sheet: parts.worksheet_part(sheet) for sheet in dict.fromkeys(sheet for sheet, _ in places)}
    for sheet, ref in places:
        path = paths[sheet]
        if path is None:
            raise TemplateError(f"工作簿中没有名为“{sheet}”的工作表", where=sheet, what_to_do="请检查模板的工作表名称")
        try:
            place = parse_cell(ref)
        except ValueError as error:
            raise TemplateError(f"“{ref}”不是单元格地址", where=sheet, what_to_do="请检查取数地址簿") from error
        if place in result.setdefault(path, {}):
            raise TemplateError(f"单元格 {ref} 被指定了两次", where=sheet, what_to_do="请检查取数地址簿")
        result[path][place] = (sheet, ref)
    return result


def _interleaved(pieces: list[str], filled: list[str]) -> list[str]:
    result = [pieces[0]]
    for text, piece in zip(filled, pieces[1:], strict=True):
        result += (text, piece)
    return result


def forget_calculation_chain(parts: WorkbookParts, contents: dict[str, bytes]) -> None:
    """Take the calculation chain out of a package; Excel calls a chain that lists a vanished formula damaged."""
    chain = parts.related("calcChain")
    if chain is None:
        return
    del parts.members[chain[0]]
    for name, content in parts.contents.items():
        if name.endswith((".rels", "[Content_Types].xml")) and b"calcChain" in content:
            contents[name] = _CHAIN.sub(b"", content)
