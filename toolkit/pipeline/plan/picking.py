"""``jixiao scheme library`` and ``scheme new`` from it: common indicators listed and picked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from toolkit.errors import SchemeError, WorkspaceError
from toolkit.excel.files import write_atomic
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.own_files import read_own
from toolkit.resources import indicator_library_path
from toolkit.scheme import (
    Chosen,
    Library,
    LibraryIndicator,
    Pick,
    choose,
    picked_workbook,
    read_library,
    starter_workbook,
    suiting,
)
from toolkit.text import plain
from toolkit.text.folding import fold

_PARTS = re.compile(r"[、,;\s]+")
_MOST_SAID = 10


@dataclass(frozen=True, slots=True)
class Listed:
    """Indicators of the library that suit, with the file they come from and its kinds of projects."""

    file: Path
    kinds: tuple[str, ...]
    indicators: tuple[LibraryIndicator, ...]

    def as_json(self) -> Json:
        """``{"file", "kinds", "indicators": [{"code", "dimension", "group", "name", "kinds", "usual", …}]}``."""
        rows = [_indicator(indicator) for indicator in self.indicators]
        return {"file": str(self.file), "kinds": list(self.kinds), "indicators": rows}


@dataclass(frozen=True, slots=True)
class NewScheme:
    """A scheme that was begun; ``chosen`` are its indicators where they were picked from the library."""

    file: Path
    chosen: tuple[Chosen, ...] = ()

    def as_json(self) -> Json:
        """``{"file", "indicators": [{"code", "name", "full_mark", "from"}], "total"}``; without picks ``file`` only."""
        if not self.chosen:
            return {"file": str(self.file)}
        rows = [
            {
                "code": each.code,
                "dimension": each.indicator.dimension,
                "group": each.indicator.group,
                "name": each.indicator.name,
                "full_mark": plain(each.mark),
                "from": each.indicator.code,
            }
            for each in self.chosen
        ]
        total = sum((each.mark for each in self.chosen), Decimal(0))
        return {"file": str(self.file), "indicators": rows, "total": plain(total)}


def list_indicators(pick: Pick, library: Path | None = None) -> Listed:
    """Indicators of the library by what they are like.

    Raises:
        WorkspaceError: no such library, kind or first level.
        SchemeError: the library has mistakes.
    """
    file = library or indicator_library_path()
    read = _library(file)
    if pick.kind and pick.kind not in read.kinds:
        raise WorkspaceError(f"指标库没有“{pick.kind}”", where=file, what_to_do=f"可用的有：{'、'.join(read.kinds)}")
    return Listed(file, read.kinds, suiting(read, pick))


def new_scheme(
    file: Path, pick: Pick | None = None, library: Path | None = None, named: Mapping[str, str] | None = None
) -> NewScheme:
    """Write a scheme workbook to begin with: the annotated starter, or indicators picked from the library.

    Args:
        file: the new workbook.
        pick: which indicators; None for the starter with one of every rule kind.
        library: an indicator library of one's own; None for the one that came with the program.
        named: settings that are known, by their name in sheet 方案.

    Raises:
        WorkspaceError: the file is there already or not named .xlsx, or what was asked for is not in the library.
        SchemeError: the library has mistakes.
    """
    if file.suffix.lower() != ".xlsx":
        raise WorkspaceError("方案工作簿的文件名应以 .xlsx 结尾", where=file, what_to_do="例如 方案.xlsx")
    if file.exists():
        raise WorkspaceError("文件已经存在，没有覆盖", where=file, what_to_do="换一个文件名")
    if pick is None:
        write_atomic(file, starter_workbook(named or {}))
        return NewScheme(file)
    source = library or indicator_library_path()
    read = _library(source)
    try:
        chosen = choose(read, pick)
    except ValueError as fault:
        advice = "运行 jixiao scheme library 查看指标库的编号和分值"
        raise WorkspaceError(str(fault), where=source, what_to_do=advice) from None
    write_atomic(file, picked_workbook(read, chosen, named or {}))
    return NewScheme(file, chosen)


def asked_pick(kind: str, dimension: str, words: str, codes: str, without: str, marks: str) -> Pick | None:
    """What was typed as a pick; None where nothing was asked for.

    Args:
        kind: see :class:`Pick`.
        dimension: see :class:`Pick`.
        words: see :class:`Pick`.
        codes: ``A01=3、B02``, with or without marks.
        without: ``A07、B09``.
        marks: ``决策=15、A01=3``.

    Raises:
        WorkspaceError: a mark that is no number.
    """
    picked = [_named_mark(part) for part in _parts(codes)]
    given = {name: mark for name, mark in (*picked, *map(_named_mark, _parts(marks))) if mark is not None}
    missing = [part for part in _parts(marks) if "=" not in part]
    if missing:
        raise WorkspaceError(f"“{missing[0]}”没有写分值", what_to_do="分值写成 决策=15、A01=3")
    pick = Pick(kind, dimension, words, tuple(name for name, _ in picked), tuple(_parts(without)), given)
    return pick if pick != Pick() else None


def _parts(text: str) -> list[str]:
    return [part for part in _PARTS.split(fold(text)) if part]


def _named_mark(text: str) -> tuple[str, Decimal | None]:
    name, written, mark = text.partition("=")
    if not written:
        return name, None
    try:
        number = Decimal(mark.removesuffix("分"))
    except InvalidOperation:
        number = Decimal(0)
    if not (number.is_finite() and number > 0):
        raise WorkspaceError(f"“{text}”的分值不是大于0的数", what_to_do="分值写成 决策=15、A01=3")
    return name, number


def _library(file: Path) -> Library:
    reading = read_own(file, read_library)
    if reading.library is None:
        told = [f"《{found.at.sheet}》{found.at.cell} {found.message}" for found in reading.findings]
        more = f"；另有{len(told) - _MOST_SAID}处" if len(told) > _MOST_SAID else ""
        advice = f"{'；'.join(told[:_MOST_SAID])}{more}"
        raise SchemeError(f"指标库有{len(told)}处要改正", where=file, what_to_do=advice)
    return reading.library


def _indicator(indicator: LibraryIndicator) -> Json:
    cells = indicator.cells
    return {
        "code": indicator.code,
        "dimension": indicator.dimension,
        "group": indicator.group,
        "name": indicator.name,
        "kinds": list(indicator.kinds),
        "usual": plain(indicator.usual) if indicator.usual else "",
        "rule": cells["评分规则"],
        "parameters": cells["规则参数"],
        "points": cells["评价要点"].split("\n") if cells["评价要点"] else [],
        "target": cells["目标值"],
        "explanation": cells["指标解释"],
        "evidence": cells["佐证"],
        "problems": list(indicator.problems),
        "source": cells["依据"],
    }
