"""A large table: filtered, searched, sorted and copied without asking anything of a table widget.

What is worked out for it (folded texts, numbers, orders, what is shown) comes from generators that stop after every
few hundred rows, so that a window can go on between two steps however many rows there are.
"""

import csv
import io
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")
Row = Mapping[str, Any]
Steps = Generator[None, None, None]
AT_ONCE = 500
"""Rows worked on in one step."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: heading, the key of a row's value, its width in characters, and numbers aligned to the right."""

    heading: str
    key: str
    width: int = 10
    right: bool = False


@dataclass(slots=True)
class Content:
    """Rows with what was worked out of them; other rows are another content.

    Attributes:
        rows: in the order they came.
        folded: texts for searching, of the first rows only while they are being folded.
        numbers: each folded row's number by its identity.
        ranks: by column, the place of each row's value among all values.
    """

    rows: list[Row] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    numbers: dict[Hashable, int] = field(default_factory=dict)
    ranks: dict[str, list[int]] = field(default_factory=dict)

    @property
    def is_settled(self) -> bool:
        """Every row has been folded and numbered."""
        return len(self.folded) == len(self.rows)

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


@dataclass(frozen=True, slots=True)
class Shown:
    """What is to be shown of a content: numbers of rows, a negative one for the line above a group."""

    content: Content
    numbers: list[int]
    heads: list[Row]


@dataclass(slots=True)
class Rows:
    """Rows with what is shown of them.

    Attributes:
        columns: what is shown of a row, left to right.
        identity: the key under which a row is found again after the rows were loaded anew.
        shown: numbers of the rows that pass the filters, in the order of sorting; a negative number is the line above
            a group, see :meth:`group`.
    """

    columns: tuple[Column, ...]
    identity: Callable[[Row], Hashable]
    content: Content = field(default_factory=Content)
    shown: list[int] = field(default_factory=list)
    search: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    sorted_by: str = ""
    descending: bool = False
    grouped_by: str = ""
    _heads: list[Row] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """All rows."""
        return self.content.rows

    def load(self, rows: Iterable[Row]) -> None:
        """Replace all rows; filters and order stay."""
        self.take(ended(self.showing(Content(list(rows)))))

    def settling(self, content: Content | None = None) -> Steps:
        """Fold rows for searching and number them by their identities, as far as that has not been done."""
        made = content or self.content
        keys = [column.key for column in self.columns]
        while not made.is_settled:
            start = len(made.folded)
            some = made.rows[start : start + AT_ONCE]
            made.numbers.update((self.identity(row), number) for number, row in enumerate(some, start))
            made.folded += ["\n".join([text_of(row.get(key)) for key in keys]).casefold() for row in some]
            yield

    def find(self, words: str) -> None:
        """Show rows that contain every word, in any of their columns."""
        self.search = words
        self.show()

    def choose(self, key: str, value: str) -> None:
        """Show rows whose ``key`` has this value; "" for all."""
        self.pick(key, value)
        self.show()

    def pick(self, key: str, value: str) -> None:
        """Choose without showing it yet."""
        self.chosen = {**self.chosen, key: value} if value else {k: v for k, v in self.chosen.items() if k != key}

    def sort(self, key: str, *, descending: bool = False) -> None:
        """Sort by a column; equal rows keep their order. Numbers sort as numbers."""
        self.sorted_by, self.descending = key, descending
        self.show()

    def group(self, key: str) -> None:
        """Put rows of equal ``key`` together under a line, groups in the order of their first rows; "" for none."""
        self.grouped_by = key
        self.show()

    def filters(self) -> dict[str, Any]:
        """What is searched, chosen and grouped, as plain values that can be kept."""
        return {"search": self.search, "chosen": dict(self.chosen), "grouped_by": self.grouped_by}

    def use_filters(self, kept: Mapping[str, Any]) -> None:
        """Search, choose and group as it was kept."""
        self.take_filters(kept)
        self.show()

    def take_filters(self, kept: Mapping[str, Any]) -> None:
        """Use kept filters without showing it yet."""
        self.search, self.grouped_by = str(kept.get("search", "")), str(kept.get("grouped_by", ""))
        self.chosen = {str(key): str(value) for key, value in dict(kept.get("chosen", {})).items()}

    def show(self) -> None:
        """Work out what is shown, in one go."""
        self.take(ended(self.showing()))

    def take(self, made: Shown) -> None:
        """Show what was worked out."""
        self.content, self.shown, self._heads = made.content, made.numbers, made.heads

    def showing(self, content: Content | None = None) -> Generator[None, None, Shown]:
        """Work out what is shown of these rows, or of others; :meth:`take` takes it."""
        made = content or self.content
        found: Sequence[int] = range(len(made.rows))
        kept: list[int]
        for word in self.search.casefold().split():
            yield from self.settling(made)
            folded = made.folded
            kept = []
            for some in _parts(found):
                kept += [number for number in some if word in folded[number]]
                yield
            found = kept
        for key, value in self.chosen.items():
            kept = []
            for some in _parts(found):
                kept += [number for number in some if text_of(made.rows[number].get(key)) == value]
                yield
            found = kept
        shown = list(found)
        if self.sorted_by:
            yield from _ranking(made, self.sorted_by)
            shown.sort(key=made.ranks[self.sorted_by].__getitem__, reverse=self.descending)
            yield
        heads: list[Row] = []
        if self.grouped_by:
            shown = yield from self._grouping(made, shown, heads)
        return Shown(made, shown, heads)

    def _grouping(self, made: Content, shown: list[int], heads: list[Row]) -> Generator[None, None, list[int]]:
        groups: dict[str, list[int]] = {}
        for some in _parts(shown):
            for number in some:
                groups.setdefault(text_of(made.rows[number].get(self.grouped_by)), []).append(number)
            yield
        widest = max(self.columns, key=lambda column: column.width).key
        grouped: list[int] = []
        for name, numbers in groups.items():
            heads.append({widest: f"{name or '（空）'}：{len(numbers)} 条"})
            grouped.append(-len(heads))
            grouped += numbers
        yield
        return grouped

    def is_head(self, place: int) -> bool:
        """The line at a place stands above a group and is no row."""
        return self.shown[place] < 0

    @property
    def count(self) -> int:
        """How many rows are shown, lines above groups left out."""
        return len(self.shown) - len(self._heads)

    def values(self, key: str) -> list[str]:
        """Every value of a column, each once, for a filter's list."""
        return ended(self.gathering(key))

    def gathering(self, key: str) -> Generator[None, None, list[str]]:
        """The same some rows at a time."""
        found: dict[str, None] = {}
        for some in _parts(self.rows):
            found |= dict.fromkeys([text_of(row.get(key)) for row in some])
            yield
        return [value for value in found if value]

    def row(self, place: int) -> Row:
        """The row shown at a place; the line above a group has its words in the widest column."""
        number = self.shown[place]
        return self._heads[-number - 1] if number < 0 else self.rows[number]

    def place_of(self, identity: Hashable) -> int | None:
        """Where a row stands now; None when it is not shown."""
        return next(iter(self.places_of([identity])), None)

    def places_of(self, identities: Iterable[Hashable]) -> list[int]:
        """Where rows stand now, top to bottom; those that are not shown are left out."""
        sought = list(identities)
        if not sought:
            return []
        for _ in self.settling():
            pass
        numbers = self.content.numbers
        wanted = {numbers[identity] for identity in sought if identity in numbers}
        return [place for place, number in enumerate(self.shown) if number in wanted] if wanted else []

    def counts(self, key: str) -> dict[str, int]:
        """How many shown rows there are of each value."""
        counted: dict[str, int] = {}
        for number in self.shown:
            if number < 0:
                continue
            value = text_of(self.rows[number].get(key))
            counted[value] = counted.get(value, 0) + 1
        return counted

    def tsv(self, places: Sequence[int] | None = None) -> str:
        """Rows with headings as tab-separated text that pastes into a spreadsheet as text, never as a formula."""
        return "\n".join(_each(self.tsv_lines(places)))

    def tsv_lines(self, places: Sequence[int] | None = None) -> Iterator[list[str]]:
        """The same as lines, some at a time."""
        yield ["\t".join(column.heading for column in self.columns)]
        for some in self._texts(places):
            yield ["\t".join(texts) for texts in some]

    def csv(self) -> str:
        """All shown rows as comma-separated text; what begins like a formula is text here too."""
        return "".join(self.csv_parts())

    def csv_parts(self) -> Iterator[str]:
        """The same in parts, some rows each."""
        yield _csv([[column.heading for column in self.columns]])
        for some in self._texts(None):
            yield _csv(some)

    def _texts(self, places: Sequence[int] | None) -> Iterator[list[list[str]]]:
        wanted = range(len(self.shown)) if places is None else places
        for start in range(0, len(wanted), AT_ONCE):
            some = [self.row(place) for place in wanted[start : start + AT_ONCE] if not self.is_head(place)]
            yield [[_pasted(row.get(column.key)) for column in self.columns] for row in some]


