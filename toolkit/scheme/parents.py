"""Marks of dimensions and groups, where the scheme writes them: each must be the sum of what stands under it.

Where indicators have conditions, it must be the sum for one kind of project at least.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from toolkit.model import Finding, Sentence, Value
from toolkit.scheme.alternatives import every_kind, suits
from toolkit.scheme.findings import about_cell
from toolkit.scheme.plain_number import read_number
from toolkit.scheme.rows import IndicatorRow, Read
from toolkit.text import plain

_Rows = Sequence[Read[IndicatorRow]]


def check_parents(rows: _Rows) -> list[Finding]:
    """Findings for 一级分值 and 二级分值 that are not the sum of their indicators; blank cells declare nothing."""
    dimensions: dict[str, list[Read[IndicatorRow]]] = {}
    groups: dict[tuple[str, str], list[Read[IndicatorRow]]] = {}
    for row in rows:
        dimensions.setdefault(row.row.dimension, []).append(row)
        groups.setdefault((row.row.dimension, row.row.group), []).append(row)
    found = every_kind(row.row.applies_when for row in rows)
    return [
        *(finding for name, under in dimensions.items() for finding in _compare(name, under, "一级分值", found)),
        *(finding for (_, name), under in groups.items() for finding in _compare(name, under, "二级分值", found)),
    ]


def _compare(name: str, under: _Rows, heading: str, found: Sequence[Mapping[str, Value]]) -> list[Finding]:

    def applying(kind: Mapping[str, Value]) -> Decimal:
        return sum(
            (indicator.row.full_mark for indicator in under if suits(indicator.row.applies_when, kind)), Decimal(0)
        )

    sums = {applying(kind) for kind in found}
    findings = []
    for indicator in under:
        text = indicator.source.text(heading)
        if not text:
            continue
        try:
            declared = read_number(text.removesuffix("分"))
        except ValueError as error:
            findings.append(
                about_cell(
                    "SCHEME-02",
                    indicator.source,
                    heading,
                    Sentence.of("“{heading}”：{reason}", {"heading": heading, "reason": str(error)}),
                    "只填数字",
                )
            )
            continue
        if declared not in sums:
            words = Sentence.of(
                "“{name}”的{heading}为{declared}，下级指标分值合计{listed}",
                {
                    "name": name,
                    "heading": heading,
                    "declared": plain(declared),
                    "listed": "或".join(map(plain, sorted(sums))),
                },
            )
            findings.append(about_cell("SCHEME-31", indicator.source, heading, words, "调整其中一个，使两者一致"))
    return findings
