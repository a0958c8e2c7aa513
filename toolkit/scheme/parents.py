"""Marks of dimensions and groups, where the scheme writes them: each must be the sum of what stands under it."""

from collections.abc import Sequence
from decimal import Decimal

from toolkit.model import Finding
from toolkit.scheme.findings import about_cell
from toolkit.scheme.plain_number import read_number
from toolkit.scheme.rows import IndicatorRow, Read
from toolkit.text import plain

_Rows = Sequence[Read[IndicatorRow]]


def check_parents(rows: _Rows) -> list[Finding]:
    """Findings for 一级分值 and 二级分值 that are not the sum of their indicators; blank cells declare nothing."""
    dimensions: dict[str, list[Read[IndicatorRow]]] = {}
    groups: dict[tuple[str, str], list[Read[IndicatorRow]]] = {}
    for one in rows:
        dimensions.setdefault(one.row.dimension, []).append(one)
        groups.setdefault((one.row.dimension, one.row.group), []).append(one)
    return [
        *(finding for name, under in dimensions.items() for finding in _compare(name, under, "一级分值")),
        *(finding for (_, name), under in groups.items() for finding in _compare(name, under, "二级分值")),
    ]


def _compare(name: str, under: _Rows, heading: str) -> list[Finding]:
    total = sum((one.row.full_mark for one in under), Decimal(0))
    findings = []
    for one in under:
        text = one.source.text(heading)
        if not text:
            continue
        try:
            declared = read_number(text.removesuffix("分"))
        except ValueError as error:
            findings.append(about_cell("SCHEME-02", one.source, heading, f"“{heading}”：{error}", "只填数字"))
            continue
        if declared != total:
            words = f"“{name}”的{heading}为{plain(declared)}，下级指标分值合计{plain(total)}"
            findings.append(about_cell("SCHEME-31", one.source, heading, words, "调整其中一个，使两者一致"))
    return findings
