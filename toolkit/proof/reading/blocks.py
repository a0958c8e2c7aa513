"""Paragraphs and tables counted as they come, so that every reader names places alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from toolkit.proof.document import Cell, Paragraph, Place, Table
from toolkit.proof.reading.levels import is_caption
from toolkit.proof.unit_lines import is_unit_line, unit_line

_LOOK_BACK = 3
"""How many short paragraphs before a table may hold its caption and its unit line."""
_SHORT = 80


@dataclass(slots=True)
class Blocks:
    """A document under way."""

    done: list[Paragraph | Table] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0

    def paragraph(self, text: str, level: int = 0, page: int = 0) -> Paragraph:
        """Add a paragraph; an empty one counts, so that numbers agree with what a person counts in Word."""
        if text.strip():
            self._unit_below(text)
        self.paragraphs += 1
        place = Place(len(self.done) + 1, paragraph=self.paragraphs, page=page)
        paragraph = Paragraph(place, text, level)
        self.done.append(paragraph)
        return paragraph

    def note(self, text: str, paragraph: int, name: str) -> None:
        """Add a footnote of a paragraph; it is no paragraph of the text, whose numbers stay as Word counts them."""
        self.done.append(Paragraph(Place(len(self.done) + 1, paragraph=paragraph, note=name), text))

    def table(
        self, rows: Sequence[Sequence[str | None]], *, page: int = 0, sheet: str = "", unit: str = ""
    ) -> Table | None:
        """Add a table of texts; None stands for a cell that another one covers."""
        width = max(map(len, rows), default=0)
        if not width:
            return None
        self.tables += 1
        block = len(self.done) + 1
        caption, found = self._above()
        cells = tuple(
            tuple(
                Cell(
                    Place(block, table=self.tables, row=row, column=column, page=page, sheet=sheet),
                    text or "",
                    merged=text is None,
                )
                for column, text in enumerate([*texts, *[""] * (width - len(texts))], 1)
            )
            for row, texts in enumerate(rows, 1)
        )
        place = Place(block, table=self.tables, page=page, sheet=sheet)
        table = Table(place, self.tables, cells, caption, unit or found)
        before = self._continued(cells)
        if before is not None:
            self.done[before] = _longer(self.done[before], table)
            return table
        self.done.append(table)
        return table

    def _continued(self, cells: Sequence[Sequence[Cell]]) -> int | None:
        """Where the table stands that this one goes on with: 续表 stands between, and the heads are alike."""
        last = len(self.done) - 1
        between = self.done[last] if self.done else None
        if isinstance(between, Paragraph):
            if not between.text.strip().startswith("续") or not last:
                return None
            last -= 1
        before = self.done[last] if last >= 0 else None
        if not isinstance(before, Table) or not isinstance(between, Paragraph):
            return None
        return last if [cell.label for cell in before.rows[0]] == [cell.label for cell in cells[0]] else None

    def _unit_below(self, text: str) -> None:
        """A line that says nothing but the unit, between a table without one and text: it is of the table above."""
        last = self.done[-1] if self.done else None
        table = self.done[-2] if len(self.done) > 1 else None
        if not isinstance(last, Paragraph) or not isinstance(table, Table) or table.unit or is_caption(text):
            return
        if is_unit_line(last.text):
            self.done[-2] = replace(table, unit=unit_line(last.text))

    def _above(self) -> tuple[str, str]:
        """Caption and unit line of the table to come."""
        caption = unit = ""
        for block in reversed(self.done[-_LOOK_BACK:]):
            if not isinstance(block, Paragraph) or len(block.text) > _SHORT:
                break
            unit = unit or unit_line(block.text)
            if is_caption(block.text):
                caption = block.text.strip()
                break
        return caption, unit


def _longer(before: Paragraph | Table, after: Table) -> Paragraph | Table:
    """A table with the rows of the one that goes on with it, whose heading rows are the same again."""
    if not isinstance(before, Table):
        return before
    heads = [[cell.label for cell in row] for row in before.rows[: before.head]]
    again = next(
        (at for at, row in enumerate(after.rows) if at >= len(heads) or [cell.label for cell in row] != heads[at]),
        len(after.rows),
    )
    return Table(before.place, before.number, (*before.rows, *after.rows[again:]), before.caption, before.unit)
