"""Every cell that is no input, compared with what was generated."""

import re
from collections.abc import Iterator
from dataclasses import replace

from toolkit.checks.case import Case
from toolkit.checks.declaration import Doubt, check
from toolkit.model import DifferenceKind, ReadState, Severity

_EVIDENCE = re.compile(r"[A-Za-z]+[0-9]+")
_CONTACT = ("联系人", "电话", "邮箱")
"""Columns of the roster with whom to call: a unit that writes another person there corrects nothing."""
_UNREAD = (ReadState.REJECTED, ReadState.ERROR, ReadState.NOT_CALCULATED)
_IN_THE_LIST = "填写《佐证材料清单》中的编号，多个用顿号隔开"


def _doubts(case: Case, *kinds: DifferenceKind) -> Iterator[Doubt]:
    calculated = {field.key for field in case.calculated()}  # those have the three-way checks of rates.py
    for difference in case.submission.differences:
        if difference.kind in kinds and difference.key not in calculated:
            words = {"what": case.label(difference.key) if difference.key else difference.expected or difference.found}
            yield Doubt(difference.at, difference.found, difference.expected, difference.key, words)


@check(
    "FORM-01",
    Severity.ERROR,
    "公式被固定数值覆盖",
    message="“{what}”处原为公式，现为固定内容“{found}”",
    hint="撤销修改，或从下发的原表复制这一格的公式粘贴回来",
    source="填报说明：灰色单元格自动计算，请勿改动",
)
def formula_overwritten(case: Case) -> Iterator[Doubt]:
    """Formula → constant, outside the calculated fields."""
    return _doubts(case, DifferenceKind.FORMULA_TO_CONSTANT)


@check(
    "FORM-02",
    Severity.ERROR,
    "公式被修改",
    message="“{what}”处的公式与下发的不同，现为{found}，原为{expected}",
    hint="撤销修改，或从下发的原表复制这一格的公式粘贴回来；对算法有意见的，另行书面提出",
    source="填报说明：灰色单元格自动计算，请勿改动",
)
def formula_altered(case: Case) -> Iterator[Doubt]:
    """Another formula than the one generated."""
    return _doubts(case, DifferenceKind.FORMULA_CHANGED)


@check(
    "FORM-03",
    Severity.ERROR,
    "表中固定文字、分值或标准被修改",
    message="固定内容与下发的不同：现为“{found}”，原为“{expected}”",
    hint="恢复原文；对指标或标准有意见的，另行书面提出",
    source="采集表结构以下发版本为准",
)
def text_altered(case: Case) -> Iterator[Doubt]:
    """Labels, weights, standards and headings."""
    return _doubts(case, DifferenceKind.TEXT_CHANGED)


@check(
    "FORM-04",
    Severity.WARNING,
    "表中固定内容被删除",
    message="固定内容“{expected}”被删除",
    hint="恢复原文，或用下发的原表重新填报",
    source="采集表结构以下发版本为准",
)
def content_removed(case: Case) -> Iterator[Doubt]:
    """Something generated is gone."""
    return _doubts(case, DifferenceKind.REMOVED)


@check(
    "FORM-05",
    Severity.NOTE,
    "表外新增内容",
    message="在填报格以外写了“{found}”，没有读取",
    hint="需要采用的，填到表内相应的填报格；没有相应填报格的，写在“说明”栏；只是备注的，不用处理",
    source="采集表结构以下发版本为准",
)
def content_added(case: Case) -> Iterator[Doubt]:
    """Something new where nothing was."""
    return _doubts(case, DifferenceKind.ADDED)


@check(
    "FORM-06",
    Severity.WARNING,
    "预填内容被修改",
    message="预填的“{what}”由“{expected}”改为“{found}”",
    hint="清单有误的，说明依据并附材料；否则恢复原值",
    source="预填内容来自项目清单，请核对",
)
def prefilled_altered(case: Case) -> Iterator[Doubt]:
    """A prefilled fact was corrected by the unit: to be confirmed.

    Which evidence belongs to an indicator is the unit's to say, as long as it is in the list; so is whom to call.
    What cannot be read is told of by the reading.
    """
    evidence = {indicator.name_for("佐证") for indicator in case.scheme.indicators}
    known = {item.code for item in case.scheme.evidence}
    for doubt in _doubts(case, DifferenceKind.PREFILLED_CHANGED):
        field, reading = case.scheme.field(doubt.indicator), case.reading(doubt.indicator)
        if (field and field.prefill in _CONTACT) or (reading and reading.state in _UNREAD):
            continue
        numbers = _EVIDENCE.findall(str(doubt.found)) if doubt.indicator in evidence else []
        if not numbers or not known.issuperset(numbers):
            yield replace(doubt, hint=_IN_THE_LIST) if doubt.indicator in evidence else doubt


@check(
    "FORM-07",
    Severity.ERROR,
    "明细表的示例行里填了内容",
    message="《{what}》的示例行里填了内容“{found}”；示例行不读取，也不计入合计",
    hint="把这一行的内容移到示例行下面的空行；行数不够的，在表中间插入行",
    source="填报说明：示例行只说明填法",
)
def example_filled(case: Case) -> Iterator[Doubt]:
    """Data typed over the examples of a table, where nobody reads it; the table's cells are those to be filled in."""
    for doubt in _doubts(case, DifferenceKind.EXAMPLE_FILLED):
        rows = (slot for slot in case.slots() if slot.table == doubt.expected and case.is_placed(slot))
        yield replace(doubt, related=tuple(case.at(slot.key) for slot in rows))
