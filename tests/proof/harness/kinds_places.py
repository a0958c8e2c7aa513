"""Rows twice, captions without tables, references to annexed tables, days and directions that contradict."""

import re
from random import Random

from tests.proof.harness.injection import Injection, around, in_any, in_paragraph, kind, number_of
from tests.proof.harness.paper import Paper

_DAY = re.compile(r"(20)(2)([0-9])(年[0-9]{1,2}月[0-9]{1,2}日)")


@kind("表中一行写了两遍")
def doubled_row(paper: Paper, random: Random) -> Injection | None:
    """A row with a name and a number right below itself."""
    found = [
        (place, row)
        for place in paper.tables()
        for row, cells in enumerate(paper.parts[place].rows)
        if row and len(cells) > 2 and all(cells) and any(number_of(cell) is not None for cell in cells)
        and any(number_of(cell) is None for cell in cells)
    ]  # fmt: skip
    if not found:
        return None
    place, row = random.choice(found)
    rows = list(paper.parts[place].rows)
    return Injection(paper.with_rows(place, [*rows[: row + 1], *rows[row:]]), around(paper, place), "")


@kind("表题之后没有表")
def table_left_out(paper: Paper, random: Random) -> Injection | None:
    """A table taken out from below its caption."""
    found = [
        place
        for place in paper.tables()
        if any(re.match(r"\s*表\s*[0-9]", paper.parts[near].text) for near in (place - 1, place - 2) if near >= 0)
    ]
    if not found:
        return None
    place = random.choice(found)
    return Injection(paper.without(place), (place - 2, place - 1, place), "")


@kind("第一张表的编号不是1")
def first_caption(paper: Paper, random: Random) -> Injection | None:
    """表1 as 表2."""
    place = next((at for at, part in enumerate(paper.parts) if re.match(r"\s*表\s*1(?![0-9])", part.text)), None)
    if place is None:
        return None
    other = str(random.choice((2, 3)))
    return Injection(paper.with_text(place, paper.parts[place].text.replace("1", other, 1)), (place,), f"表{other}")


@kind("引用的表不在所说的附件里")
def elsewhere_annexed(paper: Paper, random: Random) -> Injection | None:
    """附件1表9 as 附件1表10, 附件2表9."""
    return in_paragraph(
        paper, random, r"附件[0-9]表([0-9]{1,2})", lambda match: str(int(match[1]) + random.choice((1, 40)))
    )


@kind("一个日期差十年")
def another_decade(paper: Paper, random: Random) -> Injection | None:
    """2024年5月30日 as 2014年5月30日, in a report that tells six days and more."""
    if len(_DAY.findall(paper.as_text())) < _DAYS:
        return None
    return in_paragraph(paper, random, r"(?<!《)20(2)[0-9]年[0-9]{1,2}月[0-9]{1,2}日", lambda match: "1")


_DAYS = 6


@kind("数据截至的年份错")
def data_end(paper: Paper, random: Random) -> Injection | None:
    """数据截至 a year before or after."""
    return in_paragraph(
        paper,
        random,
        r"评价期间为[^。]*数据截至(20[0-9]{2})年",
        lambda match: str(int(match[1]) + random.choice((-1, 1))),
    )


@kind("签章表的日期与报告日期不同")
def another_signed_day(paper: Paper, random: Random) -> Injection | None:
    """The year of the day below the signatures."""
    found = [
        (place, row, column)
        for place in paper.tables(lambda rows: any("签字" in cell for cells in rows for cell in cells))
        for row, cells in enumerate(paper.parts[place].rows)
        for column, cell in enumerate(cells)
        if _DAY.fullmatch(cell)
    ]
    if not found or "报告日期为" not in paper.as_text():
        return None
    place, row, column = random.choice(found)
    cell = paper.parts[place].rows[row][column]
    other = f"{int(cell[:4]) + random.choice((-2, -1, 1))}{cell[4:]}"
    return Injection(paper.with_cell(place, row, column, other), around(paper, place), other)


@kind("晚几天写成早几天")
def early_for_late(paper: Paper, random: Random) -> Injection | None:
    """Beside both days: 晚75天（计划…，实际…）."""
    return in_any(paper, random, r"(晚)[0-9]+天（计划20[^（）]*，实际20", "早")


@kind("低于目标写成高于目标")
def above_for_below(paper: Paper, random: Random) -> Injection | None:
    """93.50%，低于目标6.5个百分点."""
    return in_any(paper, random, r"[0-9]%，(低于)目标[0-9.]+个百分点", "高于")


@kind("核减写成核增")
def raised_for_cut(paper: Paper, random: Random) -> Injection | None:
    """Beside both amounts: 核减25.50万元（合同…，审定…）."""
    return in_any(paper, random, r"核(减)[0-9][0-9,.]*万?元（合同[0-9]", "增")
