"""How a check is declared: what a reader of the handbook and of the finding needs, beside the function that looks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from toolkit.checks.case import Case
from toolkit.model import CellRef, Finding, Severity


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a check saw, in the words its message needs.

    Attributes:
        at: the cell in question.
        found, expected: as text with units.
        indicator: indicator code or field key.
        words: values for the message's ``{placeholders}`` beyond ``found`` and ``expected``.
        severity: only when it differs from the declaration's.
        hint: only when it differs from the declaration's.
    """

    at: CellRef
    found: str = ""
    expected: str = ""
    indicator: str = ""
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    related: tuple[CellRef, ...] = ()
    severity: Severity | None = None
    hint: str = ""


Look = Callable[[Case], Iterable[Doubt]]


@dataclass(frozen=True, slots=True)
class Check:
    """A declared check.

    Attributes:
        code: stable for ever.
        title: what is checked, for the handbook.
        message: Chinese sentence; ``{placeholders}`` are filled from the doubt.
        hint: how the unit puts it right.
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

    def finding(self, doubt: Doubt, project: str) -> Finding:
        """Put a doubt into the words of the declaration."""
        words = {"found": doubt.found, "expected": doubt.expected, **doubt.words}
        return Finding(
            self.code,
            doubt.severity or self.severity,
            doubt.at,
            self.message.format_map(words),
            doubt.hint or self.hint,
            project=project,
            indicator=doubt.indicator,
            found=doubt.found,
            expected=doubt.expected,
            related=doubt.related,
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
