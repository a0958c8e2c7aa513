"""Charts of a paragraph a person keeps: what is drawn in them, and new data put into the look a person gave one."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from toolkit.ooxml.parse import serialise
from toolkit.ooxml.relations import OFFICE, relations
from toolkit.word.merging.words import Opened
from toolkit.word.merging.work import Reason, Work
from toolkit.word.package import DRAWING, Node, parse, w

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RELATION = f"{{{OFFICE}}}id"
_DATA = tuple(_CHART + tag for tag in ("tx", "cat", "val", "xVal", "yVal"))
_SHOWN = 120

Values: TypeAlias = tuple[tuple[str, Decimal | str], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart: the reference to it, its part, what it shows, how that looks as far as programs keep it on saving."""

    node: Node
    part: str
    data: tuple[tuple[Values, ...], ...]
    look: tuple[object, ...]


def same_charts(base: tuple[Opened, Node], mine: tuple[Opened, Node]) -> bool:
    """Whether nobody worked on the charts of a paragraph: other numbers, colours, titles, kinds."""
    before, own = (_drawn(*pair) for pair in (base, mine))
    return [(chart.data, chart.look) for chart in before] == [(chart.data, chart.look) for chart in own]


def is_same_chart(mine: tuple[Opened, Node], theirs: tuple[Opened, Node]) -> bool:
    """Whether the charts of two paragraphs are the same to the last byte, and so are the workbooks behind them."""
    return _bytes_of(*mine) == _bytes_of(*theirs)


def _bytes_of(opened: Opened, paragraph: Node) -> list[tuple[bytes | None, ...]]:
    parts = [opened.targets.get(node.get(_RELATION), "") for node in paragraph.iter(f"{_CHART}chart")]
    return [
        (opened.parts.get(part), *(opened.parts.get(target) for _, target in relations(opened.parts, part).values()))
        for part in parts
    ]


def renew_charts(work: Work, base: Node, mine: Node, theirs: Node) -> None:
    """Put what is drawn now into the charts of a paragraph that is the person's; a comment where both changed it."""
    before, own, now = _drawn(work.base, base), _drawn(work.mine, mine), _drawn(work.theirs, theirs)
    if not len(before) == len(own) == len(now):
        if [chart.data for chart in before] != [chart.data for chart in now]:
            work.remark(mine, Reason.CHART, _told(own), _told(now))
        return
    for old, kept, new in zip(before, own, now, strict=True):
        if new.data == old.data:
            continue
        if kept.data == old.data and _put_data(work, kept, new):
            _renew_words(old, kept, new)
        else:
            work.remark(mine, Reason.CHART, _told([kept]), _told([new]))


def renew_elsewhere(work: Work) -> None:
    """Put what is drawn now into generated charts that a person put into other paragraphs, or copied."""
    own = [chart for chart in _drawn(work.mine, work.mine.body) if chart.part in work.mine.targets.values()]
    old = _drawn(work.base, work.base.body) if own else []
    now = {_name(chart): chart for chart in _drawn(work.theirs, work.theirs.body)} if own else {}
    for kept in own:
        before = next((chart for chart in old if chart.data == kept.data), None)
        new = now.get(_name(before)) if before else None
        if before is None or (new and new.data == kept.data):
            continue
        if new and _put_data(work, kept, new):
            _renew_words(before, kept, new)
        else:
            work.remark(next(kept.node.iterancestors(w("p"))), Reason.CHART, _told([kept]), _told([new] if new else []))


def _name(chart: Drawn) -> str:
    """What a chart is called in the template."""
    named = next(_frame(chart.node).iter(DRAWING), None)
    return "" if named is None else named.get("name", "")


def _drawn(opened: Opened, paragraph: Node) -> list[Drawn]:
    found = []
    for node in paragraph.iter(f"{_CHART}chart"):
        part = opened.targets.get(node.get(_RELATION), "")
        if part in opened.parts:
            space = parse(opened.parts[part])
            found.append(Drawn(node, part, tuple(map(_data, _series(space))), _look(space)))
    return found


def _series(space: Node) -> list[Node]:
    return list(space.iter(f"{_CHART}ser"))


def _data(series: Node) -> tuple[Values, ...]:
    """Names and values of a series as cached: LibreOffice rewrites the formulas behind them."""
    return tuple(_values(series.find(tag)) for tag in _DATA)


def _values(node: Node | None) -> Values:
    if node is None:
        return ()
    return tuple((point.get("idx", ""), _value(point.findtext(f"{_CHART}v"))) for point in node.iter(f"{_CHART}pt"))


def _value(text: str | None) -> Decimal | str:
    try:
        return Decimal(text or "").normalize()
    except InvalidOperation:
        return text or ""


def _look(space: Node) -> tuple[object, ...]:
    titles = "".join(text.text or "" for title in space.iter(f"{_CHART}title") for text in title.iter(f"{_DRAWING}t"))
    kinds = tuple(plot.tag for area in space.iter(f"{_CHART}plotArea") for plot in area if plot.tag.endswith("Chart"))
    bars = [series for series in _series(space) if series.getparent().tag != f"{_CHART}scatterChart"]
    return titles, kinds, tuple(tuple(_colours(series)) for series in bars)


def _colours(series: Node) -> Iterator[str]:
    for colour in series.findall(f"{_CHART}spPr/{_DRAWING}solidFill/{_DRAWING}srgbClr"):
        yield colour.get("val", "").upper()


def _put_data(work: Work, kept: Drawn, new: Drawn) -> bool:
    """The new series in place of the old ones, and their workbook; False where there are more or fewer of them."""
    space, now = parse(work.mine.parts[kept.part]), parse(work.theirs.parts[new.part])
    if len(_series(space)) != len(_series(now)):
        return False
    for own, fresh in zip(_series(space), _series(now), strict=True):
        for tag in _DATA:
            was, made = own.find(tag), fresh.find(tag)
            if (was is None) != (made is None):
                return False
            if was is not None:
                own.replace(was, deepcopy(made))
    work.mine.parts[kept.part] = serialise(space)
    books = [_workbook(opened, chart.part) for opened, chart in ((work.mine, kept), (work.theirs, new))]
    if all(books):
        work.mine.parts[books[0]] = work.theirs.parts[books[1]]
    return True


def _workbook(opened: Opened, part: str) -> str:
    found = [target for kind, target in relations(opened.parts, part).values() if kind == f"{OFFICE}/package"]
    return next((name for name in found if name in opened.parts), "")


def _renew_words(old: Drawn, kept: Drawn, new: Drawn) -> None:
    """The alternative text tells the largest values; a person's own stays."""
    before, own, now = (next(_frame(chart.node).iter(DRAWING), None) for chart in (old, kept, new))
    if own is not None and now is not None and (before is None or own.get("descr") == before.get("descr")):
        own.set("descr", now.get("descr", ""))


def _frame(node: Node) -> Node:
    return next(node.iterancestors(w("drawing")), node)


def _told(charts: Sequence[Drawn]) -> str:
    numbers = [str(value) for chart in charts for series in chart.data for values in series[1:] for _, value in values]
    return "、".join(numbers)[:_SHOWN]
