"""Make the Excel files of every sample from its readable sources.

Each folder's ``*.md`` files hold the sheets as pipe tables; this writes 方案.xlsx, 项目清单.xlsx, 评审意见.xlsx
and 填报.xlsx beside them. Run it again after a change of a source; the same sources give the same bytes::

    python samples/make_samples.py
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]

from toolkit.excel.files import write_atomic  # noqa: E402  (the folder is no package)
from toolkit.excel.md_table import parse_md_workbook  # noqa: E402
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook  # noqa: E402
from toolkit.material import FigureName, material_workbook  # noqa: E402
from toolkit.review import opinion_workbook  # noqa: E402
from toolkit.review.losses import CAUSE, LOSS_SHEET, with_written_losses  # noqa: E402
from toolkit.scheme import library_tables, read_roster, read_scheme, roster_workbook, scheme_workbook  # noqa: E402

SCHEME_SHEETS = ("方案", "指标", "字段", "勾稽", "选项", "佐证", "算例", "问题与建议", "结果应用")
ROSTER_SHEET, OPINION_SHEET, LIST_SHEET = "项目清单", "评审意见", "整体核查清单"
MATERIAL_SHEET = "报告素材"
RETURN_SHEETS = ("填报", "填报习惯", "演示日历")
_HINT = "各单位在采集表中键入的内容，只供演练程序使用。"
_NAMED = (FigureName("平均得分", "已评分项目的平均得分", "随数据更新"),)
_WIDTHS = {"项目序号": 10, "字段或取值项": 24, "填报内容": 60}

Tables = Mapping[str, Sequence[Sequence[str]]]


def sample_folders() -> list[Path]:
    """The samples' folders, sorted."""
    return sorted(path.parent for path in HERE.glob("*/source.md"))


def read_sources(folder: Path) -> dict[str, list[list[str]]]:
    """All sheets of one sample, from all its sources."""
    sheets: dict[str, list[list[str]]] = {}
    for path in sorted(folder.glob("*.md")):
        sheets |= parse_md_workbook(path.read_text(encoding="utf-8"))
    return sheets


def sample_files(folder: Path) -> dict[str, bytes]:
    """Name and content of every Excel file of one sample."""
    tables = read_sources(folder)
    plan = scheme_workbook(scheme_tables(tables))
    projects = roster_workbook(tables[ROSTER_SHEET], tables.get(LIST_SHEET, ()))
    scheme, roster = read_scheme(plan, "方案.xlsx").scheme, read_roster(projects, "项目清单.xlsx").roster
    material = material_workbook(scheme.title, roster, _NAMED, _written(tables)) if MATERIAL_SHEET in tables else None
    return {
        **({"报告素材.xlsx": material} if material else {}),
        "方案.xlsx": plan,
        "项目清单.xlsx": projects,
        "评审意见.xlsx": _with_causes(opinion_workbook(tables[OPINION_SHEET][1:], scheme, roster), tables),
        "填报.xlsx": returns_workbook(tables),
    }


def _written(tables: Tables) -> dict[tuple[str, str], str]:
    """What 报告素材 holds already, by project and chapter."""
    return {(project, chapter): text for project, chapter, text in tables[MATERIAL_SHEET][1:]}


def _with_causes(data: bytes, tables: Tables) -> bytes:
    """The review workbook with the causes evaluators chose: a row of the source is a cause and its projects."""
    rows = tables.get(LOSS_SHEET, ())[1:]
    if not rows:
        return data
    chosen = [(project, code, cause) for code, cause, projects in rows for project in projects.split("、")]
    chosen.sort(key=lambda row: row[0].zfill(4))
    return with_written_losses(data, {(project, code): {CAUSE: cause} for project, code, cause in chosen})


def scheme_tables(tables: Tables) -> Tables:
    """The scheme's sheets; 问题与建议 and 结果应用 come from the library where the source has none of its own."""
    own = {name: tables[name] for name in SCHEME_SHEETS if name in tables}
    scheme = read_scheme(scheme_workbook(own), "方案.xlsx").scheme
    return library_tables(scheme) | own


def returns_workbook(tables: Tables) -> bytes:
    """What the units type, as texts: sheet 填报 (one row a cell) or 填报习惯 (one row a project, one column a cell)."""
    return table_workbook([_returns_sheet(name, tables[name]) for name in RETURN_SHEETS if name in tables])


def _returns_sheet(name: str, rows: Sequence[Sequence[str]]) -> TableSheet:
    columns = tuple(Column(heading, _WIDTHS.get(heading, 16)) for heading in rows[0])
    return TableSheet(name, f"单位{name}", columns, rows[1:], _HINT)


def main() -> None:
    """Write all files of all samples."""
    for folder in sample_folders():
        for name, data in sample_files(folder).items():
            write_atomic(folder / name, data)


if __name__ == "__main__":
    main()
