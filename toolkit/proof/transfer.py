"""What a process of its own makes of a file, as plain data: its document, or what the rules say of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.errors import MissingProgramError, ToolkitError
from toolkit.model.plain import from_plain_text, plain_text
from toolkit.proof.checklist import Dismissal, Judged, judged
from toolkit.proof.document import Cell, Changed, Document, Origin, Paragraph, Place, Printed, Table
from toolkit.proof.engine import proof
from toolkit.proof.reading import read_document
from toolkit.proof.report import Known

READ, REFUSED, MISSING = "read", "refused", "missing"


@dataclass(frozen=True, slots=True)
class Judging:
    """What is to be known to judge a file.

    Attributes:
        known: what a workspace knows; None without one.
        titles: title of a rule by its code.
        dismissals: by mark.
        listed: whether the numbers that were decided are kept for the list.
    """

    known: Known | None
    titles: Mapping[str, str]
    dismissals: Mapping[str, Dismissal]
    listed: bool


def judged_plain(data: bytes, name: str, judging: Judging) -> tuple[Any, ...]:
    """What the rules say of a file, or why it cannot be read; rules may hang over a text as readers over a file."""
    found = _read(data, name)
    if not isinstance(found, Document):
        return found
    told = judged(proof(found, judging.known), name, judging.titles, judging.dismissals, listed=judging.listed)
    return (READ, plain_text(told, Judged).decode("utf-8", "surrogatepass"))


def judged_of(answer: tuple[Any, ...]) -> Judged:
    """The same as values again.

    Raises:
        DamagedValueError: it is not what the process answers.
    """
    return from_plain_text(str(answer[1]).encode("utf-8", "surrogatepass"), Judged)


def read_plain(data: bytes, name: str, _context: object = None) -> tuple[Any, ...]:
    """What stands in a file, or why it cannot be read, as tuples and texts."""
    document = _read(data, name)
    if not isinstance(document, Document):
        return document
    blocks = tuple(map(_packed, document.blocks))
    return (READ, document.name, document.kind, document.notes, blocks, _packed_origin(document.origin))


def document_of(answer: tuple[Any, ...]) -> Document:
    """The document again."""
    _, name, kind, notes, blocks, origin = answer
    found = tuple(map(_unpacked, blocks))
    return Document(str(name), str(kind), found, tuple(map(str, notes)), _unpacked_origin(origin))


def _read(data: bytes, name: str) -> Document | tuple[str, str, str]:
    try:
        return read_document(data, name)
    except ToolkitError as error:
        word = MISSING if isinstance(error, MissingProgramError) else REFUSED
        return (word, error.message, error.what_to_do)


def _packed_origin(origin: Origin) -> tuple[Any, ...]:
    figures = tuple((*_numbers(item.place), item.place.row, item.place.column, item.start, item.end, item.at)
                    for item in origin.figures)  # fmt: skip
    changed = (origin.changed.at, origin.changed.text, origin.changed.written) if origin.changed else ()
    return (figures, origin.intact, tuple(sorted(origin.generated)), tuple(sorted(origin.altered)), changed)


def _unpacked_origin(plain: tuple[Any, ...]) -> Origin:
    figures, intact, generated, altered, changed = plain
    return Origin(
        tuple(
            Printed(Place(block, paragraph, table, row, column, page), start, end, str(at))
            for block, paragraph, table, page, row, column, start, end, at in figures
        ),
        bool(intact),
        frozenset((block, row) for block, row in generated),
        frozenset((block, row) for block, row in altered),
        Changed(*map(str, changed)) if changed else None,
    )


def _packed(block: Paragraph | Table) -> tuple[Any, ...]:
    if isinstance(block, Paragraph):
        return (_numbers(block.place), block.text, block.level, block.place.note)
    rows = tuple(tuple(None if cell.merged else cell.text for cell in row) for row in block.rows)
    return (_numbers(block.place), block.place.sheet, block.number, block.caption, block.unit, rows)


def _numbers(place: Place) -> tuple[int, int, int, int]:
    return (place.block, place.paragraph, place.table, place.page)


def _unpacked(plain: tuple[Any, ...]) -> Paragraph | Table:
    if len(plain) == 4:
        (block, paragraph, _, page), text, level, note = plain
        return Paragraph(Place(int(block), int(paragraph), page=int(page), note=str(note)), str(text), int(level))
    (block, _, number, page), sheet, _, caption, unit, texts = plain
    rows = tuple(
        tuple(
            Cell(
                Place(int(block), table=int(number), row=row, column=column, page=int(page), sheet=str(sheet)),
                "" if text is None else str(text),
                merged=text is None,
            )
            for column, text in enumerate(cells, 1)
        )
        for row, cells in enumerate(texts, 1)
    )
    place = Place(int(block), table=int(number), page=int(page), sheet=str(sheet))
    return Table(place, int(number), rows, str(caption), str(unit))
