"""Pictures, shapes, header pictures and page set-up of a consultant's template reach every unit."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table

from tests.generate.decorated import decorated, png
from tests.generate.stamped import IDENTITY, small_template, template_bytes
from tests.ooxml_rules import broken_rules
from tests.small_scheme import PROJECTS, SMALL_SCHEME
from toolkit.errors import TemplateError
from toolkit.excel import template_compile
from toolkit.excel.parts import WorkbookParts
from toolkit.generate import check_template, compile_collection
from toolkit.ooxml.package import with_contents

SHEET = "指标信息"


def test_the_shipped_template_breaks_no_structure_rule():
    for project in PROJECTS:
        assert broken_rules(small_template().stamp(project)) == []


def test_pictures_shapes_and_headers_survive():
    template = decorated(template_bytes(), SHEET, row=5)
    made = compile_collection(template, SMALL_SCHEME, IDENTITY).stamp(PROJECTS[0])
    assert broken_rules(made) == []
    parts = WorkbookParts(made)
    drawing = parts.contents["xl/drawings/drawing91.xml"].decode()
    total_row = small_template().layout.slots["自评分合计"].cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert drawing.count(f"<xdr:row>{int(total_row) - 1}</xdr:row>") == 2, "both follow the total below the indicators"
    assert "盖章处" in drawing
    sheet = load_workbook(BytesIO(made))[SHEET]
    assert sheet.oddHeader.left.text == "&G"
    assert sheet.column_dimensions["B"].width == 33.5
    assert [image._data() for image in sheet._images] == [png()]
    assert any(rule.formula == ["LEN($A$1)>99"] for area in sheet.conditional_formatting for rule in area.rules)


def test_what_would_be_lost_is_refused(monkeypatch):
    monkeypatch.setattr(template_compile, "attach_parts", lambda _, built, *__: built)
    with pytest.raises(TemplateError, match="《指标信息》的图片和形状"):
        compile_collection(decorated(template_bytes(), SHEET, row=5), SMALL_SCHEME, IDENTITY)


def test_a_chart_is_refused_by_name():
    book = load_workbook(BytesIO(template_bytes()))
    chart = BarChart()
    chart.add_data(Reference(book[SHEET], min_col=4, min_row=4, max_row=5))
    book[SHEET].add_chart(chart, "P2")
    output = BytesIO()
    book.save(output)
    found = check_template(output.getvalue(), SMALL_SCHEME)
    assert [(one.at.sheet, one.at.cell, one.message[:2]) for one in found] == [(SHEET, "P2", "图表")]


def test_comments_and_tables_are_named_with_their_cell_and_never_dropped_in_silence():
    book = load_workbook(BytesIO(template_bytes()))
    book[SHEET]["E4"].comment = Comment("见批复", "评价机构")
    book[SHEET].add_table(Table(displayName="表一", ref="P2:Q4"))
    output = BytesIO()
    book.save(output)
    found = check_template(output.getvalue(), SMALL_SCHEME)
    assert [(one.at.sheet, one.at.cell, one.message[:2]) for one in found] == [
        (SHEET, "E4", "批注"),
        (SHEET, "P2", "超级"),
    ]
    with pytest.raises(TemplateError, match=r"指标信息.*E4"):
        compile_collection(output.getvalue(), SMALL_SCHEME, IDENTITY)


SPARKLINE = (
    "<x14:sparklineGroups><x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>A1:B1</xm:f>"
    "<xm:sqref>C7</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups>"
)
DATA_BAR = (
    "<x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type='dataBar'/>"
    "<xm:sqref>C7:C9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>"
)


@pytest.mark.parametrize(("extension", "what"), [(SPARKLINE, "迷你图"), (DATA_BAR, "数据条")])
def test_what_newer_excels_keep_beside_the_sheet_is_named(extension: str, what: str):
    parts = WorkbookParts(template_bytes())
    path = parts.worksheet_part(SHEET)
    spaces = (
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
    )
    text = (
        parts.contents[path]
        .decode()
        .replace("</worksheet>", f'<extLst><ext uri="x" {spaces}>{extension}</ext></extLst></worksheet>')
    )
    found = check_template(with_contents(parts.members, {path: text.encode()}), SMALL_SCHEME)
    assert [(one.at.cell, one.message.startswith(what)) for one in found] == [("C7", True)]
