"""A large table: filtered, searched, sorted and copied without asking anything of a table widget.

What is shown is worked out in steps of a few hundred rows, like what it needs of the rows
(:mod:`~toolkit.desktop.state.row_content`).
"""

import csv
import io
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.desktop.state.row_content import AT_ONCE, Content, Row, Steps, ended, order_of, parts, text_of, texts


@dataclass(frozen=True, slots=True)
class Column:
    """One column: heading, the key of a row's value, its width in characters, and numbers aligned to the right."""

    heading: str
    key: str
    width: int = 10
    right: bool = False


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

    def settling(self) -> Steps:
        """What can wait until it is needed: rows are folded for searching and numbered by their identities."""
        yield from self.content.folding(self._keys)
        yield from self.content.numbering(self.identity)

    @property
    def _keys(self) -> list[str]:
        return [column.key for column in self.columns]

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
            yield from made.folding(self._keys)
            folded = made.folded
            kept = []
            for some in parts(found):
                kept += [number for number in some if word in folded[number]]
                yield
            found = kept
        for key, value in self.chosen.items():
            kept = []
            for some in parts(found):
                shown_texts = texts([made.rows[number] for number in some], key)
                kept += [number for number, text in zip(some, shown_texts, strict=True) if text == value]
                yield
            found = kept
        shown = list(found)
        if self.sorted_by:
            yield from made.ranking(self.sorted_by)
            shown.sort(key=made.ranks[self.sorted_by].__getitem__, reverse=self.descending)
            yield
        heads: list[Row] = []
        if self.grouped_by:
            shown = yield from self._grouping(made, shown, heads)
        return Shown(made, shown, heads)

    def _grouping(self, made: Content, shown: list[int], heads: list[Row]) -> Generator[None, None, list[int]]:
        groups: dict[str, list[int]] = {}
        for some in parts(shown):
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
        for some in parts(self.rows):
            found |= dict.fromkeys(texts(some, key))
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
        ended(self.content.numbering(self.identity))
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

    def tsv_lines(self, places: Sequence[int] | None = None) -> Iterator[list[str]]:
        """Lines of tab-separated text, some at a time: headings, then rows, that paste as text, never as a formula."""
        yield ["\t".join(column.heading for column in self.columns)]
        for some in self._texts(places):
            yield ["\t".join(texts) for texts in some]

    def csv_parts(self) -> Iterator[str]:
        """All shown rows as comma-separated text, some rows each; what begins like a formula is text here too."""
        yield _csv([[column.heading for column in self.columns]])
        for some in self._texts(None):
            yield _csv(some)

    def _texts(self, places: Sequence[int] | None) -> Iterator[list[list[str]]]:
        wanted = range(len(self.shown)) if places is None else places
        for start in range(0, len(wanted), AT_ONCE):
            some = [self.row(place) for place in wanted[start : start + AT_ONCE] if not self.is_head(place)]
            yield [[_pasted(row.get(column.key)) for column in self.columns] for row in some]


def _csv(rows: Iterable[Iterable[str]]) -> str:
    page = io.StringIO()
    csv.writer(page).writerows(rows)
    return page.getvalue()


def _pasted(value: object) -> str:
    text = " ".join(text_of(value).split())
    is_number = order_of(text)[0] == 0
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠") and not is_number else text
