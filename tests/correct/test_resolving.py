"""What a person decides about a finding: in force in checks and scores, told in the finding, lapsing on its day."""

from datetime import date
from decimal import Decimal

from tests.collect.returned import filled, read, template
from tests.small_scheme import PROJECTS, SMALL_SCHEME
from toolkit.checks import Case, check_submission
from toolkit.correct import Places
from toolkit.ledger.kinds import Action
from toolkit.model import Finding, Severity
from toolkit.pipeline.examine.resolutions import settled, with_verified
from toolkit.pipeline.plan.decisions import Resolution, resolved_opinions
from toolkit.scoring import score_project

RIGHT = {"佐证提供_E01": "已提供", "佐证提供_E02": "已提供", "佐证文件名_E01": "01.pdf", "佐证文件名_E02": "02.pdf"}


def _findings(decided: list[Resolution], today: date = date(2024, 11, 1), **cells: object) -> dict[str, Finding]:
    submission = read(filled(**{**RIGHT, **cells})).submission
    assert submission is not None
    seen = with_verified(SMALL_SCHEME, submission, decided)
    report = check_submission(Case(SMALL_SCHEME, PROJECTS[0], seen, template().layout))
    found = settled(report.findings, Places(submission, template().layout), decided, today)
    return {one.code: one for one in found if one.code != "RATE-05"}


def _decision(
    code: str, key: str, action: Action, value: Decimal | None = None, until: date | None = None
) -> Resolution:
    return Resolution("1", code, key, action, value, "张三", "核对凭证", "E02", "李四", until)


def test_a_verified_value_is_checked_and_scored_instead() -> None:
    decided = [_decision("READ-21", "完成值_C101", Action.OVERRIDE, Decimal(18))]
    found = _findings(decided, 完成值_C101="约18")
    assert found["READ-21"].severity is Severity.NOTE
    assert "已核定：张三，核对凭证" in found["READ-21"].words
    submission = read(filled(**RIGHT, 完成值_C101="约18")).submission
    sheet = score_project(SMALL_SCHEME, PROJECTS[0], submission, resolved_opinions(SMALL_SCHEME, decided))
    (line,) = [one for one in sheet.lines if one.code == "C101"]
    assert (line.score, line.evaluator, line.reviewer) == (Decimal("13.5"), "张三", "李四")


def test_an_accepted_proposal_settles_what_followed_from_the_slip() -> None:
    slip = {"实际支出资金": Decimal(2755000)}
    assert {"READ-45", "FUND-02"} <= _findings([], **slip).keys()
    decided = [_decision("READ-45", "实际支出资金", Action.ACCEPT, Decimal("275.5"))]
    assert {code for code, one in _findings(decided, **slip).items() if one.severity is not Severity.NOTE} == set()


def test_a_waiver_counts_until_its_day() -> None:
    waiver = [_decision("FUND-02", "实际支出资金", Action.WAIVE, until=date(2024, 12, 31))]
    paid = {"实际支出资金": Decimal(291)}
    assert _findings(waiver, date(2024, 12, 31), **paid)["FUND-02"].severity is Severity.NOTE
    assert _findings(waiver, date(2025, 1, 1), **paid)["FUND-02"].severity is Severity.ERROR
