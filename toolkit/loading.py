"""Names of a package whose modules are imported when they are asked for: who needs few of them begins sooner."""

from collections.abc import Callable, Mapping
from importlib import import_module
from sys import modules


def when_asked(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """A ``__getattr__`` for a package.

    Args:
        package: its name.
        homes: each module with the names it gives, as they stand in an import: ``"load, Evaluation"``. The package
            imports the same names where types are checked (``if TYPE_CHECKING``).
    """
    home_of = {name: module for module, names in homes.items() for name in names.split(", ")}

    def found(name: str) -> object:
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(home_of[name]), name)
        setattr(modules[package], name, value)
        return value

    return found
