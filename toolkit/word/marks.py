"""Figures put into invisible bookmarks that name their cells in the master workbook, while a document is rendered.

A figure is its text between private-use characters; the run is split there and the bookmark put around it, so the
template's formatting stays. That happens while the part still is text: as a tree, the runs of a report take ten times
as long.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from lxml import etree

from toolkit.model.figure import Figure
from toolkit.ooxml.printable import MARK_CLOSE, MARK_MIDDLE, MARK_OPEN, REPLACEMENT, printable
from toolkit.word.figure_names import FIGURE, sheet_and_cell
from toolkit.word.figure_runs import FigureRuns
from toolkit.word.package import Node, plain_words

COUNT, MANIFEST, SHEETS = "jx_figures", "jx_manifest", "jx_sheets"
_FIRST_ID = 70_000  # above the ids Word gives its own bookmarks
_ALIAS_LENGTH = 16
_RUN_OPENS = re.compile(r"<w:r(?: [^>]*)?>(<w:rPr>.*</w:rPr>|<w:rPr/>)?", re.DOTALL)
_RUN_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_ONE_TEXT_OPENS = re.compile(
    r"<w:r(?: [^>]*)?>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>|<w:rPr/>)?<w:t(?: [^>]*)?>", re.DOTALL
)
_RUN_ENDS = "</w:r>"
_TEXT_ENDS = f"</w:t>{_RUN_ENDS}"
_LEFT_OVER = etree.XPath(f"//text()[contains(., '{MARK_OPEN}')] | //@*[contains(., '{MARK_OPEN}')]")


@dataclass(slots=True)
class Marks:
    """The figures of one rendering; the nonce keeps text of a unit from posing as one."""

    nonce: str = field(default_factory=lambda: secrets.token_hex(4))
    figures: list[Figure] = field(default_factory=list)
    written: list[tuple[str, str]] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    runs: FigureRuns = field(default_factory=FigureRuns)
    _marked: re.Pattern[str] | None = None
    _addresses: dict[str, str] = field(default_factory=dict)

    def mark(self, figure: Figure) -> str:
        """The text of a figure between the characters that :meth:`wrapped` looks for."""
        self.figures.append(figure)
        text = figure.text
        if " " in text or not text.isprintable():
            text = " ".join(printable(text).split())
        return f"{MARK_OPEN}{self.nonce}.{len(self.figures) - 1}{MARK_MIDDLE}{text}{MARK_CLOSE}"

    def wrapped(self, xml: str) -> str:
        """A rendered part with bookmarks around the marked texts of its runs; it stays as it is elsewhere.

        Where such a run holds but one text, as most do, it is taken out of the part (see ``runs``).
        """
        sign = f"{MARK_OPEN}{self.nonce}."
        pieces: list[str] = []
        done, at = 0, xml.find(sign)
        while at >= 0:
            start = max(xml.rfind("<w:r>", done, at), xml.rfind("<w:r ", done, at))
            text, end = xml.rfind(">", start, at) + 1, xml.find("<", at)
            opening = _opening(xml[start:text]) if start >= 0 and xml.startswith(_TEXT_ENDS, end) else ""
            if opening and (run := self._of_one_text(opening, xml[text:end].split(sign))):
                pieces += (xml[done:start], run)
                done = end + len(_TEXT_ENDS)
            else:
                end = xml.find(_RUN_ENDS, start) + len(_RUN_ENDS)
                # otherwise in an attribute, perhaps of a drawing that holds runs of its own
                if start >= 0 and end > at and xml.find("<w:r>", at, end) < 0 and xml.find("<w:r ", at, end) < 0:
                    pieces += (xml[done:start], self._split(xml[start:end]))
                    done = end
            at = xml.find(sign, max(at + 1, done))
        return "".join((*pieces, xml[done:]))

    def _of_one_text(self, opening: str, pieces: Sequence[str]) -> str:
        """What stands for a run as :meth:`_split` makes it; "" for one that holds more than figures and words.

        Args:
            opening: what runs of its look begin with.
            pieces: its text, cut where the marks of its figures begin.
        """
        first, *marked = pieces
        if MARK_OPEN in first or "[" in first:
            return ""
        written, read = [f"{opening}{first}{_TEXT_ENDS}"] if first else [], [first]
        before = len(self.written)
        for piece in marked:
            number, _, rest = piece.partition(MARK_MIDDLE)
            words, ends, behind = rest.partition(MARK_CLOSE)
            if not ends or not number.isdecimal() or MARK_OPEN in rest or "[" in behind:
                del self.written[before:]
                return ""
            identity = f'w:id="{_FIRST_ID + len(self.written) + 1}"'
            name = self.name(self.figures[int(number)].at, plain_words(words) if "&" in words else words)
            printed = f"{opening}{words}{_TEXT_ENDS}" if words else ""
            further = f"{opening}{behind}{_TEXT_ENDS}" if behind else ""
            written.append(
                f'<w:bookmarkStart {identity} w:name="{name}"/>{printed}<w:bookmarkEnd {identity}/>{further}'
            )
            read += (FIGURE, behind)
        return self.runs.add("".join(written), f"<w:t>{''.join(read)}</w:t>")

    def _split(self, run: str) -> str:
        """A run as runs with its look, one for every figure, and bookmarks around these."""
        opening: Any = _RUN_OPENS.match(run)
        look, inside = opening[1] or "", run[opening.end() : -len(_RUN_ENDS)]
        pieces: list[str] = []
        current, done = "", 0
        for text in _RUN_TEXT.finditer(inside):
            first, *rest = self._pattern.split(text[1])
            if not rest:
                continue
            current += inside[done : text.start()] + _text(first, before=True)
            done = text.end()
            for place in range(0, len(rest), 3):
                number, words, after = rest[place : place + 3]
                pieces += (_run(look, current), self._bookmark(int(number), words, look))
                current = _text(after, behind=True, before=place + 3 < len(rest))
        return "".join((*pieces, _run(look, current + inside[done:]))) if pieces else run

    def _bookmark(self, number: int, words: str, look: str) -> str:
        """A figure in its bookmark. Args: words: as they stand in XML."""
        name = self.name(self.figures[number].at, plain_words(words))
        identity = f'w:id="{_FIRST_ID + len(self.written)}"'
        printed = _run(look, _text(words))
        return f'<w:bookmarkStart {identity} w:name="{name}"/>{printed}<w:bookmarkEnd {identity}/>'

    def strip(self, root: Node) -> None:
        """Take out marks that could not become bookmarks (in alternative texts, field codes)."""
        left: Any = _LEFT_OVER(root)
        for text in left:
            plain = re.sub(f"[{MARK_OPEN}-{MARK_CLOSE}]", REPLACEMENT, self._pattern.sub(r"\2", text))
            node = text.getparent()
            if text.is_attribute:
                node.set(text.attrname, plain)
            elif text.is_tail:
                node.tail = plain
            else:
                node.text = plain

    def properties(self) -> dict[str, str]:
        """The custom document properties that let a reader notice removed or changed figures."""
        renamed = {alias: sheet for sheet, alias in self.aliases.items() if alias != sheet}
        return {
            COUNT: str(len(self.written)),
            MANIFEST: digest(self.written),
            SHEETS: json.dumps(renamed, ensure_ascii=False),
        }

    @property
    def _pattern(self) -> re.Pattern[str]:
        if self._marked is None:
            self._marked = re.compile(rf"{MARK_OPEN}{self.nonce}\.(\d+){MARK_MIDDLE}([^{MARK_CLOSE}]*){MARK_CLOSE}")
        return self._marked

    def name(self, at: str, words: str) -> str:
        """The name of the next figure's bookmark."""
        name = f"jx{len(self.written) + 1}_{self._addresses.get(at) or self._address(at)}"
        self.written.append((name, words))
        return name

    def _address(self, at: str) -> str:
        """The address as letters, digits and underscores, at most 30 of them: a bookmark name has room for 40."""
        sheet, _, cell = at.partition("!")
        if sheet not in self.aliases or not (cell.isascii() and cell.isalnum()):
            sheet, cell = sheet_and_cell(at)  # a sheet that was not met before, or more than a single cell
        known = self._addresses[at] = f"{self._alias(sheet)}_{cell}"
        return known

    def _alias(self, sheet: str) -> str:
        if sheet not in self.aliases:
            taken, plain = set(self.aliases.values()), re.sub(r"\W", "_", sheet)[:_ALIAS_LENGTH]
            others = (f"{plain[: _ALIAS_LENGTH - 4]}_{number}" for number in range(2, 1000))
            self.aliases[sheet] = next(choice for choice in chain((plain,), others) if choice not in taken)
        return self.aliases[sheet]


def digest(written: Iterable[tuple[str, str]]) -> str:
    """What stands for the names and texts of all figures of a document."""
    return hashlib.sha256("".join(f"{name}\t{text}\n" for name, text in written).encode()).hexdigest()


@lru_cache(1_000)
def _opening(written: str) -> str:
    """What runs begin with that look as one of a single text does; "" where this begins no such run.

    Args:
        written: from the beginning of the run to its text.
    """
    opening = _ONE_TEXT_OPENS.fullmatch(written)
    return "" if opening is None else f'<w:r>{opening[1] or ""}<w:t xml:space="preserve">'


def _run(look: str, inside: str) -> str:
    """A run with something in it; none for nothing."""
    return f"<w:r>{look}{inside}{_RUN_ENDS}" if inside else ""


def _text(words: str, *, behind: bool = False, before: bool = False) -> str:
    """A text in a run, none for no words; beside references it says whether it stands behind or before a figure."""
    if MARK_OPEN in words:
        words = f"{MARK_MIDDLE * behind}{words}{MARK_MIDDLE * before}"
    return f'<w:t xml:space="preserve">{words}</w:t>' if words else ""
