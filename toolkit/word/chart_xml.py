"""The XML and the embedded workbook of a native chart, written by python-pptx and dressed for print."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any

from lxml import etree

from toolkit.ooxml.relations import OFFICE
from toolkit.word.chart_dress import CHART, begin_at_first_day, dress, one_line
from toolkit.word.chart_spec import ChartKind, ChartSpec
from toolkit.word.package import Node

__all__ = [
    "CHART",
    "DRAWING",
    "ChartKind",
    "ChartSpec",
    "chart_workbook",
    "chart_xml",
    "link_workbook",
    "rewrite_chart",
]

FONT = "宋体"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_ALWAYS_THE_SAME = datetime(1980, 1, 1)  # noqa: DTZ001  the workbook's properties carry no zone

_PPTX_KIND = {
    ChartKind.BAR: "BAR_CLUSTERED",
    ChartKind.COLUMN: "COLUMN_CLUSTERED",
    ChartKind.STACKED: "BAR_STACKED",
    ChartKind.TIMELINE: "BAR_STACKED",
    ChartKind.SCATTER: "XY_SCATTER",
}
_DAY = "yyyy-mm"


def chart_xml(spec: ChartSpec) -> Node:
    """A new chart's ``c:chartSpace``, without the link to its workbook."""
    from pptx.chart.chart import Chart
    from pptx.chart.xmlwriter import ChartXmlWriter
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.oxml import parse_xml

    kind = XL_CHART_TYPE[_PPTX_KIND[spec.kind]]
    space = parse_xml(ChartXmlWriter(kind, chart_data(spec)).xml.encode())
    dress(Chart(space, None), spec)
    if spec.kind is ChartKind.TIMELINE:
        begin_at_first_day(space, spec)
    _square_and_bare(space)
    _positive_axis_ids(space)
    name_fonts(space)
    return space


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


def chart_data(spec: ChartSpec) -> Any:  # noqa: ANN401
    """The data as python-pptx wants it."""
    from pptx.chart.data import CategoryChartData

    if spec.kind is ChartKind.SCATTER:
        return _points(spec)
    data = CategoryChartData(number_format=spec.number_format)
    data.categories = [one_line(label) for label in spec.categories]
    for name, values in spec.series.items():
        data.add_series(one_line(name), [None if value is None else float(value) for value in values])
    return data


def _points(spec: ChartSpec) -> Any:  # noqa: ANN401
    """Points of a scatter; a category without both values has none."""
    from pptx.chart.data import XyChartData

    data = XyChartData(number_format=spec.number_format)
    for name, values in spec.series.items():
        series = data.add_series(one_line(name))
        for x, y in zip(spec.places, values, strict=True):
            if x is not None and y is not None:
                series.add_data_point(float(x), float(y))
    return data


def chart_workbook(spec: ChartSpec) -> bytes:
    """The workbook Word opens for「编辑数据」."""
    blob: bytes = _writer_class(spec.kind is ChartKind.SCATTER)(chart_data(spec)).xlsx_blob
    return blob


@cache
def _writer_class(is_scatter: bool) -> Any:  # noqa: ANN401
    from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter

    writer: Any = XyWorkbookWriter if is_scatter else CategoryWorkbookWriter

    class PlainWorkbookWriter(writer):  # type: ignore[misc]
        """Writes a unit's ``=cmd|…`` as text, and no time of day."""

        @contextmanager
        def _open_worksheet(self, xlsx_file: BytesIO) -> Iterator[tuple[Any, Any]]:
            with super()._open_worksheet(xlsx_file) as (workbook, worksheet):
                worksheet.strings_to_formulas = worksheet.strings_to_urls = False
                workbook.set_properties({"created": _ALWAYS_THE_SAME})
                yield workbook, worksheet

    return PlainWorkbookWriter


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
