"""差异裁定.xlsx: every difference beyond the tolerance with all marks, and what a third person ruled."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from toolkit.excel.book import Book
from toolkit.excel.table import TableRow, read_table
from toolkit.excel.table_sheet import Column, TableSheet
from toolkit.model import Finding, Scheme, Severity, Value
from toolkit.review.double import Compared, Item, Ruling, asked_item, mark_rule, read_mark
from toolkit.review.scorebook import row_item
from toolkit.review.verified import UnreadableValueError
from toolkit.text import percent, plain
from toolkit.text.folding import person

RULINGS = "差异裁定"
_RULING_HEADINGS = ("项目序号", "指标编号", "指标名称", "取值项", "各人打分", "差异", "裁定值", "理由", "裁定人")
_RULING_WIDTHS = (10, 11, 26, 13, 40, 10, 12, 46, 14)


RULING_KEY = ("项目序号", "指标编号", "取值项")
"""What a row of 差异裁定 is known by."""


def ruling_sheet(scheme: Scheme, differing: Iterable[Compared], rulings: Mapping[Item, Ruling]) -> TableSheet:
    """Sheet 差异裁定: every difference beyond the tolerance with all marks, and what was ruled already."""
    rows, rules = [], {}
    for number, one in enumerate(differing):
        indicator, ruling = scheme.indicator(one.item[1]), rulings.get(one.item)
        marks = "；".join(f"{mark.scorer} {shown_mark(scheme, one.item, mark.value)}" for mark in one.marks)
        said = (shown_mark(scheme, one.item, ruling.value), ruling.reason, ruling.by) if ruling else ("", "", "")
        name, spread = indicator.name if indicator else "", "" if one.spread is None else percent(one.spread, 1)
        rows.append((one.item[0], one.item[1], name, one.item[2], marks, spread, *said))
        if rule := mark_rule(scheme, one.item):
            rules[number, _RULING_HEADINGS.index("裁定值")] = rule
    columns = tuple(
        Column(heading, width, numeric=heading == "项目序号", required=heading in ("裁定值", "理由", "裁定人"))
        for heading, width in zip(_RULING_HEADINGS, _RULING_WIDTHS, strict=True)
    )
    hint = "差异超过容差的逐项裁定，写明理由；裁定人不能是打分人或该项目的复核人。各人打分原样保留。"
    return TableSheet(RULINGS, "打分差异裁定表", columns, rows, hint, rules=rules)


def shown_mark(scheme: Scheme, item: Item, value: Value) -> str:
    """A mark as people write it; 未打 for a blank."""
    if value is None:
        return "未打"
    found = asked_item(scheme, item)
    if isinstance(value, Decimal):
        return f"{plain(value * 100)}%" if found and found[0].type == "比率" else plain(value)
    return str(value)


def read_rulings(
    book: Book,
    workbook: str,
    scheme: Scheme,
    differing: Mapping[Item, Compared],
    reviewers: Mapping[str, Sequence[str]],
) -> tuple[list[Ruling], list[Finding]]:
    """What was ruled, row by row; a row with a mistake is left for its author."""
    table = read_table(book, workbook, RULINGS, _RULING_HEADINGS)
    rulings: list[Ruling] = []
    findings = list(table.findings)
    for row in (row for row in table.rows if any(row.text(heading) for heading in ("裁定值", "理由", "裁定人"))):
        item = row_item(row)
        wrong = _wrong_ruling(row, item, differing, reviewers)
        try:
            value = read_mark(scheme, item, row.value("裁定值"), row.text("裁定值"))
        except UnreadableValueError as fault:
            value = None
            wrong.append(("SCORER-07", "裁定值", f"裁定值不能采用：{fault}", "按取值项的类型填写"))
        findings += [
            Finding(code, Severity.ERROR, row.at(heading), words, hint, item[0], item[1], row.text(heading)[:80])
            for code, heading, words, hint in wrong
        ]
        if not wrong:
            rulings.append(Ruling(item, value, row.text("理由"), person(row.text("裁定人"))))
    return rulings, findings


def _wrong_ruling(
    row: TableRow, item: Item, differing: Mapping[Item, Compared], reviewers: Mapping[str, Sequence[str]]
) -> list[tuple[str, str, str, str]]:
    wrong = [
        ("SCORER-07", heading, f"裁定缺少“{heading}”", "裁定必须写明裁定值、理由和裁定人")
        for heading in ("裁定值", "理由", "裁定人")
        if not row.text(heading)
    ]
    by = person(row.text("裁定人"))
    one = differing.get(item)
    if one is None:
        wrong.append(("SCORER-07", "项目序号", "这一项没有超过容差的差异，不需要裁定", "删除这一行的裁定"))
    elif by in {mark.scorer for mark in one.marks}:
        wrong.append(("SCORER-08", "裁定人", f"裁定人“{by}”就是这一项的打分人", "由打分人以外的第三人裁定"))
    if by and by in reviewers.get(item[0], ()):
        wrong.append(("SCORER-08", "裁定人", f"裁定人“{by}”是该项目的复核人", "由打分人、复核人以外的人裁定"))
    return wrong
