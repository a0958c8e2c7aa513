"""Any .xlsx or .xlsm file, however odd or hostile, read in one pass into a :class:`Book`."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from toolkit.excel.addresses import MAX_ROW
from toolkit.excel.book import Book, BookFlag, CellStyle, NameTarget, Sheet, SheetState, Table
from toolkit.excel.cell_values import KnownCells, SheetContext
from toolkit.excel.covers import covered, covered_areas
from toolkit.excel.defined_names import DefinedName
from toolkit.excel.parts import Limits, WorkbookParts
from toolkit.excel.remembered import Remembered
from toolkit.excel.shared_strings import read_strings
from toolkit.excel.sheet_xml import SheetContent, read_sheet
from toolkit.excel.styles import read_conditional_formats, read_styles
from toolkit.excel.tables import read_tables
from toolkit.excel.xml_parts import unescape
from toolkit.ooxml.package import refuse
from toolkit.ooxml.parse import Element, children, full_text, is_true, parse_xml

Wanted: TypeAlias = Callable[[str], bool]
"""Whether a sheet of some name is asked for."""
_STATES = frozenset(SheetState)
_STRICT = "{http://purl.oclc.org/ooxml/"
_TARGET = re.compile(
    r"=?(?:'((?:[^']|'')+)'|([^'!\[\]:]+))!\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}))?"
)
_FLAGS = (
    (BookFlag.MACROS, re.compile(r"vbaproject|/macrosheets/|/dialogsheets/", re.IGNORECASE)),
    (BookFlag.EXTERNAL_LINKS, re.compile(r"/externallinks/[^/]+\.xml$", re.IGNORECASE)),
    (BookFlag.EMBEDDED_OBJECTS, re.compile(r"/embeddings/|/activex/|/ctrlprops/", re.IGNORECASE)),
    (BookFlag.CONNECTIONS, re.compile(r"/connections\.xml$|/querytables/", re.IGNORECASE)),
)
_UNUSUAL = re.compile(
    "vbaproject|macrosheets|dialogsheets|externallinks|embeddings|activex|ctrlprops|connections|querytables",
    re.IGNORECASE,
)
"""What one of these has in it."""
_SAVED = re.compile(rb"<(?:\w+:)?modified\b[^<>]*>\s*([0-9TZ:.+-]{10,40})\s*<")
_CALL = re.compile(rb"\|\s*(?:'|&apos;)")
_DDE = re.compile(rb"<(?:\w+:)?ddeLink\b|<(?:\w+:)?f\b[^>]*>[^<\"']*\|\s*(?:'|&apos;)")


def _every(_name: str) -> bool:
    return True


def read_workbook(data: bytes, *, limits: Limits | None = None, wanted: Wanted = _every) -> Book:
    """The cells, names and properties of a workbook, formulas and cached values together.

    ``wanted``: whether a sheet of some name is asked for.

    Raises:
        UnreadableFileError: not a workbook, damaged, or built to do harm; the message says which.
    """
    parts = WorkbookParts(data, limits)
    root = parts.main[1]
    date1904 = any(is_true(item.get("date1904")) for item in children(root, "workbookPr"))
    looks = _looks(parts)
    known = Remembered() if date1904 else looks.known
    context = SheetContext(*_strings(parts), looks.styles, date1904, parts.limits, looks.misleading, known)
    names, local_names = _defined_names(parts.names, {item.get("name") or "" for item in parts.listed})
    _refuse_beyond(parts.limits.names, len(names) + sum(map(len, local_names.values())), "名称")
    sheets = _sheets(parts, context, local_names, wanted)
    return Book(sheets, names, _properties(parts), date1904, _flags(parts), _saved(parts))


def _strings(parts: WorkbookParts) -> tuple[list[str], frozenset[int]]:
    """The shared texts, and the numbers of those with parts that do not read on as one text."""
    found = parts.related("sharedStrings")
    if not found:
        return [], frozenset()
    texts, mixed = read_strings(*found)
    _refuse_beyond(parts.limits.strings, len(texts), "文字")
    return texts, mixed


@dataclass(frozen=True, slots=True)
class _Looks:
    """What a part with styles says: styles of cells, conditional ones that mislead; cells met with these styles."""

    styles: tuple[CellStyle, ...] = (CellStyle(),)
    misleading: frozenset[int] = frozenset()
    known: KnownCells = field(default_factory=Remembered)


def _looks(parts: WorkbookParts) -> _Looks:
    found = parts.related("styles")
    if not found:
        return _Looks()
    looks = _known_looks(*found) if len(found[1]) <= _LARGEST_KEPT else _read_looks(*found)
    _refuse_beyond(parts.limits.styles, len(looks.styles), "单元格样式")
    return looks


def _read_looks(name: str, content: bytes) -> _Looks:
    return _Looks(read_styles(name, content), read_conditional_formats(name, content))


_LARGEST_KEPT = 400_000  # bytes
_known_looks = lru_cache(16)(_read_looks)
"""All forms of an evaluation have the same styles, as long as no other program has saved them."""


def _refuse_beyond(limit: int, count: int, what: str) -> None:
    if count > limit:
        raise refuse(f"工作簿的{what}过多（{count} 个）")


def _sheets(
    parts: WorkbookParts, context: SheetContext, local_names: dict[int, dict[str, NameTarget]], wanted: Wanted
) -> tuple[Sheet, ...]:
    _refuse_beyond(parts.limits.sheets, len(parts.listed), "工作表")
    if len({path for _, _, path in parts.worksheets}) < len(parts.worksheets):
        raise refuse("多个工作表指向同一份内容，疑似恶意文件")
    names = [(item.get("name") or "").casefold() for item in parts.listed]
    if len(set(names)) < len(names):
        raise refuse("工作簿里有同名的工作表，不能断定哪一个是所填的")
    if not parts.worksheets:
        raise refuse("工作簿中没有可读的工作表")
    sheets, cells = [], 0
    for index, item, path in parts.worksheets:
        if not wanted(item.get("name") or ""):
            continue
        content = read_sheet(path, parts.contents[path], context)
        content.doubts = covered(content.cells, covered_areas(parts, path)) | content.doubts
        cells += len(content.cells)
        if cells > parts.limits.cells:
            raise refuse(f"工作簿单元格过多（超过 {parts.limits.cells} 个）")
        sheets.append(_sheet(item, content, local_names.get(index, {}), read_tables(parts, path)))
    return tuple(sheets)


def _sheet(item: Element, content: SheetContent, names: dict[str, NameTarget], tables: tuple[Table, ...]) -> Sheet:
    state = item.get("state")
    return Sheet(
        name=item.get("name") or "",
        state=SheetState(state) if state in _STATES else SheetState.VISIBLE,
        cells=content.cells,
        merges=tuple(content.merges),
        validations=tuple(content.validations),
        protected=content.protected,
        hidden_rows=frozenset(content.hidden_rows),
        hidden_columns=frozenset(content.hidden_columns),
        names=names,
        doubts=content.doubts,
        zeros_hidden=content.zeros_hidden,
        array_formulas=content.array_formulas,
        tables=tables,
    )


def _properties(parts: WorkbookParts) -> dict[str, str]:
    found = parts.custom_properties
    return {item.get("name") or "": unescape(full_text(item)) for item in parse_xml(*found)} if found else {}


def _saved(parts: WorkbookParts) -> str:
    found = parts.part("docProps/core.xml")
    match = _SAVED.search(found[1]) if found else None
    return match[1].decode() if match else ""


def _flags(parts: WorkbookParts) -> tuple[BookFlag, ...]:
    flags = _flags_of(parts.members) if _UNUSUAL.search("/".join(parts.members)) else []
    if any(_may_call(content) and _DDE.search(content) for content in parts.contents.values()):
        flags.append(BookFlag.DDE)
    if str(parts.main[1].tag).startswith(_STRICT):
        flags.append(BookFlag.STRICT)
    return tuple(flags)


def _flags_of(members: Iterable[str]) -> list[BookFlag]:
    return [flag for flag, pattern in _FLAGS if any(pattern.search(f"/{name}") for name in members)]


def _may_call(content: bytes) -> bool:
    """Whether there is a bar before a quotation mark, or a link; looked for first because it takes no time."""
    return (b"|" in content and _CALL.search(content) is not None) or b"ddeLink" in content


def _defined_names(
    listed: Iterable[DefinedName], sheets: set[str]
) -> tuple[dict[str, NameTarget], dict[int, dict[str, NameTarget]]]:
    """Names of the whole workbook, and names of single sheets by the sheet's position; built-in ones left out."""
    names: dict[str, NameTarget] = {}
    local: dict[int, dict[str, NameTarget]] = {}
    for name, text, scope in listed:
        if not name.startswith("_xlnm."):
            owner = local.setdefault(int(scope), {}) if scope.isdecimal() and len(scope) < 9 else names
            owner[name] = _target(text, sheets)
    return names, local


def _target(text: str, sheets: set[str]) -> NameTarget:
    found = _known_target(text) if len(text) <= _LONGEST_TARGET else _any_target(text)
    return found if not found.sheet or found.sheet in sheets else NameTarget("", text)


def _any_target(text: str) -> NameTarget:
    """Where a name points, were there a sheet as it says."""
    match = _TARGET.fullmatch(text)
    if not match:
        return NameTarget("", text)
    quoted, bare, letters, digits, last_letters, last_digits = match.groups()
    sheet = bare or quoted.replace("''", "'")
    if not _on_sheet(letters, digits) or not _on_sheet(last_letters or "A", last_digits or "1"):
        return NameTarget("", text)
    ref = f"{letters}{digits}:{last_letters}{last_digits}" if last_letters else letters + digits
    fixed = text.rpartition("!")[2].count("$") == (4 if last_letters else 2)
    return NameTarget(sheet, ref, "" if fixed else text)


_LONGEST_TARGET = 80
_known_target = lru_cache(maxsize=8_192)(_any_target)
"""All forms of an evaluation have the same names."""


def _on_sheet(letters: str, digits: str) -> bool:
    return (len(letters) < 3 or letters <= "XFD") and int(digits) <= MAX_ROW
