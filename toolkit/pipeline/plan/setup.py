"""Setting up an evaluation: from a sample, or from the user's own roster and scheme."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit import resources
from toolkit.errors import WorkspaceError
from toolkit.excel.files import settle, write_atomic, write_each
from toolkit.ledger import ensure_openable
from toolkit.model import is_sound
from toolkit.pipeline.outcome import Initialised
from toolkit.pipeline.plan.evaluation import Evaluation, load
from toolkit.pipeline.plan.kept_plan import Plan, plan_once
from toolkit.pipeline.plan.ledger_place import LEDGER_FILE
from toolkit.pipeline.plan.moving_ledger import move_ledger
from toolkit.pipeline.plan.own_files import open_outside, read_own
from toolkit.pipeline.plan.plan_reading import examine_plan
from toolkit.pipeline.plan.setting_rows import with_settings
from toolkit.pipeline.plan.side_by_side import in_a_copy
from toolkit.pipeline.plan.workspace import Workspace
from toolkit.pipeline.progress import Progress, silent
from toolkit.scheme import UnitQuestion, read_roster, with_answers

if TYPE_CHECKING:
    from toolkit.demo_data import SampleCalendar

RETURNS, OPINIONS, MATERIAL = "填报.xlsx", "评审意见.xlsx", "报告素材.xlsx"
SEED = 2024


Answer = Callable[[UnitQuestion], bool | None]
"""Whether two spellings are one unit; None where the person does not know yet."""


def initialise(
    folder: Path,
    source: str | tuple[Path, Path],
    now: datetime,
    progress: Progress = silent,
    answer: Answer | None = None,
    ledger: str = "",
    settings: Mapping[str, str] = MappingProxyType({}),
) -> Initialised:
    """Set up a workspace as :func:`set_up` does; a sample also brings the units' returned workbooks into the inbox.

    A learner can then run everything at once.
    """
    made = set_up(folder, source, now, answer, ledger, settings)
    if isinstance(source, str) and made.ok:
        rehearse(load(folder), source, progress)
    return made


def set_up(
    folder: Path,
    source: str | tuple[Path, Path],
    now: datetime,
    answer: Answer | None = None,
    ledger: str = "",
    settings: Mapping[str, str] = MappingProxyType({}),
) -> Initialised:
    """Set up a workspace from a sample's name, or from (roster, scheme).

    ``answer`` is asked about unit names in two spellings; what it says is kept on sheet 单位别名 of the workspace's own
    roster, and the file given stays as it is.

    ``settings`` are names and dates of the new evaluation: they are written into the workspace's own scheme.

    ``ledger`` is the address of a server that keeps the ledger, else 台账地址 of sheet 方案, else the folder keeps it.

    Nothing is set up while scheme or roster have mistakes; the findings then say which.

    Raises:
        WorkspaceError: no such sample or file, or the folder is an evaluation with other content.
        LedgerError: the server cannot be reached; the command can be repeated. Or the folder's path is too long for a
            ledger, and nothing has been written.
    """
    files = _sample_files(source) if isinstance(source, str) else _own_files(*source)
    if not isinstance(source, str):
        open_outside(*source)
    scheme, roster, findings = examine_plan(files["方案.xlsx"], files["项目清单.xlsx"], settings)
    if scheme is None or roster is None or not is_sound(findings):
        return Initialised(folder, len(roster.projects) if roster else 0, findings, ok=False)
    address = ledger or scheme.settings.get("台账地址", "")
    if not address:
        ensure_openable(folder / LEDGER_FILE)
    _copy_in(folder, _contents(files, answer, settings))
    calendar = sample_calendar(source) if isinstance(source, str) else None
    created = datetime.combine(calendar.issued, now.timetz()) if calendar else now
    workspace = Workspace.create(folder, created, asdict(calendar) if calendar else {})
    if address:
        move_ledger(workspace, address, created)
    if isinstance(source, str) and not settings and answer is None:  # the very files that were read above
        plan_once(workspace, lambda: Plan(scheme, roster, findings))
    return Initialised(folder, len(roster.projects), Evaluation.load(workspace).findings, ok=True)


def _contents(files: Mapping[str, Path], answer: Answer | None, settings: Mapping[str, str]) -> dict[str, bytes]:
    """The files of the workspace: what was given, with the names and dates of the new evaluation and the answers."""
    contents = {name: path.read_bytes() for name, path in files.items()}
    contents["方案.xlsx"] = with_settings(contents["方案.xlsx"], "方案.xlsx", settings)
    if answer is not None:
        contents["项目清单.xlsx"] = _answered(contents["项目清单.xlsx"], answer)
    return contents


def unit_questions(roster: Path) -> tuple[UnitQuestion, ...]:
    """Unit names of a roster that may be one unit under two spellings.

    Raises:
        SchemeError: the file is no workbook.
    """
    open_outside(roster)
    return read_own(roster, partial(read_roster, money_unit="万元")).questions


def _answered(roster: bytes, answer: Answer) -> bytes:
    asked = read_roster(roster, "项目清单.xlsx").questions
    answers = [(question, same) for question in asked if (same := answer(question)) is not None]
    return with_answers(roster, answers)


def sample_calendar(sample: str) -> "SampleCalendar":
    """The days of a sample's story.

    Raises:
        WorkspaceError: no such sample.
    """
    from toolkit.demo_data import read_calendar

    return read_calendar((resources.sample_dir(sample) / RETURNS).read_bytes())


def rehearse(evaluation: Evaluation, sample: str, progress: Progress = silent) -> int:
    """Play the sample's units: fill their workbooks and put what they send back into the inbox. Returns the files."""
    from toolkit.demo_data import play, read_returns

    inbox = evaluation.workspace.inbox
    returned = play(
        read_returns((resources.sample_dir(sample) / RETURNS).read_bytes()),
        evaluation.template,
        evaluation.roster.projects,
        SEED,
        on_progress=lambda done, total, name: progress("模拟单位填报", done, total, item=name),
    )
    write_each({inbox / file.name: file.data for file in returned if not (inbox / file.name).exists()})
    settle(inbox)
    return len(returned)


