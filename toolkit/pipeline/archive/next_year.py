"""The year that follows: a new workspace from an archive, with what still holds and without what was signed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from toolkit.archive import Manifest
from toolkit.errors import WorkspaceError
from toolkit.excel.files import sha256_of, write_atomic
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.ledger import NewEvent
from toolkit.ledger.kinds import PriorTaken
from toolkit.model import Finding, Severity
from toolkit.pipeline.archive.opening import unpacked
from toolkit.pipeline.archive.prior_book import prior_year
from toolkit.pipeline.examine.assessing import assess
from toolkit.pipeline.examine.results import Results, results
from toolkit.pipeline.intake.originals import keep_originals
from toolkit.pipeline.outcome import Initialised, Json
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.prior import PRIOR
from toolkit.pipeline.plan.setting_rows import renewed
from toolkit.pipeline.plan.workspace import Workspace
from toolkit.pipeline.progress import Progress, silent

TRACKING = "整改跟踪.xlsx"
STATES = ("未整改", "整改中", "已整改", "不再适用")
_TRACKING_COLUMNS = (
    Column("编号", 8),
    Column("项目序号", 9),
    Column("项目名称", 34),
    Column("责任单位", 26),
    Column("来源", 12),
    Column("代码", 13),
    Column("问题", 64),
    Column("位置", 26),
    Column("处理要求", 44),
    Column("整改状态", 12, STATES, required=True),
    Column("整改情况", 36),
    Column("核实人", 12),
    Column("核实日期", 14),
)


@dataclass(frozen=True, slots=True)
class NextYear:
    """A workspace made from an archive.

    Attributes:
        prior: figures of last year that are put into this year's forms, to be verified. problems: open problems that
            are tracked.
    """

    initialised: Initialised
    source: Path
    prior: int
    problems: int

    @property
    def ok(self) -> bool:
        """Scheme and roster can be used."""
        return self.initialised.ok

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Of scheme and roster."""
        return self.initialised.findings

    def as_json(self) -> Json:
        """What ``init`` gives, and ``{"from", "prior", "open_problems"}``."""
        return {
            **self.initialised.as_json(),
            "from": str(self.source),
            "prior": self.prior,
            "open_problems": self.problems,
        }


def initialise_from(
    folder: Path,
    archive: Path,
    now: datetime,
    progress: Progress = silent,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> NextYear:
    """Set up the next year's evaluation in a folder that is none yet.

    Scheme, roster (with contacts and aliases) and templates are copied as they are. Decisions, opinions and sign-offs
    stay in the archive; the new workspace has its own identity and an empty ledger. ``settings``: names and dates of
    the new year, written into its scheme.

    Raises:
        SchemeError: the scheme would be wrong with these settings; nothing is set up.
        WorkspaceError: the archive is not sound, or the folder is an evaluation or holds files of these names.
    """
    _refuse_taken(folder)
    with unpacked(archive) as (old, manifest):
        evaluation = Evaluation.load(Workspace.open(old))
        found = results(evaluation, _day(evaluation, manifest).date(), progress)
        prior, open_problems = prior_year(evaluation, found), list(_open(evaluation, found))
        title = evaluation.scheme.title
        files = {"方案.xlsx": evaluation.workspace.scheme, "项目清单.xlsx": evaluation.workspace.roster}
        contents = {name: path.read_bytes() for name, path in files.items()}
        contents["方案.xlsx"] = renewed(contents["方案.xlsx"], settings)
        templates = evaluation.workspace.templates
        contents |= {f"模板/{path.name}": path.read_bytes() for path in sorted(templates.glob("*")) if path.is_file()}
    contents[PRIOR] = prior.workbook(title)
    contents[TRACKING] = table_workbook([_tracking_sheet(title, open_problems)])
    for name, data in contents.items():
        write_atomic(folder / name, data)
    space = Workspace.create(folder, now)
    _note_origin(space, archive, manifest.evaluation, {name: contents[name] for name in (PRIOR, TRACKING)}, now)
    made = Evaluation.load(space)
    initialised = Initialised(folder, len(made.roster.projects), made.findings, ok=True)
    return NextYear(initialised, archive, prior.prefilled, len(open_problems))


def _note_origin(
    space: Workspace, archive: Path, evaluation: str, contents: Mapping[str, bytes], now: datetime
) -> None:
    """Keep last year's figures and open problems as they came out of the archive: people go on in the workbooks."""
    known = {name: sha256_of(data) for name, data in contents.items()}
    keep_originals(space, {known[name]: data for name, data in contents.items()})
    digest = sha256_of(archive.read_bytes())
    with space.ledger() as ledger:
        ledger.record_many(
            NewEvent(
                PriorTaken(file=name, archive=archive.name, sha256=digest, evaluation=evaluation),
                now,
                f"prior:{known[name]}",
                subject=known[name],
            )
            for name in contents
        )


def _refuse_taken(folder: Path) -> None:
    taken = [name for name in ("方案.xlsx", "项目清单.xlsx", PRIOR, TRACKING, ".jixiao") if (folder / name).exists()]
    if taken:
        advice = "换一个空文件夹；已有的评价不会被覆盖"
        raise WorkspaceError(f"文件夹里已有{'、'.join(taken)}", where=folder, what_to_do=advice)


def _day(evaluation: Evaluation, manifest: Manifest) -> datetime:
    """The day of last year's results: waivers are judged by it."""
    times = [facts["at"] for facts in manifest.made.values()]
    return datetime.fromisoformat(max(times)) if times else evaluation.workspace.created


def _open(evaluation: Evaluation, found: Results) -> Iterator[tuple[str, ...]]:
    """Findings that must be corrected or verified and were not settled, then the problems the reports state."""
    projects = {project.id: project for project in evaluation.roster.projects}
    number = 0
    for finding in sorted(found.examined.findings, key=Finding.sort_key):
        project = projects.get(finding.project)
        if project is None or finding.severity is Severity.NOTE:
            continue
        number += 1
        where = f"{finding.at.sheet}{finding.at.cell}" if finding.at.sheet else finding.at.workbook
        words = (finding.code, finding.words, where, finding.hint, STATES[0])
        yield (str(number), project.id, project.name, project.unit, "核查发现", *words)
    told = found.told()
    for said in assess(evaluation, found.examined, found.sheets, told).hits:
        project = projects.get(said.hit.project)
        if project is None:
            continue
        number += 1
        row = said.hit.row
        words = (row.code, said.text, row.indicator, row.advice, STATES[0])
        yield (str(number), project.id, project.name, project.unit, "问题与建议", *words)


def _tracking_sheet(title: str, rows: list[tuple[str, ...]]) -> TableSheet:
    hint = f"共{len(rows)}项，归档时都没有销号；整改状态从列表中选择。"
    return TableSheet("整改跟踪", f"{title}（上年）未销号问题整改跟踪", _TRACKING_COLUMNS, rows, hint, filtered=True)
