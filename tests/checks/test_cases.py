"""Every built-in check with a passing and a failing sheet: break one thing, and exactly the codes named fire."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.checks.worked_case import FILE, LAYOUT, SCHEME, case
from toolkit.checks import Case, check_submission, folded
from toolkit.checks.catalogue import CHECKS
from toolkit.checks.cross import cross_check_findings
from toolkit.checks.outcome import Outcome
from toolkit.checks.runner import adjusted
from toolkit.model import (
    Adjustment,
    CellRef,
    Difference,
    DifferenceKind,
    Finding,
    Layout,
    ReadState,
    Severity,
    Treatment,
)

TAMPERING = {
    "FORM-01": DifferenceKind.FORMULA_TO_CONSTANT,
    "FORM-02": DifferenceKind.FORMULA_CHANGED,
    "FORM-03": DifferenceKind.TEXT_CHANGED,
    "FORM-04": DifferenceKind.REMOVED,
    "FORM-05": DifferenceKind.ADDED,
    "FORM-06": DifferenceKind.PREFILLED_CHANGED,
    "FORM-07": DifferenceKind.EXAMPLE_FILLED,
}
ELSEWHERE = {"SELF-04", "MISS-06", "MISS-07", "MISS-08", "MAGN-03", "MAGN-04"}
"""Need another scheme: an indicator without a rule (test_target_direction), another treatment of missing values."""


@dataclass(frozen=True)
class WorkedCase:
    code: str
    passing: dict[str, str]
    failing: dict[str, str]
    also: frozenset[str]


def worked_cases() -> list[WorkedCase]:
    texts = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "cases").glob("*.md"))]
    return [_read(block) for text in texts for block in re.split(r"(?m)^# ", text) if block.strip()]


def _read(block: str) -> WorkedCase:
    code = block.split(maxsplit=1)[0]
    rows = [
        [cell.strip() for cell in line.strip("|\n").split("|")] for line in block.splitlines() if line.startswith("|")
    ]
    body = rows[2:]
    also = re.search(r"同时：(.+)", block)
    return WorkedCase(
        code,
        {row[0]: row[1] for row in body},
        {row[0]: row[2] for row in body},
        frozenset(also[1].split() if also else ()),
    )


def codes(changes: dict[str, str]) -> set[str]:
    found = check_submission(case(changes)).findings
    assert not [one for one in found if "{" in "".join(one.as_json().values())], "a word of the sentence was not given"
    return {one.code for one in found}


def test_a_right_return_raises_no_doubt() -> None:
    report = check_submission(case({}))
    assert report.findings == ()
    assert not [one for one in report.ran if one.outcome is Outcome.BROKE]


@pytest.mark.parametrize("one", worked_cases(), ids=lambda one: one.code)
def test_worked_case(one: WorkedCase) -> None:
    assert codes(one.passing) == set()
    assert codes(one.failing) == {one.code} | one.also


@pytest.mark.parametrize(("code", "kind"), TAMPERING.items())
def test_a_changed_cell_outside_the_inputs(code: str, kind: DifferenceKind) -> None:
    clean = case({})
    changed = Difference(CellRef(FILE, "指标信息", "E7"), "", kind, "改后", "改前")
    tampered = replace(clean, submission=replace(clean.submission, differences=(changed,)))
    (finding,) = check_submission(tampered).findings
    assert (finding.code, finding.at.cell) == (code, "E7")


def test_every_check_has_its_case() -> None:
    known = {one.code for one in worked_cases()} | {one for case in worked_cases() for one in case.also}
    declared = {one.code for one in CHECKS}
    assert declared - known - set(TAMPERING) - ELSEWHERE == set()


def test_codes_are_unique_and_every_declaration_is_complete() -> None:
    declared = [one.code for one in CHECKS]
    assert len(set(declared)) == len(declared)
    assert all(one.title and one.message and one.hint and one.source for one in CHECKS)


def test_a_broken_check_is_shown_as_our_fault_and_stops_nothing() -> None:
    def explode(_case: object) -> list[object]:
        raise ZeroDivisionError

    broken = replace(CHECKS[0], look=explode)
    report = check_submission(case({}), (broken, *CHECKS[1:]))
    assert [one.code for one in report.findings] == ["BROKE-00"]
    assert "这是工具的问题" in report.findings[0].message
    assert len([one for one in report.ran if one.outcome is Outcome.PASSED]) > 5


def test_a_skipped_check_says_which_field_it_lacks() -> None:
    report = check_submission(case({"累计支付金额": "／"}))
    ended = {one.code: one for one in report.ran}
    assert ended["FUND-01"].outcome is Outcome.SKIPPED
    assert "累计支付金额" in ended["FUND-01"].why


@pytest.mark.parametrize(
    ("shown", "typed_over", "kept"),
    [
        ("96.67", "放大了100倍", "旧结果"),
        ("0.97", "四舍五入到整数百分比", "四舍五入到整数百分比"),
        ("1.0345", "颠倒", "旧结果"),
        ("0.5", "手工录入", "旧结果"),
    ],
)
def test_the_finding_names_the_likely_cause(shown: str, typed_over: str, kept: str) -> None:
    """Under the scheme's own formula nothing was typed: its result is old, or the program shows what it rounds."""
    (found,) = check_submission(case({"资金到位率.显示": shown})).findings
    assert (found.code, kept in found.message) == ("RATE-01", True)
    (found,) = _of_code("RATE-01", case({"资金到位率.显示": shown, "资金到位率.公式": ""}))
    assert typed_over in found.message


