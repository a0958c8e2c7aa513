"""Rounds of correction line by line: what was asked of each project, what came of it, what the new return changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from toolkit.correct import RoundChange
from toolkit.model import Reading, Slot, Submission
from toolkit.pipeline.codes import CODES
from toolkit.pipeline.examine.correcting import open_findings
from toolkit.pipeline.examine.results import Examined
from toolkit.pipeline.examine.rounds import Key, SentBack, change_since, sent_back
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.text.values import shown

WAITING, CLOSED, OPEN, NEW = "待报送", "已销号", "未销号", "新出现"
ASKED, UNASKED = "按要求改动", "未要求的改动"


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One thing asked of a project, or one answer that differs from the return that was sent back.

    Attributes:
        kind: one of the words above.
        code, title: the finding's code and what it says; "" for an answer.
        before, after: the answer in the return that was sent back and in the new one; "" for what was asked.
    """

    project: str
    unit: str
    round: int
    kind: str
    code: str
    title: str
    sheet: str
    cell: str
    label: str
    before: str = ""
    after: str = ""

    def as_json(self) -> dict[str, Any]:
        """All attributes by their names."""
        return asdict(self)


def round_lines(evaluation: Evaluation, examined: Examined) -> tuple[RoundLine, ...]:
    """The last round of every project that was sent back, in roster order: what was asked, then what was changed."""
    rounds, now = sent_back(evaluation), open_findings(evaluation, examined)
    counting = examined.returns.counting
    lines: list[RoundLine] = []
    for project in evaluation.roster.projects:
        if own := rounds.get(project.id):
            sent, after = own[-1], counting.get(project.id)
            change = change_since(evaluation, own, after, now.get(project.id, ()))
            lines += _asked(evaluation, sent, change)
            if change and after:
                lines += _changed(evaluation, sent, change, after)
    return tuple(lines)


def _asked(evaluation: Evaluation, sent: SentBack, change: RoundChange | None) -> Iterator[RoundLine]:
    if change is None:
        yield from _findings(evaluation, sent, WAITING, sorted(sent.asked))
        return
    for kind, keys in ((OPEN, change.open), (NEW, change.new), (CLOSED, change.closed)):
        yield from _findings(evaluation, sent, kind, keys)


def _findings(evaluation: Evaluation, sent: SentBack, kind: str, keys: Iterable[Key]) -> Iterator[RoundLine]:
    slots = evaluation.template.layout.slots
    for code, key in keys:
        known = CODES.get(code)
        yield _line(sent, kind, key, slots.get(key), code, known.title if known else "")


def _changed(evaluation: Evaluation, sent: SentBack, change: RoundChange, after: Submission) -> Iterator[RoundLine]:
    outcome = evaluation.known_outcome(sent.sha256)
    before = outcome.submission.readings if outcome and outcome.submission else {}
    slots = evaluation.template.layout.slots
    for kind, keys in ((ASKED, change.changed), (UNASKED, change.outside)):
        for key in keys:
            slot = slots.get(key)
            answers = (_answer(before, key, slot), _answer(after.readings, key, slot))
            yield _line(sent, kind, key, slot, "", "", *answers)


def _line(sent: SentBack, kind: str, key: str, slot: Slot | None, code: str, title: str, *answers: str) -> RoundLine:
    place = (slot.sheet, slot.cell, slot.label) if slot else ("", "", key)
    return RoundLine(sent.project, sent.unit, sent.round, kind, code, title, *place, *answers)


def _answer(readings: Mapping[str, Reading], key: str, slot: Slot | None) -> str:
    """The answer as its unit would write it; what could not be read, as it stands in the cell."""
    reading = readings.get(key)
    if reading is None:
        return "空白"
    if reading.value is None or slot is None:
        return reading.original.strip() or "空白"
    return shown(reading.value, slot.type, slot.unit)
