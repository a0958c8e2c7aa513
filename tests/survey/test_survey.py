"""Questionnaires: formats give the same counts, nothing in doubt is counted, formulas hold against a second way."""

import math
import os
import random
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.survey.exports import (
    DEGREES,
    SURVEY,
    Sheet,
    csv_text,
    drawn,
    mean_share,
    page,
    rows_of,
    satisfied_share,
    xlsx,
)
from toolkit.excel.grids import read_grids
from toolkit.excel.write import tables_to_xlsx
from toolkit.model import Definition, Removal, Severity
from toolkit.survey import Answers, Mapping, needed, open_export, read_answers, results_of, wilson
from toolkit.survey.mapping import Use
from toolkit.survey.masking import masked

MUTATIONS = 200 if os.environ.get("JIXIAO_FULL") else 40


def answers_of(data: bytes, mapping: Mapping | None = None) -> Answers:
    return read_answers(open_export(read_grids(data), "答卷.xls"), SURVEY, mapping or Mapping())


def counts(answers: Answers) -> dict[str, tuple[int, ...]]:
    (result,) = results_of(answers, SURVEY, {"": "1"})
    return {one.question.code: one.counts for one in result.questions}


def expected(sheets: list[Sheet]) -> dict[str, tuple[int, ...]]:
    """Counted from the answers themselves, of sheets with at least one answer that counts."""
    valid = [sheet for sheet in sheets if sheet.degrees != (None, None)]
    return {
        "1": tuple(sum(sheet.degrees[0] == place for sheet in valid) for place in range(5)),
        "2": tuple(sum(sheet.degrees[1] == place for sheet in valid) for place in range(5)),
        "3": tuple(sum(place in sheet.uses for sheet in valid) for place in range(3)),
        "4": tuple(sum(place in sheet.order for sheet in valid) for place in range(3)),
        "5": tuple(sum(sheet.channel == place for sheet in valid) for place in range(4)),
    }


