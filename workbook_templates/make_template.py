"""Writes 采集表模板.xlsx, the first version of the collection workbook's template.

From then on a consultant restyles the file itself in Excel; run this again only to start afresh:
``python workbook_templates/make_template.py``. The tags are explained in README.md.
"""

import re
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.excel.parts import WorkbookParts
from toolkit.excel.write import workbook_bytes
from toolkit.model.identity import PAGE_CODE_PICTURE
from toolkit.ooxml.package import with_contents
from toolkit.qr import code_picture

TARGET = Path(__file__).with_name("采集表模板.xlsx")

NAVY, GREY_TEXT, RED, GREEN = "1F3864", "7F7F7F", "C00000", "2E7D32"
INPUT, PREFILLED, CALCULATED, UNFILLED = "FFF9DB", "DDEBF7", "EDEDED", "FCE0C8"
BAND, HEADER = "1F3864", "D9E2F3"
BODY, HEAD = "仿宋", "黑体"
THIN = Side(style="thin", color="8EA9C8")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CODE_SIZE = 1_080_000  # three centimetres, in English Metric Units
CODE_WORDS = f"{PAGE_CODE_PICTURE}：项目、版本和校验码，扫描件凭此归档"
PROJECT_LINE = "项目名称：{{ 项目.名称 }}　　责任单位：{{ 项目.责任单位 }}"


def put(  # noqa: PLR0913 - a cell has that many looks
    sheet: Worksheet,
    area: str,
    text: str = "",
    *,
    size: float = 11,
    font: str = BODY,
    bold: bool = False,
    color: str = "000000",
    fill: str = "",
    across: str = "left",
    box: bool = True,
) -> None:
    """Write one styled cell, merged when the area has several."""
    first = area.partition(":")[0]
    cells = sheet[area]
    rows = cells if isinstance(cells, tuple) else ((cells,),)
    for row in rows:
        for cell in row:
            cell.border = BOX if box else Border()
            if fill:
                cell.fill = PatternFill("solid", fgColor=fill)
    cell = sheet[first]
    cell.value = text or None
    cell.font = Font(name=font, size=size, bold=bold, color=color)
    indent = 1 if across in ("left", "right") else 0
    cell.alignment = Alignment(horizontal=across or None, vertical="center", wrap_text=True, indent=indent)
    if ":" in area:
        sheet.merge_cells(area)


def new_sheet(book: Workbook, name: str, widths: list[float], titles: str, freeze: str) -> Worksheet:
    """A sheet for A4 landscape, one page wide, with page numbers."""
    sheet = book.create_sheet(name)
    for index, width in enumerate(widths):
        sheet.column_dimensions["ABCDEFGHIJKLMNOP"[index]].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    # The cover, the self-check and the promise are one page each: they are signed or handed around by themselves.
    one_page = name in ("封面与填报说明", "填报自检", "承诺与盖章")
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, int(one_page)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.45
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.65, 0.3, 0.3
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "指标信息核查采集表", "&A"
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    for part in (sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right):
        part.font, part.size = "仿宋,常规", 9
    if titles:
        sheet.print_title_rows = titles
    sheet.freeze_panes = freeze or None
    sheet.sheet_view.showGridLines = False
    return sheet


def title(sheet: Worksheet, text: str, last: str, line: str = PROJECT_LINE) -> None:
    """The title band and the project line, rows 1 and 2."""
    put(sheet, f"A1:{last}1", text, size=18, font=HEAD, color="FFFFFF", fill=BAND, across="center", box=False)
    sheet.row_dimensions[1].height = 36
    put(sheet, f"A2:{last}2", line, size=11, box=False)
    sheet.row_dimensions[2].height = 24


def header(sheet: Worksheet, row: int, cells: dict[str, str], size: float = 11) -> None:
    """A row of column headings: area without row → text."""
    for columns, text in cells.items():
        first, _, last = columns.partition(":")
        area = f"{first}{row}" + (f":{last}{row}" if last else "")
        put(sheet, area, text, size=size, font=HEAD, fill=HEADER, across="center")
    sheet.row_dimensions[row].height = 26


def section(sheet: Worksheet, row: int, last: str, text: str) -> None:
    """A heading between two blocks of a sheet."""
    put(sheet, f"A{row}:{last}{row}", text, size=12, font=HEAD, color=NAVY, fill="F2F6FC")
    sheet.row_dimensions[row].height = 26


