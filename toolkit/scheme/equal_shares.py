"""权重方式＝同级等分: a scheme that says its marks are equal shares is held to it."""

from decimal import Decimal

from toolkit.model import Finding, Scheme, Severity
from toolkit.scheme.findings import say
from toolkit.text import plain

SETTING, EQUAL = "权重方式", "同级等分"
_ROUNDED = Decimal("0.05")
"""55 / 6 is printed as 9.16 or 9.2."""


def check_equal_shares(scheme: Scheme) -> list[Finding]:
    """One warning for every first-level indicator whose third-level marks are not equal shares of it."""
    if scheme.settings.get(SETTING, "").strip() != EQUAL:
        return []
    found = []
    for name, total in scheme.dimensions().items():
        members = [one for one in scheme.indicators if one.dimension == name]
        share = total / len(members)
        if all(abs(one.full_mark - share) <= _ROUNDED for one in members):
            continue
        marks = "/".join(plain(one.full_mark) for one in members)
        words = f"方案规定同级等分，{name}共{plain(total)}分，{len(members)}个指标的分值却是{marks}"
        hint = "改为等分，或删去《方案》的“权重方式”一行"
        even = plain(round(share, 2))
        found.append(
            say("SCHEME-33", members[0].origin, words, hint, severity=Severity.WARNING, found=marks, expected=even)
        )
    return found