def _of_code(code: str, made: Case) -> list[Finding]:
    return [found for found in check_submission(made).findings if found.code == code]


def _formulas_unseen(typed: dict[str, str]) -> Case:
    """The case as it would be read from a format of which formulas do not come through."""
    seen = case(typed)
    readings = {key: replace(reading, formula="") for key, reading in seen.submission.readings.items()}
    return replace(seen, submission=replace(seen.submission, readings=readings, formulas_seen=False))


def test_the_0_of_a_format_that_knows_no_blank_result_is_no_value() -> None:
    """LibreOffice writes the result "" of a formula as 0 into .xls."""
    no_budget = {"预算资金": "0", "资金到位率.显示": "0"}
    assert "RATE-01" not in {found.code for found in check_submission(_formulas_unseen(no_budget)).findings}
    assert "RATE-01" in {found.code for found in check_submission(case(no_budget)).findings}


def test_nothing_is_said_of_formulas_nobody_sees() -> None:
    (found,) = check_submission(_formulas_unseen({"资金到位率.显示": "0.5"})).findings
    assert found.code == "RATE-01"
    assert "手工录入" not in found.message


def test_the_wrong_denominator_is_named_where_the_formula_is_no_longer_there() -> None:
    shown = {"预算执行率.显示": "0.9183"}  # 275.5 / 300
    (found,) = _of_code("RATE-01", case({**shown, "预算执行率.公式": ""}))
    assert "分母误用了预算资金" in found.message
    (found,) = _of_code("RATE-01", case(shown))
    assert "旧结果" in found.message


@pytest.mark.parametrize(("shown", "cause"), [("0.9616", "改动后的公式"), ("0.5", "旧结果")])
def test_a_changed_formula_shows_its_own_result_or_an_old_one(shown: str, cause: str) -> None:
    changed = '=IF(N(实际到位资金)=0,"",ROUND(实际支出资金/合同金额,4))'  # 275.5 / 286.5
    (found,) = _of_code("RATE-01", case({"预算执行率.公式": changed, "预算执行率.显示": shown}))
    assert cause in found.message


def test_no_denominator_is_blamed_where_every_rate_would_be_100_percent() -> None:
    """275.5 / 300 shown as 100 %: any amount divided by itself is that, so no slip is known by it."""
    (finding,) = _of_code("RATE-01", case({"实际到位资金": "280", "资金到位率.显示": "1", "资金到位率.公式": ""}))
    assert "误用" not in finding.message


