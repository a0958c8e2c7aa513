"""One returned file into an :class:`Outcome`: sniff, read, identify, locate, normalise, compare, add up."""

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.collect.arrangement import Arrangement
from toolkit.collect.cell_reading import PlaceReader
from toolkit.collect.context import NOTHING_PREFILLED, Cause, CollectContext, Outcome, ReturnState, refusal
from toolkit.collect.differences import (
    differences,
    pasted_sheets,
    prefilled_differences,
    without_formulas,
    without_roster_changes,
)
from toolkit.collect.identity import Identified, identify
from toolkit.collect.known import known_in
from toolkit.collect.locate import How, Place, locate
from toolkit.collect.magnitude import suspected_yuan
from toolkit.collect.normalise import original_text
from toolkit.collect.opening import CannotOpenError, Opened, open_return
from toolkit.collect.remarks import (
    flag_remarks,
    hidden_remarks,
    migration_remarks,
    pasted_remarks,
    place_remarks,
    remark,
)
from toolkit.collect.sheets import match_sheets
from toolkit.collect.unknown_sheets import unknown_sheet_remarks
from toolkit.collect.versions import recalculated_only, without_other_meanings
from toolkit.excel.book import Book, Sheet
from toolkit.excel.correction_book import read_answers, read_round
from toolkit.excel.files import sha256_of
from toolkit.model import Balance, Difference, Finding, Reading, ReadState, SlotRole, Submission, Value
from toolkit.model.identity import CORRECTION_SHEET, RECALCULATED_NAME, codes_of_mark
from toolkit.text.folding import visible

_LONGEST_EXPLANATION = 1_000
"""Characters that are kept; the original keeps the rest."""

_READ = (ReadState.VALUE, ReadState.NONE, ReadState.NOT_APPLICABLE, ReadState.PENDING)
_NOT_OURS = (
    "文件里找不到采集表的填报格，不是本次下发的采集表。请使用下发的采集表填写并报送；"
    "如为佐证材料，请与采集表放在同一文件夹或同一压缩包，或在佐证清单中写明文件名"
)
_TELLING = 0.25
"""A workbook without a seal is one of ours while it still holds at least this share of what ours asks for."""


def read_return(data: bytes, file_name: str, context: CollectContext) -> Outcome:
    """Read one returned file. Whatever the bytes are, the answer is an outcome, never an exception.

    Args:
        data: the file's bytes; nothing is written, opened in a program or followed.
        file_name: as it came; used in messages only, it decides nothing.
        context: the evaluation.

    Units: values in the submission as :class:`toolkit.model.Reading` says.
    """
    sha256 = sha256_of(data)
    try:
        opened = open_return(data, file_name)
    except CannotOpenError as error:
        return refusal(error.cause, file_name, sha256, str(error))
    return read_opened(opened, file_name, sha256, context)


def read_opened(opened: Opened, file_name: str, sha256: str, context: CollectContext) -> Outcome:
    """The same for a file that is open already."""
    who = identify(opened.book, file_name, context)
    if who.cause and who.claimed:
        return refusal(who.cause, file_name, sha256, who.reason)
    found = _find(opened.book, context)
    if not _is_ours(found.arrangement.places, claimed=who.claimed):
        return refusal(Cause.NOT_OURS, file_name, sha256, _NOT_OURS, who.project)
    if who.cause:
        return refusal(who.cause, file_name, sha256, who.reason)
    file = _File(file_name, sha256, (*opened.notes, *who.notes), opened.values_only)
    return _read_book(opened.book, file, found, who, context)


@dataclass(frozen=True, slots=True)
class _File:
    """A file on its way: its name, its fingerprint, and what was noted about it so far."""

    name: str
    sha256: str
    notes: tuple[Finding, ...]
    values_only: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """What of the collection workbook is in a book: its sheets, the places of its slots, rows by table."""

    sheets: Mapping[str, Sheet]
    arrangement: Arrangement
    table_rows: Mapping[str, int]


def _find(book: Book, context: CollectContext) -> _Found:
    known = known_in(context)
    sheets = match_sheets(book, context.layout)
    of_tables, table_rows = known.tables.find(book, sheets)
    single = locate(book, context.layout, sheets, context.anchors, known.places)
    return _Found(sheets, known.arrangements.of(single, of_tables), table_rows)


def _is_ours(places: Mapping[str, Place], *, claimed: bool) -> bool:
    """Whether enough of what we ask for is there; for a workbook that says it is ours anything is enough."""
    placed = sum(place.placed for place in places.values())
    return placed > 0 if claimed else placed >= _TELLING * len(places)


