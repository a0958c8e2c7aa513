"""A workbook in formualizer, the second calculation engine, and its values beside ours.

Its own limits of time do not stop it: only the killable worker may ask it.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from toolkit.excel.cell_values import as_excel_compares
from toolkit.model import ErrorValue, Value

_UNKNOWN_THERE = frozenset({"Name", "NImpl"})
_ERRORS = {
    "Div": ErrorValue.DIV0, "Na": ErrorValue.NA, "Name": ErrorValue.NAME, "Null": ErrorValue.NULL,
    "Num": ErrorValue.NUM, "Ref": ErrorValue.REF, "Value": ErrorValue.VALUE,
}  # fmt: skip
_CLOCK = datetime(2000, 1, 1, tzinfo=UTC)
_CLOSE = Decimal("1e-14")
_REST = Decimal("1e-9")
"""What is left of doubles that cancel each other: sums of amounts on both sides of 0 end in it, and no amount, score or
rate is as small. A condition that hangs on it comes out otherwise in its own cell.
"""


def opened(data: bytes) -> Any:  # noqa: ANN401  the library brings no types
    """The second engine's workbook of a file, read by itself, nothing evaluated yet.

    Raises:
        Exception: whatever the library raises over a file that it refuses.
    """
    import formualizer

    evaluation = formualizer.EvaluationConfig()
    evaluation.enable_parallel = False  # slower on workbooks of this size
    book = formualizer.Workbook.from_bytes(data, config=formualizer.WorkbookConfig(eval_config=evaluation))
    book.set_temporal_egress("serial")
    book.set_deterministic_clock(_CLOCK, "+08:00")
    book.set_changelog_enabled(False)  # nobody undoes anything; it holds everything ever set
    return book


def put(book: Any, place: tuple[str, int, int], value: Value) -> None:  # noqa: ANN401
    """Put a value into a cell; an error as nothing."""
    book.set_value(*place, _plain(value))


def put_all(book: Any, cells: Iterable[tuple[tuple[str, int, int], Value]]) -> None:  # noqa: ANN401
    """Put values into cells; those below one another go in together, which takes half the time."""
    runs: list[tuple[str, int, int, list[list[object]]]] = []
    for (sheet, row, column), value in sorted(cells, key=_by_columns):
        last = runs[-1] if runs else None
        if last and (last[0], last[1] + len(last[3]), last[2]) == (sheet, row, column):
            last[3].append([_plain(value)])
        else:
            runs.append((sheet, row, column, [[_plain(value)]]))
    for run in runs:
        book.set_values_batch(*run)


def _by_columns(cell: tuple[tuple[str, int, int], Value]) -> tuple[str, int, int]:
    (sheet, row, column), _ = cell
    return sheet, column, row


def _plain(value: Value) -> str | bool | float | None:
    return value if isinstance(value, str | bool) else float(value) if isinstance(value, Decimal) else None


def rounded(theirs: object) -> float | None:
    """A number with its first 15 digits; None where that is the number itself, or it is none."""
    if not isinstance(theirs, float):
        return None
    short = float(as_excel_compares(Decimal(repr(theirs))))
    return None if short == theirs else short


def agree(ours: Value, theirs: object) -> bool:
    """Whether the two values are one as a spreadsheet compares them: numbers at 15 digits, an empty cell as 0 or "".

    What doubles leave where large numbers cancel each other is no difference.
    """
    other = as_value(theirs)
    if ours is None or other is None:
        return {ours, other} <= {None, "", Decimal(0)}
    if isinstance(ours, Decimal) and isinstance(other, Decimal):
        first, second = as_excel_compares(ours), as_excel_compares(other)
        return abs(first - second) <= max(_REST, _CLOSE * max(abs(first), abs(second)))
    return type(ours) is type(other) and ours == other


def unknown(theirs: object) -> bool:
    """Whether the second engine says that it does not know what a formula asks for."""
    return isinstance(theirs, dict) and theirs.get("kind") in _UNKNOWN_THERE


def as_value(theirs: object) -> Value:
    """Its answer as a value of ours."""
    if isinstance(theirs, dict):
        return _ERRORS.get(str(theirs.get("kind")), ErrorValue.VALUE)
    if isinstance(theirs, bool | str) or theirs is None:
        return theirs
    return Decimal(repr(theirs).removesuffix(".0"))