def ended(steps: Generator[None, None, T]) -> T:
    """What a generator of steps comes to, gone through at once."""
    try:
        while True:
            next(steps)
    except StopIteration as end:
        made: T = end.value
        return made


def _parts(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Some at a time."""
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))


def _each(parts: Iterable[Iterable[str]]) -> Iterator[str]:
    for part in parts:
        yield from part


def _csv(rows: Iterable[Iterable[str]]) -> str:
    page = io.StringIO()
    csv.writer(page).writerows(rows)
    return page.getvalue()


def _ranking(made: Content, key: str) -> Steps:
    """Rank every row by a column: numbers, also those in text, before words, each sorted on its own."""
    if key in made.ranks:
        return
    orders: dict[str, tuple[int, float, str]] = {}
    for some in _parts(made.rows):
        texts = {text_of(row.get(key)) for row in some}
        orders |= {text: order_of(text) for text in texts if text not in orders}
        yield
    numbers = sorted({number for is_word, number, _ in orders.values() if not is_word})
    words = sorted({text for is_word, _, text in orders.values() if is_word})
    yield
    of_number = {number: place for place, number in enumerate(numbers)}
    of_word = {text: place for place, text in enumerate(words, len(numbers))}
    places = {text: of_word[word] if is_word else of_number[number] for text, (is_word, number, word) in orders.items()}
    yield
    ranks: list[int] = []
    for some in _parts(made.rows):
        ranks += [places[text_of(row.get(key))] for row in some]
        yield
    made.ranks[key] = ranks


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


def _pasted(value: object) -> str:
    text = " ".join(text_of(value).split())
    is_number = order_of(text)[0] == 0
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠") and not is_number else text
