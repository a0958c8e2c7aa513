"""Every worked example scores as written, and says why."""

import pytest
from rule_cases import FOLDER, WorkedExample, all_examples, score_of

from toolkit.rules import KINDS


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
