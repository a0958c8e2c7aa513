"""The unit of a table's numbers, as its caption or a line above it names it."""

import re

from toolkit.text.patterns import Pattern

_UNIT_LINE = Pattern(
    r"(?:金额|计量)?单位[:：]\s*(?:人民币)?\s*(?P<unit>[亿千百万]*元|个|项|分|%|人|户|家|台|套|件|次)|[(（](?:金额[:：])?(?P<short>[亿千百万]*元)(?:[/／][\u4e00-\u9fff]{1,4})?[)）]\s*$"
)


def unit_line(text: str) -> str:
    """The unit a caption or a line above a table names for its numbers; ``万元、个`` for two kinds, "" for none."""
    match = _UNIT_LINE.search(text)
    if match is None:
        return ""
    units = [
        match["unit"] or match["short"],
        *re.findall(r"[、,，/／]\s*([\u4e00-\u9fff%％]{1,4})", text[match.end() :]),
    ]
    money = [unit for unit in units if unit.endswith("元")]
    counted = [unit for unit in units if unit not in money and unit not in ("%", "％", "分")]
    several = "、".join((*money[:1], *counted)) if money else ""
    return units[0] if len(units) == 1 else several


def is_unit_line(text: str) -> bool:
    """Whether a paragraph says nothing but a unit."""
    match = _UNIT_LINE.search(text)
    return (
        match is not None
        and bool(match["unit"])
        and not re.sub(r"[\s（()）:：、,，/／%％]|金额|计量|分", "", text.replace(match[0], ""))
    )
