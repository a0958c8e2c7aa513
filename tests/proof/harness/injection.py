"""What an injected error is, and the tools its kinds share. A kind that finds nothing to spoil gives None."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from tests.proof.harness.paper import Paper, Rows

NUMBER = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|(?<![0-9.])[0-9]+(?:\.[0-9]+)?")
TOTALS = ("合计", "总计", "总分")


@dataclass(frozen=True)
class Injection:
    """A paper with one error in it.

    Attributes:
        places: the parts a finding may point at: the spoiled one first, its counterparts behind it.
        wrong: text that stands there now and is wrong; "" where something is missing.
    """

    paper: Paper
    places: tuple[int, ...]
    wrong: str


Inject = Callable[[Paper, Random], Injection | None]
KINDS: dict[str, Inject] = {}
"""Every kind of error by its Chinese name, in the order of the table."""


def kind(name: str) -> Callable[[Inject], Inject]:
    """Declare a kind of error."""

    def declare(inject: Inject) -> Inject:
        assert name not in KINDS, name
        KINDS[name] = inject
        return inject

    return declare


def number_of(text: str) -> Decimal | None:
    """The number a cell consists of, a percent sign left out."""
    plain = text.strip().removesuffix("%").replace(",", "")
    return Decimal(plain) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", plain) else None


def step_of(text: str) -> Decimal:
    """The printed precision of a number."""
    return Decimal(1).scaleb(-len(text.partition(".")[2].rstrip("%")))


def another_digit(text: str, random: Random, least: Decimal = Decimal(0)) -> str | None:
    """The number with one digit changed so that it differs by more than ``least``; its length stays."""
    spots = [place for place, char in enumerate(text) if char.isdigit()]
    random.shuffle(spots)
    for spot in spots:
        digits = [digit for digit in "123456789" if digit != text[spot]]
        random.shuffle(digits)
        for digit in digits:
            other = text[:spot] + digit + text[spot + 1 :]
            if abs((number_of(other) or Decimal(0)) - (number_of(text) or Decimal(0))) > least:
                return other
    return None


def transposed(text: str, random: Random, least: Decimal = Decimal(0)) -> str | None:
    """The number with two neighbouring digits in each other's place."""
    pairs = [place for place in range(len(text) - 1) if text[place : place + 2].isdigit()]
    random.shuffle(pairs)
    for place in pairs:
        other = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        if other.startswith("0") and not text.startswith("0"):
            continue
        if abs((number_of(other) or Decimal(0)) - (number_of(text) or Decimal(0))) > least:
            return other
    return None


def in_paragraph(
    paper: Paper, random: Random, pattern: str, change: Callable[[re.Match[str]], str | None]
) -> Injection | None:
    """Change what group 1 (or all) of a pattern finds in one paragraph; ``change`` may refuse."""
    found = [
        (place, match)
        for place in paper.paragraphs()
        for match in re.finditer(pattern, paper.parts[place].text)
        if not re.search(r"…{3}|\.{6}", paper.parts[place].text)
    ]
    random.shuffle(found)
    for place, match in found:
        group = 1 if match.re.groups else 0
        other = change(match)
        if other is None or other == match[group]:
            continue
        text = paper.parts[place].text
        return Injection(
            paper.with_text(place, text[: match.start(group)] + other + text[match.end(group) :]), (place,), other
        )
    return None


def in_any(
    paper: Paper, random: Random, pattern: str, change: Callable[[re.Match[str]], str | None] | str
) -> Injection | None:
    """Change what group 1 of a pattern finds in one paragraph or cell; ``change`` may refuse."""
    found = [
        (place, row, column, match)
        for place, part in enumerate(paper.parts)
        for row, cells in enumerate(part.rows or ((part.text,),))
        for column, text in enumerate(cells)
        for match in re.finditer(pattern, text)
    ]
    random.shuffle(found)
    for place, row, column, match in found:
        other = change if isinstance(change, str) else change(match)
        if other is None or other == match[1]:
            continue
        text = match.string[: match.start(1)] + other + match.string[match.end(1) :]
        table = bool(paper.parts[place].rows)
        spoiled = paper.with_cell(place, row, column, text) if table else paper.with_text(place, text)
        return Injection(spoiled, around(paper, place), other)
    return None


@dataclass(frozen=True)
class Summed:
    """A column of a table that adds up to its total, as the clean paper prints it."""

    place: int
    column: int
    total: int
    addends: tuple[int, ...]
    tolerance: Decimal


def summed_columns(paper: Paper) -> Iterator[Summed]:
    """Columns with a total row that the rows above it add up to."""
    for place in paper.tables():
        rows = paper.parts[place].rows
        first = 1
        for total, cells in enumerate(rows):
            if not any(cell.strip() in TOTALS for cell in cells[:3]):
                continue
            for column in range(1, len(cells)):
                summed = _summed(rows, place, column, first, total)
                if summed:
                    yield summed
            first = total + 1


def _summed(rows: Rows, place: int, column: int, first: int, total: int) -> Summed | None:
    printed = rows[total][column]
    whole = number_of(printed)
    addends = tuple(row for row in range(first, total) if number_of(rows[row][column]) is not None)
    if whole is None or len(addends) < 2 or printed.endswith("%"):
        return None
    steps = [step_of(rows[row][column]) for row in (*addends, total)]
    tolerance = sum(steps, Decimal(0)) / 2
    added = sum((number_of(rows[row][column]) or Decimal(0) for row in addends), Decimal(0))
    return Summed(place, column, total, addends, tolerance) if abs(added - whole) <= tolerance else None


def around(paper: Paper, place: int) -> tuple[int, ...]:
    """A table's place with those of its caption and unit line."""
    return tuple(near for near in (place, place - 1, place - 2, place + 1) if 0 <= near < len(paper.parts))
