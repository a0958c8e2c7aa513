"""How a native chart looks in print: colours, labels, axes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from lxml import etree

from toolkit.ooxml.printable import printable
from toolkit.word.chart_spec import LYING, MANY_POINTS, UPON_EACH_OTHER, ChartKind, ChartSpec
from toolkit.word.package import Node

PALETTE = ("1F4E79", "E46C0A", "BFBFBF", "7F7F7F", "FFC000", "548235", "7030A0", "2E75B6")
"""Colours of the series in turn; those of the first three can be told apart when printed in black and white."""
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_TEXT_POINTS, _TITLE_POINTS = 9, 11
_NEEDS_NO_DECIMALS = 10
_DECIMALS = re.compile(r"\.0+")
_DAY = "yyyy-mm"


def one_line(text: str) -> str:
    """A label in one line of printable characters."""
    return " ".join(printable(text).split())


@dataclass(frozen=True, slots=True)
class Look:
    """All that the look of a chart depends on: charts of one look differ in nothing but labels and values.

    Attributes:
        series: how many there are. title: "" for none.
        number_format: of the labels. axis_format: of the axis of values.
        top: end of that axis; None for automatic. labelled: whether values are printed at the points.
        has_values, below_zero: whether there are values, and some below zero.
        names_all: every category has its name printed, however narrow its column.
    """

    kind: ChartKind
    series: int
    title: str
    number_format: str
    axis_format: str
    top: float | None
    labelled: bool
    has_values: bool
    below_zero: bool
    names_all: bool

    @classmethod
    def of(cls, spec: ChartSpec) -> Self:
        """The look of what a chart shows."""
        numbers = [value for row in spec.series.values() for value in row if value is not None]
        return cls(
            spec.kind,
            len(spec.series),
            one_line(spec.title),
            spec.number_format,
            _axis_format(spec.number_format, numbers),
            spec.top,
            spec.labelled,
            has_values=bool(numbers),
            below_zero=min(numbers, default=0) < 0,
            names_all=spec.kind is ChartKind.COLUMN and len(spec.categories) <= MANY_POINTS,
        )


def dress(chart: Any, look: Look) -> None:  # noqa: ANN401
    """Set fonts, title, legend, and but for points also colours, labels and axes, of a python-pptx chart."""
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    chart.font.size = Pt(_TEXT_POINTS)
    chart.has_title = bool(look.title)
    if look.title:
        chart.chart_title.text_frame.text = look.title
        font = chart.chart_title.text_frame.paragraphs[0].font
        font.size, font.bold = Pt(_TITLE_POINTS), True
    chart.has_legend = look.series > 1 and look.kind is not ChartKind.TIMELINE
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    if look.kind is not ChartKind.SCATTER:
        _colour(chart.plots[0], look.kind)
        _label(chart.plots[0], look)
        _set_axes(chart, look)


def _colour(plot: Any, kind: ChartKind) -> None:  # noqa: ANN401
    from pptx.dml.color import RGBColor

    plot.gap_width = 60
    if kind in UPON_EACH_OTHER:
        plot.overlap = 100
    for index, series in enumerate(plot.series):
        series.invert_if_negative = False
        if index == 0 and kind is ChartKind.TIMELINE:
            series.format.fill.background()
            continue
        series.format.fill.solid()
        place = index - 1 if kind is ChartKind.TIMELINE else index
        series.format.fill.fore_color.rgb = RGBColor.from_string(PALETTE[place % len(PALETTE)])


def _label(plot: Any, look: Look) -> None:  # noqa: ANN401
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    if not look.labelled or look.kind in UPON_EACH_OTHER:
        return
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = look.number_format, False
    labels.show_value, labels.font.size = True, Pt(_TEXT_POINTS - 1)
    labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _set_axes(chart: Any, look: Look) -> None:  # noqa: ANN401
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_AXIS_CROSSES, XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    values, categories = chart.value_axis, chart.category_axis
    labels = values.tick_labels
    labels.number_format, labels.number_format_is_linked = look.axis_format, False
    values.major_gridlines.format.line.color.rgb = RGBColor.from_string("D9D9D9")
    values.major_gridlines.format.line.width = Pt(0.5)
    values.major_tick_mark = categories.major_tick_mark = XL_TICK_MARK.NONE
    if look.top is not None:
        values.maximum_scale = look.top
    if look.names_all:
        _name_every_category(categories)
    if look.below_zero:
        categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    elif look.has_values:
        values.minimum_scale = 0  # Excel may start bars of similar length above zero, which exaggerates differences
    if look.kind in LYING:
        categories.reverse_order = True  # the first category on top, as in the table
        categories.crosses = XL_AXIS_CROSSES.MAXIMUM
        # LibreOffice leaves this axis on top; labelled bars need neither axis nor grid
        values.visible = values.has_major_gridlines = not look.labelled or look.kind is ChartKind.TIMELINE


def _name_every_category(axis: Any) -> None:  # noqa: ANN401
    """Under columns a program leaves out every second name on its own; the number of a project is short enough."""
    element = axis._element  # noqa: SLF001  (python-pptx has no word for it)
    skip = element.makeelement(f"{{{CHART}}}tickLblSkip", {"val": "1"})
    element.find(f"{{{CHART}}}noMultiLvlLbl").addprevious(skip)


def dress_points(chart: Any, spec: ChartSpec) -> None:  # noqa: ANN401
    """Of a scatter: dots without lines, words at the axes, the label of a few points."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_MARKER_STYLE as MARKER
    from pptx.enum.chart import XL_TICK_MARK
    from pptx.util import Pt

    shapes = (MARKER.CIRCLE, MARKER.TRIANGLE, MARKER.DIAMOND, MARKER.SQUARE)
    for index, series in enumerate(chart.plots[0].series):
        series.format.line.fill.background()
        series.marker.style, series.marker.size = shapes[index % len(shapes)], 6
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = RGBColor.from_string(PALETTE[index % len(PALETTE)])
        series.marker.format.line.fill.background()
    for axis, words, decimals in zip((chart.category_axis, chart.value_axis), spec.axes, ("#,##0", "0"), strict=True):
        axis.has_title = bool(words)
        if words:
            axis.axis_title.text_frame.text = one_line(words)
            axis.axis_title.text_frame.paragraphs[0].font.size = Pt(_TEXT_POINTS)
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = decimals, False
        axis.major_tick_mark = XL_TICK_MARK.NONE
        axis.has_major_gridlines = axis is chart.value_axis
    chart.category_axis.has_major_gridlines = False
    chart.category_axis.minimum_scale = 0
    if spec.top is not None:
        chart.value_axis.maximum_scale = spec.top
    if spec.bottom is not None:
        chart.value_axis.minimum_scale = spec.bottom
    chart.value_axis.major_gridlines.format.line.color.rgb = RGBColor.from_string("D9D9D9")
    _name_points(chart, spec)


