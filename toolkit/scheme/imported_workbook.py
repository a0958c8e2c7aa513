"""A scheme workbook out of an indicator table that was imported: its indicators, and the usual fields to build on."""

from toolkit.excel.md_table import parse_md_workbook
from toolkit.scheme.columns import CARDS, CHECKS, INDICATORS, SETTINGS
from toolkit.scheme.importing import ImportedIndicator, ImportedTable
from toolkit.scheme.starter import TEXT
from toolkit.scheme.writing import scheme_workbook
from toolkit.text import plain

_HEADINGS = (
    "编号", "一级指标", "二级指标", "三级指标", "分值", "评分规则", "规则参数", "评价要点", "目标值", "指标解释",
    "评分标准", "佐证", "适用条件", "依据",
)  # fmt: skip


def imported_workbook(table: ImportedTable, source: str) -> bytes:
    """The workbook; ``source`` (name of the document) stands in 依据. Settings and fields are those of a new scheme."""
    tables = parse_md_workbook(TEXT)
    settings = [list(row) for row in tables[SETTINGS]]
    for row in settings:
        if row[0] == "总分":
            row[1] = plain(table.total)
    rows = [list(_HEADINGS), *(_row(indicator, source) for indicator in table.indicators)]
    kept = {name: rows for name, rows in tables.items() if name not in (CARDS, CHECKS)}
    return scheme_workbook({**kept, SETTINGS: settings, INDICATORS: rows})


def _row(indicator: ImportedIndicator, source: str) -> list[str]:
    return [
        indicator.code,
        indicator.dimension or "（未写）",
        indicator.group,
        indicator.name,
        plain(indicator.full_mark),
        indicator.rule,
        "",
        indicator.points,
        indicator.target,
        indicator.explanation,
        indicator.standard,
        "",
        "",
        source,
    ]
