"""What commands hand to the terminal and the window: plain values with one way to become JSON. It knows no phase."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from toolkit.collect import Cause
from toolkit.model import Balance, Finding, Scheme, ScoreSheet, Severity, is_sound
from toolkit.pipeline.edited import EditedReport, SetAside
from toolkit.text import plain, score

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Initialised:
    """A new workspace, or why it could not be set up."""

    folder: Path
    projects: int
    findings: tuple[Finding, ...]
    ok: bool

    def as_json(self) -> Json:
        """``{"ok", "workspace", "projects", "findings"}``."""
        return {
            "ok": self.ok,
            "workspace": str(self.folder),
            "projects": self.projects,
            "findings": [finding.as_json() for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Written:
    """Files made by a step; ``changed`` counts those that were new or different.

    Attributes:
        edited: reports that a person edited, and what became of the edits.
        set_aside: other files a person edited, kept as dated copies.
        findings: what is wrong with 报告素材.xlsx; of forms, what speaks against giving them out.
    """

    folder: Path
    files: tuple[Path, ...]
    changed: int
    edited: tuple[EditedReport, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Nothing must be corrected."""
        return is_sound(self.findings)

    def as_json(self) -> Json:
        """``{"folder", "files", "changed", "edited", "set_aside", "findings"}``."""
        return {
            "folder": str(self.folder),
            "files": [str(file) for file in self.files],
            "changed": self.changed,
            "edited": [report.as_json() for report in self.edited],
            "set_aside": [aside.as_json() for aside in self.set_aside],
            "findings": [finding.as_json() for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Sent:
    """Packages per unit."""

    folder: Path
    packages: tuple[tuple[str, int, Path], ...]
    changed: int
    set_aside: tuple[SetAside, ...] = ()

    def as_json(self) -> Json:
        """``{"folder", "packages": [{"unit", "projects", "archive"}], "changed", "set_aside"}``."""
        rows = [{"unit": unit, "projects": count, "archive": str(path)} for unit, count, path in self.packages]
        return {
            "folder": str(self.folder),
            "packages": rows,
            "changed": self.changed,
            "set_aside": [aside.as_json() for aside in self.set_aside],
        }


class FileState(StrEnum):
    """What became of one file; the value is what ``--json`` prints."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class CollectedFile:
    """One file and its verdict. ``reason`` is empty for an accepted file; ``cause`` is only there for a refused one.

    Attributes:
        is_read_now: it was read in this run: not known from an earlier one, of which it may still lie in the inbox.
    """

    name: str
    sha256: str
    state: FileState
    project: str = ""
    reason: str = ""
    balance: Balance = field(default_factory=Balance)
    cause: Cause | None = None
    is_read_now: bool = False


@dataclass(frozen=True, slots=True)
class Collected:
    """Every file that was looked at, with its reading balance."""

    files: tuple[CollectedFile, ...]

    @property
    def new(self) -> int:
        """How many returns were accepted that were not known from an earlier run."""
        return sum(file.is_read_now and file.state is FileState.ACCEPTED for file in self.files)

    def as_json(self) -> Json:
        """``{"files": [{"name", "sha256", "state", "project", "reason", "cause", "expected", "read", …}]}``."""
        return {"files": [_file(file) for file in self.files]}


def _file(file: CollectedFile) -> Json:
    balance = file.balance
    return {
        "name": file.name,
        "sha256": file.sha256,
        "state": file.state.value,
        "project": file.project,
        "reason": file.reason,
        "cause": file.cause.value if file.cause else "",
        "expected": balance.expected,
        "read": balance.read,
        "blank": balance.blank,
        "rejected": balance.rejected,
        "unplaced": balance.unplaced,
    }


@dataclass(frozen=True, slots=True)
class Checked:
    """All findings."""

    findings: tuple[Finding, ...]
    files: tuple[Path, ...] = ()
    set_aside: tuple[SetAside, ...] = ()

    @property
    def errors(self) -> int:
        """How many must be corrected."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    def as_json(self) -> Json:
        """``{"findings": […], "set_aside": […]}``."""
        return {
            "findings": [finding.as_json() for finding in self.findings],
            "set_aside": [aside.as_json() for aside in self.set_aside],
        }


@dataclass(frozen=True, slots=True)
class Scored:
    """Score sheets in roster order, and the scheme they came about by. Units: 分, as decimal text."""

    sheets: tuple[ScoreSheet, ...]
    scheme: Scheme

    @property
    def places(self) -> int:
        """Decimals of every score."""
        return self.scheme.score_places

    def as_json(self) -> Json:
        """``{"scheme": {"version", "sha256"}, "projects": [{"id", "name", "unit", "total", "grade", …}]}``.

        A project without anything to score (未评分) is not ``scored``: its total is not to be taken for 0 points.
        """
        return {
            "scheme": scheme_stamp(self.scheme),
            "projects": [_sheet(sheet, self.places) for sheet in self.sheets],
        }


def scheme_stamp(scheme: Scheme) -> Json:
    """``{"version", "sha256"}``: which scheme something belongs to."""
    return {"version": scheme.version, "sha256": scheme.sha256}


def _sheet(sheet: ScoreSheet, places: int) -> Json:
    return {
        "id": sheet.project,
        "name": sheet.name,
        "unit": sheet.unit,
        "total": score(sheet.total, places),
        "grade": sheet.grade,
        "provisional": sheet.provisional,
        "scored": sheet.has_data,
        "dimensions": [
            {"name": dimension.name, "full_mark": plain(dimension.full_mark), "score": score(dimension.score, places)}
            for dimension in sheet.dimensions
        ],
        "indicators": [
            {
                "code": line.code,
                "name": line.name,
                "full_mark": plain(line.full_mark),
                "mark": score(line.effective_mark, places),
                "score": score(line.score, places),
                "state": line.state.value,
                "applies": line.applies,
                "rule": line.rule,
                "because": line.because,
            }
            for line in sheet.lines
        ],
    }


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole run.

    Attributes:
        returned: projects with a readable return (= accepted + to_correct).
        accepted: returned projects without anything that must be corrected.
        to_correct: returned projects with findings of severity ERROR.
        refused: files on record that were refused.
        grades: grade → number of scored objects, in the order of the scheme's bands.
        of_plan: findings about scheme, roster or opinions; reports count only those about what units sent.
        seconds: stage → wall-clock seconds.
        edited: reports that a person edited. set_aside: other edited files, kept as dated copies.
        report_findings: what there is to say of the reports, 报告素材.xlsx and 评审意见.xlsx.
    """

    folder: Path
    projects: int
    generated: int
    returned: int
    accepted: int
    to_correct: int
    refused: int
    findings: Mapping[Severity, int]
    grades: Mapping[str, int]
    master: Path
    reports: tuple[Path, ...]
    seconds: Mapping[str, float] = field(default_factory=dict)
    average: str = ""
    folders: Sequence[tuple[str, Path, int]] = ()
    edited: tuple[EditedReport, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    of_plan: int = 0
    report_findings: tuple[Finding, ...] = ()

    def as_json(self) -> Json:
        """The object other tools rely on."""
        return {
            "projects": self.projects,
            "generated": self.generated,
            "returned": self.returned,
            "accepted": self.accepted,
            "to_correct": self.to_correct,
            "refused": self.refused,
            "findings": {severity.value: self.findings.get(severity, 0) for severity in Severity},
            "grades": dict(self.grades),
            "master": str(self.master),
            "reports": [str(report) for report in self.reports],
            "seconds": {stage: round(spent, 3) for stage, spent in self.seconds.items()},
            "edited": [report.as_json() for report in self.edited],
            "set_aside": [aside.as_json() for aside in self.set_aside],
            "report_findings": [finding.as_json() for finding in self.report_findings],
        }
