"""What an operation came to, in words, tables and files: made from its JSON, the same for every operation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from toolkit.desktop.state.result_words import KEYS, LEADING, NEXT, SPECIAL, STATES
from toolkit.desktop.state.row_content import text_of
from toolkit.desktop.state.rows import Column
from toolkit.operations import Json

_SILENT = frozenset(
    {"ok", "head", "population_hash", "seed", "workbook", "explanation", "sha256", "hash", "how", "bytes"}
)
_FOUND = ("severity", "project", "place", "message", "hint")
_PLACE = ("workbook", "sheet", "cell")
"""Where a finding is, for opening it; shown as one column."""
_SHARES = ("percent", "spread")
_SHORT, _LONG = 8, 60
_CALLED = ("name", "message", "title", "words")
"""What a row is called, where several stand in one cell."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A table of a result."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A result for a person: lines of words, tables, and files or folders that can be opened."""

    words: tuple[str, ...] = ()
    listings: tuple[Listing, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(slots=True)
class _Gathered:
    words: list[str] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def shown(operation: str, values: Mapping[str, Any]) -> Shown:
    """The result of an operation. Keys without a Chinese name are left out."""
    names = {**KEYS, **SPECIAL.get(operation, {})}
    gathered = _Gathered()
    for key, value in sorted(values.items(), key=lambda item: item[0] != LEADING.get(operation, "")):
        if key not in _SILENT and key in names:
            _take(gathered, names, key, value)
    gathered.words.extend(filter(None, [NEXT.get(operation, "")]))
    return Shown(tuple(gathered.words), tuple(gathered.listings), tuple(dict.fromkeys(gathered.files)))


def _take(gathered: _Gathered, names: Mapping[str, str], key: str, value: object) -> None:
    if _is_path(value):
        gathered.files.append(str(value))
    elif isinstance(value, list | tuple):
        _take_list(gathered, names, key, value)
    elif isinstance(value, Mapping):
        _take_mapping(gathered, names, key, value)
    elif value not in ("", None):
        gathered.words.append(f"{names[key]}：{text_of(value)}")


def _take_mapping(gathered: _Gathered, names: Mapping[str, str], key: str, value: Mapping[Any, Any]) -> None:
    """A few values as one line, many as a table; lists of rows in it as tables of their own."""
    rows = {name: part for name, part in value.items() if name in names and _are_rows(part)}
    for name, part in rows.items():
        _take_list(gathered, names, name, part)
    told = [
        (names.get(str(name), str(name)), _said(str(name), part)) for name, part in _told(value) if name not in rows
    ]
    if len(told) > _SHORT:
        columns = (Column(names[key], "key", 20), Column("状态", "value", 40))
        gathered.listings.append(Listing(names[key], columns, tuple({"key": k, "value": v} for k, v in told)))
    elif told:
        gathered.words.append(f"{names[key]}：{'，'.join(f'{name} {part}' for name, part in told)}")


def _take_list(gathered: _Gathered, names: Mapping[str, str], key: str, items: Sequence[object]) -> None:
    rows = [dict(item) for item in items if isinstance(item, Mapping)]
    if rows:
        gathered.listings.append(_listing(names, names[key], rows))
        gathered.files += [str(part) for row in rows for part in row.values() if _is_path(part)]
    elif items and all(map(_is_path, items)):
        gathered.files += map(str, items)
    elif items:
        texts = list(map(_cell, items))
        parted = "；" if any("、" in text for text in texts) else "、"
        gathered.words.append(f"{names[key]}（{len(items)}）：{parted.join(texts)}")
    elif key == "findings":
        gathered.words.append("没有发现问题")


def _listing(names: Mapping[str, str], title: str, items: Sequence[Json]) -> Listing:
    """Findings as everywhere in the window, other rows with the columns that hold something."""
    kept: Sequence[str] = ()
    if all("severity" in item and "message" in item for item in items):
        items = [finding_row(item) for item in items]
        keys: Sequence[str] = _FOUND
        kept = _PLACE
    else:
        filled = {key for item in items for key, value in item.items() if value not in ("", None, [], {}, ())}
        keys = [key for key in dict.fromkeys(key for item in items for key in item) if key in filled]
        keys = [key for key in keys if key in names and key not in _SILENT]
    rows = tuple({key: _said(key, item.get(key)) for key in (*keys, *kept)} for item in items)
    return Listing(title, tuple(_column(names, key, rows) for key in keys), rows)


def _column(names: Mapping[str, str], key: str, rows: Sequence[Json]) -> Column:
    """As wide as what stands in it, within bounds; whole numbers to the right."""
    texts = [row[key] for row in rows[:200]]
    widest = max((sum(2 if ord(letter) > 255 else 1 for letter in text) for text in texts), default=0)
    numeric = any(texts) and all(text.replace(".", "").isdecimal() for text in texts if text)
    return Column(names[key], key, min(_LONG, max(_SHORT, widest, 2 * len(names[key]) + 2)), right=numeric)


def finding_row(found: Json) -> Json:
    """A finding with its place and severity in words."""
    at = " ".join(filter(None, (found.get("workbook", ""), found.get("sheet", ""), found.get("cell", ""))))
    return {**found, "severity": STATES.get(found["severity"], found["severity"]), "place": at}


def _said(key: str, value: object) -> str:
    """One value; a share of agreement or of a difference, which JSON has as 0.9808, as a percentage."""
    if key in _SHARES and isinstance(value, str) and value.replace(".", "", 1).isdecimal():
        return f"{Decimal(value):.1%}"
    return _cell(value)


def _cell(value: object) -> str:
    """One value as a table shows it; a file by its name."""
    if isinstance(value, Mapping):
        return "，".join(f"{KEYS.get(str(key), str(key))} {_cell(part)}" for key, part in _told(value))
    if isinstance(value, list | tuple):
        return "；".join(map(_short, value)) if _are_rows(value) else "、".join(map(_cell, value))
    text = PurePath(str(value)).name if _is_path(value) else text_of(value)
    return STATES.get(text, text)


def _are_rows(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(item, Mapping) for item in value)


def _short(row: Mapping[str, Any]) -> str:
    """A row within a cell: what it is called, else all of it."""
    called = next((str(row[key]) for key in _CALLED if row.get(key)), "")
    number = str(row.get("id", row.get("project", "")))
    return f"{number} {called}".strip() if called else _cell(row)


def _told(value: Mapping[Any, Any]) -> Iterator[tuple[Any, Any]]:
    return ((key, part) for key, part in value.items() if key not in _SILENT and part not in ("", None, [], {}))


def _is_path(value: object) -> bool:
    """An absolute path, here or on Windows."""
    return isinstance(value, str) and (value.startswith(("/", "\\\\")) or value[1:3] in (":\\", ":/"))
