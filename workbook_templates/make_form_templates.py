"""Writes the collection workbooks that are an official 自评表: the form itself to fill in, in place of 指标信息.

The form comes from the same declaration that prints it (``toolkit/report/self_form``), with tags where values stand.
Consultants may restyle the files afterwards; run this again only to start afresh:
``python workbook_templates/make_form_templates.py``.
"""

from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import make_template as make
from openpyxl import Workbook
from openpyxl.styles import Font

from toolkit.excel.addresses import column_letters
from toolkit.model.printed_form import FormCell, FormLook, FormTable
from toolkit.model.self_form import FORM_FIELDS, SUZHOU_TABLE, SelfForm, form_template
from toolkit.report.self_form import FORMS
from toolkit.report.self_form.facts import label

TABLE = "子项目"
EXTRA = (("填报项目", 16.0), ("单位", 6.0), ("说明", 26.0), ("佐证编号", 10.0))
EXTRA_TAGS = ("{{ 项.显示名称 }}", "{{ 项.单位 }}", "{{ 指标.说明 }}", "{{ 指标.佐证编号 }}")
HEADS = ("自评分", "得分")
INDICATOR = SimpleNamespace(
    code="", dimension="{{ 指标.一级 }}", group="{{ 指标.二级 }}", name="{{ 指标.三级 }}", target="{{ 指标.目标值 }}",
    full_mark=Decimal(0), inputs=(), rule_kind="", formula="", standard="{{ 指标.评分标准 }}",
)  # fmt: skip


class TagFacts:
    """Answers a form's questions with tags."""

    scheme = SimpleNamespace(money_unit="{{ 评价.金额单位 }}", year="{{ 评价.年度 }}", cutoff=None)
    project = SimpleNamespace(name="{{ 项目.名称 }}", unit="{{ 项目.责任单位 }}")
    indicators = (INDICATOR,)

    def __init__(self, form: SelfForm) -> None:
        """Of one form."""
        self._fields = FORM_FIELDS[form]
        self._seen: frozenset[str] = frozenset()

    def said(self, *names: str) -> tuple[str, ...]:
        """The field's cell, where the form is sure of the field; shown again, it is what stands in that cell."""
        name = next((name for name in names if name in self._fields), "")
        seen, self._seen = name in self._seen, self._seen | {name}
        return () if not name else (f"={name}",) if seen else (f"{{{{ 字段.{name} }}}}",)

    def rows(self, *_: str) -> list[tuple[tuple[str, ...], ...]]:
        """Repeated tables are put in by hand."""
        return []

    def column_sum(self, name: str) -> tuple[str, ...]:
        """Marks the total row of the table."""
        return (f"合计 {name}",)

    def full_mark(self, _: object) -> tuple[str, ...]:
        """分值."""
        return ("{{ 指标.分值 }}",)

    def full_total(self) -> tuple[str, ...]:
        """总分."""
        return ("{{ 指标.总分 }}",)

    def self_mark(self, _: object) -> tuple[str, ...]:
        """自评分."""
        return ("{{ 指标.自评分 }}",)

    def self_sum(self) -> tuple[str, ...]:
        """自评分合计."""
        return ("{{ 指标.自评分合计 }}",)

    def grade(self) -> str:
        """Printed once the form has come back."""
        return ""

    def remark(self, _: object) -> str:
        """In a column of its own."""
        return ""

    def actual(self, _: object, *, words_first: bool = False) -> tuple[str, ...]:  # noqa: ARG002
        """实际完成值."""
        return ("{{ 项.填报 }}",)


def form_sheets(book: Workbook, form: SelfForm) -> None:
    """The form's own sheets."""
    printed = FORMS[form](TagFacts(form))
    for number, table in enumerate(printed.tables):
        sheet_rows(book, table, (printed.title, *printed.lines) if number == 0 else (table.name,))


def sheet_rows(book: Workbook, table: FormTable, above: tuple[str, ...]) -> None:
    """One table of the form as a sheet with tags; what is only asked, not printed, stands to its right."""
    asks = any("{{ 项.填报 }}" in cell.text for row in table.rows for cell in row)
    widths = [*table.widths, *(width for _, width in EXTRA if asks)]
    sheet = make.new_sheet(book, table.name, widths, "", "")
    sheet.page_setup.orientation = "landscape" if asks else "portrait"
    last = column_letters(len(widths))
    make.title(sheet, above[0], last, "　　".join(above[1:]) or make.PROJECT_LINE)
    at = 3
    for row, cells in enumerate(rows_of(table)):
        for column, cell in cells:
            put_cell(sheet, at, column, cell)
        texts = [cell.text for _, cell in cells]
        if asks and any(text in HEADS for text in texts):
            extra_cells(sheet, at, len(table.widths), [name for name, _ in EXTRA], is_label=True)
        if any("{{ 项.填报 }}" in text for text in texts):
            first = f"A{at}"
            sheet[first].value = "{{# 指标 }}" + str(sheet[first].value or "")
            extra_cells(sheet, at, len(table.widths), EXTRA_TAGS, is_label=False)
        sheet.row_dimensions[at].height = 24
        at = table_block(sheet, at, len(table.widths)) if is_table_head(table, row) else at + 1


