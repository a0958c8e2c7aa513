"""The XML and the embedded workbook of a native chart, written by python-pptx and dressed for print."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from io import BytesIO
from typing import Any

from lxml import etree

from toolkit.ooxml.printable import printable
from toolkit.ooxml.relations import OFFICE
from toolkit.word.package import Node

FONT = "宋体"
PALETTE = ("2E75B6", "C55A11", "7F7F7F", "BF9000", "548235", "1F4E79", "7030A0", "A5A5A5")
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_ALWAYS_THE_SAME = datetime(1980, 1, 1)  # noqa: DTZ001  the workbook's properties carry no zone
_TEXT_POINTS, _TITLE_POINTS = 9, 11
_MANY_POINTS = 48
_NEEDS_NO_DECIMALS = 10
_DECIMALS = re.compile(r"\.0+")


class ChartKind(StrEnum):
    """The kinds a report uses."""

    BAR = "bar"
    COLUMN = "column"


_PPTX_KIND = {ChartKind.BAR: "BAR_CLUSTERED", ChartKind.COLUMN: "COLUMN_CLUSTERED"}


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """What a chart shows.

    Attributes:
        kind: see :class:`ChartKind`.
        categories: one label per point.
        series: name → values, as long as categories; None leaves a gap.
        title: above the plot; "" for none (the caption in the document is usually enough).
        number_format: Excel format of the labels, e.g. "0.00", "0.00%", "#,##0.00"; the axis does without decimals.
        top: end of the value axis, None for automatic.
        width_cm, height_cm: size on the page; height 0 means by the number of categories.
        labels: print the values at the points.

    Units: sizes in cm; values as in the master workbook.
    """

    kind: ChartKind
    categories: Sequence[str]
    series: Mapping[str, Sequence[Decimal | None]]
    title: str = ""
    number_format: str = "General"
    top: float | None = None
    width_cm: float = 15.0
    height_cm: float = 0.0
    labels: bool = True

    def __post_init__(self) -> None:
        for name, values in self.series.items():
            if len(values) != len(self.categories):
                raise ValueError(f"series {name!r} has {len(values)} values for {len(self.categories)} categories")

    @property
    def is_empty(self) -> bool:
        """Nothing to draw."""
        return not self.categories or not self.series

    @property
    def labelled(self) -> bool:
        """Whether values are printed at the points: as long as they do not cover each other."""
        return self.labels and len(self.categories) * len(self.series) <= _MANY_POINTS

    @property
    def height(self) -> float:
        """Height on the page.

        Units: cm.
        """
        if self.height_cm:
            return self.height_cm
        if self.kind is ChartKind.BAR:
            return min(20.0, max(6.0, 2.0 + len(self.categories) * (0.35 + 0.4 * len(self.series))))
        return 8.0


def chart_xml(spec: ChartSpec) -> Node:
    """A new chart's ``c:chartSpace``, without the link to its workbook."""
    from pptx.chart.chart import Chart
    from pptx.chart.xmlwriter import ChartXmlWriter
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.oxml import parse_xml

    kind = XL_CHART_TYPE[_PPTX_KIND[spec.kind]]
    space = parse_xml(ChartXmlWriter(kind, chart_data(spec)).xml.encode())
    _dress(Chart(space, None), spec)
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
    kind = XL_CHART_TYPE[_PPTX_KIND[spec.kind]]
    SeriesXmlRewriterFactory(kind, chart_data(spec)).replace_series_data(space)
    _positive_axis_ids(space)
    return space


def chart_data(spec: ChartSpec) -> Any:  # noqa: ANN401
    """The data as python-pptx wants it."""
    from pptx.chart.data import CategoryChartData

    data = CategoryChartData(number_format=spec.number_format)
    data.categories = [_line(label) for label in spec.categories]
    for name, values in spec.series.items():
        data.add_series(_line(name), [None if value is None else float(value) for value in values])
    return data


def chart_workbook(spec: ChartSpec) -> bytes:
    """The workbook Word opens for「编辑数据」."""
    blob: bytes = _writer_class()(chart_data(spec)).xlsx_blob
    return blob


@cache
def _writer_class() -> Any:  # noqa: ANN401
    from pptx.chart.xlsx import CategoryWorkbookWriter

    class PlainWorkbookWriter(CategoryWorkbookWriter):
        """Writes a unit's ``=cmd|…`` as text, and no time of day."""

        @contextmanager
        def _open_worksheet(self, xlsx_file: BytesIO) -> Iterator[tuple[Any, Any]]:
            with super()._open_worksheet(xlsx_file) as (workbook, worksheet):
                worksheet.strings_to_formulas = worksheet.strings_to_urls = False
                workbook.set_properties({"created": _ALWAYS_THE_SAME})
                yield workbook, worksheet

    return PlainWorkbookWriter


def _line(text: str) -> str:
    return " ".join(printable(text).split())


def _dress(chart: Any, spec: ChartSpec) -> None:  # noqa: ANN401
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    chart.font.size = Pt(_TEXT_POINTS)
    chart.has_title = bool(spec.title)
    if spec.title:
        chart.chart_title.text_frame.text = _line(spec.title)
        font = chart.chart_title.text_frame.paragraphs[0].font
        font.size, font.bold = Pt(_TITLE_POINTS), True
    chart.has_legend = len(spec.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _colour(chart.plots[0])
    _label(chart.plots[0], spec)
    _set_axes(chart, spec)


def _colour(plot: Any) -> None:  # noqa: ANN401
    from pptx.dml.color import RGBColor

    plot.gap_width = 60
    for index, series in enumerate(plot.series):
        series.invert_if_negative = False
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(PALETTE[index % len(PALETTE)])


def _label(plot: Any, spec: ChartSpec) -> None:  # noqa: ANN401
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    if not spec.labelled:
        return
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = spec.number_format, False
    labels.show_value, labels.font.size = True, Pt(_TEXT_POINTS - 1)
    labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _set_axes(chart: Any, spec: ChartSpec) -> None:  # noqa: ANN401
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_AXIS_CROSSES, XL_TICK_MARK
    from pptx.util import Pt

    values, categories = chart.value_axis, chart.category_axis
    numbers = [value for row in spec.series.values() for value in row if value is not None]
    labels = values.tick_labels
    labels.number_format, labels.number_format_is_linked = _axis_format(spec.number_format, numbers), False
    values.major_gridlines.format.line.color.rgb = RGBColor.from_string("D9D9D9")
    values.major_gridlines.format.line.width = Pt(0.5)
    values.major_tick_mark = categories.major_tick_mark = XL_TICK_MARK.NONE
    if spec.top is not None:
        values.maximum_scale = spec.top
    if numbers and min(numbers) >= 0:
        values.minimum_scale = 0  # Excel may start bars of similar length above zero, which exaggerates differences
    if spec.kind is ChartKind.BAR:
        categories.reverse_order = True  # the first category on top, as in the table
        categories.crosses = XL_AXIS_CROSSES.MAXIMUM
        # LibreOffice leaves this axis on top; labelled bars need neither axis nor grid
        values.visible = values.has_major_gridlines = not spec.labelled


def _axis_format(number_format: str, numbers: Sequence[Decimal]) -> str:
    """Without decimals, which only small numbers need to tell one line of the grid from the next."""
    largest = max(map(abs, numbers), default=Decimal(0)) * (100 if number_format.endswith("%") else 1)
    return _DECIMALS.sub("", number_format) if largest >= _NEEDS_NO_DECIMALS else number_format


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
