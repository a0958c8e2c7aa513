"""A ``.docx`` as a document: body in order, headings by style or numbering, tables on their grid, numbered lists.

Footnotes follow the section that refers to them, so that they stand neither between a caption and its table nor in
another chapter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from toolkit.errors import TemplateError, UnreadableFileError
from toolkit.ooxml.package import refuse
from toolkit.proof.document import Changed, Document, Origin, Place, Printed
from toolkit.proof.reading.blocks import Blocks
from toolkit.proof.reading.levels import is_caption, numbered_level
from toolkit.word.body import body_blocks, own_paragraphs, rows_with_cells
from toolkit.word.figures import changed_figure, is_intact, printed_text, sheet_names
from toolkit.word.headings import heading_levels
from toolkit.word.notes import Notes
from toolkit.word.package import DOCUMENT, STYLES, Node, parse, read_parts, w
from toolkit.word.seal import Change, unit_states

P = w("p")
_MOST_CELLS = 400_000
_TOC = ("toc", "目录")


@dataclass(slots=True)
class _Reading:
    """A document under way: its blocks, and what its bookmarks and seals say of them.

    Attributes:
        states: paragraph or row → what became of it since it was generated.
    """

    level_of: Callable[[Node], int | None]
    sheets: Mapping[str, str]
    states: Mapping[Node, Change | None]
    notes: Notes
    blocks: Blocks = field(default_factory=Blocks)
    cells: int = 0
    figures: list[Printed] = field(default_factory=list)
    generated: set[tuple[int, int]] = field(default_factory=set)
    altered: set[tuple[int, int]] = field(default_factory=set)
    waiting: list[tuple[str, str, int]] = field(default_factory=list)

    def take(self, node: Node) -> None:
        """A paragraph or table of the body, and what it refers to."""
        if node.tag == P:
            self.paragraph(node)
        else:
            self.table(node)
        if node.tag == P or not any(True for _ in node.iterancestors(node.tag)):  # a table within a cell was seen there
            self.waiting += [(name, words, self.blocks.paragraphs) for name, words in self.notes.within(node)]

    def tell_notes(self) -> None:
        """Put the notes behind the section that has come to its end."""
        for name, words, paragraph in self.waiting:
            if words:
                self.blocks.note(words, paragraph, name)
        self.waiting.clear()

    def paragraph(self, node: Node) -> None:
        """A paragraph outside tables."""
        words, figures = printed_text(node, self.sheets)
        text = words.strip()
        level = self.level_of(node) or 0
        if not level and not _in_contents(node) and not is_caption(text):
            level = numbered_level(text) if _looks_alone(text) else 0
        if level:
            self.tell_notes()
        place = self.blocks.paragraph(text, level).place
        blank = len(words) - len(words.lstrip())
        self.figures += [Printed(place, start - blank, end - blank, at) for start, end, at in figures]
        self._state(node, (place.block, 0))

    def table(self, node: Node) -> None:
        """A table."""
        rows = list(rows_with_cells(node))
        self.cells += sum(len(cells) for _, cells in rows)
        if self.cells > _MOST_CELLS:
            raise refuse(f"表格单元格过多（超过 {_MOST_CELLS} 个）")
        read = [[None if cell is None else self._cell(cell) for cell in cells] for _, cells in rows]
        table = self.blocks.table([[None if cell is None else cell[0] for cell in cells] for cells in read])
        if table is None:
            return
        for number, (row, cells) in enumerate(zip(rows, read, strict=True), 1):
            self._state(row[0], (table.place.block, number))
            for column, cell in enumerate(cells, 1):
                place = Place(table.place.block, table=table.number, row=number, column=column)
                self.figures += [Printed(place, start, end, at) for start, end, at in (cell[1] if cell else ())]

    def _cell(self, cell: Node) -> tuple[str, list[tuple[int, int, str]]]:
        """The words of a cell, its paragraphs parted by line breaks, and its figures."""
        texts: list[str] = []
        figures: list[tuple[int, int, str]] = []
        length = 0
        for paragraph in own_paragraphs(cell):
            words, found = printed_text(paragraph, self.sheets)
            text = words.strip()
            if text:
                move = length - (len(words) - len(words.lstrip()))
                figures += [(start + move, end + move, at) for start, end, at in found]
                texts.append(text)
                length += len(text) + 1
        return "\n".join(texts), figures

    def _state(self, node: Node, at: tuple[int, int]) -> None:
        if node in self.states:
            state = self.states[node]
            if state is None:
                self.generated.add(at)
            elif state is Change.DIGITS:
                self.altered.add(at)


def read_docx(data: bytes, name: str) -> Document:
    """A document from a ``.docx``.

    Raises:
        UnreadableFileError: not a Word document, damaged, or built to do harm.
    """
    try:
        parts = read_parts(data, name)
    except TemplateError as error:
        raise UnreadableFileError(error.message, where=name, what_to_do=error.what_to_do) from error
    root = parse(parts[DOCUMENT])
    states = unit_states(parts, root)
    reading = _Reading(heading_levels(parts.get(STYLES, b"")), sheet_names(parts), states or {}, Notes.of(parts))
    for node in body_blocks(root):
        reading.take(node)
    reading.tell_notes()
    intact = bool(reading.figures) and is_intact(parts, root)
    found = None if intact or not reading.figures else changed_figure(parts, root)
    changed = Changed(*found) if found else None
    origin = Origin(tuple(reading.figures), intact, frozenset(reading.generated), frozenset(reading.altered), changed)
    return Document(name, "docx", tuple(reading.blocks.done), _notes(origin), origin)


def _notes(origin: Origin) -> tuple[str, ...]:
    if not origin.figures and not origin.generated:
        return ()
    kept = "，与生成时相同" if origin.intact else ""
    return (
        (
            f"本报告由本工具生成：{len(origin.figures):,} 个数字带有汇总总表的来源标记{kept}，"
            f"{len(origin.generated):,} 段（行）文字与生成时相同"
        ),
    )


def _in_contents(paragraph: Node) -> bool:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return style is not None and style.get(w("val"), "").lower().startswith(_TOC)


def _looks_alone(text: str) -> bool:
    return "。" not in text and "\t" not in text
