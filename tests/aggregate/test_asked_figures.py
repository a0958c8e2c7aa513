"""Figures that are made when a report asks for them are those of the drawn cells: value, address and printed text."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.aggregate.plans import large_plan, small_plan
from toolkit.aggregate import MasterPlan
from toolkit.aggregate.asked_figures import CollectedFigures, facts_by_project
from toolkit.aggregate.drawn import Drawn, Words
from toolkit.aggregate.figures import master_figures
from toolkit.aggregate.layout import SELF_GIVEN
from toolkit.aggregate.master import draw
from toolkit.aggregate.region import FIRST_ROW, Region
from toolkit.formula.fields import SingleValues
from toolkit.model import (
    Assessment,
    ErrorValue,
    Field,
    FieldType,
    Figure,
    KeyKind,
    MasterFigures,
    ProblemClass,
    ProblemHit,
    ProblemRow,
    ProjectFigures,
    SaidHit,
    ScoreSheet,
)

D = Decimal
_UNITS = ("万元", "%", "天", "")


def self_scored(plan: MasterPlan) -> MasterPlan:
    """The same plan; every unit gave itself 3.5 points of each indicator but the last, where it gave none."""

    def claimed(sheet: ScoreSheet) -> ScoreSheet:
        *lines, last = sheet.lines
        return replace(sheet, lines=(*(replace(line, claimed=D("3.5")) for line in lines), last))

    sheets = {one: claimed(sheet) if one in plan.submissions else sheet for one, sheet in plan.sheets.items()}
    return replace(plan, sheets=sheets)


def with_facts(plan: MasterPlan) -> MasterPlan:
    """The same plan with a fact of every unit, with an amount and without, for two projects and the whole roster."""
    rows = [
        ProblemRow(f"P{n}", KeyKind.CONDITION, "", "", ProblemClass.MANAGEMENT, "甲", amount_unit=unit)
        for n, unit in enumerate(_UNITS)
    ]
    hits = tuple(
        SaidHit(ProblemHit(row, project, D("0.125") if n else None, D(n) / 8, {}), f"{row.code}的第{n}项")
        for project in ("1", "2")
        for row in rows
        for n in range(2)
    )
    return replace(plan, assessment=Assessment((), hits, ()))


PLANS = {
    "marks shared out": (self_scored(small_plan()), 1_048_576),
    "lines on several sheets": (self_scored(large_plan(5)), 14),
}


def scored(drawn: Drawn) -> Iterator[tuple[ProjectFigures, Mapping[str, int]]]:
    """Every project with a score, and the rows of its lines as they are drawn."""
    rows: dict[str, dict[str, int]] = {}
    for row, (entry, line) in enumerate(drawn.place.lines, FIRST_ROW):
        rows.setdefault(entry.id, {})[line.code] = row
    return ((project, rows[project.sheet.project]) for project in figures_of(drawn).projects)


def figures_of(drawn: Drawn) -> MasterFigures:
    return master_figures(drawn, "0" * 64)


@pytest.mark.parametrize(("plan", "most"), PLANS.values(), ids=PLANS)
def test_scores_and_marks_are_those_of_the_drawn_lines(plan: MasterPlan, most: int):
    drawn, line = (made := draw(plan, most)), made.place.line
    for project, rows in scored(drawn):
        for heading, found in (
            ("得分", project.indicators),
            ("计分值", project.indicator_marks),
            (SELF_GIVEN, project.self_marks),
        ):
            assert dict(found) == {code: drawn.figure(line, heading, row) for code, row in rows.items()}
        assert dict(project.opinions) == {code: line.address("评价理由", row) for code, row in rows.items()}


def test_a_self_score_that_is_no_number_prints_a_dash_at_its_cell():
    (project, rows), *_ = scored(draw(self_scored(small_plan())))
    *_, last = rows
    assert project.self_marks[last].text == "—"
    assert [project.self_marks[code].text for code in rows if code != last] == ["3.50"] * (len(rows) - 1)


@pytest.mark.parametrize("most", [1_048_576, 8], ids=["one sheet", "several"])
def test_amounts_and_points_of_facts_are_those_of_the_drawn_rows(most: int):
    drawn = draw(with_facts(small_plan()), most)
    facts = [fact for own in figures_of(drawn).facts.values() for fact in own]
    assert [fact.text for fact in facts] == [said.text for said in drawn.place.plan.assessment.hits]
    for row, fact in enumerate(facts, FIRST_ROW):
        for heading, figure in (("数额", fact.amount), ("失分", fact.lost)):
            assert (figure.value, figure.text) == drawn.said(drawn.place.fact, heading, row)


def test_projects_whose_numbers_end_alike_share_a_name_and_no_place():
    """A bookmark has room for the end of a number: rows of both are counted as one sequence."""
    row = ProblemRow("P", KeyKind.CONDITION, "", "", ProblemClass.MANAGEMENT, "甲")
    ids = ["甲0000000001", "乙0000000001", "甲0000000001"]
    hits = [SaidHit(ProblemHit(row, project, None, D(0), {}), f"第{n}项") for n, project in enumerate(ids)]
    facts = facts_by_project(hits, Region("问题明细", ("事实", "数额", "失分"), 3), lambda project: project, Words())
    places = {fact.text: fact.at for own in facts.values() for fact in own}
    assert places == {f"第{n}项": f"问题明细第0000000001号!A{n + 1}" for n in range(3)}


def test_nobody_has_facts_who_is_not_in_the_rows():
    assert "1" not in facts_by_project((), Region("问题明细", (), 0), lambda project: project, Words())


def test_collected_fields_are_said_by_their_kind_and_only_those_that_came():
    kinds = {"合同金额": FieldType.AMOUNT, "完成率": FieldType.RATE, "内容": FieldType.TEXT, "缺": FieldType.TEXT}
    columns = {key: (Field(key, key, "资金情况", kind), key) for key, kind in kinds.items()}
    values = {"合同金额": D(1234), "完成率": D("0.5"), "内容": "建成", "缺": "", "别的": D(1)}
    region = Region("采集数据", tuple(kinds), 1)
    found = CollectedFigures(region, 4, columns, SingleValues(values, frozenset()))
    assert dict(found) == {
        "合同金额": Figure(D(1234), "采集数据!A4", "1,234.00"),
        "完成率": Figure(D("0.5"), "采集数据!B4", "50.00%"),
        "内容": Figure(None, "采集数据!C4", "建成"),
    }
    assert len(found) == 3
    assert "缺" not in found
    assert found.get("别的") is None
    assert not CollectedFigures(region, 4, columns, SingleValues({"内容": ErrorValue.REF}, frozenset()))
    assert not CollectedFigures(region, 4, columns, None)
