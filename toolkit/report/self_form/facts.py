"""What a unit reported of one project, as a form prints it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from toolkit.formula.fields import FieldValues, field_values
from toolkit.model import (
    Field,
    FieldType,
    Figure,
    Indicator,
    IndicatorInput,
    MasterFigures,
    Project,
    ReadState,
    Scheme,
    Submission,
)
from toolkit.model.printed_form import FormCell, FormLook, Words
from toolkit.rules.checkpoint_tiered import tier
from toolkit.text import plain
from toolkit.text.folding import compared
from toolkit.text.values import shown

_POINT = "要点"


@dataclass(frozen=True)
class FormFacts:
    """One project's self-evaluation.

    Attributes:
        collected: field → figure or text of the master, as verified.
        full_marks, self_marks: indicator code → its figure in the master.
        self_total: sum of the self scores there, None where no indicator has one.
    """

    scheme: Scheme
    project: Project
    submission: Submission
    collected: Mapping[str, Figure | str]
    full_marks: Mapping[str, Figure]
    self_marks: Mapping[str, Figure]
    self_total: Figure | None = None

    @cached_property
    def reported(self) -> FieldValues:
        """The fields as the unit reported them, calculated ones computed anew."""
        return field_values(self.scheme, self.submission, {})

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators this project answered: those its workbook has."""
        return tuple(
            indicator for indicator in self.scheme.indicators if not indicator.applies_when or self._answered(indicator)
        )

    def field(self, name: str) -> Field | None:
        """A field by key, else by label or alias."""
        if (exact := self.scheme.field(name)) is not None:
            return exact
        wanted = compared(name)
        names = ((field, (field.label, *field.aliases)) for field in self.scheme.fields)
        return next((field for field, own in names if wanted in map(compared, own)), None)

    def said(self, *names: str) -> Words:
        """The first of these fields that the scheme has: a number without its unit, a text as it was written."""
        field = next((found for name in names if (found := self.field(name))), None)
        if field is None:
            return ()
        value = self.reported.value(field.key)
        if isinstance(value, Decimal):
            return (_traced(value, self.collected.get(field.key), shown(value, field.type, exact=True)),)
        return self._as_typed(field.key) if value in (None, "") else (shown(value, field.type),)

    def rows(self, *columns: str) -> list[tuple[Words, ...]]:
        """The rows of a repeated table that hold anything, of these columns."""
        fields = [self.field(name) for name in columns]
        table = next((field.table for field in fields if field is not None), "")
        found = []
        for number in range(1, self.submission.table_rows.get(table, 0) + 1):
            row = tuple(self._table_cell(field, number) for field in fields)
            if any(row):
                found.append(row)
        return found

    def column_sum(self, name: str) -> Words:
        """The sum of a column of a repeated table; blank where no row has a number."""
        field = self.field(name)
        area = self.reported.values.get(field.key) if field else None
        cells = [cell for row in area for cell in row] if isinstance(area, tuple) else []
        numbers = [cell for cell in cells if isinstance(cell, Decimal)]
        return (plain(sum(numbers, Decimal(0))),) if numbers else ()

    def full_mark(self, indicator: Indicator) -> Words:
        """Its mark in the scheme. Units: 分."""
        figure = self.full_marks.get(indicator.code)
        return (_traced(indicator.full_mark, figure, plain(indicator.full_mark)),)

    def full_total(self) -> Words:
        """The marks of the indicators this project answered. Units: 分."""
        return (plain(sum((indicator.full_mark for indicator in self.indicators), Decimal(0))),)

    def self_mark(self, indicator: Indicator) -> Words:
        """What the unit gave itself; as it was typed where that is no number. Units: 分."""
        key = indicator.name_for("自评分")
        value = self.submission.value(key)
        if not isinstance(value, Decimal):
            return self._as_typed(key)
        return (_traced(value, self.self_marks.get(indicator.code), plain(value)),)

    @cached_property
    def own_total(self) -> Decimal | None:
        """The sum of its self scores. Units: 分."""
        given = (self.submission.value(indicator.name_for("自评分")) for indicator in self.indicators)
        marks = [value for value in given if isinstance(value, Decimal)]
        return sum(marks, Decimal(0)) if marks else None

    def self_sum(self) -> Words:
        """The sum of its self scores, as printed."""
        return () if self.own_total is None else (_traced(self.own_total, self.self_total, plain(self.own_total)),)

    def grade(self) -> str:
        """The grade of the sum; "" where the scheme has no bands or an indicator has no self score."""
        given = [self.submission.value(indicator.name_for("自评分")) for indicator in self.indicators]
        whole = given and all(isinstance(value, Decimal) for value in given)
        return self.scheme.grade(self.own_total) if whole and self.own_total is not None else ""

    def remark(self, indicator: Indicator) -> str:
        """What the unit wrote beside an indicator."""
        return self._text(indicator.name_for("说明"))

    def actual(self, indicator: Indicator, *, words_first: bool = False) -> Words:
        """实际完成值: the value with its unit; of a judgement in words, the unit's own words, else its grade.

        ``words_first`` is for forms whose column holds words for every indicator.
        """
        own = [each for each in indicator.inputs if not each.by_evaluator]
        judged = not own or all(each.type is FieldType.CHOICE or each.local.startswith(_POINT) for each in own)
        remark = self.remark(indicator)
        if remark and (judged or words_first):
            return (remark,)
        if own and all(each.local.startswith(_POINT) for each in own):
            return self._attained(own)
        parts = [(each, found) for each in own if (found := self._input(each))]
        if len(parts) == 1:
            return parts[0][1]
        pieces: list[str | Figure] = []
        for each, found in parts:
            pieces += [f"{'；' if pieces else ''}{each.label}", *found]
        return tuple(pieces) or ((remark,) if remark else ())

    def _input(self, given: IndicatorInput) -> Words:
        value = self.reported.derived(given.formula) if given.formula else self.submission.value(given.key)
        if not isinstance(value, Decimal):
            return self._as_typed(given.key) if value in (None, "") else (shown(value, given.type),)
        text = shown(value, given.type, exact=True)
        figure = self.collected.get(given.formula.lstrip("=").strip()) if given.formula else None
        unit = given.unit if given.type in (FieldType.NUMBER, FieldType.AMOUNT) else ""
        return (_traced(value, figure, text), *((unit,) if unit else ()))

    def _attained(self, points: list[IndicatorInput]) -> Words:
        """达成 where every point is, else every point that is not."""
        degrees = [(number, self.submission.value(point.key)) for number, point in enumerate(points, 1)]
        words = [
            f"要点{number}{tier(degree) if isinstance(degree, Decimal) else degree}"
            for number, degree in degrees
            if degree not in (None, "", Decimal(1), "符合", True)
        ]
        if all(degree in (None, "") for _, degree in degrees):
            return ()
        return ("、".join(words) or "达成",)

    def _answered(self, indicator: Indicator) -> bool:
        keys = (indicator.name_for("自评分"), *(each.key for each in indicator.inputs))
        states = [reading.state for key in keys if (reading := self.submission.readings.get(key))]
        return any(state not in (ReadState.BLANK, ReadState.NOT_APPLICABLE) for state in states)

    def _table_cell(self, field: Field | None, number: int) -> Words:
        if field is None:
            return ()
        key = f"{field.table}_{field.key}_{number}"
        value = self.submission.value(key)
        return self._as_typed(key) if value in (None, "") else (shown(value, field.type, exact=True),)

    def _text(self, key: str) -> str:
        return "".join(map(str, self._as_typed(key)))

    def _as_typed(self, key: str) -> Words:
        """A cell's content as the unit typed it; () for a blank one."""
        reading = self.submission.readings.get(key)
        if reading is None or reading.formula:
            return ()
        if reading.state is ReadState.VALUE:
            return (str(reading.value),) if reading.value not in (None, "") else ()
        return (reading.original,) if reading.original.strip() else ()


