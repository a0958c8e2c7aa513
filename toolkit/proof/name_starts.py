"""Names looked for in a text all at once: a report of thousands of projects has as many names, and as many texts."""

from collections.abc import Callable, Iterable


def _whole(name: str) -> tuple[str, ...]:
    return (name,)


class NameStarts:
    """Names by the characters with which they, or pieces of them, begin."""

    def __init__(self, names: Iterable[str], size: int = 2, pieces: Callable[[str], tuple[str, ...]] = _whole) -> None:
        """``size``: so many characters are looked up. ``pieces``: of a name, that stand in a text that is near it."""
        self._names = list(names)
        self._found: dict[str, set[int]] = {}
        for number, name in enumerate(self._names):
            for piece in pieces(name):
                self._found.setdefault(piece[:size], set()).add(number)
        self._sizes = {len(start) for start in self._found}

    def near(self, text: str) -> list[str]:
        """The names of which a piece may stand in a text, in their order; for all others none does."""
        starts = {text[at : at + size] for size in self._sizes for at in range(len(text) - size + 1)}
        numbers = set[int]().union(*(self._found[start] for start in starts & self._found.keys()))
        return [self._names[number] for number in sorted(numbers)]

    def within(self, text: str) -> list[str]:
        """The names that stand in a text, in their order."""
        return [name for name in self.near(text) if name in text]
