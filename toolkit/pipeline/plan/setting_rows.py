"""What stands on sheet 方案 of 方案.xlsx, shown for changing, and changes written back where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.errors import WorkspaceError
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


def _errors(data: bytes, name: str) -> set[Finding]:
    return {found for found in read_scheme(data, name).findings if found.severity is Severity.ERROR}
