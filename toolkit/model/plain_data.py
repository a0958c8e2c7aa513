"""Nested plain data (tuples, lists, dictionaries, texts, numbers, days, Excel errors) as JSON text and back.

For answers without a class of their own; values of a declared class are written by :mod:`toolkit.model.plain`.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, DecimalException
from typing import Any

from toolkit.model.plain import DamagedValueError
from toolkit.model.values import ErrorValue

_BARE = (str, bool, int, float, type(None))
_TEXTS, _TEXT = "texts", {str}
_MARKED: Mapping[type, tuple[str, Callable[[Any], Any]]] = {
    tuple: ("tuple", lambda items: [_packed(item) for item in items]),
    list: ("list", lambda items: [_packed(item) for item in items]),
    dict: ("dict", lambda pairs: [[_packed(key), _packed(value)] for key, value in pairs.items()]),
    Decimal: ("number", str),
    date: ("day", date.isoformat),
    ErrorValue: ("error", str),
}


def _all_texts(items: Sequence[object]) -> tuple[object, ...]:
    if not isinstance(items, list) or set(map(type, items)) != _TEXT:
        raise TypeError("no texts")
    return tuple(items)


_MADE: Mapping[str, Callable[[Any], Any]] = {
    "tuple": lambda items: tuple(_unpacked(item) for item in items),
    _TEXTS: _all_texts,
    "list": lambda items: [_unpacked(item) for item in items],
    "dict": lambda pairs: {_unpacked(key): _unpacked(value) for key, value in pairs},
    "number": Decimal,
    "day": date.fromisoformat,
    "error": ErrorValue,
}


def data_text(data: object) -> bytes:
    """Plain data as JSON text.

    Raises:
        TypeError: something in it is not plain.
    """
    return json.dumps(_packed(data), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def from_data_text(text: bytes) -> object:
    """The data again.

    Raises:
        DamagedValueError: the text holds none.
    """
    try:
        return _unpacked(json.loads(text.decode("utf-8", "surrogatepass")))
    except (ValueError, TypeError, LookupError, DecimalException, RecursionError) as error:
        raise DamagedValueError("no plain data") from error


def _packed(data: object) -> object:
    if type(data) in _BARE:
        return data
    if type(data) is tuple and set(map(type, data)) == _TEXT:
        return [_TEXTS, data]  # rows of a large table: not one call a cell
    if type(data) not in _MARKED:
        raise TypeError(f"{type(data).__name__} is not plain")
    mark, written = _MARKED[type(data)]
    return [mark, written(data)]


def _unpacked(data: Any) -> object:  # noqa: ANN401 - whatever JSON holds
    if type(data) in _BARE:
        return data
    mark, packed = data
    return _MADE[mark](packed)
