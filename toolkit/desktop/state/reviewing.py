"""评审: opinions with their warnings, the evidence of a project with what an opinion cites, agreement in words."""

import filecmp
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from toolkit.operations import Json

WORKBOOK = "评审意见.xlsx"
_BETWEEN = re.compile(r"[,，、;；\s]+")


def shown_opinion(row: Json) -> Json:
    """An opinion of operation ``view opinions`` for the table; ``state`` says whether something speaks against it."""
    warnings = row.get("warnings", ())
    place = f"{row['indicator']} {row.get('title', '')}".strip() or row["item"]
    return {**row, "place": place, "warning": "；".join(warnings), "state": "有提醒" if warnings else "完整"}


def summary(rows: Iterable[Json]) -> str:
    """How many opinions there are, and what speaks against how many."""
    listed = list(rows)
    recused = sum(any("应回避" in words for words in row["warnings"]) for row in listed)
    alone = sum(any("复核人" in words and "应回避" not in words for words in row["warnings"]) for row in listed)
    parts = [f"评审意见 {len(listed)} 条"]
    parts += [f"须回避 {recused} 条"] if recused else []
    parts += [f"缺第二人或两人相同 {alone} 条"] if alone else []
    return "，".join(parts) + ("。" if len(parts) > 1 else "，都有第二人复核，没有须回避的。" if listed else "。")


def shown_evidence(items: Iterable[Json], cited: str) -> list[Json]:
    """Evidence of a project for the table: what the chosen opinion cites first."""
    codes = set(_BETWEEN.split(cited.strip()))
    rows = [_evidence(item, is_cited=bool(item["code"]) and item["code"] in codes) for item in items]
    return sorted(rows, key=lambda row: not row["cited"])


def _evidence(item: Json, *, is_cited: bool) -> Json:
    pages = f"{item['pages']}页" if item["pages"] is not None else ""
    came = item["file"] or ("没有收到文件" if item["claimed"] or item["required"] else "")
    broken = "" if not item["file"] or item["openable"] else "打不开"
    said = "　".join(filter(None, (item["claimed"], item["named"])))
    words = "、".join(filter(None, (pages, broken)))
    return {**item, "cited": "本条引用" if is_cited else "", "came": came, "said": said, "pages_shown": words}


def agreement_words(standing: Mapping[str, Any]) -> str:
    """How far scorers agree; what to do where nobody scores twice."""
    if not standing:
        return "没有双人打分；需要时在“更多操作”里“发打分册”。"
    given, locked = standing["given"], standing["locked"]
    absent = [name for name in given if name not in locked]
    if absent:
        return f"双人打分：已发 {len(given)} 册，待收回 {'、'.join(absent)}；收齐后比对。"
    measured = standing["agreement"]
    if not measured["compared"]:
        return "双人打分：没有两人都打了分的项目，无从比对。"
    percent = f"{float(measured['percent']):.1%}"
    kappa = f"，Kappa {float(measured['kappa']):.2f}" if measured["kappa"] else ""
    waiting = standing["differing"] - standing["ruled"]
    ruling = f"超过容差 {standing['differing']} 项，待裁定 {waiting} 项" if standing["differing"] else "没有超过容差的"
    return (
        f"双人打分：可比 {measured['compared']} 项，完全一致 {measured['same']} 项，"
        f"容差内一致率 {percent}{kappa}；{ruling}。"
    )


def take_workbook(file: str, workspace: str) -> str:
    """Put a workbook of opinions in place of the evaluation's own, which is kept beside it; what was done, in words.

    Raises:
        OSError: it cannot be read or written.
    """
    source, target = Path(file), Path(workspace) / WORKBOOK
    if target.exists() and filecmp.cmp(source, target, shallow=False):
        return "内容与现有的评审意见相同，没有改动。"
    kept = _kept_aside(target) if target.exists() else None
    try:
        shutil.copyfile(source, target)
    except OSError:
        if kept:
            kept.replace(target)
        raise
    return f"已读入“{source.name}”；原来的另存为“{kept.name}”。" if kept else f"已读入“{source.name}”。"


def _kept_aside(target: Path) -> Path:
    """The present workbook under the next free name."""
    names = (target.with_name(f"{target.stem}（读入前{number}）.xlsx") for number in range(1, 10_000))
    kept = next(name for name in names if not name.exists())
    return target.replace(kept)
