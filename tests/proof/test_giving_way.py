"""A rule that guesses gives way where another reckoning says that the number is right, and says so itself."""

from collections.abc import Iterator

import pytest

from toolkit.proof.declaration import Group, Result, Yields, agrees, differs, doubtful, rule
from toolkit.proof.engine import proof
from toolkit.proof.reading import read_text
from toolkit.proof.report import Report

TEXT = "预算12,345.60万元，增加2,000.00万元，共14,345.60万元。\n全年共14,345.60万元。"


def guessing(yields, say=doubtful, place=0, **more):
    @rule("guess", group=Group.SUMS, title="", yields=yields)
    def look(report: Report) -> Iterator[Result]:
        fact = [fact for fact in report.facts if fact.text == "14,345.60万元"][place]
        yield say(fact.place, fact.text, "14,345.06万元", "", facts=(fact,), **more)

    return look


@rule("sum", group=Group.SUMS, title="")
def reckoning(report: Report) -> Iterator[Result]:
    first, second, total = report.facts[:3]
    yield agrees(total, first, second)


@pytest.mark.parametrize(
    ("guess", "told"),
    [
        (guessing(Yields.NOWHERE), True),
        (guessing(Yields.HERE), False),
        (guessing(Yields.HERE, confidence=80), True),
        (guessing(Yields.HERE, say=differs), True),
        (guessing(Yields.HERE, place=1), True),
        (guessing(Yields.ELSEWHERE, place=1), False),
        (guessing(Yields.ELSEWHERE, say=differs, place=1), False),
        (guessing(Yields.HERE | Yields.ELSEWHERE), False),
    ],
)
def test_a_guess_gives_way_as_its_rule_declares(guess, told):
    assert bool(proof(read_text(TEXT), rules=[guess, reckoning]).findings) is told
    assert proof(read_text(TEXT), rules=[guess]).findings, "nobody reckons"
