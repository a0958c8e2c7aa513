"""Native, editable charts in a report.

A template author either writes a paragraph ``[[图:名称]]``, which becomes a new chart, or designs a chart in Word and
gives it the alternative text ``图:名称``, which then keeps its style and gets the data.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import count

from lxml import etree

from toolkit.errors import TemplateError
from toolkit.ooxml.parse import serialise
from toolkit.ooxml.relations import OFFICE, Relation, add_part, declare, relate, relate_all, relations
from toolkit.word.chart_book import chart_workbook
from toolkit.word.chart_xml import (
    CHART,
    DRAWING,
    ChartKind,
    ChartSpec,
    chart_part,
    link_workbook,
    rewrite_chart,
)
from toolkit.word.open_document import OpenDocument, Written, open_document
from toolkit.word.package import DOCUMENT, Node, W, paragraph_text, paragraphs_with, parse, read_parts, w

__all__ = ["ChartKind", "ChartSpec", "chart_names", "insert_chart", "insert_charts", "put_charts"]

INLINE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EMU_PER_CM = 360_000
_FIRST_NUMBER = 2000
NO_DATA = "（暂无数据）"
_MARK = re.compile(r"\[\[图[:：]\s*(?P<name>.+?)\s*\]\]")
_ALTERNATIVE = re.compile(r"图[:：]\s*(?P<name>.+?)\s*")


def insert_chart(docx: bytes, name: str, spec: ChartSpec) -> bytes:
    """Put one chart in its place; see :func:`insert_charts`."""
    return insert_charts(docx, {name: spec}, complete=False)


def insert_charts(docx: bytes, charts: Mapping[str, ChartSpec], *, complete: bool = True) -> bytes:
    """Put every chart in its place, as often as the document names it.

    Args:
        docx: a rendered report.
        charts: name → what it shows; a name the document does not use is left out (a consultant may drop a chart).
        complete: a place without a chart is an error.

    Raises:
        TemplateError: the document has a place for a chart nobody supplies.
    """
    document = open_document(docx)
    put_charts(document, charts, complete=complete)
    return document.close()


def put_charts(document: OpenDocument, charts: Mapping[str, ChartSpec], *, complete: bool = True) -> None:
    """As :func:`insert_charts`, in a document being finished."""
    text, written = document.body, document.paragraphs_with("[")
    if isinstance(text, str) and written is not None and _BODY in text and _DRAWN not in text:
        _put_as_text(document, text, written, charts, complete=complete)
        return
    root, parts = document.root, document.parts
    places, drawn = _places(root), _drawn(root)
    _check({name for name, _ in (*places, *drawn)}, charts, complete=complete)
    for name, drawing in drawn:
        if name in charts and not charts[name].is_empty:
            _replace_data(parts, drawing, charts[name])
    taken = max([_FIRST_NUMBER, *(int(node.get("id", "0")) for node in root.iter(f"{{{INLINE}}}docPr"))])
    numbers = count(taken + 1)
    shown = [(paragraph, name, charts[name]) for name, paragraph in places if name in charts]
    runs = [_emptied(paragraph) for paragraph, _, _ in shown]
    for run, relation, (_, name, spec) in zip(runs, _add_charts(parts, [one[-1] for one in shown]), shown, strict=True):
        run.append(_inline(next(numbers), relation, name, spec) if relation else _without_data(run))
    document.changed = True


def _check(names: Collection[str], charts: Mapping[str, ChartSpec], *, complete: bool) -> None:
    missing = sorted(set(names) - set(charts))
    if missing and complete:
        raise _unknown(missing)


def _put_as_text(
    document: OpenDocument, text: str, written: Iterable[Written], charts: Mapping[str, ChartSpec], *, complete: bool
) -> None:
    """The charts of a body that is text and holds no drawing yet; their paragraphs are replaced in it."""
    places = [(match["name"], start, end) for start, end, words in written if (match := _MARK.fullmatch(words))]
    _check({name for name, _, _ in places}, charts, complete=complete)
    shown = [place for place in places if place[0] in charts]
    keys = _add_charts(document.parts, [charts[name] for name, _, _ in shown])
    numbers = count(_FIRST_NUMBER + 1)
    drawings = [
        _inline(next(numbers), key, name, charts[name]) for key, (name, _, _) in zip(keys, shown, strict=True) if key
    ]
    drawn, done, pieces = iter(_as_text(drawings, text)), 0, list[str]()
    for key, (_, start, end) in zip(keys, shown, strict=True):
        run = next(drawn) if key else f"<w:t>{NO_DATA}</w:t>"
        pieces += (text[done:start], *_OPENING.findall(text[start:end]), f"<w:r>{run}</w:r></w:p>")
        done = end
    document.body = "".join((*pieces, text[done:]))


_DRAWN = "docPr"
_OPENING = re.compile(r"\A<w:p(?: [^>]*)?>(?:<w:pPr>.*?</w:pPr>|<w:pPr/>)?", re.DOTALL)
_BODY, _BODY_END, _BETWEEN = "<w:body>", "</w:body>", "<w:p/>"


def _as_text(drawings: Sequence[Node], document: str) -> list[str]:
    """Drawings as they are written in a document with its namespaces."""
    start = document[: document.index(_BODY) + len(_BODY)]
    root = parse(f"{start}{_BODY_END}</w:document>".encode())
    for drawing in drawings:
        root[0].extend((drawing, root.makeelement(w("p"))))
    written = etree.tostring(root, encoding="unicode")
    return written[written.index(_BODY) + len(_BODY) : written.rindex(_BODY_END)].split(_BETWEEN) if drawings else []


def chart_names(docx: bytes) -> list[str]:
    """The charts a document or template has a place for, in order."""
    root = parse(read_parts(docx)[DOCUMENT])
    return list(dict.fromkeys(name for name, _ in (*_places(root), *_drawn(root))))


def _places(root: Node) -> list[tuple[str, Node]]:
    found = (
        (_MARK.fullmatch(paragraph_text(paragraph).strip()), paragraph) for paragraph in paragraphs_with(root, "[")
    )
    return [(match["name"], paragraph) for match, paragraph in found if match]


def _drawn(root: Node) -> list[tuple[str, Node]]:
    """Charts already in the document whose alternative text names them."""
    found = []
    for properties in root.iter(f"{{{INLINE}}}docPr"):
        words = (properties.get(key, "") for key in ("descr", "title", "name"))
        match = next(filter(None, map(_ALTERNATIVE.fullmatch, words)), None)
        chart = next(properties.getparent().iter(f"{{{CHART}}}chart"), None)
        if match and chart is not None:
            found.append((match["name"], chart))
    return found


def _unknown(names: list[str]) -> TemplateError:
    listed = "、".join(f"[[图:{name}]]" for name in names)
    return TemplateError(f"没有这些图的数据：{listed}", what_to_do="请核对图名，或在模板中删去这些占位段落")


def _emptied(paragraph: Node) -> Node:
    """The only run of a paragraph, in place of all it held."""
    for run in [child for child in paragraph if child.tag != w("pPr")]:
        paragraph.remove(run)
    run = paragraph.makeelement(w("r"))
    paragraph.append(run)
    return run


def _without_data(run: Node) -> Node:
    text = run.makeelement(w("t"))
    text.text = NO_DATA
    return text


def _add_charts(parts: dict[str, bytes], specs: Sequence[ChartSpec]) -> list[str]:
    """Put charts and their workbooks into the package; the relation of each, "" for one without data."""
    types: dict[str, str] = {}
    names: list[str] = []
    free = (number for number in count(1) if f"word/charts/chart{number}.xml" not in parts)
    for spec in (spec for spec in specs if not spec.is_empty):
        number = next(free)
        name, workbook = f"word/charts/chart{number}.xml", f"word/embeddings/chart{number}.xlsx"
        parts[workbook] = chart_workbook(spec)
        parts[name] = chart_part(spec, relate(parts, name, f"{OFFICE}/package", workbook))
        types |= {workbook: WORKBOOK_TYPE, name: CHART_TYPE}
        names.append(name)
    if names:
        declare(parts, types)
    keys = iter(relate_all(parts, DOCUMENT, [Relation(f"{OFFICE}/chart", name) for name in names]))
    return ["" if spec.is_empty else next(keys) for spec in specs]


def _replace_data(parts: dict[str, bytes], chart: Node, spec: ChartSpec) -> None:
    name = relations(parts, DOCUMENT)[chart.get(f"{{{OFFICE}}}id")][1]
    space = rewrite_chart(parts[name], spec)
    known = [target for kind, target in relations(parts, name).values() if kind == f"{OFFICE}/package"]
    workbook = known[0] if known else f"word/embeddings/{name.rpartition('/')[2].removesuffix('.xml')}.xlsx"
    add_part(parts, workbook, chart_workbook(spec), WORKBOOK_TYPE)
    link_workbook(space, relate(parts, name, f"{OFFICE}/package", workbook))
    parts[name] = serialise(space)


def _inline(number: int, relation: str, name: str, spec: ChartSpec) -> Node:
    width, height = (str(int(cm * EMU_PER_CM)) for cm in (spec.width_cm, spec.height))
    drawing = parse(
        f'<w:drawing xmlns:w="{W}" xmlns:wp="{INLINE}" xmlns:a="{DRAWING}" xmlns:c="{CHART}" xmlns:r="{OFFICE}">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name=""/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{CHART}">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'.encode()
    )
    properties = drawing.find(f".//{{{INLINE}}}docPr")
    properties.set("name", f"图:{name}")
    properties.set("descr", spec.words(name))
    return drawing
