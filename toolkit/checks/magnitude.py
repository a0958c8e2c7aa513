"""元 for 万元, per cent for fraction: slips of size, proposed with the evidence and the value that would fit.

A value too large for the contract is proposed by the reading itself (READ-45, READ-50); here is the other direction,
money against its siblings, and rates against the self score beside them.
"""

from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from toolkit.checks.case import FAR_OFF, Case
from toolkit.checks.declaration import Doubt, check
from toolkit.formula import compile_formula
from toolkit.formula.fields import leaves
from toolkit.model import CellRef, Content, Field, FieldType, Form, Indicator, IndicatorInput, Severity, Stated, Value
from toolkit.rules import applies
from toolkit.rules.likert_weighted import LikertWeighted
from toolkit.text import plain
from toolkit.text.numerals import figures_in

WAN = Decimal(10_000)
FAR = Decimal(1_000)
FULL_SHARE = Decimal("0.9")
CONTRACT_SIZED = {
    "合同金额", "预算资金", "年初预算数", "实际到位资金", "实际支出资金", "累计支付金额", "计划成本", "实际成本",
}  # fmt: skip
LOW_RATE = Decimal("0.011")
_MANY_TIMES, _FULL_MARKS, _FAR_ABOVE = Decimal(5), Decimal(100), Decimal(50)


@check(
    FAR_OFF,
    Severity.WARNING,
    "金额与同表其他金额相差一万倍左右",
    message="{label}填{found}，{evidence}，疑似单位错填；如是，应为{proposal}",
    hint="核对计量单位；确认后按建议值更正，或写明原因",
    source="同一项目的各项资金应在同一数量级",
)
def amount_off_by_wan(case: Case) -> Iterator[Doubt]:
    """An amount a thousand times above or below the roster's contract, or its siblings where there is none."""
    amounts = {amount.key: value for amount in _amounts(case) if (value := case.number(amount.key))}
    for key, value in amounts.items():
        listed = case.project.contract_amount
        others = [other for name, other in amounts.items() if name != key]
        if case.at(key) in case.asked_in_yuan or (not listed and len(others) < 3):
            continue
        reference = listed or median(others)
        proposal = _proposal(value, Decimal(reference))
        if proposal is not None and value != proposal and not _explained(case, key):
            source = "清单合同金额" if listed else "同表其他金额的中位数"
            evidence = f"{source}为{case.money(Decimal(reference))}"
            words: dict[str, Content] = {
                "label": case.label(key), "evidence": evidence, "proposal": case.money(proposal),
            }  # fmt: skip
            yield Doubt(case.at(key), case.money(value), Stated(proposal), key, words)


def _amounts(case: Case) -> Iterator[Field]:
    """Amounts of the size of a contract: budget, arrivals, payments, costs."""
    amounts = (field for field in case.scheme.fields if field.type is FieldType.AMOUNT and not field.formula)
    return (amount for amount in amounts if amount.key in CONTRACT_SIZED)


def _proposal(value: Decimal, reference: Decimal) -> Decimal | None:
    if value < 0 or reference <= 0:
        return None
    if value * FAR <= reference and value * WAN <= reference * 2:
        return _without_zeros(value * WAN)
    return _without_zeros(value / WAN) if value >= reference * FAR else None


