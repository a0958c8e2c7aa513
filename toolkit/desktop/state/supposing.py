"""假设分析: what a person supposes instead of the scheme's weights and bands and of one value, ready to be asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from toolkit.operations import Json


@dataclass(slots=True)
class Supposing:
    """The marks as they stand in the scheme and what is supposed instead. Units: 分.

    Attributes:
        known: operation ``view suppositions``.
        weights, bands: what was typed, by indicator code and by grade; "" and the scheme's own number change nothing.
        project, item, value: one supposed value; without an item none is.
    """

    known: Json = field(default_factory=dict)
    weights: dict[str, str] = field(default_factory=dict)
    bands: dict[str, str] = field(default_factory=dict)
    project: str = ""
    item: str = ""
    value: str = ""

    def faults(self) -> list[str]:
        """What must be put right before it can be computed, in Chinese."""
        typed = [(f"指标{code}的分值", text) for code, text in self.weights.items()]
        typed += [(f"等级“{name}”的下限", text) for name, text in self.bands.items()]
        faults = [f"{what}“{text}”不是数" for what, text in typed if text and _number(text) is None]
        if not faults and (difference := self.difference()):
            word = "多" if difference > 0 else "少"
            faults.append(f"各指标分值合计比方案{word}{abs(difference)}分，须相等")
        if self.item and not (self.project and self.value):
            faults.append("假设一个值时，选定项目并填写这个值")
        return faults

    def difference(self) -> Decimal:
        """By how much the supposed weights add up to more than the scheme's."""
        standing = self._standing("weights", "code", "full_mark")
        return sum((mark - standing[code] for code, mark in self._changed(self.weights, standing).items()), Decimal(0))

    def parameters(self) -> dict[str, str]:
        """Parameters of operation ``view what if``: only what differs from the scheme."""
        weights = self._changed(self.weights, self._standing("weights", "code", "full_mark"))
        bands = self._changed(self.bands, self._standing("bands", "name", "lower"))
        one = {"project": self.project, "item": self.item, "value": self.value} if self.item else {}
        return {"weights": _written(weights), "bands": _written(bands), **one}

    def _standing(self, part: str, key: str, mark: str) -> dict[str, Decimal]:
        return {row[key]: Decimal(row[mark]) for row in self.known.get(part, ())}

    def _changed(self, typed: Mapping[str, str], standing: Mapping[str, Decimal]) -> dict[str, Decimal]:
        marks = {name: _number(text) for name, text in typed.items() if name in standing}
        return {name: mark for name, mark in marks.items() if mark is not None and mark != standing[name]}


def summary(projects: Iterable[Json]) -> str:
    """What changes, in one sentence."""
    rows = list(projects)
    moved = sum(row["rank_before"] != row["rank_after"] for row in rows)
    graded = sum(row["grade_before"] != row["grade_after"] for row in rows)
    scored = sum(Decimal(row["difference"]) != 0 for row in rows)
    if not (moved or graded or scored):
        return "没有变化：总分、名次、等级都与现在相同。"
    return f"总分有变化的 {scored} 个项目，名次有变化的 {moved} 个，等级有变化的 {graded} 个。方案和台账都没有改动。"


def shown(row: Json) -> Json:
    """A row for the table: ``良 → 优`` where it changes, one word where not."""
    moved = row["moved"]
    is_changed = moved or row["grade_before"] != row["grade_after"] or Decimal(row["difference"])
    words = f"升{moved}位" if moved > 0 else f"降{-moved}位" if moved < 0 else ""
    return {
        **row,
        "grade": _both(row["grade_before"], row["grade_after"]),
        "rank": _both(str(row["rank_before"] or ""), str(row["rank_after"] or "")),
        "moves": words,
        "changes": "有变化" if is_changed else "无",
    }


def changed_first(projects: Iterable[Json]) -> list[Json]:
    """Rows for the table: those whose grade changes, then other changes, then the rest; otherwise in their order."""
    rows = [shown(row) for row in projects]
    return sorted(rows, key=lambda row: (row["grade_before"] == row["grade_after"], row["changes"] != "有变化"))


def _both(before: str, after: str) -> str:
    return after if before == after else f"{before or '无'} → {after or '无'}"


def _written(marks: Mapping[str, Decimal]) -> str:
    return "；".join(f"{name}={mark}" for name, mark in marks.items())


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 else None
