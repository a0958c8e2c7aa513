"""Errors in what is said twice or follows from a table: counts, ranks, extremes, grades, payments, names."""

import re
from random import Random

from tests.proof.harness.injection import Injection, another_digit, around, in_paragraph, kind, number_of
from tests.proof.harness.paper import Paper

_RANKED = "排名"


def _ranking(paper: Paper, random: Random) -> int | None:
    tables = paper.tables(lambda rows: _RANKED in rows[0] and len(rows) > 4)
    return random.choice(tables) if tables else None


def _grades(paper: Paper, random: Random) -> tuple[int, int, int] | None:
    cells = [
        (place, row, paper.parts[place].rows[0].index("等级"))
        for place in paper.tables(lambda rows: "等级" in rows[0])
        for row in range(1, len(paper.parts[place].rows))
    ]
    return random.choice(cells) if cells else None


@kind("列举的个数错")
def listed_count(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"、[^、。]*?等([0-9]+)(?=个项目)", lambda match: str(int(match[1]) + random.choice((-1, 1, 2)))
    )


@kind("项目个数错")
def project_count(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"(?:已评分的|评价对象为|^|本报告)([0-9]+)(?=个项目)",
        lambda match: str(int(match[1]) + random.choice((-2, -1, 1, 2))),
    )  # fmt: skip


@kind("单位家数错")
def unit_count(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"涉及([0-9]+)(?=家)", lambda match: str(int(match[1]) + random.choice((1, 2, 3)))
    )


@kind("名次写错")
def rank_digit(paper: Paper, random: Random) -> Injection | None:
    place = _ranking(paper, random)
    if place is None:
        return None
    rows = paper.parts[place].rows
    row = random.randrange(2, len(rows) - 1)
    rank = number_of(rows[row][0])
    if rank is None:
        return None
    wrong = str(int(rank) + random.choice((-1, 1, 3)))
    return Injection(paper.with_cell(place, row, 0, wrong), around(paper, place), wrong)


@kind("排名顺序错")
def rank_order(paper: Paper, random: Random) -> Injection | None:
    place = _ranking(paper, random)
    if place is None:
        return None
    rows = [list(cells) for cells in paper.parts[place].rows]
    row = random.randrange(1, len(rows) - 1)
    if rows[row][3] == rows[row + 1][3]:
        return None
    rows[row][1:], rows[row + 1][1:] = rows[row + 1][1:], rows[row][1:]
    return Injection(paper.with_rows(place, rows), around(paper, place), rows[row][3])


@kind("最高最低的名称错")
def extreme_name(paper: Paper, random: Random) -> Injection | None:
    place = _ranking(paper, random)
    if place is None:
        return None
    names = [cells[1] for cells in paper.parts[place].rows[2:-1]]
    return in_paragraph(paper, random, r"最[高低][0-9.]+分，为《([^》]+)》", lambda match: random.choice(names))


