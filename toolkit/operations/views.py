"""Operations that only show what is on record; answered from memory until the workspace changes."""

from collections import Counter
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from toolkit.operations.declaration import Asked, BadRequest, Done, Json, Kind, Operation, Parameter, view
from toolkit.operations.opening import original_of, own_workbook

if TYPE_CHECKING:
    from toolkit.collect.sheet_views import SheetView
    from toolkit.model import Finding, Project
    from toolkit.pipeline.outcome import Scored
    from toolkit.pipeline.plan.evaluation import Evaluation

_ROWS_ABOVE, _ROWS_BELOW, _COLUMNS_BESIDE = 12, 18, 9
_MOST_ROWS, _MOST_COLUMNS = 200, 40


def _board(asked: Asked) -> Done:
    from toolkit.pipeline.deliver.waiting import reports_wait
    from toolkit.pipeline.kept_results import status_of
    from toolkit.pipeline.plan.workspace import Workspace

    made = status_of(asked.workspace, asked.now, partial(asked.memory.results, asked.workspace, asked.now.date()))
    waits = reports_wait(Workspace.open(asked.workspace))
    shown = made.as_json()
    return Done(shown | {"counts": _counts(shown["projects"]), "reports_wait": waits}, result=made)


def _counts(projects: list[Json]) -> Json:
    """How many projects are at each step."""
    return {
        "projects": len(projects),
        "dispatched": sum(bool(row["dispatched"]) for row in projects),
        "returned": sum(bool(row["returned"]) for row in projects),
        "to_correct": sum(row["errors"] > 0 and bool(row["returned"]) for row in projects),
        "provisional": sum(bool(row["returned"]) and row["provisional"] for row in projects),
        "scored": sum(bool(row["total"]) and bool(row["returned"]) for row in projects),
    }


def _findings(asked: Asked) -> Done:
    evaluation, findings = _found(asked)
    projects = {project.id: project for project in evaluation.roster.projects}
    worst_first = sorted(findings, key=lambda found: (found.severity.rank, found.sort_key()))
    rows = [_finding(found, projects.get(found.project)) for found in worst_first]
    severities = Counter(found.severity.value for found in findings)
    return Done({"findings": rows, "severities": dict(severities)}, result=findings)


def _found(asked: Asked) -> "tuple[Evaluation, tuple[Finding, ...]]":
    """All findings: at hand, kept, or worked out now."""
    from toolkit import pipeline

    today = asked.now.date()
    if (known := asked.memory.known(asked.workspace, today)) is not None:
        return known[0], known[1].examined.findings
    results = partial(asked.memory.results, asked.workspace, today)
    return pipeline.load(asked.workspace), pipeline.findings_of(asked.workspace, asked.now, results)


def _finding(found: "Finding", project: "Project | None") -> Json:
    """The twelve keys of every finding, with names and the other cells of its sheet that take part.

    Every value is one text: a window then keeps tens of thousands of rows without Python looking through them.
    """
    related = " ".join(cell.cell for cell in found.related if cell.sheet == found.at.sheet)
    names = {"name": project.name if project else "", "unit": project.unit if project else ""}
    place = f"{found.at.sheet} {found.at.cell}".strip()
    settled = found.disposition
    decided = {"decided": f"已{settled.action}（{settled.by}）" if settled else ""}
    return found.as_json() | names | decided | {"related": related, "label": found.severity.label, "place": place}


def _preview(asked: Asked) -> Done:
    """The cells around one: of a project's return, or of a workbook of the evaluators' own."""
    from toolkit.excel.addresses import parse_cell
    from toolkit.excel.files import sha256_of

    if asked["project"]:
        receipt, original = original_of(asked)
        key, data, name = receipt.sha256, original.read_bytes(), receipt.name
    else:
        own = own_workbook(asked)
        data, name = own.read_bytes(), own.name
        key = sha256_of(data)
    sheet = next(
        (sheet for sheet in asked.memory.viewer().sheets(key, data, name) if sheet.name == asked["sheet"]), None
    )
    if sheet is None:
        raise BadRequest(f"“{name}”中没有工作表“{asked['sheet']}”")
    row, column = parse_cell(asked["cell"]) if asked["cell"] else (1, 1)
    return Done({"file": name, "sheet": sheet.name} | _around(sheet, row, column))


def _form(asked: Asked) -> Done:
    """A project's collection workbook as it will look to the unit."""
    from toolkit.excel.files import sha256_of
    from toolkit.pipeline.plan.workspace import Workspace

    folder, number = Workspace.open(asked.workspace).workbooks, asked["project"].zfill(3)
    made = sorted(path for path in folder.glob("*.xlsx") if path.name.startswith(f"{number}_"))
    if not made:
        raise BadRequest(f"项目{asked['project']}还没有采集表，请先按“生成采集表”")
    data = made[0].read_bytes()
    sheets = asked.memory.viewer().sheets(sha256_of(data), data, made[0].name)
    sheet = next((sheet for sheet in sheets if sheet.name == asked["sheet"]), sheets[0])
    bottom = max((cell.row for cell in sheet.cells), default=1)
    right = max((cell.column for cell in sheet.cells), default=1)
    cut = _cut(sheet, 1, 1, min(bottom, _MOST_ROWS), min(right, _MOST_COLUMNS))
    names = [sheet.name for sheet in sheets]
    return Done({"file": made[0].name, "path": str(made[0]), "sheet": sheet.name, "sheets": names} | cut)