def unfilled_rule(sheet: Worksheet, area: str, formula: str) -> None:
    """Paint required cells that are still blank."""
    sheet.conditional_formatting.add(area, FormulaRule(formula=[formula], fill=PatternFill("solid", bgColor=UNFILLED)))


FIELD_WIDTHS = [5.5, 28, 34, 10.5, 16.5, 16.5, 18.5]


def field_row(sheet: Worksheet, row: int, band: str) -> None:
    """One row that repeats over the fields of a section."""
    put(sheet, f"A{row}", f"{{{{# 字段 {band} }}}}{{{{ 项.序号 }}}}", across="center")
    put(sheet, f"B{row}", "{{ 项.显示名称 }}")
    put(sheet, f"C{row}", "{{ 项.填报 }}", across="")
    put(sheet, f"D{row}", "{{ 项.单位 }}", across="center")
    put(sheet, f"E{row}:G{row}", "{{ 项.填报说明 }}", size=10, color="404040")
    sheet.row_dimensions[row].height = 24
    unfilled_rule(sheet, f"C{row}", f'AND(LEFT($B{row},1)="*",LEN($C{row})=0)')


FIELD_HEADER = {"A": "序号", "B": "填报项目", "C": "填报内容", "D": "单位", "E:G": "填报说明"}


def table_block(sheet: Worksheet, row: int, name: str) -> None:
    """The rows that repeat over the repeated tables of a section."""
    section(sheet, row, "G", f"{{{{# 明细 {name} }}}}{{{{ 明细.名称 }}}}")
    header(sheet, row + 1, {"A": "序号", "B:G": "{{ 列.显示名称 }}"})
    put(sheet, f"A{row + 2}", "示例", size=10, color=GREY_TEXT, across="center")
    put(sheet, f"B{row + 2}:G{row + 2}", "{{ 列.示例 }}", size=10, color=GREY_TEXT, across="center")
    put(sheet, f"A{row + 3}", "{{ 行.序号 }}", across="center")
    put(sheet, f"B{row + 3}:G{row + 3}", "{{ 列.填报 }}", across="")
    put(sheet, f"A{row + 4}:G{row + 4}", "{{ 明细.增行说明 }}", size=9, color=GREY_TEXT)
    put(sheet, f"A{row + 5}", "合计", font=HEAD, fill=CALCULATED, across="center")
    put(sheet, f"B{row + 5}:G{row + 5}", "{{ 列.合计 }}{{/ 明细 }}", font=HEAD, fill=CALCULATED, across="")
    sheet.row_dimensions[row + 3].height = 20
    sheet.row_dimensions[row + 5].height = 24


def cover(book: Workbook) -> None:
    """封面与填报说明."""
    sheet = new_sheet(book, "封面与填报说明", [4.5, 17.5, 21, 17.5, 21, 17.5, 21, 4.5], "", "")
    put(sheet, "A1:H1", "", fill=BAND, box=False)
    sheet.row_dimensions[1].height = 10
    put(sheet, "A2:H2", "{{ 评价.名称 }}", size=20, font=HEAD, color=NAVY, across="center", box=False)
    put(sheet, "A3:H3", "指标信息核查采集表", size=26, font=HEAD, color=NAVY, across="center", box=False)
    sheet.row_dimensions[2].height, sheet.row_dimensions[3].height = 44, 48
    facts = [
        ("项目名称", "{{ 项目.名称 }}", "项目序号", "{{ 项目.序号 }}"),
        ("责任单位", "{{ 项目.责任单位 }}", "立项年度", "{{ 项目.立项年度 }}"),
        ("委托单位", "{{ 评价.委托单位 }}", "评价机构", "{{ 评价.评价机构 }}"),
        ("评价期间", "{{ 评价.评价期间 }}", "数据截止日", "{{ 评价.数据截止日 }}"),
        ("联系人及电话", "{{ 评价.联系人 }}　{{ 评价.联系电话 }}", "报送截止日", "{{ 评价.报送截止日 }}"),
    ]
    for row, (label, text, label2, text2) in enumerate(facts, start=4):
        put(sheet, f"B{row}", label, font=HEAD, fill=HEADER, across="center")
        put(sheet, f"C{row}:E{row}", text, size=12)
        put(sheet, f"F{row}", label2, font=HEAD, fill=HEADER, across="center")
        put(sheet, f"G{row}", text2, size=12)
        sheet.row_dimensions[row].height = 28
    put(sheet, "B9", "自检情况", font=HEAD, fill=HEADER, across="center")
    put(sheet, "C9:G9", "=自检_结论", size=12, font=HEAD, color=RED)
    sheet.row_dimensions[9].height = 28
    sheet.conditional_formatting.add(
        "C9", FormulaRule(formula=["自检_缺项合计+自检_不符合计=0"], font=Font(color=GREEN))
    )
    legend(sheet)
    instructions(sheet)


