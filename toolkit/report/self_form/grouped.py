"""First and second level of indicators down the side of a form."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from toolkit.model import Indicator
from toolkit.model.printed_form import FormCell
from toolkit.report.self_form.facts import label, short

Row = tuple[FormCell, ...]
_Groups = list[tuple[str, list[Indicator]]]


def grouped_rows(
    indicators: Sequence[Indicator],
    cells: Callable[[Indicator], Row],
    group_width: int = 1,
    printed: Mapping[str, Sequence[str]] = MappingProxyType({}),
    blank: int = 0,
) -> Iterator[Row]:
    """A row an indicator; 一级 and 二级 are cells as high as their indicators.

    Args:
        indicators: in the order of the scheme.
        cells: what stands right of both levels.
        group_width: 0 leaves 二级 out.
        printed: 一级 → 二级 that the form has in any case, in its order; one without indicators is an empty row.
        blank: how many cells such an empty row has.
    """
    for dimension, members in _runs(indicators, lambda each: each.dimension):
        groups = _with_printed(list(_runs(members, lambda each: each.group)), printed.get(dimension, ()))
        side: Row = (label(dimension, 1, sum(max(1, len(own)) for _, own in groups)),)
        for group, own in groups:
            if group_width:
                side = (*side, label(group, group_width, max(1, len(own))))
            for row in map(cells, own) if own else [(short(""),) * blank]:
                yield (*side, *row)
                side = ()


def _with_printed(groups: _Groups, printed: Sequence[str]) -> _Groups:
    """Groups with those the form prints in any case, each before the next of the form's order that is there."""
    found = list(groups)
    for name in printed:
        names = [group for group, _ in found]
        if name not in names:
            later = printed[printed.index(name) + 1 :]
            at = next((place for place, group in enumerate(names) if group in later), len(names))
            found.insert(at, (name, []))
    return found


def _runs(indicators: Iterable[Indicator], key: Callable[[Indicator], str]) -> Iterator[tuple[str, list[Indicator]]]:
    for name, members in groupby(indicators, key):
        yield name, list(members)
