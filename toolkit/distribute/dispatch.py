"""Notes in the ledger which package went to which unit."""

from collections.abc import Sequence
from datetime import datetime

from toolkit.distribute.package import Package
from toolkit.ledger import Ledger, NewEvent
from toolkit.ledger.kinds import Dispatched


def record_dispatch(ledger: Ledger, packages: Sequence[Package], *, at: datetime) -> int:
    """Records one DISPATCHED event for each package, with the hash of every file in it.

    A package that has not changed since it was last recorded is not recorded again.

    Returns:
        How many events were new.

    Raises:
        LedgerError: when the ledger cannot be written.
    """
    return ledger.record_many(_event(package, at) for package in packages)


def _event(package: Package, at: datetime) -> NewEvent:
    return NewEvent(
        Dispatched(
            archive=package.archive.name,
            projects=tuple(package.project_ids),
            files={file.name: file.sha256 for file in package.files},
        ),
        at=at,
        once=f"dispatched:{package.unit}:{package.sha256}",
        unit=package.unit,
        subject=package.sha256,
    )
