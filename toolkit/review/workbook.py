"""Opinions → review workbook, with a row waiting for every judgement still to be made."""

from collections.abc import Iterable, Sequence

from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.model import WHOLE_EVALUATION, Roster, Scheme, ScoredObject
from toolkit.review.columns import HEADINGS, SHEET
from toolkit.rules import applies

_WIDTHS = (10, 12, 14, 12, 48, 30, 12, 12)


def opinion_workbook(rows: Iterable[Sequence[str]]) -> bytes:
    """A review workbook of these rows (texts in the order of the headings)."""
    columns = tuple(Column(heading, width) for heading, width in zip(HEADINGS, _WIDTHS, strict=True))
    note = "每行一项核定：必须写明核定值、理由、佐证，并由评价人以外的第二人复核。比率带百分号填写。"
    sheet = TableSheet(SHEET, "评审意见表", columns, tuple(tuple(row) for row in rows), note)
    return table_workbook([sheet])


def review_rows(scheme: Scheme, roster: Roster) -> list[tuple[str, ...]]:
    """One empty row for every value that only an evaluator can give, where its indicator applies."""
    if scheme.scored_object is ScoredObject.WHOLE:
        asked = [(WHOLE_EVALUATION, indicator) for indicator in scheme.indicators]
    else:
        asked = [(one.id, each) for one in roster.projects for each in scheme.indicators if applies(each, one)]
    return [
        (project, indicator.code, one.local, "", "", "", "", "")
        for project, indicator in asked
        for one in indicator.inputs
        if one.by_evaluator
    ]