def form_facts(scheme: Scheme, project: Project, submission: Submission, figures: MasterFigures) -> FormFacts:
    """The facts of one project, with the figures the master has of it."""
    scored = next((own for own in figures.projects if own.project and own.project.id == project.id), None)
    self_marks = scored.self_marks if scored else {}
    totals = {own.code: own.claimed for own in figures.self_scores if own.given.value}
    marks = {indicator.code: indicator.full_mark for indicator in figures.indicators}
    collected = figures.collected.get(project.id, {})
    return FormFacts(scheme, project, submission, collected, marks, self_marks, totals.get(project.id))


def label(text: str, across: int = 1, down: int = 1) -> FormCell:
    """Words of the form itself."""
    return FormCell((text,) if text else (), FormLook.LABEL, across, down)


def short(words: Words | str, across: int = 1, down: int = 1) -> FormCell:
    """A centred cell."""
    return FormCell(words if isinstance(words, tuple) else ((words,) if words else ()), FormLook.SHORT, across, down)


def long(words: Words | str, across: int = 1, down: int = 1) -> FormCell:
    """A cell of sentences, flush left."""
    return FormCell(words if isinstance(words, tuple) else ((words,) if words else ()), FormLook.LONG, across, down)


def _traced(value: Decimal, figure: Figure | str | None, text: str) -> str | Figure:
    """The number with its cell where the master says the same, else the number as reported."""
    return Figure(value, figure.at, text) if isinstance(figure, Figure) and figure.value == value else text
