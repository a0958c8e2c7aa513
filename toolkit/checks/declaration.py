"""How a check is declared: what a reader of the handbook and of the finding needs, beside the function that looks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from string import Formatter
from types import MappingProxyType

from toolkit.checks.case import Case
from toolkit.model import CellRef, Content, Finding, Sentence, Severity


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a check saw, with the values its message needs.

    Attributes:
        at: the cell in question.
        found, expected: what stands there and should; a tolerance acts on two figures.
        indicator: indicator code or field key.
        words: values for the message's ``{placeholders}`` beyond ``found`` and ``expected``.
        severity: only when it differs from the declaration's.
        hint: only when it differs from the declaration's.
    """

    at: CellRef
    found: Content = ""
    expected: Content = ""
    indicator: str = ""
    words: Mapping[str, Content] = field(default_factory=lambda: MappingProxyType({}))
    related: tuple[CellRef, ...] = ()
    severity: Severity | None = None
    hint: str = ""


def _sentence(template: str, words: Mapping[str, Content], case: Case) -> Sentence:
    """A declared sentence with its words; a placeholder that is no word of the doubt is a field, said by its label."""
    names = (name for _, name, _, _ in Formatter().parse(template) if name)
    return Sentence.of(template, {name: words[name] if name in words else case.label(name) for name in names})


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
        words = {"found": doubt.found, "expected": doubt.expected, **doubt.words}
        return Finding(
            self.code,
            doubt.severity or self.severity,
            doubt.at,
            _sentence(self.message, words, case),
            doubt.hint or str(_sentence(self.hint, words, case)),
            project=case.project.id,
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
