"""A rendered part finished as text: captions numbered, rows kept together, tables without rows taken out.

Its results are those of finishing the parsed part (:func:`toolkit.word.render.finish_tree`), which takes five times as
long as rendering. A table whose columns are counted, and paragraphs with numbers of captions, are parsed by themselves.
"""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from toolkit.word import signs
from toolkit.word.captions import REFERS, Caption, number_captions, numbered_text, refer
from toolkit.word.figure_runs import FigureRuns
from toolkit.word.grid import (
    HEAD,
    HIGH_HEAD,
    ONE_LINE,
    SHORT,
    fit_grids,
    fitted,
    keep_rows_together,
    mend,
    needs_mending,
)
from toolkit.word.package import FIRST_DRAWING_ID, Node, parse
from toolkit.word.shaping import Frame
from toolkit.word.template_text import PARAGRAPH_END, paragraphs_at, places_of

_WORDS = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:tab/>|<w:br(?: [^>]*)?/>")
_GRID_COLUMN = re.compile('<w:gridCol w:w="([0-9]+)"/>')
_ENTITY = re.compile("&[^;]*;")
_CELL_WIDTH = re.compile(f'{signs.WIDTH}([^"]*)')


def finish(text: str, frame: Frame, runs: FigureRuns, *, refers: bool = False, has_empty: bool = True) -> str:
    """A part as Word takes it.

    Args:
        text: rendered, with the signs of its template, figures in their bookmarks.
        frame: of its template.
        runs: those with figures, which the text does not hold itself.
        refers: whether the text refers to captions.
        has_empty: whether a value printed has no text.
    """
    for rendered, written in (*frame.empties, *frame.empties_of_values) if has_empty else frame.empties:
        text = text.replace(rendered, written)
    if refers or signs.CAPTION in frame.signs:
        text = _number(text, frame, runs, refers=refers)
    if signs.TABLE in frame.signs:
        text = "".join(_around(text, signs.TABLE, lambda table: _shape_table(table, frame.slots, runs)))
    if signs.TREE_TABLE in frame.signs:
        text = "".join(_around(text, signs.TREE_TABLE, lambda table: _shape_parsed(runs.in_full(table), frame)))
    if signs.CELL_END in frame.signs:
        *cells, rest = text.split(signs.CELL_END)
        text = "".join((*(cell if _ends_in_paragraph(cell) else f"{cell}<w:p/>" for cell in cells), rest))
    if signs.DRAWING in frame.signs:
        first, *others = text.split(signs.DRAWING)
        text = "".join((first, *(f"{number}{rest}" for number, rest in enumerate(others, start=FIRST_DRAWING_ID))))
    return text


def _around(text: str, sign: str, shaped: Callable[[str], str]) -> Iterator[str]:
    """The text in pieces, those between a sign and the end of a table shaped."""
    done = 0
    for at in places_of(text, sign):
        end = text.index(signs.TABLE_END, at)
        yield text[done:at]
        yield shaped(text[at + len(sign) : end])
        done = end + len(signs.TABLE_END)
    yield text[done:]


def _shape_table(table: str, slots: tuple[str, ...], runs: FigureRuns) -> str:
    """As :func:`~toolkit.word.grid.keep_rows_together`; nothing for a table whose every row fell away.

    Args:
        table: rendered, a sign before each of its rows.
        slots: the signs where its paragraphs may say that they are kept with the next.
        runs: those with figures.
    """
    head, *rows = table.split(signs.ROW)
    if not rows:
        return ""
    if head.startswith(signs.WIDTH):
        head, rows = _with_columns(head[1:], rows)
    for number in _kept(rows, runs) if slots and len(rows) > 1 else ():
        for sign in slots:
            rows[number] = rows[number].replace(sign, signs.KEPT[sign][0])
    table = "".join((head, *rows))
    for sign in slots:
        table = table.replace(sign, signs.KEPT[sign][1])
    return table