def _around(sheet: "SheetView", row: int, column: int) -> Json:
    """The cells around one, as plain values."""
    top, left = max(1, row - _ROWS_ABOVE), max(1, column - _COLUMNS_BESIDE)
    return _cut(sheet, top, left, row + _ROWS_BELOW, column + _COLUMNS_BESIDE)


def _cut(sheet: "SheetView", top: int, left: int, bottom: int, right: int) -> Json:
    """A part of a sheet; merged areas that reach into it are named whole.

    ``widths`` and ``heights`` are those of the cut's columns and rows: characters and points, 0 for hidden ones.
    """
    cells = [cell.as_json() for cell in sheet.cells if top <= cell.row <= bottom and left <= cell.column <= right]
    merges = [list(area) for area in sheet.merges if area[0] <= bottom and area[2] >= top and area[1] <= right]
    return {
        "top": top,
        "left": left,
        "bottom": bottom,
        "right": right,
        "cells": cells,
        "merges": merges,
        "widths": [sheet.widths.get(number, sheet.width) for number in range(left, right + 1)],
        "heights": [sheet.heights.get(number, sheet.height) for number in range(top, bottom + 1)],
    }


def _scheme(asked: Asked) -> Done:
    from toolkit.pipeline import explain_scheme
    from toolkit.pipeline.plan.workspace import Workspace

    explained = explain_scheme(Workspace.open(asked.workspace).scheme, "")
    keys = ("code", "dimension", "group", "name", "full_mark", "rule", "standard", "target", "evidence")
    rows = [dict(zip(keys, row, strict=True)) for row in explained.rows]
    scheme = explained.scheme
    return Done({"title": scheme.title, "version": scheme.version, "indicators": rows})


def _scores(asked: Asked) -> Done:
    """Totals of every project; the lines of one project are asked for when it is looked at."""
    rows = []
    for sheet in _scored(asked).as_json()["projects"]:
        lines = [line for line in sheet.pop("indicators") if line["applies"]]
        lost = sum(Decimal(line["score"]) < Decimal(line["mark"]) for line in lines)
        rows.append(sheet | {"lost": lost})
    return Done({"projects": rows})


def _score_lines(asked: Asked) -> Done:
    sheets = _scored(asked).as_json()["projects"]
    lines = next((sheet["indicators"] for sheet in sheets if sheet["id"] == asked["project"]), None)
    if lines is None:
        raise BadRequest(f"没有序号为{asked['project']}的项目")
    return Done({"indicators": lines})


def _scored(asked: Asked) -> "Scored":
    from toolkit.pipeline.outcome import Scored

    evaluation, results = asked.memory.results(asked.workspace, asked.now.date())
    return Scored(tuple(results.sheets.values()), evaluation.scheme)


def _told(value: object) -> str:
    """A detail of an event in words: of several files and their hashes the names."""
    if isinstance(value, dict):
        return "、".join(map(str, value))
    return "、".join(map(_told, value)) if isinstance(value, list | tuple) else str(value)


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
                "details": event.printed(),
                "words": "；".join(f"{key}：{_told(value)}" for key, value in event.printed().items()),
            }
            for event in ledger.events()
        ]
    return Done({"events": rows})


def _correction(asked: Asked) -> Done:
    """How far every unit is, and line by line what was asked, what came of it, what the new return changed."""
    from toolkit.pipeline.examine.correcting import rounds_of
    from toolkit.pipeline.examine.round_lines import round_lines

    evaluation, results = asked.memory.results(asked.workspace, asked.now.date())
    units = [unit.as_json() for unit in rounds_of(evaluation, results.examined)]
    lines = [line.as_json() for line in round_lines(evaluation, results.examined)]
    return Done({"units": units, "lines": lines})


def _unit_questions(asked: Asked) -> Done:
    from toolkit.pipeline.plan.setup import unit_questions

    rows = [{"name": question.name, "other": question.other} for question in unit_questions(asked["file"])]
    return Done({"questions": rows})


VIEWS: tuple[Operation, ...] = (
    view("board", "各项目进度", _board),
    view("findings", "核查发现一览", _findings),
    view(
        "preview",
        "单元格预览",
        _preview,
        Parameter("sheet", Kind.TEXT, "工作表", "哪张工作表", required=True),
        Parameter("project", Kind.TEXT, "项目序号", "哪个项目的报送件；不写则写明工作簿"),
        Parameter("workbook", Kind.TEXT, "工作簿", "评价文件夹里的工作簿，如 项目清单.xlsx"),
        Parameter("cell", Kind.TEXT, "单元格", "以哪个单元格为中心"),
    ),
    view(
        "form",
        "采集表预览",
        _form,
        Parameter("project", Kind.TEXT, "项目序号", "哪个项目的采集表", required=True),
        Parameter("sheet", Kind.TEXT, "工作表", "哪张工作表；不写为第一张"),
    ),
    view("correction", "整改逐条", _correction),
    Operation(
        "view unit questions",
        "相近的单位名称",
        "项目清单中写法相近、可能是同一单位的名称。",
        _unit_questions,
        (Parameter("file", Kind.FILE, "文件", "项目清单工作簿", required=True),),
        in_workspace=False,
        changes=False,
        on_command_line=False,
    ),
    view("scores", "各项目得分", _scores),
    view(
        "score lines",
        "一个项目的得分",
        _score_lines,
        Parameter("project", Kind.TEXT, "项目序号", "哪个项目", required=True),
    ),
    view("scheme", "指标体系一览", _scheme),
    view("ledger", "台账一览", _ledger),
)
