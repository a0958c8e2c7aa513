"""What the last 汇总并出报告 came to, kept with the user's settings, and what differs since then. Units: 分."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from toolkit.operations import Json

Figures = dict[str, dict[str, str]]
_SHOWN = {"total": "总分", "grade": "等级", "returned": "报送", "errors": "须更正"}
WHOLE = "整体"


def figures(board: Json) -> Figures:
    """Project → its figures, and under 整体 those of the whole, as the board (``view board``) has them."""
    rows = board["projects"]
    made = {str(row["id"]): _of_project(row) for row in rows}
    totals = [Decimal(row["total"]) for row in rows if row["total"]]
    grades = Counter(row["grade"] for row in rows if row["grade"])
    whole = {"已报送": str(sum(bool(row["returned"]) for row in rows))}
    if totals:
        whole["平均分"] = f"{sum(totals) / len(totals):.2f}"
    whole |= {f"{grade}（个）": str(count) for grade, count in grades.items()}
    return {WHOLE: whole, **made}


def _of_project(row: Json) -> dict[str, str]:
    returned = "已报送" if row["returned"] else "未报送"
    errors = str(row["errors"]) if row["returned"] else ""
    return {"total": row["total"], "grade": row["grade"], "returned": returned, "errors": errors}


def changes(before: Mapping[str, Mapping[str, str]], after: Figures, names: Mapping[str, str]) -> list[Json]:
    """A row for every figure that differs, the whole first; nothing where nothing is known of the last time."""
    return list(_changes(before, after, names)) if before else []


def _changes(before: Mapping[str, Mapping[str, str]], after: Figures, names: Mapping[str, str]) -> Iterator[Json]:
    for project in dict.fromkeys((*after, *before)):
        was, now = before.get(project, {}), after.get(project, {})
        for key in dict.fromkeys((*now, *was)):
            if was.get(key, "") != now.get(key, ""):
                yield {
                    "project": project, "name": names.get(project, ""), "what": _SHOWN.get(key, key),
                    "before": was.get(key, "") or "无", "after": now.get(key, "") or "无",
                }  # fmt: skip


@dataclass(frozen=True, slots=True)
class LastFigures:
    """Figures of the last run of each evaluation; a damaged or missing file knows none."""

    folder: Path

    def of(self, workspace: str) -> Figures:
        """What an evaluation came to last time."""
        try:
            known = json.loads(self._file(workspace).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        kept = known.items() if isinstance(known, dict) else ()
        return {str(name): found for name, found in kept if isinstance(found, dict)}

    def keep(self, workspace: str, found: Figures) -> None:
        """Remember it for next time; what cannot be kept is no reason to stop."""
        file = self._file(workspace)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        except OSError:
            return

    def _file(self, workspace: str) -> Path:
        name = hashlib.sha256(str(Path(workspace).absolute()).encode("utf-8", "surrogatepass")).hexdigest()[:24]
        return self.folder / f"{name}.json"
