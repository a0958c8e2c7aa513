"""Values as people write them in a worked example: ``完成值=93.97%；要点1=符合；完成日期=2022-04-21``."""

from datetime import date

from toolkit.model import Value, date_to_serial
from toolkit.rules.building import read_parameters
from toolkit.rules.quantity import read_quantity
from toolkit.text.folding import fold


def read_values(text: str) -> dict[str, Value]:
    """Values by local name; nothing after ``=`` is a blank cell."""
    return {name: read_value(written) for name, written in read_parameters(text)}


def read_value(text: str) -> Value:
    """A number, a percentage as fraction, a date 2022-04-21 as serial number, else the text; "" is blank."""
    written = fold(text)
    if not written:
        return None
    try:
        return date_to_serial(date.fromisoformat(written))
    except ValueError:
        pass
    try:
        return read_quantity(written).value
    except ValueError:
        return text
