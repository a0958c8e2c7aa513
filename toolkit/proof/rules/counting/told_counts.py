"""A number of things that a sentence tells, held against what it should be."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Result, agrees, doubtful
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact
from toolkit.proof.outline import numeral
from toolkit.proof.report import Report, Sentence


def judged_count(
    report: Report,
    sentence: Sentence,
    match: re.Match[str],
    due: int,
    words: str,
    related: tuple[Place, ...] = (),
    behind: tuple[Fact, ...] = (),
) -> Iterator[Result]:
    """Agreement, or a doubt at the number.

    Args:
        report: the report.
        sentence: where the number stands.
        match: found in the sentence, with groups ``count`` and ``unit``.
        due: what it should be.
        words: begin the message; the right number follows.
        related: where the right number comes from.
        behind: facts that stand for a number that is none of the report's facts.
    """
    start = sentence.start + match.start("count")
    facts = report.facts_within(sentence.place, start, start + 1)
    if numeral(match["count"]) == due:
        yield from (agrees(*own) for own in (facts or behind,) if own)
        return
    shown, right = f"{match['count']}{match['unit']}", f"{due}{match['unit']}"
    yield doubtful(sentence.place, shown, right, f"{words}{right}", facts=facts, related=related, confidence=80)
