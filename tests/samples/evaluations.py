"""A sample evaluation as its files give it, for the tests of this folder."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from toolkit.demo_data.mistakes import NOT_A_WORKBOOK
from toolkit.excel.read import read_workbook
from toolkit.model import Finding, Opinion, Roster, Scheme, Submission
from toolkit.review import read_opinions
from toolkit.scheme import read_roster, read_scheme

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
NAMES = ("jiangsu-2022", "nanchang-2022", "nantong-2024", "suzhou-anhui-2023", "suzhou-jiangsu-2023")
if str(SAMPLES) not in sys.path:
    sys.path.append(str(SAMPLES))


@dataclass(frozen=True)
class Evaluation:
    """Everything one sample folder holds; ``typed`` is project id → key → text typed into what is a workbook."""

    scheme: Scheme
    roster: Roster
    opinions: tuple[Opinion, ...]
    typed: Mapping[str, Mapping[str, str]]
    findings: tuple[Finding, ...]

    def submissions(self) -> dict[str, Submission]:
        from typed_returns import submission_of

        return {
            one.id: submission_of(self.scheme, one, self.typed[one.id])
            for one in self.roster.projects
            if one.id in self.typed
        }


@cache
def evaluation(name: str) -> Evaluation:
    scheme = read_scheme(_data(name, "方案.xlsx"), "方案.xlsx")
    assert scheme.scheme is not None, scheme.findings
    roster = read_roster(
        _data(name, "项目清单.xlsx"),
        "项目清单.xlsx",
        scheme.scheme.money_unit,
        scheme.scheme.settings.get("整体核查单位", ""),
        scheme.scheme.year,
    )
    assert roster.roster is not None, roster.findings
    opinions = read_opinions(_data(name, "评审意见.xlsx"), "评审意见.xlsx", scheme.scheme, roster.roster)
    findings = (*scheme.findings, *roster.findings, *opinions.findings)
    return Evaluation(scheme.scheme, roster.roster, opinions.opinions, _typed(name), findings)


def sheet_rows(name: str, file: str, sheet: str) -> list[list[str]]:
    """Texts of a sheet from its heading row on."""
    found = read_workbook(_data(name, file)).sheet(sheet)
    assert found is not None
    width = max(column for _, column in found.cells)
    rows = [[_text(found.cells.get((row, column))) for column in range(1, width + 1)] for row in range(1, 400)]
    start = next(n for n, row in enumerate(rows) if "项目序号" in row)
    return [row for row in rows[start:] if any(row)]


def _typed(name: str) -> dict[str, dict[str, str]]:
    if name != "nantong-2024":
        cells: dict[str, dict[str, str]] = {}
        for project, key, text in sheet_rows(name, "填报.xlsx", "填报")[1:]:
            cells.setdefault(project, {})[key] = text
        return cells
    heading, *rows = sheet_rows(name, "填报.xlsx", "填报习惯")
    return {
        row[0]: {key: text for key, text in zip(heading[3:], row[3:], strict=True) if text}
        for row in rows
        if row[1] != NOT_A_WORKBOOK
    }


def _data(name: str, file: str) -> bytes:
    return (SAMPLES / name / file).read_bytes()


def _text(cell: object) -> str:
    value = getattr(cell, "value", None)
    return "" if value is None else str(value)
