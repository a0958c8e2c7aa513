"""Frozen values as JSON text and back, by what their classes declare.

Nothing in the text names a class or a function: the reader says what it expects, and gets that or an error. So values
may come from a process or a file that is not trusted. Kinds: text, whole numbers, truth, Decimal, days, bytes, members
of enumerations, tuples, also with named values, frozen sets, read-only mappings, frozen dataclasses, and a choice
between some of these.

Values of one kind are written together, as columns: the 300 readings of a workbook are seven lists, not 300. A text
that a column repeats (the sheet's name) is written once, of a kind without values nothing but that there is none.
"""

import json
from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal, DecimalException
from enum import Enum
from functools import cache, lru_cache
from itertools import chain, islice, repeat
from operator import attrgetter
from sys import intern
from types import MappingProxyType, MemberDescriptorType, NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Kind = TypeVar("Kind")
_MOST_DIGITS = 400
"""A number of more digits, before or after the point, is none that was ever written: doubles end at 1E+308."""
Column = Any
"""What JSON holds for several values of one kind: a list, or lists of lists."""


class DamagedValueError(ValueError):
    """The text is not what a value of the wanted kind is written as."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """How several values of one kind become a column, and a column these values again."""

    pack: Callable[[Sequence[Any]], Column]
    unpack: Callable[[Column], list[Any]]


def plain_text(value: object, kind: Any) -> bytes:  # noqa: ANN401 - a class, or a choice between classes
    """A value of a kind as JSON text (UTF-8); the same value always gives the same bytes.

    Raises:
        TypeError: values of this kind are not written.
    """
    packed = _shape(kind).pack([value])
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def from_plain_text(data: bytes, kind: type[Kind]) -> Kind:
    """The value of a kind that some JSON text holds.

    Raises:
        DamagedValueError: the text holds no such value.
    """
    try:
        wanted: Any = kind
        (value,) = _shape(wanted).unpack(json.loads(data.decode("utf-8", "surrogatepass")))
    except (ValueError, TypeError, LookupError, DecimalException, RecursionError, StopIteration) as error:
        raise DamagedValueError("no value of the wanted kind") from error
    found: Kind = value
    return found


@cache
def _shape(kind: Any) -> _Shape:  # noqa: ANN401
    if kind is str:
        # The same names, sheets and addresses stand in every return: each is held once, however many there are.
        return _text_shape(None, intern)
    if kind in (bool, int, NoneType):
        return _Shape(list, _all_of(kind))
    if kind in _AS_TEXT:
        return _text_shape(*_AS_TEXT[kind])
    if get_origin(kind) in (Union, UnionType):
        return _choice(get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _members(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _records(kind)
    if isinstance(kind, type) and issubclass(kind, tuple):
        return _named_tuples(kind)
    return _collections(kind)


def _all_of(kind: type) -> Callable[[Column], list[Any]]:
    """Takes values of exactly this kind: ``True`` is no number."""

    def unpack(column: Column) -> list[Any]:
        if type(column) is not list or not {kind}.issuperset(map(type, column)):
            raise DamagedValueError(f"not all {kind.__name__}")
        return column

    return unpack


_numbers = _all_of(int)


def _list(column: Column) -> list[Any]:
    if type(column) is not list:
        raise DamagedValueError("no list")
    return column


@lru_cache(16_384)
def _number(text: str) -> Decimal:
    if type(text) is not str:
        raise DamagedValueError("no text")
    number = Decimal(text)
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise DamagedValueError("no number that can be printed")
    return number


_AS_TEXT: Mapping[Any, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    Decimal: (str, _number),
    date: (date.isoformat, date.fromisoformat),
    bytes: (lambda data: b64encode(data).decode("ascii"), lambda text: b64decode(text, validate=True)),
}


def _text_shape(written: Callable[[Any], str] | None, read: Callable[[str], Any]) -> _Shape:
    """Values that are written as texts: one after another, or every different text and the places where it stands.

    Args:
        written: a value as text; None for values that are texts.
        read: the value of a text; whatever is no text is refused by it.
    """

    def pack(values: Sequence[Any]) -> Column:
        texts = list(map(written, values) if written else values)
        different = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        if 2 * len(different) >= len(texts):
            return texts
        return [list(different), [different[text] for text in texts]]

    def unpack(column: Column) -> list[Any]:
        if not _list(column) or type(column[0]) is not list:
            return list(map(read, column))
        texts, places = column
        known = list(map(read, texts))
        if min(_numbers(places)) < 0:
            raise DamagedValueError("no place")
        return list(map(known.__getitem__, places))

    return _Shape(pack, unpack)


def _members(kind: type[Enum]) -> _Shape:
    known = {member.value: member for member in kind}
    return _text_shape(attrgetter("value"), known.__getitem__)


def _records(kind: type) -> _Shape:
    hints = get_type_hints(kind)
    names = [each.name for each in fields(kind) if each.init]
    shapes = [_shape(hints[name]) for name in names]
    getters, made = [attrgetter(name) for name in names], _made_by(kind, names)

    def pack(values: Sequence[Any]) -> Column:
        if not values:
            return []
        columns = [shape.pack(list(map(get, values))) for get, shape in zip(getters, shapes, strict=True)]
        return [len(values), *columns]

    def unpack(column: Column) -> list[Any]:
        if not _list(column):
            return []
        count, *columns = column
        values = [shape.unpack(each) for shape, each in zip(shapes, columns, strict=True)]
        if type(count) is not int or not {count}.issuperset(map(len, values)):
            raise DamagedValueError(f"no {kind.__name__}")
        return made(values) if values else [kind() for _ in range(min(count, 1))]

    return _Shape(pack, unpack)


def _made_by(kind: type, names: Sequence[str]) -> Callable[[Sequence[list[Any]]], list[Any]]:
    """How values of a class are made from the columns of its fields, at least one.

    What a frozen class with slots is made of is put into the slots column by column, which takes half the time of
    calling the class for each value; it does the same where making one does nothing else.
    """
    slots = [slot for name in names if isinstance(slot := kind.__dict__.get(name), MemberDescriptorType)]
    if len(slots) < len(fields(kind)) or hasattr(kind, "__post_init__"):
        return lambda columns: list(map(kind, *columns))
    new: Callable[[type], Any] = object.__new__
    setters = [slot.__set__ for slot in slots]

    def made(columns: Sequence[list[Any]]) -> list[Any]:
        values = list(map(new, repeat(kind, len(columns[0]))))
        for put, column in zip(setters, columns, strict=True):
            deque(map(put, values, column), maxlen=0)
        return values

    return made


def _choice(kinds: tuple[Any, ...]) -> _Shape:
    """The number of each value's kind, then a column for each kind; None needs none."""
    places = {get_origin(kind) or kind: place for place, kind in enumerate(kinds)}
    shapes = [_shape(kind) for kind in kinds]

    def pack(values: Sequence[Any]) -> Column:
        if not values:
            return []
        of = [_place(places, type(value)) for value in values]
        if of.count(of[0]) == len(of):
            return [of[0], shapes[of[0]].pack(values)]
        columns = (
            [value for value, place in zip(values, of, strict=True) if place == wanted] for wanted in range(len(kinds))
        )
        return [of, *(shape.pack(column) for shape, column in zip(shapes, columns, strict=True))]

    def unpack(column: Column) -> list[Any]:
        if not _list(column):
            return []
        of, *columns = column
        if type(of) is int and of >= 0 and len(columns) == 1:
            return shapes[of].unpack(columns[0])
        each = [iter(shape.unpack(values)) for shape, values in zip(shapes, columns, strict=True)]
        return list(map(next, map(each.__getitem__, _numbers(of))))  # too few are seen by whoever asked for so many

    return _Shape(pack, unpack)