SHEETS = drawn(300, seed=7)
FORMATS = {
    "问卷星 text xlsx": xlsx(rows_of(SHEETS)),
    "问卷星 codes xlsx": xlsx(rows_of(SHEETS, codes=True)),
    "GBK csv": csv_text(rows_of(SHEETS)),
    "UTF-8 csv with mark": csv_text(rows_of(SHEETS), "utf-8-sig"),
    "UTF-16 tab-separated": csv_text(rows_of(SHEETS), "utf-16", "\t"),
    "GBK web page called .xls": page(rows_of(SHEETS)),
    "codes in GBK csv": csv_text(rows_of(SHEETS, codes=True)),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_counts_of_the_answers_themselves(name: str) -> None:
    answers = answers_of(FORMATS[name])
    assert answers.usable, answers.findings
    assert counts(answers) == expected(SHEETS)


def test_both_definitions_and_the_interval_hold_against_a_second_way() -> None:
    (result,) = results_of(answers_of(FORMATS["GBK csv"]), SURVEY, {"": "1"})
    share, mean = result.rates[Definition.SHARE], result.rates[Definition.MEAN]
    assert share.value == satisfied_share(SHEETS)
    assert mean.value == pytest.approx(mean_share(SHEETS))
    assert result.received == len(SHEETS) == result.valid + len(result.removed)
    persons = sum(sheet.degrees != (None, None) for sheet in SHEETS)
    assert result.respondents == persons
    # The bounds are where the score test's statistic is z: solved by bisection, not by the formula.
    size = persons * (1200 - 1) / (1200 - persons)
    low = solved(float(share.value or 0), size, 0.0, float(share.value or 0))
    assert float(share.low or 0) == pytest.approx(low, abs=1e-6)
    assert float(share.low or 0) < float(share.value or 0) < float(share.high or 0)


def solved(share: float, size: float, low: float, high: float) -> float:
    for _ in range(200):
        middle = (low + high) / 2
        statistic = (share - middle) / math.sqrt(max(middle * (1 - middle), 1e-12) / size)
        low, high = (middle, high) if statistic > 1.959964 else (low, middle)
    return low


@pytest.mark.parametrize(
    ("population", "size"), [(None, 385), (100000, 383), (1200, 292), (500, 218), (50, 45), (1, 1)]
)
def test_sample_sizes_of_finite_populations_are_those_of_the_tables(population: int | None, size: int) -> None:
    assert needed(population, Decimal("0.95"), Decimal("0.05")) == size


def test_an_interval_of_everybody_is_exact_and_of_nobody_none() -> None:
    assert wilson(Decimal("0.8"), 50, 50, Decimal("0.95")) == (Decimal("0.8"), Decimal("0.8"))
    assert wilson(Decimal("0.8"), 0, 50, Decimal("0.95")) is None
    low, high = wilson(Decimal(1), 30, None, Decimal("0.95")) or (Decimal(0), Decimal(0))
    assert Decimal("0.88") < low < Decimal("0.89")
    assert high == 1


def test_cleaning_rules_are_counted_and_only_those_of_the_scheme_take_out() -> None:
    table = rows_of([Sheet((0, 0), (), (), 0)] * 4 + [Sheet((None, None), (), (), 1)])
    for row, address in zip(table[1:], ("1.1.1.1", "1.1.1.1", "2.2.2.2", "3.3.3.3", "4.4.4.4"), strict=True):
        row[2], row[5] = "8秒", address
    survey = replace(SURVEY, least_seconds=10, removals=(Removal.SAME_ADDRESS, Removal.MISSING))
    answers = read_answers(open_export(read_grids(csv_text(table)), "a.csv"), survey, Mapping())
    (result,) = results_of(answers, survey, {"": "1"})
    assert {rule: len(rows) for rule, rows in result.noticed.items()} == {
        Removal.TOO_FAST: 5,
        Removal.SAME_ADDRESS: 1,
        Removal.MISSING: 1,
    }
    assert result.removed == {1: Removal.SAME_ADDRESS, 4: Removal.MISSING}
    assert result.valid == 3
    assert all(group.small for group in result.subgroups)


BAD = {
    "an answer that is no option": (lambda table: table[3].__setitem__(6, "还行"), "SURVEY-04", "G4"),
    "a number that is no option": (lambda table: table[3].__setitem__(6, "6"), "SURVEY-04", "G4"),
    "a cell too many": (lambda table: table[5].insert(6, "x"), "SURVEY-03", "L6"),
    "columns shifted by one": (lambda table: [row.insert(2, "x") for row in table[1:]], "SURVEY-03", "C2"),
    "a cell too few": (lambda table: table[5].pop(2), "SURVEY-03", "A6"),
    "an address that is none": (lambda table: table[3].__setitem__(5, "很满意"), "SURVEY-03", "F4"),
    "a question's heading changed": (lambda table: table[0].__setitem__(7, "2、响应"), "SURVEY-01", "A1"),
    "a question twice": (lambda table: table[0].__setitem__(8, table[0][7]), "SURVEY-01", "I1"),
    "one option twice in an answer": (lambda table: table[2].__setitem__(8, "查询┋查询"), "SURVEY-04", "I3"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_in_doubt_is_located_and_nothing_is_counted(name: str) -> None:
    table = rows_of(drawn(8, seed=1))
    spoil, code, cell = BAD[name]
    spoil(table)
    answers = answers_of(csv_text(table))
    errors = [finding for finding in answers.findings if finding.severity is Severity.ERROR]
    assert (code, cell) in [(finding.code, finding.at.cell) for finding in errors], errors
    assert all(finding.hint for finding in errors)
    assert not answers.usable


def test_answers_on_two_sheets_are_told_and_half_of_them_is_no_result() -> None:
    table = rows_of(SHEETS)
    book = tables_to_xlsx({"答卷1": table[:200], "说明": [["导出说明", "无"]], "答卷2": [table[0], *table[200:]]})
    errors = [found for found in answers_of(book).findings if found.severity is Severity.ERROR]
    assert [(found.code, found.at.sheet) for found in errors] == [("SURVEY-03", "答卷2")]
    assert answers_of(tables_to_xlsx({"答卷": table, "空表": [table[0]]})).usable, "headings alone lose no answers"


def test_a_blank_among_marks_is_a_row_that_has_moved() -> None:
    """Codes moved one column to the left are codes of other questions: only the blank at the end tells."""
    table = rows_of(SHEETS, codes=True)
    table[5] = [*table[5][:6], "1", "1", "2", "1", ""]
    errors = [found for found in answers_of(csv_text(table)).findings if found.severity is Severity.ERROR]
    assert [(found.code, found.at.cell) for found in errors] == [("SURVEY-03", "K6")]
    blank = [table[0], *([*row[:6], *(cell.replace("-3", "") for cell in row[6:])] for row in table[1:])]
    assert answers_of(csv_text(blank)).usable, "an export without marks may have as many blanks as it likes"


def test_a_remembered_mapping_explains_a_column_and_an_answer() -> None:
    table = rows_of(SHEETS)
    table[0][6] = "总体评价"
    for row in table[1:]:
        row[6] = {"很满意": "非常好"}.get(row[6], row[6])
    mapping = Mapping({("W1", "总体评价"): (Use.QUESTION, "1")}, {("W1", "1", "非常好"): "很满意"})
    answers = answers_of(csv_text(table), mapping)
    assert answers.usable, answers.findings
    assert counts(answers) == expected(SHEETS)


@pytest.mark.parametrize(
    ("heading", "time", "seconds"),
    [("答题时长", "1分15秒", 75), ("所用时间", "75", 75), ("用时", "00:01:15", 75), ("答题用时", "1小时2分", 3720)],
)
def test_times_of_all_platforms_are_read(heading: str, time: str, seconds: int) -> None:
    table = rows_of(drawn(1, seed=3))
    table[0][2], table[1][2] = heading, time
    assert answers_of(csv_text(table)).seconds == (Decimal(seconds),)


@pytest.mark.parametrize(
    "heading", ["Q1.您对系统总体是否满意？", "1. 您对系统总体是否满意?（必填）", "1.您对系统总体是否满意？[单选题]*"]
)
def test_headings_of_other_platforms_are_the_same_question(heading: str) -> None:
    table = rows_of(SHEETS)
    table[0][6] = heading
    assert counts(answers_of(csv_text(table))) == expected(SHEETS)


def test_a_multiple_choice_with_a_column_for_each_option_counts_the_same() -> None:
    table = rows_of(SHEETS)
    wide = [[*row[:8], *row[9:]] for row in table]
    for number, option in enumerate(("查询", "申报", "统计")):
        wide[0].append(f"3.您使用哪些功能？:{option}")
        for row, sheet in zip(wide[1:], SHEETS, strict=True):
            row.append("1" if number in sheet.uses else "0")
    assert counts(answers_of(csv_text(wide))) == expected(SHEETS)


def test_mutated_exports_give_the_right_totals_or_none() -> None:
    """A cell, row or column changed at random: what is counted is what still stands there, or nothing is."""
    counted = 0
    for seed in range(MUTATIONS):
        sheets, draw = drawn(40, seed), random.Random(seed)  # noqa: S311
        table = rows_of(sheets, codes=draw.random() < 0.3)
        still = mutate(table, sheets, draw)
        answers = answers_of((csv_text, xlsx)[seed % 2](table))
        if answers.usable:
            counted += 1
            assert counts(answers) == expected(still), seed
    assert counted >= MUTATIONS // 4


def mutate(table: list[list[str]], sheets: list[Sheet], draw: random.Random) -> list[Sheet]:  # noqa: C901
    """Spoil the table in one way; the sheets it still holds."""
    row, kind = draw.randrange(1, len(table)), draw.randrange(9)
    if kind == 0:
        del table[row]
        return [*sheets[: row - 1], *sheets[row:]]
    if kind == 1:
        table.insert(row, list(table[row]))
        return [*sheets[:row], sheets[row - 1], *sheets[row:]]
    if kind == 2:
        order = draw.sample(range(len(table[0])), len(table[0]))
        table[:] = [[cells[number] for number in order] for cells in table]
    elif kind == 3:
        table[row] = ["  ", *table[row]]
    elif kind == 4:
        table[row][6:8] = [table[row][7], "　"]
        return [*sheets[: row - 1], replace(sheets[row - 1], degrees=(sheets[row - 1].degrees[1], None)), *sheets[row:]]
    elif kind == 5:
        table[row][draw.randrange(6, 11)] = draw.choice(["=1+1", "10", "满意吗", "0", "非常满意", "1┋9"])
    elif kind == 6:
        table.insert(0, ["某市满意度调查", *("",) * 3])
    elif kind == 7:
        del table[row][draw.randrange(6)]
    else:
        table[0][draw.randrange(6, 11)] += "（改）"
    return sheets


def test_exports_that_people_worked_on_give_the_right_totals_or_none() -> None:
    """What people and their programs do to an export on the way: never a total that the answers do not make."""
    counted: set[str] = set()
    for seed in range(MUTATIONS):
        sheets, draw = drawn(40, seed), random.Random(seed)  # noqa: S311
        name = WORKED_ON[seed % len(WORKED_ON)]
        table = rows_of(sheets, codes=name in ("full-width codes", "total row of codes") or draw.random() < 0.3)
        work_on(name, table, draw)
        answers = answers_of((csv_text, xlsx)[seed // len(WORKED_ON) % 2](table))
        if answers.usable:
            counted.add(name)
            assert counts(answers) == expected(sheets), (name, seed)
    assert counted >= {"mark before the first heading", "days as numbers", "full-width codes"}
    assert not counted & {"total row of texts", "total row of codes", "mean row", "heading twice"}


WORKED_ON = (
    "mark before the first heading", "row of groups above", "heading twice", "full-width codes",
    "full-width separators", "total row of texts", "total row of codes", "mean row", "heading again further down",
    "days as numbers", "note at the end",
)  # fmt: skip


def work_on(name: str, table: list[list[str]], draw: random.Random) -> None:  # noqa: C901, PLR0912
    """Change the table in one way; the answers stay those that were drawn."""
    width, column = len(table[0]), draw.randrange(6, 11)
    if name == "mark before the first heading":
        table[0][0] = "\ufeff\ufeff" + table[0][0]
    elif name == "row of groups above":
        table.insert(0, ["基本信息", *("",) * 5, "满意度", *("",) * (width - 7)])
    elif name == "heading twice":
        other = draw.randrange(6, 11)
        for number, row in enumerate(table):
            row.append(row[column] if number == 0 else row[other])
    elif name == "full-width codes":
        wide = str.maketrans("123456789", "１２３４５６７８９")
        table[1:] = [[*row[:6], *(cell.translate(wide) for cell in row[6:])] for row in table[1:]]
    elif name == "full-width separators":
        table[1:] = [[cell.replace("┋", "；").replace("→", "＞") for cell in row] for row in table[1:]]
    elif name in ("total row of texts", "total row of codes"):
        table.append(
            [draw.choice(["合计", "总计", "汇总"]), *("",) * 5, *(str(draw.randrange(1, 4)) for _ in range(width - 6))]
        )
    elif name == "mean row":
        table.append([draw.choice(["平均", "平均分"]), *("",) * 5, *("2" for _ in range(width - 6))])
    elif name == "heading again further down":
        table.insert(draw.randrange(1, len(table)), list(table[0]))
    elif name == "days as numbers":
        for row in table[1:]:
            row[1] = str(45538 + draw.random())
    else:
        table.append(["说明：本表由平台导出", *("",) * (width - 1)])


def test_personal_data_is_masked() -> None:
    assert masked("121.233.4.5(江苏-南通)") == "121.233.*.*"
    assert masked("13812345678") == "138****5678"
    assert masked("张三丰") == "张**"
    assert masked("oAbCdEfGhIjK") == "oAbC****"


def test_degrees_are_the_rule_s() -> None:
    from toolkit.rules.likert_weighted import ANSWERS
    from toolkit.survey.instrument import DEGREES as OWN

    assert tuple(name for name, _ in ANSWERS) == OWN == DEGREES
