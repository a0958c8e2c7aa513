"""Results of whole commands, without any work when nothing has changed since they were last worked out.

They are kept under the content of every file that can bear on them (:mod:`toolkit.pipeline.plan.state`). What the
toolkit itself writes for people is left out where no result is made from it; ``verify`` is about these very files and
leaves out none.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from toolkit.cache import entry_key
from toolkit.model import Finding
from toolkit.model.plain import DamagedValueError, from_plain_text, plain_text
from toolkit.pipeline.outcome import Checked
from toolkit.pipeline.plan.outputs import as_written
from toolkit.pipeline.plan.state import content_of, plan_state, workspace_state
from toolkit.pipeline.plan.workspace import Workspace
from toolkit.pipeline.progress import Progress, silent
from toolkit.pipeline.standing import Board
from toolkit.pipeline.verdict import Verified

if TYPE_CHECKING:
    from toolkit.pipeline.examine.results import Results
    from toolkit.pipeline.plan.evaluation import Evaluation

Kind = TypeVar("Kind")
_OF_A_MOMENT = frozenset({"VERIFY-21", "VERIFY-31"})
"""Verdicts that may come from a file being open elsewhere, or from a process that was stopped."""


def status_of(folder: Path, now: datetime, results: "Callable[[], tuple[Evaluation, Results]] | None" = None) -> Board:
    """Where every project of a workspace stands.

    Args:
        folder: the workspace.
        now: the time.
        results: gives evaluation and results where the board is not known; None reads the workspace.

    Raises:
        WorkspaceError, SchemeError: as :func:`toolkit.pipeline.load`.
    """
    return _once(folder, now.date(), "board", Board, _board, results)


@dataclass(frozen=True, slots=True)
class _Findings:
    """All findings; ``listed`` is the sha256 of the list they were written into, "" where they were only looked at."""

    findings: tuple[Finding, ...]
    listed: str = ""


def findings_of(
    folder: Path, now: datetime, results: "Callable[[], tuple[Evaluation, Results]] | None" = None
) -> tuple[Finding, ...]:
    """All findings of a workspace; arguments and errors as of :func:`status_of`."""
    return _once(folder, now.date(), "findings", _Findings, _only_looked_at, results).findings


def check_of(folder: Path, now: datetime, progress: Progress = silent) -> Checked:
    """All findings, and their list written; neither anew where everything is as it was, the list included.

    Raises:
        WorkspaceError, SchemeError: as :func:`toolkit.pipeline.load`.
    """
    workspace = Workspace.open(folder)
    path = workspace.findings_list
    before = plan_state(workspace, now.date())
    kept = _kept(workspace, entry_key("findings", before), _Findings)
    if kept is not None and kept.listed == content_of(path):
        return Checked(kept.findings, (path,))
    before = _with_opinions(workspace, before, now.date())
    evaluation = _loaded(folder)
    checked = _checked(evaluation, now, progress)
    if evaluation.readings.lasting and plan_state(workspace, now.date()) == before:
        written = as_written(workspace)[path.relative_to(workspace.root).as_posix()]
        _keep(workspace, entry_key("findings", before), _Findings(checked.findings, written), _Findings)
    return checked


def verify_of(folder: Path, now: datetime, progress: Progress = silent) -> Verified:
    """Whether everything written says what the originals say; not worked out anew where every file is as it was.

    Raises:
        WorkspaceError, SchemeError: as :func:`toolkit.pipeline.load`.
    """
    workspace = Workspace.open(folder)
    before = _whole_state(workspace, now.date())
    if (kept := _kept(workspace, before, Verified)) is not None:
        return kept
    evaluation = _loaded(folder)
    verdict = _verified(evaluation, now, progress)
    lasting = evaluation.readings.lasting and _OF_A_MOMENT.isdisjoint(found.code for found in verdict.findings)
    if lasting and _whole_state(workspace, now.date()) == before:
        _keep(workspace, before, verdict, Verified)
    return verdict


def _once(
    folder: Path,
    today: date,
    what: str,
    kind: type[Kind],
    make: "Callable[[Evaluation, Results], Kind]",
    results: "Callable[[], tuple[Evaluation, Results]] | None",
) -> Kind:
    """What is made of evaluation and results: as it was kept, or made now and kept where it is not of a moment."""
    workspace = Workspace.open(folder)
    before = plan_state(workspace, today)
    if (kept := _kept(workspace, entry_key(what, before), kind)) is not None:
        return kept
    before = _with_opinions(workspace, before, today)
    evaluation, found = results() if results else _results(folder, today)
    made = make(evaluation, found)
    if evaluation.readings.lasting and plan_state(workspace, today) == before:
        _keep(workspace, entry_key(what, before), made, kind)
    return made


def _kept(workspace: Workspace, key: str, kind: type[Kind]) -> Kind | None:
    data = workspace.cache.get(key)
    if data is not None:
        with suppress(DamagedValueError):
            return from_plain_text(data, kind)
    return None


def _keep(workspace: Workspace, key: str, result: Kind, kind: type[Kind]) -> None:
    workspace.cache.put({key: plain_text(result, kind)})


def _with_opinions(workspace: Workspace, before: str, today: date) -> str:
    """The state once there is the workbook for opinions, which the first step that asks for opinions writes."""
    if workspace.opinions.exists():
        return before
    _ = _loaded(workspace.root).opinion_reading
    return plan_state(workspace, today)


def _loaded(folder: Path) -> "Evaluation":
    from toolkit.pipeline.plan.evaluation import load

    return load(folder)


def _results(folder: Path, today: date) -> "tuple[Evaluation, Results]":
    from toolkit.pipeline.examine.results import results

    evaluation = _loaded(folder)
    return evaluation, results(evaluation, today)


def _board(evaluation: "Evaluation", found: "Results") -> Board:
    from toolkit.pipeline.board import board

    return board(evaluation, found)


def _only_looked_at(_: "Evaluation", found: "Results") -> _Findings:
    return _Findings(found.examined.findings)


def _checked(evaluation: "Evaluation", now: datetime, progress: Progress) -> Checked:
    from toolkit.pipeline.steps import check

    return check(evaluation, now, progress)


def _verified(evaluation: "Evaluation", now: datetime, progress: Progress) -> Verified:
    from toolkit.pipeline.deliver.verifying import verify

    return verify(evaluation, now, progress)


def _whole_state(workspace: Workspace, today: date) -> str:
    """Another text after any change of what a workspace holds; what lies in the inbox is nothing until it is taken.

    The ledger is verified each time: what is wrong with its chain need not show in any file.
    """
    from toolkit.pipeline.deliver.verifying_ledger import verify_ledger

    files = workspace_state("files", workspace, today, (), {workspace.inbox})
    return entry_key("whole", files, repr(verify_ledger(workspace)))
