"""The four ways a check can end."""

from dataclasses import dataclass
from enum import StrEnum

from toolkit.model import CellRef, Finding, Sentence, Severity


class Outcome(StrEnum):
    """How a check ended."""

    PASSED = "通过"
    FOUND = "有发现"
    SKIPPED = "未核查"
    BROKE = "程序出错"


@dataclass(frozen=True, slots=True)
class Ran:
    """One check's end: ``why`` names the missing fields of a skipped one and the fault of a broken one."""

    code: str
    outcome: Outcome
    why: str = ""


def our_fault(name: str, at: CellRef, fault: Exception, project: str = "") -> Finding:
    """A check that broke, as a finding: the program's trouble, never the unit's, and no reason to stop."""
    words = Sentence.saying(
        "{name}运行出错（{fault}），本项未能核查，这是工具的问题，不是填报的问题", name=name, fault=type(fault).__name__
    )
    hint = "请人工核查该项，并把日志反馈给工具维护人员"
    return Finding("BROKE-00", Severity.WARNING, at, words, hint, project=project)
