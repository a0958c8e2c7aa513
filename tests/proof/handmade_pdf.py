"""PDF files of a few lines, written here by hand: what one page says, how it is ruled and how it is turned."""

from io import BytesIO

WIDTH, HEIGHT = 400, 600
_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts["
    "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    "/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]"
    "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>>>]>>"
)

_LATIN = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def words(x: float, y: float, text: str) -> str:
    """A line of 12 point text whose base line begins at a point."""
    shown = (
        f"/L 12 Tf {x} {y} Td ({text})" if text.isascii() else f"/F 12 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}>"
    )
    return f"BT {shown} Tj ET\n"


def grid(x: float, y: float, rows: list[tuple[str, ...]], *, ruled: str = "lines") -> str:
    """A table with cells of 80 × 20, its upper left corner at a point; ruled by lines or by thin filled boxes."""
    drawn, wide, high = [], 80 * len(rows[0]), 20 * len(rows)
    for row in range(len(rows) + 1):
        drawn.append((x, y - 20 * row, wide, 0))
    for column in range(len(rows[0]) + 1):
        drawn.append((x + 80 * column, y - high, 0, high))
    rules = "".join(
        f"{left} {low} m {left + across} {low + up} l S\n"
        if ruled == "lines"
        else f"{left} {low} {across or 0.48} {up or 0.48} re f\n"
        for left, low, across, up in drawn
    )
    texts = "".join(
        words(x + 80 * column + 4, y - 20 * row - 15, text)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
    )
    return rules + texts


def pdf(*pages: str, turned: int = 0) -> bytes:
    """A PDF whose pages draw what is given; ``turned`` as /Rotate, the drawing turned against it."""
    moved = {0: "", 90: "0 1 -1 0 400 0 cm\n", 180: "-1 0 0 -1 400 600 cm\n", 270: "0 -1 1 0 0 600 cm\n"}[turned]
    box = f"[0 0 {WIDTH} {HEIGHT}]"
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    bodies = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>", _FONT]
    for at, page in enumerate(pages):
        bodies.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Rotate {turned}/Resources<</Font<</F 3 0 R/L {_LATIN}>>>>"
            f"/Contents {5 + 2 * at} 0 R>>"
        )
        drawn = moved + page
        bodies.append(f"<</Length {len(drawn)}>>stream\n{drawn}endstream")
    return _written(bodies)


def _written(bodies: list[str]) -> bytes:
    file, starts = BytesIO(), []
    file.write(b"%PDF-1.7\n")
    for number, body in enumerate(bodies, 1):
        starts.append(file.tell())
        file.write(f"{number} 0 obj\n{body}\nendobj\n".encode("ascii"))
    at = file.tell()
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    file.write(f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}".encode("ascii"))
    file.write(f"trailer<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF".encode("ascii"))
    return file.getvalue()
