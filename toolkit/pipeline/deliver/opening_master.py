"""What happens to the finished master: opened for the evaluator, or handed out as plain tables."""

from pathlib import Path

from toolkit.aggregate import master_csv
from toolkit.errors import WorkspaceError
from toolkit.excel.files import write_atomic
from toolkit.excel.live import SpreadsheetApp, spreadsheet_app
from toolkit.pipeline.outcome import Written
from toolkit.pipeline.plan.workspace import Workspace


def open_master(folder: Path, app: SpreadsheetApp | None = None) -> Written:
    """Show the master workbook in Excel (recalculated), or in what the system opens workbooks with.

    Raises:
        WorkspaceError: there is no master yet.
        MissingProgramError: nothing on this machine opens workbooks.
    """
    path = _master(folder)
    (app or spreadsheet_app()).show(path)
    return Written(path.parent, (path,), 0)


def export_tables(folder: Path, target: Path) -> Written:
    """Write every table of the master as CSV into ``target``.

    Raises:
        WorkspaceError: there is no master yet.
    """
    tables = master_csv(_master(folder).read_bytes())
    target.mkdir(parents=True, exist_ok=True)
    for name, data in tables.items():
        write_atomic(target / name, data)
    return Written(target, tuple(target / name for name in tables), len(tables))


def _master(folder: Path) -> Path:
    path = Workspace.open(folder).master
    if not path.exists():
        raise WorkspaceError("汇总总表尚未生成", where=path, what_to_do="先运行 jixiao run")
    return path
