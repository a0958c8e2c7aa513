r"""Small workbooks as text a person reads and a diff shows: ``## sheet name``, then a markdown table.

Inside a cell ``\|`` is a bar, ``\\`` a backslash and ``<br>`` a line end; the rule under the first row is left out.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from toolkit.excel.cell_xml import StampValue
from toolkit.excel.write import tables_to_xlsx

_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_SPLIT = re.compile(r"((?:[^|\\]|\\.)*)\|", re.DOTALL)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)


def parse_md_workbook(text: str) -> dict[str, list[list[str]]]:
    """Sheet name → rows of cell texts, blank cells being "". Lines that are neither heading nor table are notes.

    Raises:
        ValueError: a table before the first heading, or the same sheet twice.
    """
    sheets: dict[str, list[list[str]]] = {}
    rows: list[list[str]] | None = None
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("## "):
            name = line[3:].strip()
            if name in sheets:
                raise ValueError(f"sheet {name} stands twice")
            rows = sheets[name] = []
        elif line.startswith("|"):
            if rows is None:
                raise ValueError("a table needs a '## sheet name' above it")
            if len(rows) != 1 or not _RULE.fullmatch(line):
                rows.append(
                    [_unescaped(cell) for cell in _SPLIT.findall(line[1:] if line.endswith("|") else line[1:] + "|")]
                )
    return sheets


def _unescaped(cell: str) -> str:
    return re.sub(r"\\(.)", r"\1", cell.strip().replace("<br>", "\n"))


def md_workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> str:
    """The text of a workbook: what :func:`parse_md_workbook` reads back, short rows filled up with blanks."""
    return "\n\n".join(f"## {name}\n\n{_table(rows)}" for name, rows in sheets.items()) + "\n"


def _table(rows: Sequence[Sequence[str]]) -> str:
    width = max((len(row) for row in rows), default=0)
    lines = ["| " + " | ".join(_escaped(cell) for cell in (*row, *[""] * (width - len(row)))) + " |" for row in rows]
    return "\n".join([*lines[:1], *(["|" + " --- |" * width] if lines else []), *lines[1:]])


def _escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>")


def md_to_xlsx(text: str) -> bytes:
    """A workbook from its text. Plain numbers become numbers, ``'12`` the text 12, all else text, ``=…`` included."""
    return tables_to_xlsx(
        {name: [[_typed(cell) for cell in row] for row in rows] for name, rows in parse_md_workbook(text).items()}
    )


def _typed(cell: str) -> StampValue:
    if _NUMBER.fullmatch(cell):
        return Decimal(cell)
    return cell.removeprefix("'") or None