def _without_zeros(number: Decimal) -> Decimal:
    """The number without the zeros behind its point that multiplying leaves: 285, not 285.0000."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _explained(case: Case, key: str) -> bool:
    """The contract amount has its own words (FUND-05), which name the slip."""
    return key == "合同金额" and case.project.contract_amount is not None


@check(
    "MAGN-02",
    Severity.WARNING,
    "比率疑似缩小了100倍",
    message="指标{code}“{name}”的{label}填{found}，自评为{self}分（分值{mark}分）；如漏乘100，应为{proposal}",
    hint="核对比率；在百分比格中填98%或98，不要填0.98%",
    source="比率的写法以表内提示为准",
)
def rate_off_by_hundred(case: Case) -> Iterator[Doubt]:
    """A typed rate of one per cent or less, where a hundred times as much would earn the self score beside it."""
    for indicator, own in case.self_scores:
        for asked in indicator.inputs:
            value = case.submission.value(asked.key)
            typed = asked.type is FieldType.RATE and not asked.formula
            if not typed or not isinstance(value, Decimal) or not 0 < value <= LOW_RATE:
                continue
            if own >= indicator.full_mark * FULL_SHARE and _earns(indicator, asked.local, value * 100) >= own - 1:
                due = _percent(value * 100)
                words: dict[str, Content] = {
                    "code": indicator.code, "name": indicator.name, "label": asked.label, "self": Stated(own),
                    "mark": Stated(indicator.full_mark), "proposal": due,
                }  # fmt: skip
                yield Doubt(case.at(asked.key), _percent(value), due, indicator.code, words)


def _percent(fraction: Decimal) -> Stated:
    return Stated(fraction, Form.PERCENT, places=2)


def _earns(indicator: Indicator, local: str, value: Decimal) -> Decimal:
    values: dict[str, Value] = {"分值": indicator.full_mark, local: value}
    result = compile_formula(indicator.formula).evaluate(values)
    return result if isinstance(result, Decimal) else Decimal(0)


@check(
    "MAGN-03",
    Severity.WARNING,
    "指标的完成值大得不像",
    message="指标{code}“{name}”的{label}{found}，{why}",
    hint="核对是否多写了位数、分子分母填反或单位不符；属实的，说明原因",
    source="完成值应与评分标准在同一数量级",
)
def too_large_to_be_true(case: Case) -> Iterator[Doubt]:
    """What a slip of size earns: a rate of five times the whole, a mark above 100 where the standard knows none.

    And what it costs: fifty times the target where smaller is better, milliseconds typed for seconds.
    """
    for indicator in case.scheme.indicators:
        if not applies(indicator, case.project):
            continue
        for item in indicator.inputs:
            if seen := _computed_rate(case, item) if item.formula else _typed_figure(case, indicator, item):
                value, why, rests_on = seen
                words: dict[str, Content] = {
                    "code": indicator.code, "name": indicator.name, "label": item.label, "why": why,
                }  # fmt: skip
                yield Doubt(case.at(item.key), value, "", indicator.code, words, rests_on)


_Seen = tuple[Stated, str, tuple[CellRef, ...]]


def _computed_rate(case: Case, item: IndicatorInput) -> _Seen | None:
    """A rate over what was typed; a rate that is a field of its own has RATE-07."""
    if item.type is not FieldType.RATE or case.scheme.field(item.formula.removeprefix("=")):
        return None
    value = case.fields.derived(item.formula)
    if not isinstance(value, Decimal) or value < _MANY_TIMES:
        return None
    cells = tuple(case.at(field.key) for field in leaves(case.scheme.fields, item.formula, case.fields.judged))
    return _percent(value), "是由填报数据算出的，远超过100%", cells


def _typed_figure(case: Case, indicator: Indicator, item: IndicatorInput) -> _Seen | None:
    return _mark(case, indicator, item) or _far_above_target(case, indicator, item)


def _far_above_target(case: Case, indicator: Indicator, item: IndicatorInput) -> _Seen | None:
    """A figure fifty times the target that earns less than the target would: minutes in a cell of hours are sixty."""
    value, target = case.submission.value(item.key), _target(indicator)
    typed = item.type is FieldType.NUMBER and not item.by_evaluator and len(indicator.inputs) == 1
    if not typed or not isinstance(value, Decimal) or target is None or value < target * _FAR_ABOVE:
        return None
    earned = _earns(indicator, item.local, value)
    if earned >= _earns(indicator, item.local, target):
        return None
    times = plain((value / target).quantize(Decimal(1)))
    why = f"是目标{plain(target)}{item.unit}的{times}倍，按规则得{plain(earned)}分，疑似计量单位或小数点填错"
    return Stated(value, unit=item.unit), why, ()


def _target(indicator: Indicator) -> Decimal | None:
    """The target that a rule's parameters name, above 0."""
    figures = tuple(figures_in(dict(indicator.rule_parameters).get("目标", "")))
    return figures[0].value if len(figures) == 1 and figures[0].value > 0 else None


def _mark(case: Case, indicator: Indicator, item: IndicatorInput) -> _Seen | None:
    value = case.submission.value(item.key)
    if item.by_evaluator or item.unit != "分" or not isinstance(value, Decimal) or value <= _FULL_MARKS:
        return None
    written = " ".join((indicator.target, *(text for _, text in indicator.rule_parameters)))
    if any(figure.value > _FULL_MARKS for figure in figures_in(written)):
        return None
    return Stated(value, unit="分"), "超过100分", ()


@check(
    "MAGN-04",
    Severity.WARNING,
    "问卷份数不像份数",
    message="指标{code}“{name}”的问卷{why}",
    hint="按问卷汇总表填各档的份数（整数）；没有做问卷调查的，删去各档的数，在“说明”栏写明原因",
    source="满意度按各档答卷份数加权",
)
def answers_uncounted(case: Case) -> Iterator[Doubt]:
    """Answers of a questionnaire that are all 0, of which nothing can be known, or that are shares and no numbers."""
    for indicator in case.scheme.indicators:
        if indicator.rule_kind != LikertWeighted.kind or not applies(indicator, case.project):
            continue
        asked = [item for item in indicator.inputs if not item.by_evaluator and not item.formula]
        counts = [(item, case.submission.value(item.key)) for item in asked]
        numbers = [(item, value) for item, value in counts if isinstance(value, Decimal)]
        split = next(((item, value) for item, value in numbers if value != value.to_integral_value()), None)
        nothing = len(numbers) == len(asked) > 0 and not any(value for _, value in numbers)
        if split or nothing:
            item, value = split or numbers[0]
            why = f"“{item.local}”填{plain(value)}份，不是整数，像是填了占比" if split else "各档都填0份，按规则得0分"
            words: dict[str, Content] = {"code": indicator.code, "name": indicator.name, "why": why}
            yield Doubt(case.at(item.key), Stated(value, unit="份"), "", indicator.code, words)
