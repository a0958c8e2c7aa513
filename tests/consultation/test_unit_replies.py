"""A reply workbook is taken whole or not at all, and every mistake in it is told where it stands."""

from decimal import Decimal

import pytest

from toolkit.consultation import (
    OTHER,
    AskedLine,
    Handled,
    Issue,
    Move,
    ReplyReading,
    Settlement,
    UnitOpinion,
    handling_workbook,
    read_handling,
    read_reply,
    reply_workbook,
    same_lists,
    seal_of,
)
from toolkit.excel.read import read_workbook
from toolkit.excel.write import with_cells

EVALUATION, KEY = "PJ20260101-aa", b"key"
EDUCATION = (
    AskedLine("6", "A101", "1.50", "平台", "立项依据", "3"),
    AskedLine("6", "B102", "待评定", "平台", "预算执行率", "4"),
    AskedLine("6", OTHER, "—", "平台", "其他"),
)
SCIENCE = (AskedLine("9", "A101", "3.00", "系统", "立项依据", "3"),)


def issue(unit: str, lines: tuple[AskedLine, ...]) -> Issue:
    return Issue(unit, seal_of(KEY, EVALUATION, unit, lines), lines)


ISSUES = (issue("教育局", EDUCATION), issue("科技局", SCIENCE))


def reply(sheet: str = "意见回复表", evaluation: str = EVALUATION, **typed: object) -> ReplyReading:
    """The reading of the education unit's reply with these cells typed over."""
    data = reply_workbook("评价", "教育局", EDUCATION, evaluation, ISSUES[0].seal)
    data = with_cells(data, sheet, typed) if typed else data  # type: ignore[arg-type]
    return read_reply(read_workbook(data), "回复.xlsx", ISSUES, EVALUATION)


def test_an_untouched_reply_says_that_the_unit_agrees() -> None:
    reading = reply()
    assert (reading.usable, reading.unit, reading.opinions) == (True, "教育局", ())


def test_an_opinion_is_read_as_it_was_typed_and_a_formula_in_it_stays_text() -> None:
    (opinion,) = reply(G4="对得分有异议", H4="=cmd|' /C calc'!A0 {{ 单位 }}", I4="批复").opinions
    assert (opinion.unit, opinion.place, opinion.before) == ("教育局", ("6", "A101"), "1.50")
    assert opinion.reason.endswith("{{ 单位 }}")
    book = read_workbook(handling_workbook([Handled(opinion, "平台", "立项依据", None, "1.50")], []))
    cells = {cell.value: cell for cell in book.sheets[0].cells.values()}
    assert cells[opinion.reason].formula is None


@pytest.mark.parametrize(
    ("typed", "wishes"),
    [
        ({"G4": "同意", "G5": "无异议", "G6": "无"}, []),
        ({"G4": "不同意", "H4": "质保金未到期"}, [("A101", "对得分有异议")]),
        ({"G5": "有异议", "H5": "已完成"}, [("B102", "对得分有异议")]),
    ],
)
def test_words_that_mean_one_of_the_list_beyond_doubt_are_taken_for_it(
    typed: dict[str, object], wishes: list[tuple[str, str]]
) -> None:
    reading = reply(**typed)
    assert reading.findings == ()
    assert [(one.indicator, one.wish) for one in reading.opinions] == wishes


def test_to_disagree_with_no_score_in_particular_is_asked_about() -> None:
    (found,) = reply(G6="不同意", H6="x").findings
    assert (found.code, found.at.cell) == ("OPINION-06", "G6")


@pytest.mark.parametrize(
    ("typed", "code", "cell"),
    [
        ({"G4": "反对", "H4": "x"}, "OPINION-06", "G4"),
        ({"G4": "对得分有异议"}, "OPINION-06", "H4"),
        ({"H4": "只写了理由"}, "OPINION-06", "G4"),
        ({"G4": "无意见", "I4": "附件1"}, "OPINION-06", "G4"),
        ({"G4": "其他意见", "H4": "长" * 2001}, "OPINION-06", "H4"),
        ({"F4": 3}, "OPINION-07", "F4"),
        ({"A4": "9"}, "OPINION-04", "A4"),
        ({"A4": "77"}, "OPINION-04", "A4"),
        ({"C4": "Z999"}, "OPINION-05", "C4"),
        ({"A7": "6", "C7": "A101", "F7": 1.5}, "OPINION-05", "C7"),
        ({"A6": "", "B6": "", "C6": "", "D6": "", "F6": ""}, "OPINION-08", ""),
    ],
)
def test_a_mistake_in_a_row_is_told_at_its_cell(typed: dict[str, object], code: str, cell: str) -> None:
    reading = reply(**typed)
    assert (code, cell) in {(found.code, found.at.cell) for found in reading.findings}
    assert not reading.usable


@pytest.mark.parametrize(
    ("typed", "evaluation", "code"),
    [
        ({"A4": "科技局"}, EVALUATION, "OPINION-03"),
        ({"C4": "0" * 24}, EVALUATION, "OPINION-01"),
        ({"A4": ""}, "PJ20200101-zz", "OPINION-02"),
    ],
)
def test_another_s_workbook_is_not_taken(typed: dict[str, object], evaluation: str, code: str) -> None:
    reading = reply("标识", evaluation, **typed)
    assert [found.code for found in reading.findings] == [code]
    assert not reading.usable


