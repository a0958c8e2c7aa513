"""What stands on sheet 方案 of 方案.xlsx, shown for changing, and changes written back where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from toolkit.errors import SchemeError, WorkspaceError
from toolkit.excel.addresses import cell_name, parse_cell
from toolkit.excel.files import write_atomic
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import Finding, Severity
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.own_files import read_own
from toolkit.pipeline.plan.workspace import Workspace
from toolkit.scheme import SettingRow, read_scheme, setting_rows


@dataclass(frozen=True, slots=True)
class SettingsShown:
    """The rows of the sheet."""

    rows: tuple[SettingRow, ...]

    def as_json(self) -> Json:
        """``{"settings": [{"name", "value", "cell", "known"}]}``."""
        keys = ("name", "value", "cell", "known")
        return {"settings": [{key: getattr(row, key) for key in keys} for row in self.rows]}


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """What a change came to; with ``findings`` nothing was written."""

    changed: tuple[str, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """It was written."""
        return not self.findings

    def as_json(self) -> Json:
        """``{"ok", "changed": [name], "findings": [...]}``."""
        return {"ok": self.ok, "changed": list(self.changed), "findings": [each.as_json() for each in self.findings]}


def settings_of(workspace: Workspace) -> SettingsShown:
    """The settings of an evaluation as they are written.

    Raises:
        WorkspaceError, SchemeError: there is no scheme, or it is no workbook.
    """
    return SettingsShown(read_own(workspace.scheme, setting_rows))


def change_settings(workspace: Workspace, wanted: Mapping[str, str]) -> SettingsChanged:
    """Write other contents of some settings; where the scheme would be worse for it, nothing is written.

    Raises:
        WorkspaceError: a setting has no row in the scheme.
        SchemeError: the scheme is no workbook.
        FileBusyError: it is open in another program.
    """
    shown = {row.name: row for row in settings_of(workspace).rows}
    for name in wanted:
        if name not in shown:
            raise WorkspaceError(
                f"方案里没有设置项“{name}”", where=str(workspace.scheme), what_to_do="重新打开设置页再改"
            )
    changes = {name: text.strip() for name, text in wanted.items() if text.strip() != shown[name].value}
    if not changes:
        return SettingsChanged(())
    data = workspace.scheme.read_bytes()
    patched = patch_cells(data, {(shown[name].sheet, shown[name].cell): text or None for name, text in changes.items()})
    worse = _errors(patched, workspace.scheme.name) - _errors(data, workspace.scheme.name)
    if worse:
        return SettingsChanged((), tuple(sorted(worse, key=Finding.sort_key)))
    write_atomic(workspace.scheme, patched)
    return SettingsChanged(tuple(changes))


def with_settings(data: bytes, workbook: str, wanted: Mapping[str, str]) -> bytes:
    """A scheme with other contents of some settings; one that has no row yet gets one below the last.

    A scheme without sheet 方案 stays as it is: what it lacks is said by reading it.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    rows = {row.name: row for row in setting_rows(data, workbook)} if wanted else {}
    known = {name: row.value for name, row in rows.items()}
    changes = {name: text.strip() for name, text in wanted.items() if text.strip() != known.get(name, "")}
    if not rows or not changes:
        return data
    last = max(rows.values(), key=lambda row: parse_cell(row.cell)[0])
    cells: dict[tuple[str, str], str | None] = {}
    for name, text in changes.items():
        if name in rows:
            cells[rows[name].sheet, rows[name].cell] = text or None
            continue
        last = replace(last, cell=_below(last.cell), name_cell=_below(last.name_cell))
        cells |= {(last.sheet, last.name_cell): name, (last.sheet, last.cell): text}
    return patch_cells(data, cells)


def _below(cell: str) -> str:
    row, column = parse_cell(cell)
    return cell_name(row + 1, column)


def renewed(data: bytes, wanted: Mapping[str, str]) -> bytes:
    """A sound scheme with other settings.

    Raises:
        SchemeError: it would be wrong with them.
    """
    if faults := faults_of(data, "方案.xlsx", wanted):
        words = "；".join(f"《{fault.at.sheet}》{fault.at.cell} {fault.words}" for fault in faults)
        raise SchemeError(f"名称或日期填得不对：{words}", what_to_do="改正后再建立")
    return with_settings(data, "方案.xlsx", wanted)


def faults_of(data: bytes, workbook: str, wanted: Mapping[str, str]) -> tuple[Finding, ...]:
    """What would be wrong with a scheme for other contents of some settings that is not wrong with it now."""
    worse = _errors(with_settings(data, workbook, wanted), workbook) - _errors(data, workbook)
    return tuple(sorted(worse, key=Finding.sort_key))


def _errors(data: bytes, name: str) -> set[Finding]:
    return {found for found in read_scheme(data, name).findings if found.severity is Severity.ERROR}
