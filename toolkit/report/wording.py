"""Sentences in which numbers stay figures, Chinese ordinals, and lists of names."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from toolkit.model import Figure, Finding

Sentence: TypeAlias = tuple[str | Figure, ...]
"""Words and figures in order; a template prints it with ``{{ 句|join }}``, which keeps the figures traceable."""

_DIGITS = "零一二三四五六七八九"
_INNER = str.maketrans("“”", "‘’")


class Numbering:
    """Numbers captions as they are printed: ``表{{ 表号 }}`` is 表1, then 表2, whatever a template leaves out."""

    def __init__(self) -> None:
        self._last = 0

    def __html__(self) -> str:
        self._last += 1
        return str(self._last)

    __str__ = __html__


def say(*pieces: str | Figure | Sentence) -> Sentence:
    """A sentence from words, figures and other sentences."""
    flat: list[str | Figure] = []
    for piece in pieces:
        flat.extend(piece if isinstance(piece, tuple) else (piece,))
    return tuple(flat)


def ordinal(number: int) -> str:
    """1 → 一, 12 → 十二, 40 → 四十; up to 99, as headings count."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def quoted(names: Iterable[str], most: int = 0, noun: str = "项目") -> str:
    """《甲》《乙》; beyond ``most`` names 《甲》《乙》等项目. A name that brings its own 《》 keeps them only once."""
    every = list(dict.fromkeys(names))
    shown = every[:most] if most else every
    text = "".join(f"《{_bare(name).replace('《', '〈').replace('》', '〉')}》" for name in shown)
    return text if len(shown) == len(every) else f"{text}等{noun}"


def _bare(name: str) -> str:
    return name[1:-1] if name.startswith("《") and name.endswith("》") and name.count("《") == 1 else name


def in_quotes(name: str) -> str:
    """“甲”; quotes the name brings itself become the inner ones: “‘甲’系统”."""
    return f"“{name.translate(_INNER)}”"


def listed(words: Iterable[str], most: int = 0, noun: str = "") -> str:
    """甲、乙、丙; beyond ``most`` words 甲、乙等."""
    every = list(dict.fromkeys(words))
    shown = every[:most] if most else every
    text = "、".join(shown)
    return text if len(shown) == len(every) else f"{text}等{noun}"


def chained(parts: Sequence[Sentence], between: str = "、", end: str = "") -> Sentence:
    """Sentences in a row with words between them."""
    joined: list[str | Figure] = []
    for number, part in enumerate(parts):
        joined.extend((between, *part) if number else part)
    return (*joined, end) if end else tuple(joined)


def stopped(text: str) -> str:
    """The text with exactly one full stop at its end; "" stays empty."""
    bare = text.strip().rstrip("。；;，,.")
    return f"{bare}。" if bare else ""


def said(finding: Finding) -> str:
    """A finding in one line with what was decided about it, without the number of a check in the unit's workbook."""
    decided = f"（{finding.disposition.words()}）" if finding.disposition else ""
    return one_line(f"{finding.message}{decided}")


def one_line(text: str) -> str:
    """Line breaks of a cell as semicolons, for a sentence or a narrow column."""
    return "；".join(part.strip().rstrip("；;") for part in text.splitlines() if part.strip())
