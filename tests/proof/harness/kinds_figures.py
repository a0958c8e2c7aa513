"""Errors in figures: sums, rates, differences, units, shares."""

import re
from decimal import Decimal
from random import Random

from tests.proof.harness.injection import (
    Injection,
    Summed,
    another_digit,
    around,
    in_paragraph,
    kind,
    number_of,
    summed_columns,
    transposed,
)
from tests.proof.harness.paper import Paper
from toolkit.text import percent

_MONEY = r"(?<![0-9.,])([0-9][0-9,]*(?:\.[0-9]+)?)(?=万元)"


def _summed(paper: Paper, random: Random) -> Summed | None:
    columns = list(summed_columns(paper))
    return random.choice(columns) if columns else None


def _cell(paper: Paper, summed: Summed, row: int, text: str | None) -> Injection | None:
    if text is None:
        return None
    return Injection(paper.with_cell(summed.place, row, summed.column, text), around(paper, summed.place), text)


@kind("合计数错一位")
def total_digit(paper: Paper, random: Random) -> Injection | None:
    summed = _summed(paper, random)
    if summed is None:
        return None
    text = paper.parts[summed.place].rows[summed.total][summed.column]
    return _cell(paper, summed, summed.total, another_digit(text, random, summed.tolerance))


@kind("分项数错一位")
def addend_digit(paper: Paper, random: Random) -> Injection | None:
    summed = _summed(paper, random)
    if summed is None:
        return None
    row = random.choice(summed.addends)
    text = paper.parts[summed.place].rows[row][summed.column]
    return _cell(paper, summed, row, another_digit(text, random, summed.tolerance * 2))


@kind("合计数两位颠倒")
def total_transposed(paper: Paper, random: Random) -> Injection | None:
    summed = _summed(paper, random)
    if summed is None:
        return None
    text = paper.parts[summed.place].rows[summed.total][summed.column]
    return _cell(paper, summed, summed.total, transposed(text, random, summed.tolerance))


@kind("分项数两位颠倒")
def addend_transposed(paper: Paper, random: Random) -> Injection | None:
    summed = _summed(paper, random)
    if summed is None:
        return None
    row = random.choice(summed.addends)
    text = paper.parts[summed.place].rows[row][summed.column]
    return _cell(paper, summed, row, transposed(text, random, summed.tolerance * 2))


@kind("分项多一行")
def row_added(paper: Paper, random: Random) -> Injection | None:
    summed = _summed(paper, random)
    if summed is None:
        return None
    rows = list(paper.parts[summed.place].rows)
    row = random.choice(summed.addends)
    if (number_of(rows[row][summed.column]) or Decimal(0)) <= summed.tolerance * 2:
        return None
    rows.insert(row, rows[row])
    return Injection(paper.with_rows(summed.place, rows), around(paper, summed.place), rows[row][summed.column])


@kind("正文的比率错")
def rate_in_text(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"(?:资金到位率|预算执行率|得分率|满意率|回收率)[为]?([0-9.]+)(?=%)",
        lambda match: another_digit(match[1], random, Decimal("0.02")),
    )  # fmt: skip


@kind("表中的比率错")
def rate_in_table(paper: Paper, random: Random) -> Injection | None:
    spots = [
        (place, row, column)
        for place in paper.tables(lambda rows: rows[0][-1] in ("得分率", "预算执行率"))
        for row, cells in enumerate(paper.parts[place].rows[1:], start=1)
        for column in (len(cells) - 1,)
        if cells[column].endswith("%")
    ]
    if not spots:
        return None
    place, row, column = random.choice(spots)
    text = another_digit(paper.parts[place].rows[row][column], random, Decimal("0.02"))
    return Injection(paper.with_cell(place, row, column, text), around(paper, place), text) if text else None


@kind("比率的分母用错")
def wrong_denominator(paper: Paper, random: Random) -> Injection | None:
    def change(match: re.Match[str]) -> str | None:
        text = match.string
        budget = re.search(r"预算资金([0-9,.]+)万元", text)
        paid = re.search(r"实际支出资金([0-9,.]+)万元", text)
        if budget is None or paid is None:
            return None
        wrong = percent((number_of(paid[1]) or Decimal(0)) / (number_of(budget[1]) or Decimal(1)))
        near = abs((number_of(wrong) or Decimal(0)) - Decimal(match[1])) <= Decimal("0.02")
        return None if near else wrong.removesuffix("%")

    return in_paragraph(paper, random, r"预算执行率([0-9.]+)(?=%)", change)


