"""预填.xlsx of a workspace as values: what is put into collection workbooks besides what the roster knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from toolkit.earlier_forms import FILE, PrefillBook, PrefillRow, State, read_prefill
from toolkit.excel.read import read_workbook
from toolkit.model import Finding, Roster, Scheme, Sentence, Severity, Value
from toolkit.pipeline.plan.own_files import read_own
from toolkit.review import Asked, UnreadableValueError, verified_value


@dataclass(frozen=True, slots=True)
class EarlierValues:
    """What 预填.xlsx gives.

    Attributes:
        values: project id → field key → value. open: project id → field key → the row not verified yet.
    """

    book: PrefillBook
    values: Mapping[str, Mapping[str, Value]]
    open: Mapping[str, Mapping[str, PrefillRow]]
    findings: tuple[Finding, ...]


def earlier_values(root: Path, scheme: Scheme, roster: Roster) -> EarlierValues:
    """Read the workbook; an evaluation without one has no such values.

    Raises:
        SchemeError: the file is no workbook.
    """
    path = root / FILE
    if not path.is_file():
        return EarlierValues(PrefillBook(), {}, {}, ())
    read = partial(_read, scheme=scheme, roster=roster)
    return _valued(read_own(path, read), scheme)


def _read(data: bytes, name: str, scheme: Scheme, roster: Roster) -> PrefillBook:
    return read_prefill(read_workbook(data), name, scheme, roster)


def _valued(book: PrefillBook, scheme: Scheme) -> EarlierValues:
    values: dict[str, dict[str, Value]] = {}
    open_rows: dict[str, dict[str, PrefillRow]] = {}
    findings = list(book.findings)
    for row in book.rows:
        field = scheme.field(row.key)
        if row.state is State.REFUSED or field is None or not row.text:
            continue
        try:
            choices = scheme.choices.get(field.choices, ()) if field.choices else ()
            value = verified_value(None, row.text, Asked(field.type, choices))
        except UnreadableValueError as error:
            words = Sentence.saying("字段“{key}”的预填内容：{error}", key=row.key, error=error)
            findings.append(Finding("PREFILL-02", Severity.ERROR, row.at, words, "按字段的类型改写，或把状态改为不用"))
            continue
        values.setdefault(row.project, {})[row.key] = value
        if row.state is State.OPEN:
            open_rows.setdefault(row.project, {})[row.key] = row
    return EarlierValues(book, values, open_rows, tuple(findings))
