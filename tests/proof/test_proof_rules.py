"""Every rule finds something in its bad texts and nothing in its good ones; codes are unique."""

import pytest

from toolkit.proof.catalogue import RULES
from toolkit.proof.engine import proof
from toolkit.proof.reading import read_text

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
    assert [rule.code for rule in RULES if not rule.bad or not rule.good] == []
