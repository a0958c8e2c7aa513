"""Compound files, the container of .xls and of mails saved by Outlook: their streams read, one put back changed.

Source: [MS-CFB] 2.2 (header), 2.3 (allocation table), 2.6 (directory).
"""

from collections.abc import Iterator
from dataclasses import dataclass

_HEADER, _ENTRY, _CUTOFF_AT = 76, 128, 56
_STORAGE, _STREAM = 1, 2
_MOST_ENTRIES = 20_000
_LAST_SECTOR = 0xFFFFFFFA
"""Larger numbers in a chain are no sectors: the end, a free one, the table itself."""


@dataclass(frozen=True, slots=True)
class Stream:
    """The content of a stream and where in the file its pieces lie, each of ``piece`` bytes."""

    file: bytes
    content: bytes
    places: tuple[int, ...]
    piece: int

    def file_with(self, content: bytes) -> bytes:
        """The whole file with another content of the same length in place of this one."""
        changed = bytearray(self.file)
        for number, place in enumerate(self.places):
            part = content[number * self.piece : (number + 1) * self.piece]
            changed[place : place + len(part)] = part
        return bytes(changed)


def read_stream(data: bytes, names: tuple[str, ...]) -> Stream | None:
    """The first of these streams that the file has; None for a file too damaged to say where it lies."""
    try:
        return _Container(data).stream(names)
    except (IndexError, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class Storage:
    """A folder of a compound file, read when it is asked for."""

    _container: "_Container"
    _first: int

    def streams(self) -> dict[str, "StreamPlace"]:
        """Its own streams by name."""
        return {
            name: StreamPlace(self._container, entry)
            for name, kind, entry in self._container.children(self._first)
            if kind == _STREAM
        }

    def storages(self) -> dict[str, "Storage"]:
        """The folders in it by name."""
        return {
            name: Storage(self._container, self._container.child_of(entry))
            for name, kind, entry in self._container.children(self._first)
            if kind == _STORAGE
        }


@dataclass(frozen=True, slots=True)
class StreamPlace:
    """A stream that was not read yet. ``size`` is what the directory says. Units: bytes."""

    _container: "_Container"
    _entry: int

    @property
    def size(self) -> int:
        """What the directory says of its length."""
        return _at(self._container.data, self._entry + 120, 4)

    def content(self) -> bytes:
        """Its bytes.

        Raises:
            ValueError, IndexError: the file is damaged.
        """
        return self._container.read(self._entry).content


def root_of(data: bytes) -> Storage:
    """The outermost folder of a compound file.

    Raises:
        ValueError, IndexError: the file is none, or damaged.
    """
    container = _Container(data)
    return Storage(container, container.child_of(container.entries[0]))


class _Container:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.sector = 1 << _at(data, 30, 2)
        self.small = 1 << _at(data, 32, 2)
        if self.sector not in (512, 4096) or self.small != 64:
            raise ValueError(self.sector)
        self.table = [number for at in self._table_sectors() for number in self._numbers(at)]
        places = [self._place(number) for number in self._chain(_at(data, 48, 4), self.table)]
        self.entries = [place + at for place in places for at in range(0, self.sector, _ENTRY)]

    def _table_sectors(self) -> list[int]:
        """The sectors that hold the allocation table: 109 are named in the header, further ones in a chain."""
        named = [_at(self.data, _HEADER + 4 * index, 4) for index in range(109)]
        following, seen = _at(self.data, 68, 4), set[int]()
        while following < _LAST_SECTOR and following not in seen:
            seen.add(following)
            *more, following = self._numbers(following)
            named += more
        return [number for number in named if number < _LAST_SECTOR]

    def _place(self, number: int) -> int:
        return (number + 1) * self.sector

    def _numbers(self, sector: int) -> list[int]:
        place = self._place(sector)
        return [_at(self.data, at, 4) for at in range(place, place + self.sector, 4)]

    def _chain(self, first: int, table: list[int]) -> list[int]:
        chain, seen = [], set[int]()
        while first < _LAST_SECTOR:
            if first in seen:
                raise ValueError(first)
            seen.add(first)
            chain.append(first)
            first = table[first]
        return chain

    def stream(self, names: tuple[str, ...]) -> Stream | None:
        by_name = {self._name(entry): entry for entry in reversed(self.entries)}
        entry = next((by_name[name] for name in names if name in by_name), None)
        return None if entry is None else self.read(entry)

    def child_of(self, entry: int) -> int:
        """The number of the entry on top of a folder's tree."""
        return _at(self.data, entry + 76, 4)

    def children(self, first: int) -> Iterator[tuple[str, int, int]]:
        """Name, kind and place of every entry of a folder's tree, sorted by name."""
        waiting, seen = [first], set[int]()
        while waiting:
            number = waiting.pop()
            if number >= len(self.entries) or number in seen:  # no entry, or a circle
                continue
            if len(seen) > _MOST_ENTRIES:
                raise ValueError(number)
            seen.add(number)
            waiting += [_at(self.data, self.entries[number] + at, 4) for at in (68, 72)]
        found = [(self._name(entry), self.data[entry + 66], entry) for entry in (self.entries[n] for n in seen)]
        yield from sorted(found)

    def read(self, entry: int) -> Stream:
        """A stream by the place of its entry."""
        first, size = _at(self.data, entry + 116, 4), _at(self.data, entry + 120, 4)
        if size < _at(self.data, _CUTOFF_AT, 4):
            pieces, piece = self._small_places(first, self.entries[0]), self.small
        else:
            pieces, piece = [self._place(number) for number in self._chain(first, self.table)], self.sector
        content = b"".join(self.data[place : place + piece] for place in pieces)[:size]
        return Stream(self.data, content, tuple(pieces), piece)

    def _small_places(self, first: int, root: int) -> list[int]:
        """Where pieces of a small stream lie: within the stream of the root entry."""
        inside = [self._place(number) for number in self._chain(_at(self.data, root + 116, 4), self.table)]
        table = [
            number for sector in self._chain(_at(self.data, 60, 4), self.table) for number in self._numbers(sector)
        ]
        each = self.sector // self.small
        return [inside[number // each] + number % each * self.small for number in self._chain(first, table)]

    def _name(self, entry: int) -> str:
        length = min(_at(self.data, entry + 64, 2), 64)
        return self.data[entry : entry + max(length - 2, 0)].decode("utf-16-le", "replace")


def _at(data: bytes, place: int, length: int) -> int:
    if place + length > len(data):
        raise IndexError(place)
    return int.from_bytes(data[place : place + length], "little")