def _name_points(chart: Any, spec: ChartSpec) -> None:  # noqa: ANN401
    """Print the label of the points that are to be named; points without both values are not there."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    for series, values in zip(chart.plots[0].series, spec.series.values(), strict=True):
        there = [
            place
            for place, (x, y) in enumerate(zip(spec.places, values, strict=True))
            if x is not None and y is not None
        ]
        for place in sorted(set(there) & set(spec.named)):
            label = series.points[there.index(place)].data_label
            label.text_frame.text = one_line(spec.categories[place])
            label.text_frame.paragraphs[0].font.size = Pt(_TEXT_POINTS - 1)
            label.position = XL_LABEL_POSITION.ABOVE


def first_day(spec: ChartSpec) -> int:
    """The day a timeline begins with."""
    return int(min(value for value in next(iter(spec.series.values())) if value is not None))


def begin_at_first_day(space: Node, first: str) -> None:
    """An axis of months from the first day."""
    axis = next(space.iter(f"{{{CHART}}}valAx"))
    scaling = axis.find(f"{{{CHART}}}scaling")
    for old in scaling.findall(f"{{{CHART}}}min"):
        scaling.remove(old)
    etree.SubElement(scaling, f"{{{CHART}}}min", val=first)
    form = axis.find(f"{{{CHART}}}numFmt")
    form.set("formatCode", _DAY)


def _axis_format(number_format: str, numbers: Sequence[Decimal]) -> str:
    """Without decimals, which only small numbers need to tell one line of the grid from the next."""
    largest = max(map(abs, numbers), default=Decimal(0)) * (100 if number_format.endswith("%") else 1)
    return _DECIMALS.sub("", number_format) if largest >= _NEEDS_NO_DECIMALS else number_format
