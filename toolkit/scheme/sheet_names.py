"""Which sheet of the workbook is which: a sheet under another name is noticed and asked about, never passed over.

A renamed 《勾稽》 would take every cross-check with it and leave a scheme without a fault. The sheet is named, the name
it should have is proposed, and its rows are looked at all the same, so that one run shows everything.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from toolkit.excel.book import Book, Sheet
from toolkit.excel.table import HEADER_DEPTH, Table
from toolkit.model import CellRef, Finding, Sentence, Severity
from toolkit.scheme.columns import ALIASES, Columns
from toolkit.scheme.findings import did_you_mean, nearest, say
from toolkit.scheme.headings import read_sheet
from toolkit.text.folding import compared

_COPY = re.compile(r"[\s(（]*(?:\d+|副本|备份|copy|旧|新)[)）]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recognised:
    """The workbook with every sheet that could be told under its proper name, and what is to be said about names.

    Attributes:
        written: sheets that have another name in the workbook: their proper name → the name they have.
    """

    book: Book
    findings: tuple[Finding, ...]
    written: Mapping[str, str]

    def as_written(self, findings: Iterable[Finding]) -> list[Finding]:
        """Findings at the sheets as they are called in the workbook: there a person looks for them."""
        return [
            replace(found, at=self._at(found.at), related=tuple(map(self._at, found.related))) for found in findings
        ]

    def _at(self, place: CellRef) -> CellRef:
        return replace(place, sheet=self.written.get(place.sheet, place.sheet))


def recognise(book: Book, workbook: str, known: Mapping[str, Columns], main: str = "") -> Recognised:
    """Tell the sheets of a workbook apart.

    Args:
        book: the workbook.
        workbook: its file name, for messages.
        known: the sheets there can be, with their headings.
        main: the one that a workbook always has: the only sheet under another name is it, if it has its headings.
    """
    ours = {name: sheet for sheet in book.sheets for name in known if compared(sheet.name) == compared(name)}
    present = {name for name in ours if _says_something(read_sheet(book, workbook, name, known[name]))}
    absent = [name for name in known if name not in present]
    proper: dict[str, str] = {}
    findings: list[Finding] = []
    names = set(map(compared, known))
    others = [sheet for sheet in book.sheets if sheet.cells and compared(sheet.name) not in names]
    for sheet in others:
        meant = _meant(sheet, [name for name in absent if name not in proper.values()], known)
        if meant:
            proper[sheet.name] = meant
        renamed = _only_sheet if meant == main and len(others) == 1 else _renamed
        findings.append(renamed(workbook, sheet, meant) if meant else _unknown(workbook, sheet, known, present))
    empty = {ours[name].name for name in proper.values() if name in ours}
    kept = (sheet for sheet in book.sheets if sheet.name not in empty)
    sheets = tuple(replace(sheet, name=proper.get(sheet.name, sheet.name)) for sheet in kept)
    return Recognised(replace(book, sheets=sheets), tuple(findings), {meant: name for name, meant in proper.items()})


def _says_something(table: Table) -> bool:
    """An empty sheet under the proper name does not stand in the way of the full one beside it."""
    return bool(table.rows) or table.unreadable


def _meant(sheet: Sheet, absent: list[str], known: Mapping[str, Columns]) -> str:
    """The absent sheet this one stands for: a name that is near and some of its headings, or all its headings."""
    words = _words(sheet)
    near = [name for name in absent if _near_name(sheet.name, name) and _share(words, name, known[name]) > 0]
    whole = [name for name in absent if _share(words, name, known[name]) == 1]
    return next(iter([*near, *whole]), "")


def _near_name(written: str, name: str) -> bool:
    return compared(name) in compared(written) or bool(nearest(written, [name]))


def _share(words: set[str], name: str, columns: Columns) -> float:
    aliases = ALIASES.get(name, {})
    others = {
        heading: [alias for alias, proper in aliases.items() if proper == heading] for heading in columns.required
    }
    there = [heading for heading in columns.required if {compared(one) for one in (heading, *others[heading])} & words]
    return len(there) / len(columns.required)


def _words(sheet: Sheet) -> set[str]:
    return {
        compared(cell.value)
        for (row, _), cell in sheet.cells.items()
        if row <= HEADER_DEPTH and isinstance(cell.value, str)
    }


def _renamed(workbook: str, sheet: Sheet, meant: str) -> Finding:
    words = Sentence.of(
        "没有名为《{meant}》的工作表；《{name}》是否指《{meant}》？按现在的名称，其中内容不会生效",
        {"meant": meant, "name": sheet.name},
    )
    hint = f"把工作表改名为“{meant}”；不是的，把它移到别的工作簿"
    return say("SCHEME-36", CellRef(workbook, sheet.name), words, hint, found=sheet.name, expected=meant)


def _only_sheet(workbook: str, sheet: Sheet, meant: str) -> Finding:
    """The only sheet it can be: there is nothing it could be mistaken for."""
    words = Sentence.of("工作表《{name}》按《{meant}》读取：没有别的工作表像它", {"name": sheet.name, "meant": meant})
    at = CellRef(workbook, sheet.name)
    return say("SCHEME-36", at, words, "不必改名", severity=Severity.NOTE, found=sheet.name, expected=meant)


def _unknown(workbook: str, sheet: Sheet, known: Mapping[str, Columns], present: set[str]) -> Finding:
    copied = next((name for name in present if _COPY.sub("", compared(sheet.name)) == compared(name)), "")
    if copied:
        words = Sentence.of(
            "工作表《{name}》像是《{copied}》的副本，其中内容不会读取", {"name": sheet.name, "copied": copied}
        )
        hint = f"要用的内容移到《{copied}》，再删去副本"
        return say("SCHEME-36", CellRef(workbook, sheet.name), words, hint, severity=Severity.WARNING, found=sheet.name)
    words = Sentence.of("工作表《{name}》不认识，其中内容不会读取", {"name": sheet.name})
    hint = did_you_mean(sheet.name, known, f"自用的表可以保留；能读取的工作表：{'、'.join(known)}")
    return say("SCHEME-36", CellRef(workbook, sheet.name), words, hint, severity=Severity.NOTE, found=sheet.name)


def taken_for(book: Book, own: Iterable[str], other: Iterable[str]) -> bool:
    """Whether a workbook has the sheets of another kind of workbook and none of its own: the two files were swapped."""
    names = {compared(sheet.name) for sheet in book.sheets}
    return names >= set(map(compared, other)) and not names & set(map(compared, own))
