"""Findings about a returned file → rows of the list and cells to open in the clean workbook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.correct.opening import owed_blanks, touched, typed_cells
from toolkit.formula.detail_rows import slot_of
from toolkit.model import CellRef, Content, Finding, Layout, Project, Scheme, Sentence, Slot, SlotRole, Submission

RESTORED = "已在本表恢复原样，无需填写"
RECALCULATED = "公式已在本表恢复，无需填写结果；如基础数据有误，请更正标为橙色的单元格"


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One line of 退回整改单: all that is said about one cell, the gravest first.

    Attributes:
        sheet, cell: in the correction workbook; "" when it concerns the whole file.
        found, expected: 现填, 应为或要求.
        source: 依据: the clause behind each check, and its code.
        label: the words beside the cell.
        codes, key: of the findings, and their slot key or sheet: by which the unit's explanation is known again.
        explanation: what the unit wrote in an earlier round.
    """

    sheet: str
    cell: str
    label: str
    problem: str
    found: str
    expected: str
    source: str
    codes: tuple[str, ...]
    key: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What one project is asked to correct.

    Attributes:
        findings: code and slot key or sheet of each, as they are known again.
        asked: slot key → all that is wrong with the cell, for the words shown when it is selected.
        touched: keys of slots that are open as well, because what is asked for may change them or because they must
            be filled in and are not, or are gone: the workbook's own self-check has to be able to pass.
    """

    project: Project
    round: int
    rows: tuple[CorrectionRow, ...]
    findings: tuple[tuple[str, str], ...]
    asked: Mapping[str, str]
    touched: frozenset[str]

    @property
    def places(self) -> int:
        """How many cells are in question; a whole file about which two things are said is one."""
        return len({(row.sheet, row.cell) if row.cell else (row.sheet, row.label) for row in self.rows})


class Places:
    """Which slots findings about one returned file speak of."""

    def __init__(self, submission: Submission, layout: Layout) -> None:
        self._layout = layout
        self._keys = {reading.at: key for key, reading in submission.readings.items() if reading.at.cell}
        lost = (slot for key, slot in layout.slots.items() if not _placed(submission, key))
        self._lost = {(slot.sheet, slot.cell): slot for slot in lost}

    def slot(self, at: CellRef) -> Slot | None:
        """The slot that was read from a cell; a cell that is gone is known by its place as generated."""
        return self._layout.slots.get(self._keys.get(at, "")) or self._lost.get((at.sheet, at.cell))

    def place(self, at: CellRef) -> tuple[str, str]:
        """What is to be corrected there, by which letters and 整改表 count: a cell, else a sheet or the whole file."""
        slot = self.slot(at)
        return (slot.sheet, slot.cell) if slot else (at.sheet, "")

    def verifiable(self, at: CellRef) -> Slot | None:
        """The slot of a cell that can be verified: also of a row the unit added to a table."""
        return self.slot(at) or slot_of(self._layout, self._keys.get(at, ""))

    def key(self, finding: Finding) -> tuple[str, str]:
        """By which a finding is known again in another file: code, and slot key or sheet.

        A row the unit added to a table has a key and no slot.
        """
        slot = self.slot(finding.at)
        return finding.code, slot.key if slot else self._keys.get(finding.at, finding.at.sheet)


def _placed(submission: Submission, key: str) -> bool:
    reading = submission.readings.get(key)
    return reading is not None and bool(reading.at.cell)


def plan_correction(
    project: Project,
    submission: Submission,
    scheme: Scheme,
    layout: Layout,
    findings: Mapping[Finding, str],
    number: int,
) -> Correction:
    """The rows and open cells for the findings that were chosen, into the clean workbook of this layout.

    A calculated or fixed cell is restored, not opened: the cells its formula rests on are opened instead.

    Args:
        project: whose return goes back.
        submission: the return.
        scheme: its cross-checks say which cells have to agree.
        layout: of the workbook that goes back.
        findings: each with the clause behind it.
        number: of the round, from 1.
    """
    places = Places(submission, layout)
    said: dict[tuple[str, ...], list[_Said]] = {}
    asked: dict[Slot, list[str]] = {}
    beside: list[Slot] = []
    ordered = sorted(findings, key=Finding.sort_key)
    for finding in ordered:
        slot = places.slot(finding.at)
        related = typed_cells(filter(None, map(places.slot, finding.related)), layout)
        wanted = (typed_cells([slot], layout) if slot else ()) or related
        for cell in wanted:
            asked.setdefault(cell, []).append(finding.message)
        beside += related
        cell_or_finding = (slot.key,) if slot else places.key(finding)
        said.setdefault(cell_or_finding, []).append(_Said(finding, slot, findings[finding], restored=not wanted))
    also = frozenset(cell.key for cell in beside) | touched(asked, scheme, layout) | owed_blanks(submission, layout)
    words = {slot.key: numbered(messages) for slot, messages in asked.items()}
    rows = tuple(_row(of_one, places.key(of_one[0].finding)[1]) for of_one in said.values())
    return Correction(project, number, rows, tuple(map(places.key, ordered)), words, also - words.keys())


@dataclass(frozen=True, slots=True)
class _Said:
    """A finding on its way into the list: the cell as generated, the clause behind it, whether we put it right."""

    finding: Finding
    slot: Slot | None
    source: str
    restored: bool

    @property
    def asked(self) -> str:
        """应为或要求."""
        if self.slot is not None and self.slot.role is SlotRole.CALCULATED:
            return RECALCULATED
        return RESTORED if self.restored and self.finding.at.cell else str(_expected(self.finding))


def _row(said: Sequence[_Said], key: str) -> CorrectionRow:
    """One line of several findings about one cell, in their order."""
    findings, slot = [each.finding for each in said], said[0].slot
    sources: dict[str, list[str]] = {}
    for each in said:
        sources.setdefault(each.source, []).append(each.finding.code)
    return CorrectionRow(
        sheet=slot.sheet if slot else findings[0].at.sheet,
        cell=slot.cell if slot else "",
        label=slot.label if slot else (findings[0].at.sheet or "整个文件"),
        problem=numbered([finding.words for finding in findings]),
        found=_lines(str(finding.found) for finding in findings),
        expected=_lines(each.asked for each in said),
        source="；".join(f"{source}（{'、'.join(codes)}）" for source, codes in sources.items()),
        codes=tuple(dict.fromkeys(finding.code for finding in findings)),
        key=key,
        explanation=_lines(finding.explanation for finding in findings),
    )


def numbered(texts: Sequence[str]) -> str:
    """Several texts about one cell as one, each said once; a single one as it is."""
    different = list(dict.fromkeys(texts))
    if len(different) < 2:
        return "".join(different)
    return "\n".join(f"{number}. {text}" for number, text in enumerate(different, 1))


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(filter(None, texts)))


def _expected(finding: Finding) -> Content:
    if str(finding.expected) in finding.hint:
        return finding.hint
    if not finding.hint:
        return finding.expected
    return Sentence.of("{expected}。{hint}", {"expected": finding.expected, "hint": finding.hint})
