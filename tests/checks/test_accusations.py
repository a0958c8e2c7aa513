"""No unit is accused of what it did not do: noise digits of binary sums, formulas nobody can see, blanks."""

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice

import pytest

from tests.checks.worked_case import case
from toolkit.checks import Case, check_submission
from toolkit.collect.cell_reading import PlaceReader
from toolkit.collect.locate import How, Place
from toolkit.collect.normalise import Expectation
from toolkit.excel.book import Book, Cell, CellKind, CellStyle, Sheet, SheetState
from toolkit.excel.cell_values import CellDecoder, SheetContext, as_excel_compares
from toolkit.formula import evaluate
from toolkit.model import FieldType, NoData, ReadState, Slot, SlotRole


def codes(found: object) -> set[str]:
    return {one.code for one in check_submission(found).findings}  # type: ignore[arg-type]


def stored(number: float, formula: str | None = "=A1+A2") -> Decimal:
    """What is read of a cell in which Excel has stored a number, with or without a formula."""
    decoder = CellDecoder("xl/worksheets/sheet1.xml", SheetContext(styles=(CellStyle(),)))
    value = decoder.cell((1, 1), None, None, formula, repr(number), None).value
    assert isinstance(value, Decimal)
    return value


@pytest.mark.parametrize(
    ("number", "read"),
    [
        (48.46 + 46.09 + 7.65, "102.2"),
        (0.049999999999999975, "0.05"),
        (120253.8749999999, "120253.875"),
        (0.1 + 0.2, "0.3"),
        (1234567890123456.0, "1234567890123460"),
        (-102.20000000000002, "-102.2"),
        (731.93 / 800.8, "0.913998501498501"),
    ],
)
def test_a_computed_number_is_read_as_excel_shows_it(number: float, read: str) -> None:
    assert stored(number) == Decimal(read)


def test_a_typed_number_stays_exact() -> None:
    assert stored(102.20000000000002, formula=None) == Decimal("102.20000000000002")


def test_twenty_thousand_sums_of_amounts_equal_what_was_typed() -> None:
    """Amounts with two decimals added as binary doubles, in the order typed, are the decimal sum again."""
    draw = random.Random(20241130)  # noqa: S311
    for _ in range(20_000):
        cents = [draw.randint(1, 5_000_000) for _ in range(draw.randint(2, 12))]
        binary = 0.0
        for cent in cents:
            binary += cent / 100
        assert as_excel_compares(Decimal(repr(binary))) == Decimal(sum(cents)) / 100


def _typed_sums(draw: random.Random) -> Iterator[tuple[str, float]]:
    """What clerks type into a cell, and what Excel stores beside it."""
    while True:
        a, b, c, d = (draw.randint(100, 5_000_000) / 100 for _ in range(4))
        yield f"={a}-{b}", a - b
        yield f"=({a}+{b}-{c})/{d}", (a + b - c) / d
        yield f"={a}*{b}/10000-{c}", a * b / 10000 - c
        yield f"={a}/{b}+{c}/{d}", a / b + c / d


def test_the_noise_of_a_difference_is_no_second_content() -> None:
    """8218.22-8986.76 is stored as -768.5400000000009: it is the sum that was typed, and read as what it comes to."""
    slot = Slot("支出", "表", "C4", SlotRole.INPUT, FieldType.NUMBER, "支出")
    place, want = Place(slot, How.NAME, "表", 4, 3), Expectation(FieldType.NUMBER)
    for formula, result in islice(_typed_sums(random.Random(7)), 2_000):  # noqa: S311
        cell = Cell(4, 3, stored(result), CellKind.NUMBER, formula, True, CellStyle())
        book = Book((Sheet("表", SheetState.VISIBLE, {(4, 3): cell}, ()),))
        reading, rules = PlaceReader(book, "表.xlsx", {}).read(place, want)
        exact = evaluate(formula, {})
        assert rules == ("READ-14",), formula
        assert isinstance(exact, Decimal)
        assert reading.value == as_excel_compares(exact)


def spent(amount: Decimal, formula: str) -> set[str]:
    """Codes when the spending is a sum in the cell and 290 万元 arrived."""
    made = case({"实际支出资金": "290"})
    reading = made.submission.readings["实际支出资金"]
    readings = {**made.submission.readings, "实际支出资金": replace(reading, value=amount, formula=formula)}
    return codes(replace(made, submission=replace(made.submission, readings=readings)))


def test_a_sum_that_excel_calls_equal_is_no_overspending() -> None:
    assert "FUND-02" not in spent(stored(290.00000000000006), "=100+190")
    assert "FUND-02" in spent(stored(290.01), "=100+190.01")


def test_where_formulas_cannot_be_seen_nothing_is_claimed_of_them() -> None:
    typed_over = case({"预算执行率.公式": ""})
    assert "RATE-04" in codes(typed_over)
    rate = typed_over.submission.readings["预算执行率"]
    lost = replace(rate, state=ReadState.REJECTED, value=None, original="", formula="")
    without = {**typed_over.submission.readings, "预算执行率": lost}
    gone = replace(typed_over, submission=replace(typed_over.submission, readings=without))
    assert "RATE-04" not in codes(gone), "the sheet is gone, nothing was typed over"
    old_format = replace(typed_over, submission=replace(typed_over.submission, formulas_seen=False))
    assert "RATE-04" not in codes(old_format)


