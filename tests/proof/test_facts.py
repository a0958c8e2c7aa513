"""What the digits of a text are: amounts, counts, dates, and digits within names, which nothing is reckoned from."""

import pytest

from toolkit.proof.document_facts import facts_of
from toolkit.proof.facts import FactKind
from toolkit.proof.reading import read_text


@pytest.mark.parametrize(
    "text",
    [
        "服务时间为9:00至17:00，7×24小时值守，热线12345便民服务。",
        "依据GB/T 22239—2019和ISO 9001:2015，升级到V2.0.1。",
        "网关192.168.1.1/24，坐标118°46′30″。",
        "联系电话：025-83321234，手机13912345678，账号3201001234567890。",
        "落实“1+8”体系和“2030启航计划”，迎接5·18活动。",
        "手机：13912345678。热线：12345热线，5G和3D技术，5A级景区，500强企业，2.0版，2号线。",
    ],
)
def test_digits_within_names_are_no_numbers(text):
    kinds = {fact.kind for fact in facts_of(read_text(text))}
    assert kinds == {FactKind.NAME}


@pytest.mark.parametrize(
    ("text", "kind", "base"),
    [
        ("总量达到5.67万亿元", FactKind.MONEY, 5_670_000_000_000),
        ("利用外资1.5亿美元", FactKind.COUNT, 150_000_000),
        ("惠及197万余人次", FactKind.COUNT, 1_970_000),
        ("粮食产量615亿斤", FactKind.COUNT, 61_500_000_000),
        ("评价得分“90”分", FactKind.COUNT, 90),
    ],
)
def test_a_number_is_read_with_its_unit(text, kind, base):
    (fact,) = facts_of(read_text(text))
    assert (fact.kind, fact.base) == (kind, base)


def test_codes_of_a_table_are_names():
    text = "科目编码\t科目名称\t决算数（万元）\n201\t一般公共服务支出\t90.00\n20106\t财政事务\t90.00\n"
    assert [(fact.text, fact.kind.value) for fact in facts_of(read_text(text))] == [
        ("201", "名称"),
        ("90.00", "金额"),
        ("20106", "名称"),
        ("90.00", "金额"),
    ]


def test_the_value_from_which_nothing_is_scored_is_no_score():
    facts = facts_of(read_text("实际完成值93%，在零分值60%与满分值95%之间，未得零分。"))
    assert [fact.text for fact in facts] == ["93%", "60%", "95%", "零分"]
