"""No rule breaks, whatever a report is like: lines lost or exchanged, numbers that are none, nothing at all.

``JIXIAO_FULL=1`` tries three thousand reports; the suite a sample of them.
"""

import os
import re
from pathlib import Path
from random import Random

import pytest

from toolkit.proof.engine import proof
from toolkit.proof.reading import read_text

STYLES = sorted((Path(__file__).parent / "cases" / "styles").glob("*.txt"))
TRIED = 3000 if os.environ.get("JIXIAO_FULL") else 120
NUMBERS = ("", "0", "-1", "0.00", "1e9", "00", "—", "0.00%", "99999999999", "²", "Ⅲ", "一百", "〇", "一成", "约0")
UNITS = ("", "元", "亿元", "万元以上", "万元以下", "个", "%", "分")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def odd(text: str, chance: Random) -> str:
    """A report with up to a dozen places spoiled; two times in three only some lines of it."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(lines))
        other = chance.randrange(len(lines))
        match chance.randrange(7):
            case 0:
                lines[at : at + chance.randint(1, 20)] = [""]
            case 1 | 2:
                lines[at] = _NUMBER.sub(lambda found: chance.choice((*NUMBERS, found.group())), lines[at])
            case 3:
                lines[at] = lines[at].replace("\t", chance.choice(("\t\t", "", "\t（")), 1)
            case 4:
                lines[at] += lines[at]
            case 5:
                lines[at] = lines[at].replace("万元", chance.choice(UNITS))
            case _:
                lines[at], lines[other] = lines[other], lines[at]
    first = chance.randrange(len(lines))
    return "\n".join(lines[first : first + chance.randint(1, 60)] if chance.random() < 0.67 else lines)


@pytest.mark.parametrize("seed", range(TRIED // 40))
def test_no_rule_breaks_on_an_odd_report(seed):
    chance = Random(seed)
    for _ in range(40):
        text = odd(chance.choice(STYLES).read_text(encoding="utf-8"), chance)
        broke = [(rule.code, error) for rule, error in proof(read_text(text)).broke]
        assert broke == [], text


@pytest.mark.parametrize(
    "words", ["决策和", "二日和", "甲、", "2，", "1.00分、", "和及", "其中", "第一", "50%、", "（甲", "甲乙、3个"]
)
@pytest.mark.parametrize("end", ["各2分。", "两个维度共3分。", "合计5万元。", "%"])
def test_words_repeated_on_and_on_are_read_to_the_end(words, end):
    """A pattern that tries every way to part such a line would not come back."""
    line = f"{words * 80}{end}"
    assert proof(read_text(f"{line}\n\n序号\t项目\t得分\n1\t{line}\t2")).broke == ()


@pytest.mark.parametrize(
    "text",
    [
        "审核通过0份，0份未通过，通过率0%。",
        "抽查台账0份，发现0份不规范，占0.00%。",
        "评价对象为3个项目。\n序号\t项目名称\n1\t智慧人大平台\n2\t智慧法院平台\n99999999999\t编制管理系统",
        "0份合同中，2份缺少验收单，占6.67%。",
        "完成0个，比目标少0个，完成率0%。",
        "很满意0人、满意0人，共0人，满意率0%。",
    ],
)
def test_shares_of_nothing_and_huge_numbers_break_no_rule(text):
    assert proof(read_text(text)).broke == ()


@pytest.mark.parametrize(
    "text",
    [
        "评价期间为2023年10月1日至9999年12月31日。",
        "特许经营期25年，自2012年7月1日至9999年12月31日。",
        "有效期5年，2023年1月1日至9999年12月31日止，开工日期9999年12月31日，完成日期1年1月1日。",
    ],
)
def test_a_period_without_an_end_breaks_no_rule(text):
    """9999-12-31 is written where there is no last day."""
    assert proof(read_text(text)).broke == ()