def legend(sheet: Worksheet) -> None:
    """What the colours mean; the three tagged cells give the whole workbook its colours."""
    sheet.row_dimensions[10].height = 8
    put(sheet, "B11:B12", "颜色说明", font=HEAD, fill=HEADER, across="center")
    put(sheet, "C11", "{{ 图例.填报 }}", fill=INPUT, across="center")
    put(sheet, "D11", "{{ 图例.预填 }}", fill=PREFILLED, across="center")
    put(sheet, "E11", "{{ 图例.计算 }}", fill=CALCULATED, across="center")
    put(sheet, "F11", "必填未填", fill=UNFILLED, across="center")
    put(sheet, "G11", "标 * 的为必填项", size=10, across="center")
    sheet.row_dimensions[11].height = 26
    for column, text in {
        "C": "由本单位填写",
        "D": "已预填，请核对，有误可改",
        "E": "自动计算，不能修改",
        "F": "填写后颜色消失",
    }.items():
        put(sheet, f"{column}12", text, size=10, across="center")
    put(sheet, "G12", "其余单元格已锁定", size=10, across="center")
    sheet.row_dimensions[12].height = 22


def instructions(sheet: Worksheet) -> None:
    """填报说明 on the cover."""
    sheet.row_dimensions[13].height = 8
    put(sheet, "B14:G14", "填报说明", size=13, font=HEAD, fill=HEADER, across="center")
    sheet.row_dimensions[14].height = 26
    notes = [
        "一、本表一个项目一份，由责任单位据实填写，用 Excel 或 WPS 表格打开均可，不需要联网，不需要启用宏。",
        ("二、请依次填写{{ 评价.填报表 }}，选中单元格时会显示填报提示；单位已写在旁边，数字格只填数字。"),
        (
            "三、金额单位为{{ 评价.金额单位 }}（另有注明的除外）；比率按百分数填写；日期写成 2024-03-05 的样式；"
            "数据统一截至{{ 评价.数据截止日 }}。"
        ),
        "四、没有发生的填 0，不适用的填“不适用”，暂时无法取得的填“待定”并在说明中写明原因，不要空着。",
        "五、明细表行数不够时，在表尾提示行的上方插入行，合计会自动包括；请不要删除、改名或移动工作表，也不要设置密码。",
        (
            "六、填完后查看《填报自检》：必填缺项和勾稽不符均为 0 时显示“填报自检通过”，"
            "打印该页和《承诺与盖章》，签章后扫描报送。"
        ),
        "七、请于{{ 评价.报送截止日 }}前，将本工作簿（可改文件名，不要转换格式）连同佐证材料一并报送。",
    ]
    for row, text in enumerate(notes, start=15):
        put(sheet, f"B{row}:G{row}", text, size=11)
        sheet.row_dimensions[row].height = 22


def fields(book: Workbook, name: str) -> None:
    """项目基本信息 and 立项与采购合同."""
    # A page on which a table goes on must not begin with the headings of the fields.
    sheet = new_sheet(book, name, FIELD_WIDTHS, "1:3" if name == "项目基本信息" else "1:2", "A4")
    title(sheet, name, "G", PROJECT_LINE + "　　金额单位：{{ 评价.金额单位 }}")
    header(sheet, 3, FIELD_HEADER)
    field_row(sheet, 4, name)
    table_block(sheet, 5, name)


def funds(book: Workbook) -> None:
    """资金情况: what is filled in, then what follows from it, then the detailed tables."""
    sheet = new_sheet(book, "资金情况", FIELD_WIDTHS, "1:2", "A4")
    title(sheet, "资金情况", "G", PROJECT_LINE + "　　金额单位：{{ 评价.金额单位 }}　　数据截至：{{ 评价.数据截止日 }}")
    header(sheet, 3, FIELD_HEADER)
    field_row(sheet, 4, "资金情况 填报")
    section(sheet, 5, "G", "{{? 字段 资金情况 计算 }}以下各项自动计算，请核对结果；如与实际不符，请检查上面的填报数据")
    field_row(sheet, 6, "资金情况 计算")
    table_block(sheet, 7, "资金情况")


