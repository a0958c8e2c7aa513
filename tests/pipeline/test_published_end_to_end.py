"""The four published results, from init to score, by anyone with two commands."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.pipeline.conftest import call
from toolkit.excel.read import read_workbook
from toolkit.pipeline import load
from toolkit.pipeline.deliver.master_book import plan_master
from toolkit.pipeline.examine.results import results

PUBLISHED = {
    "nanchang-2022": ("93.50", "优", ["15.00", "14.00", "35.00", "19.50", "10.00"]),
    "suzhou-jiangsu-2023": ("80.00", "优", None),
    "jiangsu-2022": ("98.50", "优", None),
    "suzhou-anhui-2023": ("94.00", "优", ["15.00", "18.00", "26.00", "35.00"]),
}


@pytest.mark.parametrize(("name", "published"), PUBLISHED.items())
def test_published_total(
    name: str, published: tuple[str, str, list[str] | None], sample_made: Callable[[str], Path]
) -> None:
    total, grade, dimensions = published
    (sheet,) = call("score", "-w", sample_made(name))["projects"]
    assert (sheet["total"], sheet["grade"]) == (total, grade)
    if dimensions:
        assert [one["score"] for one in sheet["dimensions"]] == dimensions
    assert sum(Decimal(one["score"]) for one in sheet["indicators"]) == Decimal(total)


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_was_made_verifies(name: str, sample_made: Callable[[str], Path]) -> None:
    assert call("verify", "-w", sample_made(name))["ok"] is True


def test_real_payments_of_seventeen_projects(sample_made: Callable[[str], Path]) -> None:
    """宿州 2023: projects 7 and 17 are paid above contract; what looks odd but is right is left alone."""
    findings = call("check", "-w", sample_made("suzhou-anhui-2023"), code=1)["findings"]
    assert [one["severity"] for one in findings if one["code"] == "FUND-01"] == ["warning"] * 2, "fees explain both"
    overpaid = {one["project"]: one for one in findings if one["code"] == "FUND-01"}
    assert set(overpaid) == {"7", "17"}
    assert "19,433.22" in overpaid["7"]["message"]
    assert "71,040.00" in overpaid["17"]["message"]
    doubted = {
        one["project"]
        for one in findings
        if one["severity"] != "note" and one["code"].startswith(("FUND", "RATE", "J"))
    }
    assert doubted == {"7", "17"}


def test_missing_amounts_are_missing_not_zero(sample_made: Callable[[str], Path]) -> None:
    """Project 6 has no contract amount at all; 8 and 9 strike out the audited amount and are held to the contract."""
    findings = call("check", "-w", sample_made("suzhou-anhui-2023"), code=1)["findings"]
    said = {(one["project"], one["code"], one["indicator"]) for one in findings}
    assert ("6", "MISS-01", "合同金额") in said
    assert {("8", "READ-11", "审计核减后合同金额"), ("9", "READ-11", "审计核减后合同金额")} <= said
    assert not [one for one in findings if one["project"] in ("6", "8", "9") and one["code"].startswith("FUND")]


def test_the_review_workbook_shows_self_scores_and_computed_scores(sample_made):
    sheet = read_workbook((sample_made("nanchang-2022") / "评审意见.xlsx").read_bytes()).sheet("评审意见")
    rows = {sheet.value(f"C{row}"): [sheet.value(f"{column}{row}") for column in "BEFG"] for row in (4, 5, 6)}
    name = "“赣政通”南昌分厅建设项目"
    assert rows["D101"] == [name, 7, 6, 6]
    assert rows["D102"] == [name, 6, Decimal("3.5"), Decimal("3.5")]
    assert rows["D201"] == [name, 6, 4, 4]


def test_problems_of_an_evaluation_scored_as_a_whole(sample_made: Callable[[str], Path]) -> None:
    """宿州 2023: points are lost by the whole; two contracts are exceeded by fees of third parties and nothing else."""
    evaluation = load(sample_made("suzhou-anhui-2023"))
    found = results(evaluation, date(2024, 5, 6))
    problems = plan_master(evaluation, found).assessment.problems
    told = {said.tally.row.code: said.tally for said in problems}
    beyond = [finding for finding in found.examined.findings if finding.code == "FUND-01"]
    assert [(finding.project, "扣除后" in finding.message) for finding in beyond] == [("7", True), ("17", True)]
    assert not told["H06"].hits
    assert sum(tally.lost for tally in told.values()) == 6
    assert {hit.project for tally in told.values() for hit in tally.hits if hit.lost} == {"整体"}