@pytest.mark.parametrize(
    ("fee", "severity", "words"), [("", "error", "元"), ("3", "error", "仍超出0.50万元"), ("4", "warning", "不再超出")]
)
def test_a_fee_among_the_payments_may_explain_them(fee: str, severity: str, words: str) -> None:
    """宿州 2023 项目 7、17: above the audited amount with the third-party fee, below it without."""
    paid = {"累计支付金额": "290", "支付金额_2": "152.25", "第三方服务费": fee}
    plain = replace(SCHEME, cross_checks=())
    (found,) = [one for one in check_submission(replace(case(paid), scheme=plain)).findings if one.code == "FUND-01"]
    assert found.severity.value == severity
    assert found.message.endswith(words)


@pytest.mark.parametrize(
    ("state", "original", "shown"),
    [(ReadState.ERROR, "#VALUE!", "#VALUE!"), (ReadState.BLANK, SCHEME.field("资金到位率").formula, "空白")],
)
def test_an_error_is_not_called_blank_nor_a_blank_by_its_formula(state: ReadState, original: str, shown: str) -> None:
    clean = case({})
    readings = dict(clean.submission.readings)
    readings["资金到位率"] = replace(readings["资金到位率"], state=state, value=None, original=original)
    (found,) = check_submission(replace(clean, submission=replace(clean.submission, readings=readings))).findings
    assert (found.code, str(found.found)) == ("RATE-01", shown)


def test_messages_call_fields_by_their_labels() -> None:
    fields = tuple(replace(one, label="主合同累计支付") if one.key == "累计支付金额" else one for one in SCHEME.fields)
    slots = {**LAYOUT.slots, "累计支付金额": replace(LAYOUT.slots["累计支付金额"], label="主合同累计支付")}
    named = replace(case({"本年支付金额": "280"}), scheme=replace(SCHEME, fields=fields), layout=Layout("t", slots))
    (found,) = [one for one in check_submission(named).findings if one.code == "FUND-03"]
    assert found.message == "本年支付金额280.00万元大于主合同累计支付275.50万元"
    assert found.hint == "核对两项支付，改正填错的一项：主合同累计支付应包含本年支付金额"


def test_a_missing_contract_amount_is_never_taken_for_zero() -> None:
    """宿州 2023 项目 6、8、9: a missing amount says nothing about payments."""
    found = codes({"合同金额": "／", "审计核减后合同金额": "／"})
    assert found == {"MISS-01"}


def test_a_rate_over_text_that_we_could_read_is_only_noted() -> None:
    clean = case({"资金到位率.显示": ""})
    readings = dict(clean.submission.readings)
    readings["实际到位资金"] = replace(readings["实际到位资金"], original="290万元", rule="去掉单位")
    (finding,) = check_submission(replace(clean, submission=replace(clean.submission, readings=readings))).findings
    assert (finding.code, finding.severity.value) == ("RATE-01", "note")
    assert "文本" in finding.message


def test_money_typed_but_no_denominator_is_a_note_and_a_typed_zero_a_warning() -> None:
    found = {typed: list(check_submission(case({"预算资金": typed})).findings) for typed in ("0", "／")}
    severities = {typed: {one.code: one.severity.value for one in findings} for typed, findings in found.items()}
    assert severities == {"0": {"RATE-06": "warning"}, "／": {"MISS-01": "error", "RATE-06": "note"}}


def test_target_direction() -> None:
    """A judged indicator: the actual value misses its target and yet earns itself the full mark."""
    clean = case({"自评分_D101": "15", "完成值_D101": "99%"})
    indicators = tuple(
        replace(one, target="≤8小时", inputs=(*one.inputs, replace(one.inputs[0], local="扣分", by_evaluator=True)))
        if one.code == "D101"
        else one
        for one in clean.scheme.indicators
    )
    judged = replace(clean, scheme=replace(clean.scheme, indicators=indicators))
    readings = {
        **judged.submission.readings,
        "完成值_D101": replace(judged.submission.readings["完成值_D101"], value=9),
    }
    for actual, expected in ((Decimal(8), set()), (Decimal(9), {"SELF-04"})):
        readings["完成值_D101"] = replace(readings["完成值_D101"], value=actual)
        one = replace(judged, submission=replace(judged.submission, readings=readings))
        assert {found.code for found in check_submission(one).findings} == expected


