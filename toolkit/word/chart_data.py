"""What a chart shows, as python-pptx wants it."""

from typing import Any

from toolkit.word.chart_dress import one_line
from toolkit.word.chart_spec import ChartKind, ChartSpec


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
