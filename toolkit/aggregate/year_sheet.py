"""Sheet 年度对比: this year beside last year, same project, same field or indicator; only where there was one."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from toolkit.aggregate.draft import Draft
from toolkit.aggregate.layout import YEAR, MasterLayout, collected_headings
from toolkit.aggregate.plan import NOTHING, Entry
from toolkit.aggregate.region import EXACT_PLACES, FIRST_ROW, Region, rounded
from toolkit.excel.new_book import Look, NewSheet
from toolkit.model import NUMERIC_TYPES, FieldType, ScoreLine
from toolkit.text import round_half_up

TOTAL, RATE_OF_INDICATOR, FIGURE = "总分", "指标得分率", "采集数据"
YEAR_HEADINGS = ("项目序号", "项目名称", "责任单位", "类别", "编号", "名称", "单位", "上年", "本年", "变动", "变动率")
_WIDTHS = (9.0, 36.0, 26.0, 14.0, 18.0, 34.0, 8.0, 16.0, 16.0, 16.0, 12.0)
_NOTE = (
    "同一项目、同一指标或填报项，两年都有数的才列出；指标按名称对应，填报项按编码对应。"
    "变动=本年-上年，比率的变动是百分点之差；变动率=变动÷上年。本年和变动全部为公式。"
)
_LOOKS = {FieldType.AMOUNT: Look.AMOUNT, FieldType.RATE: Look.RATE}
_PLACES = 6


@dataclass(frozen=True, slots=True)
class YearRow:
    """One comparison: whose, of what, last year's figure, and where this year's stands.

    Attributes:
        now: a formula without ``=``. known: its value, where it looks into one of the long sheets.
    """

    entry: Entry
    kind: str
    code: str
    name: str
    unit: str
    before: Decimal
    now: str
    look: Look
    known: Decimal | None = None


def year_rows(place: MasterLayout) -> tuple[YearRow, ...]:
    """Every comparison that can be made: projects in roster order; total, indicators, fields."""
    if not place.plan.prior:
        return ()
    lines: dict[str, dict[str, tuple[int, ScoreLine]]] = {}
    for row, (entry, line) in enumerate(place.lines, FIRST_ROW):
        if line.state.counts and line.effective_mark:
            lines.setdefault(entry.id, {})[line.code] = row, line
    return tuple(row for entry in place.entries if entry.project for row in _of_entry(place, entry, lines))


def year_region(rows: tuple[YearRow, ...]) -> Region:
    """Where the comparisons stand."""
    return Region(YEAR, YEAR_HEADINGS, len(rows))


def year_sheet(place: MasterLayout, rows: tuple[YearRow, ...]) -> NewSheet:
    """Draw the sheet."""
    region = year_region(rows)
    draft = Draft(region, dict(enumerate(_WIDTHS, 1)))
    draft.frame(f"{place.plan.scheme.title}年度对比（上年：{place.plan.prior.title or '未写名称'}）", _NOTE, 9)
    for number, row in enumerate(rows, FIRST_ROW):
        _draw(draft, number, row)
    return draft.list_sheet(2)


def _draw(draft: Draft, number: int, row: YearRow) -> None:
    key = row.entry.key
    draft.put(number, "项目序号", key, Look.WHOLE if isinstance(key, Decimal) else Look.CENTRED)
    draft.put(number, "项目名称", row.entry.name, Look.TEXT)
    draft.put(number, "责任单位", row.entry.unit, Look.TEXT)
    for heading, text in (("类别", row.kind), ("编号", row.code), ("名称", row.name), ("单位", row.unit)):
        draft.put(number, heading, text, Look.TEXT if heading in ("编号", "名称") else Look.CENTRED)
    draft.put(number, "上年", row.before, row.look)
    draft.formula(number, "本年", f"={row.now}", row.look, known=row.known)
    before, now, move = (draft.region.here(heading, number) for heading in ("上年", "本年", "变动"))
    draft.formula(number, "变动", f'=IFERROR(ROUND({now}-{before},{_PLACES}),"{NOTHING}")', row.look)
    share = f'IFERROR({rounded(f"{move}/ABS({before})", _PLACES)},"{NOTHING}")'
    if row.look is Look.RATE:
        draft.put(number, "变动率", NOTHING, Look.CENTRED)
    else:
        draft.formula(number, "变动率", f"={share}", Look.RATE)


def _of_entry(
    place: MasterLayout, entry: Entry, lines: dict[str, dict[str, tuple[int, ScoreLine]]]
) -> Iterator[YearRow]:
    prior = place.plan.prior
    before = prior.totals.get(entry.id)
    if before is not None and entry.sheet is not None and entry.sheet.has_data:
        now = place.summary.address("总分", place.row_of(entry))
        yield YearRow(entry, TOTAL, "", TOTAL, "分", before, now, Look.SCORE)
    own = lines.get(entry.id, {})
    for indicator in place.plan.scheme.indicators:
        rate, found = prior.rates.get(entry.id, {}).get(indicator.code), own.get(indicator.code)
        if rate is not None and found is not None:
            row, line = found
            marks = place.line.address("得分", row), place.line.address("计分值", row)
            now = rounded(f"{marks[0]}/{marks[1]}", _PLACES)
            known = round_half_up(round_half_up(line.score / line.effective_mark, EXACT_PLACES), _PLACES)
            yield YearRow(entry, RATE_OF_INDICATOR, indicator.code, indicator.name, "", rate, now, Look.RATE, known)
    yield from _figures(place, entry)


def _figures(place: MasterLayout, entry: Entry) -> Iterator[YearRow]:
    plan = place.plan
    values, known = plan.fields.get(entry.id), plan.prior.figures.get(entry.id, {})
    fields = [field for field in plan.scheme.fields if not field.table]
    headings = dict(zip((field.key for field in fields), collected_headings(plan.scheme)[2:], strict=True))
    row = FIRST_ROW + place.rows[entry.id] - place.first_project_row
    for field in fields:
        before, now = known.get(field.key), values.number(field.key) if values else None
        if isinstance(before, Decimal) and now is not None and field.type in NUMERIC_TYPES:
            at = place.collected.address(headings[field.key], row)
            look = _LOOKS.get(field.type, Look.PLAIN)
            shown = values.value(field.key) if values else None
            number = shown if isinstance(shown, Decimal) else None
            yield YearRow(entry, FIGURE, field.key, field.label, field.unit, before, at, look, number)
