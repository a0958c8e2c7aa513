"""``jixiao prefill``: 绩效目标申报表 and last year's forms into 预填.xlsx, with the cell each value comes from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.collect import IsolatedReader
from toolkit.earlier_forms import FILE, FormReading, PrefillRow, Proposal, State, prefill_workbook, read_form
from toolkit.errors import UnreadableFileError, WorkspaceError
from toolkit.excel.files import is_owner_file, sha256_of
from toolkit.ledger.kinds import FormImported
from toolkit.model import CellRef, Finding, Project, ReadState, Sentence, Severity, Submission, is_sound
from toolkit.pipeline.edited import SetAside
from toolkit.pipeline.intake.originals import keep_original
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.outputs import Outputs

_SUFFIXES = (".xlsx", ".xls", ".xlsm", ".et", ".ods")
_LARGEST = 50_000_000


@dataclass(frozen=True, slots=True)
class Prefilled:
    """What was taken from forms: rows of 预填.xlsx from these files, labels to be mapped, findings."""

    file: Path
    rows: tuple[PrefillRow, ...]
    labels: tuple[str, ...]
    findings: tuple[Finding, ...]
    set_aside: tuple[SetAside, ...] = ()

    @property
    def ok(self) -> bool:
        """No file and no row was refused."""
        return is_sound(self.findings)

    def as_json(self) -> dict[str, Any]:
        """``{"ok", "file", "rows": [{"project", "field", "value", "source", "cell", "state"}], "unmapped", …}``."""
        return {
            "ok": self.ok,
            "file": str(self.file),
            "rows": [
                {
                    "project": row.project, "field": row.key, "value": row.text, "source": row.file,
                    "cell": row.place, "state": row.state.value,
                }
                for row in self.rows
            ],
            "unmapped": list(self.labels),
            "findings": [finding.as_json() for finding in self.findings],
        }  # fmt: skip


def import_forms(evaluation: Evaluation, paths: Sequence[Path], project: str, now: datetime) -> Prefilled:
    """Read forms and put what they say into 预填.xlsx; rows a person settled stay as they are.

    Raises:
        WorkspaceError: a path is not there, or no such project.
    """
    if absent := [str(path) for path in paths if not path.exists()]:
        raise WorkspaceError("找不到文件", where="、".join(absent), what_to_do="核对路径后重试")
    known = {project.id: project for project in evaluation.roster.projects}
    if project and project not in known:
        raise WorkspaceError(f"没有序号为“{project}”的项目", what_to_do="写项目清单中的序号")
    findings: list[Finding] = list(evaluation.earlier.findings)
    rows: list[PrefillRow] = []
    labels: dict[str, tuple[str, str]] = {}
    with IsolatedReader(evaluation.collecting) as reader:
        for path in _workbooks(paths):
            reading = _read(evaluation, reader, path, now, findings)
            if reading is not None:
                rows += _rows(reading, path, known.get(project) or reading.project, findings)
                labels |= {label: (text, f"{path.name}{at}") for label, (text, at) in reading.labels.items()}
    file = evaluation.workspace.root / FILE
    merged = _merged(evaluation.earlier.book.rows, rows)
    data = prefill_workbook(evaluation.scheme.title, evaluation.scheme, merged, _mapping(evaluation, labels))
    aside: tuple[SetAside, ...] = ()
    if not evaluation.earlier.findings:  # a workbook with mistakes is mended by its owner first
        with Outputs(evaluation.workspace, now) as outputs:
            outputs.note(file, file.read_bytes()) if file.is_file() else None
            outputs.put(file, data)
        aside = outputs.set_aside
    evaluation.__dict__.pop("earlier", None)
    evaluation.__dict__.pop("template", None)
    return Prefilled(file, tuple(rows), tuple(text for text, _ in labels.values()), tuple(findings), aside)


def _workbooks(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                file for file in path.rglob("*") if file.suffix.lower() in _SUFFIXES and not is_owner_file(file)
            )
        else:
            yield path


def _read(
    evaluation: Evaluation, reader: IsolatedReader, path: Path, now: datetime, findings: list[Finding]
) -> FormReading | None:
    hint = "在 Excel 或 WPS 中打开后另存为 .xlsx"
    if path.stat().st_size > _LARGEST:
        findings.append(_say("PREFILL-03", CellRef(path.name), Sentence.saying("“{name}”过大", name=path.name), hint))
        return None
    data = path.read_bytes()
    sha256 = sha256_of(data)
    keep_original(evaluation.workspace, data, sha256)
    with evaluation.workspace.ledger() as ledger:
        once = f"form:{sha256}"
        ledger.record(FormImported(file=path.name), at=now, once=once, subject=sha256)
    try:
        book = reader.book(data, older=True)
    except UnreadableFileError as error:
        findings.append(
            _say(
                "PREFILL-03",
                CellRef(path.name),
                Sentence.saying("“{name}”打不开：{message}", name=path.name, message=error.message),
                hint,
            )
        )
        return None
    return read_form(book, evaluation.scheme, evaluation.roster, evaluation.earlier.book)


def _rows(reading: FormReading, path: Path, project: Project | None, findings: list[Finding]) -> list[PrefillRow]:
    if project is None:
        named = f"表中写的项目“{reading.named[:60]}”不在项目清单中" if reading.named else "表中没有写项目名称"
        hint = "核对项目名称，或用 --project 写明是哪个项目"
        findings.append(
            _say(
                "PREFILL-03", CellRef(path.name), Sentence.saying("“{name}”{named}", name=path.name, named=named), hint
            )
        )
        return []
    for wrong in reading.unreadable:
        words = Sentence.saying(
            "“{label}”的内容“{text}”不是数，没有预填", label=wrong.field.label, text=wrong.text[:40]
        )
        at = CellRef(path.name, wrong.sheet, wrong.cell)
        findings.append(
            _say("PREFILL-04", at, words, "核对后在预填.xlsx中补写，或在《对照》写明取值方向", Severity.WARNING)
        )
    findings += [_differing(places, path) for places in reading.ambiguous]
    return [
        PrefillRow(project.id, proposal.field.key, proposal.text, path.name, f"《{proposal.sheet}》{proposal.cell}")
        for proposal in reading.proposals
        if not proposal.field.prefill
    ]


def _differing(places: Sequence[Proposal], path: Path) -> Finding:
    """A form that says different things for one field."""
    said = "；".join(f"{place.cell}“{place.text[:30]}”" for place in places[:6])
    words = Sentence.saying(
        "“{label}”在表中有{count}处，内容不同（{said}），没有预填",
        label=places[0].field.label,
        count=len(places),
        said=said,
    )
    hint = f"在{FILE}《对照》中该标签的“取值”写明内容所在的单元格（如{places[-1].cell}），再运行一次"
    return _say("PREFILL-04", CellRef(path.name, places[0].sheet, places[0].cell), words, hint, Severity.WARNING)


def _merged(old: Sequence[PrefillRow], new: Sequence[PrefillRow]) -> list[PrefillRow]:
    """What a person settled or typed stays; an open row is replaced by what a later form says."""
    settled = {(row.project, row.key) for row in old if row.state is not State.OPEN or not row.file}
    latest = {(row.project, row.key): row for row in new if (row.project, row.key) not in settled}
    kept = [latest.pop((row.project, row.key), row) for row in old]
    return [*kept, *latest.values()]


def _mapping(evaluation: Evaluation, labels: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str, str, str]]:
    book = evaluation.earlier.book
    old = {
        label: (text, book.ways.get(label, ""), book.mapping.get(label, ""), seen)
        for label, (text, seen) in book.labels.items()
    }
    return old | {label: (text, "", "", seen) for label, (text, seen) in labels.items() if label not in old}


def unverified(evaluation: Evaluation, counting: Mapping[str, Submission]) -> Iterator[Finding]:
    """Returned values that are what was put in beforehand from an earlier form and that nobody has verified."""
    for project, rows in evaluation.earlier.open.items():
        submission = counting.get(project)
        for key, row in rows.items():
            reading = submission.readings.get(key) if submission else None
            if reading is None or reading.state is not ReadState.VALUE:
                continue
            if reading.value == evaluation.earlier.values[project][key]:
                words = Sentence.saying(
                    "“{key}”与预填的相同（取自{file}{place}），尚未核实", key=key, file=row.file, place=row.place
                )
                hint = f"与单位核对后在{FILE}把状态改为采用；不对的请单位更正"
                finding = Finding("PREFILL-01", Severity.WARNING, reading.at, words, hint, project=project)
                yield replace(finding, found=reading.original[:200])


def _say(code: str, at: CellRef, words: str | Sentence, hint: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(code, severity, at, words, hint)
