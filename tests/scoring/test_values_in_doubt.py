"""A value in doubt gives no score that would be another one if the doubt is right (ADR 0071)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.checks.worked_case import FILE, case
from tests.scoring.test_scoring import lines, opinion, scheme
from tests.small_scheme import PROJECTS, ROSTER
from toolkit.model import CellRef, Finding, LineState, ReadState, Scheme, ScoredObject, Severity, Stated, Submission
from toolkit.pipeline.examine.doubtful_values import doubted, returns_as_meant
from toolkit.scoring import score_project, score_whole

__all__ = ["scheme"]  # the fixture
_MONEY = "资金情况"
SPENT, ARRIVED, LINKED = (CellRef(FILE, _MONEY, cell) for cell in ("C4", "C3", "C9"))
_AT = {"实际支出资金": SPENT, "实际到位资金": ARRIVED, "完成值_B1": LINKED}
JUDGED = opinion("C1", "扣分", Decimal(0))


def returned(**typed: str) -> Submission:
    base = case({}).submission
    readings = {
        key: replace(base.readings["实际到位资金"], key=key, at=_AT[key], value=Decimal(text))
        for key, text in typed.items()
    }
    return replace(base, readings=readings)


def asked(code: str, *cells: CellRef, severity: Severity = Severity.ERROR, **more: object) -> Finding:
    return Finding(code, severity, cells[0], "有疑问", project="1", related=cells[1:], **more)  # type: ignore[arg-type]


def scored(scheme: Scheme, submission: Submission, *findings: Finding, judged: tuple = ()):
    meant = returns_as_meant({"1": submission}, findings).get("1")
    return score_project(scheme, PROJECTS[0], submission, [JUDGED, *judged], meant=meant)


ONE_CELL = {"实际到位资金": "200", "实际支出资金": "1900000", "完成值_B1": "20"}


def test_a_rate_of_one_amount_in_yuan_waits_and_names_the_amount(scheme) -> None:
    sheet = scored(scheme, returned(**ONE_CELL), asked("READ-45", SPENT))
    waiting = next(line for line in sheet.lines if line.code == "A1")
    assert (waiting.score, waiting.state) == (0, LineState.PENDING)
    assert waiting.because == "填报的实际支出资金有疑问（见问题清单），待核实，暂计0分"
    assert lines(sheet)["B1"] == ("30.00", LineState.SCORED), "what does not rest on it keeps its score"
    assert (sheet.provisional, sheet.shown_grade) == (True, "差（暂）")


def test_a_rate_of_amounts_that_are_all_in_yuan_keeps(scheme) -> None:
    throughout = returned(实际到位资金="2000000", 实际支出资金="1900000", 完成值_B1="20")
    sheet = scored(scheme, throughout, asked("READ-50", SPENT, ARRIVED))
    assert lines(sheet)["A1"] == ("57.00", LineState.SCORED)
    assert sheet.complete


@pytest.mark.parametrize("settled", ["verified", "waived", "right either way"])
def test_it_waits_only_until_the_doubt_is_settled(scheme, settled: str) -> None:
    severity = Severity.NOTE if settled == "waived" else Severity.ERROR
    judged = (opinion("", "实际支出资金", Decimal(190)),) if settled == "verified" else ()
    typed = {**ONE_CELL, "实际到位资金": "1"} if settled == "right either way" else ONE_CELL  # 100 % and more
    sheet = scored(scheme, returned(**typed), asked("READ-45", SPENT, severity=severity), judged=judged)
    assert lines(sheet)["A1"][1] is LineState.SCORED


def test_an_amount_too_small_by_ten_thousand_is_held_against_what_is_proposed(scheme) -> None:
    small = returned(实际到位资金="200", 实际支出资金="0.019", 完成值_B1="20")
    finding = asked(
        "MAGN-01", SPENT, severity=Severity.WARNING, found=Stated(Decimal("0.019")), expected=Stated(Decimal(190))
    )
    assert [cell.factor for cell in doubted([finding])["1"]] == [Decimal(10_000)]
    assert lines(scored(scheme, small, finding))["A1"] == ("0", LineState.PENDING)


def test_of_a_day_that_had_not_come_nothing_is_known(scheme) -> None:
    meant = returns_as_meant({"1": returned(**ONE_CELL)}, [asked("DATE-06", LINKED)])["1"]
    assert meant.readings["完成值_B1"].state is ReadState.BLANK
    sheet = scored(scheme, returned(**ONE_CELL), asked("DATE-06", LINKED))
    (waiting,) = (line for line in sheet.lines if line.code == "B1")
    assert waiting.state is LineState.PENDING
    assert "填报的实际完成值有疑问" in waiting.because


def test_an_evaluation_scored_as_a_whole_waits_too(scheme) -> None:
    whole = replace(scheme, scored_object=ScoredObject.WHOLE)
    given = {"1": returned(**ONE_CELL), "2": returned(实际到位资金="200", 实际支出资金="190", 完成值_B1="20")}
    meant = returns_as_meant(given, [asked("READ-45", SPENT)])
    assert lines(score_whole(whole, ROSTER, given, []))["A1"][1] is LineState.SCORED
    assert lines(score_whole(whole, ROSTER, given, [], meant))["A1"][1] is LineState.PENDING
