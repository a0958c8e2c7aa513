"""Names of the bookmarks that hold figures: ``jx{number}_{sheet}_{cell}``, an address of the master in letters.

``jx{number}_{sheet}_{cell}第{n}数`` is the n-th number in the text of a cell. A figure that was copied in LibreOffice
carries ``_Copy_1`` behind its name.

A figure may be reckoned from cells of one sheet: the sum of a range ``自评复核!G5:G42``, how many of it are positive,
negative or zero (``…>0``, ``…<0``, ``…=0``), how many of its rows pass such a test in another column, too
(``自评复核!F5:F42=0&C5:C42>0``), the difference of two cells ``采集数据!T9-S9``, one sum over another
``汇总!N5:N9/M5:M9``.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

FIGURE = "\ufffc"
"""Stands for a figure where words are compared."""
_WORDS = {":": "至", "-": "减", ">0": "正", "<0": "负", "=0": "零", "&": "且", "/": "比"}
"""Signs of an address and the letters that stand for them in a bookmark's name."""
_CELL = "[A-Z]{1,3}[0-9]{1,7}"
_COLUMN = f"{_CELL}至{_CELL}"
NAME = re.compile(
    rf"jx[0-9]{{1,7}}_(?P<sheet>.+)_(?P<cell>{_CELL}(?:减{_CELL}|至{_CELL}(?:[正负零](?:且{_COLUMN}[正负零])?|比{_COLUMN})?)?)"
    r"(?:第(?P<number>[0-9]{1,5})数)?(?:_Copy_[0-9]+)*"
)
"""A person may give a bookmark any name: one with longer numbers than a sheet has rows is none of ours."""
NAME_IN_TAG = re.sub(r"\?P<\w+>", "?:", NAME.pattern.replace(".+", '[^"]+'))
"""The same without its parts, where it stands in an attribute as XML is written."""
_AT = re.compile(
    r"(?P<sheet>'(?:[^']|'')+'|[^'!]+)!(?P<cell>\$?[A-Z]{1,3}\$?\d+(?:[:-]\$?[A-Z]{1,3}\$?\d+(?:[<>=]0(?:&[A-Z]{1,3}\d+:[A-Z]{1,3}\d+[<>=]0)?|/[A-Z]{1,3}\d+:[A-Z]{1,3}\d+)?)?)(?:#(?P<number>\d+))?"
)
_ONE_CELL = re.compile(r"([^'!]+)!([A-Z]{1,3}[0-9]+)(?:#([0-9]+))?")


def sheet_and_cell(at: str) -> tuple[str, str]:
    """The sheet of an address, and the rest of it in letters and digits."""
    simple = _ONE_CELL.fullmatch(at)
    if simple is not None:
        name, place, number = simple.groups()
        return name, f"{place}第{number}数" if number else place
    match = _AT.fullmatch(at)
    if match is None:
        raise ValueError(f"not a cell address: {at!r}")
    sheet = match["sheet"]
    sheet = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    cell = match["cell"].replace("$", "")
    for sign, word in _WORDS.items():
        cell = cell.replace(sign, word)
    return sheet, f"{cell}第{match['number']}数" if match["number"] else cell


def is_figure_name(bookmark: str) -> bool:
    """Whether a bookmark with this name holds a figure."""
    return NAME.fullmatch(bookmark) is not None


def figure_address(bookmark: str, renamed: Mapping[str, str]) -> str:
    """The cell of a figure's bookmark, "" for another bookmark; ``renamed``: word in the name → sheet."""
    sheet, rest = _told(bookmark)
    return f"{renamed.get(sheet, sheet)}!{rest}" if rest else ""


@lru_cache(maxsize=100_000)
def _told(bookmark: str) -> tuple[str, str]:
    """The sheet, as it stands in a bookmark's name, and the rest of its address; "" for another bookmark."""
    match = NAME.fullmatch(bookmark)
    return ("", "") if match is None else (match["sheet"], rest_of(match))


def rest_of(match: re.Match[str]) -> str:
    """The cell, or what is reckoned from several, that the name of a bookmark tells."""
    number = f"#{match['number']}" if match["number"] else ""
    cell = match["cell"]
    for sign, word in _WORDS.items():
        cell = cell.replace(word, sign)
    return f"{cell}{number}"
