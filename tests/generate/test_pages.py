"""What a printed page looks like: no text cut, no sheet without a question, no page that begins with an unnamed row."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.generate.stamped import IDENTITY, small_template, template_bytes
from tests.small_scheme import PROJECTS, SMALL_SCHEME
from toolkit.excel.template_plan import TemplateSheet
from toolkit.generate import compile_collection
from toolkit.generate.content import Content
from toolkit.generate.measure import text_height
from toolkit.generate.pages import page_breaks
from toolkit.generate.placed import Placed
from toolkit.model import ScoredObject

LINE = text_height("一", 60, 10, 7.0)
SHEET = TemplateSheet("表", {}, {}, (100.0,), 40, page=(770.0, 505.0))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四五六七八九十", 1),
        ("一二三四五六七八九十一", 2),
        ("一二三四五六七八九、十一", 2),
        ("一二三100%、80%、60%、40%、20%。一二三四五六七", 3),
        ("第一行\n第二行", 2),
    ],
)
def test_lines_are_counted_as_spreadsheets_break_them(text: str, lines: int):
    """Ten characters to a line: punctuation stays with its character, a run of numbers stays whole."""
    height = text_height(text, 23.0, 10, 7.0)
    assert round((height - 4) / (LINE - 4)) == lines


def test_a_heading_over_many_rows_is_written_again_on_the_next_page():
    heading = Placed(Content("过程", same_as="过程", divisible=True), 1, 1, 40, 1, (4, 1))
    rows = [Placed(Content("指标"), row, 2, 1, 1, (4, 2)) for row in range(1, 41)]
    heights = dict.fromkeys(range(1, 41), 30.0)
    assert page_breaks(SHEET, heights, [heading, *rows])
    assert page_breaks(SHEET, heights, rows) == ()


def test_a_table_longer_than_a_page_does_not_leave_its_heading_behind():
    rows = [Placed(Content("行"), row, 1, 1, 1, (4, 1)) for row in range(1, 41)]
    heights = dict.fromkeys(range(1, 41), 30.0)
    page = page_breaks(SHEET, heights, rows, [(1, 40)])[0]
    assert page_breaks(SHEET, heights, rows, [(page - 1, 40)])[0] == page - 2


def test_what_follows_from_the_amounts_stays_on_one_page_under_its_heading():
    """However many amounts are asked for above it: two rows alone on a page say nothing."""
    amount = next(field for field in SMALL_SCHEME.fields if field.key == "累计支付金额")
    ends = set()
    for more in range(7, 14):
        added = tuple(replace(amount, key=f"另计{number}", label=f"另计{number}") for number in range(more))
        scheme = replace(SMALL_SCHEME, fields=(*added, *SMALL_SCHEME.fields))
        sheet = load_workbook(BytesIO(compile_collection(template_bytes(), scheme, IDENTITY).stamp(PROJECTS[0])))[
            "资金情况"
        ]
        rows = [row for row in range(1, sheet.max_row + 1) if "自动计算" in _said(sheet, row)]
        assert len(rows) == 3 == rows[-1] - rows[0] + 1, "the heading and two rates"
        breaks = [mark.id for mark in sheet.row_breaks.brk]
        assert not set(breaks) & set(rows[:-1])
        ends |= set(breaks) & {rows[0] - 1}
    assert ends, "at least once the heading begins a page"


def _said(sheet: Worksheet, row: int) -> str:
    return "".join(str(cell.value or "") for cell in sheet[row])


def test_goals_get_room_for_sentences_and_file_names_do_not():
    """A line of the evidence list is no higher because the material's name says 目标."""
    goal, *fields = SMALL_SCHEME.fields
    first, *others = SMALL_SCHEME.evidence
    scheme = replace(
        SMALL_SCHEME,
        fields=(replace(goal, label="绩效目标"), *fields),
        evidence=(replace(first, name="绩效目标申报"), *others),
    )
    template = compile_collection(template_bytes(), scheme, IDENTITY)
    book = load_workbook(BytesIO(template.stamp(PROJECTS[0])))
    before = load_workbook(BytesIO(small_template().stamp(PROJECTS[0])))

    def height(key: str, workbook: Workbook = book) -> float:
        slot = template.layout.slots[key]
        return float(workbook[slot.sheet].row_dimensions[workbook[slot.sheet][slot.cell].row].height)

    assert height(goal.key) == height("建设内容") > height(goal.key, before)
    assert height("佐证文件名_E01") == height("佐证文件名_E01", before)


def test_a_sheet_without_a_field_is_left_out_and_not_named_on_the_cover():
    none = tuple(one for one in SMALL_SCHEME.fields if one.section != "立项与采购合同")
    scheme = replace(SMALL_SCHEME, fields=none, cross_checks=())
    template = compile_collection(template_bytes(), scheme, IDENTITY)
    book = load_workbook(BytesIO(template.stamp(PROJECTS[0])))
    assert "立项与采购合同" not in book.sheetnames
    assert "立项与采购合同" not in template.layout.sheets
    cover = [str(cell.value) for row in book["封面与填报说明"].iter_rows() for cell in row]
    assert any("《项目基本信息》《资金情况》《指标信息》《佐证材料清单》" in text for text in cover)


def test_a_unit_does_not_score_itself_where_only_the_whole_is_scored():
    assert "自评分_A101" in small_template().layout.slots
    scheme = replace(SMALL_SCHEME, scored_object=ScoredObject.WHOLE)
    slots = compile_collection(template_bytes(), scheme, IDENTITY).layout.slots
    assert not [key for key in slots if key.startswith("自评分")]
    assert "说明_A101" in slots
