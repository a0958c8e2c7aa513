"""How high a row must be for its text: neither Excel nor WPS fits rows with merged cells by itself."""

import re
import unicodedata

MAX_HEIGHT = 405.0
"""Units: points. Excel's limit is 409."""
_PIXELS_A_POINT = 96 / 72
_PADDING = 2.2  # characters lost to the cell's margins and its indent
_LINE = 1.42  # line height over font size, generous enough for 微软雅黑 and the CJK fonts of Linux
_WIDER = 1.04  # fonts of another system
_OPENING, _CLOSING = "（《“‘【", "、。，；：！？）》”’】"
# What stays on one line: one character, or a run of Latin letters, digits and signs (100%、80%), with its punctuation.
_WORD = re.compile(rf"[{_OPENING}]*(?:[!-~]+(?:[{_CLOSING}]+[!-~]+)*|.)[{_CLOSING}]*")


def text_height(text: str, width: float, font_size: float, digit: float) -> float:
    """Height of a text wrapped into a cell.

    Args:
        text: may hold line breaks.
        width: of the cell, in characters of the standard font, as in column widths.
        font_size: Units: points.
        digit: pixels a digit of the standard font is wide.

    Returns:
        Units: points.
    """
    available = max(width - _PADDING, 1.0) * digit
    full = font_size * _PIXELS_A_POINT
    lines = sum(_lines(line, full, available) for line in text.split("\n"))
    return lines * font_size * _LINE + 4


def _lines(text: str, full: float, available: float) -> int:
    """How many lines a paragraph takes when words are not broken, unless they are longer than a line."""
    count, filled = 1, 0.0
    for word in _WORD.findall(text):
        width = _pixels(word, full) * _WIDER
        if filled and filled + width > available:
            count, filled = count + 1, 0.0
        count += int((filled + width) // available) if width > available else 0
        filled = width % available if width > available else filled + width
    return count


def _pixels(line: str, full: float) -> float:
    return sum(full if unicodedata.east_asian_width(char) in "WFA" else full * 0.55 for char in line)
