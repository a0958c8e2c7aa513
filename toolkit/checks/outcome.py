"""The four ways a check can end."""

from dataclasses import dataclass
from enum import StrEnum


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
