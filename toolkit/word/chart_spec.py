"""What a native chart shows: its kind, labels and values, before any XML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

MANY_POINTS = 48
"""Up to so many points each has its name and value printed."""


class ChartKind(StrEnum):
    """The kinds a report uses."""

    BAR = "bar"
    COLUMN = "column"
    STACKED = "stacked"
    """Bars whose parts follow each other: a waterfall, whose steps stand on what is left."""
    TIMELINE = "timeline"
    """Bars along an axis of days; the first series is where a bar begins and is not drawn."""
    SCATTER = "scatter"


LYING = (ChartKind.BAR, ChartKind.STACKED, ChartKind.TIMELINE)
UPON_EACH_OTHER = (ChartKind.STACKED, ChartKind.TIMELINE)
_KINDS = {
    ChartKind.BAR: "条形图",
    ChartKind.COLUMN: "柱形图",
    ChartKind.STACKED: "瀑布图",
    ChartKind.TIMELINE: "时间轴图",
    ChartKind.SCATTER: "散点图",
}


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """What a chart shows.

    Attributes:
        kind: see :class:`ChartKind`.
        categories: one label per point.
        series: name → values, as long as categories; None leaves a gap.
        title: above the plot; "" for none (the caption in the document is usually enough).
        number_format: Excel format of the labels, e.g. "0.00", "0.00%", "#,##0.00"; the axis does without decimals.
        top, bottom: ends of the value axis, None for automatic; bars begin at zero whatever ``bottom`` says.
        width_cm, height_cm: size on the page; height 0 means by the number of categories.
        labels: print the values at the points.
        across: of a scatter, where each category stands on the other axis.
        axes: of a scatter, the words at its two axes, the lying one first.
        named: of a scatter, the places of categories whose label is printed at the point.

    Units: sizes in cm; values as in the master workbook.
    """

    kind: ChartKind
    categories: Sequence[str]
    series: Mapping[str, Sequence[Decimal | None]]
    title: str = ""
    number_format: str = "General"
    top: float | None = None
    bottom: float | None = None
    width_cm: float = 15.0
    height_cm: float = 0.0
    labels: bool = True
    across: Sequence[Decimal | None] = ()
    axes: tuple[str, str] = ("", "")
    named: Sequence[int] = ()

    def __post_init__(self) -> None:
        for name, values in self.series.items():
            if len(values) != len(self.categories):
                raise ValueError(f"series {name!r} has {len(values)} values for {len(self.categories)} categories")

    @property
    def places(self) -> Sequence[Decimal | None]:
        """Of a scatter, where each category stands on the lying axis: where nobody says, one after another."""
        return self.across or [Decimal(place) for place in range(1, len(self.categories) + 1)]

    @property
    def is_empty(self) -> bool:
        """Nothing to draw."""
        return not self.categories or not self.series

    @property
    def labelled(self) -> bool:
        """Whether values are printed at the points: as long as they do not cover each other."""
        return self.labels and len(self.categories) * len(self.series) <= MANY_POINTS

    @property
    def height(self) -> float:
        """Height on the page.

        Units: cm.
        """
        if self.height_cm:
            return self.height_cm
        if self.kind in LYING:
            return min(20.0, max(6.0, 2.0 + len(self.categories) * (0.35 + 0.4 * len(self.series))))
        return 8.0

    def words(self, name: str) -> str:
        """The alternative text for who cannot see it: kind, name, what is shown of how many."""
        shown = "、".join(self.series)
        return f"{_KINDS[self.kind]}：{name}，{len(self.categories)}项，{shown}"
