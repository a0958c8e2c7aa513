"""What several rules ask of a report or document is worked out once, and kept with it."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar


class Remembering(Protocol):
    """A report or document: ``memory`` has what was worked out from it, by function and what that was asked for."""

    @property
    def memory(self) -> dict[Hashable, Any]:
        """What was worked out from it so far."""


Of = TypeVar("Of", bound=Remembering)
Asked = ParamSpec("Asked")
Made = TypeVar("Made")


def once(make: Callable[Concatenate[Of, Asked], Made]) -> Callable[Concatenate[Of, Asked], Made]:
    """A function of a report that is carried out once for the same arguments, which must be hashable."""
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def known(of: Of, /, *asked: Asked.args, **named: Asked.kwargs) -> Made:
        key: Hashable = (name, asked, tuple(named.items())) if asked or named else name
        memory = of.memory
        try:
            made: Made = memory[key]
        except KeyError:
            made = memory[key] = make(of, *asked, **named)
        return made

    return known
