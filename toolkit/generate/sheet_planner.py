"""One sheet laid out: every cell with its address, merges, heights and the names it gets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from toolkit.excel.addresses import cell_name, column_letters
from toolkit.excel.template_plan import CellPlan, SheetPlan
from toolkit.generate.bands import OutputRow
from toolkit.generate.cell_plan import cell_plan
from toolkit.generate.content import Words
from toolkit.generate.expand import ParsedSheet
from toolkit.generate.measure import MAX_HEIGHT, text_height
from toolkit.generate.pages import page_breaks, split_at_breaks
from toolkit.generate.placed import Placed
from toolkit.generate.problems import TemplateProblem
from toolkit.generate.resolve import UnknownTagError, resolve, spread_over
from toolkit.model import FieldType, Slot, SlotRole

_LEAST_HEIGHT = 18.0
_LONG_ANSWERS = ("内容", "说明", "情况", "备注", "原因", "措施", "职责", "概况", "成效", "目标", "问题", "建议")
_LONG_LINES, _SHORT_LINES = 4, 2
_ANSWER_LINE = 1.42  # line height over font size


@dataclass(frozen=True, slots=True)
class PlannedSheet:
    """A sheet laid out, with what the rest of the workbook wants to know of it.

    Attributes:
        slots: with their addresses, in reading order.
        names: defined name → reference.
        fixed: address → text or formula of every cell that is no slot.
    """

    plan: SheetPlan
    slots: tuple[Slot, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[TemplateProblem, ...] = ()


def plan_sheet(
    parsed: ParsedSheet,
    rows: list[OutputRow],
    general: Mapping[str, Words],
    colors: Mapping[SlotRole, str],
    list_names: Mapping[tuple[str, ...], str],
) -> PlannedSheet:
    """Lay one sheet out."""
    placed, problems = _place(parsed, rows, general)
    placed = _join_equal(placed)
    heights = _heights(parsed, rows, placed)
    breaks = page_breaks(parsed.sheet, heights, placed, [*_table_blocks(rows), *_calculated_blocks(rows)])
    placed = split_at_breaks(placed, breaks)
    name = parsed.sheet.name
    cells: dict[tuple[int, int], CellPlan] = {}
    slots, fixed = [], {}
    for cell in placed:
        address = cell_name(cell.row, cell.column)
        cells[cell.row, cell.column] = cell_plan(cell.content, cell.like, colors, list_names)
        if cell.content.slot:
            slots.append(replace(cell.content.slot, sheet=name, cell=address))
        elif content := cell.content.formula or cell.content.shown:
            fixed[address] = content
    merges = tuple(cell.area for cell in placed if cell.rows > 1 or cell.columns > 1)
    template_rows = tuple(row.template_row for row in rows)
    plan = SheetPlan(name, template_rows, heights, cells, merges, breaks, parsed.like)
    return PlannedSheet(plan, tuple(slots), _names(name, placed), fixed, tuple(problems))


def _table_blocks(rows: list[OutputRow]) -> list[tuple[int, int]]:
    """First and last row of every repeated table, heading and total included."""
    blocks: dict[str, list[int]] = {}
    for number, row in enumerate(rows, start=1):
        if "明细" in row.words:
            blocks.setdefault(row.words["明细"]["名称"].shown, []).append(number)
    return [(min(found), max(found)) for found in blocks.values()]


def _calculated_blocks(rows: list[OutputRow]) -> Iterator[tuple[int, int]]:
    """First and last row of calculated fields below each other, with the heading they stand under."""
    numbers = [number for number, row in enumerate(rows, start=1) if _is_calculated(row)]
    starts = [number for number in numbers if number - 1 not in numbers]
    ends = [number for number in numbers if number + 1 not in numbers]
    for first, last in zip(starts, ends, strict=True):
        has_heading = first > 1 and not rows[first - 2].words
        yield first - has_heading, last


def _is_calculated(row: OutputRow) -> bool:
    """Whether a field stands there that is none of an indicator: those are held together by their indicator."""
    slot = row.words["项"]["填报"].slot if set(row.words) == {"项"} else None
    return slot is not None and slot.role is SlotRole.CALCULATED


def _place(
    parsed: ParsedSheet, rows: list[OutputRow], general: Mapping[str, Words]
) -> tuple[list[Placed], list[TemplateProblem]]:
    placed: list[Placed] = []
    problems: dict[TemplateProblem, None] = {}
    by_row: dict[int, list[int]] = {}
    for at, column in sorted(parsed.sheet.cells):
        by_row.setdefault(at, []).append(column)
    for number, row in enumerate(rows, start=1):
        words = {noun: {**general.get(noun, {}), **row.words.get(noun, {})} for noun in (*general, *row.words)}
        for column in by_row.get(row.template_row, ()):
            like = (row.template_row, column)
            cell = parsed.sheet.cells[like]
            try:
                content = resolve(parsed.texts[like], words)
            except UnknownTagError as error:
                problems[TemplateProblem(parsed.sheet.name, *like, str(error))] = None
                continue
            placed += [
                Placed(one, number, column + offset, cell.height, width, like)
                for one, offset, width in spread_over(content, cell.width)
            ]
    return placed, list(problems)


def _join_equal(placed: list[Placed]) -> list[Placed]:
    """Cells below each other with the same ``same_as`` made one cell that reaches over all their rows."""
    joined: list[Placed] = []
    open_runs: dict[int, int] = {}
    for cell in placed:
        at = open_runs.get(cell.column)
        above = joined[at] if at is not None else None
        if above and cell.content.same_as and _continues(above, cell):
            joined[open_runs[cell.column]] = replace(above, rows=above.rows + cell.rows)
            continue
        open_runs[cell.column] = len(joined)
        joined.append(cell)
    return joined


def _continues(above: Placed, cell: Placed) -> bool:
    return (
        above.content.same_as == cell.content.same_as
        and above.like == cell.like
        and above.row + above.rows == cell.row
        and above.columns == cell.columns
    )


def _names(sheet: str, placed: list[Placed]) -> dict[str, str]:
    names: dict[str, str] = {}
    areas: dict[str, list[Placed]] = {}
    floors: dict[str, int] = {}
    for cell in placed:
        content = cell.content
        if content.slot and not content.slot.table:
            names[content.slot.key] = _reference(sheet, cell.row, cell.column, cell.row, cell.column)
        if content.name:
            names[content.name] = _reference(sheet, cell.row, cell.column, cell.row, cell.column)
        for area in content.areas:
            areas.setdefault(area, []).append(cell)
        for area in content.extends:
            floors[area] = cell.row
    for area, members in areas.items():
        rows = [member.row + member.rows - 1 for member in members] + [floors.get(area, 0)]
        columns = [member.column for member in members]
        names[area] = _reference(sheet, members[0].row, min(columns), max(rows), max(columns))
    return names


def _reference(sheet: str, row1: int, column1: int, row2: int, column2: int) -> str:
    first = f"${column_letters(column1)}${row1}"
    last = f"${column_letters(column2)}${row2}"
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{first}" + (f":{last}" if last != first else "")


def _heights(parsed: ParsedSheet, rows: list[OutputRow], placed: list[Placed]) -> dict[int, float]:
    sheet = parsed.sheet
    heights = {
        number: sheet.row_heights.get(row.template_row, _LEAST_HEIGHT) for number, row in enumerate(rows, start=1)
    }
    # Low cells first: what a tall cell still lacks is then shared by its rows.
    for cell in sorted(placed, key=lambda placed_cell: placed_cell.rows):
        need = _needed(parsed, cell)
        span = [row for row in range(cell.row, cell.row + cell.rows) if row in heights]
        missing = need - sum(heights[row] for row in span)
        for row in span:
            heights[row] += max(0.0, missing / len(span))
    return {row: round(min(height, MAX_HEIGHT), 1) for row, height in heights.items()}


def _needed(parsed: ParsedSheet, cell: Placed) -> float:
    widths = parsed.sheet.column_widths
    width = sum(
        widths[column - 1] if column <= len(widths) else 8.43
        for column in range(cell.column, cell.column + cell.columns)
    )
    size = parsed.sheet.cells[cell.like].font_size
    if cell.content.slot:
        return (cell.content.lines or _room(cell.content.slot)) * size * _ANSWER_LINE + 4
    text = cell.content.shown
    return text_height(text, width, size, parsed.sheet.digit) + 4 if text else 0.0


def _room(slot: Slot) -> int:
    """Lines kept free for an answer."""
    if slot.type is not FieldType.TEXT:
        return 1
    long = any(word in slot.key or word in slot.label for word in _LONG_ANSWERS)
    return _LONG_LINES if long else _SHORT_LINES
