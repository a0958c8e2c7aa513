"""Any file that holds a table (.xlsx, .xls, .ods, CSV, a web page named .xls) as rows of text: values only, fast.

For exports of survey platforms: thousands of rows, no formulas, no styles. Text of the file is handed on as it is.
"""

import csv
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, TypeAlias

from toolkit.errors import UnreadableFileError
from toolkit.excel.sniff import FileKind, kind_of
from toolkit.text import plain
from toolkit.text.folding import storable

Rows: TypeAlias = tuple[tuple[str, ...], ...]
Grids: TypeAlias = tuple[tuple[str, Rows], ...]
"""Sheet names with their rows, from the first row and column of the sheet on."""

_WORKBOOKS = (FileKind.XLSX, FileKind.XLS, FileKind.XLSB, FileKind.ODS)
_MOST_CELLS = 5_000_000
_MOST_BYTES = 60_000_000
_SAVE_AS = "请从平台重新导出，或在 Excel、WPS 中另存为 .xlsx 后再导入"


def read_grids(data: bytes) -> Grids:
    """The visible worksheets of a file, or its one table.

    Raises:
        UnreadableFileError: no table in it, too large or damaged.
    """
    kind = kind_of(data)
    if len(data) > _MOST_BYTES:
        raise UnreadableFileError("文件过大（超过60MB）", what_to_do="按调查对象或项目分成几个文件导入")
    if kind in _WORKBOOKS:
        return _of_workbook(data, kind)
    if kind is FileKind.TEXT:
        return (("", _of_text(data)),)
    if kind is FileKind.HTML:
        return _of_page(data)
    raise UnreadableFileError(f"文件是{kind.value}，不是问卷导出的表格", what_to_do=_SAVE_AS)


def plain_grids(data: bytes, _name: str, _context: object) -> tuple[Any, ...]:
    """For a worker process: ("grids", the tables of the file), or ("refused", why, what to do)."""
    try:
        return ("grids", read_grids(data))
    except UnreadableFileError as error:
        return ("refused", error.message, error.what_to_do)


def _of_workbook(data: bytes, kind: FileKind) -> Grids:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, XmlError, ZipError

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        listed = [meta.name for meta in workbook.sheets_metadata if str(meta.visible).endswith(".Visible")]
        return tuple((name, _sheet_rows(workbook.get_sheet_by_name(name))) for name in listed)
    except (CalamineError, PasswordError, XmlError, ZipError, OSError, ValueError) as error:
        raise UnreadableFileError(f"文件为{kind.value}，已损坏或无法读取", what_to_do=_SAVE_AS) from error
    except BaseException as error:
        # The library's own panic is no Exception; everything else of that rank (Ctrl-C) goes on up.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFileError(f"文件为{kind.value}，已损坏", what_to_do=_SAVE_AS) from error


def _sheet_rows(sheet: Any) -> Rows:  # noqa: ANN401 - a compiled class without useful types
    if sheet.total_height * sheet.total_width > _MOST_CELLS:
        raise ValueError("too many cells")
    return tuple(
        tuple(content if type(content) is str else _text(content) for content in row)
        for row in sheet.to_python(skip_empty_area=False)
    )


def _text(content: object) -> str:
    if content is None:
        return ""
    if isinstance(content, bool):
        return "TRUE" if content else "FALSE"
    if isinstance(content, int | float):
        return plain(Decimal(repr(content)))
    if isinstance(content, datetime):
        return content.isoformat(sep=" ", timespec="seconds")
    if isinstance(content, date | time):
        return content.isoformat()
    if isinstance(content, timedelta):
        return plain(Decimal(str(content.total_seconds())))
    return str(content)


def decoded(data: bytes) -> str:
    """Text of a file in UTF-8, UTF-16 (with its mark) or GBK.

    Raises:
        UnreadableFileError: it is in none of them.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError("文件的文字编码无法识别", what_to_do=_SAVE_AS)


def _of_text(data: bytes) -> Rows:
    text = decoded(data)
    head = text.split("\n", 1)[0]
    separator = max("\t,;", key=head.count)
    try:
        rows = tuple(tuple(row) for row in csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise UnreadableFileError("CSV 中有没有配对的引号，各列会错位", what_to_do=_SAVE_AS) from error
    return rows


def _of_page(data: bytes) -> Grids:
    from lxml import etree, html

    # The text is decoded here: pages of survey platforms often declare another encoding than they are written in.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        page = html.document_fromstring(decoded(data).encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableFileError("网页格式的导出文件已损坏", what_to_do=_SAVE_AS) from error
    tables = page.findall(".//table")
    if not tables:
        raise UnreadableFileError("文件其实是网页，里面没有表格", what_to_do=_SAVE_AS)
    return tuple((f"表{number}", _table_rows(table)) for number, table in enumerate(tables, 1))


def _table_rows(table: Any) -> Rows:  # noqa: ANN401
    if table.xpath("boolean(.//@rowspan | .//@colspan)"):
        spans = {cell.get("rowspan", "1") + cell.get("colspan", "1") for cell in table.iter("td", "th")}
        if spans != {"11"}:
            raise UnreadableFileError("网页格式的导出文件有合并单元格，各列会错位", what_to_do=_SAVE_AS)
    return tuple(
        tuple(storable(_content(cell)).strip() for cell in row if cell.tag in ("td", "th")) for row in table.iter("tr")
    )


def _content(cell: Any) -> str:  # noqa: ANN401
    return "".join(cell.itertext()) if len(cell) else cell.text or ""
