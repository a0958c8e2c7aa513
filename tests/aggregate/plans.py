"""Master plans for the tests of sheet, figures and verification; scores are made by the rules' own formulas."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from tests.small_scheme import PROJECTS, ROSTER, SMALL_SCHEME
from toolkit.aggregate import MasterPlan, SourceRow
from toolkit.formula import compile_formula
from toolkit.formula.fields import FieldValues, field_values
from toolkit.model import (
    WHOLE_EVALUATION,
    Balance,
    CellRef,
    DimensionScore,
    Finding,
    LineState,
    NotApplicable,
    Project,
    Reading,
    ReadState,
    Roster,
    Scheme,
    ScoredObject,
    ScoreInput,
    ScoreLine,
    ScoreSheet,
    Severity,
    Submission,
    Value,
)
from toolkit.text import round_half_up

D = Decimal
FUNDS: dict[str, Value] = {
    "合同金额": D("286.5"),
    "预算资金": D(300),
    "实际到位资金": D(290),
    "实际支出资金": D("275.5"),
    "累计支付金额": D("275.5"),
}
ANSWERS: dict[str, dict[str, Value]] = {
    "A101": {"要点1": "符合", "要点2": "不符合"},
    "A102": {"扣分": D("1.5")},
    "B101": {"完成值": D("0.95")},
    "B102": {"评价等级": "较好"},
    "C101": {"完成值": D(17)},
    "C102": {"完成日期": D(45500)},
    "D101": {"完成值": D("0.9995")},
    "D201": {"完成值": D("0.965")},
}
FINDINGS = (
    Finding("FUND-03", Severity.ERROR, CellRef("=回执.xlsx", "资金情况", "C9"), "累计支付大于合同金额", "核对",
            project="2", indicator="累计支付金额", found='=cmd|"/c calc"!A1', expected="不超过1,032.28"),
    Finding("FILL-01", Severity.WARNING, CellRef("2.xlsx", "指标信息", "F8"), "说明过短", project="2"),
    Finding("ROSTER-05", Severity.NOTE, CellRef("项目清单.xlsx", "项目清单", "E5"), "合计与逐项相加相差0.002万元"),
)  # fmt: skip


def line(scheme: Scheme, code: str, values: Mapping[str, Value] | None, state: LineState) -> ScoreLine:
    """One line; ``values`` None leaves the inputs blank."""
    one = scheme.indicator(code)
    assert one is not None
    given = values or {}
    score = D(0)
    if state is LineState.SCORED:
        result = compile_formula(one.formula).evaluate({"分值": one.full_mark, **given})
        assert isinstance(result, Decimal)
        score = result
    inputs = tuple(ScoreInput(item.local, item.label, given.get(item.local), "", "单位填报") for item in one.inputs)
    return ScoreLine(
        code, one.dimension, one.group, one.name, one.full_mark, one.full_mark, score, state, "比率计分", one.formula,
        inputs, f"按规则得{score}分", "材料齐全" if code == "A102" else "", "张三" if code == "A102" else "",
        "李四" if code == "A102" else "",
    )  # fmt: skip


def sheet(
    scheme: Scheme,
    project: str,
    answers: Mapping[str, Mapping[str, Value]],
    *,
    out: tuple[str, ...] = (),
    pending: tuple[str, ...] = (),
) -> ScoreSheet:
    """A score sheet: ``out`` are 不适用, ``pending`` wait for an evaluator, codes without answers have no data."""
    lines = []
    for one in scheme.indicators:
        state = LineState.SCORED if one.code in answers else LineState.NO_DATA
        state = LineState.PENDING if one.code in pending else LineState.NOT_APPLICABLE if one.code in out else state
        lines.append(line(scheme, one.code, answers.get(one.code), state))
    settled = settle(scheme, lines)
    total = sum((one.score for one in settled), D(0))
    parts = tuple(
        DimensionScore(
            name,
            sum((one.effective_mark for one in settled if one.dimension == name), D(0)),
            sum((one.score for one in settled if one.dimension == name), D(0)),
        )
        for name in scheme.dimensions()
    )
    return ScoreSheet(project, f"项目{project}", "单位", total, scheme.grade(total), parts, settled)


def settle(scheme: Scheme, lines: list[ScoreLine]) -> tuple[ScoreLine, ...]:
    """不适用 as the scheme says."""
    out = [one for one in lines if one.state is LineState.NOT_APPLICABLE]
    if not out:
        return tuple(lines)
    if scheme.not_applicable is NotApplicable.FULL_MARK:
        return tuple(replace(one, score=one.full_mark) if one in out else one for one in lines)
    if scheme.not_applicable is NotApplicable.ZERO:
        return tuple(lines)
    counts = [D(0) if one in out else one.full_mark for one in lines]
    reached = [D(0)]
    for number in range(len(counts)):
        part = sum(counts[: number + 1], D(0)) * scheme.total_mark / (sum(counts, D(0)) or 1)
        reached.append(round_half_up(part, scheme.score_places))
    marks = [after - before for before, after in pairwise(reached)]
    return tuple(
        replace(one, effective_mark=mark, score=round_half_up(one.score * mark / one.full_mark, scheme.score_places))
        for one, mark in zip(lines, marks, strict=True)
    )


def submission(project: str, values: Mapping[str, Value]) -> Submission:
    """What came back, reduced to its field values."""
    at = CellRef(f"{project}.xlsx")
    readings = {
        key: Reading(key, at, ReadState.BLANK if value is None else ReadState.VALUE, value)
        for key, value in values.items()
    }
    return Submission(project, "a" * 64, f"{project}.xlsx", readings, Balance())


def small_plan(scheme: Scheme = SMALL_SCHEME, roster: Roster = ROSTER) -> MasterPlan:
    """Three projects: all right; one indicator 不适用, one pending and the contract overpaid; nothing returned."""
    over = {**FUNDS, "合同金额": D("1032.28"), "累计支付金额": D("1040.5"), "预算资金": None}
    back = {"1": submission("1", FUNDS), "2": submission("2", over)}
    sheets = {
        "1": sheet(scheme, "1", ANSWERS),
        "2": sheet(scheme, "2", {**ANSWERS, "C101": {"完成值": D(9)}}, out=("D201",), pending=("A102",)),
        "3": sheet(scheme, "3", {}, pending=("A102",)),
    }
    fields = {one.id: field_values(scheme, back.get(one.id), {}) for one in roster.projects}
    sources = tuple(SourceRow(key, one.file_name, one.sha256, "2024-11-12 09:30") for key, one in back.items())
    return MasterPlan(scheme, roster, sheets, back, fields, FINDINGS, sources, "0.1.0")


def whole_plan() -> MasterPlan:
    """The same evaluation scored as a whole."""
    scheme = replace(SMALL_SCHEME, scored_object=ScoredObject.WHOLE)
    plan = small_plan(scheme)
    whole = replace(sheet(scheme, WHOLE_EVALUATION, ANSWERS), name=scheme.title, unit=scheme.client)
    return replace(plan, sheets={WHOLE_EVALUATION: whole})


def large_plan(projects: int) -> MasterPlan:
    """Many projects of nine units with different scores and funds."""
    rows = [
        Project(str(n), 2020 + n % 5, f"市第{n % 9}局", (f"市第{n % 9}局",), f"数字政府第{n}号平台建设项目", D(100 + n))
        for n in range(1, projects + 1)
    ]
    back = {one.id: submission(one.id, {**FUNDS, "合同金额": one.contract_amount}) for one in rows}
    sheets = {
        one.id: sheet(SMALL_SCHEME, one.id, {**ANSWERS, "C101": {"完成值": D(n % 21)}, "A102": {"扣分": D(n % 7)}})
        for n, one in enumerate(rows)
    }
    fields: dict[str, FieldValues] = {one.id: field_values(SMALL_SCHEME, back[one.id], {}) for one in rows}
    return MasterPlan(SMALL_SCHEME, Roster(tuple(rows)), sheets, back, fields, FINDINGS, (), "0.1.0")


__all__ = ["ANSWERS", "FINDINGS", "FUNDS", "PROJECTS", "large_plan", "sheet", "small_plan", "whole_plan"]
