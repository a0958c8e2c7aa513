"""Merging sequences of units: a body, the rows of a table, the content of a cell."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from toolkit.word.contents import CONTENTS_MARK
from toolkit.word.merging.columns import column_count, same_cells, widen
from toolkit.word.merging.paragraphs import merge_paragraph, refresh
from toolkit.word.merging.plan import Added, Both, Kept, Step, plan_merge
from toolkit.word.merging.units import ROWS, Unit, UnitKind, block_units, cells
from toolkit.word.merging.words import CHART, Opened
from toolkit.word.merging.work import Attention, Reason, Work, generated_alike
from toolkit.word.package import Node, W, parse, w

_CONTENTS_PLACE = f'<w:p xmlns:w="{W}"><w:r><w:t>{CONTENTS_MARK}</w:t></w:r></w:p>'.encode()


def merge_body(work: Work) -> None:
    """Make the body of the person's copy the merged one."""
    body = work.mine.body
    last = body.find(w("sectPr"))
    base, theirs = work.bodies
    merged = merge_units(work, base, block_units(work.mine, body), theirs)
    _fill(body, [*merged, *([] if last is None else [last])])


def merge_units(work: Work, base: Sequence[Unit], mine: Sequence[Unit], theirs: Sequence[Unit]) -> list[Node]:
    """The elements of the result, in order."""
    plan = plan_merge(base, mine, theirs, work.is_touched, work.pair(base, theirs))
    for old, new in plan.deleted:
        if old.key and not _unchanged(old, new):
            work.found.append(Attention(Reason.DELETED, old.text, new.text))
    return [node for step in plan.steps for node in _merged(work, step)]


def _merged(work: Work, step: Step) -> list[Node]:
    if isinstance(step, Added):
        return work.bring(step.theirs)
    if isinstance(step, Kept):
        return _kept(work, step)
    if _unchanged(step.base, step.theirs):
        return _refreshed(work, step.mine)
    return _BY_KIND[step.mine.kind](work, step)


def _unchanged(base: Unit, theirs: Unit) -> bool:
    """The new generation says here what the last one said; charts hold their data elsewhere."""
    if base.key != theirs.key or CHART in theirs.key or base.kind is UnitKind.CONTENTS:
        return False
    if [slot.printed for slot in base.figures] != [slot.printed for slot in theirs.figures]:
        return False
    return generated_alike(base.node, theirs.node)


def _kept(work: Work, step: Kept) -> list[Node]:
    """What only the person's copy has."""
    nodes = _refreshed(work, step.mine)
    if step.base is not None:
        work.remark(step.mine.node, Reason.NOT_GENERATED, step.mine.text, "")
    return nodes


def _refreshed(work: Work, unit: Unit) -> list[Node]:
    for paragraph in dict.fromkeys(next(slot.start.iterancestors(w("p")), None) for slot in unit.figures):
        if paragraph is not None:
            refresh(work, paragraph)
    return unit.nodes


def _paragraph(work: Work, step: Both) -> list[Node]:
    return [merge_paragraph(work, step.base.node, step.mine.node, step.theirs.node)]


def _table(work: Work, step: Both) -> list[Node]:
    """Row by row, unless the generated columns are others now."""
    generated, table = column_count(step.base.node), step.mine.node
    if generated != column_count(step.theirs.node):
        return _whole(work, step)
    extra = column_count(table) - generated
    rows = merge_units(work, step.base.rows, step.mine.rows, step.theirs.rows)
    _fill(table, [*(node for node in table if node.tag not in ROWS), *rows])
    widen(table, extra)
    return step.mine.nodes


def _row(work: Work, step: Both) -> list[Node]:
    base, mine, theirs = (cells(unit.node) for _, unit in _versions(work, step))
    if len(base) != len(theirs):
        return _whole(work, step)
    same = same_cells(work.base, base, work.mine, mine)
    for place, own in same.items():
        _cell(work, base[place], mine[own], theirs[place])
    for own in set(range(len(mine))) - set(same.values()):
        for paragraph in mine[own].iter(w("p")):
            refresh(work, paragraph)
    return step.mine.nodes


def _cell(work: Work, base: Node, mine: Node, theirs: Node) -> None:
    if _is_one_paragraph(work, base, mine, theirs):
        return
    documents = zip(_documents(work), (base, mine, theirs), strict=True)
    properties = mine.find(w("tcPr"))
    merged = merge_units(work, *(block_units(opened, cell) for opened, cell in documents))
    _fill(mine, [*([] if properties is None else [properties]), *merged])
    if not len(mine) or mine[-1].tag != w("p"):
        mine.append(mine.makeelement(w("p")))  # the format wants a paragraph at the end of a cell


def _is_one_paragraph(work: Work, base: Node, mine: Node, theirs: Node) -> bool:
    """Merge cells of one paragraph each, most there are, without looking for which paragraph is which."""
    blocks = [[child for child in cell if child.tag != w("tcPr")] for cell in (base, mine, theirs)]
    if any(len(own) != 1 or own[0].tag != w("p") for own in blocks):
        return False
    (before,), (own,), (now,) = blocks
    keys = work.base.words(before).key, work.mine.words(own).key, work.theirs.words(now).key
    if not all(keys) or keys[0] not in keys[1:]:
        return False
    merged = merge_paragraph(work, before, own, now)
    if merged is not own:
        mine.replace(own, merged)
    return True


def _whole(work: Work, step: Both) -> list[Node]:
    """The new unit in place of one nobody typed into; else the person's, with a comment where both have changed."""
    if not work.is_touched(step.base, step.mine):
        return work.bring(step.theirs)
    if step.theirs.key not in (step.base.key, step.mine.key):
        work.remark(step.mine.node, Reason.BOTH_CHANGED, step.mine.text, step.theirs.text)
    return _refreshed(work, step.mine)


def _section(work: Work, step: Both) -> list[Node]:
    """The person's section with its headers, in the form now generated where that has changed."""
    own, base, now = (unit.node.find(f"{w('pPr')}/{w('sectPr')}") for unit in (step.mine, step.base, step.theirs))
    if not generated_alike(base, now):
        new = work.copier.copy(now)
        new[0:0] = [*own.findall(w("headerReference")), *own.findall(w("footerReference"))]
        own.getparent().replace(own, new)
    return step.mine.nodes


def _contents(_work: Work, _step: Both) -> list[Node]:
    """A mark: the contents are made anew from the headings of the result."""
    return [parse(_CONTENTS_PLACE)]


_BY_KIND: Mapping[UnitKind, Callable[[Work, Both], list[Node]]] = {
    UnitKind.PARAGRAPH: _paragraph,
    UnitKind.TABLE: _table,
    UnitKind.ROW: _row,
    UnitKind.SECTION: _section,
    UnitKind.CONTENTS: _contents,
    UnitKind.OTHER: _whole,
}


def _documents(work: Work) -> tuple[Opened, Opened, Opened]:
    return work.base, work.mine, work.theirs


def _versions(work: Work, step: Both) -> Iterable[tuple[Opened, Unit]]:
    return zip(_documents(work), (step.base, step.mine, step.theirs), strict=True)


def _fill(container: Node, nodes: Sequence[Node]) -> None:
    """Make these the children of an element; those in their place already are not touched, which is far quicker."""
    wanted = set(nodes)
    for child in [child for child in container if child not in wanted]:
        container.remove(child)
    present = container[0] if len(container) else None
    for node in nodes:
        if node is present:
            present = present.getnext()
        elif present is None:
            container.append(node)
        else:
            present.addprevious(node)
