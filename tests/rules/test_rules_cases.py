"""Every worked example scores as written, and says why."""

from decimal import Decimal

import pytest
from rule_cases import FOLDER, WorkedExample, all_examples, score_of

from toolkit.formula import evaluate
from toolkit.rules import FULL_MARK, KINDS, build_rule, kind_of


@pytest.mark.parametrize("example", all_examples(), ids=str)
def test_worked_example(example: WorkedExample):
    score = score_of(example.rule, example.values, example.full_mark)
    assert score == example.score
    assert example.words in example.rule.because(example.values, example.full_mark, score)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_examples_with_and_without_data(kind: str):
    examples = [one for one in all_examples() if one.kind == kind]
    assert len(examples) >= 4, f"{FOLDER / kind}.md"
    assert any(all(value is None for value in one.values.values()) for one in examples)


@pytest.mark.parametrize("kind", KINDS)
def test_the_standard_is_one_sentence_in_words(kind: str):
    rule = next(one.rule for one in all_examples() if one.kind == kind)
    standard = rule.standard(next(one.full_mark for one in all_examples() if one.kind == kind))
    assert standard.endswith("。")
    assert "分" in standard
    assert KINDS[kind].source


@pytest.mark.parametrize(
    ("places", "words"), [(1, "扣1.1分，得4.9分"), (2, "扣1.11分，得4.89分"), (3, "扣1.110分，得4.890分")]
)
def test_points_are_said_with_the_decimals_of_the_scheme(places: int, words: str):
    rule = build_rule(kind_of("tolerance_band"), (("区间", "5%"), ("每超1%扣", "0.37")), (), Decimal(6)).rule
    values = {"完成值": Decimal("0.08")}
    score = evaluate(rule.formula(places), {**values, FULL_MARK: Decimal(6)})
    assert words in rule.because(values, Decimal(6), score, places)
