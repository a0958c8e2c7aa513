"""The XML of a native chart: drawn by python-pptx and dressed for print once for every look, then filled with data."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache, partial
from itertools import chain
from typing import Any

from lxml import etree

from toolkit.formula.references import column_letters
from toolkit.ooxml.parse import DECLARATION, serialise
from toolkit.ooxml.printable import escaped
from toolkit.ooxml.relations import OFFICE
from toolkit.word.chart_data import chart_data
from toolkit.word.chart_dress import CHART, Look, begin_at_first_day, dress, dress_points, first_day, one_line
from toolkit.word.chart_spec import ChartKind, ChartSpec
from toolkit.word.package import Node

__all__ = [
    "CHART",
    "DRAWING",
    "ChartKind",
    "ChartSpec",
    "chart_part",
    "link_workbook",
    "rewrite_chart",
]

FONT = "宋体"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PPTX_KIND = {
    ChartKind.BAR: "BAR_CLUSTERED",
    ChartKind.COLUMN: "COLUMN_CLUSTERED",
    ChartKind.STACKED: "BAR_STACKED",
    ChartKind.TIMELINE: "BAR_STACKED",
    ChartKind.SCATTER: "XY_SCATTER",
}
_FIRST_DAY, _WORKBOOK = "{first day}", "{workbook}"
"""What stands in the frame of a chart where these belong."""
_DATA = ("tx", "cat", "val")
_PLACES = re.compile(f"<c:(?:{'|'.join(_DATA)})/>|{_FIRST_DAY}|{_WORKBOOK}")


def chart_part(spec: ChartSpec, workbook: str) -> bytes:
    """The part of a new chart. Args: workbook: the id of the part's relation to its workbook."""
    look = Look.of(spec)
    if spec.kind is ChartKind.SCATTER:
        space = _drawn(look, chart_data(spec), partial(dress_points, spec=spec))
        link_workbook(space, workbook)
        return serialise(space)
    texts = [text for place, series in enumerate(spec.series.items()) for text in _series(spec, place, *series)]
    texts += (*([str(first_day(spec))] if spec.kind is ChartKind.TIMELINE else ()), workbook)
    first, *rest = _frame(look)
    return DECLARATION + "".join((first, *chain.from_iterable(zip(texts, rest, strict=True)))).encode()


def _drawn(look: Look, data: Any, further: Callable[[Any], None] | None = None) -> Node:  # noqa: ANN401
    """A chart as python-pptx draws it, dressed for print."""
    from pptx.chart.chart import Chart
    from pptx.chart.xmlwriter import ChartXmlWriter
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.oxml import parse_xml

    space = parse_xml(ChartXmlWriter(XL_CHART_TYPE[_PPTX_KIND[look.kind]], data).xml.encode())
    chart = Chart(space, None)
    dress(chart, look)
    if further is not None:
        further(chart)
    _square_and_bare(space)
    _positive_axis_ids(space)
    name_fonts(space)
    return space


def load_drawing() -> None:
    """Load what draws charts: where several processes will, before they are copied from this one."""
    from pptx.chart import chart, data, xmlwriter

    _ = chart, data, xmlwriter


@lru_cache(maxsize=200)
def _frame(look: Look) -> tuple[str, ...]:
    """The text of bars of a look, cut where name, categories and values of every series belong, first day and workbook.

    Drawing a chart takes thirty times as long as putting its data in, and most charts of an evaluation look alike.
    """
    names = [str(number) for number in range(look.series)]
    data = chart_data(ChartSpec(look.kind, [""], {name: [Decimal()] for name in names}))
    space = _drawn(look, data)
    for series in space.iter(f"{{{CHART}}}ser"):
        for tag in _DATA:
            series.find(f"{{{CHART}}}{tag}").clear()
    if look.kind is ChartKind.TIMELINE:
        begin_at_first_day(space, _FIRST_DAY)
    link_workbook(space, _WORKBOOK)
    return tuple(_PLACES.split(etree.tostring(space, encoding="unicode")))


