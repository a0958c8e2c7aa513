"""The master's figures for reports: every one is a cell of the drawn sheets, so its address can only be right."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from toolkit.aggregate import fund_columns as columns
from toolkit.aggregate.asked_figures import FindingAddresses, LineAddresses, LineFigures, OwnLines, own_findings
from toolkit.aggregate.assessed_figures import assessed
from toolkit.aggregate.body_sheet import SUM_ROWS
from toolkit.aggregate.chart_sheet import ONE_SCORE, SCORES, grade_names, grade_region, kind_region, overall_region
from toolkit.aggregate.drawn import Drawn
from toolkit.aggregate.layout import SELF_GIVEN, UNIT_NOTE, MasterLayout, value_heading
from toolkit.aggregate.plan import UNSCORED, Entry
from toolkit.aggregate.region import FIRST_ROW, Region
from toolkit.aggregate.self_scores import written_score
from toolkit.aggregate.year_sheet import year_region, year_rows
from toolkit.model import (
    BodyFigures,
    BodyLine,
    CategoryFigures,
    Figure,
    FundFigures,
    MasterFigures,
    ProjectFigures,
    ScoreRateFigures,
    ScoreSheet,
    Submission,
    UnitFigures,
    YearFigures,
)
from toolkit.text.problem_kinds import KINDS

_FUND_ATTRIBUTES = {
    "contract": columns.CONTRACT,
    "audited": columns.AUDITED,
    "budget": columns.BUDGET,
    "arrived": columns.ARRIVED,
    "spent": columns.SPENT,
    "cumulative": columns.CUMULATIVE,
    "arrival_rate": "资金到位率",
    "execution_rate": "预算执行率",
    "saving_rate": "成本节约率",
}


def master_figures(drawn: Drawn, sha256: str) -> MasterFigures:
    """Everything reports may print. Units: as in the sheets."""
    place = drawn.place
    funds = {project.id: _funds(drawn, row) for row, project in enumerate(place.plan.roster.projects, FIRST_ROW)}
    unscored = [entry for entry in place.entries if entry.scoring_words == UNSCORED]
    lines = _own_lines(place)
    dimensions, indicators = _rates(drawn)
    findings = place.findings
    told = own_findings(findings, place.finding, place.key)
    return MasterFigures(
        overall=_overall(drawn),
        grades=_grades(drawn),
        kinds=_kinds(drawn),
        projects=tuple(_project(drawn, entry, entry.sheet, funds, lines) for entry in place.entries if entry.sheet),
        unscored=tuple(_project(drawn, entry, _no_score(entry), funds, lines) for entry in unscored),
        funds=MappingProxyType(funds),
        fund_totals=_funds(drawn, place.fund.sum_row),
        fund_counts=_funds(drawn, place.fund.sum_row + 1),
        dimensions=dimensions,
        indicators=indicators,
        total=_rate(drawn, place.rate, "", "合计", place.total_row),
        categories=tuple(_categories(drawn)),
        units=_units(drawn),
        findings=findings,
        problems=FindingAddresses(findings, told, "问题"),
        remedies=FindingAddresses(findings, told, "处理办法"),
        sha256=sha256,
        body=_body(drawn) if place.plan.roster.listed else None,
        years=tuple(_years(drawn)),
        **assessed(drawn),
    )


def _overall(drawn: Drawn) -> Mapping[str, Figure]:
    region = overall_region(drawn.place)
    sheet = drawn.sheet(region)
    rows = range(region.first_row, region.last_row + 1)
    names = {row: str(sheet.cells[row, 1].value).partition("（")[0] for row in rows}  # without the unit
    found = {name: drawn.figure(region, "数值", row) for row, name in names.items()}
    return MappingProxyType(dict.fromkeys(SCORES, found[ONE_SCORE]) | found if ONE_SCORE in found else found)


def _grades(drawn: Drawn) -> Mapping[str, Figure]:
    region = grade_region(drawn.place)
    rows = enumerate(grade_names(drawn.place), region.first_row)
    return MappingProxyType({name: drawn.figure(region, region.headings[1], row) for row, name in rows})


def _kinds(drawn: Drawn) -> Mapping[str, Figure]:
    region = kind_region(drawn.place)
    rows = enumerate(KINDS, region.first_row)
    return MappingProxyType({kind.name: drawn.figure(region, "项数", row) for row, kind in rows})


def _funds(drawn: Drawn, row: int) -> FundFigures:
    return FundFigures(**{name: drawn.figure(drawn.place.fund, key, row) for name, key in _FUND_ATTRIBUTES.items()})


def _own_lines(place: MasterLayout) -> dict[str, OwnLines]:
    """Entry id → its lines on sheet 指标得分; entries with the same indicators share what is said of them."""
    found, row, alike = dict[str, OwnLines](), FIRST_ROW, dict[tuple[str, ...], Mapping[str, int]]()
    for entry in place.entries:
        codes = tuple([line.code for line in entry.sheet.own_lines]) if entry.sheet else ()
        places = alike.setdefault(codes, {code: number for number, code in enumerate(codes)})
        found[entry.id] = OwnLines(place.line, row, places)
        row += len(codes)
    return found


def _no_score(entry: Entry) -> ScoreSheet:
    return ScoreSheet(entry.id, entry.name, entry.unit, Decimal(0), UNSCORED, (), ())


def _project(
    drawn: Drawn,
    entry: Entry,
    sheet: ScoreSheet,
    funds: Mapping[str, FundFigures],
    rows: Mapping[str, OwnLines],
) -> ProjectFigures:
    place, own, lines = drawn.place, rows[entry.id], sheet.own_lines
    row, submission = place.row_of(entry), place.plan.submissions.get(entry.id)
    given = [written_score(line) for line in lines]
    return ProjectFigures(
        project=entry.project,
        name=entry.name,
        unit=entry.unit,
        returned=entry.returned,
        sheet=sheet,
        total=drawn.figure(place.summary, "总分", row),
        grade=sheet.grade,
        rank=drawn.figure(place.summary, "排名", row),
        dimensions=_of_dimensions(drawn, place.dimension, row),
        indicators=LineFigures(own, "得分", [line.score for line in lines], drawn.words),
        dimension_marks=_of_dimensions(drawn, place.marks, row),
        indicator_marks=LineFigures(own, "计分值", [line.effective_mark for line in lines], drawn.words),
        explanations=LineAddresses(own, "得分说明"),
        opinions=LineAddresses(own, "评价理由"),
        weights=_of_dimensions(drawn, place.weights, row),
        funds=funds[entry.id] if entry.project else _funds(drawn, place.fund.sum_row),
        values=_values(drawn, sheet, own) if place.plan.one_score else {},
        self_marks=LineFigures(own, SELF_GIVEN, given, drawn.words),
        notes=_notes(own, submission) if UNIT_NOTE in place.line.headings else {},
        findings=tuple(sorted(entry.findings, key=lambda finding: finding.severity.rank)),
    )


def _values(drawn: Drawn, sheet: ScoreSheet, own: OwnLines) -> Mapping[str, tuple[Figure, ...]]:
    return {
        line.code: tuple(
            drawn.figure(own.region, value_heading(n), own.first + own.places[line.code])
            for n in range(len(line.inputs))
        )
        for line in sheet.own_lines
    }


def _notes(own: OwnLines, submission: Submission | None) -> Mapping[str, Figure]:
    said = {code: submission.value(f"说明_{code}") for code in own.places} if submission else {}
    at = LineAddresses(own, UNIT_NOTE)
    return {code: Figure(None, at[code], text) for code, text in said.items() if isinstance(text, str) and text}


def _of_dimensions(drawn: Drawn, headings: Mapping[str, str], row: int) -> Mapping[str, Figure]:
    return MappingProxyType(
        {name: drawn.figure(drawn.place.summary, heading, row) for name, heading in headings.items()}
    )


def _rates(drawn: Drawn) -> tuple[tuple[ScoreRateFigures, ...], tuple[ScoreRateFigures, ...]]:
    place = drawn.place
    names = list(place.dimension)
    first = place.total_row + 1
    dimensions = tuple(_rate(drawn, place.rate, "", name, row) for row, name in enumerate(names, FIRST_ROW))
    indicators = enumerate(place.plan.scheme.indicators, first)
    return dimensions, tuple(
        _rate(drawn, place.rate, indicator.code, indicator.name, row) for row, indicator in indicators
    )


def _categories(drawn: Drawn) -> Iterator[CategoryFigures]:
    region, row = drawn.place.category, FIRST_ROW
    for category in drawn.place.categories:
        *dimensions, total = (
            _rate(drawn, region, "", name, at) for at, name in enumerate((*category.weights, "合计"), row)
        )
        scored = drawn.figure(region, "参评项目数", row)
        yield CategoryFigures(category.name, category.projects, scored, category.indicators, tuple(dimensions), total)
        row += len(dimensions) + 1


def _rate(drawn: Drawn, region: Region, code: str, name: str, row: int) -> ScoreRateFigures:
    headings = ("分值", "平均计分值", "平均得分", "得分率")
    return ScoreRateFigures(code, name, *(drawn.figure(region, heading, row) for heading in headings))


def _units(drawn: Drawn) -> tuple[UnitFigures, ...]:
    region = drawn.place.unit
    return tuple(
        UnitFigures(
            unit, *(drawn.figure(region, heading, row) for heading in ("项目数", "合同金额", "平均得分", "须更正"))
        )
        for row, unit in enumerate(drawn.place.plan.roster.units(), FIRST_ROW)
    )


def _body(drawn: Drawn) -> BodyFigures:
    region, place = drawn.place.body, drawn.place
    grades = {entry.id: entry.sheet.shown_grade for entry in place.entries if entry.sheet}
    first, counts, evaluated, others = (
        BodyLine(None, _of_body(drawn, row)) for row in range(region.sum_row, region.sum_row + len(SUM_ROWS))
    )
    lines = (
        BodyLine(listed, _of_body(drawn, row), grades.get(listed.project, ""))
        for row, listed in enumerate(place.plan.roster.listed, FIRST_ROW)
    )
    return BodyFigures(tuple(lines), first, counts, evaluated, others)


def _of_body(drawn: Drawn, row: int) -> Mapping[str, Figure]:
    region = drawn.place.body
    words = ("责任单位", "项目名称", "等级")
    figures = {heading: drawn.figure(region, heading, row) for heading in region.headings if heading not in words}
    return MappingProxyType(figures)


def _years(drawn: Drawn) -> Iterator[YearFigures]:
    rows = year_rows(drawn.place)
    region = year_region(rows)
    for number, row in enumerate(rows, FIRST_ROW):
        figures = (drawn.figure(region, heading, number) for heading in ("上年", "本年", "变动"))
        yield YearFigures(row.entry.id, row.kind, row.code, row.name, row.unit, *figures)
