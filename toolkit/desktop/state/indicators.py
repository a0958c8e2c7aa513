"""方案: the tree of indicators, and what the indicators of each branch are worth together. Units: 分."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

Branch = tuple[str, ...]


def path_of(indicator: Mapping[str, Any]) -> Branch:
    """Names of the branches an indicator hangs on, the outermost first."""
    return tuple(str(part) for part in (indicator.get("dimension", ""), indicator.get("group", "")) if part)


def totals(indicators: Iterable[Mapping[str, Any]]) -> dict[Branch, str]:
    """Full marks of every branch, summed over the indicators below it."""
    sums: dict[Branch, Decimal] = {}
    for indicator in indicators:
        path = path_of(indicator)
        for length in range(1, len(path) + 1):
            branch = path[:length]
            sums[branch] = sums.get(branch, Decimal(0)) + Decimal(str(indicator["full_mark"]))
    return {branch: f"{total.normalize():f}" for branch, total in sums.items()}
