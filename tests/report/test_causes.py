"""Causes in the reports: what evaluators chose, and never a placeholder where nobody has chosen yet."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from toolkit.aggregate.assessed_figures import chosen_causes
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


def case(*causes: str, row: ProblemRow = ROW) -> ReportFacts:
    """Facts in which the problem holds for one project a cause."""
    hits = tuple(ProblemHit(row, str(number), None, Decimal(1), {}) for number in range(1, len(causes) + 1))
    tally = ProblemTally(row, tuple(hit.project for hit in hits), hits, ())
    chosen = [LossRemark(hit.project, row.code, cause=cause) for hit, cause in zip(hits, causes, strict=True)]
    said = [SaidHit(hit, "没有取得批复", remark=remark) for hit, remark in zip(hits, chosen, strict=True)]
    facts = {one.hit.project: (FactFigures(one.hit, one.text, "", NONE, NONE, "", one.cause),) for one in said}
    rows = (ProblemFigures(tally, f"{len(hits)}个项目未批先建：甲", "问题汇总!E4", NONE, NONE, NONE, NONE),)
    figures = SimpleNamespace(facts=facts, causes=chosen_causes(said), problem_rows=rows, projects=())
    return ReportFacts(SimpleNamespace(), SimpleNamespace(projects=()), figures, date(2024, 12, 1))


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
