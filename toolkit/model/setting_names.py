"""Rows of sheet 方案 that several stages know by name and that hold a share of something."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

LEAST_SHARE = "产出效益最低占比"
"""How much of the total mark indicators of 产出 and 效益 must have."""
MARK_TOLERANCE = "打分容差"
"""By how much of an item's range marks of several scorers may differ before somebody rules."""
MOVED_FAR = "年度变动提示"
"""By how much a figure may move from year to year before it is pointed out."""
LARGEST_SHARES: Mapping[str, Decimal] = MappingProxyType(
    {LEAST_SHARE: Decimal(1), MARK_TOLERANCE: Decimal(1), MOVED_FAR: Decimal(100)}
)
"""The most that each can be. Units: fraction."""
