"""What stands in elements besides words: equations, links, drawings, controls, fields, bookmarks, tracked changes.

A person's paragraph that holds any of them may read exactly as it was generated, so that its words do not tell that
somebody worked on it. What is counted here is never made by a program that only saves a report again.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from toolkit.word.merging.breaks import count_breaks
from toolkit.word.merging.words import FALLBACK, Opened
from toolkit.word.package import DRAWING, Node, w

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML = "{urn:schemas-microsoft-com:vml}"
_TRACKED = tuple(map(w, ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")))
_SIGNS = tuple(map(w, ("tab", "br", "softHyphen", "noBreakHyphen", "ptab")))
_DRAWN = tuple(map(w, ("drawing", "pict", "object")))
_OWN_NAMES = re.compile(r"jx|_Toc|_GoBack|_Hlt|__RefHeading|OLE_LINK|Bookmark\d*$")
"""Bookmarks we write, and those programs set by themselves when a report is opened or saved."""
_EVER_THERE = {"TOC", "PAGEREF", "PAGE", "NUMPAGES", "SECTIONPAGES"}
_SHOWN = 20
PAGE_BREAK = "分页符"


def brought(opened: Opened, nodes: Iterable[Node]) -> Counter[str]:
    """What elements hold besides words, each in words for people; pictures and charts are part of the words."""
    found: Counter[str] = Counter()
    for node in nodes:
        for own in node.iter(*_WANTED):
            told = _WANTED[own.tag](opened, own)
            if told and not any(parent.tag == FALLBACK for parent in own.iterancestors()):
                found[told] += 1
        if breaks := count_breaks(node):
            found[PAGE_BREAK] += breaks
    return found


def _equation(_opened: Opened, node: Node) -> str:
    return f"公式“{''.join(node.itertext(_MATH + 't'))[:_SHOWN]}”"


def _drawing(opened: Opened, node: Node) -> str:
    if opened.picture(node) or next(node.iterancestors(*_DRAWN), None) is not None:
        return ""
    named = next(node.iter(DRAWING), None)
    shape = next(node.iter(f"{_VML}shape", f"{_VML}rect", f"{_VML}line"), None)
    if named is not None:
        return f"图形“{named.get('name', '')}”"
    return f"图形“{'' if shape is None else shape.get('id', '')}”"


def _link(_opened: Opened, node: Node) -> str:
    anchor = node.get(w("anchor"), "")
    return "" if _OWN_NAMES.match(anchor) else f"超链接“{''.join(node.itertext(w('t')))[:_SHOWN]}”"


def _field(_opened: Opened, node: Node) -> str:
    code = node.get(w("instr"), "") if node.tag == w("fldSimple") else node.text or ""
    word, *rest = code.split() or [""]
    if word.upper() in _EVER_THERE or not rest or any(_OWN_NAMES.match(name.strip('"')) for name in rest):
        return ""
    return f"域“{word} {rest[0]}”"


def _bookmark(_opened: Opened, node: Node) -> str:
    name = node.get(w("name"), "")
    return "" if _OWN_NAMES.match(name) or name.startswith("jx:") else f"书签“{name}”"


def _control(_opened: Opened, node: Node) -> str:
    gallery = node.find(f"{w('sdtPr')}/{w('docPartObj')}")
    named = node.find(f"{w('sdtPr')}/{w('alias')}")
    return "" if gallery is not None else f"内容控件“{'' if named is None else named.get(w('val'), '')}”"


def _plain(words: str) -> Callable[[Opened, Node], str]:
    def told(_opened: Opened, _node: Node) -> str:
        return words

    return told


def _sign(_opened: Opened, node: Node) -> str:
    """Stops of tabs have the same name as tabs."""
    is_typed = node.getparent().tag == w("r") and node.get(w("type")) != "page"
    return "制表符、换行或连字符" if is_typed else ""


def _symbol(_opened: Opened, node: Node) -> str:
    return f"符号“{node.get(w('char'), '')}”"


_WANTED: Mapping[str, Callable[[Opened, Node], str]] = {
    f"{_MATH}oMath": _equation,
    **dict.fromkeys(_DRAWN, _drawing),
    **dict.fromkeys(_TRACKED, _plain("修订")),
    **dict.fromkeys(_SIGNS, _sign),
    w("hyperlink"): _link,
    w("instrText"): _field,
    w("fldSimple"): _field,
    w("bookmarkStart"): _bookmark,
    w("sdt"): _control,
    w("sym"): _symbol,
}
