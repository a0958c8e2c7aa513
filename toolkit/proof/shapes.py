"""Sentences of prose in which every number is one sign, so that a short pattern says how numbers stand to each other.

``计划支持300人，实际支持290人，完成率96.67%，差10人`` becomes ``计划支持■，实际支持■，完成率▲，差■``: the sign says
what kind the number is of, and which it is. Years and days count as words; small numbers in words (前两项) do, too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from toolkit.proof.document import Place
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.once import once
from toolkit.proof.report import Report, tells
from toolkit.proof.searching import Searched
from toolkit.text.folding import half_width
from toolkit.text.numerals import Hedge
from toolkit.text.patterns import Pattern

_BLOCK = 0x400
_FIRST = {
    FactKind.MONEY: 0xE000,
    FactKind.COUNT: 0xE400,
    FactKind.SCORE: 0xE800,
    FactKind.PERCENT: 0xEC00,
    FactKind.POINTS: 0xF000,
}
_BOUND = 0xF400
"""From here on: numbers that are bounds or ranges, which stand for no value."""
_MARKS = {
    "N": "\ue000-\uebff",
    "M": "\ue000-\ue3ff",
    "C": "\ue400-\ue7ff",
    "S": "\ue800-\uebff",
    "P": "\uec00-\uefff",
    "Q": "\uf000-\uf3ff",
    "R": "\uec00-\uf3ff",
    "A": "\ue000-\uf3ff",
    "E": "\ue000-\uf7ff",
}
"""N a quantity, M money, C a count, S a score, P per cent, Q points, R either, A any, E also a bound (低于90%)."""
_NO_WORD = ",。;:!?\n\ue000-\uf7ff"
_STOP = Pattern("[。;!?\n]")
_LONG_STOP = Pattern("[。!?\n]")
_SMALL = 12


@dataclass(frozen=True, slots=True)
class Shape:
    """A sentence with its numbers as signs.

    Attributes:
        text: the words and signs.
        facts: all numbers of the paragraph; a sign stands for one of them.
        earlier: what stands before it in its paragraph.
    """

    place: Place
    text: str
    facts: Sequence[Fact]
    earlier: str = ""

    def fact(self, sign: str) -> Fact:
        """The number that a sign stands for."""
        return self.facts[ord(sign) % _BLOCK]

    def facts_in(self, text: str) -> list[Fact]:
        """The numbers of some words, in order."""
        return [self.fact(sign) for sign in text if "\ue000" <= sign < chr(_BOUND)]

    def words(self, text: str) -> str:
        """The words as they are printed, the numbers in them again."""
        return re.sub("[\ue000-\uf7ff]", lambda match: self.fact(match[0]).text, text)


@once
def shapes(report: Report) -> tuple[Shape, ...]:
    """All sentences of the prose and of cells that tell, with two numbers or more; several rules ask for them."""
    texts = ((place, text) for place, text in report.document.texts() if not place.table or tells(text))
    return tuple(shape for place, text in texts for shape in _of(report, place, text, _STOP))


@once
def long_shapes(report: Report) -> tuple[Shape, ...]:
    """The same up to the full stop, for what is told on both sides of a semicolon."""
    texts = ((place, text) for place, text in report.document.texts_with(_SEMICOLON) if not place.table or tells(text))
    return tuple(shape for place, text in texts for shape in _of(report, place, text, _LONG_STOP))


_SEMICOLON = Pattern("[；;]")


def long_shapes_with(report: Report, *patterns: Pattern) -> Sequence[Shape]:
    """Those of :func:`long_shapes` in whose text one of some patterns may be found."""
    return _long_searched(report).fitting(*patterns)


@once
def _long_searched(report: Report) -> Searched[Shape]:
    found = [shape for shape in long_shapes(report) if ";" in shape.text]
    return Searched(found, [shape.text for shape in found])


def shapes_with(report: Report, *patterns: Pattern) -> Sequence[Shape]:
    """Those of :func:`shapes` in whose text one of some patterns may be found: the others lack a word."""
    return _searched(report).fitting(*patterns)


@once
def _searched(report: Report) -> Searched[Shape]:
    return Searched(shapes(report), [shape.text for shape in shapes(report)])


def _of(report: Report, place: Place, text: str, stop: Pattern) -> Iterator[Shape]:
    facts = report.facts_at(place)
    if not facts or len(facts) > _BLOCK:
        return
    signs: list[str] = []
    at = 0
    for number, fact in enumerate(facts):
        sign = _sign(fact, number)
        signs += [text[at : fact.start], sign or text[fact.start : fact.end]]
        at = fact.end
    whole = half_width("".join([*signs, text[at:]]))
    start = 0
    for end in (*(match.end() for match in stop.finditer(whole)), len(whole)):
        sentence = whole[start:end]
        if re.search("[\ue000-\uf7ff]", sentence):
            yield Shape(place, sentence, facts, whole[:start])
        start = end


def _sign(fact: Fact, number: int) -> str:
    if fact.kind not in _FIRST or fact.value is None:
        return ""
    if fact.kind is FactKind.COUNT and not re.search("[0-9０-９]", fact.text) and fact.value <= _SMALL:
        return ""
    told = fact.upper is None and fact.hedge in (Hedge.EXACT, Hedge.ABOUT)
    return chr((_FIRST[fact.kind] if told else _BOUND) + number)


@lru_cache(500)
def frame(pattern: str) -> Pattern:
    """A pattern: ``<a:N>`` is a number named a, ``<N>`` one without a name, ``~8`` up to 8 signs of words.

    Marks of punctuation are those of :func:`~toolkit.text.folding.half_width`.
    """
    text = re.sub(r"<(?:(?P<name>[a-z]\w*):)?(?P<mark>[A-Z])>", _number, pattern)
    text = re.sub(r"~(\d+)", lambda match: f"[^{_NO_WORD}]{{0,{match[1]}}}?", text)
    return Pattern(f"(?={text})")


def _number(match: re.Match[str]) -> str:
    name = f"?P<{match['name']}>" if match["name"] else "?:"
    return f"({name}[{_MARKS[match['mark']]}])"
