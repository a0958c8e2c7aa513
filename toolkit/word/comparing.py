"""What is different between two versions of a report: its figures, its words, its charts."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel

from toolkit.ooxml.relations import OFFICE
from toolkit.word.headings import heading_levels
from toolkit.word.merging.aligning import aligned
from toolkit.word.merging.pairing import longest_rising, pair
from toolkit.word.merging.units import Unit, UnitKind, block_units
from toolkit.word.merging.words import CHART, FIGURE, Opened
from toolkit.word.package import STYLES, Node, parse

_CONTEXT = 60  # characters around a changed figure
_SHORTEST_SAME = 2  # fewer common characters between two changes are shown as changed too
_PIECE = re.compile(r"\d[\d,.]*%?|.", re.DOTALL)
_DIGEST = re.compile("[0-9a-f]{64}")
_CHARTS = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


class ChangeKind(StrEnum):
    """What became of a paragraph, a row of a table, a chart."""

    ADDED = "新增"
    DELETED = "删除"
    REWRITTEN = "改写"
    MOVED = "移动"
    CHART = "图中数据"


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """A figure that is printed differently.

    Attributes:
        at: its cell in the newer master workbook. was_at: in the older one; rows move when projects are added.
        place: the headings it stands under. context: the words around it. times: how often this difference occurs.
    """

    at: str
    was_at: str
    before: str
    after: str
    place: str
    context: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class WordDifference:
    """A paragraph or row whose words changed; figures are printed in both texts.

    ``changed``: of a rewritten one, only what was taken out and put in.
    """

    kind: ChangeKind
    place: str
    before: str
    after: str
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs, in the order of the newer document."""

    figures: tuple[FigureDifference, ...] = ()
    words: tuple[WordDifference, ...] = ()


