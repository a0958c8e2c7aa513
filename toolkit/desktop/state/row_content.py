"""Rows of a large table with what is worked out of them: texts for searching, numbers by identity, orders.

Everything comes from generators that stop after every few hundred rows, so that a window can go on between two steps
however many rows there are.
"""

from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, TypeVar

T = TypeVar("T")
Row = Mapping[str, Any]
Steps = Generator[None, None, None]
AT_ONCE = 500
"""Rows worked on in one step."""


@dataclass(slots=True)
class Content:
    """Rows with what was worked out of them; other rows are another content.

    Attributes:
        rows: in the order they came.
        folded: texts for searching, of the first rows only while they are being folded.
        numbers: each row's number by its identity, of the first rows only while they are being numbered.
        ranks: by column, the place of each row's value among all values.
    """

    rows: list[Row] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    numbers: dict[Hashable, int] = field(default_factory=dict)
    ranks: dict[str, list[int]] = field(default_factory=dict)
    _numbered: int = 0

    @property
    def is_numbered(self) -> bool:
        """Every row can be found by its identity."""
        return self._numbered == len(self.rows)

    def folding(self, keys: Sequence[str]) -> Steps:
        """Fold rows for searching, as far as that has not been done."""
        fold = _folder(keys)
        while len(self.folded) < len(self.rows):
            start = len(self.folded)
            self.folded += fold(self.rows[start : start + AT_ONCE])
            yield

    def numbering(self, identity: Callable[[Row], Hashable]) -> Steps:
        """Number rows by their identities, as far as that has not been done."""
        while not self.is_numbered:
            some = self.rows[self._numbered : self._numbered + AT_ONCE]
            self.numbers.update({identity(row): number for number, row in enumerate(some, self._numbered)})
            self._numbered += len(some)
            yield

    def ranking(self, key: str) -> Steps:
        """Rank every row by a column: numbers, also those in text, before words, each sorted on its own."""
        if key in self.ranks:
            return
        orders: dict[str, tuple[int, float, str]] = {}
        for some in parts(self.rows):
            orders |= {text: order_of(text) for text in {*texts(some, key)} if text not in orders}
            yield
        numbers = sorted({number for is_word, number, _ in orders.values() if not is_word})
        words = sorted({text for is_word, _, text in orders.values() if is_word})
        yield
        of_number = {number: place for place, number in enumerate(numbers)}
        of_word = {text: place for place, text in enumerate(words, len(numbers))}
        places = {
            text: of_word[word] if is_word else of_number[number] for text, (is_word, number, word) in orders.items()
        }
        yield
        ranks: list[int] = []
        for some in parts(self.rows):
            ranks += [places[text] for text in texts(some, key)]
            yield
        self.ranks[key] = ranks

    def discarding(self) -> Steps:
        """Let go of everything little by little: a hundred thousand objects freed at once take a tenth of a second."""
        lists: tuple[list[Any], ...] = (self.rows, self.folded, *self.ranks.values())
        for held in lists:
            while held:
                del held[-AT_ONCE:]
                yield
        while self.numbers:
            for _ in range(min(AT_ONCE, len(self.numbers))):
                self.numbers.popitem()
            yield


def _folder(keys: Sequence[str]) -> Callable[[list[Row]], list[str]]:
    """What folds some rows: a value a line. Rows that are texts throughout, as most are, take half the time."""

    def fold_any(rows: list[Row]) -> list[str]:
        return ["\n".join([text_of(row.get(key)) for key in keys]).casefold() for row in rows]

    if len(keys) == 1:
        return fold_any
    values = itemgetter(*keys)

    def fold(rows: list[Row]) -> list[str]:
        try:
            return ["\n".join(values(row)).casefold() for row in rows]
        except (KeyError, TypeError):
            return fold_any(rows)

    return fold


def ended(steps: Generator[None, None, T]) -> T:
    """What a generator of steps comes to, gone through at once."""
    try:
        while True:
            next(steps)
    except StopIteration as end:
        made: T = end.value
        return made


def parts(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Some at a time."""
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))


def texts(rows: Iterable[Row], key: str) -> list[str]:
    """A column's values as the table shows them."""
    return [value if type(value := row.get(key)) is str else text_of(value) for row in rows]


def text_of(value: object) -> str:
    """A value as the table shows it."""
    if type(value) is str:
        return value
    if value is None:
        return ""
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)


def order_of(value: object) -> tuple[int, float, str]:
    """Numbers, also those in text, before words."""
    text = text_of(value)
    try:
        return (0, float(text), "")
    except ValueError:
        return (1, 0.0, text)
