"""Rules divided between two processes say what one process says, whichever takes which of them."""

from dataclasses import replace
from functools import partial

import pytest

from toolkit.collect.child import can_copy
from toolkit.pipeline.plan.side_by_side import in_a_copy, no_answer
from toolkit.proof.catalogue import RULES
from toolkit.proof.engine import proof
from toolkit.proof.looking import look_in_two
from toolkit.proof.reading import read_text


def fails(report):
    raise ValueError(str(len(report.facts)))


BROKEN = [replace(rule, code=f"broken.{number}", look=fails) for number, rule in enumerate(RULES[:2])]
SOME = [BROKEN[0], *RULES, BROKEN[1]]
DOCUMENT = read_text("\n\n".join(rule.bad[0] for rule in RULES if rule.bad))


@pytest.fixture(scope="module")
def alone():
    """What one process makes of texts in which nearly every rule finds something."""
    made = proof(DOCUMENT, rules=SOME)
    assert len({result.kind for result in made.results}) > 200
    assert len(made.findings) > 100
    assert [rule.code for rule, _ in made.broke] == ["broken.0", "broken.1"]
    assert made.silent
    return made


def done_at_once(work):
    """The other process takes every rule before this one takes any."""
    data = work()
    return lambda: data


def done_in_vain(work):
    """The other process takes every rule and does not answer."""
    work()
    return no_answer


@pytest.mark.parametrize("begin", [done_at_once, done_in_vain, lambda _: no_answer])
def test_whoever_takes_the_rules_they_say_the_same(alone, begin):
    assert proof(DOCUMENT, rules=SOME, look=partial(look_in_two, begin=begin)) == alone


def test_two_processes_say_what_one_says(alone, monkeypatch):
    if not can_copy():  # asked now: tests of the window in the same process may have begun threads
        pytest.skip("processes are copied on Linux alone, before there are threads")
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    answers = []

    def noted(work):
        answer = in_a_copy(work)
        return lambda: answers.append(answer()) or answers[-1]

    assert proof(DOCUMENT, rules=SOME, look=partial(look_in_two, begin=noted)) == alone
    assert [bool(answer) for answer in answers] == [True]


def test_a_report_without_rules_is_looked_at():
    assert proof(DOCUMENT, rules=(), look=partial(look_in_two, begin=done_at_once)).results == ()
