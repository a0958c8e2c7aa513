"""Tables of a template: repeated header, one row of tags, loops around it, a total row."""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.word.package import Docx, w
from toolkit.word.styles import CARD_NUMBER, CHART, TABLE_HEAD, TABLE_TEXT

LABEL_SHADE = "F2F2F2"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        head: words of the header; none in any column gives a table without header. cell: tag of the row.
        total: tag of the total row, which appears when any column has one.
        width: a share of the table's width (cm reads naturally).
        align: "left", "center" or "right" (money and rates).
        group: words over several neighbouring columns; gives a header of two rows.
    """

    head: str
    cell: str = ""
    width: float = 2.0
    align: str = "center"
    total: str = ""
    group: str = ""


def add_table(
    document: Docx, columns: Sequence[Column], rows: Sequence[Sequence[str]], loops: Sequence[str], width_cm: float
) -> None:
    """Append a table of tags to a python-docx document; without ``rows`` the columns' own cells are the only one."""
    table = new_table(document, [column.width for column in columns], width_cm)
    if any(column.head for column in columns):
        _add_header(table, columns)
    for loop in loops:
        _add_tag_row(table, f"{{%tr for {loop} %}}")
    for words in rows or [[column.cell for column in columns]]:
        _add_row(table, columns, words)
    for _ in loops:
        _add_tag_row(table, "{%tr endfor %}")
    if any(column.total for column in columns):
        _add_row(table, columns, [column.total for column in columns], bold=True)


_PAIRS = 2
"""Label and value beside each other in a row of :func:`add_pairs`."""


def add_pairs(document: Docx, pairs: Sequence[tuple[str, str]], width_cm: float, height_cm: float = 0) -> None:
    """Append a table of label–value cells; a row that is not full stretches its last value, none is lower than this."""
    from docx.shared import Cm

    table = new_table(document, [2.4, 5.4] * _PAIRS, width_cm)
    for start in range(0, len(pairs), _PAIRS):
        chunk = pairs[start : start + _PAIRS]
        cells = table.add_row().cells
        for index, (label, value) in enumerate(chunk):
            _shade(cells[2 * index])
            write_cell(cells[2 * index], label, TABLE_HEAD)
            write_cell(cells[2 * index + 1], value, TABLE_TEXT, "left")
        if len(chunk) < _PAIRS:
            cells[2 * len(chunk) - 1].merge(cells[-1])
        if height_cm:
            table.rows[-1].height = Cm(height_cm)
        keep_row_whole(table.rows[-1])


def add_cards(document: Docx, loop: str, number: str, words: str, width_cm: float) -> None:
    """Append a row of cards, one for every item of a loop: a large number above a few words."""
    table = new_table(document, [1, 1, 1], width_cm)
    cells = table.add_row().cells
    write_cell(cells[0], f"{{%tc for {loop} %}}", TABLE_TEXT)
    write_cell(cells[1], f"{{{{ {number} }}}}", CARD_NUMBER)
    below = cells[1].add_paragraph(style=TABLE_TEXT)
    below.add_run(f"{{{{ {words} }}}}")
    write_cell(cells[2], "{%tc endfor %}", TABLE_TEXT)
    keep_row_whole(table.rows[-1])


def add_chart_row(document: Docx, charts: Sequence[tuple[str, str]], widths: Sequence[float]) -> None:
    """Append a row without lines, a chart's place in each cell, there only under its condition."""
    table = new_table(document, widths, sum(widths))
    table.style = "Normal Table"
    row = table.add_row()
    keep_row_whole(row)
    for cell, (condition, mark) in zip(row.cells, charts, strict=True):
        first = cell.paragraphs[0]
        first.add_run(f"{{%p if {condition} %}}")
        for words in (mark, "{%p endif %}"):
            cell.add_paragraph(style=CHART).add_run(words)


def new_table(document: Docx, shares: Sequence[float], width_cm: float) -> Docx:
    """Append a table without rows, its columns sharing the width."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Cm

    table = document.add_table(rows=0, cols=len(shares))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Cm(width_cm * share / sum(shares))
    return table


def _add_header(table: Docx, columns: Sequence[Column]) -> None:
    grouped = any(column.group for column in columns)
    rows = [table.add_row() for _ in range(2 if grouped else 1)]
    for row in rows:
        keep_row_whole(row)
        _child(row._tr.get_or_add_trPr(), "tblHeader")  # noqa: SLF001  no python-docx property
    for index, column in enumerate(columns):
        low = rows[-1].cells[index]
        cell = low if column.group else rows[0].cells[index].merge(low)
        _shade(cell)
        write_cell(cell, column.head, TABLE_HEAD)
    for first, last in _groups(columns):
        cell = rows[0].cells[first].merge(rows[0].cells[last])
        _shade(cell)
        write_cell(cell, columns[first].group, TABLE_HEAD)


def _groups(columns: Sequence[Column]) -> list[tuple[int, int]]:
    """First and last index of every stretch of neighbours with the same group."""
    found: list[tuple[int, int]] = []
    for index, column in enumerate(columns):
        if found and column.group and columns[found[-1][1]].group == column.group and found[-1][1] == index - 1:
            found[-1] = (found[-1][0], index)
        elif column.group:
            found.append((index, index))
    return found


def _add_row(table: Docx, columns: Sequence[Column], words: Sequence[str], *, bold: bool = False) -> None:
    row = table.add_row()
    keep_row_whole(row)
    for cell, column, text in zip(row.cells, columns, words, strict=True):
        write_cell(cell, text, TABLE_TEXT, column.align, bold=bold)


def _add_tag_row(table: Docx, tag: str) -> None:
    write_cell(table.add_row().cells[0], tag, TABLE_TEXT)


def write_cell(cell: Docx, text: str, style: str, align: str = "center", *, bold: bool = False) -> None:
    """Set the words of a cell."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)  # noqa: SLF001  left behind by merging
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    if align != "center":
        paragraph.alignment = {"left": ALIGN.LEFT, "right": ALIGN.RIGHT}[align]
    run = paragraph.add_run(text)
    if bold:
        run.bold = True
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _shade(cell: Docx) -> None:
    """Before :func:`_write`: the schema wants shading before vertical alignment."""
    _child(cell._tc.get_or_add_tcPr(), "shd", val="clear", color="auto", fill=LABEL_SHADE)  # noqa: SLF001


def keep_row_whole(row: Docx) -> None:
    """A row is never parted by the end of a page."""
    _child(row._tr.get_or_add_trPr(), "cantSplit")  # noqa: SLF001


def keep_whole(table: Docx) -> None:
    """A table is never parted by the end of a page."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _child(parent: Docx, tag: str, **attributes: str) -> None:
    from docx.oxml import OxmlElement

    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(w(name), value)
    parent.append(element)
