"""Any .xlsx or .xlsm file, however odd or hostile, read in one pass into a :class:`Book`."""

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote

from toolkit.excel.addresses import parse_area
from toolkit.excel.book import Book, BookFlag, CellStyle, NameTarget, Sheet, SheetState
from toolkit.excel.package import Limits, inflate, read_members, refuse
from toolkit.excel.sheet_xml import SheetContext, read_sheet
from toolkit.excel.styles import read_styles
from toolkit.excel.xml_parts import (
    Element,
    checked_xml,
    children,
    full_text,
    is_true,
    iterate_xml,
    local_name,
    parse_xml,
    rich_text,
    unescape,
)

_STRICT = "http://purl.oclc.org/ooxml/"
_TARGET = re.compile(r"=?(?:'((?:[^']|'')+)'|([^'!\[\]:]+))!(\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?)")
_FLAGS = (
    (BookFlag.MACROS, re.compile(r"vbaproject|/macrosheets/|/dialogsheets/", re.IGNORECASE)),
    (BookFlag.EXTERNAL_LINKS, re.compile(r"/externallinks/[^/]+\.xml$", re.IGNORECASE)),
    (BookFlag.EMBEDDED_OBJECTS, re.compile(r"/embeddings/|/activex/|/ctrlprops/", re.IGNORECASE)),
    (BookFlag.CONNECTIONS, re.compile(r"/connections\.xml$|/querytables/", re.IGNORECASE)),
)
_DDE = re.compile(rb"<(?:\w+:)?ddeLink\b|<(?:\w+:)?f\b[^>]*>[^<\"']*\|\s*(?:'|&apos;)")
_VERDICT = "文件不是 Excel 工作簿"


def read_workbook(data: bytes, *, limits: Limits | None = None) -> Book:
    """The cells, names and properties of a workbook, formulas and cached values together.

    Raises:
        UnreadableFileError: not a workbook, damaged, or built to do harm; the message says which.
    """
    return _Reader(data, limits or Limits()).book()


