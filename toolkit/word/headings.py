"""Headings of a document: by built-in style, by outline level, in English or Chinese Word."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from toolkit.ooxml.parse import whole_number
from toolkit.word.package import Node, paragraph_text, parse, w

_NAME = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
_BREAKS = re.compile(r"[\t\n]+")  # not every blank: a full-width one between number and words stays
_FIRST_ID = 80_000
_VALUE = w("val")
_OUTLINE, _STYLE = (f"{w('pPr')}/{w(tag)}" for tag in ("outlineLvl", "pStyle"))
DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level (1–3), words, and the bookmark around it."""

    level: int
    text: str
    bookmark: str


def heading_levels(styles: bytes) -> Callable[[Node], int | None]:
    """What tells the level (from 1) of a paragraph that is a heading by its style or its own outline level.

    Args:
        styles: the styles part, empty where a document has none.
    """
    levels = _levels_of_styles(styles)
    return lambda paragraph: _level(paragraph, levels)


def mark_headings(root: Node, styles: bytes) -> list[Heading]:
    """Put a ``_Toc`` bookmark around every heading down to level 3 and list them in order.

    Args:
        root: the document part, changed in place.
        styles: the styles part.
    """
    levels = _levels_of_styles(styles)
    found: list[Heading] = []
    for paragraph in root.iter(w("p")):
        level = _level(paragraph, levels)
        if level is None or level > DEEPEST:
            continue
        words = _BREAKS.sub(" ", paragraph_text(paragraph)).strip()
        if not words:
            continue
        heading = Heading(level, words, f"_Toc9{len(found) + 1:08d}")
        _bookmark(paragraph, heading.bookmark, _FIRST_ID + len(found))
        found.append(heading)
    return found


@lru_cache(16)
def _levels_of_styles(styles: bytes) -> Mapping[str, int]:
    """Style id → level, following ``basedOn``; the reports of a template have the same styles."""
    if not styles:
        return {}
    nodes = {node.get(w("styleId")): node for node in parse(styles).iter(w("style"))}
    levels = {key: level for key, node in nodes.items() if (level := _own_level(node)) is not None}
    for _ in nodes:
        inherited = {
            key: levels[base] for key, node in nodes.items() if key not in levels and (base := _base(node)) in levels
        }
        if not inherited:
            break
        levels.update(inherited)
    return levels


def _own_level(style: Node) -> int | None:
    name = style.find(w("name"))
    match = _NAME.fullmatch(name.get(w("val"), "")) if name is not None else None
    return int(match[1]) if match else _outline(style)


def _base(style: Node) -> str | None:
    node = style.find(w("basedOn"))
    return None if node is None else node.get(w("val"))


def _outline(node: Node) -> int | None:
    outline = node.find(_OUTLINE)
    number = -1 if outline is None else whole_number(outline.get(w("val")), -1)
    return number + 1 if number >= 0 else None


def _level(paragraph: Node, levels: Mapping[str, int]) -> int | None:
    own = _outline(paragraph)
    style = paragraph.find(_STYLE)
    return own or (None if style is None else levels.get(style.get(_VALUE)))


def _bookmark(paragraph: Node, name: str, number: int) -> None:
    start, end = paragraph.makeelement(w("bookmarkStart")), paragraph.makeelement(w("bookmarkEnd"))
    for node in (start, end):
        node.set(w("id"), str(number))
    start.set(w("name"), name)
    paragraph.insert(0 if paragraph.find(w("pPr")) is None else 1, start)
    paragraph.append(end)
