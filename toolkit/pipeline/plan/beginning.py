"""What a new evaluation is begun with, checked before there is one: scheme, roster, names and dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from toolkit.model import Finding, is_sound
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.own_files import open_outside, read_own
from toolkit.pipeline.plan.plan_reading import examine_plan
from toolkit.pipeline.plan.setting_rows import SettingsShown, with_settings
from toolkit.scheme import lint_scheme, read_roster, read_scheme, setting_rows


@dataclass(frozen=True, slots=True)
class PlanChecked:
    """Findings of what has been given so far, and the settings as the scheme has them."""

    findings: tuple[Finding, ...]
    settings: SettingsShown
    projects: int

    @property
    def ok(self) -> bool:
        """Nothing must be corrected."""
        return is_sound(self.findings)

    def as_json(self) -> Json:
        """``{"ok", "findings", "settings", "projects"}``."""
        findings = [finding.as_json() for finding in self.findings]
        return {"ok": self.ok, "findings": findings, "projects": self.projects} | self.settings.as_json()


def check_plan(scheme: Path | None, roster: Path | None, settings: Mapping[str, str]) -> PlanChecked:
    """Check what has been chosen so far; of the scheme as it would be with these settings.

    Raises:
        WorkspaceError: one of the files is missing.
        SchemeError: one of them is no workbook.
    """
    open_outside(scheme, roster)
    shown = SettingsShown(read_own(scheme, setting_rows) if scheme else ())
    if scheme and roster:
        _, read, findings = examine_plan(scheme, roster, settings)
        return PlanChecked(findings, shown, len(read.projects) if read else 0)
    if scheme:
        reading = read_own(scheme, lambda data, name: read_scheme(with_settings(data, name, settings), name))
        lint = lint_scheme(reading.scheme) if reading.scheme else ()
        return PlanChecked((*reading.findings, *lint), shown, 0)
    if roster:
        rows = read_own(roster, partial(read_roster, money_unit="万元"))
        return PlanChecked(rows.findings, shown, len(rows.roster.projects) if rows.roster else 0)
    return PlanChecked((), shown, 0)