def _with_columns(head: str, rows: list[str]) -> tuple[str, list[str]]:
    """As :func:`~toolkit.word.grid.fit_grids`.

    Args:
        head: what stands before the rows.
        rows: a sign before the width of each of their cells.
    """
    own = [*map(float, _GRID_COLUMN.findall(head))]
    if rows and max(row.count(signs.WIDTH) for row in rows) == len(own):  # as nearly always: they fit
        return head, [row.replace(signs.WIDTH, "") for row in rows]
    cut = [_CELL_WIDTH.split(row) for row in rows]  # what stands before the first cell, its width, what follows, …
    alike = dict.fromkeys(tuple(pieces[1::2]) for pieces in cut)
    widths = {row: [*map(int, row)] for row in alike}
    fitting = fitted(own, [*widths.values()], [*map(len, alike)])
    if fitting is None:
        return head, [row.replace(signs.WIDTH, "") for row in rows]
    before, _, after = head.partition("<w:tblGrid>")
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in fitting.columns)
    grid = f"<w:tblGrid>{columns}</w:tblGrid>" if columns else "<w:tblGrid/>"
    scale = fitting.scale or 1
    scaled = {row: [str(int(width * scale)) for width in each] for row, each in widths.items()}
    for pieces in cut:
        pieces[1::2] = scaled[tuple(pieces[1::2])]
    return f"{before}{grid}{after.partition('</w:tblGrid>')[2]}", [*map("".join, cut)]


def _kept(rows: list[str], runs: FigureRuns) -> set[int]:
    """The places of the rows that stay with the next."""
    last = len(rows) - 1
    if len(rows) <= SHORT and not any(_is_high(row, runs) for row in rows):
        return set(range(last))
    if _is_high(rows[1], runs):
        return set(range(HIGH_HEAD))
    return {*range(min(HEAD, last)), last - 1}


def _is_high(row: str, runs: FigureRuns) -> bool:
    """Whether a paragraph of a row takes more than a line."""
    return any(_length(paragraph) > ONE_LINE for paragraph in runs.in_full(row).split(PARAGRAPH_END))


def _length(paragraph: str) -> int:
    """How many characters a paragraph has, a tab and a break being one."""
    return sum(
        len(_ENTITY.sub("&", found[1]) if "&" in found[1] else found[1]) if found[1] is not None else 1
        for found in _WORDS.finditer(paragraph)
    )


def _shape_parsed(table: str, frame: Frame) -> str:
    root = parse(f"{frame.opening}{table}{frame.closing}".encode())
    if frame.is_body:
        fit_grids(root)
        keep_rows_together(root)
    if needs_mending(table):
        mend(root)
    return _content(root, frame)


def _number(text: str, frame: Frame, runs: FigureRuns, *, refers: bool) -> str:
    """Number the captions and what refers to them; what is more than a caption of one run is parsed."""
    captions = [*_captions(text)]
    places = sorted({*captions, *paragraphs_at(text, places_of(text, REFERS))} if refers else captions)
    pieces = [runs.in_full(text[start:end]) for start, end in places]
    known, own = list[Caption](), {*captions}
    numbered = [
        numbered_text(piece, known) if place in own else piece for place, piece in zip(places, pieces, strict=True)
    ]
    if None in numbered:
        numbered = _parsed(pieces, frame, lambda root: number_captions(root, frame.captions))
    elif refers:
        told = iter(_parsed([one for one in numbered if one and REFERS in one], frame, lambda root: refer(root, known)))
        numbered = [next(told) if one and REFERS in one else one for one in numbered]
    done, written = 0, list[str]()
    for (start, end), piece in zip(places, numbered, strict=True):
        written += (text[done:start].removesuffix(signs.CAPTION), piece or "")
        done = end
    return "".join((*written, text[done:]))


def _parsed(pieces: list[str], frame: Frame, change: Callable[[Node], object]) -> list[str | None]:
    """Some pieces of a part after a change to their elements."""
    root = parse(f"{frame.opening}{signs.BETWEEN.join(pieces)}{frame.closing}".encode())
    change(root)
    return [*_content(root, frame).split(signs.BETWEEN)]


def _captions(text: str) -> Iterator[tuple[int, int]]:
    """Where the paragraphs begin and end that are captions."""
    for at in places_of(text, signs.CAPTION):
        yield at + len(signs.CAPTION), text.index(PARAGRAPH_END, at) + len(PARAGRAPH_END)


def _content(root: Node, frame: Frame) -> str:
    """What stands in the root of pieces that were parsed by themselves."""
    written = etree.tostring(root, encoding="unicode")
    return written[len(frame.opening) : -len(frame.closing)] if len(root) else ""


def _ends_in_paragraph(cell: str) -> bool:
    return cell.endswith(PARAGRAPH_END) or cell[cell.rfind("<") :].startswith(("<w:p/>", "<w:p "))
