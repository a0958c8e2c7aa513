"""The player: stamped workbooks filled in, calculated, saved and named as units do."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Protocol

from toolkit.demo_data import mistakes
from toolkit.demo_data.returns import SampleReturns, UnitAnswers
from toolkit.errors import SchemeError
from toolkit.excel.book import Book, Cell
from toolkit.excel.calculation import Calculation
from toolkit.excel.cell_xml import Cached, StampValue
from toolkit.excel.files import safe_file_name, unique_names
from toolkit.excel.read import read_workbook
from toolkit.excel.sheet_patch import Place
from toolkit.excel.stamp import SlotValue
from toolkit.model import WORD_TYPES, FieldType, Layout, Project, Value, date_to_serial
from toolkit.text.days import read_day
from toolkit.text.numerals import read_figure

_KIND = "指标信息核查采集表"
_USUAL = (
    "{id}_{name}_{kind}.xlsx",
    "{id}_{name}_{kind}.xlsx",
    "{name}{kind}.xlsx",
    "{kind}（{unit}）.xlsx",
    "{name}（盖章）.xlsx",
    "{unit}-{name}.xlsx",
)
_UNRECOGNISABLE = ("tcmime.bin", "最终版2.xlsx", "采集表 - 副本 (2).xlsx", "新建 Microsoft Excel 工作表.xlsx")
_LIMIT = 100

_SCAN = (
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
)
"""What a unit sends that scanned the printed form and gave the scan a workbook's name."""


class Template(Protocol):
    """What the player needs of a compiled collection workbook."""

    @property
    def layout(self) -> Layout:
        """Where everything stands."""

    @property
    def shared(self) -> bytes:
        """The workbook without any project's values."""

    def cells_of(self, project: Project) -> Mapping[Place, SlotValue]:
        """What the cells of the project's workbook hold that differ from project to project."""

    def cut_at(self, cells: Iterable[Place]) -> "Filled":
        """The workbook to be stamped with further cells filled in."""