def _place(places: Mapping[Any, int], kind: type) -> int:
    """The place of a kind in a choice; a member of an enumeration of texts is a text where only texts are listed."""
    return places[kind] if kind in places else next(places[base] for base in kind.__mro__ if base in places)


def _collections(kind: Any) -> _Shape:  # noqa: ANN401
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple and arguments[-1] is not Ellipsis:
        return _tuples([_shape(each) for each in arguments])
    if origin is tuple:
        return _items(tuple, _shape(arguments[0]), tuple)
    if origin is frozenset:
        return _items(frozenset, _shape(arguments[0]), sorted)
    if origin is Mapping:
        pairs = _tuples([_shape(each) for each in arguments])
        return _items(lambda found: MappingProxyType(dict(found)), pairs, lambda mapping: mapping.items())
    raise TypeError(f"{kind} is not written as plain text")


def _tuples(shapes: list[_Shape]) -> _Shape:
    """Tuples of as many values as there are shapes: a column for each place."""

    def pack(values: Sequence[Any]) -> Column:
        columns = zip(*values, strict=True) if values else ()
        return [shape.pack(list(column)) for shape, column in zip(shapes, columns, strict=bool(values))]

    def unpack(column: Column) -> list[Any]:
        if not _list(column):
            return []
        places = [shape.unpack(each) for shape, each in zip(shapes, column, strict=True)]
        return list(zip(*places, strict=True))

    return _Shape(pack, unpack)


def _named_tuples(kind: Any) -> _Shape:  # noqa: ANN401
    hints = get_type_hints(kind)
    plain = _tuples([_shape(hints[name]) for name in kind._fields])
    return _Shape(plain.pack, lambda column: list(map(kind._make, plain.unpack(column))))


def _items(made: Callable[[Iterable[Any]], Any], shape: _Shape, listed: Callable[[Any], Iterable[Any]]) -> _Shape:
    """Collections of any size: how many items each has, then the items of all."""

    def pack(values: Sequence[Any]) -> Column:
        sizes = [len(value) for value in values]
        return [sizes, shape.pack(list(chain.from_iterable(map(listed, values))))]

    def unpack(column: Column) -> list[Any]:
        sizes, packed = column
        items = shape.unpack(packed)
        if sum(_numbers(sizes)) != len(items) or min(sizes, default=0) < 0:
            raise DamagedValueError("items are missing")
        left = iter(items)
        return [made(islice(left, size)) for size in sizes]

    return _Shape(pack, unpack)
