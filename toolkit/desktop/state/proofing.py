"""校核: what a proof-reading found, in rows, and what of it has been decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toolkit.desktop.state.pending import CannotDecide
from toolkit.operations import Json

FIXED, DISMISSED, OPEN = "已修改", "忽略", "待处理"
COPY = "（校核批注）"


@dataclass(slots=True)
class Proofed:
    """The last proof-reading.

    Attributes:
        folder: where its list and its commented copies are; "" before the first.
        rows: a row for each finding, with ``mark`` ("" for a file that could not be read) and ``decided``.
        coverage: a row for each file: how much was checked. numbers, checked: of all files.
        copies: path of the commented copy by the name of the report.
    """

    folder: str = ""
    rows: list[Json] = field(default_factory=list)
    coverage: list[Json] = field(default_factory=list)
    numbers: int = 0
    checked: int = 0
    copies: dict[str, str] = field(default_factory=dict)

    def take(self, values: Json) -> None:
        """Take what operation ``view proof`` gave."""
        self.folder = values["folder"]
        self.rows = [_row(found) for found in values["findings"]]
        self.coverage = list(values["coverage"])
        self.numbers, self.checked = values["numbers"], values["checked"]
        written = {Path(path).stem: path for path in values["written"] if COPY in path}
        stems = {name: f"{Path(name).stem}{COPY}" for name in values["files"]}
        self.copies = {name: written[stem] for name, stem in stems.items() if stem in written}

    def summary(self) -> str:
        """How many findings of each verdict there are, and how much was checked."""
        counts = {
            verdict: sum(row["verdict"] == verdict for row in self.rows) for verdict in ("不一致", "疑似", "未能核")
        }
        told = "，".join(f"{verdict} {count} 处" for verdict, count in counts.items() if count) or "没有发现问题"
        return f"{len(self.coverage)} 份报告：{told}；共 {self.numbers} 个数字，核对了 {self.checked} 个。"

    def decisions(self, rows: Iterable[Mapping[str, Any]], decision: str, reason: str) -> list[Json]:
        """The decision about some rows as operation ``view proof decide`` takes it.

        Raises:
            CannotDecide: nothing can be decided, or a dismissal says no reason.
        """
        marks = [row["mark"] for row in rows if row.get("mark")]
        if not marks:
            raise CannotDecide("先在表中选中要处理的发现（可按住 Ctrl 或 Shift 选几条）")
        if decision == DISMISSED and not reason:
            raise CannotDecide("忽略的发现须写明理由")
        return [{"mark": mark, "decision": decision, "reason": reason} for mark in marks]

    def decided(self, decisions: Iterable[Json]) -> None:
        """The decisions stand in the list now."""
        words = {each["mark"]: _words(each["decision"], each["reason"]) for each in decisions}
        self.rows = [{**row, "decided": words.get(row["mark"], row["decided"])} for row in self.rows]


def _words(decision: str, reason: str) -> str:
    if decision == OPEN:
        return ""
    return f"{decision}（{reason}）" if reason else decision


def _row(found: Json) -> Json:
    related = f"（另见：{'；'.join(found['related'][:3])}）" if found["related"] else ""
    return {**found, "mark": found.get("mark", ""), "decided": "", "words": f"{found['message']}{related}"}