def begin_compiling(evaluation: Evaluation) -> Callable[[], None]:
    """Begin to compile the template of the collection workbooks in a copy of this process.

    What comes back waits until it is kept; where no copy does it, it is compiled when it is asked for.
    """

    def compiled() -> bytes:
        _ = evaluation.template
        return b"compiled"

    answer = in_a_copy(compiled)

    def finished() -> None:
        answer()

    return finished


def begin_rehearsing(evaluation: Evaluation, sample: str, progress: Progress = silent) -> Callable[[], None]:
    """Begin to :func:`rehearse` in a copy of this process; what comes back waits until the files are in the inbox."""
    _ = evaluation.template, evaluation.roster  # compiled once for both
    answer = in_a_copy(lambda: str(rehearse(evaluation, sample)).encode())

    def finished() -> None:
        if answer() is None:
            rehearse(evaluation, sample, progress)

    return finished


def _sample_files(name: str) -> Mapping[str, Path]:
    folder = resources.sample_dir(name)
    return {one: folder / one for one in ("方案.xlsx", "项目清单.xlsx", OPINIONS, MATERIAL) if (folder / one).exists()}


def _own_files(roster: Path, scheme: Path) -> Mapping[str, Path]:
    return {"方案.xlsx": scheme, "项目清单.xlsx": roster}


def _copy_in(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Put the plan into the folder; a file that is there with other content is never overwritten.

    评审意见 and 报告素材 that are there already are the evaluators' work and stay.
    """
    taken = [
        name
        for name, data in contents.items()
        if name not in (OPINIONS, MATERIAL) and (folder / name).exists() and (folder / name).read_bytes() != data
    ]
    if taken:
        advice = "换一个空文件夹，或直接在该工作区里继续（jixiao status）"
        raise WorkspaceError(f"文件夹里已有内容不同的{'、'.join(taken)}", where=folder, what_to_do=advice)
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in contents.items():
        if not (folder / name).exists():
            write_atomic(folder / name, data)
