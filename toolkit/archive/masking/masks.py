"""Texts to be masked and the marks that take their place."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

_SEVERAL = re.compile(r"[、，,;；/|\s]+")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_TRIVIAL = frozenset({"无", "不适用", "待定", "是", "否", "空白", "暂无", "没有"})
_FEWEST, _FEWEST_DIGITS = 2, 5


@dataclass(frozen=True, slots=True)
class Mask:
    """One text, the mark it becomes, and whose it is: the field that declares it, and the project ("" for all)."""

    text: str
    mark: str
    field: str
    project: str


class Masks:
    """All texts, the longest first; counts how often each was replaced.

    Attributes:
        clean: digests of contents known to hold none of them: most parts of a workbook stand in all workbooks.
    """

    def __init__(self, masks: Iterable[Mask]) -> None:
        self.masks = tuple(sorted(masks, key=lambda mask: (-len(mask.text), mask.text)))
        self.counts: Counter[str] = Counter()
        self.clean: set[bytes] = set()
        self._marks = {mask.text: mask.mark for mask in self.masks}

    @classmethod
    def of(cls, found: Iterable[tuple[str, str, str]], kept: Iterable[str]) -> "Masks":
        """From (field, project, text); a cell with several names or numbers gives each of them too.

        What is public (``kept``: names of units and projects), says nothing or is too short to be told apart is none.
        """
        public = {name.strip() for name in kept}
        first: dict[str, tuple[str, str]] = {}
        for field, project, text in found:
            for piece in _pieces(text):
                if piece not in public:
                    first.setdefault(piece, (field, project))
        numbers: Counter[str] = Counter()
        made = []
        for text, (field, project) in first.items():
            numbers[field] += 1
            made.append(Mask(text, f"〔{field}{numbers[field]:03d}〕", field, project))
        return cls(made)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any of the texts; never matches where there are none."""
        return re.compile("|".join(re.escape(mask.text) for mask in self.masks) or r"(?!)")

    def apply(self, text: str) -> str:
        """The text with every mark in place."""
        return self.pattern.sub(self._mark, text)

    def mark_of(self, text: str) -> str:
        """The mark of a text that was found, which is counted."""
        self.counts[text] += 1
        return self._marks[text]

    def _mark(self, match: re.Match[str]) -> str:
        return self.mark_of(match[0])

    def in_bytes(self, data: bytes) -> bool:
        """Whether any text stands in bytes that are no text: as UTF-8, UTF-16 or GB 18030."""
        return self._raw.search(data) is not None

    @cached_property
    def _raw(self) -> re.Pattern[bytes]:
        """The texts in every encoding; one pass over the bytes instead of one for each."""
        encodings = ("utf-8", "utf-16-le", "gb18030")
        written = {mask.text.encode(encoding, "replace") for mask in self.masks for encoding in encodings}
        return re.compile(b"|".join(map(re.escape, sorted(written))) or rb"(?!)")


def _pieces(text: str) -> list[str]:
    whole = text.strip()
    parts = [part for part in _SEVERAL.split(whole) if part != whole]
    named = [part for part in parts if _NAME.fullmatch(part) or "@" in part or part.isdigit()]
    return [piece for piece in (whole, *named) if _says_something(piece)]


def _says_something(text: str) -> bool:
    digits = text.replace("-", "").isdigit()
    return len(text) >= (_FEWEST_DIGITS if digits else _FEWEST) and text not in _TRIVIAL
