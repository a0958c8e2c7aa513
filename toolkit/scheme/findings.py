"""Codes of what can be wrong with a scheme or a roster, and the one way to say it."""

import difflib
from collections.abc import Iterable

from toolkit.excel.table import TableRow
from toolkit.model import CellRef, Content, Finding, Scheme, Sentence, Severity

"""Stable codes with their titles, for the manual."""


def say(  # noqa: PLR0913  (a finding has this many parts)
    code: str,
    at: CellRef,
    message: str | Sentence,
    hint: str = "",
    *,
    severity: Severity = Severity.ERROR,
    about: str = "",
    found: Content = "",
    expected: Content = "",
) -> Finding:
    """A finding about a scheme or roster cell; ``about`` is the field key or indicator code."""
    return Finding(code, severity, at, message, hint, indicator=about, found=found, expected=expected)


def about_cell(
    code: str,
    row: TableRow,
    heading: str,
    message: str | Sentence,
    hint: str = "",
    *,
    severity: Severity = Severity.ERROR,
    about: str = "",
) -> Finding:
    """A finding about the cell under a heading, with what stands there."""
    return say(code, row.at(heading), message, hint, severity=severity, about=about, found=row.text(heading))


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """``是否想写“…”？`` when a known word is near, else ``otherwise``."""
    near = nearest(word, known)
    return f"是否想写“{near}”？" if near else otherwise


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word nearest to what was written; "" when none is near."""
    cutoff = 0.5 if len(word) <= 2 else 0.6
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=cutoff)), "")


def workbook_of(scheme: Scheme) -> str:
    """The name of the file a scheme was read from; "" for one that was not."""
    origins = [
        *(indicator.origin.workbook for indicator in scheme.indicators),
        *(field.origin.workbook for field in scheme.fields),
    ]
    return origins[0] if origins else ""
