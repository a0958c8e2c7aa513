"""Scheme workbook → Scheme, every mistake located to its cell and all reported at once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from toolkit.excel.read import read_workbook
from toolkit.excel.table import Table
from toolkit.model import CellRef, Finding, Indicator, Scheme, Severity
from toolkit.scheme.assembling import check_of, choices_of, evidence_of, field_of, filled_down, scheme_head
from toolkit.scheme.binding import bind_indicator
from toolkit.scheme.cards import check_cards
from toolkit.scheme.check_settings import read_check_settings
from toolkit.scheme.columns import CARDS, CHECKS, CHOICES, EVIDENCE, FIELDS, INDICATORS, SETTINGS, SHEETS
from toolkit.scheme.dangling import check_references
from toolkit.scheme.headings import read_sheet
from toolkit.scheme.lint import lint_scheme
from toolkit.scheme.parents import check_parents
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
from toolkit.scheme.settings import Settings, read_settings
from toolkit.scheme.uniqueness import check_names

_SPOILED_BY_LOST_ROWS = {"SCHEME-20", "SCHEME-23", "SCHEME-24", "SCHEME-27", "SCHEME-31"}
"""Sums and uses say nothing while rows could not be read."""
_TO_FILL_IN = "SCHEME-34"
"""A scheme that is not filled in yet can be looked at, though not worked with."""
_RowType = TypeVar("_RowType", bound=Row)


@dataclass(frozen=True, slots=True)
class SchemeReading:
    """A scheme, or None with findings of severity ERROR that say why not; a draft still to be filled in has both."""

    scheme: Scheme | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Parts:
    settings: Settings
    fields: list[Read[FieldRow]]
    indicators: list[Read[IndicatorRow]]
    checks: list[Read[CheckRow]]
    choices: list[Read[ChoiceRow]]
    evidence: list[Read[EvidenceRow]]
    written: Mapping[str, tuple[str, ...]]


def read_scheme(data: bytes, workbook: str) -> SchemeReading:
    """Read a scheme workbook.

    When there is no scheme, :func:`lint_scheme` has already looked at what could be read: one run shows everything.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    book = read_workbook(data)
    tables = {name: read_sheet(book, workbook, name, columns) for name, columns in SHEETS.items()}
    frame = [finding for table in tables.values() for finding in table.findings]
    if frame:
        return SchemeReading(None, tuple(frame))
    parts, findings = _parts(tables, workbook)
    draft, wrong = _scheme(parts, hashlib.sha256(data).hexdigest())
    adjustments, wrong_settings = read_check_settings(book, workbook, parts.written[CHECKS])
    draft = replace(draft, adjustments=adjustments)
    parents = [] if findings else check_parents(parts.indicators)
    findings += [*wrong, *wrong_settings, *parents, *check_cards(tables[CARDS], draft, parts.written[INDICATORS])]
    if not any(one.severity is Severity.ERROR and one.code != _TO_FILL_IN for one in findings):
        return SchemeReading(draft, tuple(findings))
    lint = [one for one in lint_scheme(draft) if one.code not in _SPOILED_BY_LOST_ROWS]
    return SchemeReading(None, tuple(dict.fromkeys([*findings, *lint])))


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


def _scheme(parts: _Parts, sha256: str) -> tuple[Scheme, list[Finding]]:
    head = scheme_head(parts.settings)
    indicators, wrong_rules = _bound(parts.indicators, head["score_places"])
    scheme = Scheme(
        **head,
        fields=tuple(field_of(one, head["money_unit"]) for one in parts.fields),
        indicators=tuple(indicators),
        cross_checks=tuple(check_of(one) for one in parts.checks),
        choices=choices_of(parts.choices),
        evidence=tuple(evidence_of(one) for one in parts.evidence),
        sha256=sha256,
    )
    rows = [(one.row.code, one.at("编号")) for one in parts.indicators]
    named = check_names(scheme.fields, rows, scheme.indicators, scheme.cross_checks, scheme.evidence)
    dangling = check_references(scheme, parts.fields, parts.indicators, parts.settings, parts.written)
    formulas = check_scheme_formulas(scheme, parts.fields, parts.indicators, parts.written)
    return scheme, [*wrong_rules, *named, *dangling, *formulas]


def _bound(rows: Sequence[Read[IndicatorRow]], score_places: int) -> tuple[list[Indicator], list[Finding]]:
    indicators: list[Indicator] = []
    findings: list[Finding] = []
    for row in rows:
        indicator, wrong = bind_indicator(row, score_places)
        indicators += [indicator] if indicator else []
        findings += wrong
    return indicators, findings
