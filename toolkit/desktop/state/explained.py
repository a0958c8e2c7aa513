"""One indicator explained: words, and its score curve as places to draw."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from toolkit.operations import Json

_LABELS = (
    ("standard", "评分标准"), ("target", "目标值"), ("source", "依据"),
    ("applies_when", "适用条件"), ("formula", "公式"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """One worked example: what is reached, the score for it, and why. ``x`` is None where it is no number.

    Units: 分.
    """

    label: str
    score: Decimal
    because: str
    x: Decimal | None


@dataclass(frozen=True, slots=True)
class Card:
    """What the page shows of an indicator."""

    title: str
    lines: tuple[tuple[str, str], ...]
    points: tuple[Point, ...]
    full_mark: Decimal

    @property
    def is_curve(self) -> bool:
        """Scores lie over numbers that grow, so that a line can be drawn through them; else there are bars."""
        numbers = [point.x for point in self.points if point.x is not None]
        return 1 < len(self.points) == len(numbers) and all(a < b for a, b in pairwise(numbers))

    def text(self) -> str:
        """The lines as text, a blank one between them."""
        return "\n\n".join(f"{label}：{words}" for label, words in self.lines)

    def heard(self) -> str:
        """The curve for those who do not see it."""
        return "；".join(f"{point.label} 得 {point.score} 分" for point in self.points)


def card(explained: Json) -> Card:
    """The card of ``indicator`` of operation ``scheme explain``."""
    known = explained["indicator"]
    lines = [(label, str(known[key])) for key, label in _LABELS if known.get(key)]
    parameters = "；".join(f"{name} {value}".replace("\n", "、") for name, value in known["parameters"].items())
    if parameters:
        lines.append(("参数", parameters))
    inputs = "；".join(_input(each) for each in known["inputs"])
    if inputs:
        lines.append(("取值", inputs))
    points = tuple(
        Point(each["value"], Decimal(each["score"]), each["because"], number(each["value"])) for each in known["curve"]
    )
    title = f"{known['code']} {known['name']}　{known['full_mark']} 分　{known['rule']}"
    return Card(title, tuple(lines), points, Decimal(known["full_mark"]))


def _input(given: Json) -> str:
    unit = f"（{given['unit']}）" if given["unit"] else ""
    formula = f"，取自 {given['formula'].lstrip('=')}" if given["formula"] else ""
    return f"{given['label']}{unit}{formula}"


def number(text: str) -> Decimal | None:
    """``98%`` → 98, ``1,200`` → 1200; None for anything else. A percent sign scales the axis, not the shape."""
    try:
        return Decimal(text.strip().removesuffix("%").replace(",", ""))
    except InvalidOperation:
        return None
