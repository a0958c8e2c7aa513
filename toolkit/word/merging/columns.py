"""Cells of a table to which a person added columns, or took some off."""

from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from toolkit.word.merging.units import cells
from toolkit.word.merging.words import Opened
from toolkit.word.package import Node, w


def column_count(table: Node) -> int:
    """Cells of the longest row."""
    return max((len(cells(row)) for row in table.iterchildren(w("tr"))), default=0)


def same_cells(base: Opened, old: Sequence[Node], mine: Opened, own: Sequence[Node]) -> dict[int, int]:
    """Place of a cell in a generated row → its place in the person's row."""
    if len(old) == len(own):
        return {place: place for place in range(len(old))}
    keys = [[_key(opened, cell) for cell in row] for opened, row in ((base, old), (mine, own))]
    return {
        code.src_start + step: code.dest_start + step
        for code in LCSseq.opcodes(*keys)
        if code.tag == "equal"
        for step in range(code.src_end - code.src_start)
    }


def widen(table: Node, extra: int) -> None:
    """Give rows that came new as many cells as the person's rows have."""
    most = column_count(table) if extra > 0 else 0
    for row in table.iterchildren(w("tr")) if extra > 0 else ():
        if len(cells(row)) == most - extra:
            for _ in range(extra):
                cell = row.makeelement(w("tc"))
                cell.append(cell.makeelement(w("p")))
                row.append(cell)


def _key(opened: Opened, cell: Node) -> str:
    return "".join(opened.words(paragraph).key for paragraph in cell.iter(w("p")))
