"""What is understood of a PDF: lines, paragraphs, the contents page, ruled tables, turned and damaged pages."""

import pytest

from tests.proof.handmade_pdf import grid, pdf, words
from toolkit.errors import UnreadableFileError
from toolkit.proof.outline import contents_lines
from toolkit.proof.reading import read_document, read_text

ROWS = [("一级指标", "分值", "得分"), ("决策", "18", "15"), ("合计", "94", "94")]


def read(data):
    return read_document(data, "报告.pdf")


def cells(table):
    return [tuple(cell.text for cell in row) for row in table.rows]


@pytest.mark.parametrize("ruled", ["lines", "boxes"])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_ruled_table_is_read_however_the_page_is_turned_and_the_lines_are_drawn(turned, ruled):
    """Word rules tables with thin boxes, LibreOffice with lines; wide tables stand on pages that are turned."""
    document = read(pdf(words(30, 380, "单位：分") + grid(30, 360, ROWS, ruled=ruled), turned=turned))
    (table,) = document.tables
    assert cells(table) == ROWS
    assert table.unit == "分"


def test_a_table_that_goes_on_over_a_page_without_a_head_is_one():
    pages = pdf(grid(30, 100, ROWS[:2]), grid(30, 560, ROWS[2:]))
    (table,) = read(pages).tables
    assert cells(table) == ROWS


def test_lines_of_the_contents_are_never_joined_though_each_fills_its_line():
    titles = ["一、基本情况", "二、评价工作开展情况", "三、有关建议"]
    lines = [words(30, 500 - 20 * at, f"{title}{'.' * (40 - len(title))}{at + 1}") for at, title in enumerate(titles)]
    document = read(pdf(words(180, 540, "目录") + "".join(lines)))
    assert [paragraph.text.partition(".")[0] for paragraph in document.paragraphs] == ["目录", *titles]


def test_full_lines_are_one_paragraph_and_an_indented_line_begins_the_next():
    full = "本项目预算资金三百二十七万元实际到位资金三百二十七万元"
    page = words(54, 500, full) + words(30, 480, f"{full}其中") + words(30, 460, "省级资金。") + words(54, 440, "完。")
    assert [paragraph.text for paragraph in read(pdf(page)).paragraphs] == [f"{full}{full}其中省级资金。", "完。"]


def test_pages_without_text_are_named():
    assert read(pdf(words(30, 500, "有字"), "0 0 m 10 10 l S\n")).notes == ("第2页没有文字层，未能核",)


def test_a_pdf_of_pictures_only_is_refused_with_what_to_do():
    with pytest.raises(UnreadableFileError, match="没有文字层"):
        read(pdf("0 0 m 10 10 l S\n"))


@pytest.mark.parametrize("cut", [0.1, 0.3, 0.6, 0.9])
def test_half_a_file_is_refused_and_never_an_error_of_ours(cut):
    whole = pdf(words(30, 500, "一、基本情况"), words(30, 500, "二、结论"))
    with pytest.raises(UnreadableFileError, match=r"PDF 打不开|没有文字层"):
        read(whole[: int(len(whole) * cut)])


@pytest.mark.parametrize("dots", ["." * 110, "…" * 55, "·." * 55, "。. " * 30])
def test_a_line_of_dots_without_a_page_is_no_line_of_the_contents_and_takes_no_time(dots):
    """Lines to sign on; a pattern that could part the dots in many ways would never come to an end."""
    lines = ["一、概况……1", "二、评价……2", "三、结论……3", f"签字{dots}（盖章）", f"日期{dots}"]
    titles = [line.title for line in contents_lines(read_text("\n".join(lines), "报告.txt"))]
    assert titles == ["一、概况", "二、评价", "三、结论"]
