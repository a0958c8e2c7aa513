"""One cell of a repeated table verified by itself: it stays with its row, in checks, scores and sums."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.collect.returned import filled, read, template
from tests.small_scheme import PROJECTS, SMALL_SCHEME
from toolkit.checks import Case, check_submission
from toolkit.correct import Places
from toolkit.errors import WorkspaceError
from toolkit.formula.detail_rows import placed, row_words, slot_of, verified_fields
from toolkit.formula.evaluate import compile_formula
from toolkit.formula.fields import field_values
from toolkit.ledger.details import read_details
from toolkit.ledger.kinds import Action
from toolkit.model import Finding, Severity, Submission
from toolkit.pipeline.examine.decision import Decision
from toolkit.pipeline.examine.field_papers import paper_rows
from toolkit.pipeline.examine.resolutions import placed_decisions, settled, with_verified
from toolkit.pipeline.examine.resolving import prepared
from toolkit.pipeline.plan.decisions import Resolution, resolved_opinions

RIGHT = {"佐证提供_E01": "已提供", "佐证提供_E02": "已提供", "佐证文件名_E01": "01.pdf", "佐证文件名_E02": "02.pdf"}
KEY = "支付明细_支付金额_2"
TODAY = date(2024, 11, 1)


def returned(**cells: object) -> Submission:
    submission = read(filled(**{**RIGHT, **cells})).submission
    assert submission is not None
    return submission


def decided(submission: Submission, value: str = "99.5") -> Resolution:
    words = row_words(SMALL_SCHEME, submission, KEY)
    return Resolution("1", "X01", KEY, Action.OVERRIDE, Decimal(value), "张三", "回单", "E02", "李四", row=words)


def moved(submission: Submission, order: tuple[int, ...]) -> Submission:
    """The same return with the rows of 支付明细 in another order; 0 stands for a row that is new."""
    readings = dict(submission.readings)
    for column in ("支付日期", "支付摘要", "支付金额"):
        for number, before in enumerate(order, 1):
            old = submission.readings[f"支付明细_{column}_{before or 5}"]
            readings[f"支付明细_{column}_{number}"] = old
    return replace(submission, readings=readings)


def paid(submission: Submission, decisions: list[Resolution]) -> object:
    """The sum of the payments as scored."""
    opinions = resolved_opinions(SMALL_SCHEME, decisions)
    fields = field_values(SMALL_SCHEME, submission, verified_fields(SMALL_SCHEME, submission, opinions))
    return compile_formula("=SUM(支付金额)").evaluate(fields.values)


def test_sums_and_checks_follow_the_verified_row() -> None:
    submission = returned()
    reported = submission.value(KEY)
    assert isinstance(reported, Decimal)
    before, decision = paid(submission, []), decided(submission)
    assert paid(submission, [decision]) == before - reported + Decimal("99.5")  # type: ignore[operator]
    here, lost = placed_decisions(SMALL_SCHEME, submission, [decision])
    assert (here, lost) == ([decision], [])
    seen = with_verified(SMALL_SCHEME, submission, here)
    assert seen.value(KEY) == Decimal("99.5")
    findings = check_submission(Case(SMALL_SCHEME, PROJECTS[0], seen, template().layout)).findings
    told = settled(findings, Places(submission, template().layout), here, TODAY)
    as_reported = check_submission(Case(SMALL_SCHEME, PROJECTS[0], submission, template().layout)).findings
    assert {finding.code for finding in told} - {finding.code for finding in as_reported} == {"FUND-09"}, (
        "the sum of the rows is no longer what the unit reported"
    )


def test_a_verified_row_is_found_where_it_stands_after_rows_moved() -> None:
    submission = returned()
    decision, after = decided(submission), moved(submission, (2, 1, 3))
    (here,), lost = placed_decisions(SMALL_SCHEME, after, [decision])
    assert (here.key, lost) == ("支付明细_支付金额_1", [])
    assert paid(after, [decision]) == paid(submission, [decision])


def test_a_row_that_is_gone_is_said_and_its_value_is_not_put_into_another() -> None:
    submission = returned()
    decision, after = decided(submission), returned(支付明细_支付摘要_2="另一笔")
    here, (finding,) = placed_decisions(SMALL_SCHEME, after, [decision])
    assert here == []
    assert finding.code == "REVIEW-12"
    assert "《支付明细》第2行“支付金额”" in finding.message
    assert "99.5" in finding.message
    assert paid(after, [decision]) == paid(after, [])


def test_two_rows_that_say_the_same_are_told_apart_by_their_number_or_not_at_all() -> None:
    submission = returned()
    twice = moved(submission, (2, 2, 3))
    words = decided(submission).row
    assert placed(SMALL_SCHEME, twice, KEY, words) == KEY
    assert placed(SMALL_SCHEME, moved(submission, (2, 0, 2)), KEY, words) == ""


@pytest.mark.parametrize("key", ["合同金额", "支付明细_支付金额", "支付明细_支付金额_0", "支付明细_没有_2", "_2", "²"])
def test_what_is_no_cell_of_a_row_has_no_row(key: str) -> None:
    submission = returned()
    assert row_words(SMALL_SCHEME, submission, key) == ()
    assert placed(SMALL_SCHEME, submission, key, ()) == key


def test_a_row_the_unit_added_can_be_verified_too() -> None:
    layout = template().layout
    added = slot_of(layout, "支付明细_支付金额_9")
    assert added is not None
    assert (added.type, added.row, added.table) == (layout.slots[KEY].type, 9, "支付明细")
    assert slot_of(layout, "支付明细_支付金额_0") is None
    assert slot_of(layout, "没有_9") is None


def test_rows_with_anything_in_them_are_on_the_paper_for_the_site() -> None:
    evaluation = SimpleNamespace(template=template())
    submission = returned()
    keys = {key for key in paper_rows(evaluation, submission) if key.startswith("支付明细_")}  # type: ignore[arg-type]
    filled_rows = {
        key.rpartition("_")[2]
        for key in submission.readings
        if key.startswith("支付明细_") and submission.value(key) not in (None, "")
    }
    assert {key.rpartition("_")[2] for key in keys} == filled_rows != set()
    assert KEY in keys


def cell_of(key: str) -> tuple[Submission, Finding]:
    submission = returned()
    at = submission.readings[key].at
    return submission, Finding("READ-21", Severity.ERROR, at, "写了文字", project="1", expected="12")


def test_resolving_a_row_records_what_row_it_was() -> None:
    evaluation = SimpleNamespace(template=template(), scheme=SMALL_SCHEME)
    submission, finding = cell_of(KEY)
    wanted = Decision("1", "READ-21", Action.OVERRIDE, "张三", "回单", value="88.8")
    ((resolution, _),) = prepared(evaluation, submission, wanted, finding)  # type: ignore[arg-type]
    assert (resolution.key, resolution.value) == (KEY, Decimal("88.8"))
    assert resolution.row == row_words(SMALL_SCHEME, submission, KEY)
    said = resolution.details()
    assert read_details(said.kind, said.written()) == said


@pytest.mark.parametrize("value", ["约88", "NaN", "=1+1", "1E+400", "1E+30"])
def test_a_value_that_is_no_number_is_said_and_nothing_is_recorded(value: str) -> None:
    evaluation = SimpleNamespace(template=template(), scheme=SMALL_SCHEME)
    submission, finding = cell_of(KEY)
    wanted = Decision("1", "READ-21", Action.OVERRIDE, "张三", "回单", value=value)
    with pytest.raises(WorkspaceError, match="核定值"):
        prepared(evaluation, submission, wanted, finding)  # type: ignore[arg-type]
