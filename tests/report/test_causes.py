"""Causes in the reports: what evaluators chose, and never a placeholder where nobody has chosen yet."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from toolkit.aggregate.assessed_figures import chosen_causes, written_advice
from toolkit.model import (
    FactFigures,
    Figure,
    KeyKind,
    LossRemark,
    ProblemClass,
    ProblemFigures,
    ProblemHit,
    ProblemRow,
    ProblemTally,
    SaidHit,
)
from toolkit.report import ReportFacts, library

ROW = ProblemRow(
    "H01", KeyKind.CONDITION, "", "", ProblemClass.COMPLIANCE, "没有取得批复", summary="{n}个项目未批先建：{名单}",
    causes=("工期倒排", "审批材料滞后"), advice="补办手续",
)  # fmt: skip
NONE = Figure(Decimal(0), "问题明细!A1", "0")


def case(*causes: str, row: ProblemRow = ROW, advice: str = "") -> ReportFacts:
    """Facts in which the problem holds for one project a cause."""
    hits = tuple(ProblemHit(row, str(number), None, Decimal(1), {}) for number in range(1, len(causes) + 1))
    tally = ProblemTally(row, tuple(hit.project for hit in hits), hits, ())
    chosen = [
        LossRemark(hit.project, row.code, cause=cause, advice=advice) for hit, cause in zip(hits, causes, strict=True)
    ]
    said = [SaidHit(hit, "没有取得批复", remark=remark) for hit, remark in zip(hits, chosen, strict=True)]
    facts = {one.hit.project: (FactFigures(one.hit, one.text, "", NONE, NONE, "", one.cause),) for one in said}
    rows = (ProblemFigures(tally, f"{len(hits)}个项目未批先建：甲", "问题汇总!E4", NONE, NONE, NONE, NONE),)
    figures = SimpleNamespace(
        facts=facts, causes=chosen_causes(said), advice=written_advice(said), problem_rows=rows, projects=()
    )
    return ReportFacts(SimpleNamespace(indicators=()), SimpleNamespace(projects=()), figures, date(2024, 12, 1))


def cause(facts: ReportFacts) -> object:
    return library.chapters(facts)[0]["行"][0]["原因"]


@pytest.mark.parametrize(
    ("chosen", "printed"),
    [
        (("工期倒排",), "工期倒排"),
        (("工期倒排", "工期倒排", "材料不齐"), "工期倒排（2个）；材料不齐（1个）"),
        (("工期倒排；材料不齐", "工期倒排"), "工期倒排（2个）；材料不齐（1个）"),
        (("工期倒排", ""), "工期倒排（1个）；其余1个尚未核定"),
        (("", ""), "可能与工期倒排、审批材料滞后有关"),
    ],
)
def test_causes_are_those_chosen_else_no_more_than_possible(chosen: tuple[str, ...], printed: str):
    facts = case(*chosen)
    assert cause(facts) == printed
    assert library.causes_open(facts) is ("" in chosen)


def test_a_problem_without_causes_to_choose_from_waits_for_nobody():
    row = ProblemRow("X", KeyKind.CONDITION, "", "", ProblemClass.COMPLIANCE, "甲")
    assert cause(case("", row=row)) == "—"
    assert not library.causes_open(case("", row=row))


def test_classes_are_named_as_far_as_there_are_problems():
    assert library.classes_told(case("")) == "合规底线类"
    assert library.classes_told(case()) == ""


LOSS = ProblemRow("OTHER-C1", KeyKind.INDICATOR, "C1", "C1", ProblemClass.PERFORMANCE, "没有得满分")


def lost(rate: str, cause: str = "", advice: str = "") -> FactFigures:
    hit = ProblemHit(LOSS, "1", None, Decimal(1), {"得分率": Decimal(rate)})
    return FactFigures(hit, "没有得满分", "", NONE, NONE, "", cause, advice)


@pytest.mark.parametrize(
    ("loss", "small"),
    [
        (lost("0.9"), True),
        (lost("0.6"), True),
        (lost("0.59"), False),
        (lost("0.9", cause="选址冲突"), False),
        (lost("0.9", advice="重新选址"), False),
    ],
)
def test_a_loss_no_row_explains_is_told_where_it_is_large_or_somebody_wrote_of_it(loss: FactFigures, small: bool):
    assert library.is_small(loss) is small


def test_what_evaluators_write_of_such_a_loss_stands_in_the_overall_report_with_a_place_in_the_schedule():
    facts = case("选址冲突", row=LOSS, advice="重新选址并报批。")
    (chapter,) = library.chapters(facts)
    assert [(row["原因"], row["建议"]) for row in chapter["行"]] == [("选址冲突", "重新选址并报批")]
    assert [row["问题"] for row in library.schedule(facts)] == ["绩效类第1项"]
    assert library.schedule(case("", row=LOSS)) == []
