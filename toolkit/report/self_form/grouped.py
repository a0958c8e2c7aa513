"""First and second level of indicators down the side of a form."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from toolkit.model import Indicator
from toolkit.model.printed_form import FormCell
from toolkit.report.self_form.facts import label

Row = tuple[FormCell, ...]


def grouped_rows(
    indicators: Sequence[Indicator], cells: Callable[[Indicator], Row], dimension_width: int = 1, group_width: int = 1
) -> Iterator[Row]:
    """A row an indicator; 一级 and 二级 are cells as high as their indicators, ``group_width`` 0 leaves 二级 out."""
    for dimension, members in _runs(indicators, lambda each: each.dimension):
        side: Row = (label(dimension, dimension_width, len(members)),)
        for group, own in _runs(members, lambda each: each.group):
            if group_width:
                side = (*side, label(group, group_width, len(own)))
            for indicator in own:
                yield (*side, *cells(indicator))
                side = ()


def _runs(indicators: Iterable[Indicator], key: Callable[[Indicator], str]) -> Iterator[tuple[str, list[Indicator]]]:
    for name, members in groupby(indicators, key):
        yield name, list(members)
