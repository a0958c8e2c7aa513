"""Indicator row + rule → Indicator: local names become the defined names of the indicator's own cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.formula import rename
from toolkit.model import Finding, Indicator, IndicatorInput, Sentence, Severity
from toolkit.rules import (
    CHECKPOINTS,
    FULL_MARK,
    KINDS,
    Rule,
    RuleInput,
    build_rule,
    kind_of,
    read_checkpoints,
    read_parameters,
    suggest,
)
from toolkit.scheme.findings import about_cell
from toolkit.scheme.rows import IndicatorRow, Read

_REWRITE = "改写规则参数、评价要点或分值，使它们一致"
_ANY_RULE = KINDS["discretionary"]()
"""Stands in for a rule that could not be built, so that sums and names of the other rows can be looked at."""
_POINTS = re.compile(r"[(（]\s*(\d+(?:\.\d+)?)\s*分\s*[)）]")
_LARGE_MARK = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Bound:
    """All rows as indicators; ``unsound`` are the codes of those whose rule or mark could not be read."""

    indicators: tuple[Indicator, ...]
    unsound: frozenset[str]
    findings: tuple[Finding, ...]


def bind_indicators(reads: Sequence[Read[IndicatorRow]], score_places: int) -> Bound:
    """Build every row's rule and bind it."""
    indicators: list[Indicator] = []
    unsound: set[str] = set()
    findings: list[Finding] = []
    for read in reads:
        rule, wrong = _rule(read) if "分值" not in read.lost else (None, _whatever_the_mark(read))
        indicators.append(_bound(read, rule or _ANY_RULE, score_places))
        unsound |= set() if rule else {read.row.code}
        findings += wrong
    return Bound(tuple(indicators), frozenset(unsound), tuple(findings))


def _whatever_the_mark(read: Read[IndicatorRow]) -> list[Finding]:
    """What is wrong with a rule whatever the mark is that could not be read."""
    points = sum((Decimal(number) for number in _POINTS.findall(read.row.checkpoints)), Decimal(0))
    marks = (points or Decimal(1), _LARGE_MARK)
    first, second = (_rule(replace(read, row=read.row.model_copy(update={"full_mark": mark})))[1] for mark in marks)
    return [finding for finding in first if finding in second]


def _bound(read: Read[IndicatorRow], rule: Rule, score_places: int) -> Indicator:
    """Bind a rule to its indicator: ``完成值`` becomes ``完成值_A101``."""
    row = read.row
    inputs = tuple(_input(asked, row.code) for asked in rule.inputs())
    formula = rule.formula(score_places)
    names = {asked.local: asked.key for asked in inputs} | {FULL_MARK: f"{FULL_MARK}_{row.code}"}
    return Indicator(
        code=row.code,
        dimension=row.dimension,
        group=row.group,
        name=row.name,
        full_mark=row.full_mark,
        rule_kind=rule.kind,
        rule_parameters=_parameters(row, rule),
        formula=formula,
        bound_formula=rename(formula, names),
        inputs=inputs,
        standard=row.standard or rule.standard(row.full_mark),
        target=row.target,
        explanation=row.explanation,
        evidence=row.evidence,
        source=row.source,
        applies_when=row.applies_when,
        no_data=row.no_data,
        origin=read.at("编号"),
    )


def _parameters(row: IndicatorRow, rule: Rule) -> tuple[tuple[str, str], ...]:
    written = read_parameters(row.parameters)
    if "checkpoints" not in type(rule).model_fields:
        return written
    return (*written, (CHECKPOINTS, row.checkpoints))


def _input(one: RuleInput, code: str) -> IndicatorInput:
    return IndicatorInput(
        local=one.local,
        key=f"{one.local}_{code}",
        label=one.label,
        type=one.type,
        unit=one.unit,
        choices=one.choices,
        formula=one.formula,
        by_evaluator=one.by_evaluator,
        is_degree=one.is_degree,
    )


def _rule(read: Read[IndicatorRow]) -> tuple[Rule | None, list[Finding]]:
    row = read.row
    if not row.rule:
        words = Sentence.of("指标{code}“{name}”没有评分规则", {"code": row.code, "name": row.name})
        return None, [
            _error("SCHEME-05", read, "评分规则", words, "从下拉列表中选一种规则；没有量化标准的选“酌情评分”")
        ]
    kind = kind_of(row.rule)
    if kind is None:
        near = suggest(row.rule)
        hint = f"是否想写“{near}”？" if near else "从下拉列表中选择"
        return None, [_error("SCHEME-05", read, "评分规则", f"没有名为“{row.rule}”的评分规则", hint)]
    reading = build_rule(kind, read_parameters(row.parameters), read_checkpoints(row.checkpoints), row.full_mark)
    heading = "评价要点" if "checkpoints" in kind.model_fields else "规则参数"
    findings = [
        _error(
            "SCHEME-06",
            read,
            "规则参数" if misfit.parameter else heading,
            f"指标{row.code}：{misfit.message}",
            misfit.hint or _REWRITE,
        )
        for misfit in reading.misfits
    ]
    return reading.rule, findings


def _error(code: str, read: Read[IndicatorRow], heading: str, message: str | Sentence, hint: str) -> Finding:
    return about_cell(code, read.source, heading, message, hint, severity=Severity.ERROR, about=read.row.code)
