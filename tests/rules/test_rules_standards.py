"""The standard that a unit reads in its form says what the formula does, in every branch of a rule."""

from decimal import Decimal

import pytest

from toolkit.rules import Rule, build_rule, kind_of, read_checkpoints, read_parameters


def rule_of(label: str, parameters: str, checkpoints: str = "") -> Rule:
    kind = kind_of(label)
    assert kind is not None
    reading = build_rule(kind, read_parameters(parameters), read_checkpoints(checkpoints), Decimal(5))
    assert reading.rule is not None, reading.misfits
    return reading.rule


@pytest.mark.parametrize(
    ("label", "parameters", "standard"),
    [
        ("计数扣分", "每项扣=1", "无问题得5分；每发现1项扣1分，扣完为止。"),
        ("计数扣分", "每项扣=1；归零项数=1", "无问题得5分；每发现1项扣1分，达到1项不得分。"),
        ("差额扣分", "目标=3；每差1扣=2；单位=年", "实际完成值不低于3年得5分；每差1年扣2分，扣完为止。"),
        (
            "差额扣分",
            "目标=3；每差1扣=2；单位=天；方向=越小越好",
            "实际完成值不超过3天得5分；每差1天扣2分，扣完为止。",
        ),
        (
            "线性计分",
            "满分值=95%；零分值=60%",
            "实际完成值达到或高于95%得5分；达到或低于60%不得分；其间按线性比例计分。",
        ),
        (
            "线性计分",
            "满分值=3；零分值=10；单位=天；起评分=2",
            "实际完成值达到或低于3天得5分；为10天得2分，高于10天不得分；其间按线性比例计分。",
        ),
        ("线性计分", "满分值=95%；零分值=60%；档数=5", "达到或低于60%不得分；其间分5档计分。"),
        ("时限计分", "止=2024-11-30；延期扣=1；延期月数=1", "2024年11月30日"),
    ],
)
def test_a_standard_in_words(label: str, parameters: str, standard: str) -> None:
    assert standard in rule_of(label, parameters).standard(Decimal(5))


@pytest.mark.parametrize(
    ("checkpoints", "shares"),
    [("甲\n乙", "共2个要点，平分5分"), ("甲（2分）\n乙（3分）", "共2个要点，按所列分值的占比分5分")],
)
def test_checkpoints_share_the_mark_alike_or_by_their_points(checkpoints: str, shares: str) -> None:
    assert rule_of("要点分档", "", checkpoints).standard(Decimal(5)).startswith(shares)


@pytest.mark.parametrize("bands", ["≥95%:5，90%~95%:4，其余:0", "≥95%:5，≥90%:4，其余:0"])
def test_points_within_a_band_need_its_lower_limit(bands: str) -> None:
    assert "按比例" in rule_of("分段计分", f"分段={bands}；段内=按比例").standard(Decimal(5))


def test_a_band_without_a_lower_limit_cannot_be_shared_out() -> None:
    kind = kind_of("分段计分")
    assert kind is not None
    reading = build_rule(kind, read_parameters("分段=≤3:5，≤5:4，其余:0；段内=按比例"), (), Decimal(5))
    assert reading.rule is None
    assert "每段都写下限" in reading.misfits[0].message
