"""What a worker may send back: our own values and a few plain ones. A broken worker can name nothing else."""

import pickle
from decimal import Decimal
from io import BytesIO
from types import MappingProxyType
from typing import Any

_PLAIN = {("decimal", "Decimal"): Decimal, ("builtins", "frozenset"): frozenset}


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


class _PlainUnpickler(pickle.Unpickler):
    """Knows our value classes, decimals and read-only mappings."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as inherited
        """The class of that name, if a value may have it."""
        if (module, name) in _PLAIN:
            return _PLAIN[module, name]
        if (module, name) == (__name__, read_only.__name__):
            return read_only
        if module.startswith(("toolkit.model.", "toolkit.collect.")) and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")
