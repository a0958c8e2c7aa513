"""What a worker may send back: our own values, named one by one, and a few plain ones.

A worker opens files from outside. Should one of them make it run code of its own, its answers can still name nothing
but these classes, and none of them does anything when it is made. Nothing it names can be altered by it either: a
pickle may also set attributes of what it names, so kinds that would take them are reached through what is unalterable.
"""

import pickle
from decimal import Decimal
from enum import Enum
from io import BytesIO
from types import MappingProxyType
from typing import Any

from toolkit.collect.context import Cause, Outcome, ReturnState
from toolkit.collect.page_count import Look
from toolkit.model import (
    Balance,
    CellRef,
    Comparison,
    Difference,
    DifferenceKind,
    Disposition,
    ErrorValue,
    Finding,
    Reading,
    ReadState,
    Severity,
    Submission,
)

_VALUES: tuple[type, ...] = (
    Balance,
    CellRef,
    Cause,
    Comparison,
    Difference,
    DifferenceKind,
    Disposition,
    ErrorValue,
    Finding,
    Look,
    Outcome,
    Reading,
    ReadState,
    ReturnState,
    Severity,
    Submission,
    Decimal,
    frozenset,
)


def _unalterable(kind: type) -> Any:  # noqa: ANN401 - a class or a bound method
    """What makes a value of that kind, and takes no attributes.

    Frozen dataclasses with slots refuse a state given to the class, built-in types any attribute; a class of
    enumerated values would take one, so that its members are looked up in their table instead.
    """
    return kind._value2member_map_.__getitem__ if issubclass(kind, Enum) else kind


_KNOWN: dict[tuple[str, str], Any] = {(kind.__module__, kind.__qualname__): _unalterable(kind) for kind in _VALUES}


def plain_answer(data: bytes) -> object:
    """The value in a worker's answer.

    Raises:
        pickle.UnpicklingError: it is damaged, or names something that is no value.
    """
    try:
        return _PlainUnpickler(BytesIO(data)).load()
    except (ValueError, TypeError, AttributeError, LookupError, ImportError, EOFError) as error:
        raise pickle.UnpicklingError("damaged answer") from error


def read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """A mapping as the frozen values hold it."""
    return MappingProxyType(mapping)


_KNOWN[__name__, read_only.__name__] = MappingProxyType


class _PlainUnpickler(pickle.Unpickler):
    """Knows the listed classes only."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as inherited
        """The class of that name, if a value may have it."""
        if (module, name) not in _KNOWN:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return _KNOWN[module, name]
