"""One contradiction is one finding, however many rules see it."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from toolkit.proof.catalogue import RULES
from toolkit.proof.declaration import Group, Verdict, differs
from toolkit.proof.document import Place
from toolkit.proof.engine import proof
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.folding import folded
from toolkit.proof.reading import read_text

TEXTS = [(rule.code, text) for rule in RULES for text in rule.bad]


@pytest.mark.parametrize(("code", "text"), TEXTS, ids=lambda item: item if "." in item[:20] else "")
def test_all_rules_together_call_nothing_wrong_twice(code, text):
    result = proof(read_text(text))
    findings = result.findings
    assert findings, code
    assert result.broke == ()
    told = Counter((finding.place, finding.found) for finding in findings if finding.found)
    # The same words may be wrong in two places of a paragraph: only what is told of one place counts.
    wrong = {(finding.place, finding.found): {fact.start for fact in finding.facts} for finding in findings}
    assert [what for what, times in told.items() if times > 1 and len(wrong[what]) < 2] == []


def test_what_several_rules_reckon_alike_is_told_once():
    text = "该指标分值4分，扣1分，得2分。"
    alone = {rule.code for rule in RULES if proof(read_text(text), rules=[rule]).findings}
    assert {"logic.deduction", "reckon.marks", "score.left", "score.reckoned"} <= alone
    (finding,) = proof(read_text(text)).findings
    assert finding.verdict is Verdict.DIFFERS
    assert "另与别处不符" not in finding.message


def test_what_contradicts_a_number_in_another_way_is_told_with_it():
    (rule,) = (rule for rule in RULES if rule.code == "fund.gap")
    (text,) = (text for text in rule.bad if "其中甲监测平台缺口310" in text)
    (finding,) = [finding for finding in proof(read_text(text)).findings if finding.found == "310.00万元"]
    assert "大于总数272.00万元" in finding.message
    assert "620.00万元减490.00万元为130万元" in finding.message


def test_two_numbers_of_one_sentence_are_two_findings():
    text = "2022年支付80万元，2023年支付100万元，比上年增加30万元。\n预算327.66万元，到位320.00万元，到位率99.66%。"
    assert [finding.found for finding in proof(read_text(text)).findings] == ["30万元", "99.66%"]


PLACE, ELSEWHERE, CELL = Place(1, 1), Place(2, 2), Place(3, table=1, row=2, column=3)
NUMBER = Fact(FactKind.MONEY, "664.20万元", PLACE, 10, 18, Decimal("664.20"), Decimal("0.01"), "万元")


def contradiction(expected, message, **more):
    return replace(
        differs(PLACE, "664.20万元", expected, message, facts=(NUMBER,), **more), kind="a", group=Group.RATES
    )


def test_what_one_sign_would_mend_comes_first():
    told = folded([contradiction("490万元", "一", confidence=95), contradiction("665.20万元", "二", confidence=80)])
    assert [(finding.expected, finding.message) for finding in told] == [("665.20万元", "二（另与别处不符：一）")]


def test_places_of_what_says_the_same_are_kept():
    told = folded([contradiction("665.20万元", "一"), contradiction("665.2万元", "二", related=(ELSEWHERE,))])
    assert [(finding.message, finding.related) for finding in told] == [("一", (ELSEWHERE,))]


def test_a_doubt_beside_a_contradiction_is_not_told():
    doubt = replace(contradiction("490万元", "疑"), verdict=Verdict.DOUBTFUL)
    assert [finding.message for finding in folded([doubt, contradiction("665.20万元", "一")])] == ["一"]


def test_the_same_digits_in_two_places_of_a_paragraph_are_two_numbers():
    again = replace(contradiction("665.20万元", "二"), facts=(replace(NUMBER, start=40, end=48),))
    assert len(folded([contradiction("665.20万元", "一"), again])) == 2


def test_reasons_that_rest_on_other_numbers_are_told_together():
    cell = contradiction("665.20万元", "二", related=(CELL,))
    reckoned = contradiction("665.20万元", "一")
    other = replace(reckoned, message="三", facts=(NUMBER, replace(NUMBER, start=1)))
    assert [finding.message for finding in folded([cell, other])] == ["二；三"]
    assert [finding.message for finding in folded([reckoned, cell, other])] == ["一"], "rests on no other number"
