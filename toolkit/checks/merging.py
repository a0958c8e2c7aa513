"""The same doubt is said once: a built-in check and the scheme's own 勾稽; many consequences of one cause."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from toolkit.model import CellRef, Finding, Severity
from toolkit.model.stated import followed

SHOWN = 12
"""So many findings of one code on one sheet are listed one by one; more of them together."""
_LISTED = 8
FOLLOWING = frozenset({"MISS-05", "MISS-06", "MISS-07", "RATE-06"})
"""Codes that say what becomes of a value that cannot be computed; the cells for want of which stand in ``related``."""
_NOTHING_WRITTEN, _UNFILLED = "READ-11", ("MISS-01", "MISS-02")


def without_duplicates(built_in: Sequence[Finding], cross: Sequence[Finding]) -> list[Finding]:
    """Built-in findings and those of cross-checks; of two about the same cells the built-in one stays.

    It then names the cross-check and takes the graver severity.
    """
    kept = list(built_in)
    rest: list[Finding] = []
    for finding in cross:
        place = next((number for number, known in enumerate(kept) if _same_matter(known, finding)), None)
        if place is None:
            rest.append(finding)
        else:
            kept[place] = _joined(kept[place], finding)
    return [*kept, *rest]


def _same_matter(built_in: Finding, cross: Finding) -> bool:
    if not built_in.code.startswith(("FUND-", "DATE-")) or not (built_in.related and built_in.at.cell):
        return False
    return _cells(built_in) <= _cells(cross)


def _cells(finding: Finding) -> set[CellRef]:
    return {finding.at, *finding.related}


def _joined(built_in: Finding, cross: Finding) -> Finding:
    graver = min(built_in.severity, cross.severity, key=lambda one: one.rank)
    return replace(built_in, severity=graver, cross_check=cross.code)


def causes_first(
    notes: Iterable[Finding], findings: Iterable[Finding], in_doubt: Mapping[CellRef, str]
) -> Iterator[Finding]:
    """The reading's notes and the findings, a value in doubt told as the cause and not by what follows from it.

    What compares such a value with another becomes a note. A cell that was only asked about must be corrected once
    something that must be corrected follows from it. ``in_doubt``: such cells, each with the code that calls it so.
    """
    blamed: set[CellRef] = set()
    kept: list[Finding] = []
    for finding in findings:
        every = {at for at in _cells(finding) if at.cell}
        cells = sorted(at for at in every if at in in_doubt)
        if finding.severity is Severity.NOTE or not cells or len(cells) == len(every):
            kept.append(finding)
            continue
        blamed.update(cells if finding.severity is Severity.ERROR else ())
        hint = f"先按 {in_doubt[cells[0]]} 核对所填的数：改正以后再看这一条是否成立"
        kept.append(replace(finding, severity=Severity.NOTE, hint=hint))
    for told in (*notes, *kept):
        is_cause = told.at in blamed and in_doubt[told.at] == told.code
        yield replace(told, severity=Severity.ERROR) if is_cause else told


def consequences_as_notes(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, where a value cannot be computed for want of a cell that is itself to be corrected as a note.

    The unit is told once, at the cell; an evaluator still sees what is scored without it. That 无 was read as nothing
    is not said beside that the cell must be filled in: the one would tell the unit that there is nothing to do.
    """
    every = list(findings)
    wrong = {found.at: found.code for found in every if found.severity is Severity.ERROR and found.at.cell}
    for found in every:
        if found.code == _NOTHING_WRITTEN and wrong.get(found.at) in _UNFILLED:
            continue
        cause = next((at for at in found.related if at in wrong), None) if found.code in FOLLOWING else None
        if cause is None:
            yield found
        else:
            hint = f"先按 {wrong[cause]} 改正《{cause.sheet}》{cause.cell}：改正以后再看这一条是否成立"
            yield replace(found, severity=Severity.NOTE, hint=hint)


def folded(findings: Iterable[Finding]) -> list[Finding]:
    """Findings for a list: more than a dozen of one code on one sheet of one project become one that names the cells.

    The cells all stand in ``related``; nothing is lost.
    """
    groups: dict[tuple[str, str, str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.project, finding.code, finding.at.workbook, finding.at.sheet), []).append(finding)
    return [kept for group in groups.values() for kept in ([_together(group)] if len(group) > SHOWN else group)]


def _together(group: Sequence[Finding]) -> Finding:
    first = _first(group)
    others = [finding.at for finding in group if finding is not first]
    cells = "、".join(at.cell for at in others[:_LISTED])
    more = "等" if len(others) > _LISTED else ""
    words = f"；同表另有{len(others)}处同类问题（{cells}{more}）"
    return replace(first, told=followed(first.told, words), related=tuple(dict.fromkeys(others)))


def _first(group: Sequence[Finding]) -> Finding:
    """The first in list order; the sentences are written out for those alone that differ in nothing else."""

    def place(finding: Finding) -> tuple[int, CellRef]:
        return finding.severity.rank, finding.at

    least = min(map(place, group))
    return min((finding for finding in group if place(finding) == least), key=Finding.sort_key)
