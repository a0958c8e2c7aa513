"""Operations that only show what is on record; answered from memory until the workspace changes."""

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from toolkit.operations.declaration import Asked, BadRequest, Done, Json, Kind, Operation, Parameter

if TYPE_CHECKING:
    from toolkit.excel.book import Cell, Sheet
    from toolkit.model import Finding, Project

_ROWS_ABOVE, _ROWS_BELOW, _COLUMNS_BESIDE = 12, 18, 9


def _board(asked: Asked) -> Done:
    from toolkit.pipeline.board import board

    evaluation, results = asked.memory.results(asked.workspace, asked.now.date())
    made = board(evaluation, results)
    return Done(made.as_json() | {"counts": _counts(made.as_json()["projects"])}, result=made)


def _counts(projects: list[Json]) -> Json:
    """How many projects are at each step."""
    return {
        "projects": len(projects),
        "dispatched": sum(bool(row["dispatched"]) for row in projects),
        "returned": sum(bool(row["returned"]) for row in projects),
        "to_correct": sum(row["errors"] > 0 for row in projects),
        "scored": sum(bool(row["total"]) for row in projects),
    }


def _findings(asked: Asked) -> Done:
    evaluation, results = asked.memory.results(asked.workspace, asked.now.date())
    projects = {project.id: project for project in evaluation.roster.projects}
    worst_first = sorted(results.examined.findings, key=lambda found: (found.severity.rank, found.sort_key()))
    rows = [_finding(found, projects.get(found.project)) for found in worst_first]
    severities = Counter(found.severity.value for found in results.examined.findings)
    return Done({"findings": rows, "severities": dict(severities)}, result=results.examined.findings)


def _finding(found: "Finding", project: "Project | None") -> Json:
    """The twelve keys of every finding, with names and the other cells that take part."""
    related = [{"sheet": cell.sheet, "cell": cell.cell} for cell in found.related]
    names = {"name": project.name if project else "", "unit": project.unit if project else ""}
    return found.as_json() | names | {"related": related, "label": found.severity.label}


def _preview(asked: Asked) -> Done:
    from toolkit.excel.addresses import parse_cell
    from toolkit.excel.read import read_workbook
    from toolkit.pipeline.intake.originals import original_path

    evaluation, results = asked.memory.results(asked.workspace, asked.now.date())
    receipt = results.examined.returns.receipts.get(asked["project"])
    if receipt is None:
        raise BadRequest(f"项目{asked['project']}没有可读的报送件")
    book = read_workbook(original_path(evaluation.workspace, receipt.sha256).read_bytes())
    sheet = book.sheet(asked["sheet"])
    if sheet is None:
        raise BadRequest(f"报送件“{receipt.name}”中没有工作表“{asked['sheet']}”")
    row, column = parse_cell(asked["cell"]) if asked["cell"] else (1, 1)
    return Done({"file": receipt.name, "sheet": sheet.name} | _around(sheet, row, column))


def _around(sheet: "Sheet", row: int, column: int) -> Json:
    """The cells around one, as plain values; merged areas that reach into the cut are named whole."""
    top, left = max(1, row - _ROWS_ABOVE), max(1, column - _COLUMNS_BESIDE)
    bottom, right = row + _ROWS_BELOW, column + _COLUMNS_BESIDE
    cells = [
        _cell(cell)
        for (at_row, at_column), cell in sorted(sheet.cells.items())
        if top <= at_row <= bottom and left <= at_column <= right and (cell.value is not None or cell.formula)
    ]
    merges = [list(area) for area in sheet.merges if area[0] <= bottom and area[2] >= top and area[1] <= right]
    return {"top": top, "left": left, "bottom": bottom, "right": right, "cells": cells, "merges": merges}


def _cell(cell: "Cell") -> Json:
    return {
        "row": cell.row,
        "column": cell.column,
        "shown": _shown(cell),
        "kind": cell.kind.value,
        "formula": cell.formula or "",
        "format": cell.style.number_format,
        "locked": cell.style.locked,
    }


def _shown(cell: "Cell") -> str:
    """The value as the cell's number format shows it; as it stands where the format is not known."""
    from toolkit.formula.functions.number_format import format_value
    from toolkit.model import ErrorValue

    if cell.value is None or isinstance(cell.value, bool):
        return {None: "", True: "TRUE", False: "FALSE"}[cell.value]
    shown = format_value(cell.value, cell.style.number_format)
    return str(cell.value if isinstance(shown, ErrorValue) else shown)


def _scheme(asked: Asked) -> Done:
    from toolkit.pipeline import explain_scheme
    from toolkit.pipeline.plan.workspace import Workspace

    explained = explain_scheme(Workspace.open(asked.workspace).scheme, "")
    keys = ("code", "dimension", "group", "name", "full_mark", "rule", "standard", "target", "evidence")
    rows = [dict(zip(keys, row, strict=True)) for row in explained.rows]
    scheme = explained.scheme
    return Done({"title": scheme.title, "version": scheme.version, "indicators": rows})


def _opinions(asked: Asked) -> Done:
    evaluation, _ = asked.memory.results(asked.workspace, asked.now.date())
    names = {project.id: project.name for project in evaluation.roster.projects}
    rows = [
        {
            "project": opinion.project,
            "name": names.get(opinion.project, ""),
            "indicator": opinion.indicator,
            "item": opinion.item,
            "verified": "" if opinion.verified is None else str(opinion.verified),
            "reason": opinion.reason,
            "evidence": opinion.evidence,
            "evaluator": opinion.evaluator,
            "reviewer": opinion.reviewer,
        }
        for opinion in evaluation.opinions
    ]
    return Done({"opinions": rows, "findings": [found.as_json() for found in evaluation.opinion_reading.findings]})


def _ledger(asked: Asked) -> Done:
    from toolkit.pipeline.plan.workspace import Workspace

    with Workspace.open(asked.workspace).ledger() as ledger:
        rows = [
            {
                "seq": event.seq,
                "at": event.at,
                "kind": event.label,
                "project": event.project,
                "unit": event.unit,
                "subject": event.subject,
                "details": event.details(),
            }
            for event in ledger.events()
        ]
    return Done({"events": rows})


def _view(name: str, title: str, work: Callable[[Asked], Done], *parameters: Parameter) -> Operation:
    return Operation(f"view {name}", title, f"{title}。", work, parameters, changes=False, on_command_line=False)


VIEWS: tuple[Operation, ...] = (
    _view("board", "各项目进度", _board),
    _view("findings", "核查发现一览", _findings),
    _view(
        "preview",
        "单元格预览",
        _preview,
        Parameter("project", Kind.TEXT, "项目序号", "哪个项目的报送件", required=True),
        Parameter("sheet", Kind.TEXT, "工作表", "哪张工作表", required=True),
        Parameter("cell", Kind.TEXT, "单元格", "以哪个单元格为中心"),
    ),
    _view("scheme", "指标体系一览", _scheme),
    _view("opinions", "评审意见一览", _opinions),
    _view("ledger", "台账一览", _ledger),
)