def rows_of(table: FormTable) -> list[list[tuple[int, FormCell]]]:
    """Cells of every row with their column; the rows of a repeated table are left to :func:`table_block`."""
    rows: list[list[tuple[int, FormCell]]] = [[] for _ in table.rows]
    for row, column, cell in table.placed():
        if "项目绩效实现情况" in cell.text:
            cell = label("{{ 指标.编号 }}")  # noqa: PLW2901  words of the whole form, repeated in every row
        rows[row].append((column, cell))
    return [cells for row, cells in enumerate(rows) if not of_table(table, row)]


def of_table(table: FormTable, row: int) -> bool:
    """Headings and total of the repeated table, which its block brings."""
    texts = [cell.text for cell in table.rows[row]]
    return texts[0] == SUZHOU_TABLE[0] or any(text.startswith("合计 ") for text in texts)


def is_table_head(table: FormTable, row: int) -> bool:
    """Whether the repeated table follows this (kept) row."""
    kept = [number for number in range(len(table.rows)) if not of_table(table, number)]
    return kept[row] + 1 < len(table.rows) and of_table(table, kept[row] + 1)


def table_block(sheet: object, row: int, width: int) -> int:
    """The rows of 子项目 below its heading; the next free row."""
    last = column_letters(width)
    first = row + 1
    make.header(sheet, first, {"A": f"{{{{# 明细 {TABLE} }}}}序号", f"B:{last}": "{{ 列.显示名称 }}"})
    make.put(sheet, f"A{first + 1}", "{{ 行.序号 }}", across="center")
    make.put(sheet, f"B{first + 1}:{last}{first + 1}", "{{ 列.填报 }}", across="")
    make.put(sheet, f"A{first + 2}:{last}{first + 2}", "{{ 明细.增行说明 }}", size=9, color=make.GREY_TEXT)
    make.put(sheet, f"A{first + 3}", "合计", font=make.HEAD, fill=make.CALCULATED, across="center")
    total = "{{ 列.合计 }}{{/ 明细 }}"
    make.put(sheet, f"B{first + 3}:{last}{first + 3}", total, font=make.HEAD, fill=make.CALCULATED, across="")
    return first + 4


def extra_cells(sheet: object, row: int, after: int, texts: object, *, is_label: bool) -> None:
    """Cells to the right of the form."""
    for number, text in enumerate(texts, after + 1):
        area = f"{column_letters(number)}{row}"
        if is_label:
            make.put(sheet, area, text, size=10, font=make.HEAD, fill=make.HEADER, across="center")
        else:
            make.put(sheet, area, text, size=10, across="left")


def put_cell(sheet: object, row: int, column: int, cell: FormCell) -> None:
    """One cell of the form."""
    area = f"{column_letters(column + 1)}{row}"
    if cell.across > 1 or cell.down > 1:
        area += f":{column_letters(column + cell.across)}{row + cell.down - 1}"
    if cell.look is FormLook.LABEL:
        make.put(sheet, area, cell.text, size=10, font=make.HEAD, fill=make.HEADER, across="center")
    else:
        make.put(sheet, area, cell.text, size=10, across="left" if cell.look is FormLook.LONG else "center")


def main() -> None:
    """Write all of them."""
    for form in SelfForm:
        book = Workbook()
        book.remove(book.active)
        book._named_styles["Normal"].font = book._fonts[0] = Font(name="Arial", size=11)  # noqa: SLF001
        make.cover(book)
        form_sheets(book, form)
        for name in ("项目基本信息", "立项与采购合同"):
            make.fields(book, name)
        make.funds(book)
        make.evidence(book)
        make.self_check(book)
        make.promise(book)
        book.properties.creator, book.properties.title = "绩效核查工具箱", form_template(form).removesuffix(".xlsx")
        Path(__file__).with_name(form_template(form)).write_bytes(make.finished(book))


if __name__ == "__main__":
    main()
