"""Sentences in which numbers stay figures, Chinese ordinals, and lists of names."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from toolkit.model import Figure, Finding
from toolkit.model.stated import inside_quotes

Sentence: TypeAlias = tuple[str | Figure, ...]
"""Words and figures in order; a template prints it with ``{{ 句 }}``, and the figures stay traceable."""

_STOPS = "。；;，,."
_DIGITS = "零一二三四五六七八九"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?", re.ASCII)
_CUT_AT_NUMBERS = re.compile(f"({_NUMBER.pattern})", re.ASCII)


class Numbering:
    """Numbers captions as they are printed: ``表{{ 表号 }}`` is 表1, then 表2, whatever a template leaves out.

    Attributes:
        last: the number printed last.
    """

    def __init__(self) -> None:
        self.last = 0

    def __html__(self) -> str:
        self.last += 1
        return str(self.last)

    __str__ = __html__


def say(*pieces: str | Figure | Sentence) -> Sentence:
    """A sentence from words, figures and other sentences; words beside words become one piece."""
    flat: list[Any] = []
    behind_words = False
    for piece in pieces:
        for part in piece if isinstance(piece, tuple) else (piece,):
            if isinstance(part, Figure):
                flat.append(part)
                behind_words = False
            elif behind_words:
                flat[-1] += part
            elif part:
                flat.append(part)
                behind_words = True
    return tuple(flat)


def numbers_in(text: str) -> list[str]:
    """Every number of a text as it is written, in order."""
    return _NUMBER.findall(text)


def width(sentence: Sentence) -> int:
    """How many Chinese characters wide a sentence is; digits and Latin letters are half as wide."""
    text = "".join(part.text if isinstance(part, Figure) else part for part in sentence)
    return (2 * len(text) - len(text.encode("ascii", "ignore")) + 1) // 2


def quote(text: str, at: str, *, after: str = "") -> Sentence:
    """Words that stand in a cell of the master, every number in them a figure of its own: ``指标得分!L7#2``.

    Args:
        text: the words; they may leave out line breaks and full stops of the cell.
        at: the cell; "" quotes nothing, and the words stay words.
        after: what the cell holds before these words.
    """
    if not at:
        return (text,)
    first, *rest = _CUT_AT_NUMBERS.split(text)
    pieces: list[str | Figure] = [first] if first else []
    said_before = len(numbers_in(after)) if rest and after else 0
    for number, (printed, behind) in enumerate(zip(rest[::2], rest[1::2], strict=True), said_before + 1):
        pieces.append(Figure(None, f"{at}#{number}", printed))
        if behind:
            pieces.append(behind)
    return tuple(pieces)


def ordinal(number: int) -> str:
    """1 → 一, 12 → 十二, 40 → 四十; up to 99, as headings count."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def quoted(names: Iterable[str], most: int = 0, noun: str = "项目") -> str:
    """“甲”“乙”; beyond ``most`` names “甲”“乙”等项目. 《》 are for documents, not for projects (GB/T 15834)."""
    every = list(dict.fromkeys(names))
    shown = every[:most] if most else every
    text = "".join(map(in_quotes, shown))
    return text if len(shown) == len(every) else f"{text}等{noun}"


def in_quotes(name: str) -> str:
    """“甲”; quotes the name brings itself become the inner ones: “‘甲’系统”."""
    return f"“{inside_quotes(name)}”"


def listed(words: Iterable[str], most: int = 0, noun: str = "") -> str:
    """甲、乙、丙; beyond ``most`` words 甲、乙等."""
    every = list(dict.fromkeys(words))
    shown = every[:most] if most else every
    text = "、".join(shown).replace("”、“", "”“")  # no comma between quotation marks (GB/T 15834)
    return text if len(shown) == len(every) else f"{text}等{noun}"


def named(names: Iterable[str]) -> str:
    """Names of projects in a row: 甲、乙; all in quotation marks where one of them holds a comma: “甲、乙项目”“丙”."""
    every = list(dict.fromkeys(names))
    return quoted(every) if any(comma in name for name in every for comma in "、，,") else listed(every)


def chained(parts: Sequence[Sentence], between: str = "、", end: str = "") -> Sentence:
    """Sentences in a row with words between them."""
    joined: list[str | Figure] = []
    for number, part in enumerate(parts):
        joined.extend((between, *part) if number else part)
    return (*joined, end) if end else tuple(joined)


def stopped(text: str) -> str:
    """The text with exactly one full stop at its end; "" stays empty."""
    bare = text.strip().rstrip(_STOPS)
    return f"{bare}。" if bare else ""


def said(finding: Finding, at: str = "") -> Sentence:
    """A finding in one line with what was decided about it, without the number of a check in the unit's workbook.

    Args:
        finding: the finding.
        at: the cell of the master that holds its words.
    """
    message = one_line(finding.message).rstrip(_STOPS)
    decided = one_line(finding.decided)
    return say(quote(message, at), quote(decided, at, after=finding.undecided) if decided else (), "。")


def one_line(text: str) -> str:
    """Line breaks of a cell as semicolons, for a sentence or a narrow column."""
    if text.isprintable():  # no end of a line is
        return text.strip().rstrip("；;")
    return "；".join(part.strip().rstrip("；;") for part in text.splitlines() if part.strip())
