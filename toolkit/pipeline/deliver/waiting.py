"""Whether the reports in their folder are those of the master: a run can be stopped while it writes them."""

from toolkit.excel.files import sha256_of
from toolkit.ledger import EventKind
from toolkit.pipeline.plan.workspace import Workspace


def reports_wait(workspace: Workspace) -> bool:
    """Whether the master is newer than the reports: their writing was stopped, or nobody has asked for them since."""
    with workspace.ledger() as ledger:
        masters = ledger.own_events(EventKind.AGGREGATED)
        if not masters or ledger.own_events(EventKind.REPORTED, after=masters[-1].seq):
            return False
    present = sha256_of(workspace.master.read_bytes()) if workspace.master.is_file() else ""
    return present not in {event.subject for event in masters[:-1]}
