"""No suggestion is told to more than a quarter of the projects, however few or many these are."""

from collections import Counter
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from toolkit.model import (
    FactFigures,
    Figure,
    KeyKind,
    ProblemClass,
    ProblemFigures,
    ProblemHit,
    ProblemRow,
    ProblemTally,
    ScoreSheet,
)
from toolkit.report import ReportFacts, own_problems

ROW = ProblemRow(
    "M01", KeyKind.CONDITION, "", "", ProblemClass.MANAGEMENT, "到位未支出{数额}", summary="{n}个项目到位未支出",
    advice="逐项说明结余原因，确无需要的收回", amount="=甲", amount_unit="万元",
)  # fmt: skip
ONE = Figure(Decimal(1), "问题明细!A1", "1.00")


def case(projects: int, concerned: int, written: str = "") -> ReportFacts:
    """So many projects, of which so many have the same problem, the gravest first."""
    hits = tuple(ProblemHit(ROW, str(number), Decimal(100 - number), Decimal(1), {}) for number in range(concerned))
    facts = {hit.project: (FactFigures(hit, "到位未支出", "", ONE, ONE, "", "", written),) for hit in hits}
    tally = ProblemTally(ROW, tuple(map(str, range(projects))), hits, ())
    rows = (ProblemFigures(tally, "到位未支出", "问题汇总!E4", ONE, ONE, ONE, ONE),)
    roster = SimpleNamespace(projects=tuple(range(projects)))
    figures = SimpleNamespace(facts=facts, problem_rows=rows, projects=())
    return ReportFacts(SimpleNamespace(), roster, figures, date(2024, 12, 1))


def told(facts: ReportFacts) -> list[object]:
    """What each project is told."""
    sheet = ScoreSheet("1", "甲", "乙局", Decimal(0), "", (), ())
    projects = [SimpleNamespace(project=SimpleNamespace(id=own), sheet=sheet) for own in facts.figures.facts]
    return [own_problems.project_rows(facts, project)[0]["建议"] for project in projects]


@pytest.mark.parametrize("projects", [5, 6, 7, 8, 9, 11, 17, 39, 400])
def test_everybody_has_it_and_no_text_is_for_more_than_a_quarter(projects: int):
    advice = told(case(projects, projects))
    assert max(Counter(advice).values()) <= projects / 4
    assert all(text[0].startswith(ROW.advice) for text in advice)


def test_who_leads_goes_by_how_grave_it_is():
    first, *_, last = told(case(39, 38))
    assert "单位主要负责人牵头" in first[0]
    assert "业务科室牵头，按季报送进展" in last[0]
    assert own_problems.is_supervised(case(39, 38))


@pytest.mark.parametrize(("projects", "concerned"), [(39, 9), (5, 1), (1, 1), (3, 1)])
def test_what_few_are_told_is_the_advice_alone(projects: int, concerned: int):
    assert set(told(case(projects, concerned))) == {(ROW.advice,)}
    assert not own_problems.is_supervised(case(projects, concerned))


def test_what_an_evaluator_wrote_stands_as_written():
    assert set(told(case(39, 38, "按会议纪要办理"))) == {("按会议纪要办理",)}
