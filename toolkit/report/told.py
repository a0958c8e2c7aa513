"""Words and charts of a document as bytes, by which a document rendered from equal ones is known again."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from toolkit.model.figure import Figure
from toolkit.report.wording import Numbering
from toolkit.word.captions import Reference

_SINGLE = (bool, int, float, Decimal, date, bytes, type(None))


class _UnknownKindError(TypeError):
    """A value of a kind whose content cannot be told."""


def told(*values: object) -> bytes | None:
    """Everything that the values say, equal for equal values only; None where something of another kind is among them.

    Texts stand with their length, so that no text can pose as two.
    """
    pieces: list[str] = []
    try:
        for value in values:
            _tell(value, pieces.append)
    except _UnknownKindError:
        return None
    return "".join(pieces).encode("utf-8", "surrogatepass")


def _tell(value: object, say: Callable[[str], None]) -> None:
    kind = type(value)
    if kind is str:
        say(f"s{len(value)}:{value}")  # type: ignore[arg-type]
    elif kind is Figure:
        say(f"f{len(value.at)},{len(value.text)}:{value.at}{value.text}{value.value!r};")  # type: ignore[attr-defined]
    elif kind in _SINGLE:
        say(f"{kind.__name__}{value!r};")
    elif isinstance(value, tuple | list):
        say(f"({len(value)}:")
        for item in value:
            _tell(item, say)
    elif isinstance(value, Mapping):
        say(f"{{{len(value)}:")
        for key, item in value.items():
            _tell(key, say)
            _tell(item, say)
    else:
        _tell_object(value, say)


def _tell_object(value: object, say: Callable[[str], None]) -> None:
    kind = type(value)
    if isinstance(value, Enum):
        say(f"e{kind.__module__}.{kind.__qualname__}.{value.name};")
    elif is_dataclass(value) and not isinstance(value, type):
        say(f"d{kind.__module__}.{kind.__qualname__}:")
        for part in fields(value):
            _tell(getattr(value, part.name), say)
    elif kind is Reference:
        say(f"r{len(value.title)}:{value.title}")  # type: ignore[attr-defined]
    elif kind is Numbering:
        say(f"n{value.last};")  # type: ignore[attr-defined]
    else:
        raise _UnknownKindError
