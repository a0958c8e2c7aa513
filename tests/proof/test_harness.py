"""Errors injected one at a time into clean reports; the long run is ``make proof``."""

import os
from collections.abc import Callable
from random import Random

import pytest

from tests.proof.harness import kinds_places
from tests.proof.harness.injection import KINDS, Injection
from tests.proof.harness.measure import clean, found_by, measure
from tests.proof.harness.paper import Paper, Part
from tests.proof.harness.synthetic import spelled, synthetic

SEEDS = range(3)


OURS = Paper(
    "样例式",
    (
        Part(
            "报告日期为2025年5月30日，评价期间为2023年10月1日至2024年9月30日，数据截至2024年9月30日，资金见附件1表3。"
        ),
        Part(
            "初验比计划晚75天（计划2023年8月27日，实际2023年11月10日），审计核减25.50万元（合同531.27万元，审定505.77万元）。"
        ),
        Part("实际完成值93.50%，低于目标6.5个百分点。"),
        Part(rows=(("主评人", "", "签字", ""), ("评价机构", "某所（盖章）", "日期", "2025年5月30日"))),
    ),
)
"""The wording of our own reports, for kinds that the made-up ones have no place for."""


@pytest.fixture(scope="module")
def papers() -> list[Paper]:
    return [synthetic(seed) for seed in SEEDS]


def test_there_are_more_than_forty_kinds():
    assert len(KINDS) > 40


@pytest.mark.parametrize("seed", SEEDS)
def test_a_clean_report_is_clean(seed):
    findings = clean(synthetic(seed)).proof.findings
    assert [(finding.kind, finding.message) for finding in findings] == []


@pytest.mark.parametrize(("name", "inject"), KINDS.items(), ids=list(KINDS))
def test_a_kind_changes_a_paper_by_its_seed_alone(papers, name, inject: Callable[[Paper, Random], Injection | None]):
    changed = [
        (paper, injection, inject(paper, Random(seed)))
        for paper in (*papers, *([OURS] if inject.__module__ == kinds_places.__name__ else []))
        for seed in range(3)
        if (injection := inject(paper, Random(seed))) is not None
    ]
    assert changed, name
    for paper, first, again in changed:
        assert first == again
        assert first.paper.parts != paper.parts


def test_recall_over_all_kinds(papers):
    count = 400 if os.environ.get("JIXIAO_FULL") else len(KINDS)
    scores, _ = measure(papers[:2], count)
    injected = sum(score.injected for score in scores.values())
    found = sum(score.found for score in scores.values())
    assert injected == count
    assert found / injected >= LEAST, {name: score.missed for name, score in scores.items() if score.recall < 1}


LEAST = 0.93
"""Of one error of each kind; the goal over many is 0.95."""


@pytest.mark.parametrize(
    ("yuan", "words"),
    [(10_203_000, "壹仟零贰拾万叁仟元整"), (100_050_000, "壹亿零伍万元整"), (12_340_500, "壹仟贰佰叁拾肆万零伍佰元整")],
)
def test_amounts_in_words_as_banks_write_them(yuan, words):
    assert spelled(yuan) == words


def test_an_injection_that_changes_nothing_is_not_found(papers):
    before = clean(papers[0])
    assert found_by(Injection(papers[0], tuple(range(len(papers[0].parts))), "合计"), before) == ()
