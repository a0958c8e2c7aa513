"""What a long-running program remembers of a workspace between two requests, until something in the folder changes."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.collect.sheet_views import SheetViewer
    from toolkit.pipeline.examine.results import Results
    from toolkit.pipeline.plan.evaluation import Evaluation

_DECIDING = ("方案.xlsx", "项目清单.xlsx", "评审意见.xlsx", "台账.sqlite3", "模板")
"""Names in a workspace that scores and findings depend on; originals are only ever added, and the ledger notes each."""

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
        evaluation, results = self._computed(folder, today)
        self._known = (folder, state_of(folder), today, evaluation, results)
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
    """Name, size and time of change of every deciding file, those in folders included; missing ones are left out."""
    files = [path for name in _DECIDING for path in _files(folder / name)]
    stats = [(path, path.stat()) for path in files]
    found = ((str(path.relative_to(folder)), stat.st_size, stat.st_mtime_ns) for path, stat in stats)
    return (*_on_server(folder), *found)


def _on_server(folder: Path) -> State:
    """How far a ledger on a server reaches: other laptops add to it too."""
    from toolkit.pipeline.plan.workspace import Workspace

    workspace = Workspace.open(folder)
    if isinstance(workspace.ledger_place, Path):
        return ()
    with workspace.ledger() as ledger:
        return ((ledger.place, ledger.anchor().seq, 0),)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.is_file())
    return [path] if path.exists() else []
