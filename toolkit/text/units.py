"""Names of units: which are one and the same in two spellings."""

from toolkit.text.folding import compared

_SHORTEST = 3


def is_one_unit(one: str, other: str) -> bool:
    """``南通市大数据管理中心`` and ``市大数据管理中心`` are one: the place may stand before a name or not."""
    shorter, longer = sorted((compared(one), compared(other)), key=len)
    return bool(shorter) and (shorter == longer or (len(shorter) > _SHORTEST and longer.endswith(shorter)))
