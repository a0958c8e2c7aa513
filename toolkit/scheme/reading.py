"""Scheme workbook → Scheme, every mistake located to its cell and all reported at once.

What could not be read is stood in for while the rest is looked at: a wrong cell by something harmless, a missing sheet
by an empty one. Findings that rest on what was lost would be noise; ``spoiled.py`` leaves them out.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from toolkit.excel.book import Book
from toolkit.excel.read import read_workbook
from toolkit.excel.table import Table
from toolkit.model import CellRef, Finding, Scheme, Severity
from toolkit.scheme.assembling import check_of, choices_of, evidence_of, field_of, filled_down, scheme_head
from toolkit.scheme.binding import Bound, bind_indicators
from toolkit.scheme.cards import check_cards
from toolkit.scheme.check_settings import read_check_settings
from toolkit.scheme.columns import (
    CARDS,
    CHECK_SETTINGS,
    CHECK_SETTINGS_COLUMNS,
    CHECKS,
    CHOICES,
    EVIDENCE,
    FIELDS,
    INDICATORS,
    QUESTION_COLUMNS,
    QUESTIONS,
    ROSTER,
    SETTINGS,
    SHEETS,
    SURVEY_COLUMNS,
    SURVEYS,
)
from toolkit.scheme.conditions import check_conditions, check_cross_checks
from toolkit.scheme.dangling import check_references
from toolkit.scheme.findings import say
from toolkit.scheme.headings import read_sheet
from toolkit.scheme.lint import lint_scheme
from toolkit.scheme.parents import check_parents
from toolkit.scheme.problem_sheet import read_problems
from toolkit.scheme.references import check_scheme_formulas
from toolkit.scheme.rows import (
    CheckRow,
    ChoiceRow,
    EvidenceRow,
    FieldRow,
    IndicatorRow,
    Read,
    Row,
    check_rows,
    texts_of,
)
from toolkit.scheme.settings import SettingRow, Settings, read_settings, rows_of
from toolkit.scheme.sheet_names import recognise, taken_for
from toolkit.scheme.spoiled import Lost, also_lost, without_spoiled
from toolkit.scheme.survey_sheet import read_surveys
from toolkit.scheme.uniqueness import check_names

_FURTHER = {CHECK_SETTINGS: CHECK_SETTINGS_COLUMNS, SURVEYS: SURVEY_COLUMNS, QUESTIONS: QUESTION_COLUMNS}
_TO_FILL_IN = "SCHEME-34"
"""A scheme that is not filled in yet can be looked at, though not worked with."""
_RowType = TypeVar("_RowType", bound=Row)


@dataclass(frozen=True, slots=True)
class SchemeReading:
    """A scheme, or None with findings of severity ERROR that say why not; a draft still to be filled in has both.

    Attributes:
        draft: the scheme as far as it could be read, for looking at only; None when not even that.
    """

    scheme: Scheme | None
    findings: tuple[Finding, ...]
    draft: Scheme | None = None


@dataclass(frozen=True, slots=True)
class _Parts:
    settings: Settings
    fields: list[Read[FieldRow]]
    indicators: list[Read[IndicatorRow]]
    checks: list[Read[CheckRow]]
    choices: list[Read[ChoiceRow]]
    evidence: list[Read[EvidenceRow]]
    written: Mapping[str, tuple[str, ...]]

    def lost(self, unreadable: frozenset[str]) -> Lost:
        """What could not be read: sheets, and cells as (sheet, heading or setting)."""
        cells = {(FIELDS, heading) for read in self.fields for heading in read.lost}
        cells |= {(INDICATORS, heading) for read in self.indicators for heading in read.lost}
        return Lost(unreadable, frozenset(cells | {(SETTINGS, name) for name in self.settings.wrong}))


def read_scheme(data: bytes, workbook: str) -> SchemeReading:
    """Read a scheme workbook.

    When there is no scheme, :func:`lint_scheme` has already looked at what could be read: one run shows everything.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    book = read_workbook(data)
    if taken_for(book, (INDICATORS, FIELDS, SETTINGS), (ROSTER,)):
        hint = "给出方案工作簿（有《方案》《指标》《字段》等表）；同时给出方案和项目清单的，看是不是写反了"
        return SchemeReading(None, (say("SCHEME-01", CellRef(workbook), "这是项目清单，不是方案", hint),))
    recognised = recognise(book, workbook, {**SHEETS, **_FURTHER})
    tables = {name: read_sheet(recognised.book, workbook, name, columns) for name, columns in SHEETS.items()}
    unreadable = frozenset(name for name, table in tables.items() if table.unreadable)
    parts, wrong = _parts(tables, workbook)
    draft, bound, wrong_scheme = _scheme(parts, hashlib.sha256(data).hexdigest())
    draft, wrong_sheets = _with_further_sheets(draft, recognised.book, tables, workbook, bound, parts)
    frame = [finding for table in tables.values() for finding in table.findings]
    lost = also_lost(parts.lost(unreadable), [*wrong, *wrong_scheme])
    findings = [*recognised.findings, *frame, *without_spoiled([*wrong, *wrong_scheme, *wrong_sheets], lost)]
    if not any(finding.severity is Severity.ERROR and finding.code != _TO_FILL_IN for finding in findings):
        return SchemeReading(draft, tuple(recognised.as_written(findings)), draft)
    lint = without_spoiled(lint_scheme(draft), lost)
    return SchemeReading(None, tuple(dict.fromkeys(recognised.as_written([*findings, *lint]))), draft)


