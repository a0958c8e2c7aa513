"""What is said against a number of prose when what should stand there is like it, and when it is not."""

import pytest

from toolkit.proof.declaration import Group, Rule, differs, doubtful
from toolkit.proof.engine import proof
from toolkit.proof.reading import read_text

ALIKE = (
    ("完成率写97.44%，合格411件、抽查500件。", "97.44%", "82.20%"),  # less than half as large again
    ("占比写38.41%，合格411件、抽查500件。", "38.41%", "83.41%"),  # one digit
    ("占比写3.80%，合格411件、抽查500件。", "3.80%", "8.30%"),  # two digits in the other order
    ("占26.47%，资本金1.08亿元，总投资6.80亿元。", "26.47%", "15.88%"),  # the part: 1.80亿元
    ("占26.47%，资本金1.80亿元，总投资8.60亿元。", "26.47%", "20.93%"),  # the whole: 6.80亿元
    ("支出326.00元，预算500元、结余174元。", "326.00元", "3260000元"),  # another unit or decimal point
    ("多3个，甲15个、乙7个。", "3个", "8个"),  # a difference: 17 typed as 15 or 7 as 9 makes quite another one
    ("提高1.2个百分点，甲15%、乙7%。", "1.2个百分点", "8个百分点"),
)
UNLIKE = (
    ("完成率96%，办结1,200件，其中超期50件。", "96%", "4.17%"),
    ("增长34.00%，甲33起、乙44起。", "34.00%", "-25%"),
    ("两项合计56项，甲15项、乙7项。", "56项", "22项"),
)


def said_of(text: str, found: str, expected: str, *, named: bool = False):
    """What becomes of a finding about the first number of a text that rests on all its numbers."""

    def look(report):
        fact, *others = report.facts
        yield differs(fact.place, found, expected, "不符", facts=(fact, *others))

    return proof(read_text(text), rules=(Rule("sum.tried", Group.SUMS, "试", look, named=named),))


@pytest.mark.parametrize(("text", "found", "expected"), ALIKE)
def test_what_a_slip_or_a_wrong_row_explains_is_told(text, found, expected):
    assert len(said_of(text, found, expected).findings) == 1


@pytest.mark.parametrize(("text", "found", "expected"), UNLIKE)
def test_numbers_that_have_nothing_in_common_are_left_undecided(text, found, expected):
    result = said_of(text, found, expected)
    assert result.findings == ()
    assert result.checked == ()
    assert "没有判定" in result.results[0].message


@pytest.mark.parametrize(("text", "found", "expected"), UNLIKE)
def test_a_rule_whose_words_name_the_numbers_is_believed(text, found, expected):
    assert len(said_of(text, found, expected, named=True).findings) == 1


def test_cells_are_told_whatever_should_stand_there():
    text = "项目\t金额（元）\n甲\t100\n乙\t200\n合计\t900\n"
    assert proof(read_text(text)).findings


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("支付126.24万元，即剩余的147.28万元减去质保金21.04万元。", 0),
        ("支付126.24万元，即剩余的147.28万元减去质保金12.04万元。", 1),
    ],
)
def test_a_number_that_its_own_sentence_makes_is_no_other_telling_of_a_number(text, told):
    def look(report):
        fact = report.facts[0]
        yield doubtful(fact.place, fact.text, "163.12万元", "别处是163.12万元", facts=(fact,))

    assert len(proof(read_text(text), rules=(Rule("same.tried", Group.SAME_FACT, "试", look),)).findings) == told


def test_what_two_places_tell_otherwise_stays_a_contradiction():
    def look(report):
        fact, *others = report.facts
        places = tuple(other.place for other in others[-2:])
        yield doubtful(fact.place, fact.text, "163.12万元", "两处不同", facts=(fact,), related=places)

    text = "支付126.24万元，即147.28万元减去21.04万元。\n支付163.12万元。\n再次写支付163.12万元。"
    assert len(proof(read_text(text), rules=(Rule("same.tried", Group.SAME_FACT, "试", look),)).findings) == 1
