"""What every rule says of a report: by one process, or by two that meet in the middle; the same either way."""

import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from mmap import mmap
from typing import TypeAlias

from toolkit.proof.declaration import Result, Rule
from toolkit.proof.evidence import weighed
from toolkit.proof.facts import Fact
from toolkit.proof.report import Report

Said: TypeAlias = Sequence[Result] | str
"""What a rule says; a text where it failed: with what error."""
Look: TypeAlias = Callable[[Report, Sequence[Rule]], Sequence[Said]]
"""What each of some rules says of a report, in their order."""
Begin: TypeAlias = Callable[[Callable[[], bytes]], Callable[[], bytes | None]]
"""Begins some work elsewhere; what comes back waits for its bytes, None where they do not come."""
_Piece: TypeAlias = Sequence[tuple[int, Rule]]


def look(report: Report, rules: Sequence[Rule]) -> Sequence[Said]:
    """What the rules say, one after the other."""
    return [said_by(rule, report) for rule in rules]


def said_by(rule: Rule, report: Report) -> Said:
    """What one rule says."""
    try:
        found = (result.of(rule.code, rule.group) for result in rule.look(report))
        return list(found if rule.named else (weighed(report, result) for result in found))
    except Exception as error:  # noqa: BLE001 - one rule's fault is shown and costs only that rule
        return f"{type(error).__name__}: {error}"[:200]


def look_in_two(report: Report, rules: Sequence[Rule], begin: Begin) -> Sequence[Said]:
    """The same, by two processes: this one from the first rule on, a copy of it from the last one backwards.

    Rules of one module stay together: they ask for the same things. Where both take a piece at the same moment, both
    do it; what the copy does not answer is done here.
    """
    numbered = groupby(enumerate(rules), key=lambda item: item[1].look.__module__)
    pieces = [list(piece) for _, piece in numbered]
    _ = report.texts, report.prose  # both need them
    with mmap(-1, max(1, len(pieces))) as taken:  # memory that both see
        answer = begin(lambda: _packed(report, _taken_by(report, reversed(list(enumerate(pieces))), taken)))
        said = _taken_by(report, enumerate(pieces), taken)
        said |= _unpacked(report, answer())
    return [said[number] if number in said else said_by(rule, report) for number, rule in enumerate(rules)]


def _taken_by(report: Report, pieces: Iterable[tuple[int, _Piece]], taken: mmap) -> dict[int, Said]:
    """By number of rule what is said, up to the piece that the other process has taken."""
    said: dict[int, Said] = {}
    for at, piece in pieces:
        if taken[at]:
            break
        taken[at] = 1
        said |= {number: said_by(rule, report) for number, rule in piece}
    return said


def _packed(report: Report, said: Mapping[int, Said]) -> bytes:
    """As bytes; a number of the report is told by its place among them, for it counts which number it is."""
    places = {id(fact): place for place, fact in enumerate(report.facts)}

    def parted(result: Result) -> tuple[Result, tuple[int | Fact, ...]]:
        return replace(result, facts=()), tuple([places.get(id(fact), fact) for fact in result.facts])

    return pickle.dumps({n: each if isinstance(each, str) else list(map(parted, each)) for n, each in said.items()})


def _unpacked(report: Report, data: bytes | None) -> dict[int, Said]:
    def whole(result: Result, facts: Sequence[int | Fact]) -> Result:
        found = [report.facts[fact] if isinstance(fact, int) else fact for fact in facts]
        return replace(result, facts=tuple(found))

    said = pickle.loads(data) if data else {}  # noqa: S301 - from a copy of this process
    return {n: each if isinstance(each, str) else [whole(*item) for item in each] for n, each in said.items()}