def _read_book(book: Book, file: _File, found: _Found, who: Identified, context: CollectContext) -> Outcome:
    arrangement = _meant(book, found.arrangement, context) if who.old_scheme else found.arrangement
    readings, rules = _readings(PlaceReader(book, file.name, known_in(context).cells), arrangement)
    if who.old_scheme or who.old_template:
        readings = recalculated_only(readings, arrangement.places)
    said = (*file.notes, *migration_remarks(book, file.name))
    pasted = () if file.values_only else pasted_sheets(book, arrangement)
    notes = (
        *said,
        *pasted_remarks(pasted, file.name),
        *unknown_sheet_remarks(book, context, found.sheets, who.project, file.name),
        *_notes(book, file.name, arrangement, readings, rules, context, who.project),
    )
    balance = balance_of(arrangement.places, readings)
    correction = book.sheet(CORRECTION_SHEET)
    submission = Submission(
        project=who.project,
        sha256=file.sha256,
        file_name=file.name,
        readings=readings,
        balance=balance,
        notes=tuple(sorted((note.for_project(who.project) for note in notes), key=Finding.sort_key)),
        differences=_differences(book, file, who, arrangement, readings, context, pasted),
        recalculated=_recalculated(book),
        formulas_seen=not file.values_only,
        table_rows=found.table_rows,
        explanations=read_explanations(book),
        seal=who.seal,
        pasted=pasted,
    )
    return Outcome(
        ReturnState.ACCEPTED,
        file.name,
        file.sha256,
        who.project,
        submission=submission,
        balance=balance,
        notes=tuple(note.for_project(who.project) for note in said),
        modified=book.modified,
        round=read_round(correction) if correction else 0,
    )


def _meant(book: Book, arrangement: Arrangement, context: CollectContext) -> Arrangement:
    """Of a form that asks otherwise than today's only the cells that mean the same."""
    places = without_other_meanings(arrangement.places, book, context.layout, context.fixed)
    return known_in(context).arrangements.made_of(places)


def _differences(
    book: Book,
    file: _File,
    who: Identified,
    arrangement: Arrangement,
    readings: Mapping[str, Reading],
    context: CollectContext,
    pasted: tuple[str, ...],
) -> tuple[Difference, ...]:
    prefilled = context.prefilled.get(who.project, NOTHING_PREFILLED)
    if who.old_scheme or who.old_template:
        # Another version's formulas and texts differ by themselves: held against ours, they would all look altered.
        changed = tuple(prefilled_differences(arrangement.prefilled, readings, prefilled))
    else:
        changed = differences(book, file.name, arrangement, readings, prefilled)
        if file.values_only or pasted:
            changed = without_formulas(changed, prefilled, None if file.values_only else pasted)
    return without_roster_changes(changed, book)


def _readings(reader: PlaceReader, arrangement: Arrangement) -> tuple[dict[str, Reading], dict[str, tuple[str, ...]]]:
    readings, rules = {}, {}
    for key, place in arrangement.places.items():
        readings[key], rules[key] = reader.read(place, arrangement.wanted[key])
    return readings, rules


def _notes(
    book: Book,
    file_name: str,
    arrangement: Arrangement,
    readings: Mapping[str, Reading],
    rules: Mapping[str, tuple[str, ...]],
    context: CollectContext,
    project_id: str,
) -> list[Finding]:
    typed, wanted = arrangement.typed, arrangement.wanted
    put_in = context.prefilled.get(project_id, NOTHING_PREFILLED)
    remarks = (
        remark(place.slot, readings[key], rules[key], wanted[key].unit)
        for key, place in typed.items()
        if rules[key] and not _as_put_in(readings[key], put_in)
    )
    project = context.roster.project(project_id)
    contract = project.contract_amount if project and context.scheme.money_unit == "万元" else None
    stated = frozenset(key for key, codes in rules.items() if {"READ-04", "READ-05"} & set(codes))
    amounts = ((place.slot, readings[key], wanted[key].unit) for key, place in typed.items())
    return [
        *(remark for remark in remarks if remark),
        *suspected_yuan(amounts, contract, stated),
        *place_remarks(arrangement.odd, file_name),
        *hidden_remarks(typed.values(), book, file_name),
        *flag_remarks(book, file_name),
    ]


def _as_put_in(reading: Reading, put_in: Mapping[str, Value]) -> bool:
    """不适用 that stands there because we put it in is nothing to ask the unit about."""
    return reading.state is ReadState.NOT_APPLICABLE and put_in.get(reading.key) == reading.original


def balance_of(places: Mapping[str, Place], readings: Mapping[str, Reading]) -> Balance:
    """How the slots a unit answers for (input and prefilled) add up; calculated cells are nobody's answer."""
    read = blank = rejected = unplaced = expected = 0
    for key, place in places.items():
        if place.slot.role is SlotRole.CALCULATED:
            continue
        expected += 1
        state = readings[key].state
        if not place.placed and place.how is not How.REMOVED:
            unplaced += 1
        elif state in _READ:
            read += 1
        elif state is ReadState.BLANK:
            blank += 1
        else:
            rejected += 1
    return Balance(expected, read, blank, rejected, unplaced)


def _recalculated(book: Book) -> bool | None:
    cell = book.named_cell(RECALCULATED_NAME)
    return None if cell is None or cell.formula is None else cell.cached


def read_explanations(book: Book) -> dict[tuple[str, str], str]:
    """单位说明, what a unit wrote beside the findings it was sent: (finding code, slot key or sheet) → words.

    Of several lines about one place all words, in their order.
    """
    sheet = book.sheet(CORRECTION_SHEET)
    found: dict[tuple[str, str], list[str]] = {}
    for mark, cell in read_answers(sheet) if sheet else ():
        codes, key = codes_of_mark(mark)
        if words := visible(original_text(cell)):
            for code in codes:
                found.setdefault((code, key), []).append(words)
    return {key: "；".join(dict.fromkeys(words))[:_LONGEST_EXPLANATION] for key, words in found.items()}
