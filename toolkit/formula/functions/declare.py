"""How a worksheet function is declared: its name, what each parameter takes, and the one table of all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any


class Takes(Enum):
    """What a parameter wants; the engine has it converted, errors returned and arrays spread before the call."""

    NUMBER = auto()
    COUNT = auto()  # a number, but not TRUE or FALSE: what came from the Analysis ToolPak
    TEXT = auto()
    LOGICAL = auto()
    VALUE = auto()  # any single value except an error
    ANYTHING = auto()  # any single value, errors too
    OPERAND = auto()  # an area, an array or a value, as it stands


@dataclass(frozen=True, slots=True)
class Function:
    """A declared worksheet function.

    Attributes:
        required: how many parameters must be given.
        repeats: how many parameters at the end repeat; 0 for none.
        spreads: whether the arguments are calculated element by element, as in SUMPRODUCT.
    """

    name: str
    call: Callable[..., Any]
    parameters: tuple[Takes, ...]
    required: int
    repeats: int
    spreads: bool

    def takes(self, count: int) -> tuple[Takes, ...] | None:
        """What each of so many arguments is taken as; None when their number is wrong."""
        declared = self.parameters
        if self.repeats and count <= 255:
            while len(declared) < count:
                declared += self.parameters[-self.repeats :]
        return declared[:count] if self.required <= count <= len(declared) and self._whole(count) else None

    def _whole(self, count: int) -> bool:
        return not self.repeats or (count - len(self.parameters)) % self.repeats == 0 or count < len(self.parameters)

    @property
    def arity(self) -> str:
        """The number of arguments in words for the user."""
        if self.repeats > 1:
            return f"至少 {self.required} 个，之后每次添 {self.repeats} 个"
        if self.repeats:
            return f"至少 {self.required} 个"
        most = len(self.parameters)
        return f"{most} 个" if most == self.required else f"{self.required} 到 {most} 个"


FUNCTIONS: dict[str, Function] = {}


def function(
    name: str,
    *parameters: Takes,
    required: int | None = None,
    repeats: int = 0,
    spreads: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare the function below as a worksheet function; without ``required`` all parameters must be given."""

    def declare(call: Callable[..., Any]) -> Callable[..., Any]:
        needed = len(parameters) if required is None else required
        FUNCTIONS[name] = Function(name, call, parameters, needed, repeats, spreads)
        return call

    return declare
