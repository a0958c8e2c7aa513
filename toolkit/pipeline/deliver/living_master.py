"""The master workbook a person added sheets and columns to: they stay when it is generated anew."""

from pathlib import Path

from toolkit.errors import UnreadableFileError
from toolkit.excel.additions import Carried, carry_additions
from toolkit.excel.files import write_atomic
from toolkit.pipeline.deliver.laying import Generations
from toolkit.pipeline.edited import EditedReport, EditState
from toolkit.pipeline.plan.outputs import Outputs


def put_master(
    outputs: Outputs, generations: Generations, path: Path, generated: bytes
) -> tuple[bool, EditedReport | None]:
    """Write the master; whether the file is another one now, and what became of a person's additions.

    A person's version is kept as a dated copy too: cells of the program that were changed are generated anew.

    Raises:
        FileBusyError: the file is open in another program.
    """
    generations.keep(generated, ".xlsx")
    present = path.read_bytes() if path.is_file() else None
    if present is None or not outputs.is_edited(path, present):
        return outputs.put(path, generated), None
    carried, why = _carried(outputs, generations, path, present, generated)
    if not (carried.sheets or carried.columns):
        changed = outputs.put(path, generated)
        return changed, EditedReport(path, EditState.SET_ASIDE, why=why) if why else None
    copy = None if outputs.is_merged(path, present) else outputs.keep_copy(path, present)
    if carried.data != present:
        write_atomic(path, carried.data)
    outputs.note(path, generated)
    outputs.note_merged(path, carried.data)
    return carried.data != present, EditedReport(path, EditState.MERGED, copy, _words(carried))


def _carried(
    outputs: Outputs, generations: Generations, path: Path, present: bytes, generated: bytes
) -> tuple[Carried, str]:
    """The new workbook with the person's additions; without them where the person's version cannot be read."""
    try:
        base = generations.read(outputs.written(path), ".xlsx")
        return carry_additions(base, present, generated), ""
    except UnreadableFileError as error:
        return Carried(generated), f"文件读不出来（{error.message}）"
    except Exception as error:  # noqa: BLE001  one workbook's content must not keep the results from being made
        return Carried(generated), f"合并时程序出错（{type(error).__name__}：{error}）"


def _words(carried: Carried) -> str:
    sheets = f"保留自加的工作表：{'、'.join(carried.sheets)}" if carried.sheets else ""
    columns = f"保留自加的列：{'、'.join(carried.columns)}" if carried.columns else ""
    lost = f"没能保留{len(carried.lost)}处：{'、'.join(carried.lost)[:200]}" if carried.lost else ""
    return "；".join(filter(None, (sheets, columns, lost)))