class _Reader:
    """One file while it is read."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.limits = limits
        self.members = read_members(data, limits)
        self.by_name = {name.casefold(): name for name in self.members}
        self.contents = self._inflate_xml()

    def _inflate_xml(self) -> dict[str, bytes]:
        """Every XML part, looked through for declarations; pictures and the like stay compressed."""
        left = self.limits.total_bytes
        contents = {}
        for name, member in self.members.items():
            if not name.casefold().endswith((".xml", ".rels", ".vml")):
                continue
            content = inflate(member, min(left, self.limits.member_bytes))
            left -= len(content)
            contents[name] = checked_xml(name, content)
        return contents

    def part(self, name: str) -> tuple[str, bytes] | None:
        """A part by its name, whatever its letter case; a zip tool may have changed it."""
        real = self.by_name.get(name.casefold(), "")
        if real in self.contents:
            return real, self.contents[real]
        return (real, inflate(self.members[real], self.limits.member_bytes)) if real else None

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id → (kind, part name) of a part; targets outside the file are left out."""
        folder, base = posixpath.split(part)
        found = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        if not found:
            return {}
        result = {}
        for item in parse_xml(*found):
            if item.get("TargetMode") != "External":
                target = unquote((item.get("Target") or "").replace("\\", "/"))
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                result[item.get("Id") or ""] = ((item.get("Type") or "").rpartition("/")[2], path)
        return result

    def book(self) -> Book:
        main = self._main_part()
        root = parse_xml(*main)
        if local_name(root) != "workbook":
            raise refuse(_VERDICT)
        relations = self.relations(main[0])
        date1904 = any(is_true(item.get("date1904")) for item in children(root, "workbookPr"))
        strings, styles = self._strings(relations), self._styles(relations)
        listed = [item for group in children(root, "sheets") for item in children(group, "sheet")]
        names, local_names = _defined_names(root, [item.get("name") or "" for item in listed])
        sheets = self._sheets(listed, relations, SheetContext(strings, styles, date1904, self.limits), local_names)
        return Book(sheets, names, self._properties(), date1904, self._flags(root))

    def _main_part(self) -> tuple[str, bytes]:
        named = [path for kind, path in self.relations("").values() if kind == "officeDocument"]
        for path in (*named, "xl/workbook.xml"):
            found = self.part(path)
            if found:
                return found
        raise refuse(_VERDICT)

    def _related(self, relations: Mapping[str, tuple[str, str]], kind: str) -> tuple[str, bytes] | None:
        paths = [path for found, path in relations.values() if found == kind]
        return self.part(paths[0]) if paths else None

    def _strings(self, relations: Mapping[str, tuple[str, str]]) -> list[str]:
        found = self._related(relations, "sharedStrings")
        return [rich_text(item) for item in iterate_xml(*found, "si")] if found else []

    def _styles(self, relations: Mapping[str, tuple[str, str]]) -> tuple[CellStyle, ...]:
        found = self._related(relations, "styles")
        return read_styles(*found) if found else (CellStyle(),)

    def _sheets(
        self,
        listed: list[Element],
        relations: Mapping[str, tuple[str, str]],
        context: SheetContext,
        local_names: Mapping[int, Mapping[str, NameTarget]],
    ) -> tuple[Sheet, ...]:
        if len(listed) > self.limits.sheets:
            raise refuse(f"工作表过多（{len(listed)} 个）")
        sheets, seen = [], set()
        cells = 0
        for index, item in enumerate(listed):
            kind, path = relations.get(_relation_id(item), ("worksheet", f"xl/worksheets/sheet{index + 1}.xml"))
            found = self.part(path)
            if kind != "worksheet" or not found:
                continue
            if found[0] in seen:
                raise refuse("多个工作表指向同一份内容，疑似恶意文件")
            seen.add(found[0])
            sheet = _sheet(item, found, context, local_names.get(index, {}))
            cells += len(sheet.cells)
            if cells > self.limits.cells:
                raise refuse(f"工作簿单元格过多（超过 {self.limits.cells} 个）")
            sheets.append(sheet)
        if not sheets:
            raise refuse("工作簿中没有可读的工作表")
        return tuple(sheets)

    def _properties(self) -> dict[str, str]:
        found = self._related(self.relations(""), "custom-properties") or self.part("docProps/custom.xml")
        if not found:
            return {}
        return {item.get("name") or "": unescape(full_text(item)) for item in parse_xml(*found)}

    def _flags(self, root: Element) -> tuple[BookFlag, ...]:
        flags = [flag for flag, pattern in _FLAGS if any(pattern.search(f"/{name}") for name in self.members)]
        if any(_DDE.search(content) for content in self.contents.values()):
            flags.append(BookFlag.DDE)
        if str(root.tag).startswith(f"{{{_STRICT}"):
            flags.append(BookFlag.STRICT)
        return tuple(flags)


def _relation_id(item: Element) -> str:
    return next((str(value) for key, value in item.attrib.items() if str(key).endswith("}id")), "")


def _sheet(item: Element, part: tuple[str, bytes], context: SheetContext, names: Mapping[str, NameTarget]) -> Sheet:
    content = read_sheet(*part, context)
    state = item.get("state")
    return Sheet(
        name=item.get("name") or "",
        state=SheetState(state) if state in set(SheetState) else SheetState.VISIBLE,
        cells=content.cells,
        merges=tuple(content.merges),
        validations=tuple(content.validations),
        protected=content.protected,
        hidden_rows=frozenset(content.hidden_rows),
        hidden_columns=frozenset(content.hidden_columns),
        names=names,
    )


def _defined_names(root: Element, sheets: list[str]) -> tuple[dict[str, NameTarget], dict[int, dict[str, NameTarget]]]:
    """Names of the whole workbook, and names of single sheets by the sheet's position; built-in ones left out."""
    names: dict[str, NameTarget] = {}
    local: dict[int, dict[str, NameTarget]] = {}
    for group in children(root, "definedNames"):
        for item in children(group, "definedName"):
            name, scope = item.get("name") or "", item.get("localSheetId")
            if name.startswith("_xlnm."):
                continue
            owner = local.setdefault(int(scope), {}) if scope and scope.isdecimal() else names
            owner[name] = _target(item.text or "", sheets)
    return names, local


def _target(text: str, sheets: list[str]) -> NameTarget:
    match = _TARGET.fullmatch(text.strip())
    sheet = (match[1] or match[2]).replace("''", "'") if match else ""
    if not match or sheet not in sheets:
        return NameTarget("", text)
    ref = match[3].replace("$", "").upper()
    try:
        parse_area(ref)
    except ValueError:
        return NameTarget("", text)
    return NameTarget(sheet, ref)
