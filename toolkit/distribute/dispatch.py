"""Notes in the ledger which package went to which unit."""

from collections.abc import Sequence
from datetime import datetime

from toolkit.distribute.package import Package
from toolkit.ledger import EventKind, Ledger, NewEvent


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
        kind=EventKind.DISPATCHED,
        at=at,
        once=f"dispatched:{package.unit}:{package.sha256}",
        unit=package.unit,
        subject=package.sha256,
        detail={
            "下发包": package.archive.name,
            "项目序号": list(package.project_ids),
            "文件": {file.name: file.sha256 for file in package.files},
        },
    )
