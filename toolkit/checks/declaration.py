"""How a check is declared: what a reader of the handbook and of the finding needs, beside the function that looks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from toolkit.checks.case import Case
from toolkit.model import CellRef, Comparison, Finding, Severity


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a check saw, in the words its message needs.

    Attributes:
        at: the cell in question.
        found, expected: as text with units.
        indicator: indicator code or field key.
        words: values for the message's ``{placeholders}`` beyond ``found`` and ``expected``.
        comparison: the two figures, where the doubt is about figures.
        severity: only when it differs from the declaration's.
        hint: only when it differs from the declaration's.
    """

    at: CellRef
    found: str = ""
    expected: str = ""
    indicator: str = ""
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    related: tuple[CellRef, ...] = ()
    comparison: Comparison | None = None
    severity: Severity | None = None
    hint: str = ""


class _Words(dict[str, str]):
    """Placeholders of a sentence; one that is no word of the doubt is a field, said by its label."""

    def __init__(self, words: Mapping[str, str], case: Case) -> None:
        super().__init__(words)
        self._case = case

    def __missing__(self, key: str) -> str:
        return self._case.label(key)


Look = Callable[[Case], Iterable[Doubt]]


@dataclass(frozen=True, slots=True)
class Check:
    """A declared check.

    Attributes:
        code: stable for ever.
        title: what is checked, for the handbook.
        message: Chinese sentence; ``{placeholders}`` are filled from the doubt, ``{合同金额}`` by the field's label.
        hint: how the unit puts it right; filled in the same way.
        source: clause or rule behind it.
        needs: field keys that must have been read with a value; otherwise the check is skipped and says why.
    """

    code: str
    severity: Severity
    title: str
    message: str
    hint: str
    source: str
    needs: tuple[str, ...]
    look: Look

    def finding(self, doubt: Doubt, case: Case) -> Finding:
        """Put a doubt into the words of the declaration."""
        words = _Words({"found": doubt.found, "expected": doubt.expected, **doubt.words}, case)
        return Finding(
            self.code,
            doubt.severity or self.severity,
            doubt.at,
            self.message.format_map(words),
            doubt.hint or self.hint.format_map(words),
            project=case.project.id,
            indicator=doubt.indicator,
            found=doubt.found,
            expected=doubt.expected,
            related=doubt.related,
            comparison=doubt.comparison,
        )


def check(
    code: str,
    severity: Severity,
    title: str,
    *,
    message: str,
    hint: str,
    source: str,
    needs: tuple[str, ...] = (),
) -> Callable[[Look], Check]:
    """Declare the function below as a check."""

    def declare(look: Look) -> Check:
        return Check(code, severity, title, message, hint, source, needs, look)

    return declare
