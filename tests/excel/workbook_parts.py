"""Workbooks written part by part, for files that no spreadsheet library would write."""

import zipfile
from io import BytesIO

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEET_TYPE}.worksheet+xml"/></Types>'
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="31"/><xf numFmtId="10">'
    '<protection locked="0"/></xf></cellXfs></styleSheet>'
)


def part(tag: str, body: str, attributes: str = "") -> str:
    """An XML part with one root element in the main namespace."""
    return f'<{tag} xmlns="{MAIN}" xmlns:r="{RELATIONS}"{attributes}>{body}</{tag}>'


def raw_parts(rows: str = "", *, after: str = "", workbook: str = "", strings: str = "") -> dict[str, str]:
    """The parts of a one-sheet workbook around the given sheet rows; tests change them before zipping."""
    kinds = (("officeDocument", "xl/workbook.xml"),)
    inner = (("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "strings.xml"))
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": _relations(kinds),
        "xl/workbook.xml": part("workbook", f'{workbook}<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets>'),
        "xl/_rels/workbook.xml.rels": _relations(inner),
        "xl/styles.xml": STYLES,
        "xl/strings.xml": part("sst", strings),
        "xl/worksheets/sheet1.xml": part("worksheet", f"<sheetData>{rows}</sheetData>{after}"),
    }


def _relations(targets: tuple[tuple[str, str], ...]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{items}</Relationships>'


def zipped(parts: dict[str, str | bytes] | dict[str, str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as a zip file."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def raw_xlsx(rows: str = "", **more: str) -> bytes:
    """A one-sheet workbook around the given sheet rows."""
    return zipped(raw_parts(rows, **more))
