"""方案.xlsx and 项目清单.xlsx read and judged together, whatever else is wrong with either."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.model import Finding, Roster, Scheme, Severity
from toolkit.pipeline.plan.own_files import read_own

if TYPE_CHECKING:
    from toolkit.scheme import RosterReading


def examine_plan(
    scheme_path: Path, roster_path: Path, settings: Mapping[str, str] = MappingProxyType({})
) -> tuple[Scheme | None, Roster | None, tuple[Finding, ...]]:
    """Read and lint a scheme and a roster together; findings of both, whatever else is wrong.

    With ``settings`` the scheme is read as it would be with these contents on sheet 方案.

    Raises:
        WorkspaceError: one of the files is missing.
        SchemeError: one of the files is no workbook.
    """
    from toolkit.pipeline.plan.setting_rows import with_settings
    from toolkit.scheme import check_projects, lint_scheme, read_scheme

    reading = read_own(scheme_path, lambda data, name: read_scheme(with_settings(data, name, settings), name))
    rows = read_own(roster_path, partial(_roster_for, draft=reading.draft))
    lint = lint_scheme(reading.scheme) if reading.scheme else []
    suited = check_projects(reading.draft, rows.draft) if reading.draft and rows.draft else []
    return reading.scheme, rows.roster, (*reading.findings, *lint, *rows.findings, *suited)


def _roster_for(data: bytes, workbook: str, draft: Scheme | None) -> "RosterReading":
    """The roster, read with what the scheme says of amounts, of the year and of the body examined as a whole."""
    from toolkit.scheme import read_roster

    if draft is None:
        return read_roster(data, workbook)
    return read_roster(data, workbook, draft.money_unit, draft.settings.get("整体核查单位", "").strip(), draft.year)


def listed_errors(findings: tuple[Finding, ...]) -> str:
    """All that must be corrected, a line each, for a message that says why nothing can be done."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    lines = [f"  {error.at}：{error.message}" for error in errors]
    return "\n".join([f"方案或项目清单有{len(errors)}处必须改正：", *lines])
