"""Sheet 核查设置: checks this evaluation switches off, lowers or gives a tolerance, each with its reason."""

import re
from collections.abc import Collection

from toolkit.excel.book import Book
from toolkit.excel.table import TableRow
from toolkit.model import Adjustment, Finding, Sentence, Treatment, is_sound
from toolkit.scheme.columns import CHECK_SETTINGS, CHECK_SETTINGS_COLUMNS
from toolkit.scheme.findings import about_cell, did_you_mean
from toolkit.scheme.headings import read_sheet
from toolkit.scheme.plain_number import read_number

_CODE = re.compile(r"[A-Z]+-\d{2}")


def read_check_settings(
    book: Book, workbook: str, own: Collection[str]
) -> tuple[tuple[Adjustment, ...], list[Finding]]:
    """The adjustments, and what is wrong with rows that are none. An evaluation without the sheet has none.

    ``own`` holds the codes of the scheme's cross-checks, as written.
    """
    table = read_sheet(book, workbook, CHECK_SETTINGS, CHECK_SETTINGS_COLUMNS)
    adjustments: list[Adjustment] = []
    findings = list(table.findings)
    for row in table.rows:
        wrong = _wrong(row, own)
        findings += wrong
        if is_sound(wrong):
            adjustments.append(_adjustment(row))
    return tuple(adjustments), findings


def _wrong(row: TableRow, own: Collection[str]) -> list[Finding]:
    code, treatment = row.text("检查项").strip(), row.text("处理").strip()
    found = []
    if not _CODE.fullmatch(code) and code not in own:
        words = Sentence.of("没有编号为“{code}”的检查项或勾稽", {"code": code})
        found.append(about_cell("SCHEME-32", row, "检查项", words, did_you_mean(code, own, "编号见检查项手册")))
    if treatment not in set(Treatment):
        words = Sentence.of(
            "“{treatment}”不认识，应为：{listed}", {"treatment": treatment, "listed": "、".join(Treatment)}
        )
        found.append(about_cell("SCHEME-32", row, "处理", words, did_you_mean(treatment, Treatment)))
    elif treatment == Treatment.TOLERANCE and not _is_number(row.text("数值")):
        found.append(about_cell("SCHEME-32", row, "数值", "容差没有写数值", "写允许的差额，单位与被比较的数相同"))
    if not row.text("理由").strip():
        words = Sentence.of("调整检查项{code}没有写理由", {"code": code})
        found.append(about_cell("SCHEME-32", row, "理由", words, "写明理由：报告附件会列出全部调整"))
    return found


def _is_number(text: str) -> bool:
    try:
        return read_number(text) >= 0
    except ValueError:
        return False


def _adjustment(row: TableRow) -> Adjustment:
    treatment = Treatment(row.text("处理").strip())
    tolerance = read_number(row.text("数值")) if treatment is Treatment.TOLERANCE else None
    return Adjustment(row.text("检查项").strip(), treatment, row.text("理由").strip(), tolerance, row.at("检查项"))
