"""A content at its place on a sheet."""

from dataclasses import dataclass

from toolkit.generate.content import Content


@dataclass(frozen=True, slots=True)
class Placed:
    """A content at its place.

    Attributes:
        row, column: of its upper left cell in the output.
        rows, columns: how far it reaches.
        like: the template cell its style comes from.
    """

    content: Content
    row: int
    column: int
    rows: int
    columns: int
    like: tuple[int, int]

    @property
    def divisible(self) -> bool:
        """True for the plain text of a higher level, which may be written twice."""
        return self.content.divisible

    @property
    def area(self) -> tuple[int, int, int, int]:
        """First row, first column, last row, last column."""
        return (self.row, self.column, self.row + self.rows - 1, self.column + self.columns - 1)
