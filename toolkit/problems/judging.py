"""Whether a row of 问题与建议 holds for a project. What is not known is neither a problem nor the absence of one."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from toolkit.formula import Area, compile_formula
from toolkit.formula.operands import judged_operands
from toolkit.model import (
    KeyKind,
    LineState,
    ProblemClass,
    ProblemHit,
    ProblemRow,
    ScoreLine,
    Value,
)
from toolkit.problems.case import Judgement, JudgementState, ProblemCase, asked_by, lost_points

_MET = ("符合", "是", "达到", "达成")
_NOT_REACHED = Decimal("0.6")
"""A checkpoint answered by degree is not met below this; above, points are lost in part. Source: 财预〔2020〕10号, the
lowest of three bands (60–0 %); a row's own 成立条件 says otherwise."""
_EARLY = ("决策", "过程", "投入")
REACHED = "完成值"
"""The value most rules go by."""
OTHER_LOSS = "OTHER"
"""Code of the row an indicator's lost points stand under when no row of the scheme explains them."""


def judge(row: ProblemRow, case: ProblemCase) -> Judgement:
    """Hold one row against one project. Units: the hit's amount as the row says; points in 分."""
    line = case.lines.get(row.indicator)
    if line is not None and line.state is LineState.NOT_APPLICABLE:
        return Judgement(JudgementState.OUTSIDE)
    if case.is_whole and row.kind is KeyKind.CONDITION:
        return Judgement(JudgementState.OUTSIDE)  # facts of projects; of sums they would be told once more
    if not case.fields.reported:
        return Judgement(JudgementState.UNKNOWN)
    names = case.names(row)
    if row.population:
        applies = _truth(row.population, names)
        if not applies:
            return Judgement(JudgementState.UNKNOWN if applies is None else JudgementState.OUTSIDE)
    holds = _truth(row.condition, names) if row.condition else _of_key(row, case, names)
    if not holds:
        return Judgement(JudgementState.UNKNOWN if holds is None else JudgementState.NOT)
    return Judgement(JudgementState.HOLDS, _hit(row, case, names, line))


def _of_key(row: ProblemRow, case: ProblemCase, names: Mapping[str, Value | Area]) -> bool | None:
    """What a row without 成立条件 means: points lost, checkpoint not met, check found something."""
    if row.kind is KeyKind.CHECK:
        return case.found(row.key).count > 0
    if row.kind is KeyKind.CHECKPOINT:
        answer = names.get(row.key)
        if isinstance(answer, Decimal):
            return answer < _NOT_REACHED
        return None if answer in (None, "") else answer not in _MET
    rate = names.get("得分率")
    return rate < 1 if isinstance(rate, Decimal) else None


def _truth(formula: str, names: Mapping[str, Value | Area]) -> bool | None:
    """A condition's value; None where a name it needs has none, or where it comes to an error."""
    if any(_is_blank(names.get(name)) for name in judged_operands(formula)):
        return None
    value = compile_formula(formula).evaluate(names)
    return bool(value) if isinstance(value, bool | Decimal) else None


def _is_blank(value: Value | Area) -> bool:
    if isinstance(value, tuple):
        return all(cell in (None, "") for row in value for cell in row)
    return value is None or value == ""


def _hit(row: ProblemRow, case: ProblemCase, names: Mapping[str, Value | Area], line: ScoreLine | None) -> ProblemHit:
    amount = _amount(row, names)
    values = {name: value for name in asked_by(row).told if not isinstance(value := names.get(name), tuple)}
    return ProblemHit(row, case.project.id, amount, lost_points(line) if line else Decimal(0), values)


def _amount(row: ProblemRow, names: Mapping[str, Value | Area]) -> Decimal | None:
    if not row.amount or any(_is_blank(names.get(name)) for name in judged_operands(row.amount)):
        return None
    value = compile_formula(row.amount).evaluate(names)
    return value if isinstance(value, Decimal) else None


def hits_among(case: ProblemCase, judgements: Iterable[Judgement]) -> tuple[ProblemHit, ...]:
    """The problems among judgements, the gravest first; lost points no row explains stand under rows of their own.

    The points of all hits add up to what the project lost. ``judgements``: of every row of the scheme.
    """
    found = sorted((judged.hit for judged in judgements if judged.hit), key=_gravity)
    counted: set[str] = set()
    hits = []
    for hit in found:
        again = hit.row.indicator in counted
        hits.append(replace(hit, lost=Decimal(0)) if again else hit)
        counted |= {hit.row.indicator} if hit.row.indicator else set()
    return tuple(sorted([*hits, *_other_losses(case, counted)], key=_gravity))


def _gravity(hit: ProblemHit) -> tuple[int, bool, Decimal, Decimal]:
    money = hit.amount if hit.amount is not None and hit.row.amount_unit in ("万元", "元") else Decimal(0)
    return (*hit.row.weight, -money, -at_stake(hit))


def at_stake(hit: ProblemHit) -> Decimal:
    """What a problem cost, or may cost while its indicator waits for its evaluator. Units: 分."""
    mark = hit.values.get("分值")
    waits = bool(hit.row.indicator) and hit.values.get("得分率") is None
    return mark if waits and isinstance(mark, Decimal) else hit.lost


def _other_losses(case: ProblemCase, counted: Iterable[str]) -> list[ProblemHit]:
    return [
        _other_hit(case, line, lost)
        for line in case.lines.values()
        if line.code not in counted and (lost := lost_points(line)) > 0
    ]


def _other_hit(case: ProblemCase, line: ScoreLine, lost: Decimal) -> ProblemHit:
    row = loss_row(line)
    names, told = case.names(row), asked_by(row).told
    values: dict[str, Value] = {name: value for name in told if not isinstance(value := names.get(name), tuple)}
    return ProblemHit(row, case.project.id, None, lost, {**values, "失分": lost})


def loss_row(line: ScoreLine) -> ProblemRow:
    """The row for an indicator nobody wrote one for: what was reached, where that is a number, and what it lost."""
    reached = any(given.local == REACHED and isinstance(given.value, Decimal) for given in line.inputs)
    told = f"{{{REACHED}}}，没有得满分" if reached else "没有得满分"
    return _loss_row(
        line.code, line.name, line.dimension, "没有取得完成值" if line.state is LineState.NO_DATA else told
    )


@lru_cache(maxsize=1024)
def _loss_row(code: str, name: str, dimension: str, said: str) -> ProblemRow:
    """One row for all projects: what sheets say of it is put together once."""
    early = any(word in dimension for word in _EARLY)
    return ProblemRow(
        code=f"{OTHER_LOSS}-{code}",
        kind=KeyKind.INDICATOR,
        key=code,
        indicator=code,
        problem_class=ProblemClass.MANAGEMENT if early else ProblemClass.PERFORMANCE,
        statement=f"“{name}”{said}，失{{失分}}",
        summary=f"{{n}}个项目的“{name}”没有得满分，共失{{失分}}",
    )