def indicators(book: Workbook) -> None:
    """指标信息: one row for each value asked, the indicator's own cells joined over its rows."""
    widths = [9.5, 7.5, 12.5, 4.5, 16, 23.5, 8.5, 21, 11.5, 4.5, 6.5, 20, 9]
    sheet = new_sheet(book, "指标信息", widths, "1:3", "D4")
    title(sheet, "指标信息", "M")
    names = "一级指标 二级指标 三级指标 分值 指标解释 评分标准 目标值 填报项目 实际完成值 单位 自评分 说明 佐证编号"
    header(sheet, 3, dict(zip("ABCDEFGHIJKLM", names.split(), strict=True)), size=10)
    sheet.row_dimensions[3].height = 32
    tags = {
        "A": "{{# 指标 }}{{ 指标.一级 }}\n（{{ 指标.一级分值 }}分）",
        "B": "{{ 指标.二级 }}",
        "C": "{{ 指标.编号 }}\n{{ 指标.三级 }}",
        "D": "{{ 指标.分值 }}",
        "E": "{{ 指标.解释 }}",
        "F": "{{ 指标.评分标准 }}",
        "G": "{{ 指标.目标值 }}",
        "H": "{{ 项.显示名称 }}",
        "I": "{{ 项.填报 }}",
        "J": "{{ 项.单位 }}",
        "K": "{{ 指标.自评分 }}",
        "L": "{{ 指标.说明 }}",
        "M": "{{ 指标.佐证编号 }}",
    }
    centred = "ABCDGIJKM"
    for column, tag in tags.items():
        size = 9 if column in "EF" else 10
        put(sheet, f"{column}4", tag, size=size, across="center" if column in centred else "left")
    sheet.row_dimensions[4].height = 26
    put(sheet, "A5:C5", "合计", font=HEAD, size=10, fill=CALCULATED, across="center")
    put(sheet, "D5", "{{ 指标.总分 }}", font=HEAD, size=10, fill=CALCULATED, across="center")
    put(sheet, "E5:J5", "自评分合计", font=HEAD, size=10, fill=CALCULATED, across="right")
    put(sheet, "K5", "{{ 指标.自评分合计 }}", font=HEAD, size=10, fill=CALCULATED, across="center")
    put(sheet, "L5:M5", "自评分由本单位评定，最终得分以核查结果为准", size=9, fill=CALCULATED)
    sheet.row_dimensions[5].height = 26
    unfilled_rule(sheet, "I4", 'AND(LEFT($H4,1)="*",LEN($I4)=0)')
    unfilled_rule(sheet, "K4", "LEN($K4)=0")


def evidence(book: Workbook) -> None:
    """佐证材料清单."""
    sheet = new_sheet(book, "佐证材料清单", [5.5, 8, 28, 9, 27, 16.5, 10.5, 28, 13.5], "1:3", "A4")
    title(sheet, "佐证材料清单", "I")
    names = "序号 编号 材料名称 是否必须 材料要求 对应指标 是否提供 文件名 所在页码"
    header(sheet, 3, dict(zip("ABCDEFGHI", names.split(), strict=True)))
    tags = ["{{# 佐证 }}{{ 佐证.序号 }}"]
    tags += [
        f"{{{{ 佐证.{word} }}}}" for word in ("编号", "名称", "必须", "说明", "对应指标", "提供", "文件名", "页码")
    ]
    for column, tag in zip("ABCDEFGHI", tags, strict=True):
        put(sheet, f"{column}4", tag, size=10, across="center" if column in "ABDGI" else "left")
    sheet.row_dimensions[4].height = 26
    unfilled_rule(sheet, "G4", 'AND(LEFT($C4,1)="*",LEN($G4)=0)')
    put(
        sheet,
        "A5:I5",
        "材料请单独成文件，文件名以编号开头（如“{{ 评价.佐证示例 }}”），与本工作簿放在同一文件夹报送。",
        size=10,
        color=GREY_TEXT,
    )


