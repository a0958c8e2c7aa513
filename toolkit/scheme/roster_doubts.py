"""What a roster leaves open: the unit of its amounts, several units in one cell, rows that hold no project.

Nothing is guessed. An amount off by ten thousand is printed on every form and letter; a unit called 市一局/市二局
gets a package nobody can be given.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.excel.book import Book
from toolkit.excel.table import Table, TableRow
from toolkit.model import CellRef, Finding, Sentence, Severity, Stated
from toolkit.scheme.columns import ROSTER
from toolkit.scheme.findings import about_cell, say
from toolkit.scheme.roster_cells import AMOUNT_UNITS, PROJECT_ID, amount_or_none, factor_of
from toolkit.text.folding import compared, fold

_STATED_ABOVE = re.compile(rf"单位:?\(?(?:人民币)?({'|'.join(AMOUNT_UNITS)})")
_MONEY_HEADING = re.compile(r"金额|价款?|投资|资金|经费")
_PART = "小计"
_BODY = r"[局委办厅院部会司校所站馆社]|中心|集团"
_SEVERAL = re.compile(rf"[/／,，;；|]|(?<=[\u4e00-\u9fff])\s*\n\s*(?=\S)|(?:{_BODY})\s+(?=\S+(?:{_BODY})$)")
_WRAPPED = re.compile(r"\s*\n\s*")
_LARGE, _SMALL = Decimal(1_000_000_000), Decimal(10_000)
"""Units: 元. No single contract of a roster is likely to be above the one, nor its largest below the other."""


def stated_unit(book: Book, table: Table) -> str:
    """The unit of money written above the headings (单位：元); "" where none is."""
    before = table.rows[0].number if table.rows else 0
    sheet = next((sheet for sheet in book.sheets if compared(sheet.name) == compared(ROSTER)), None)
    if sheet is None:
        return ""
    texts = (compared(cell.value) for (row, _), cell in sorted(sheet.cells.items())
             if row < before and isinstance(cell.value, str))  # fmt: skip
    return next((found[1] for text in texts if (found := _STATED_ABOVE.search(text))), "")


def holds_no_project(row: TableRow) -> bool:
    """Whether a row is a note, a group's heading or a 小计: no number of a project, and no amount or no name."""
    first = row.text("序号")
    if PROJECT_ID.fullmatch(fold(first)):
        return False
    if any(compared(row.text(heading)) == _PART for heading in ("序号", "立项年度", "责任单位", "项目名称")):
        return True
    name, unit = row.text("项目名称"), row.text("责任单位")
    return not (name and unit) and not any(_is_money(heading) and row.text(heading) for heading in row.columns)


def _is_money(heading: str) -> bool:
    return bool(_MONEY_HEADING.search(compared(heading)))


def passed_over(rows: Sequence[TableRow]) -> Iterator[Finding]:
    """That rows were not read as projects, with their numbers and the beginning of the first."""
    told = [row for row in rows if not any(compared(row.text(heading)) == _PART for heading in row.columns)]
    if not told:
        return
    words = Sentence.saying(
        "第{numbers}行不是项目，没有读入：“{begins}”",
        numbers="、".join(str(row.number) for row in told),
        begins=next((text for heading in told[0].columns if (text := told[0].text(heading))), "")[:20],
    )
    hint = "是项目的，补填序号、责任单位和项目名称；是说明或分组标题的，不必改"
    at = CellRef(told[0].workbook, told[0].sheet, told[0].at("序号").cell)
    yield say("ROSTER-19", at, words, hint, severity=Severity.NOTE)


def amount_doubts(table: Table, heading: str, rows: Sequence[TableRow], unit: str, money_unit: str) -> list[Finding]:
    """A column of amounts that is not read, or read in a unit nobody wrote although it is hardly that.

    Args:
        table: the roster.
        heading: of the contract amounts, "" for none.
        rows: the projects.
        unit: as written in the heading or above the table, "" for nowhere.
        money_unit: of the scheme.
    """
    at = CellRef(rows[0].workbook, rows[0].sheet) if rows else CellRef()
    if rows and not heading:
        other = next((name for name in table.headings if _is_money(name)), "")
        words = Sentence.of("《项目清单》没有“合同金额”列，“{other}”列没有作为合同金额读取", {"other": other})
        hint = f"是合同金额的，把表头改为“合同金额（{money_unit}）”；不是的，不必改"
        return [say("ROSTER-17", at, words, hint, severity=Severity.WARNING, found=other)] if other else []
    amounts = [amount for row in rows if (amount := amount_or_none(row, heading, Decimal(1)))]
    if unit or not amounts:
        return []
    largest = max(amounts)
    if _SMALL <= largest * factor_of(money_unit, "元") <= _LARGE:
        return []
    words = Sentence.of(
        "“{heading}”没有写单位，按{unit}读取，最大的一个是{largest}",
        {"heading": heading, "unit": money_unit, "largest": Stated(largest, unit=money_unit)},
    )
    other = "元" if money_unit == "万元" else "万元"
    hint = f"在表头写明单位，如“合同金额（{other}）”；确是{money_unit}的，写“合同金额（{money_unit}）”"
    return [say("ROSTER-17", rows[0].at(heading), words, hint, severity=Severity.WARNING, found=Stated(largest))]


def zero_amounts(rows: Sequence[TableRow], heading: str) -> Iterator[Finding]:
    """Amounts of 0: no contract is one of nothing, and a form that says 0 would have to be corrected by its unit."""
    for row in rows:
        if heading and amount_or_none(row, heading, Decimal(1)) == 0:
            words = Sentence.saying("合同金额填的是0，按没有填写处理，采集表里由单位填写")
            hint = "有合同的，填合同金额；还没有的，留空"
            yield about_cell("ROSTER-20", row, heading, words, hint, severity=Severity.WARNING)


def several_units(rows: Sequence[TableRow]) -> Iterator[Finding]:
    """Cells that seem to name several units without 、 between them: they are taken for one."""
    for row in rows:
        for unit in row.text("责任单位").split("、"):
            if _SEVERAL.search(unit.strip()):
                words = Sentence.of("“{unit}”按一个单位处理", {"unit": _WRAPPED.sub(" ", unit.strip())})
                hint = "几个单位共同负责的，用“、”分开写；确是一个单位的，写成一行，不用“/”“，”分开"
                yield about_cell("ROSTER-18", row, "责任单位", words, hint, severity=Severity.WARNING)


def on_one_line(text: str) -> str:
    """A name that was wrapped within its cell, on one line."""
    return _WRAPPED.sub("", text)
