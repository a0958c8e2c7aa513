"""How many projects scored themselves higher, lower, the same: only of those that scored themselves."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from sample_masters import NANTONG, sample

from toolkit.model import Figure, SelfFigures
from toolkit.report.overall import overall_words

NOTHING = Decimal(0)


def silent(figures: SelfFigures) -> SelfFigures:
    """As the master has a project that sent nothing back and was judged all the same."""
    blank = {
        name: replace(getattr(figures, name), value=NOTHING, text="0")
        for name in ("given", "claimed", "verified", "difference", "full")
    }
    return replace(figures, **blank)


def counted(sentence: tuple[str | Figure, ...]) -> list[int]:
    text = "".join(part.text if isinstance(part, Figure) else part for part in sentence)
    return [int(number) for number in re.findall(r"(\d+)个", text)]


@pytest.mark.parametrize("kept", [1, 20, 38])
def test_higher_lower_and_the_same_are_all_that_scored_themselves(kept: int):
    facts = sample(NANTONG).facts
    own = facts.figures.self_scores
    every = tuple(figures if number < kept else silent(figures) for number, figures in enumerate(own))
    sentence = overall_words(replace(facts, figures=replace(facts.figures, self_scores=every)))["自评说明"]
    known, *parts = counted(sentence)
    assert sum(isinstance(part, Figure) for part in sentence) == 4, "each is counted again from cells"
    assert known == min(kept, len(own))
    assert sum(parts) == known
