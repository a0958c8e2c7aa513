"""Words in one sheet that must exist in another: choice lists, evidence codes, tables."""

from collections.abc import Collection, Mapping, Sequence

from toolkit.model import FieldType, Finding, Scheme, Sentence, Severity
from toolkit.scheme.columns import CHOICES, EVIDENCE
from toolkit.scheme.findings import about_cell, did_you_mean, say
from toolkit.scheme.rows import FieldRow, IndicatorRow, Read
from toolkit.scheme.settings import Settings


def check_references(
    scheme: Scheme,
    fields: Sequence[Read[FieldRow]],
    indicators: Sequence[Read[IndicatorRow]],
    settings: Settings,
    written: Mapping[str, Collection[str]],
) -> list[Finding]:
    """Findings for choice lists, evidence codes and tables that are named but not defined.

    ``written`` holds codes and keys by sheet, those of unreadable rows included.
    """
    return [
        *(finding for field in fields for finding in _choices(field, written[CHOICES])),
        *(finding for indicator in indicators for finding in _evidence(indicator, written[EVIDENCE])),
        *_tables(scheme, settings),
    ]


def _choices(read: Read[FieldRow], lists: Collection[str]) -> list[Finding]:
    row = read.row
    if row.type is not FieldType.CHOICE or row.choices in lists:
        return []
    if not row.choices:
        words = Sentence.of("字段“{key}”的类型是选项，但没有写选项名", {"key": row.key})
        return [about_cell("SCHEME-01", read.source, "选项", words, "填写《选项》表中的选项名", about=row.key)]
    words = Sentence.of("《选项》表中没有“{choices}”", {"choices": row.choices})
    hint = did_you_mean(row.choices, lists, "先在《选项》表中增加")
    return [about_cell("SCHEME-10", read.source, "选项", words, hint, about=row.key)]


def _evidence(read: Read[IndicatorRow], known: Collection[str]) -> list[Finding]:
    return [
        about_cell(
            "SCHEME-10",
            read.source,
            "佐证",
            Sentence.of("《佐证》表中没有编号“{code}”", {"code": code}),
            did_you_mean(code, known, "先在《佐证》表中增加"),
            about=read.row.code,
        )
        for code in read.row.evidence
        if code not in known
    ]


def _tables(scheme: Scheme, settings: Settings) -> list[Finding]:
    known = scheme.tables()
    return [
        say(
            "SCHEME-10",
            settings.places["明细行数"],
            Sentence.of("《字段》表中没有明细表“{name}”", {"name": name}),
            did_you_mean(name, known, "在《字段》表的“明细表”列写上它，或删去"),
            severity=Severity.WARNING,
            found=name,
        )
        for name in scheme.table_rows
        if name not in known
    ]
