"""A shared formula written out for one of the cells that share it."""

import re

from toolkit.excel.addresses import MAX_COLUMN, MAX_ROW, column_index, column_letters

# Strings, quoted sheet names and [structured parts] come first in the alternation so that nothing inside them is moved.
_TOKEN = re.compile(
    r"""
    "(?:[^"]|"")*" | '(?:[^']|'')*' | \[(?:[^\[\]]|\[[^\[\]]*\])*\]
    | (?P<columns>(?<![\w.$:]) (\$?)([A-Za-z]{1,3}) : (\$?)([A-Za-z]{1,3}) (?![\w.(!:]))
    | (?P<rows>(?<![\w.$:]) (\$?)([0-9]{1,7}) : (\$?)([0-9]{1,7}) (?![\w.(!:]))
    | (?P<cell>(?<![\w.$]) (\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7}) (?![\w.(!]))
    """,
    re.VERBOSE,
)


def shift_formula(text: str, rows: int, columns: int) -> str:
    """The formula as it reads when its cell is moved: relative references move along, ``$`` ones stay.

    A reference pushed off the sheet becomes ``#REF!``.
    """

    def move(match: re.Match[str]) -> str:
        try:
            if match["cell"]:
                return _column(match[12], match[13], columns) + _row(match[14], match[15], rows)
            if match["columns"]:
                return _column(match[2], match[3], columns) + ":" + _column(match[4], match[5], columns)
            if match["rows"]:
                return _row(match[7], match[8], rows) + ":" + _row(match[9], match[10], rows)
        except ValueError:
            return "#REF!"
        return match[0]

    return _TOKEN.sub(move, text)


def _column(dollar: str, letters: str, by: int) -> str:
    index = column_index(letters)
    return f"${letters}" if dollar else column_letters(_inside(index + by, MAX_COLUMN))


def _row(dollar: str, digits: str, by: int) -> str:
    return f"${digits}" if dollar else str(_inside(int(digits) + by, MAX_ROW))


def _inside(number: int, last: int) -> int:
    if not 1 <= number <= last:
        raise ValueError(number)
    return number
