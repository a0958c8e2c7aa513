"""Workbooks opened at a cell: of what units sent always a copy, of the evaluators' own the workbook to change."""

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.operations.declaration import Asked, BadRequest, Done, Kind, Operation, Parameter

if TYPE_CHECKING:
    from toolkit.pipeline.intake.returned import Receipt

_COPIED = (".xlsx", ".xls", ".et", ".ods", ".csv")
"""Endings a copy keeps; one that could hold macros opens as a plain workbook."""
_CHANGED = (".xlsx", ".xls", ".et", ".ods")
"""Workbooks of the evaluators' own."""


def original_of(asked: Asked) -> "tuple[Receipt, Path]":
    """The return that counts for a project, and its original."""
    from toolkit.pipeline.intake.originals import original_path

    evaluation, results = asked.memory.results(asked.workspace, asked.now.date())
    receipt = results.examined.returns.receipts.get(asked["project"])
    if receipt is None:
        raise BadRequest(f"项目{asked['project']}没有可读的报送件")
    return receipt, original_path(evaluation.workspace, receipt.sha256)


def _open_at(asked: Asked) -> Done:
    """A copy in a folder of its own: programs refuse two open books of one name, and the original stays untouched."""
    from toolkit.excel.live import show_at

    receipt, original = original_of(asked)
    folder = Path(tempfile.mkdtemp(prefix="jixiao-"))
    suffix = Path(receipt.name).suffix.lower()
    copy = folder / f"副本_项目{asked['project']}_{receipt.sha256[:8]}{suffix if suffix in _COPIED else '.xlsx'}"
    shutil.copyfile(original, copy)
    copy.chmod(0o444)
    program = show_at(copy, asked["sheet"], asked["cell"] or "A1")
    return Done({"file": str(copy), "program": program, "at": f"{asked['sheet']} {asked['cell']}".strip()})


def own_workbook(asked: Asked) -> Path:
    """A workbook that lies in the evaluation's own folder, by its name; never in one of its subfolders.

    Raises:
        BadRequest: there is none of this name.
    """
    name = str(asked["workbook"])
    path = asked.workspace / name
    if name != Path(name).name or path.suffix.lower() not in _CHANGED or not path.is_file():
        raise BadRequest(f"评价文件夹里没有工作簿“{name}”")
    return path


def _open_own(asked: Asked) -> Done:
    """A workbook a person is to put right, opened at the cell in question."""
    from toolkit.excel.live import show_at

    path = Path(asked["file"])
    if path.suffix.lower() not in _CHANGED or not path.is_file():
        raise BadRequest(f"没有工作簿“{path.name}”，请看它是不是被移走或改了名：{path}")
    program = show_at(path, asked["sheet"], asked["cell"] or "A1", to_change=True)
    return Done({"file": str(path), "program": program, "at": f"{asked['sheet']} {asked['cell']}".strip()})


_SHEET = Parameter("sheet", Kind.TEXT, "工作表", "哪张工作表", required=True)
_CELL = Parameter("cell", Kind.TEXT, "单元格", "定位到哪个单元格")
OPENING: tuple[Operation, ...] = (
    Operation(
        "view open at",
        "打开副本并定位",
        "打开副本并定位。",
        _open_at,
        (Parameter("project", Kind.TEXT, "项目序号", "哪个项目的报送件", required=True), _SHEET, _CELL),
        changes=False,
        on_command_line=False,
    ),
    Operation(
        "view open own",
        "打开并定位",
        "打开评价机构自己的工作簿并定位到单元格。",
        _open_own,
        (Parameter("file", Kind.FILE, "文件", "工作簿", required=True), _SHEET, _CELL),
        in_workspace=False,
        changes=False,
        on_command_line=False,
    ),
)
