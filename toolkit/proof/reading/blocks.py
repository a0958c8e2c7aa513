"""Paragraphs and tables counted as they come, so that every reader names places alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.proof.document import Cell, Paragraph, Place, Table, unit_line
from toolkit.proof.reading.levels import is_caption

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
        self.paragraphs += 1
        place = Place(len(self.done) + 1, paragraph=self.paragraphs, page=page)
        paragraph = Paragraph(place, text, level)
        self.done.append(paragraph)
        return paragraph

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
        self.done.append(table)
        return table

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
