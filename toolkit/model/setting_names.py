"""Rows of sheet 方案 that several stages know by name and reckon with."""

from decimal import Decimal
from enum import StrEnum

LEAST_SHARE = "产出效益最低占比"
"""How much of the total mark indicators of 产出 and 效益 must have."""
MARK_TOLERANCE = "打分容差"
"""By how much of an item's range marks of several scorers may differ before somebody rules."""
MARK_TAKING = "打分取值"
"""How several marks become one: a :class:`MarkTaking`."""
MOVED_FAR = "年度变动提示"
"""By how much a figure may move from year to year before it is pointed out; at most :data:`LARGEST_MOVE`."""
LARGEST_MOVE = Decimal(100)
CONTRACT_SIZES = "合同规模分档"
"""At which amounts sizes of contracts are told apart on sheet 分组对比."""


class MarkTaking(StrEnum):
    """How several marks become one; trimmed: of three and more the highest and the lowest do not count."""

    MEAN = "平均"
    TRIMMED = "截尾平均"
