"""QR codes drawn and found again: on scans and photographs, turned, grey, soiled; hostile files cost nothing."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageFilter

from toolkit.qr import Codes, code_picture, codes_on

TEXT = "jixiao1|8f3c2d1e|12|0123456789abcdef|0123456789ab|fedcba9876543210"
A4_150 = (1240, 1754)
THREE_CENTIMETRES = 177  # pixels at 150 dpi


def page(*texts: str, size: int = THREE_CENTIMETRES) -> Image.Image:
    """A sheet of A4 at 150 dpi with lines on it and the codes one below the other."""
    sheet = Image.new("L", A4_150, 250)
    drawing = ImageDraw.Draw(sheet)
    for y in range(100, 1700, 60):
        drawing.line((80, y, 1160, y), fill=60, width=2)
    for number, text in enumerate(texts):
        code = Image.open(BytesIO(code_picture(text))).convert("L").resize((size, size))
        sheet.paste(code, (900, 120 + number * 260))
    return sheet


def saved(picture: Image.Image, kind: str = "JPEG", **more) -> bytes:
    stream = BytesIO()
    picture.save(stream, kind, **more)
    return stream.getvalue()


def test_the_same_text_gives_the_same_picture():
    assert code_picture(TEXT) == code_picture(TEXT) != code_picture(TEXT[:-1] + "1")
    assert codes_on(code_picture(TEXT)) == Codes((TEXT,))


@pytest.mark.parametrize("angle", [0, 2.5, 90, 93, 180])
@pytest.mark.parametrize("size", [THREE_CENTIMETRES, int(THREE_CENTIMETRES * 0.65)])
def test_a_grey_scan_of_150_dpi_is_read_however_it_lay(angle: float, size: int):
    turned = page(TEXT, size=size).rotate(angle, expand=True, fillcolor=235)
    scan = turned.filter(ImageFilter.GaussianBlur(0.6)).point([round(40 + value * 0.7) for value in range(256)])
    assert codes_on(saved(scan, quality=60)) == Codes((TEXT,))


@pytest.mark.parametrize("kind", ["PDF", "PNG", "TIFF", "BMP"])
def test_every_kind_of_scan(kind: str):
    assert codes_on(saved(page(TEXT), kind)).texts == (TEXT,)


def test_several_pages_each_code_once():
    other = TEXT.replace("|12|", "|13|")
    pages = [page(TEXT), page(), page(other, TEXT)]
    assert codes_on(saved(pages[0], "PDF", save_all=True, append_images=pages[1:])).texts == (TEXT, other)


def test_of_a_long_pdf_the_first_and_last_pages_are_looked_at():
    empty, small = Image.new("L", (80, 80), 255), Image.open(BytesIO(code_picture(TEXT))).convert("L")
    behind = saved(empty, "PDF", save_all=True, append_images=[*[empty] * 9, small])
    amid = saved(empty, "PDF", save_all=True, append_images=[*[empty] * 6, small, *[empty] * 3])
    assert (codes_on(behind).texts, codes_on(amid).texts) == ((TEXT,), ())


def test_a_seal_across_a_corner_leaves_it_readable_and_over_all_of_it_not():
    soiled, covered = page(TEXT), page(TEXT)
    ImageDraw.Draw(soiled).rectangle((1045, 255, 1065, 275), fill=90)
    ImageDraw.Draw(covered).rectangle((930, 160, 1050, 280), fill=90)
    assert codes_on(saved(soiled)).texts == (TEXT,)
    assert codes_on(saved(covered)).texts == ()


def test_a_damaged_code_is_told_from_none():
    broken = page(TEXT)
    ImageDraw.Draw(broken).rectangle((970, 190, 1020, 240), fill=255)
    assert codes_on(saved(broken)) == Codes((), damaged=True)
    assert codes_on(saved(page())) == Codes()


def huge_png(width: int, height: int) -> bytes:
    """A picture that says it is huge; what there is of it is small."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 nothing more",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff" + b"\0" * 200,
        b"RIFF\0\0\0\0WEBP",
        b"GIF89a" + b"\xff" * 40,
        saved(page(TEXT))[:9_000],
        saved(page(TEXT), "PDF")[:4_000],
        huge_png(100_000, 100_000),
        huge_png(2**31 - 1, 1),
        huge_png(20_000, 9_000),
    ],
    ids=["empty", "pdf", "png", "jpeg", "webp", "gif", "half a jpeg", "half a pdf", "bomb", "line", "large"],
)
def test_what_cannot_be_opened_has_no_code(data: bytes):
    assert codes_on(data).texts == ()


def test_a_page_of_absurd_size_is_looked_at_in_ours():
    """A page of five metres takes no more pixels than one of A4."""
    assert codes_on(saved(page(TEXT), "PDF", resolution=6)).texts == (TEXT,)