def _series(spec: ChartSpec, place: int, name: str, values: Sequence[Decimal | None]) -> tuple[str, str, str]:
    """Name, categories and values of a series, with the cells of the workbook they stand in."""
    column, rows = f"${column_letters(place + 2)}", len(spec.categories)
    last = rows + 1
    numbers = (None if value is None else str(float(value)) for value in values)
    label = f"<c:f>Sheet1!{column}$1</c:f>{_cached('str', 1, [one_line(name)])}"
    labels = f"<c:f>Sheet1!$A$2:$A${last}</c:f>{_cached('str', rows, map(one_line, spec.categories))}"
    figures = f"<c:f>Sheet1!{column}$2:{column}${last}</c:f>{_cached('num', rows, numbers, spec.number_format)}"
    return (
        f"<c:tx><c:strRef>{label}</c:strRef></c:tx>",
        f"<c:cat><c:strRef>{labels}</c:strRef></c:cat>",
        f"<c:val><c:numRef>{figures}</c:numRef></c:val>",
    )


def _cached(kind: str, count: int, texts: Iterable[str | None], number_format: str = "") -> str:
    """What a chart keeps of some cells; those without a value are left out."""
    form = f"<c:formatCode>{escaped(number_format)}</c:formatCode>" if number_format else ""
    points = "".join(
        [f'<c:pt idx="{place}">{_value(text)}</c:pt>' for place, text in enumerate(texts) if text is not None]
    )
    return f'<c:{kind}Cache>{form}<c:ptCount val="{count}"/>{points}</c:{kind}Cache>'


def _value(text: str) -> str:
    """As XML is written."""
    return f"<c:v>{escaped(text)}</c:v>" if text else "<c:v/>"


def rewrite_chart(xml: bytes, spec: ChartSpec) -> Node:
    """An existing chart's ``c:chartSpace`` with new data and its own style."""
    from pptx.chart.xmlwriter import SeriesXmlRewriterFactory
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.oxml import parse_xml

    space = parse_xml(xml)
    drawn = next(space.iter(f"{{{CHART}}}scatterChart"), None)
    own = spec.kind if (drawn is not None) == (spec.kind is ChartKind.SCATTER) else _like(drawn)
    kind = XL_CHART_TYPE[_PPTX_KIND[own]]
    SeriesXmlRewriterFactory(kind, chart_data(replace(spec, kind=own))).replace_series_data(space)
    _positive_axis_ids(space)
    return space


def _like(drawn: Node | None) -> ChartKind:
    """What a consultant drew decides: points get points, columns get columns, whatever we would draw."""
    return ChartKind.COLUMN if drawn is None else ChartKind.SCATTER


def _square_and_bare(space: Node) -> None:
    """No rounded corners (Word's default when nothing is said) and no frame."""
    corners = space.makeelement(f"{{{CHART}}}roundedCorners", {"val": "0"})
    date = space.find(f"{{{CHART}}}date1904")
    if date is None:
        space.insert(0, corners)
    else:
        date.addnext(corners)
    shape = etree.fromstring(f'<c:spPr xmlns:c="{CHART}" xmlns:a="{DRAWING}"><a:ln><a:noFill/></a:ln></c:spPr>')
    space.find(f"{{{CHART}}}chart").addnext(shape)


def _positive_axis_ids(space: Node) -> None:
    """Axis ids without a sign: the schema allows none, and python-pptx writes negative ones, as PowerPoint once did."""
    for node in space.iter(f"{{{CHART}}}axId", f"{{{CHART}}}crossAx"):
        node.set("val", node.get("val").lstrip("-"))


def name_fonts(space: Node) -> None:
    """Name the Latin and the East Asian font of every text: unnamed, Chinese falls to whatever the machine has."""
    for properties in space.iter(f"{{{DRAWING}}}defRPr", f"{{{DRAWING}}}rPr"):
        for slot in ("latin", "ea", "cs"):
            for old in properties.findall(f"{{{DRAWING}}}{slot}"):
                properties.remove(old)
            etree.SubElement(properties, f"{{{DRAWING}}}{slot}", typeface=FONT)


def link_workbook(space: Node, relation: str) -> None:
    """Point a chart to its embedded workbook."""
    for old in space.findall(f"{{{CHART}}}externalData"):
        space.remove(old)
    link = etree.SubElement(space, f"{{{CHART}}}externalData", {f"{{{OFFICE}}}id": relation})
    etree.SubElement(link, f"{{{CHART}}}autoUpdate", val="0")
