"""What was found on site: filled workbooks read back as verified values and recorded as decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from toolkit.collect import IsolatedReader
from toolkit.errors import UnreadableFileError, WorkspaceError
from toolkit.excel.files import is_owner_file, sha256_of, write_atomic
from toolkit.fieldwork import (
    FieldReading,
    Verified,
    read_paper,
)
from toolkit.fieldwork.reading import read_identity
from toolkit.formula.detail_rows import row_words, slot_of
from toolkit.handover import Thing
from toolkit.ledger import EventKind, Ledger
from toolkit.ledger.kinds import Action
from toolkit.model import (
    CellRef,
    FieldType,
    Finding,
    Sentence,
    Severity,
    Slot,
    Value,
    is_sound,
)
from toolkit.pipeline.examine.field_papers import FOLDER, as_typed, paper_rows
from toolkit.pipeline.examine.results import Examined, examine
from toolkit.pipeline.plan.decisions import Resolution, replaced
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.progress import Progress, silent
from toolkit.review import Asked, UnreadableValueError, verified_value
from toolkit.text.values import shown

RETURNED = "收回"
CODE = "FIELD-01"
"""Code under which what was found on site stands among decisions."""
_LARGEST = 50_000_000


@dataclass(frozen=True, slots=True)
class FieldTaken:
    """What came of filled workbooks.

    Attributes:
        values: per verified value: project, key, label, reported, verified, difference, basis, evidence, who.
        agreed: values found as reported. new: decisions that were not on record before.
    """

    values: tuple[dict[str, str], ...]
    agreed: int
    new: int
    findings: tuple[Finding, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """No workbook was left out."""
        return is_sound(self.findings)

    def as_json(self) -> dict[str, Any]:
        """``{"ok", "new", "agreed", "values", "findings"}``."""
        return {
            "ok": self.ok,
            "new": self.new,
            "agreed": self.agreed,
            "values": list(self.values),
            "findings": [finding.as_json() for finding in self.findings],
        }


def take_papers(
    evaluation: Evaluation, paths: Sequence[Path], now: datetime, progress: Progress = silent
) -> FieldTaken:
    """Read filled workbooks; of one with a mistake nothing is recorded, the others count.

    Raises:
        WorkspaceError: a path is not there.
    """
    if absent := [str(path) for path in paths if not path.exists()]:
        raise WorkspaceError("找不到现场核查底稿", where="、".join(absent), what_to_do="核对路径后重试")
    examined = examine(evaluation, now.date())
    findings: list[Finding] = []
    values: list[dict[str, str]] = []
    agreed = new = 0
    files = [file for path in paths for file in _workbooks(path)]
    with IsolatedReader(evaluation.collecting) as reader:
        for done, file in enumerate(files, 1):
            taken = _taken(evaluation, examined, reader, file)
            findings += taken.findings
            if is_sound(taken.findings):
                new += _record(evaluation, taken, file, now)
                values += [_told(taken.project, *value) for value in taken.values]
                agreed += sum(value.text == value.row.reported for value, _, _ in taken.values)
            progress("读取底稿", done, len(files), item=file.name)
    evaluation.__dict__.pop("decided", None)
    return FieldTaken(tuple(values), agreed, new, tuple(findings))


def _workbooks(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*.xlsx") if not is_owner_file(file))


@dataclass(frozen=True, slots=True)
class _Taken:
    """One workbook: its project, values with slots and read values, and what is wrong with it."""

    project: str
    values: tuple[tuple[Verified, Slot, Value], ...]
    findings: tuple[Finding, ...]
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _taken(evaluation: Evaluation, examined: Examined, reader: IsolatedReader, file: Path) -> _Taken:
    if file.stat().st_size > _LARGEST:
        return _refused(
            file,
            Sentence.saying("“{name}”过大，不是现场核查底稿", name=file.name),
            "用 jixiao fieldwork 生成的底稿填写",
        )
    try:
        book = reader.book(file.read_bytes())
    except UnreadableFileError as error:
        return _refused(
            file,
            Sentence.saying("“{name}”打不开：{message}", name=file.name, message=error.message),
            "在 Excel 或 WPS 中打开后另存为 .xlsx",
        )
    project, sha256, findings = read_identity(book, file.name)
    submission = examined.returns.counting.get(project)
    if findings or submission is None:
        words = Sentence.saying(
            "“{name}”不是现场核查底稿，或其项目“{project}”不在本评价中", name=file.name, project=project[:20]
        )
        return _refused(file, words, "用 jixiao fieldwork 生成的底稿填写，标识不要改动")
    if sha256 != examined.returns.receipts[project].sha256:
        words = Sentence.saying(
            "“{name}”是按另一份报送件生成的，项目{project}此后换过报送件", name=file.name, project=project
        )
        return _refused(file, words, "重新生成底稿，把核查结果填到新的底稿上", "FIELD-03")
    codes = frozenset(item.code for item in evaluation.scheme.evidence)
    reading: FieldReading = read_paper(book, file.name, paper_rows(evaluation, submission), codes)
    values, unreadable = _read_values(evaluation, reading)
    in_rows = {slot.key: row_words(evaluation.scheme, submission, slot.key) for _, slot, _ in values}
    return _Taken(project, values, (*reading.findings, *unreadable), in_rows)


def _refused(file: Path, words: str | Sentence, hint: str, code: str = "FIELD-02") -> _Taken:
    return _Taken("", (), (Finding(code, Severity.ERROR, CellRef(file.name), words, hint),))


def _read_values(
    evaluation: Evaluation, reading: FieldReading
) -> tuple[tuple[tuple[Verified, Slot, Value], ...], list[Finding]]:
    values: list[tuple[Verified, Slot, Value]] = []
    findings: list[Finding] = []
    for value in reading.verified:
        slot = slot_of(evaluation.template.layout, value.row.key)
        if slot is None:
            continue
        try:
            values.append(
                (value, slot, verified_value(value.found.value("核查值"), value.text, Asked(slot.type, slot.choices)))
            )
        except UnreadableValueError as error:
            words = Sentence.saying("“{label}”的核查值：{error}", label=value.row.label, error=error)
            findings.append(
                Finding(
                    "FIELD-04",
                    Severity.ERROR,
                    value.at,
                    words,
                    "按该格的填写要求重写",
                    reading.project,
                    found=value.text,
                )
            )
    return tuple(values), findings


def _record(evaluation: Evaluation, taken: _Taken, file: Path, now: datetime) -> int:
    """Keep the workbook as it came, then record what it says; how many decisions were new."""
    data = file.read_bytes()
    sha256 = sha256_of(data)
    write_atomic(evaluation.workspace.root / FOLDER / RETURNED / f"{sha256[:16]}.xlsx", data)
    with evaluation.workspace.ledger() as ledger, ledger.batch():
        return sum(_record_value(ledger, taken, value, sha256, now) for value in taken.values)


def _record_value(
    ledger: Ledger, taken: _Taken, found: tuple[Verified, Slot, Value], sha256: str, now: datetime
) -> bool:
    """Record one verified value with the workbook and the cell it stood in; whether it was new."""
    project, (typed, slot, value) = taken.project, found
    reason = f"现场核查：{typed.basis}"
    decision = Resolution(
        project,
        CODE,
        slot.key,
        Action.OVERRIDE,
        value,
        typed.by,
        reason,
        typed.evidence,
        typed.reviewer,
        row=taken.rows[slot.key],
    )
    known = replaced(ledger, _thing(project, slot))
    return ledger.record(
        replace(decision.details(), workbook=sha256, cell=typed.at.cell, replaces=known),
        at=now,
        once=f"fieldwork:{decision}:{'+'.join(known)}",
        project=project,
        subject=CODE,
    )


def _thing(project: str, slot: Slot) -> Thing:
    return Thing(EventKind.RESOLVED, project, CODE, slot.key)


def _told(project: str, verified: Verified, slot: Slot, value: Value) -> dict[str, str]:
    return {
        "project": project,
        "key": slot.key,
        "label": slot.label,
        "reported": verified.row.reported,
        "verified": as_typed(value, slot),
        "difference": "" if verified.text == verified.row.reported else difference(verified.row.reported, value, slot),
        "basis": verified.basis,
        "evidence": verified.evidence,
        "by": verified.by,
        "reviewer": verified.reviewer,
    }


def difference(reported: str, value: Value, slot: Slot) -> str:
    """Verified less reported, in the unit of the cell; 不同 for what is no number."""
    try:
        before = verified_value(None, reported, Asked(slot.type, slot.choices))
    except UnreadableValueError:
        return "不同"
    if isinstance(before, Decimal) and isinstance(value, Decimal) and slot.type is not FieldType.DATE:
        return shown(value - before, slot.type, exact=True)
    return "不同" if before != value else ""
