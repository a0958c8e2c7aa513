"""A report as the harness handles it: paragraphs and tables that can be read from any source, changed, and written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Part:
    """A paragraph, or a table where ``rows`` are given.

    Attributes:
        level: 1 to 4 for a heading, 0 for everything else.
    """

    text: str = ""
    level: int = 0
    rows: Rows = ()


@dataclass(frozen=True)
class Paper:
    """A report with its parts in order; ``pages`` of some 700 characters, as these reports are printed."""

    name: str
    parts: tuple[Part, ...]

    @property
    def pages(self) -> float:
        printed = sum(len(part.text) + 15 + 40 * len(part.rows) for part in self.parts)
        return printed / 700

    def with_text(self, place: int, text: str) -> "Paper":
        """The paper with another text in one paragraph."""
        return self._with(place, replace(self.parts[place], text=text))

    def with_cell(self, place: int, row: int, column: int, text: str) -> "Paper":
        """The paper with another text in one cell."""
        rows = [list(cells) for cells in self.parts[place].rows]
        rows[row][column] = text
        return self._with(place, replace(self.parts[place], rows=tuple(map(tuple, rows))))

    def with_rows(self, place: int, rows: Iterable[Sequence[str]]) -> "Paper":
        """The paper with other rows in one table."""
        return self._with(place, replace(self.parts[place], rows=tuple(tuple(cells) for cells in rows)))

    def without(self, place: int) -> "Paper":
        """The paper without one part."""
        return replace(self, parts=self.parts[:place] + self.parts[place + 1 :])

    def with_inserted(self, place: int, *parts: Part) -> "Paper":
        """The paper with parts before ``place``."""
        return replace(self, parts=self.parts[:place] + parts + self.parts[place:])

    def paragraphs(self, wanted: Callable[[str], object] = lambda text: True) -> list[int]:
        """Places of the paragraphs whose text is wanted; headings are left out."""
        return [
            place
            for place, part in enumerate(self.parts)
            if part.text and not part.level and not part.rows and wanted(part.text)
        ]

    def headings(self, wanted: Callable[[str], object] = lambda text: True) -> list[int]:
        """Places of the headings whose text is wanted."""
        return [place for place, part in enumerate(self.parts) if part.level and wanted(part.text)]

    def tables(self, wanted: Callable[[Rows], object] = lambda rows: True) -> list[int]:
        """Places of the tables that are wanted."""
        return [place for place, part in enumerate(self.parts) if part.rows and wanted(part.rows)]

    def as_text(self) -> str:
        """Plain text with tab-separated tables."""
        lines = ["\n".join("\t".join(cells) for cells in part.rows) if part.rows else part.text for part in self.parts]
        return "\n".join(lines) + "\n"

    def _with(self, place: int, part: Part) -> "Paper":
        return replace(self, parts=(*self.parts[:place], part, *self.parts[place + 1 :]))
