"""What Excel makes of a text a person types into a cell."""

from toolkit.excel.cell_xml import StampValue
from toolkit.model import FieldType
from toolkit.text.days import read_day
from toolkit.text.numerals import read_figure

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
    figure = read_figure(text) if text.isascii() else None
    if figure is None or not figure.plain or figure.unit not in ("", "%"):
        return text
    return figure.base


def _day(text: str) -> StampValue:
    written = read_day(text)
    known = written is not None and written.form in ("年", "-", "/")
    return (written.date or text) if written and known else text
