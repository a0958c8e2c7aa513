"""Findings that rest on something that could not be read say nothing; the reading leaves them out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from toolkit.model import Finding
from toolkit.scheme.columns import CHOICES, EVIDENCE, FIELDS, INDICATORS, SETTINGS


@dataclass(frozen=True, slots=True)
class Lost:
    """What could not be read: whole sheets, and cells as (sheet, heading); of sheet 方案 (sheet, setting)."""

    sheets: frozenset[str] = frozenset()
    cells: frozenset[tuple[str, str]] = frozenset()


_MARKS = frozenset({(INDICATORS, "分值"), (INDICATORS, "一级指标"), (INDICATORS, "编号")})
_RESTS_ON: Mapping[str, frozenset[tuple[str, str]]] = {
    "SCHEME-01": frozenset({(SETTINGS, "")}),
    "SCHEME-34": frozenset({(SETTINGS, "")}),
    "SCHEME-08": frozenset({(FIELDS, "字段名"), (INDICATORS, "编号")}),
    "SCHEME-20": _MARKS | {(SETTINGS, "总分")},
    "SCHEME-21": frozenset({(SETTINGS, "得分小数位"), (INDICATORS, "分值")}),
    "SCHEME-23": _MARKS,
    "SCHEME-24": frozenset({(INDICATORS, "佐证")}),
    "SCHEME-25": frozenset({(INDICATORS, "三级指标")}),
    "SCHEME-27": frozenset({(FIELDS, "类型"), (FIELDS, "选项")}),
    "SCHEME-29": frozenset({(INDICATORS, "编号")}),
    "SCHEME-31": _MARKS,
    "SCHEME-33": _MARKS,
    "SCHEME-37": frozenset({(FIELDS, "字段名"), (INDICATORS, "编号"), (INDICATORS, "三级指标")}),
    "SCHEME-39": frozenset(
        {(FIELDS, "报告用途"), (FIELDS, "公式"), (INDICATORS, ""), (INDICATORS, "评分规则"), (INDICATORS, "规则参数")}
    ),
    "SCHEME-47": frozenset({(SETTINGS, "金额单位")}),
    "SCHEME-49": frozenset({(SETTINGS, "评价期间起"), (INDICATORS, "规则参数")}),
    "SCHEME-48": frozenset({(SETTINGS, "总分"), (SETTINGS, "绩效等级")}),
}
"""By code: the cells a finding rests on; of a sheet that could not be read at all, every finding that needs it."""
_LISTED_IN: Mapping[str, str] = {FIELDS: CHOICES, INDICATORS: EVIDENCE, SETTINGS: FIELDS}
"""SCHEME-10: a word of the first sheet is looked up in the second."""
_LISTS: Mapping[str, str] = {FIELDS: "选项", INDICATORS: "佐证"}


def also_lost(lost: Lost, findings: Iterable[Finding]) -> Lost:
    """Words that name no list and no evidence leave the right one unused: that is not another mistake."""
    dangling = {finding.at.sheet for finding in findings if finding.code in {"SCHEME-01", "SCHEME-10"}}
    return replace(lost, cells=lost.cells | {(sheet, _LISTS[sheet]) for sheet in dangling & _LISTS.keys()})


def without_spoiled(findings: Iterable[Finding], lost: Lost) -> list[Finding]:
    """The findings that stand on what could be read."""
    return [finding for finding in findings if not _rests_on_lost(finding, lost)]


def _rests_on_lost(finding: Finding, lost: Lost) -> bool:
    if finding.code == "SCHEME-10":
        return _LISTED_IN.get(finding.at.sheet, "") in lost.sheets
    needs = _RESTS_ON.get(finding.code, frozenset())
    if finding.code in {"SCHEME-01", "SCHEME-34"} and finding.at.sheet != SETTINGS:
        return False
    return bool(needs & lost.cells) or any(sheet in lost.sheets for sheet, _ in needs)
