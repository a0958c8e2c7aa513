"""Draws ``jixiao.ico``: a table with a tick, in the sizes Windows asks for. ``python installer/make_icon.py``."""

from pathlib import Path

from PIL import Image, ImageDraw

SIZES = (16, 24, 32, 48, 64, 128, 256)
_BLUE, _WHITE, _LINE, _GREEN = "#1F3864", "#FFFFFF", "#8EA9DB", "#2E9E5B"


def icon(side: int = 256) -> Image.Image:
    """The picture in one size. Units: pixels."""
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    unit = side / 16
    draw.rounded_rectangle(
        (unit, unit, 15 * unit, 15 * unit), 2 * unit, fill=_WHITE, outline=_BLUE, width=max(1, round(unit))
    )
    draw.rectangle((1.5 * unit, 3 * unit, 14.5 * unit, 5 * unit), fill=_BLUE)
    for row in (8, 11):
        draw.line((2 * unit, row * unit, 14 * unit, row * unit), fill=_LINE, width=max(1, round(unit / 2)))
    draw.line((6 * unit, 5 * unit, 6 * unit, 14 * unit), fill=_LINE, width=max(1, round(unit / 2)))
    tick = [(7 * unit, 10 * unit), (9.5 * unit, 12.5 * unit), (13.5 * unit, 7 * unit)]
    draw.line(tick, fill=_GREEN, width=max(2, round(1.6 * unit)), joint="curve")
    return image


if __name__ == "__main__":
    icon().save(Path(__file__).with_name("jixiao.ico"), sizes=[(side, side) for side in SIZES])
