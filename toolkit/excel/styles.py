"""Cell styles: the little of them that changes what a cell means."""

import re
from decimal import Decimal

from toolkit.excel.book import CellStyle
from toolkit.excel.displayed import Shown, appearance
from toolkit.ooxml.parse import Element, children, parse_xml, whole_number

_GENERAL = "General"
_YMD, _YM, _MD = 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"', 'm"月"d"日"'
_HM, _HMS = '上午/下午h"时"mm"分"', '上午/下午h"时"mm"分"ss"秒"'
# Numbers 27–36 and 50–58 mean these in Chinese Excel and WPS only, which is where every returned file comes from.
BUILTIN_FORMATS = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "m/d/yy h:mm", 27: _YM, 28: _MD, 29: _MD, 30: "m-d-yy", 31: _YMD, 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 34: _HM, 35: _HMS, 36: _YM, 37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
    48: "##0.0E+0", 49: "@", 50: _YM, 51: _MD, 52: _YM, 53: _MD, 54: _MD, 55: _HM, 56: _HMS, 57: _YM, 58: _MD,
}  # fmt: skip
_WHITE, _WHITE_PAPER = "white", 1.0
_FLARE, _LEAST_CONTRAST = 0.05, 1.2
"""Contrast of two colours below which nobody reads one upon the other. Source: WCAG 2.1, 1.4.3 (asks for 4.5)."""
_TINY = re.compile(r"[01](?:\.[0-9]*)?")
_SYMBOLS = re.compile("wingdings|webdings", re.IGNORECASE)
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


def is_date_format(code: str) -> bool:
    """Whether a number format shows a number as a date or a time."""
    # Cut: a real code has at most 255 characters, a hostile one was seen with a million.
    visible = _NOT_CODE.sub("", code[:512].partition(";")[0]).casefold()
    return re.search("[dmhys]|aaa", visible) is not None


def read_styles(name: str, content: bytes) -> tuple[CellStyle, ...]:
    """The cell styles of a workbook in the order cells refer to them; at least one.

    Raises:
        UnreadableFileError: the part is damaged.
    """
    root = parse_xml(name, content)
    codes = dict(BUILTIN_FORMATS)
    for group in children(root, "numFmts"):
        for item in children(group, "numFmt"):
            codes[whole_number(item.get("numFmtId"))] = item.get("formatCode") or _GENERAL
    fonts = [item for group in children(root, "fonts") for item in children(group, "font")]
    fills = [item for group in children(root, "fills") for item in children(group, "fill")]
    formats = [item for group in children(root, "cellXfs") for item in children(group, "xf")]
    dates = {number: is_date_format(code) for number, code in codes.items()}
    crossed = frozenset(number for number, font in enumerate(fonts) if _struck(font))
    unseen = frozenset(number for number, item in enumerate(formats) if _is_unseen(item, fonts, fills))
    styles = (_style(index, item, codes, dates, (crossed, unseen)) for index, item in enumerate(formats))
    return tuple(styles) or (CellStyle(),)


def read_conditional_formats(name: str, content: bytes) -> frozenset[int]:
    """The numbers of the conditional styles that show a content otherwise than it is stored.

    Raises:
        UnreadableFileError: the part is damaged.
    """
    if b"<dxf" not in content:
        return frozenset()
    styles = [item for group in children(parse_xml(name, content), "dxfs") for item in children(group, "dxf")]
    return frozenset(number for number, style in enumerate(styles) if _misleads_in(style) or _hides(style))


def _misleads_in(style: Element) -> bool:
    return any(_misleads(item.get("formatCode") or "") for item in children(style, "numFmt"))


def _hides(style: Element) -> bool:
    """Whether a conditional style writes in the colour of its own fill, or where it has none of white paper."""
    ink = next((item for font in children(style, "font") for item in children(font, "color")), None)
    fills = [pattern for fill in children(style, "fill") for pattern in children(fill, "patternFill")]
    paper = next((item for pattern in fills for item in children(pattern, "bgColor")), None)
    return ink is not None and _vanishes(ink, paper)


def _misleads(code: str) -> bool:
    samples = (Decimal(1), Decimal(-1), "1")
    return any(appearance(code, sample).shown is not Shown.AS_STORED for sample in samples)


def _style(
    index: int,
    item: Element,
    codes: dict[int, str],
    dates: dict[int, bool],
    crossed_unseen: tuple[frozenset[int], frozenset[int]],
) -> CellStyle:
    number = whole_number(item.get("numFmtId"))
    locked = all(protection.get("locked") not in ("0", "false") for protection in children(item, "protection"))
    crossed, unseen = crossed_unseen
    struck = whole_number(item.get("fontId")) in crossed
    repeated = any(alignment.get("horizontal") == "fill" for alignment in children(item, "alignment"))
    return CellStyle(
        index, codes.get(number, _GENERAL), locked, dates.get(number, False), struck, repeated, index in unseen
    )


def _is_unseen(style: Element, fonts: list[Element], fills: list[Element]) -> bool:
    """Whether what stands in a cell cannot be read off it: in the colour behind it, tiny, or drawn as symbols."""
    number = whole_number(style.get("fontId"))
    font = fonts[number] if number < len(fonts) else None
    if font is None:
        return False
    said = {str(item.tag).rpartition("}")[2]: item for item in font}
    size, name = (said[key].get("val") or "" if key in said else "" for key in ("sz", "name"))
    if _TINY.fullmatch(size) or _SYMBOLS.match(name):
        return True
    return "color" in said and _vanishes(said["color"], _paper(whole_number(style.get("fillId")), fills))


def _paper(number: int, fills: list[Element]) -> Element | None:
    """The colour behind a cell; None for white paper, which is what is not filled with one colour."""
    for pattern in children(fills[number], "patternFill") if number < len(fills) else ():
        if pattern.get("patternType") == "solid":
            return next(iter(children(pattern, "fgColor")), None)
    return None


def _vanishes(ink: Element, paper: Element | None) -> bool:
    """Whether two colours are one, or hardly told apart as white upon pale yellow (of a theme's that is not known)."""
    if _colour(ink) == (_WHITE if paper is None else _colour(paper)):
        return True
    dark, light = sorted((_brightness(ink), _WHITE_PAPER if paper is None else _brightness(paper)))
    return dark >= 0 and (light + _FLARE) / (dark + _FLARE) < _LEAST_CONTRAST


def _brightness(item: Element) -> float:
    """From 0 for black to 1 for white, as WCAG 2.1 reckons it; -1 where it is not known."""
    if _colour(item) == _WHITE:
        return _WHITE_PAPER
    digits = (item.get("rgb") or "")[-6:]
    if item.get("tint") or not re.fullmatch("[0-9A-Fa-f]{6}", digits):
        return -1
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _colour(item: Element) -> str:
    """A colour as far as two of them can be told apart: white is written in several ways, others rarely are."""
    if (item.get("rgb") or "").upper()[-6:] == "FFFFFF" or item.get("indexed") in ("1", "9"):
        return _WHITE
    if item.get("theme") == "0":
        return f"{_WHITE}{item.get('tint') or ''}"
    said = {str(key): str(text) for key, text in item.attrib.items()}
    return "".join(f"{key}={text.upper()[-6:] if key == 'rgb' else text}" for key, text in sorted(said.items()))


def _struck(font: Element) -> bool:
    return any(item.get("val") not in ("0", "false") for item in children(font, "strike"))
