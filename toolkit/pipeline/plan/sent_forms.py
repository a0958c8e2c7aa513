"""Forms that were sent out before 方案.xlsx was saved again: are they those of today but for what the cover says?

A moved deadline, another person to call, a font of the reports, or only saving the workbook once more makes another
file of the scheme. Where its forms are still the same, what came back is held against them cell by cell (ADR 0069).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError
from toolkit.model import Layout, Scheme, SlotRole

if TYPE_CHECKING:
    from toolkit.pipeline.plan.evaluation import Evaluation

Place = tuple[str, str]
"""Sheet and cell."""


@dataclass(frozen=True, slots=True)
class SentForms:
    """Digests of schemes whose forms are today's, and the cells in which only their words differ."""

    schemes: frozenset[str] = frozenset()
    passing: frozenset[Place] = frozenset()


def sent_forms(evaluation: "Evaluation") -> SentForms:
    """What of the schemes that forms were sent out with is still in force, their forms made from today's template."""
    digests, passing = set[str](), set[Place]()
    folder, layout = evaluation.workspace.scheme_versions, evaluation.template.layout
    for path in sorted(folder.glob("*.xlsx")) if folder.is_dir() else ():
        sent = _scheme(path.read_bytes()) if path.stem != evaluation.scheme.sha256 else None
        differing = _differing(_layout(evaluation, sent), layout) if sent else None
        if sent is not None and differing is not None:
            digests.add(sent.sha256)
            passing |= differing
    return SentForms(frozenset(digests), frozenset(passing))


def _layout(evaluation: "Evaluation", scheme: Scheme) -> Layout | None:
    """The form of another scheme; None where today's template does not suit it."""
    try:
        return evaluation.compiled(scheme, evaluation.prior.keys())[1].layout
    except ToolkitError:
        return None


def _scheme(data: bytes) -> Scheme | None:
    """A scheme that was kept; None for one that the present program refuses."""
    from toolkit.scheme import read_scheme

    try:
        return read_scheme(data, "方案.xlsx").scheme
    except ToolkitError:
        return None


def _differing(sent: Layout | None, layout: Layout) -> set[Place] | None:
    """The cells in which two forms print other words, all on sheets nobody fills in; None where more differs.

    What is asked, where, in which unit and by which formula, and every text beside it, is the same then.
    """
    if sent is None:
        return None
    same = (sent.slots, sent.tables, sent.sheets) == (layout.slots, layout.tables, layout.sheets)
    if not same or sent.fixed.keys() != layout.fixed.keys():
        return None
    differing = {place for place, text in layout.fixed.items() if sent.fixed[place] != text}
    asked = {slot.sheet for slot in layout.slots.values() if slot.role is not SlotRole.CALCULATED}
    formulas = any(layout.fixed[place].startswith("=") for place in differing)
    return None if formulas or any(sheet in asked for sheet, _ in differing) else differing