def compare_documents(old: bytes, new: bytes, besides: Collection[str] = ()) -> Comparison:
    """Compare two versions of a report, whichever program saved them.

    Args:
        old: the older version.
        new: the newer one.
        besides: paragraphs with these words are left out.

    Raises:
        TemplateError: one of them is no ``.docx``.
        UnreadableFileError: a part of one is damaged.
    """
    if old == new:
        return Comparison()
    return _Comparing(Opened.of(old), Opened.of(new), frozenset(besides)).compared()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A character, a number or a figure of a text; figures are the same whatever they print."""

    same_as: str
    shown: str


def changed_words(old: Unit, new: Unit) -> str:
    """What was taken out and what was put in, figures aside, e.g. ``〔按期〕→〔提前〕；增〔并归档〕``."""
    found: list[str] = []
    for out, put in _replaced(_pieces(old), _pieces(new)):
        if out and put:
            found.append(f"〔{out}〕→〔{put}〕")
        elif out or put:
            found.append(f"删〔{out}〕" if out else f"增〔{put}〕")
    return "；".join(found)


def _pieces(unit: Unit) -> list[_Piece]:
    printed = iter(unit.figures)
    key = unit.key.strip("｜").replace("\n", "；")
    pieces = (match[0] for match in _PIECE.finditer(key))
    return [_Piece(text, next(printed).text if text == FIGURE else text) for text in pieces]


def _replaced(before: list[_Piece], after: list[_Piece]) -> Iterator[tuple[str, str]]:
    out = put = ""
    for code in Indel.opcodes([piece.same_as for piece in before], [piece.same_as for piece in after]):
        taken = "".join(piece.shown for piece in before[code.src_start : code.src_end])
        brought = "".join(piece.shown for piece in after[code.dest_start : code.dest_end])
        is_short = code.src_end - code.src_start < _SHORTEST_SAME and code.src_end < len(before)
        if code.tag != "equal" or (is_short and (out or put)):
            out, put = out + taken, put + brought
        else:
            yield out, put
            out = put = ""
    yield out, put


@dataclass(frozen=True, slots=True)
class _Found:
    """A difference and where it belongs: before the unit of the newer document with this number, or behind it."""

    order: tuple[float, int]
    difference: FigureDifference | WordDifference


@dataclass(slots=True)
class _Comparing:
    """Two documents under comparison."""

    old: Opened
    new: Opened
    besides: frozenset[str]

    def compared(self) -> Comparison:
        found = [item.difference for item in self._bodies()]
        figures = [item for item in found if isinstance(item, FigureDifference)]
        words = [item for item in found if isinstance(item, WordDifference)]
        return Comparison(tuple(_each_once(figures)), tuple(words))

    def _bodies(self) -> list[_Found]:
        olds, news = (
            [unit for unit in block_units(opened, opened.body) if self._is_compared(unit)]
            for opened in (self.old, self.new)
        )
        places = tuple(_places(opened, units) for opened, units in ((self.old, olds), (self.new, news)))
        return self._sequences(olds, news, places)

    def _is_compared(self, unit: Unit) -> bool:
        return bool(unit.key) and unit.kind is not UnitKind.CONTENTS and unit.text not in self.besides

    def _sequences(self, olds: Sequence[Unit], news: Sequence[Unit], places: tuple[Sequence[str], ...]) -> list[_Found]:
        """Compare two sequences of units; ``places``: the headings over each unit of the older and the newer one."""
        pairs = pair(olds, news)
        in_order = sorted(pairs.items())
        steady = longest_rising([right for _, right in in_order])
        moved = {left for number, (left, _) in enumerate(in_order) if number not in steady}
        found: list[_Found] = []
        for left, right in in_order:
            units = (olds[left], news[right])
            differences = list(self._units(*units, places[1][right]))
            if left in moved:
                differences.insert(0, WordDifference(ChangeKind.MOVED, places[1][right], units[0].text, units[1].text))
            found += [_Found((right, number), item) for number, item in enumerate(differences)]
        for right in sorted(set(range(len(news))) - set(pairs.values())):
            found.append(_Found((right, 0), WordDifference(ChangeKind.ADDED, places[1][right], "", news[right].text)))
        for left in sorted(set(range(len(olds))) - set(pairs)):
            before = next((pairs[place] for place in range(left, -1, -1) if place in pairs), -1)
            gone = WordDifference(ChangeKind.DELETED, places[0][left], olds[left].text, "")
            found.append(_Found((before + 0.5, left), gone))
        return sorted(found, key=lambda item: item.order)

    def _units(self, old: Unit, new: Unit, place: str) -> Iterator[FigureDifference | WordDifference]:
        if old.kind is UnitKind.TABLE:
            places = ([place] * len(old.rows), [place] * len(new.rows))
            yield from (item.difference for item in self._sequences(old.rows, new.rows, places))
            return
        for number, slot in aligned(old, new).items():
            before = old.figures[number]
            if before.text != slot.text and not (_is_digest(before.text) and _is_digest(slot.text)):
                yield FigureDifference(slot.at, before.at, before.text, slot.text, place, _around(new, slot.text))
        if old.key != new.key:
            yield WordDifference(ChangeKind.REWRITTEN, place, old.text, new.text, changed_words(old, new))
        elif CHART in new.key and _chart_data(self.old, old.node) != _chart_data(self.new, new.node):
            yield WordDifference(ChangeKind.CHART, place, "", "图中数据有变化")


def _is_digest(text: str) -> bool:
    """Whether a printed text is the SHA-256 of a file, which is another one after every change."""
    return _DIGEST.fullmatch(text) is not None


def _around(unit: Unit, figure: str) -> str:
    """The words around a figure."""
    text, place = unit.text, unit.text.find(figure)
    return text[max(0, place - _CONTEXT) : place + len(figure) + _CONTEXT]


def _places(opened: Opened, units: Sequence[Unit]) -> list[str]:
    """The headings over each unit, down to the second level."""
    level_of: Callable[[Node], int | None] = heading_levels(opened.parts.get(STYLES, b""))
    over: list[str] = []
    found: list[str] = []
    for unit in units:
        level = level_of(unit.node) if unit.kind is UnitKind.PARAGRAPH else None
        if level is not None:
            over = [*over[: level - 1], unit.text]
        found.append(" › ".join(over[:2]))
    return found


def _chart_data(opened: Opened, node: Node) -> list[list[str]]:
    """The names and numbers of each chart in an element, as the charts print them."""
    keys = [chart.get(f"{{{OFFICE}}}id", "") for chart in node.iter(f"{_CHARTS}chart")]
    parts = [opened.parts.get(opened.targets.get(key, ""), b"") for key in keys]
    return [[value.text or "" for value in parse(part).iter(f"{_CHARTS}v")] for part in parts if part]


def _each_once(figures: Sequence[FigureDifference]) -> Iterator[FigureDifference]:
    """Figures that are printed several times, once, with their number."""
    keys = [(figure.at, figure.before, figure.after) for figure in figures]
    times = Counter(keys)
    for figure, key in zip(figures, keys, strict=True):
        if count := times.pop(key, 0):
            yield FigureDifference(
                figure.at, figure.was_at, figure.before, figure.after, figure.place, figure.context, count
            )
