"""The mark of a numbered draft on a report's cover (征求意见稿, 送审稿) and in its properties."""

from copy import deepcopy

from toolkit.ooxml.parse import serialise
from toolkit.ooxml.printable import printable
from toolkit.word.package import DOCUMENT, STYLES, Node, paragraph_text, parse, read_parts, w, write_parts
from toolkit.word.properties import NAME, ensure_properties, with_properties

_TITLES = ("封面标题", "文件标题", "Title", "标题")
_PROPERTY = "稿次"


def with_draft_mark(docx: bytes, cover: str, stage: str) -> bytes:
    """A report with the stage printed under its title; a final report carries it in its properties only.

    Args:
        docx: a report, whichever program saved it.
        cover: words printed under the title; "" for none.
        stage: kept as the document property 稿次.

    Raises:
        TemplateError: the bytes are not a ``.docx``.
    """
    parts = read_parts(docx)
    if cover:
        root = parse(parts[DOCUMENT])
        title = _title(root, parts.get(STYLES, b""))
        if title is not None:
            title.addnext(_marked(title, cover))
            parts[DOCUMENT] = serialise(root)
    ensure_properties(parts)
    parts[NAME] = with_properties(parts[NAME], {_PROPERTY: printable(stage)})
    return write_parts(parts)


def _title(root: Node, styles: bytes) -> Node | None:
    """The last line of the title: of the first paragraphs in a title's style, else the first with words."""
    named = _title_styles(styles)
    said = [paragraph for paragraph in root.iter(w("p")) if paragraph_text(paragraph).strip()]
    last = None
    for paragraph in said:
        if _style(paragraph) in named:
            last = paragraph
        elif last is not None:
            break
    return last if last is not None else next(iter(said), None)


def _title_styles(styles: bytes) -> set[str]:
    found = set()
    for style in parse(styles).iter(w("style")) if styles else ():
        name = style.find(w("name"))
        if name is not None and name.get(w("val")) in _TITLES:
            found.add(style.get(w("styleId")))
    return found


def _style(paragraph: Node) -> str:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if style is None else str(style.get(w("val")))


def _marked(title: Node, words: str) -> Node:
    """A paragraph and run formatted as the title, without what hangs in it."""
    made = title.makeelement(w("p"))
    properties = title.find(w("pPr"))
    if properties is not None:
        made.append(deepcopy(properties))
        for section in made[0].findall(w("sectPr")):
            made[0].remove(section)
    run = made.makeelement(w("r"))
    look = next((run.find(w("rPr")) for run in title.iter(w("r")) if run.find(w("rPr")) is not None), None)
    if look is not None:
        run.append(deepcopy(look))
    text = run.makeelement(w("t"))
    text.text = words
    run.append(text)
    made.append(run)
    return made
