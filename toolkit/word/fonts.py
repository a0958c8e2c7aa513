"""Fonts of a document set by role: a template's 仿宋, 楷体, 黑体 and title font exchanged, and what may stand in.

A machine without a font shows one of the names under ``w:altName`` in the font table instead.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from toolkit.ooxml.parse import serialise
from toolkit.word.package import STYLES, Node, parse, read_parts, w, write_parts
from toolkit.word.styles import COVER_TITLE, DOCUMENT_TITLE, LETTERHEAD

TITLE, BODY, FIRST, SECOND = "标题字体", "正文字体", "一级标题字体", "二级标题字体"
ROLES = (TITLE, BODY, FIRST, SECOND)
"""Rows of sheet 方案 that name a font; none is needed."""
_SHIPPED = {BODY: "仿宋", FIRST: "黑体", SECOND: "楷体"}
_TITLE_STYLES = {COVER_TITLE, DOCUMENT_TITLE, LETTERHEAD}
_SLOTS = tuple(map(w, ("ascii", "hAnsi", "eastAsia", "cs")))
_BETWEEN = re.compile(r"\s*[、，,；;]\s*")
_USUAL = {
    "方正小标宋简体": ("方正小标宋_GBK", "华文中宋", "宋体"),
    "方正小标宋_GBK": ("方正小标宋简体", "华文中宋", "宋体"),
    "仿宋_GB2312": ("仿宋", "FangSong", "华文仿宋"),
    "楷体_GB2312": ("楷体", "KaiTi", "华文楷体"),
    "黑体": ("SimHei",),
}
"""What stands in for a font where the scheme names nothing."""
FONT_TABLE = "word/fontTable.xml"


@dataclass(frozen=True, slots=True)
class Font:
    """A font and those that may stand in for it, the best first."""

    name: str
    others: tuple[str, ...]


def fonts_in(settings: Mapping[str, str]) -> dict[str, Font]:
    """Role → font, of the roles a scheme names one for: ``方正小标宋简体、华文中宋、宋体``."""
    named = {role: [part for part in _BETWEEN.split(settings.get(role, "").strip()) if part] for role in ROLES}
    return {
        role: Font(names[0], tuple(names[1:]) or _USUAL.get(names[0], ())) for role, names in named.items() if names
    }


def with_fonts(docx: bytes, fonts: Mapping[str, Font]) -> bytes:
    """A template in other fonts; the same bytes where none is asked for.

    Raises:
        TemplateError: the bytes are not a ``.docx``.
    """
    if not fonts:
        return docx
    parts = read_parts(docx)
    if STYLES in parts:
        root = parse(parts[STYLES])
        _exchange(root, fonts)
        parts[STYLES] = serialise(root)
    if FONT_TABLE in parts:
        table = parse(parts[FONT_TABLE])
        _declare(table, list(dict.fromkeys(fonts.values())))
        parts[FONT_TABLE] = serialise(table)
    return write_parts(parts)


def _exchange(styles: Node, fonts: Mapping[str, Font]) -> None:
    instead = {shipped: fonts[role].name for role, shipped in _SHIPPED.items() if role in fonts}
    for node in styles.iter(w("rFonts")):
        style = next(node.iterancestors(w("style")), None)
        name = style.find(w("name")) if style is not None else None
        is_title = name is not None and name.get(w("val")) in _TITLE_STYLES
        if is_title and TITLE not in fonts:
            continue
        for slot in _SLOTS:
            now = node.get(slot)
            if now is not None and (now in _SHIPPED.values() if is_title else now in instead):
                node.set(slot, fonts[TITLE].name if is_title else instead[now])


def _declare(table: Node, fonts: Sequence[Font]) -> None:
    """Enter fonts in the font table with the names that may stand in for them."""
    known = {node.get(w("name")): node for node in table.iter(w("font"))}
    for font in fonts:
        node = known.get(font.name)
        if node is None:
            node = etree.SubElement(table, w("font"), {w("name"): font.name})
            etree.SubElement(node, w("charset"), {w("val"): "86"})
            etree.SubElement(node, w("family"), {w("val"): "auto"})
        for old in node.findall(w("altName")):
            node.remove(old)
        if font.others:
            other = node.makeelement(w("altName"), {w("val"): ",".join(font.others)})
            node.insert(0, other)
