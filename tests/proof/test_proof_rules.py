"""Every rule finds something in its bad texts and nothing in its good ones; codes are unique."""

from decimal import Decimal

import pytest

from toolkit.proof.catalogue import RULES
from toolkit.proof.engine import proof
from toolkit.proof.reading import read_text
from toolkit.proof.report import Known, KnownProject

BAD = [(rule, text) for rule in RULES for text in rule.bad]
GOOD = [(rule, text) for rule in RULES for text in rule.good]


def found(rule, text):
    result = proof(read_text(text), rules=[rule])
    assert not result.broke
    return result.findings


@pytest.mark.parametrize(("rule", "text"), BAD, ids=lambda item: getattr(item, "code", ""))
def test_a_bad_text_is_found(rule, text):
    findings = found(rule, text)
    assert findings
    assert {finding.kind for finding in findings} == {rule.code}
    assert all(finding.message and finding.place.block for finding in findings)


@pytest.mark.parametrize(("rule", "text"), GOOD, ids=lambda item: getattr(item, "code", ""))
def test_a_good_text_is_left_alone(rule, text):
    assert found(rule, text) == ()


def test_codes_are_unique_and_every_rule_has_cases():
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
    without = {rule.code for rule in RULES if not rule.bad or not rule.good}
    # They need a workspace, tested below, or a Word report of ours: tests/pipeline/test_proof_reports.py
    # same.number and norm.rule only say what needs no more checking. No cell of a plain text has two lines as those of
    # same.panel do: test_panel_cells.py.
    said = {"same.number", "norm.rule", "same.panel"}
    assert {code.partition(".")[0] for code in without - said} == {"workspace", "origin"}


KNOWN = Known(
    projects=(KnownProject("甲信息平台", "市甲局、市丁局", {"合同金额": Decimal(2865000)}, Decimal("88.75")),),
    indicators={"资金到位率": Decimal(2)},
)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("序号\t项目名称\t合同金额（万元）\t总分\n1\t甲信息平台\t286.50\t88.75\n", set()),
        ("序号\t项目名称\t合同金额（万元）\t总分\n1\t甲信息平台\t268.50\t88.75\n", {"workspace.amount"}),
        ("序号\t项目名称\t合同金额（万元）\t总分\n1\t甲信息平台\t286.50\t87.85\n", {"workspace.score"}),
        ("甲信息平台\n绩效评价报告\n合同金额286.50万元，本项目综合得分88.75分。\n", set()),
        (
            "甲信息平台\n绩效评价报告\n合同金额286.05万元，本项目综合得分88.57分。\n",
            {"workspace.amount", "workspace.score"},
        ),
        ("“甲信息平台”的实际支出为280.00万元；各项目合同金额逐项相加为1,738.078万元。\n", set()),
        ("三级指标\t分值\n资金到位率\t3\n预算执行率\t5\n", {"workspace.mark"}),
        ("序号\t项目名称\t责任单位\t总分\n1\t甲信息平台\t市丁局、市甲局\t88.75\n", set()),
        ("序号\t项目名称\t责任单位\t总分\n1\t甲信息平台\t市乙局\t88.75\n", {"workspace.unit"}),
        ("项目名称\t甲信息平台\t责任单位\t市乙局\n立项年度\t2022年\t项目类型\t新建\n", {"workspace.unit"}),
        ("序号\t项目名称\t总分\n1\t甲信息化平台\t88.75\n2\t乙数据共享平台\t80.00\n", {"workspace.name"}),
        ("甲信息平台\n绩效评价报告\n\n项目\t单位\t数值\n合同金额\t万元\t286.50\n预算资金\t万元\t290.00\n", set()),
        (
            "甲信息平台\n绩效评价报告\n\n项目\t单位\t数值\n合同金额\t万元\t268.50\n预算资金\t万元\t290.00\n",
            {"workspace.row"},
        ),
    ],
)
def test_a_report_is_compared_with_what_the_workspace_knows(text, kinds):
    result = proof(read_text(text), KNOWN, [rule for rule in RULES if rule.code.startswith("workspace")])
    assert {finding.kind for finding in result.findings} == kinds


def test_two_projects_that_differ_in_brackets_alone_are_not_taken_for_each_other():
    """移动护理（一期） had the amounts of 移动护理（二期） held against it."""
    phases = (("一期", "188.80"), ("二期", "99.80"))
    known = Known(
        projects=tuple(
            KnownProject(f"移动护理（{phase}）", "", {"合同金额": Decimal(amount) * 10000}) for phase, amount in phases
        )
    )
    rows = "".join(f"{number}\t移动护理（{phase}）\t{amount}\n" for number, (phase, amount) in enumerate(phases, 1))
    result = proof(
        read_text(f"序号\t项目名称\t合同金额（万元）\n{rows}"),
        known,
        [rule for rule in RULES if rule.code == "workspace.amount"],
    )
    assert result.findings == ()


@pytest.mark.parametrize(
    ("full_mark", "wrong"),
    [(Decimal(60), {"甲": "良"}), (None, {"甲": "差", "乙": "差"}), (Decimal(100), {"甲": "差", "乙": "差"})],
)
def test_grades_of_another_total_are_judged_on_the_scale_of_a_hundred(full_mark, wrong):
    text = "项目\t得分\t计分值\t等级\n甲\t53.99\t60\t优\n乙\t54.32\t60\t优\n丙\t99\t60\t优\n"
    rules = [rule for rule in RULES if rule.code == "grade.score"]
    findings = proof(read_text(text), Known(full_mark=full_mark), rules).findings
    assert {finding.expected for finding in findings} == set(wrong.values())
    assert len(findings) == len(wrong)
