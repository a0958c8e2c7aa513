"""What a long-running program remembers of a workspace between two requests, until something in the folder changes."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.collect.sheet_views import SheetViewer
    from toolkit.pipeline.examine.results import Results
    from toolkit.pipeline.plan.evaluation import Evaluation
    from toolkit.pipeline.plan.workspace import Workspace

State = tuple[tuple[str, int, int], ...]


@dataclass(slots=True)
class Memory:
    """The last workspace's evaluation and results; one workspace at a time, never stale.

    A result belongs to the state of the deciding files when reading began, and to a day (waivers lapse by day).
    """

    _known: "tuple[Path, State, date, Evaluation, Results] | None" = field(default=None)
    _viewer: "SheetViewer | None" = field(default=None)

    def viewer(self) -> "SheetViewer":
        """What shows sheets of files from outside; its worker ends with this program."""
        if self._viewer is None:
            from toolkit.collect.sheet_views import SheetViewer

            self._viewer = SheetViewer()
        return self._viewer

    def results(self, workspace: Path, today: date) -> "tuple[Evaluation, Results]":
        """Evaluation and results of a workspace, computed only when they are not known.

        Raises:
            WorkspaceError, SchemeError: as :func:`toolkit.pipeline.load`.
        """
        if (known := self.known(workspace, today)) is not None:
            return known
        folder = workspace.absolute()
        state = state_of(folder)
        evaluation, results = self._computed(folder, today)
        self._known = (folder, state, today, evaluation, results)
        return evaluation, results

    def known(self, workspace: Path, today: date) -> "tuple[Evaluation, Results] | None":
        """Evaluation and results of a workspace if they are at hand."""
        folder = workspace.absolute()
        if self._known is None or self._known[:3] != (folder, state_of(folder), today):
            return None
        return self._known[3], self._known[4]

    def _computed(self, folder: Path, today: date) -> "tuple[Evaluation, Results]":
        from toolkit import pipeline
        from toolkit.pipeline.examine.results import results

        evaluation = pipeline.load(folder)
        return evaluation, results(evaluation, today)


def state_of(folder: Path) -> State:
    """Name, size and time of change of every file that scores and findings depend on.

    They are the workbooks that people write into (the plan, opinions, earlier figures …), the workspace's own templates
    and the ledger; originals are only ever added, and the ledger notes each.
    """
    from toolkit.excel.files import is_owner_file
    from toolkit.pipeline.plan.workspace import Workspace

    workspace = Workspace.open(folder)
    workbooks = [path for path in folder.glob("*.xlsx") if not is_owner_file(path)]
    files = sorted(path for path in (*workbooks, *workspace.templates.rglob("*")) if path.is_file())
    return (*_of_ledger(workspace), *(_of_file(path) for path in files))


def _of_ledger(workspace: "Workspace") -> State:
    """The ledger's file; how far a ledger on a server reaches: other laptops add to it too."""
    place = workspace.ledger_place
    if isinstance(place, Path):
        return tuple(_of_file(file) for file in (place, place.with_name(f"{place.name}-wal")) if file.exists())
    with workspace.ledger() as ledger:
        return ((ledger.place, ledger.anchor().seq, 0),)


def _of_file(path: Path) -> tuple[str, int, int]:
    stat = path.stat()
    return str(path), stat.st_size, stat.st_mtime_ns