@kind("万元写成元")
def unit_lost(paper: Paper, random: Random) -> Injection | None:
    places = paper.paragraphs(lambda text: re.search(r"[0-9]万元", text))
    if not places:
        return None
    place = random.choice(places)
    text = paper.parts[place].text
    match = random.choice(list(re.finditer(r"[0-9][0-9,.]*万元", text)))
    wrong = match[0].replace("万元", "元")
    return Injection(paper.with_text(place, text[: match.start()] + wrong + text[match.end() :]), (place,), wrong)


@kind("表的单位写错")
def table_unit(paper: Paper, random: Random) -> Injection | None:
    places = paper.paragraphs(lambda text: text.strip() in ("单位：元", "单位：万元"))
    if not places:
        return None
    place = random.choice(places)
    wrong = "单位：万元" if paper.parts[place].text.strip() == "单位：元" else "单位：元"
    return Injection(paper.with_text(place, wrong), (place, place + 1), wrong)


@kind("金额差一万倍")
def ten_thousand(paper: Paper, random: Random) -> Injection | None:
    def change(match: re.Match[str]) -> str | None:
        value = number_of(match[1])
        return None if not value else f"{value * 10_000:.0f}"

    return in_paragraph(paper, random, _MONEY, change)


@kind("其中大于总数")
def part_above_whole(paper: Paper, random: Random) -> Injection | None:
    def change(match: re.Match[str]) -> str | None:
        return f"{(number_of(match[1]) or Decimal(0)) * 1000:.0f}"

    return in_paragraph(paper, random, r"[0-9][0-9,.]*(?:元|份)[^。；]*其中[^0-9。；]*([0-9]+)(?=元|份)", change)


@kind("其中各项之和不等于总数")
def parts_of_whole(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(paper, random, r"其余项目([0-9]+)(?=元)", lambda match: another_digit(match[1], random))


@kind("问卷份数不合")
def questionnaires(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(paper, random, r"不满意([0-9]+)(?=份)", lambda match: str(int(match[1]) + random.randint(2, 9)))


@kind("占比之和不是100%")
def shares(paper: Paper, random: Random) -> Injection | None:
    tables = paper.tables(lambda rows: "占比" in rows[0])
    if not tables:
        return None
    place = random.choice(tables)
    rows = paper.parts[place].rows
    column = rows[0].index("占比")
    row = random.randrange(1, len(rows) - 1)
    value = number_of(rows[row][column]) or Decimal(0)
    wrong = f"{value + random.randint(2, 20)}%"
    return Injection(paper.with_cell(place, row, column, wrong), around(paper, place), wrong)


@kind("增减额错")
def difference(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"增加([0-9.]+)(?=万元)", lambda match: another_digit(match[1], random, Decimal("0.01"))
    )


@kind("同比错")
def growth(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"同比增长([0-9.]+)(?=%)", lambda match: another_digit(match[1], random, Decimal("0.02"))
    )


@kind("同比方向写反")
def growth_turned(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(paper, random, r"同比(增长)(?=[0-9])", lambda match: "下降")


@kind("百分点写成百分比")
def points_for_percent(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(paper, random, r"提高[0-9.]+(个百分点)", lambda match: "%")


@kind("大写金额不符")
def spelled_amount(paper: Paper, random: Random) -> Injection | None:
    def change(match: re.Match[str]) -> str:
        return random.choice([char for char in "壹贰叁肆伍陆柒捌玖" if char != match[1]])

    return in_paragraph(
        paper, random, r"大写：人民币[^元）]*?([壹贰叁肆伍陆柒捌玖])[^壹贰叁肆伍陆柒捌玖]*(?=元)", change
    )


@kind("指标分值之和不合")
def weights(paper: Paper, random: Random) -> Injection | None:
    tables = paper.tables(
        lambda rows: {"三级指标", "分值"} <= set(rows[0]) and "合计" in rows[-1] and "得分" not in rows[0]
    )
    if not tables:
        return None
    place = random.choice(tables)
    rows = paper.parts[place].rows
    column = rows[0].index("分值")
    row = random.randrange(1, len(rows) - 1)
    mark = number_of(rows[row][column])
    if mark is None:
        return None
    wrong = str(mark + random.choice((1, 2, 5)))
    return Injection(paper.with_cell(place, row, column, wrong), around(paper, place), wrong)


@kind("平均数错")
def mean(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"平均得分([0-9]+\.[0-9]{2})(?=分)",
        lambda match: another_digit(match[1], random, Decimal("0.02")),
    )  # fmt: skip


@kind("指标得分与分值扣分不合")
def deduction_arithmetic(paper: Paper, random: Random) -> Injection | None:
    def change(match: re.Match[str]) -> str | None:
        return another_digit(match[1], random)

    return in_paragraph(paper, random, r"扣[0-9.]+分，得([0-9.]+)(?=分)", change)
