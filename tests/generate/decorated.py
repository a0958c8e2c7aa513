"""A template as a consultant decorates it: a logo, a stamp box, a picture in the header, a colour rule."""

import struct
import zlib
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font

from toolkit.excel.parts import WorkbookParts
from toolkit.ooxml.package import deflate, write_members

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument."
_TYPES = (
    f'<Default Extension="vml" ContentType="{_TYPE}vmlDrawing"/>'
    f'<Override PartName="/xl/drawings/drawing91.xml" ContentType="{_TYPE}drawing+xml"/></Types>'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def png(width: int = 80, height: int = 30) -> bytes:
    """A small red picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    lines = b"".join(b"\0" + b"\xc0\x20\x20" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def decorated(template: bytes, sheet: str, row: int) -> bytes:
    """The template with a picture and a shape that start in a row (from 1) of a sheet, and a picture in its header."""
    parts = WorkbookParts(_with_rule(template, sheet))
    path = parts.worksheet_part(sheet)
    assert path
    relations = f"xl/worksheets/_rels/{path.rpartition('/')[2]}.rels"
    root = parts.contents[path].decode()
    root = root.replace("<worksheet ", f'<worksheet xmlns:r="{_R}" ', 1) if "xmlns:r=" not in root else root
    root = root.replace("</worksheet>", '<drawing r:id="rId91"/><legacyDrawingHF r:id="rId92"/></worksheet>')
    types = parts.contents["[Content_Types].xml"].decode().replace("</Types>", _TYPES)
    new = {
        path: root,
        "[Content_Types].xml": types,
        relations: _relations(
            ("rId91", "drawing", "/xl/drawings/drawing91.xml"), ("rId92", "vmlDrawing", "/xl/drawings/vmlDrawing1.vml")
        ),
        "xl/drawings/drawing91.xml": _drawing(row - 1),
        "xl/drawings/_rels/drawing91.xml.rels": _relations(("rId1", "image", "../media/image91.png")),
        "xl/drawings/vmlDrawing1.vml": _header_picture(),
        "xl/drawings/_rels/vmlDrawing1.vml.rels": _relations(("rId1", "image", "../media/image91.png")),
        "xl/media/image91.png": png(),
    }
    members = dict(parts.members)
    for name, text in new.items():
        members[name] = deflate(name, text.encode() if isinstance(text, str) else text)
    return write_members(members.values())


def _with_rule(template: bytes, sheet: str) -> bytes:
    book = load_workbook(BytesIO(template))
    target = book[sheet]
    target.conditional_formatting.add("A1", FormulaRule(formula=["LEN($A$1)>99"], font=Font(color="FF0000")))
    target.oddHeader.left.text = "&G"
    target.column_dimensions["B"].width = 33.5
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def _relations(*items: tuple[str, str, str]) -> str:
    inner = "".join(f'<Relationship Id="{one}" Type="{_R}/{kind}" Target="{target}"/>' for one, kind, target in items)
    return f'<Relationships xmlns="{_PACKAGE}">{inner}</Relationships>'


def _drawing(row: int) -> str:
    def corner(name: str, column: int, at: int) -> str:
        inner = (
            f"<xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{at}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
        )
        return f"<xdr:{name}>{inner}</xdr:{name}>"

    def anchor(inner: str, column: int) -> str:
        corners = corner("from", column, row) + corner("to", column + 1, row + 1)
        return f"<xdr:twoCellAnchor>{corners}{inner}<xdr:clientData/></xdr:twoCellAnchor>"

    place = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="300000"/></a:xfrm>'
    form = f'<xdr:spPr>{place}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr>'
    picture = (
        '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="标志"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>'
        f'<a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>{form}</xdr:pic>'
    )
    shape = (
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="3" name="盖章处"/><xdr:cNvSpPr/></xdr:nvSpPr>'
        f"{form}<xdr:txBody><a:bodyPr/><a:p><a:r><a:t>盖章处</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )
    spaces = f'xmlns:xdr="{_DRAWING}" xmlns:a="{_A}" xmlns:r="{_R}"'
    return f"<xdr:wsDr {spaces}>{anchor(picture, 0)}{anchor(shape, 3)}</xdr:wsDr>"


def _header_picture() -> str:
    spaces = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    image = '<v:imagedata o:relid="rId1" o:title="logo"/>'
    shape = f'<v:shape id="LH" type="#_x0000_t75" style="width:60pt;height:22pt">{image}</v:shape>'
    return f"<xml {spaces}>{shape}</xml>"
