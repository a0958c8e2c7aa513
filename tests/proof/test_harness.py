"""Errors injected one at a time into clean reports; the long run is ``make proof``."""

import os
from collections.abc import Callable
from random import Random

import pytest

from tests.proof.harness import kinds_places, kinds_rows
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
ROWS = Paper(
    "样例行",
    (
        Part("医保便民服务三张图项目绩效评价报告"),
        Part(
            rows=(
                ("项目名称", "医保便民服务三张图项目"),
                ("结论", "综合得分96.43分，绩效等级为“优”，高于全部参评项目的平均得分（88.58分）。依据：等级为优。"),
                ("做什么", "分14项任务、159个功能点建设，合同金额100.25万元。"),
                ("时间", "主合同签订2023年5月8日，开工2023年5月18日，终验2024年4月11日。"),
                ("用得怎样", "计划建设任务数14项，实际完成任务数14项，已上线功能点数155个。"),
            )
        ),
        Part("分值14.00分，得13.76分。失分的指标是“绩效目标合理性”“绩效指标明确性”。"),
        Part("1.2023年2月至2023年4月完成初验。实际完成日期2023年4月21日，在规定时限内，得1.00分。"),
        Part(
            rows=(
                ("编号", "三级指标", "分值", "得分", "说明", "评价人、复核人"),
                ("A101", "绩效目标合理性", "2.00", "1.88", "要点1达成（94%），扣0.12分，得1.88分。", ""),
                ("A302", "资金分配合理性", "2.00", "1.60", "评为“较好”，按2分的80%计。评价人意见：评为“较好”。", ""),
                ("B202", "制度执行有效性", "3.00", "2.80", "评价人扣分：0.2分", "评价员C、复核员B（佐证E07）"),
                ("C206", "故障恢复时间", "2.00", "2.00", "实际完成值3.5小时，达到目标≤4小时，得2.00分。", ""),
                ("D101", "提质增效", "3.00", "2.55", "抽查的13项证明材料中有11项能够直接证明。", ""),
                ("D402", "服务对象满意度", "4.00", "3.99", "有效问卷196份，满意度89.80%；很不满意0份。", ""),
            )
        ),
        Part(rows=(("序号", "事实", "建议", "责任、期限"), ("1", "档案没有归档", "补齐归档", "责任单位，2个月"))),
        Part(rows=(("三级指标", "依据"), ("立项依据充分性", "1"))),
        Part(rows=(("主评人", "", "签字", ""), ("评价机构", "评价机构（样例）（盖章）", "日期", "2025年5月30日"))),
    ),
)
"""The wording of our own reports, for kinds that the made-up ones have no place for."""
WORDED = {kinds_places.__name__: [OURS], kinds_rows.__name__: [ROWS]}


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
        for paper in (*papers, *WORDED.get(inject.__module__, []))
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