def test_the_scheme_and_a_built_in_check_say_the_same_thing_once() -> None:
    (finding,) = check_submission(case({"支付金额_2": "137.57"})).findings
    assert finding.code == "FUND-09"
    assert finding.severity is Severity.ERROR  # the scheme's X01 is graver than the check
    assert "X01" in finding.words


@pytest.mark.parametrize(
    ("code", "changes", "difference"),
    [
        ("X01", {"支付金额_1": "1", "支付金额_2": "", "累计支付金额": "3", "本年支付金额": "2"}, "-2"),
        ("X02", {"累计支付金额": "301", "合同金额": "300"}, "1"),
        ("X03", {"实际支出资金": "291.5", "实际到位资金": "290"}, "1.5"),
        ("FUND-10", {"支付摘要_2": "工程监理费"}, "137.75"),
    ],
)
def test_a_relation_of_the_scheme_has_its_figures(code: str, changes: dict[str, str], difference: str) -> None:
    clean = case(changes)
    found, _ = cross_check_findings(clean)
    (finding,) = [each for each in (*found, *check_submission(clean).findings) if each.code == code]
    assert finding.comparison is not None
    assert finding.comparison.difference == Decimal(difference)
    rule = Adjustment(code, Treatment.TOLERANCE, "尾差", abs(Decimal(difference)))
    assert adjusted([finding], [rule]) == []


def test_a_relation_over_part_of_a_column_shows_that_part_and_not_the_whole_column() -> None:
    clean = case({"支付摘要_2": "工程监理费", "支付金额_2": "40"})
    formula = '=ABS(SUMIF(支付摘要,"工程监理费",支付金额)-累计支付金额)<0.01'
    cross = replace(clean.scheme.cross_checks[0], code="X09", formula=formula, message="监理费与累计支付不符")
    found, _ = cross_check_findings(replace(clean, scheme=replace(clean.scheme, cross_checks=(cross,))))
    (finding,) = found
    assert "支付金额符合条件的合计40.00万元" in finding.words
    whole = replace(cross, formula="=ABS(SUM(支付金额)-累计支付金额-1000)<0.01")
    ((finding,), _) = cross_check_findings(replace(clean, scheme=replace(clean.scheme, cross_checks=(whole,))))
    assert "支付金额合计" in finding.words


@pytest.mark.parametrize(
    ("treatment", "left"),
    [
        (Adjustment("FUND-02", Treatment.OFF, "垫付属实"), None),
        (Adjustment("FUND-02", Treatment.NOTE, "垫付属实"), Severity.NOTE),
        (Adjustment("FUND-02", Treatment.TOLERANCE, "四舍五入", Decimal("0.5")), None),
        (Adjustment("FUND-02", Treatment.TOLERANCE, "四舍五入", Decimal("0.4")), Severity.ERROR),
    ],
)
def test_a_check_switched_off_lowered_or_with_a_tolerance(treatment: Adjustment, left: Severity | None) -> None:
    clean = case({"实际到位资金": "275"})
    report = check_submission(replace(clean, scheme=replace(clean.scheme, adjustments=(treatment,))))
    assert [one.severity for one in report.findings if one.code == "FUND-02"] == ([left] if left else [])


def test_two_hundred_consequences_of_one_cause_are_listed_as_one() -> None:
    clean = case({})
    removed = tuple(
        Difference(CellRef(FILE, "指标信息", f"E{row}"), "", DifferenceKind.REMOVED, "", "文字") for row in range(200)
    )
    report = check_submission(replace(clean, submission=replace(clean.submission, differences=removed)))
    assert len(report.findings) == 200
    (one,) = folded(report.findings)
    assert "另有199处" in one.message
    assert len(one.related) == 199
