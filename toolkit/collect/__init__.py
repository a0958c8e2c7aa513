"""收回: whatever comes back is read, explained or refused, and nothing is lost.

In: a returned file's bytes and what is known about the evaluation (:class:`CollectContext`).
Out: an :class:`Outcome`: ACCEPTED with a :class:`toolkit.model.Submission` whose balance adds up, or REFUSED with
a reason and what to do, in Chinese. ``incoming`` unpacks folders, zips and mail; ``choose`` decides which of several
returns counts; ``match_evidence`` holds supporting files against the lists. Nothing here writes a file.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.collect.context import Cause, CollectContext, Outcome, ReturnState
    from toolkit.collect.evidence import (
        EvidenceFile,
        EvidenceMatch,
        evidence_keys,
        match_evidence,
        may_support,
        supporting,
    )
    from toolkit.collect.filled import read_filled
    from toolkit.collect.intake import Incoming, incoming
    from toolkit.collect.named_projects import NamedProjects
    from toolkit.collect.reading import read_return
    from toolkit.collect.series import Choice, Received, choose
    from toolkit.collect.stamped_pages import form_codes, signed_projects
    from toolkit.collect.unzip import CannotUnpackError
    from toolkit.collect.worker import REFUSED, IsolatedReader, WorkerLimits, read_batch, read_plain

__all__ = [
    "REFUSED",
    "CannotUnpackError",
    "Cause",
    "Choice",
    "CollectContext",
    "EvidenceFile",
    "EvidenceMatch",
    "Incoming",
    "IsolatedReader",
    "NamedProjects",
    "Outcome",
    "Received",
    "ReturnState",
    "WorkerLimits",
    "choose",
    "evidence_keys",
    "form_codes",
    "incoming",
    "match_evidence",
    "may_support",
    "read_batch",
    "read_filled",
    "read_plain",
    "read_return",
    "signed_projects",
    "supporting",
]
_MODULES = {
    "toolkit.collect.context": "Cause, CollectContext, Outcome, ReturnState",
    "toolkit.collect.evidence": "EvidenceFile, EvidenceMatch, evidence_keys, match_evidence, may_support, supporting",
    "toolkit.collect.filled": "read_filled",
    "toolkit.collect.intake": "Incoming, incoming",
    "toolkit.collect.named_projects": "NamedProjects",
    "toolkit.collect.reading": "read_return",
    "toolkit.collect.series": "Choice, Received, choose",
    "toolkit.collect.stamped_pages": "form_codes, signed_projects",
    "toolkit.collect.unzip": "CannotUnpackError",
    "toolkit.collect.worker": "REFUSED, IsolatedReader, WorkerLimits, read_batch, read_plain",
}
"""Each module with the names it gives; imported when one of them is asked for: a worker for one file needs few."""


def __getattr__(name: str) -> object:
    module = next((module for module, names in _MODULES.items() if name in names.split(", ")), None)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(module), name)
    globals()[name] = found
    return found
