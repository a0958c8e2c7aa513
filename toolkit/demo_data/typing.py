"""What Excel makes of a text a person types into a cell."""

import re
from datetime import date
from decimal import Decimal

from toolkit.excel.cell_xml import StampValue
from toolkit.model import FieldType

_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?", re.ASCII)
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})-|/([0-9]{1,2})/|年([0-9]{1,2})月)([0-9]{1,2})日?", re.ASCII)
_AS_TEXT = (FieldType.TEXT, FieldType.CHOICE, FieldType.YESNO)


def typed(text: str, kind: FieldType) -> StampValue:
    """The value Excel keeps: a number, a day or the text itself; None for nothing.

    Cells for text, choices and yes/no are formatted as text and keep whatever is typed. ``2024.3.5`` stays text
    everywhere, as in Excel.
    """
    text = text.strip()
    if not text:
        return None
    if kind in _AS_TEXT:
        return text
    return _number(text) if kind is not FieldType.DATE else _day(text)


def _number(text: str) -> StampValue:
    if text.endswith("%") and _NUMBER.fullmatch(text[:-1].strip()):
        return Decimal(text[:-1].strip().replace(",", "")) / 100
    return Decimal(text.replace(",", "")) if _NUMBER.fullmatch(text) else text


def _day(text: str) -> StampValue:
    match = _DATE.fullmatch(text)
    if not match:
        return text
    year, *months, day = match.groups()
    try:
        return date(int(year), int(next(month for month in months if month)), int(day))
    except ValueError:
        return text
