"""同级等分: a scheme may say that all indicators under one of the first level have the same mark."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from toolkit.model import Content, Finding, Indicator, Scheme, Sentence, Severity, Stated, Value
from toolkit.scheme.alternatives import every_kind, suits
from toolkit.scheme.findings import say
from toolkit.text import plain

SETTING, EQUAL = "权重方式", "同级等分"
_ROUNDED = Decimal("0.05")
"""55 / 6 is printed as 9.16 or 9.2."""


def check_equal_shares(scheme: Scheme) -> list[Finding]:
    """One warning for every first-level indicator whose third-level marks are not equal shares of it."""
    if scheme.settings.get(SETTING, "").strip() != EQUAL:
        return []
    kinds = every_kind(indicator.applies_when for indicator in scheme.indicators)
    found = (
        finding
        for name in scheme.dimensions()
        for members in _members(scheme, name, kinds)
        for finding in _unequal(name, members)
    )
    return list(dict.fromkeys(found))


def _members(scheme: Scheme, name: str, kinds: Sequence[Mapping[str, Value]]) -> Iterator[tuple[Indicator, ...]]:
    """The indicators under a first-level indicator, for every kind of project."""
    under = [indicator for indicator in scheme.indicators if indicator.dimension == name]
    found = (tuple(indicator for indicator in under if suits(indicator.applies_when, kind)) for kind in kinds)
    yield from filter(None, dict.fromkeys(found))


def _unequal(name: str, members: tuple[Indicator, ...]) -> list[Finding]:
    total = sum((indicator.full_mark for indicator in members), Decimal(0))
    share = total / len(members)
    if all(abs(indicator.full_mark - share) <= _ROUNDED for indicator in members):
        return []
    marks = "/".join(plain(indicator.full_mark) for indicator in members)
    words: dict[str, Content] = {
        "name": name, "total": Stated(total), "count": Stated(Decimal(len(members))), "found": marks,
    }  # fmt: skip
    told = Sentence.of("方案规定同级等分，{name}共{total}分，{count}个指标的分值却是{found}", words)
    hint = "改为等分，或删去《方案》的“权重方式”一行"
    even = Stated(round(share, 2))
    at = members[0].origin
    return [say("SCHEME-33", at, told, hint, severity=Severity.WARNING, found=marks, expected=even)]