def setting_rows(data: bytes, workbook: str) -> tuple[SettingRow, ...]:
    """The rows of sheet 方案 as they are written, each with its place.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    recognised = recognise(read_workbook(data), workbook, {**SHEETS, **_FURTHER})
    return rows_of(read_sheet(recognised.book, workbook, SETTINGS, SHEETS[SETTINGS]))


def _with_further_sheets(
    draft: Scheme, book: Book, tables: Mapping[str, Table], workbook: str, bound: Bound, parts: _Parts
) -> tuple[Scheme, list[Finding]]:
    """The scheme with what stands on sheets of its own that speak of the others."""
    adjustments, wrong_settings = read_check_settings(book, workbook, parts.written[CHECKS])
    sound = replace(
        draft, indicators=tuple(indicator for indicator in draft.indicators if indicator.code not in bound.unsound)
    )
    cards = check_cards(tables[CARDS], sound, parts.written[INDICATORS])
    draft, wrong_problems = read_problems(tables, replace(draft, adjustments=adjustments), bound.unsound)
    surveys, wrong_surveys = read_surveys(book, workbook, draft)
    return replace(draft, surveys=surveys), [*wrong_settings, *cards, *wrong_problems, *wrong_surveys]


def _parts(tables: Mapping[str, Table], workbook: str) -> tuple[_Parts, list[Finding]]:
    settings, wrong = read_settings(tables[SETTINGS], CellRef(workbook, SETTINGS))
    fields, wrong_fields = _rows(tables[FIELDS], FieldRow)
    indicators, wrong_rows = check_rows(filled_down(texts_of(tables[INDICATORS], IndicatorRow)), IndicatorRow)
    checks, wrong_checks = _rows(tables[CHECKS], CheckRow)
    choices, wrong_choices = _rows(tables[CHOICES], ChoiceRow)
    evidence, wrong_evidence = _rows(tables[EVIDENCE], EvidenceRow)
    parts = _Parts(settings, fields, indicators, checks, choices, evidence, _written(tables))
    return parts, [*wrong, *wrong_fields, *wrong_rows, *wrong_checks, *wrong_choices, *wrong_evidence]


def _written(tables: Mapping[str, Table]) -> dict[str, tuple[str, ...]]:
    """Codes and keys by sheet, those of rows that could not be read included."""
    return {name: tuple(row.text(SHEETS[name].required[0]) for row in table.rows) for name, table in tables.items()}


def _rows(table: Table, model: type[_RowType]) -> tuple[list[Read[_RowType]], list[Finding]]:
    return check_rows(texts_of(table, model), model)


def _scheme(parts: _Parts, sha256: str) -> tuple[Scheme, Bound, list[Finding]]:
    head = scheme_head(parts.settings)
    bound = bind_indicators(parts.indicators, head["score_places"])
    scheme = Scheme(
        **head,
        fields=tuple(field_of(field, head["money_unit"]) for field in parts.fields),
        indicators=bound.indicators,
        cross_checks=tuple(check_of(check) for check in parts.checks),
        choices=choices_of(parts.choices),
        evidence=tuple(evidence_of(item) for item in parts.evidence),
        sha256=sha256,
    )
    rows = [(indicator.row.code, indicator.at("编号")) for indicator in parts.indicators]
    named = check_names(scheme.fields, rows, scheme.indicators, scheme.cross_checks, scheme.evidence)
    dangling = check_references(scheme, parts.fields, parts.indicators, parts.settings, parts.written)
    formulas = check_scheme_formulas(scheme, parts.fields, parts.indicators, parts.written, bound.unsound)
    conditions = check_conditions(parts.indicators, scheme.choices)
    conditions += check_cross_checks(scheme.cross_checks, {field.key for field in scheme.fields if field.formula})
    return scheme, bound, [*bound.findings, *named, *dangling, *formulas, *conditions, *check_parents(parts.indicators)]