def test_all_mistakes_are_told_at_once_even_where_the_owner_is_wrong() -> None:
    data = reply_workbook("评价", "教育局", EDUCATION, "PJ20200101-zz", ISSUES[0].seal)
    data = with_cells(data, "意见回复表", {"G4": "反对", "F5": 2, "C6": "Z1"})
    found = [one.code for one in read_reply(read_workbook(data), "回复.xlsx", ISSUES, EVALUATION).findings]
    assert sorted(found) == ["OPINION-02", "OPINION-05", "OPINION-06", "OPINION-07", "OPINION-08"]


def test_only_three_columns_are_open() -> None:
    sheet = read_workbook(reply_workbook("评价", "教育局", EDUCATION, EVALUATION, "x")).sheets[0]
    assert sheet.protected
    assert {at for at, cell in sheet.cells.items() if at[0] == 4 and not cell.locked} <= {(4, 7), (4, 8), (4, 9)}
    assert all(sheet.cells[4, column].locked for column in range(1, 7))


OPINION = UnitOpinion("教育局", "6", "A101", "1.50", "对得分有异议", "有批复", "批复")
DECIDED = Settlement(OPINION.id, "采纳", "批复属实", "3", "甲")


def test_a_decision_is_kept_word_for_word_when_the_list_is_written_anew() -> None:
    handled = [Handled(OPINION, "平台", "立项依据", DECIDED, "3.00")]
    moves = [Move("6", "平台", "A101", "立项依据", "1.50", "3.00", tuple(handled))]
    book = read_workbook(handling_workbook(handled, moves))
    handling = read_handling(book, "处理表", {OPINION.id: OPINION}, {OPINION.place: Decimal(3)}, {"6"})
    assert (handling.findings, handling.settlements) == ((), (DECIDED,))
    assert same_lists(handling, handled, moves)
    assert not same_lists(handling, handled, [])
    assert handled[0].row()[-1] == "1.50 → 3.00"


@pytest.mark.parametrize(
    ("typed", "heading"),
    [
        ({"K4": "同意"}, "K4"),
        ({"L4": ""}, "L4"),
        ({"N4": ""}, "N4"),
        ({"M4": ""}, "M4"),
        ({"M4": 3.5}, "M4"),
        ({"M4": "满分"}, "M4"),
        ({"K4": "不采纳"}, "M4"),
        ({"A4": "0123456789"}, "A4"),
    ],
)
def test_a_decision_that_cannot_be_used_counts_for_nothing(typed: dict[str, object], heading: str) -> None:
    data = with_cells(
        handling_workbook([Handled(OPINION, "平台", "立项依据", DECIDED, "1.50")], []),
        "征求意见处理表",
        typed,  # type: ignore[arg-type]
    )
    handling = read_handling(read_workbook(data), "处理表", {OPINION.id: OPINION}, {OPINION.place: Decimal(3)}, {"6"})
    assert {found.at.cell for found in handling.findings} == {heading}
    assert handling.settlements == ()


def test_an_opinion_on_a_project_that_was_withdrawn_is_told_as_such() -> None:
    data = handling_workbook([Handled(OPINION, "平台", "立项依据", DECIDED, "1.50")], [])
    handling = read_handling(read_workbook(data), "处理表", {}, {}, {"5", "7"})
    assert [(found.at.cell, str(found.message)) for found in handling.findings] == [
        ("C4", "项目6已不在项目清单中，这条意见不再列入处理表和报告")
    ]
    unknown = read_handling(read_workbook(data), "处理表", {}, {}, {"6"})
    assert [found.at.cell for found in unknown.findings] == ["A4"], "the project is there, the opinion is not"


@pytest.mark.parametrize(
    ("mark", "typed", "told"),
    [
        (3, "不适用", []),
        (0, "不适用", []),
        (3, "98%", ["改后值“98%”应为0与3之间的得分，或“不适用”"]),
        (0, "2", ["该指标现为不适用，改后值应写“不适用”"]),
    ],
)
def test_an_indicator_that_no_longer_applies_is_a_value_to_settle_on(mark: int, typed: str, told: list[str]) -> None:
    data = with_cells(
        handling_workbook([Handled(OPINION, "平台", "立项依据", DECIDED, "1.50")], []), "征求意见处理表", {"M4": typed}
    )
    handling = read_handling(
        read_workbook(data), "处理表", {OPINION.id: OPINION}, {OPINION.place: Decimal(mark)}, {"6"}
    )
    assert [str(found.message) for found in handling.findings] == told
    assert [one.value for one in handling.settlements] == ([] if told else [typed])


def test_a_row_without_a_number_is_no_opinion_of_a_withdrawn_project() -> None:
    data = with_cells(
        handling_workbook([Handled(OPINION, "平台", "立项依据", DECIDED, "1.50")], []), "征求意见处理表", {"K5": "采纳"}
    )
    handling = read_handling(read_workbook(data), "处理表", {OPINION.id: OPINION}, {OPINION.place: Decimal(3)}, {"6"})
    assert [(found.at.cell, str(found.message)) for found in handling.findings] == [
        ("A5", "这一行没有编号，不是收到的意见")
    ]


def test_scores_that_only_count_anew_are_told_from_those_nobody_asked_for() -> None:
    moved = [Move("6", "平台", "B1", "及时性", "1.46", "1.56", (), refolded) for refolded in (True, False)]
    assert [move.row()[-1] for move in moved] == ["同项目适用的指标有变，分值重新折算", "没有对应意见"]
