"""Evidence files in the ledger: what was seen of each, and where it lay."""

from datetime import datetime

from toolkit.collect import EvidenceFile, Incoming, IsolatedReader, form_codes
from toolkit.excel.sniff import FileKind
from toolkit.ledger import Event, EventKind, Ledger
from toolkit.ledger.kinds import NOT_COUNTED, Read
from toolkit.qr import Codes

_SCANS = (FileKind.PDF, FileKind.IMAGE)


def looked_at(incoming: Incoming, sha256: str, data: bytes, reader: IsolatedReader) -> EvidenceFile:
    """An evidence file as it came; of its QR codes those that a form's pages bear."""
    look = reader.look(data)
    codes = reader.codes(data) if look.openable and look.kind in _SCANS else Codes()
    return EvidenceFile(
        incoming.name,
        incoming.folder,
        sha256,
        len(data),
        look.kind,
        look.pages,
        look.openable,
        codes=form_codes(codes.texts),
        code_damaged=codes.damaged,
    )


def record_evidence(ledger: Ledger, file: EvidenceFile, now: datetime) -> None:
    """Put a file on record, once for every place it came in: identical files of two projects are two facts."""
    details = Read(
        evidence=file.kind,
        file=file.name,
        folder=file.folder,
        size=file.size,
        pages=file.pages,
        openable=file.openable,
        codes=file.codes,
        code_damaged=file.code_damaged,
    )
    once = f"evidence:{file.sha256}:{file.folder}/{file.name}"
    ledger.record(details, at=now, once=once, subject=file.sha256)


def is_evidence(event: Event) -> bool:
    """Whether an event is about an evidence file."""
    said = event.details
    return isinstance(said, Read) and said.evidence is not None


def evidence_on_record(ledger: Ledger) -> tuple[EvidenceFile, ...]:
    """Every evidence file at every place it came in."""
    return tuple(_file(event) for event in ledger.events(EventKind.READ) if is_evidence(event))


def _file(event: Event) -> EvidenceFile:
    said = event.says(Read)
    return EvidenceFile(
        name=said.file,
        folder=said.folder or "",
        sha256=event.subject,
        size=said.size or 0,
        kind=said.evidence or "",
        pages=None if said.pages == NOT_COUNTED else said.pages,
        openable=said.openable is not False,
        codes=said.codes,
        code_damaged=said.code_damaged,
    )
