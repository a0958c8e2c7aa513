"""What a careful reader sees in rows: units, shares, words of ratings, codes, blanks, who looked again."""

import re
from decimal import Decimal
from random import Random

from tests.proof.harness.injection import Injection, another_digit, around, in_any, kind
from tests.proof.harness.paper import Paper

_LEVELS = ("好", "较好", "一般", "较差")


@kind("实际完成值的单位错")
def unit_reached(paper: Paper, random: Random) -> Injection | None:
    """3.5小时 as 3.5分钟 beside a target in 小时."""
    others = {"小时": "分钟", "秒": "毫秒", "天": "个月", "人": "家"}
    return in_any(
        paper, random, r"实际完成值[0-9.]+(小时|秒|天|人)，[^，。]{0,8}(?:目标|零分值)", lambda match: others[match[1]]
    )


@kind("满意度与各档份数不合")
def satisfaction(paper: Paper, random: Random) -> Injection | None:
    """The rate of an indicator whose answers the annex lists."""
    if "很不满意" not in paper.as_text():
        return None
    return in_any(
        paper,
        random,
        r"有效问卷[0-9]+份，满意度([0-9.]+)(?=%)",
        lambda match: another_digit(match[1], random, Decimal(1)),
    )


@kind("完成数与完成率不合")
def counted_rate(paper: Paper, random: Random) -> Injection | None:
    """已上线功能点数, 实际完成任务数, 月活跃用户数 beside the rates they make."""
    return in_any(
        paper, random, r"(?:已上线功能点数|实际完成任务数|月活跃用户数)([0-9]+)",
        lambda match: str(int(match[1]) + random.choice((-2, 3, 5)) * max(1, int(match[1]) // 20)),
    )  # fmt: skip


@kind("部分大于总数")
def part_above(paper: Paper, random: Random) -> Injection | None:
    """访谈使用人员14名，12名 as 7名，12名."""

    def change(match: re.Match[str]) -> str | None:
        part = re.search(r"(?:中有|，)([0-9]+)[项名]", match.string[match.end() :])
        return str(max(1, int(part[1]) // 2)) if part and int(part[1]) > 1 else None

    return in_any(paper, random, r"(?:抽查的|访谈使用人员)([0-9]+)(?=项证明材料中有|名，[0-9])", change)


@kind("五级定性与比例不合")
def rated(paper: Paper, random: Random) -> Injection | None:
    return in_any(
        paper, random, r"评为“(好|较好|一般|较差)”，按",
        lambda match: random.choice([level for level in _LEVELS if level != match[1]]),
    )  # fmt: skip


@kind("评价人意见与评定等级不合")
def opinion(paper: Paper, random: Random) -> Injection | None:
    return in_any(
        paper, random, r"评为“[^”]+”，按.*(?:核定|评)为“(好|较好|一般|较差)”。$",
        lambda match: random.choice([level for level in _LEVELS if level != match[1]]),
    )  # fmt: skip


@kind("要点的档次与达成程度不合")
def degree(paper: Paper, random: Random) -> Injection | None:
    return in_any(paper, random, r"(?<![未分])(达成)（[0-9]{2}%）", "未达成")


@kind("高于平均写成低于平均")
def below_mean(paper: Paper, random: Random) -> Injection | None:
    return in_any(
        paper, random, r"(高于|低于)全部参评项目的平均得分（",
        lambda match: "低于" if match[1] == "高于" else "高于",
    )  # fmt: skip


@kind("结果应用依据的等级错")
def ground(paper: Paper, random: Random) -> Injection | None:
    return in_any(
        paper, random, r"依据：等级为([优良中差])(?=。|$)",
        lambda match: random.choice([grade for grade in "优良中差" if grade != match[1]]),
    )  # fmt: skip


@kind("建设数量与计划数不合")
def planned(paper: Paper, random: Random) -> Injection | None:
    if "计划建设任务数" not in paper.as_text() or "整体" in paper.name:
        return None
    return in_any(
        paper, random, r"分([0-9]+)项任务、[0-9]", lambda match: str(int(match[1]) + random.choice((-2, 3, 10)))
    )


@kind("评价人扣分与得分不合")
def taken_off(paper: Paper, random: Random) -> Injection | None:
    if "折算" in paper.as_text():
        return None
    return in_any(paper, random, r"评价人扣分：([0-9.]+)分", lambda match: str(Decimal(match[1]) + Decimal("0.3")))


@kind("开工早于签合同")
def begun_early(paper: Paper, random: Random) -> Injection | None:
    return in_any(
        paper, random, r"主合同签订20[0-9]{2}年[^。]*?开工(20[0-9]{2})年", lambda match: str(int(match[1]) - 1)
    )


@kind("完成日期在时段之外")
def outside(paper: Paper, random: Random) -> Injection | None:
    return in_any(
        paper, random, r"20[0-9]{2}年[0-9]{1,2}月至20[0-9]{2}年[0-9]{1,2}月完成.*实际完成日期(20[0-9]{2})年",
        lambda match: str(int(match[1]) + 1),
    )  # fmt: skip


@kind("问题没有写建议或责任")
def blank_cell(paper: Paper, random: Random) -> Injection | None:
    found = [
        (place, row, column)
        for place in paper.tables(lambda rows: any("事实" in cell or cell == "问题" for cell in rows[0]))
        for column, heading in enumerate(paper.parts[place].rows[0])
        if heading in ("建议", "责任、期限")
        for row in range(1, len(paper.parts[place].rows))
    ]
    if not found:
        return None
    place, row, column = random.choice(found)
    return Injection(paper.with_cell(place, row, column, ""), around(paper, place), "")


@kind("失分的指标漏写一个")
def left_out(paper: Paper, random: Random) -> Injection | None:
    return in_any(paper, random, r"失分的指标是(“[^”]+”)“[^。]*”。", "")


@kind("指标编号重复")
def code_twice(paper: Paper, random: Random) -> Injection | None:
    return in_any(paper, random, r"^[A-D]([1-4])0[1-9]$", lambda match: str(int(match[1]) % 4 + 1))


@kind("依据的编号表注里没有")
def unlisted(paper: Paper, random: Random) -> Injection | None:
    found = [
        (place, row, len(cells) - 1)
        for place in paper.tables(lambda rows: rows[0][-1] == "依据")
        for row, cells in enumerate(paper.parts[place].rows)
        if re.fullmatch("[0-9]{1,2}", cells[-1])
    ]
    if not found:
        return None
    place, row, column = random.choice(found)
    return Injection(paper.with_cell(place, row, column, "15"), around(paper, place), "15")


@kind("评价人又是复核人")
def same_person(paper: Paper, random: Random) -> Injection | None:
    return in_any(
        paper, random, r"^评价员([A-Z]、复核员[A-Z])（佐证", lambda match: f"{match[1][0]}、评价员{match[1][0]}"
    )


@kind("签章的机构是别家")
def other_agency(paper: Paper, random: Random) -> Injection | None:
    return in_any(paper, random, r"^(评价机构（样例）)（盖章）$", "华诚会计师事务所")


@kind("标题的项目名称漏一字")
def title_slip(paper: Paper, random: Random) -> Injection | None:
    first = paper.parts[0].text
    match = re.match(r"(?P<name>.{6,40}?)\s?绩效评价报告$", first)
    names = [row[1] for place in paper.tables() for row in paper.parts[place].rows if row[0] == "项目名称"]
    if match is None or names != [match["name"].strip()]:
        return None
    at = random.randrange(1, len(match["name"]) - 1)
    name = match["name"][:at] + match["name"][at + 1 :]
    return Injection(paper.with_text(0, first.replace(match["name"], name)), (0,), name)


@kind("数里有两个小数点")
def two_points(paper: Paper, random: Random) -> Injection | None:
    return in_any(
        paper, random, r"(?<![0-9.,])([0-9]{2,3}\.[0-9]{2})万元", lambda match: f"{match[1][:-1]}.{match[1][-1]}"
    )