@kind("最高最低的数错")
def extreme_value(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(paper, random, r"最[高低]([0-9.]+)(?=分，为《)", lambda match: another_digit(match[1], random))


@kind("表中等级与得分不符")
def grade_in_table(paper: Paper, random: Random) -> Injection | None:
    spot = _grades(paper, random)
    if spot is None:
        return None
    place, row, column = spot
    right = paper.parts[place].rows[row][column]
    wrong = random.choice([grade for grade in "优良中差" if grade != right])
    return Injection(paper.with_cell(place, row, column, wrong), around(paper, place), wrong)


@kind("正文等级与得分不符")
def grade_in_text(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"得分[0-9.]+分，绩效等级为“(.)”",
        lambda match: random.choice([grade for grade in "优良中差" if grade != match[1]]),
    )  # fmt: skip


@kind("各等级个数错")
def grade_counts(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"“[优良中差]”([0-9]+)(?=个)", lambda match: str(int(match[1]) + random.choice((1, 2)))
    )


@kind("等级区间写错")
def grade_bands(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(paper, random, r"([0-9]0)(?=分（含）至[0-9]+分为“)", lambda match: str(int(match[1]) + 5))


@kind("摘要与正文不一致")
def summary(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"受[^。]*委托[^。]*。[^。]*(?:平均得分|支付)([0-9,]+\.[0-9]+)(?=分|万元)",
        lambda match: another_digit(match[1], random),
    )  # fmt: skip


@kind("正文与表的合同金额不一致")
def body_contract(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(paper, random, r"合同金额为([0-9,.]+)(?=万元)", lambda match: another_digit(match[1], random))


@kind("正文与表的支付金额不一致")
def body_payment(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"2023年支付([0-9,]+\.[0-9]{2})(?=万元，累计)", lambda match: another_digit(match[1], random)
    )


@kind("正文与表的得分不一致")
def body_score(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"“[^”]+”[^。]*分值[0-9.]+分，[^。]*?得(?:分)?([0-9.]+)(?=分)",
        lambda match: another_digit(match[1], random),
    )  # fmt: skip


@kind("结论与正文不一致")
def conclusion(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"本报告[0-9]+个项目平均得分([0-9.]+)(?=分)", lambda match: another_digit(match[1], random)
    )


@kind("附表与排名表得分不一致")
def annex_score(paper: Paper, random: Random) -> Injection | None:
    tables = paper.tables(lambda rows: rows[0] == ("序号", "项目名称", "得分", "等级"))
    if not tables:
        return None
    place = random.choice(tables)
    row = random.randrange(1, len(paper.parts[place].rows))
    wrong = another_digit(paper.parts[place].rows[row][2], random)
    return Injection(paper.with_cell(place, row, 2, wrong), around(paper, place), wrong) if wrong else None


@kind("支付超过合同")
def payment_above_contract(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"(?<=累计支付)([0-9,]+\.[0-9]{2})(?=万元。$)",
        lambda match: f"{(number_of(match[1]) or 0) * 3 + 9000}",
    )  # fmt: skip


@kind("满分却写扣分")
def full_mark_beside_deduction(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"分值[0-9.]+分，(扣[0-9.]+分，得[0-9.]+分)",
        lambda match: re.sub(r"得[0-9.]+分", "满分", match[1]),
    )  # fmt: skip


@kind("满分却得分不足")
def full_mark_lower(paper: Paper, random: Random) -> Injection | None:
    def change(match: re.Match[str]) -> str | None:
        value = number_of(match[1])
        return f"{value - 1}" if value and value > 1 else None

    return in_paragraph(paper, random, r"得([0-9.]+)(?=分，满分)", change)


@kind("均全部与例外矛盾")
def all_against_exception(paper: Paper, random: Random) -> Injection | None:
    claims = (
        ("各项目预算执行率均达到100%。", "预算执行率", r"[0-9]{1,2}(?:\.[0-9]+)?%"),
        ("全部项目评价等级均为“优”。", "等级", "[良中差]"),
        ("各项目累计支付金额均低于100万元。", "累计支付金额", r"[0-9,]{3,}(?:\.[0-9]+)?"),
    )
    claim, column, exception = random.choice(claims)
    holders = paper.tables(
        lambda rows: column in rows[0] and any(re.fullmatch(exception, row[rows[0].index(column)]) for row in rows[1:])
    )
    if not holders:
        return None  # without an exception the claim is true
    place = random.choice(paper.headings())
    place = next((near for near in paper.paragraphs() if near > place and len(paper.parts[near].text) > 20), None) or 0
    if not place:
        return None
    text = paper.parts[place].text
    return Injection(paper.with_text(place, text + claim), (place,), claim)


@kind("宣布的问题数与列出的不符")
def announced(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(
        paper, random, r"以下([0-9])(?=个问题)", lambda match: str(int(match[1]) + random.choice((-1, 1, 2)))
    )


@kind("宣布的阶段方法数不符")
def announced_inline(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(paper, random, r"([三])(?=个阶段|种方法：)", lambda match: random.choice(("两", "四", "五")))


@kind("问题没有建议")
def problem_without_advice(paper: Paper, random: Random) -> Injection | None:
    advice = paper.paragraphs(lambda text: re.search(r"针对“[^”]+”的问题", text))
    if not advice:
        return None
    place = random.choice(advice)
    title = re.search(r"针对“([^”]+)”", paper.parts[place].text)
    assert title
    problem = paper.headings(lambda text: title[1] in text)
    # The heading of the advice goes too, where it has one of its own; the numbers behind it stay in order.
    spoiled = paper.with_text(place, "请责任单位继续做好有关工作。")
    if place - 1 in paper.headings():
        spoiled = spoiled.with_text(
            place - 1, re.sub(r"(（[一二三]）).*", r"\1做好其他工作", paper.parts[place - 1].text)
        )
    return Injection(spoiled, (*problem, place, place - 1), title[1])


@kind("项目名称差一字")
def project_near_miss(paper: Paper, random: Random) -> Injection | None:
    return _near_miss(paper, random, _names(paper, 1, 6))


@kind("单位名称差一字")
def unit_near_miss(paper: Paper, random: Random) -> Injection | None:
    return _near_miss(paper, random, _names(paper, 2, 4))


def _names(paper: Paper, column: int, least: int) -> set[str]:
    tables = paper.tables(
        lambda rows: len(rows[0]) > column and rows[0][column] in ("项目名称", "责任单位", "建设单位")
    )
    return {cells[column] for place in tables for cells in paper.parts[place].rows[1:] if len(cells[column]) >= least}


def _near_miss(paper: Paper, random: Random, names: set[str]) -> Injection | None:
    spots = [(place, name) for place in paper.paragraphs() for name in sorted(names) if name in paper.parts[place].text]
    if not spots:
        return None
    place, name = random.choice(spots)
    at = random.randrange(1, len(name) - 1)
    if not "\u4e00" <= name[at] <= "\u9fff":
        return None
    wrong = name[:at] + random.choice(("", "信", "务")) + name[at + 1 :]
    if wrong == name or wrong in names:
        return None
    return Injection(paper.with_text(place, paper.parts[place].text.replace(name, wrong, 1)), (place,), wrong)
