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
class Verdict:
    """Of ``scheme check`` and ``verify``: sound, or what is wrong. Notes and warnings do not make it unsound."""

    findings: tuple[Finding, ...]
    subject: str

    @property
    def ok(self) -> bool:
        """Nothing must be corrected."""
        return is_sound(self.findings)

    def as_json(self) -> Json:
        """``{"ok", "findings"}``."""
        return {"ok": self.ok, "findings": [finding.as_json() for finding in self.findings]}


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """Of all workbooks: how many formulas two engines calculated alike.

    Attributes:
        engine: name and version of the second engine; "" where it is not installed.
        files: workbooks calculated twice.
        formulas: cells with formulas in them.
        left_out: formulas only our own engine calculated.
        differing: cells where the engines differ.
        findings: the differences, and workbooks the second engine would not take.
    """

    engine: str
    files: int = 0
    formulas: int = 0
    left_out: int = 0
    differing: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def words(self) -> str:
        """One sentence for the screen."""
        if not self.engine:
            return "没有装第二个计算引擎，公式只由本工具计算（pip install 'jixiao-toolkit[referee]' 后可复算）。"
        alike = self.formulas - self.left_out - self.differing
        left = f"，{self.left_out}个公式它不复算" if self.left_out else ""
        verdict = f"，{self.differing}个不同" if self.differing else "，没有不同"
        return f"两个计算引擎（本工具、{self.engine}）复算{self.files}个工作簿：{alike}个公式结果相同{verdict}{left}。"

    def as_json(self) -> Json:
        """For ``--json``."""
        return {
            "engine": self.engine,
            "files": self.files,
            "formulas": self.formulas,
            "left_out": self.left_out,
            "differing": self.differing,
        }


@dataclass(frozen=True, slots=True)
class Verified(Verdict):
    """Of ``verify``: sound or not, and what two calculation engines agree on; None where it did not come to that."""

    second: SecondOpinion | None = None

    def as_json(self) -> Json:
        """``{"ok", "findings", "second_engine"}``."""
        return Verdict.as_json(self) | {"second_engine": self.second.as_json() if self.second else None}


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
        findings: what is wrong with 报告素材.xlsx.
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
    """One file and its verdict. ``reason`` is empty for an accepted file; ``cause`` is only there for a refused one."""

    name: str
    sha256: str
    state: FileState
    project: str = ""
    reason: str = ""
    balance: Balance = field(default_factory=Balance)
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Collected:
    """Every file that was looked at, with its reading balance."""

    files: tuple[CollectedFile, ...]

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

        ``grade`` is empty for a project without anything to score (未评分), which is not to be taken for 0 points.
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
