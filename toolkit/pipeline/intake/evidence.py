"""Evidence files in the ledger: what was seen of each, and where it lay."""

from datetime import datetime

from toolkit.collect import EvidenceFile, Incoming
from toolkit.collect.page_count import Look
from toolkit.ledger import Event, EventKind, Ledger

_MARK = "佐证"


def words_of(incoming: Incoming, sha256: str, size: int, look: Look) -> EvidenceFile:
    """An evidence file as it came."""
    return EvidenceFile(incoming.name, incoming.folder, sha256, size, look.kind, look.pages, look.openable)


def record_evidence(ledger: Ledger, file: EvidenceFile, now: datetime) -> None:
    """Put a file on record, once for every place it came in: identical files of two projects are two facts."""
    detail = {
        _MARK: file.kind,
        "文件名": file.name,
        "所在": file.folder,
        "字节数": file.size,
        "页数": file.pages,
        "可打开": file.openable,
    }
    once = f"evidence:{file.sha256}:{file.folder}/{file.name}"
    ledger.record(EventKind.READ, at=now, once=once, subject=file.sha256, detail=detail)


def is_evidence(event: Event) -> bool:
    """Whether an event is about an evidence file."""
    return _MARK in event.details()


def evidence_on_record(ledger: Ledger) -> tuple[EvidenceFile, ...]:
    """Every evidence file at every place it came in."""
    return tuple(_file(event) for event in ledger.events(EventKind.READ) if is_evidence(event))


def _file(event: Event) -> EvidenceFile:
    detail = event.details()
    size, pages = detail.get("字节数"), detail.get("页数")
    return EvidenceFile(
        name=str(detail.get("文件名", "")),
        folder=str(detail.get("所在", "")),
        sha256=event.subject,
        size=size if isinstance(size, int) else 0,
        kind=str(detail.get(_MARK, "")),
        pages=pages if isinstance(pages, int) else None,
        openable=detail.get("可打开") is not False,
    )
