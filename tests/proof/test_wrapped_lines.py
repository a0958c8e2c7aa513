"""Text copied out of a PDF: printed lines are joined again, heads and numbers of pages are left out."""

from toolkit.proof.reading.wrapped_lines import unwrapped

PARAGRAPHS = [
    "　　项目共分6个标段，最高限价合计2,337.00万元，合同金额合计2,283.50万元，节约资金53.50万元。",
    "　　截至2023年末，项目累计支付2,203.88万元，占合同金额的96.5%，尚有79.62万元未支付，均为质保金。",
    "　　评价组共9人，包括中心人员3人、信息化专家2人、应急管理专家2人、会计师2人，分三个阶段开展工作。",
]
HEAD = "洛北市城市安全风险监测预警平台建设项目绩效评价报告"


def wrapped(paragraph: str, width: int = 20) -> list[str]:
    return [paragraph[at : at + width] for at in range(0, len(paragraph), width)]


def pages() -> list[str]:
    lines: list[str] = []
    for page in range(1, 5):
        lines += [HEAD, f"（{'一二三四'[page - 1]}）基本情况"]
        lines += [line for paragraph in PARAGRAPHS for line in wrapped(paragraph)]
        lines += ["年度\t预算\t支出", "2023\t500.00\t440.69", f"- {page} -"]
    return lines


def test_lines_of_a_paragraph_are_joined_and_headings_and_tables_stay():
    joined = unwrapped(pages())
    assert [line for line in joined if line.startswith("　　")] == PARAGRAPHS * 4
    assert [line for line in joined if line.startswith("（")] == [f"（{number}）基本情况" for number in "一二三四"]
    assert joined.count("2023\t500.00\t440.69") == 4


def test_heads_and_numbers_of_pages_are_left_out():
    joined = unwrapped(pages())
    assert not [line for line in joined if line.startswith("- ")]
    assert joined.count(HEAD) == 0


def test_a_paragraph_goes_on_over_the_end_of_a_page():
    lines = pages()
    at = lines.index("- 1 -")
    first, *rest = wrapped(PARAGRAPHS[0])
    lines[at + 2 : at + 2] = []
    lines = [*lines[:at], first, "- 1 -", HEAD, *rest, *lines[at + 1 :]]
    assert unwrapped(lines).count(PARAGRAPHS[0]) == 5


def test_text_with_a_line_for_each_paragraph_stays_as_it_is():
    lines = [*PARAGRAPHS * 4, "一、结论", "　　得分88.4分。"]
    assert unwrapped(lines) == lines


def test_numbers_alone_in_a_line_that_do_not_count_up_are_no_pages():
    lines = [line for line in pages() if not line.startswith("- ")]
    assert unwrapped([*lines, "7", "3", "9"])[-3:] == ["7", "3", "9"]