class Filled(Protocol):
    """A collection workbook that is sent out and filled in at one time."""

    def fill(self, project: Project, cells: Mapping[Place, SlotValue]) -> bytes:
        """The project's workbook with these cells filled in."""


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A file as it comes back: ``name`` as the unit named it, ``project`` the id the player knows it belongs to."""

    name: str
    data: bytes
    project: str


def play(
    returns: SampleReturns,
    template: Template,
    projects: Iterable[Project],
    seed: int,
    on_progress: Callable[[int, int, str], None] | None = None,
) -> list[ReturnedFile]:
    """Fill in, calculate, save and name the workbook of every project that answers; others send nothing.

    Args:
        returns: what the units type, by project id.
        template: the compiled collection workbook.
        projects: in roster order.
        seed: decides everything that is left to chance; equal seeds give equal files.
        on_progress: told (done, total, name) after each file.

    Raises:
        SchemeError: an answer or a mistake for which the workbook has no place.
    """
    answering = [project for project in projects if project.id in returns]
    form = _Form.of(template)
    files = []
    for number, project in enumerate(answering, start=1):
        chance = Random(f"{seed}:{project.id}")  # noqa: S311 - repeatable play, not secrecy
        files.append(_returned(project, returns[project.id], form, chance))
        if on_progress:
            on_progress(number, len(answering), project.name)
    names = unique_names(file.name for file in files)
    return [ReturnedFile(name, file.data, file.project) for name, file in zip(names, files, strict=True)]


def _returned(project: Project, answers: UnitAnswers, form: "_Form", chance: Random) -> ReturnedFile:
    if answers.mistake and answers.mistake not in mistakes.KINDS:
        raise SchemeError(f"不认识的差错类型“{answers.mistake}”", what_to_do=f"可用：{'、'.join(mistakes.KINDS)}")
    name = chosen_name(project, chance, renamed=answers.mistake == mistakes.RENAMED)
    if answers.mistake == mistakes.NOT_A_WORKBOOK:
        return ReturnedFile(name, _SCAN, project.id)
    return ReturnedFile(name, form.filled_in(project, answers, chance), project.id)


@dataclass(frozen=True, slots=True)
class _Form:
    """The collection workbook as all units get it, read once, and cut at what they fill in and what it calculates."""

    template: Template
    book: Book
    filled: Filled

    @classmethod
    def of(cls, template: Template) -> "_Form":
        book = read_workbook(template.shared)
        typed = {(slot.sheet, slot.cell) for slot in template.layout.slots.values()}
        reckoned = {(sheet.name, cell.ref) for sheet in book.sheets for cell in sheet.cells.values() if cell.formula}
        return cls(template, book, template.cut_at(sorted(typed | reckoned)))

    def filled_in(self, project: Project, answers: UnitAnswers, chance: Random) -> bytes:
        """One project's workbook, filled in and saved.

        Raises:
            SchemeError: an answer for which the workbook has no place.
        """
        layout = self.template.layout
        places = {key: (slot.sheet, slot.cell) for key, slot in layout.slots.items()}
        given = self.template.cells_of(project)
        prefilled = self._prefilled(places, given)
        values = _values(answers.typed, layout)
        spoiled = mistakes.spoil(prefilled | values, answers.mistake, answers.mistake_key, layout, chance)
        values = {key: value for key, value in spoiled.items() if key in values or value != prefilled.get(key)}
        changes: dict[Place, SlotValue] = {places[key]: value for key, value in values.items()}
        # As it is when the workbook is opened: results of formulas are worked out, an empty text is nothing.
        sent = {
            place: _as_value(value) for place, value in given.items() if value != "" and not isinstance(value, Cached)
        }
        cells = sent | {places[key]: _as_value(value) for key, value in values.items()}
        if answers.mistake == mistakes.OVERWRITTEN:
            key = answers.mistake_key or "预算执行率"
            place, constant = _overwritten(key, layout, Calculation(self.book, cells))
            changes[place] = cells[place] = constant
        if answers.mistake != mistakes.NEVER_CALCULATED:
            changes |= {place: Cached(value) for place, value in Calculation(self.book, cells).results()}
        return self.filled.fill(project, changes)

    def _prefilled(self, places: Mapping[str, Place], given: Mapping[Place, SlotValue]) -> dict[str, StampValue]:
        """The numbers that stand in the cells to be filled in before anybody types."""
        found: dict[str, StampValue] = {}
        for key, place in places.items():
            value = given[place] if place in given else self.book.cell(*place)
            shown = value.value if isinstance(value, Cached | Cell) else value
            if isinstance(shown, Decimal):
                found[key] = shown
        return found


def _values(answers: Mapping[str, str], layout: Layout) -> dict[str, StampValue]:
    by_column = {f"{slot.column}_{slot.row}": key for key, slot in layout.slots.items() if slot.table}
    values: dict[str, StampValue] = {}
    for key, text in answers.items():
        found = key if key in layout.slots else by_column.get(key)
        if found is None:
            raise SchemeError(f"样例为“{key}”给出了填报内容，但采集表没有这一格", what_to_do="请核对样例与方案的字段名")
        value = typed(text, layout.slots[found].type)
        if value is not None:
            values[found] = value
    return values


def _overwritten(key: str, layout: Layout, calculator: Calculation) -> tuple[tuple[str, str], Decimal]:
    """A number typed over a formula: near the true one, as a unit that wants to look a little better would."""
    slot = layout.slots.get(key)
    if slot is None:
        raise SchemeError(f"差错字段“{key}”不在采集表中", what_to_do="请核对样例的差错字段")
    true_value = dict(calculator.results()).get((slot.sheet, slot.cell))
    number = true_value if isinstance(true_value, Decimal) else Decimal(1)
    return (slot.sheet, slot.cell), number + Decimal("0.01")


def _as_value(value: StampValue) -> Value:
    if isinstance(value, date):
        return date_to_serial(value)
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def chosen_name(project: Project, chance: Random, *, renamed: bool) -> str:
    """A name the unit might give; when ``renamed``, one from which nobody can tell the project."""
    pattern = chance.choice(_UNRECOGNISABLE if renamed else _USUAL)
    unit = project.units[0] if project.units else project.unit
    return safe_file_name(
        pattern.format(id=project.id.zfill(3), name=project.name[:60], unit=unit[:30], kind=_KIND), _LIMIT
    )


def typed(text: str, kind: FieldType) -> StampValue:
    """The value Excel keeps: a number, a day or the text itself; None for nothing.

    Cells for text, choices and yes/no are formatted as text and keep whatever is typed. ``2024.3.5`` stays text
    everywhere, as in Excel.
    """
    text = text.strip()
    if not text:
        return None
    if kind in WORD_TYPES:
        return text
    return _number(text) if kind is not FieldType.DATE else _day(text)


def _number(text: str) -> StampValue:
    figure = read_figure(text) if text.isascii() else None
    if figure is None or not figure.plain or figure.unit not in ("", "%"):
        return text
    return figure.base


def _day(text: str) -> StampValue:
    written = read_day(text)
    known = written is not None and written.form in ("年", "-", "/")
    return (written.date or text) if written and known else text
