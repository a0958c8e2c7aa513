"""收回: whatever comes back is read, explained or refused, and nothing is lost.

In: a returned file's bytes and what is known about the evaluation (:class:`CollectContext`).
Out: an :class:`Outcome`: ACCEPTED with a :class:`toolkit.model.Submission` whose balance adds up, or REFUSED with
a reason and what to do, in Chinese. ``incoming`` unpacks folders, zips and mail; ``choose`` decides which of several
returns counts; ``match_evidence`` holds supporting files against the lists. Nothing here writes a file.
"""

from typing import TYPE_CHECKING

from toolkit.loading import when_asked

if TYPE_CHECKING:
    from toolkit.collect.context import Cause as Cause
    from toolkit.collect.context import CollectContext as CollectContext
    from toolkit.collect.context import Outcome as Outcome
    from toolkit.collect.context import ReturnState as ReturnState
    from toolkit.collect.evidence import EvidenceFile as EvidenceFile
    from toolkit.collect.evidence import EvidenceMatch as EvidenceMatch
    from toolkit.collect.evidence import evidence_keys as evidence_keys
    from toolkit.collect.evidence import match_evidence as match_evidence
    from toolkit.collect.evidence import may_support as may_support
    from toolkit.collect.evidence import supporting as supporting
    from toolkit.collect.filled import read_filled as read_filled
    from toolkit.collect.intake import Incoming as Incoming
    from toolkit.collect.intake import incoming as incoming
    from toolkit.collect.named_projects import NamedProjects as NamedProjects
    from toolkit.collect.reading import read_return as read_return
    from toolkit.collect.series import Choice as Choice
    from toolkit.collect.series import Received as Received
    from toolkit.collect.series import choose as choose
    from toolkit.collect.stamped_pages import form_codes as form_codes
    from toolkit.collect.stamped_pages import signed_projects as signed_projects
    from toolkit.collect.unzip import CannotUnpackError as CannotUnpackError
    from toolkit.collect.worker import REFUSED as REFUSED
    from toolkit.collect.worker import IsolatedReader as IsolatedReader
    from toolkit.collect.worker import WorkerLimits as WorkerLimits
    from toolkit.collect.worker import read_batch as read_batch
    from toolkit.collect.worker import read_plain as read_plain
else:
    __getattr__ = when_asked(
        __name__,
        {
            "toolkit.collect.context": "Cause, CollectContext, Outcome, ReturnState",
            "toolkit.collect.evidence": "EvidenceFile, EvidenceMatch, evidence_keys, match_evidence, "
            "may_support, supporting",
            "toolkit.collect.filled": "read_filled",
            "toolkit.collect.intake": "Incoming, incoming",
            "toolkit.collect.named_projects": "NamedProjects",
            "toolkit.collect.reading": "read_return",
            "toolkit.collect.series": "Choice, Received, choose",
            "toolkit.collect.stamped_pages": "form_codes, signed_projects",
            "toolkit.collect.unzip": "CannotUnpackError",
            "toolkit.collect.worker": "REFUSED, IsolatedReader, WorkerLimits, read_batch, read_plain",
        },
    )