def self_check(book: Workbook) -> None:
    """填报自检: the page the unit prints and signs."""
    sheet = new_sheet(book, "填报自检", [6.5, 10.5, 40, 11.5, 16, 40, 10.5], "1:2", "A4")
    title(sheet, "填报自检表", "G")
    put(sheet, "A3:D3", "{{ 自检.结论 }}", size=15, font=HEAD, color=RED, across="center")
    put(sheet, "E3", "扫描件凭\n此码归档，\n请勿涂盖、\n裁切", size=10, color=GREY_TEXT, across="center")
    put(sheet, "F3:G3")  # a picture over a text reads as part of it in .ods files
    sheet.row_dimensions[3].height = 93
    page_code(sheet, "F3", 120, 5)
    passed = FormulaRule(formula=["自检_缺项合计+自检_不符合计=0"], font=Font(color=GREEN))
    sheet.conditional_formatting.add("A3", passed)
    section(sheet, 4, "G", "一、必填项检查")
    header(sheet, 5, {"A": "序号", "B:C": "工作表", "D": "必填项数", "E": "缺项数", "F": "结果", "G": "定位"})
    put(sheet, "A6", "{{# 表 }}{{ 表.序号 }}", across="center")
    put(sheet, "B6:C6", "{{ 表.名称 }}")
    put(sheet, "D6", "{{ 表.必填项数 }}", across="center")
    put(sheet, "E6", "{{ 表.缺项 }}", across="center")
    put(sheet, "F6", "{{ 表.结果 }}")
    put(sheet, "G6", "{{ 表.查看 }}", color="0563C1", across="center")
    put(sheet, "A7:D7", "必填缺项合计", font=HEAD, fill=CALCULATED, across="center")
    put(sheet, "E7", "{{ 自检.缺项合计 }}", font=HEAD, fill=CALCULATED, across="center")
    put(sheet, "F7:G7", "数字格中填了“不适用、待定、无”以外的文字，也计为缺项", size=10, fill=CALCULATED)
    check_rows(sheet)
    verdict_colours(sheet)
    sheet.row_dimensions[12].height = 10
    signature(sheet, 13)


def check_rows(sheet: Worksheet) -> None:
    """One row for each cross-check, and their total."""
    section(sheet, 8, "G", "{{? 勾稽 }}二、勾稽关系检查")
    header(
        sheet,
        9,
        {
            "A": "{{? 勾稽 }}序号",
            "B": "编号",
            "C": "不应出现的情况",
            "D": "严重程度",
            "E": "结果",
            "F": "处理办法",
            "G": "定位",
        },
    )
    put(sheet, "A10", "{{# 勾稽 }}{{ 勾稽.序号 }}", across="center")
    put(sheet, "B10", "{{ 勾稽.编号 }}", across="center")
    put(sheet, "C10", "{{ 勾稽.内容 }}")
    put(sheet, "D10", "{{ 勾稽.严重程度 }}", across="center")
    put(sheet, "E10", "{{ 勾稽.结果 }}", across="center")
    put(sheet, "F10", "{{ 勾稽.处理办法 }}", size=10)
    put(sheet, "G10", "{{ 勾稽.查看 }}", color="0563C1", across="center")
    put(sheet, "A11:D11", "勾稽不符合计", font=HEAD, fill=CALCULATED, across="center")
    put(sheet, "E11", "{{ 自检.不符合计 }}", font=HEAD, fill=CALCULATED, across="center")
    put(sheet, "F11:G11", "“未填”表示所需数据尚未填写，暂不判断", size=10, fill=CALCULATED)


def verdict_colours(sheet: Worksheet) -> None:
    """Green for passed, red for wrong, grey for what cannot be judged yet."""
    for row in (6, 7, 10, 11):
        sheet.row_dimensions[row].height = 24
    red, green = Font(color=RED, bold=True), Font(color=GREEN)
    sheet.conditional_formatting.add("E6", CellIsRule(operator="greaterThan", formula=["0"], font=red))
    sheet.conditional_formatting.add("F6", CellIsRule(operator="equal", formula=['"已填全"'], font=green))
    for text, font in {
        "通过": green,
        "不符": red,
        "请核实": Font(color="B45F06"),
        "未填": Font(color=GREY_TEXT),
    }.items():
        sheet.conditional_formatting.add("E10", CellIsRule(operator="equal", formula=[f'"{text}"'], font=font))


def signature(sheet: Worksheet, row: int) -> None:
    """The line that is signed by hand on the printed page."""
    put(sheet, f"A{row}:B{row}", "填报人签字", font=HEAD, fill=HEADER, across="center")
    put(sheet, f"C{row}", "")
    put(sheet, f"D{row}:E{row}", "单位负责人签字（盖章）", font=HEAD, fill=HEADER, across="center")
    put(sheet, f"F{row}:G{row}", "　　　　　　　　　年　　月　　日", across="right")
    sheet.row_dimensions[row].height = 44


