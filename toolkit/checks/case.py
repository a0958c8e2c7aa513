"""What every check looks at: one submission with scheme, project and layout, and the questions checks ask of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import attrgetter

from toolkit.formula.fields import FieldValues, field_values, leaves
from toolkit.model import (
    NO_FIGURES,
    CellRef,
    Field,
    FieldType,
    Finding,
    Form,
    Indicator,
    Layout,
    Project,
    Reading,
    ReadState,
    Scheme,
    Severity,
    Slot,
    Stated,
    Submission,
    Value,
)
from toolkit.rules import applies
from toolkit.text.values import stated

IN_YUAN = ("READ-45", "READ-50")
"""Codes of the reading's doubts whether an amount is in 元."""
NOT_YET = "DATE-06"
"""Code of the doubt about the day of something that cannot have happened yet."""
FAR_OFF = "MAGN-01"
"""Code of the doubt about an amount ten thousand times above or below its siblings."""
IN_DOUBT = (*IN_YUAN, NOT_YET, FAR_OFF)
"""Codes of doubts about a value: until somebody settles them it proves nothing."""
NOT_AS_LISTED = "FUND-05"
"""Code of the doubt about a contract's amount that is not the roster's."""
CAUSES = (*IN_DOUBT, NOT_AS_LISTED)
"""Codes of what other findings follow from; waived, the value is right and what follows from it is told."""
HALF_A_CENT = Decimal("0.005")
"""Amounts that differ by less are equal: half of the last decimal a person sees."""


@dataclass(frozen=True)
class Case:
    """One submission under examination.

    Attributes:
        put_in: slot key → last year's value put into the form, to be verified.
        last_year: field key → last year's figure, calculated fields included.
        received: the day on which the project's first file came in; None where it was in time, or nobody knows.
        arrived: the day on which this very return came in; None where nobody knows.
        right: code and slot key of doubts (see ``CAUSES``) that an evaluator waived: the value is right as it stands.
    """

    scheme: Scheme
    project: Project
    submission: Submission
    layout: Layout
    put_in: Mapping[str, Value] = field(default_factory=lambda: NO_FIGURES)
    last_year: Mapping[str, Value] = field(default_factory=lambda: NO_FIGURES)
    received: date | None = None
    arrived: date | None = None
    right: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def fields(self) -> FieldValues:
        """Reported inputs with every calculated field computed anew."""
        return field_values(self.scheme, self.submission, {})

    @cached_property
    def told_in_yuan(self) -> Mapping[CellRef, str]:
        """Cells whose amount the reading itself calls 元 typed for 万元, with the code that says so.

        READ-45 asks about a cell, READ-50 is beyond doubt; what an evaluator found to be right is not among them.
        """
        keys = {reading.at: key for key, reading in self.submission.readings.items()} if self.right else {}
        told = (note for note in self._in_yuan if (note.code, keys.get(note.at, "")) not in self.right)
        return {at: note.code for note in told for at in (note.at, *note.related)}

    @cached_property
    def asked_in_yuan(self) -> frozenset[CellRef]:
        """Cells about whose unit the reading asks or asked: what an evaluator found to be right is among them."""
        return frozenset(at for note in self._in_yuan for at in (note.at, *note.related))

    @cached_property
    def _in_yuan(self) -> tuple[Finding, ...]:
        return tuple(note for note in self.submission.notes if note.code in IN_YUAN)

    @cached_property
    def unread_columns(self) -> Mapping[CellRef, str]:
        """Where columns of tables begin of which a cell cannot be used, with the code that says so.

        A sum over such a column is not what the unit has in it: what does not agree with it follows from that cell.
        """
        codes = {note.at: note.code for note in self.submission.notes if note.severity is Severity.ERROR}
        found = {}
        for column in filter(attrgetter("table"), self.scheme.fields):
            rows = range(1, self.submission.table_rows.get(column.table, 0) + 1)
            cells = (self.reading(f"{column.table}_{column.key}_{row}") for row in rows)
            refused = (cell.at for cell in cells if cell is not None and cell.state is ReadState.REJECTED)
            if code := next((codes[at] for at in refused if at in codes), ""):
                found[self.at(column.key)] = code
        return found

    def reading(self, key: str) -> Reading | None:
        """What was read for a slot."""
        return self.submission.readings.get(key)

    def number(self, key: str) -> Decimal | None:
        """A field's value when it is a number (calculated fields: ours)."""
        return self.fields.number(key)

    def has_value(self, key: str) -> bool:
        """The field was reported, or can be computed, and is not blank text."""
        return self.fields.value(key) not in (None, "")

    def lacking(self, formula: str) -> tuple[Field, ...]:
        """The fields a formula stands on of which there is no value: blank, or nothing anybody can use.

        Required ones come first into question; only where none of them lacks are the others given.
        """
        stands_on = leaves(self.scheme.fields, formula, self.fields.judged)
        found = tuple(field for field in stands_on if not field.table and not self.has_value(field.key))
        return tuple(field for field in found if field.required) or found

    def at(self, key: str) -> CellRef:
        """Where the field stands in the returned file; its place as generated when it was not found.

        A column of a table stands where its first row does.
        """
        field = self.scheme.field(key)
        if field and field.table:
            key = f"{field.table}_{key}_1"
        reading = self.reading(key)
        if reading and reading.at.cell:
            return reading.at
        slot = self.layout.slots.get(key)
        return CellRef(self.submission.file_name, slot.sheet if slot else "", slot.cell if slot else "")

    def label(self, key: str) -> str:
        """The words beside the field's cell, without the “其中：” that only makes sense there."""
        slot = self.layout.slots.get(key)
        field = self.scheme.field(key)
        label = slot.label if slot else field.label if field else key
        return label.removeprefix("其中：").removeprefix("其中")

    def calculated(self) -> Iterator[Field]:
        """Single calculated fields of the scheme."""
        return (field for field in self.scheme.fields if field.formula and not field.table)

    @cached_property
    def self_scores(self) -> tuple[tuple[Indicator, Decimal], ...]:
        """Indicators of this project's kind that the unit gave a mark. Units: 分."""
        marks = ((one, self.submission.value(one.name_for("自评分"))) for one in self.scheme.indicators)
        return tuple(
            (indicator, mark)
            for indicator, mark in marks
            if isinstance(mark, Decimal) and applies(indicator, self.project)
        )

    def slots(self) -> Iterator[Slot]:
        """All slots of the layout."""
        return iter(self.layout.slots.values())

    def is_blank(self, slot: Slot) -> bool:
        """Nothing usable was filled in: blank, 待定, or 无 where a number or date was asked for."""
        reading = self.reading(slot.key)
        if reading is None or reading.state in (ReadState.BLANK, ReadState.PENDING):
            return True
        return reading.state is ReadState.NONE and slot.type is not FieldType.TEXT

    def is_placed(self, slot: Slot) -> bool:
        """The slot's cell was found; a cell that is gone is the reading's to report (READ-42), once for all."""
        reading = self.reading(slot.key)
        return reading is None or bool(reading.at.cell)

    def money(self, number: Decimal) -> Stated:
        """An amount with the scheme's unit, all its decimals kept: ``1,566,233.22元``."""
        return Stated(number, Form.GROUPED, self.scheme.money_unit)

    def stated(self, key: str, value: Value) -> Stated:
        """A value of a field, to be printed as a person would write it."""
        field = self.scheme.field(key)
        if field and field.type is FieldType.AMOUNT and isinstance(value, Decimal):
            return self.money(value)
        return stated(value, field.type if field else FieldType.TEXT, field.unit if field else "")
