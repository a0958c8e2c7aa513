"""What a merge has at hand, and what it finds."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lxml import etree

from toolkit.word.merging.brought import brought
from toolkit.word.merging.comments import Comments
from toolkit.word.merging.copying import Copier
from toolkit.word.merging.pairing import pair
from toolkit.word.merging.renewal import Agrees, Renewal
from toolkit.word.merging.units import Unit
from toolkit.word.merging.words import Opened
from toolkit.word.package import Node, w

_PASSING = re.compile(
    r' xmlns:\w+="[^"]*"|(?<=<w:bookmarkStart) w:id="\d+"|<w:bookmarkEnd w:id="\d+"/>'
    r'|<w:bookmarkStart w:id="\d+" w:name="_Toc[^"]*"/>'
)
_FIGURE = re.compile(r'<w:bookmarkStart w:name="jx:[^"]*"/>(<w:r>(?:<w:rPr>.*?</w:rPr>)?)<w:t[^>]*>[^<]*</w:t>')


class Reason(StrEnum):
    """Why somebody should look at a place of a merged report."""

    BOTH_CHANGED = "此处人工改过，新生成的内容也有变化；已保留人工文字"
    NOT_GENERATED = "新生成的报告已无此处内容；因人工改过而保留"
    DELETED = "此处已被人工删除，新生成的内容有变化；未恢复"
    TYPED_FIGURE = "此处数字由人工改写，与新生成的数字不同；已保留人工文字"
    NO_SOURCE = "此数字在新生成的报告中已无来源；保留原数，不再随数据更新"
    LOOK = "此处有人工设置格式（字体、字号、颜色等）的文字已重新生成；原文字不再有，其格式未能保留"
    CHART = "图中数据由人工改过，新生成的图也有变化；已保留人工的图"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that is not what it was: its cell, what was printed, what is printed now, the words around it."""

    at: str
    before: str
    after: str
    context: str


@dataclass(frozen=True, slots=True)
class Attention:
    """A place somebody should look at: what a person wrote, what the new generation says."""

    reason: Reason
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged report.

    Attributes:
        data: the ``.docx``.
        figures: figures whose value changed since the last generation.
        attention: what a person should decide; all but deleted places carry a Word comment too.
        lost: texts of the person's copy that are not in the result; the copy must then be kept.
    """

    data: bytes
    figures: tuple[FigureChange, ...]
    attention: tuple[Attention, ...]
    lost: tuple[str, ...]


@dataclass(slots=True)
class Work:
    """A merge under way.

    Attributes:
        base, mine, theirs: last generation, a person's copy, new generation; ``mine`` becomes the result.
        agrees: whether a figure that is generated no longer still is what its cell says.
        bodies: the units of both generations. pairs: (id of a sequence of them, of another) → which is which.
    """

    base: Opened
    mine: Opened
    theirs: Opened
    renewal: Renewal
    copier: Copier
    comments: Comments
    agrees: Agrees
    bodies: tuple[list[Unit], list[Unit]]
    pairs: dict[tuple[int, int], dict[int, int]]
    found: list[Attention] = field(default_factory=list)

    def pair(self, base: Sequence[Unit], theirs: Sequence[Unit]) -> dict[int, int]:
        """Which unit of the last generation is which of the new one; worked out once for the same units."""
        known = self.pairs.get((id(base), id(theirs)))
        return pair(base, theirs) if known is None else known

    def bring(self, unit: Unit) -> list[Node]:
        """A newly generated unit, at home in the result."""
        return [self.copier.copy(node) for node in unit.nodes]

    def remark(self, node: Node, reason: Reason, mine: str, theirs: str) -> None:
        """Note a place, and comment on the first paragraph of an element."""
        self.found.append(Attention(reason, mine, theirs))
        paragraph = node if node.tag == w("p") else next(node.iter(w("p")), None)
        if paragraph is not None:
            self.comments.add(paragraph, [f"{reason.value}。", *([f"新生成：{theirs}"] if theirs else [])])
            self.mine.forget(paragraph)

    def is_touched(self, base: Unit, mine: Unit) -> bool:
        """Whether a person typed into a unit, or hung anything into it."""
        if base.key != mine.key or [slot.text for slot in base.figures] != [slot.text for slot in mine.figures]:
            return True
        return self.hung(mine.nodes) != hung_in(base.nodes, set()) or bool(self.brought_in(base.nodes, mine.nodes))

    def brought_in(self, base: Sequence[Node], mine: Sequence[Node]) -> Counter[str]:
        """What a person put into elements that is no word: an equation, a link, a drawing."""
        return brought(self.mine, mine) - brought(self.base, base)

    def hung(self, nodes: list[Node]) -> list[str]:
        """What hangs in elements of the person's copy, our own comments aside."""
        return hung_in(nodes, self.comments.own())


def hung_in(nodes: list[Node], except_comments: set[str]) -> list[str]:
    """Comments, notes and tracked changes in some elements, as a list of tags."""
    tags = map(w, ("commentReference", "footnoteReference", "endnoteReference", "ins", "del", "moveFrom", "moveTo"))
    wanted = tuple(tags)
    found: Iterator[Node] = (mark for node in nodes for mark in node.iter(*wanted))
    return [mark.tag for mark in found if mark.tag != w("commentReference") or mark.get(w("id")) not in except_comments]


def same_shape(first: Node, second: Node) -> bool:
    """Whether two elements were generated alike but for the words of their figures: equal wording and look."""
    return _alike(first, second, lambda xml: _FIGURE.sub(r"\1", _PASSING.sub("", xml)))


def generated_alike(first: Node, second: Node) -> bool:
    """Whether two elements differ in nothing but what every generation has anew."""
    return _alike(first, second, lambda xml: _PASSING.sub("", xml))


def _alike(first: Node, second: Node, bare: Callable[[str], str]) -> bool:
    texts = [etree.tostring(node, encoding="unicode") for node in (first, second)]
    return texts[0] == texts[1] or bare(texts[0]) == bare(texts[1])
