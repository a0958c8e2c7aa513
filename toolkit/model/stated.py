"""What a finding states: values with their unit, and sentences with values in them; text only when printed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self, TypeAlias

from toolkit.model.numbers import amount, chinese_date, percent, readable, score
from toolkit.model.values import ErrorValue

BLANK = "空白"
_MOST_PLACES, _FINEST = 6, 30
_INNER = str.maketrans("“”", "‘’")
_PLACE = re.compile(r"\{\{|\}\}|\{(\w+)\}")
"""A brace that is meant, or a name and nothing else: a template that came from outside asks no value for more."""


def inside_quotes(name: str) -> str:
    """A name as it stands between quotation marks: those it brings itself become the inner ones, ‘甲’系统."""
    return name.translate(_INNER)


class Form(StrEnum):
    """How a value is printed."""

    PLAIN = "plain"
    """A number with the digits it has, ``286.5``; a day as ``2024年3月5日``; anything else as it is."""
    GROUPED = "grouped"
    """An amount, ``1,566,233.22``: without a number of places with all it has, two at least and six at most."""
    FIXED = "fixed"
    """A number with all its places, ``93.50``."""
    PERCENT = "percent"
    """A fraction as a percentage, ``97.26%``: without a number of places with all its digits."""
    ISO = "iso"
    """A day as ``2024-03-05``."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A value with its unit, and how it is printed.

    Attributes:
        value: a fraction for a rate, a day for a date; None for a blank.
        unit: 万元, 分, 个 …, printed behind a number; "" for a rate, or where the words around it say the unit.
        places: decimals that are printed; None for as many as the form says.
    """

    value: Decimal | date | str | bool | ErrorValue | None
    form: Form = Form.PLAIN
    unit: str = ""
    places: int | None = None

    def __str__(self) -> str:
        match self.value:
            case None | "":
                return BLANK
            case Decimal():
                return f"{_number(self.value, self.form, self.places)}{self.unit}"
            case date():
                return self.value.isoformat() if self.form is Form.ISO else chinese_date(self.value)
            case _:
                return str(self.value)

    @property
    def number(self) -> Decimal | None:
        """The value where it is a number."""
        return self.value if isinstance(self.value, Decimal) else None

    @property
    def is_rate(self) -> bool:
        """A fraction that people see as a percentage."""
        return self.form is Form.PERCENT


def _number(number: Decimal, form: Form, places: int | None) -> str:
    if places is not None:
        places = min(max(places, 0), _FINEST)  # what came from a worker is printed, whatever it says
    match form:
        case Form.GROUPED:
            return amount(number, min(max(2, _decimals(number)), _MOST_PLACES) if places is None else places)
        case Form.FIXED:
            return score(number, 2 if places is None else places)
        case Form.PERCENT:
            return f"{readable(number * 100)}%" if places is None else percent(number, places)
        case _:
            return readable(number)


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the program's own, ``{found}超过{basis}``, and the values of its words.

    Attributes:
        template: placeholders in braces; a brace that is meant stands twice.
        words: name and value of each placeholder.
        figure: the one value the sentence stands for, where it stands for one: 100 % for “不超过100%”.
    """

    template: str
    words: tuple[tuple[str, str | Stated], ...] = ()
    figure: Stated | None = None

    @classmethod
    def of(cls, template: str, words: "Mapping[str, Content]") -> Self:
        """The sentence with its words; one that is a sentence itself is text here."""
        kept = ((name, str(word) if isinstance(word, Sentence) else word) for name, word in words.items())
        return cls(template, tuple(kept))

    @classmethod
    def saying(cls, template: str, **words: "Word") -> Self:
        """The sentence with words by their names: days as ``2025-03-05``, counts as numbers."""
        return cls.of(template, {name: _as_content(word) for name, word in words.items()})

    def __str__(self) -> str:
        words = dict(self.words)
        return _PLACE.sub(lambda place: self._said(place, words) if place[1] else place[0][0], self.template)

    def _said(self, place: re.Match[str], words: Mapping[str, str | Stated]) -> str:
        """A word at its place; between “ and ” its own quotation marks are the inner ones."""
        word = str(words.get(place[1], place[0]))
        is_quoted = self.template[place.start() - 1 : place.start()] == "“" and "“" in word
        return inside_quotes(word) if is_quoted and self.template[place.end() :][:1] == "”" else word

    def word(self, name: str) -> str | Stated:
        """The value of a word; "" when the sentence has no such word."""
        return dict(self.words).get(name, "")


Word: TypeAlias = "str | int | Decimal | date | Exception | Stated | Sentence | None"


def _as_content(word: Word) -> "Content":
    match word:
        case str() | Stated() | Sentence():
            return word if isinstance(word, Stated | Sentence) else str(word)
        case bool() | None:
            return str(word)
        case int():
            return Stated(Decimal(word))
        case Decimal():
            return Stated(word)
        case date():
            return Stated(word, Form.ISO)
        case _:
            return str(word)


Content: TypeAlias = str | Stated | Sentence
"""What stands in a place or should: a text as it is, a value with its unit, or words with values in them."""


def listed(
    figures: Sequence[tuple[str, Stated]],
    between: str,
    *,
    before: str = "",
    end: str = "",
    figure: Stated | None = None,
) -> Sentence:
    """Values one after another, each behind its label: ``甲＝286.5万元，乙＝97.26%``."""
    places = between.join(f"{literal(label)}{{v{number}}}" for number, (label, _) in enumerate(figures))
    words = tuple((f"v{number}", value) for number, (_, value) in enumerate(figures))
    return Sentence(f"{literal(before)}{places}{literal(end)}", words, figure)


def followed(told: str | Sentence, text: str) -> str | Sentence:
    """What was told, with a text behind it."""
    return Sentence(told.template + literal(text), told.words) if isinstance(told, Sentence) else told + text


def stated_in(content: Content) -> Stated | None:
    """The one value something stands for; None for a text."""
    if isinstance(content, Sentence):
        return content.figure
    return content if isinstance(content, Stated) else None


def literal(text: str) -> str:
    """A text as (part of) a template that has no placeholders."""
    return text.replace("{", "{{").replace("}", "}}")