def test_a_blank_is_not_zero_and_no_value_is_held_against_it() -> None:
    """With nothing arrived there is no arrival rate: neither 0.00 % nor a wrong denominator is claimed."""
    made = case({"实际到位资金": "", "资金到位率.显示": "0.95"})
    found = check_submission(made).findings
    assert "RATE-01" not in {one.code for one in found}
    assert {"MISS-01", "MISS-05"} <= {one.code for one in found}
    gone = made.submission.readings["实际到位资金"]
    readings = {**made.submission.readings, "实际到位资金": replace(gone, state=ReadState.REJECTED, value=None)}
    assert "RATE-01" not in codes(replace(made, submission=replace(made.submission, readings=readings)))


def computed(case_made: Case, formula: str, **scheme: object) -> Case:
    """The same return under a scheme in which B101's value is computed by this formula."""
    b101 = next(one for one in case_made.scheme.indicators if one.code == "B101")
    other = replace(b101, inputs=(replace(b101.inputs[0], formula=formula),))
    indicators = tuple(other if one.code == "B101" else one for one in case_made.scheme.indicators)
    return replace(case_made, scheme=replace(case_made.scheme, indicators=indicators, **scheme))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("treatment", "code", "words"),
    [
        (NoData.ZERO, "MISS-05", "按方案计0分"),
        (NoData.NOT_APPLICABLE, "MISS-06", "按方案作不适用，不参与计分"),
        (NoData.ASK, "MISS-07", "待评价人核实，暂计0分"),
    ],
)
@pytest.mark.parametrize("formula", ['=IF(N(实际产出数)=0,"",质量达标产出数/实际产出数)', "=质量达标产出数/实际产出数"])
def test_what_becomes_of_a_missing_value_is_a_finding_with_its_own_code(
    treatment: NoData, code: str, words: str, formula: str
) -> None:
    found = check_submission(
        computed(case({"质量达标产出数": "3"}), formula.replace("+", "*"), no_data=treatment)
    ).findings
    own = [one for one in found if one.indicator == "B101" and one.code.startswith("MISS-")]
    assert [one.code for one in own] == [code]
    assert words in own[0].message
    labels = {field.key: field.label for field in case({}).scheme.fields}
    assert f"由“{labels['实际产出数']}”“{labels['质量达标产出数']}”算出" in own[0].message


@pytest.mark.parametrize(("treatment", "code"), [(NoData.ZERO, "MISS-05"), (NoData.ASK, "MISS-07")])
def test_a_rule_that_cannot_be_computed_of_values_that_are_there_is_told(treatment: NoData, code: str) -> None:
    """分值×(甲-乙)/甲 with a 0 for 甲: the indicator waited, or earned nothing, and no finding said why."""
    made = computed(case({"实际产出数": "0"}), "=实际产出数", no_data=treatment)
    b101 = replace(next(one for one in made.scheme.indicators if one.code == "B101"), formula="=分值/完成值")
    others = tuple(one for one in made.scheme.indicators if one.code != "B101")
    found = [
        one
        for one in check_submission(replace(made, scheme=replace(made.scheme, indicators=(*others, b101)))).findings
        if one.indicator == "B101" and one.code.startswith("MISS-")
    ]
    assert [one.code for one in found] == [code]
    assert "得分由“实际产出数”算出，“实际产出数”为0" in found[0].message


@pytest.mark.parametrize("treatment", [NoData.ZERO, NoData.NOT_APPLICABLE])
def test_a_missing_value_that_the_unit_explained_waits_and_is_not_said_to_be_unexplained(treatment: NoData) -> None:
    formula = '=IF(N(实际产出数)=0,"",质量达标产出数/实际产出数)'
    explained = computed(case({"说明_B101": "项目已终止，没有产出"}), formula, no_data=treatment)
    assert not {"MISS-02", "MISS-05", "MISS-06"} & codes(explained)
    assert {"MISS-05", "MISS-06"} & codes(computed(case({}), formula, no_data=treatment))


@pytest.mark.parametrize("formula", ["=实际产出数/预算资金", "=(预算资金-实际产出数)/预算资金", "=实际产出数*2"])
def test_a_value_that_only_a_blank_field_makes_is_none(formula: str) -> None:
    """A quotient without its dividend is no 0 %, one without what was spent no 100 %: the scheme says what becomes."""
    codes_said = codes(computed(case({}), formula, no_data=NoData.NOT_APPLICABLE))
    assert "MISS-06" in codes_said
    assert "MISS-08" not in codes_said
    assert not {"MISS-06", "MISS-08"} & codes(computed(case({"实际产出数": "0"}), formula)), "a typed 0 is 0"


@pytest.mark.parametrize(
    "formula",
    [
        "=预算资金-实际到位资金-实际产出数",
        "=(实际到位资金+实际产出数)/预算资金",
        "=IF(N(实际产出数)=0,实际到位资金,实际产出数)/预算资金",
        '=((预算资金<>"")+(实际产出数<>""))/2',
    ],
)
def test_a_blank_among_others_adds_nothing(formula: str) -> None:
    assert not {"MISS-05", "MISS-06", "MISS-07"} & codes(computed(case({}), formula))


def test_a_value_that_is_0_only_because_a_field_is_blank_is_pointed_out() -> None:
    formula = "=ROUND(实际产出数*预算资金/实际到位资金,0)*MAX(0,预算资金-100)"
    (found,) = (one for one in check_submission(computed(case({}), formula)).findings if one.code == "MISS-08")
    assert found.message.endswith("可不填的“实际产出数”没有填，按0计入")
    assert "MISS-08" not in codes(computed(case({"实际产出数": "0"}), formula)), "a typed 0 is 0"
    assert "MISS-08" not in codes(computed(case({"实际产出数": "30"}), formula))
    assert "MISS-08" not in codes(computed(case({}), "=实际到位资金/预算资金+0*N(实际产出数)")), (
        "the blank changes nothing"
    )