def promise(book: Workbook) -> None:
    """承诺与盖章."""
    sheet = new_sheet(book, "承诺与盖章", [5.5, 21, 30, 21, 30, 5.5], "", "")
    title(sheet, "承诺与盖章", "F")
    sheet.unmerge_cells("A2:F2")
    sheet.merge_cells("A2:D2")
    page_code(sheet, "E2", 90, 6)
    put(sheet, "B3:C3", "{{ 评价.委托单位 }}：", size=13, box=False)
    put(sheet, "D3", "扫描件凭此码归档，\n请勿涂盖、裁切", size=10, color=GREY_TEXT, across="right", box=False)
    sheet.row_dimensions[3].height = 74
    texts = [
        "　　我单位已按要求填报《{{ 项目.名称 }}》的指标信息核查采集表，并对照《填报自检》逐项核对。现承诺：",
        "　　一、所填数据和说明真实、准确、完整，与财务账册、合同、验收等原始资料一致；",
        "　　二、所附佐证材料真实有效，复印件与原件相符；",
        "　　三、对评价机构提出的核实要求及时答复，需要更正的按时重新报送。",
        "　　如有不实，由我单位承担相应责任。",
    ]
    for row, text in enumerate(texts, start=4):
        put(sheet, f"B{row}:E{row}", text, size=13, box=False)
        sheet.row_dimensions[row].height = 30
    sheet.row_dimensions[9].height = 12
    pairs = [("填报人", "联系电话"), ("审核人", "单位负责人")]
    for row, names in enumerate(pairs, start=10):
        for columns, name in zip("BD", names, strict=True):
            put(sheet, f"{columns}{row}", name, size=12, font=HEAD, fill=HEADER, across="center")
            put(sheet, f"{chr(ord(columns) + 1)}{row}", f"{{{{ 签章.{name} }}}}", size=12)
        sheet.row_dimensions[row].height = 36
    put(sheet, "B12", "填报日期", size=12, font=HEAD, fill=HEADER, across="center")
    put(sheet, "C12", "{{ 签章.填报日期 }}", size=12)
    put(sheet, "D12", "自检结论", size=12, font=HEAD, fill=HEADER, across="center")
    put(sheet, "E12", "=自检_结论", size=11)
    sheet.row_dimensions[12].height = 44
    put(sheet, "B13", "责任单位（盖章）", size=12, font=HEAD, fill=HEADER, across="center")
    put(sheet, "C13:E13", "{{ 项目.责任单位 }}", size=13, across="center")
    sheet.row_dimensions[13].height = 120


def page_code(sheet: Worksheet, cell: str, right: int, down: int) -> None:
    """Where the QR code of a project goes, so many pixels into a cell; until then a code that says nothing of any."""
    place = sheet[cell]
    picture = Image(BytesIO(code_picture(CODE_WORDS)))
    mark = AnchorMarker(col=place.column - 1, colOff=right * 9_525, row=place.row - 1, rowOff=down * 9_525)
    picture.anchor = OneCellAnchor(_from=mark, ext=XDRPositiveSize2D(CODE_SIZE, CODE_SIZE))
    sheet.add_image(picture)


def finished(book: Workbook) -> bytes:
    """The template's bytes; openpyxl gives pictures no names, and ours are known by theirs."""
    data = workbook_bytes(book)
    parts = WorkbookParts(data)
    drawings = {name: content.decode() for name, content in parts.contents.items() if "/drawings/drawing" in name}
    words = rf'name="{PAGE_CODE_PICTURE} \1" descr="{CODE_WORDS}"'
    named = {
        name: re.sub(r'name="Image (\d+)" descr="[^"]*"', words, text).encode()
        for name, text in drawings.items()
        if not name.endswith(".rels")
    }
    return with_contents(parts.members, named)


def main() -> None:
    """Write the template."""
    book = Workbook()
    book.remove(book.active)
    # Column widths count digits of this font. Calibri is missing on most systems with WPS or LibreOffice, which then
    # make all columns a third wider and print smaller; Arial or a font of its widths is everywhere.
    book._named_styles["Normal"].font = book._fonts[0] = Font(name="Arial", size=11)  # noqa: SLF001
    cover(book)
    fields(book, "项目基本信息")
    fields(book, "立项与采购合同")
    funds(book)
    indicators(book)
    evidence(book)
    self_check(book)
    promise(book)
    book.properties.creator, book.properties.title = "绩效核查工具箱", "指标信息核查采集表"
    TARGET.write_bytes(finished(book))


if __name__ == "__main__":
    main()
