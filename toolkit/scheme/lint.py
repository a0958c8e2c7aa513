"""What a well-formed scheme can still have wrong: sums, grades, units of money, doubtful rules."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from toolkit.errors import SchemeError
from toolkit.model import (
    CellRef,
    Content,
    FieldType,
    Finding,
    Form,
    Indicator,
    Scheme,
    ScoredObject,
    Sentence,
    Severity,
    Stated,
)
from toolkit.model.setting_names import LEAST_SHARE
from toolkit.rules.building import rule_for
from toolkit.rules.date_window import DateWindow
from toolkit.scheme.alternatives import check_kinds, every_kind, has_alternatives, suits
from toolkit.scheme.bonus import told_of_bonus, without_bonus
from toolkit.scheme.columns import SETTINGS
from toolkit.scheme.equal_shares import check_equal_shares
from toolkit.scheme.findings import say, workbook_of
from toolkit.scheme.self_form_setting import check_self_form
from toolkit.scheme.sources import check_sources
from toolkit.scheme.unused import check_unused
from toolkit.text import plain
from toolkit.text.numerals import MONEY_UNITS
from toolkit.text.shares import read_share, share_or

_HUNDRED, _LEAST_TOP = Decimal(100), Decimal(70)
"""A best grade from less than 70 % on is no best grade."""
_USUAL_SHARE = "60%"
_OUTCOME_WORDS = ("产出", "效益", "效果", "满意度", "结果")
_SATISFIED = "满意"
_NAMED = 3
_RULES_OF_SATISFACTION = ("likert_weighted",)


def lint_scheme(scheme: Scheme) -> list[Finding]:
    """All findings about a scheme that could be read."""
    return [
        finding
        for check in (*_CHECKS, check_unused, check_equal_shares, check_self_form, check_sources)
        for finding in check(scheme)
    ]


def _total(scheme: Scheme) -> list[Finding]:
    """Marks that make up the total but for a bonus are told as that, and not as a sum that is wrong."""
    return _sums(scheme) if _regular(scheme) is scheme else told_of_bonus(scheme)


def _regular(scheme: Scheme) -> Scheme:
    """The scheme; without its bonus, where its marks make up the total but for that."""
    others = without_bonus(scheme)
    beyond = 0 < len(others.indicators) < len(scheme.indicators) and _sums(scheme) and not _sums(others)
    return others if beyond else scheme


def _sums(scheme: Scheme) -> list[Finding]:
    total = sum((indicator.full_mark for indicator in scheme.indicators), Decimal(0))
    if total == scheme.total_mark:
        return []
    conditional = any(indicator.applies_when for indicator in scheme.indicators)
    if conditional and has_alternatives(scheme) and scheme.scored_object is ScoredObject.PROJECT:
        return check_kinds(scheme)
    parts = "，".join(f"{name}{plain(mark)}分" for name, mark in scheme.dimensions().items())
    found, expected = Stated(total), Stated(scheme.total_mark)
    words: dict[str, Content] = {"found": found, "expected": expected, "parts": parts}
    told = Sentence.of("各指标分值合计{found}分（{parts}），与总分{expected}分不一致", words)
    at = scheme.indicators[0].origin if scheme.indicators else _settings(scheme)
    return [say("SCHEME-20", at, told, "调整指标分值，或改正《方案》的总分", found=found, expected=expected)]


def _places(scheme: Scheme) -> list[Finding]:
    return [
        say(
            "SCHEME-21",
            indicator.origin,
            Sentence.of(
                "指标{code}的分值{found}的小数位多于得分小数位{places}，满分四舍五入后会变",
                {
                    "code": indicator.code,
                    "found": Stated(indicator.full_mark),
                    "places": Stated(Decimal(scheme.score_places)),
                },
            ),
            "增加《方案》的得分小数位，或改分值",
            about=indicator.code,
            found=Stated(indicator.full_mark),
        )
        for indicator in scheme.indicators
        if indicator.full_mark != round(indicator.full_mark, scheme.score_places)
    ]


def _outcome_share(scheme: Scheme) -> list[Finding]:
    regular = _regular(scheme)
    if not regular.indicators:
        return []
    least = _least_share(scheme)
    outcome, whole = min(_outcomes(regular), key=lambda sums: sums[0] / sums[1])
    share = outcome / whole
    if share >= least:
        return []
    hint = f"提高产出、效益指标的分值；确需如此的，在《方案》的“{LEAST_SHARE}”写明比例（写0%则不检查）"
    at = scheme.indicators[0].origin
    found, expected = (Stated(value, Form.PERCENT, places=places) for value, places in ((share, 2), (least, 0)))
    words: dict[str, Content] = {"outcome": Stated(outcome), "found": found, "expected": expected}
    told = Sentence.of("产出与效益（含满意度）合计{outcome}分，占{found}，低于{expected}", words)
    return [say("SCHEME-23", at, told, hint, severity=Severity.WARNING, found=found, expected=expected)]


def _outcomes(scheme: Scheme) -> list[tuple[Decimal, Decimal]]:
    """Marks of outcomes and of all indicators, for every kind of project whose marks make up the total. Units: 分."""
    found = every_kind(indicator.applies_when for indicator in scheme.indicators)
    suited = [[indicator for indicator in scheme.indicators if suits(indicator.applies_when, kind)] for kind in found]
    whole = [own for own in suited if sum((indicator.full_mark for indicator in own), Decimal(0)) == scheme.total_mark]
    return [
        (
            sum(
                (
                    indicator.full_mark
                    for indicator in own
                    if any(word in indicator.dimension for word in _OUTCOME_WORDS)
                ),
                Decimal(0),
            ),
            sum((indicator.full_mark for indicator in own), Decimal(0)),
        )
        for own in whole or [list(scheme.indicators)]
    ]


def _least_share(scheme: Scheme) -> Decimal:
    return share_or(scheme.settings.get(LEAST_SHARE, ""), read_share(_USUAL_SHARE))


def _satisfaction(scheme: Scheme) -> list[Finding]:
    return [
        say(
            "SCHEME-25",
            indicator.origin,
            Sentence.of(
                "指标{code}“{name}”归在“{group}”下，但不是满意度指标",
                {"code": indicator.code, "name": indicator.name, "group": indicator.group or indicator.dimension},
            ),
            "移到相应的产出或效益指标下",
            severity=Severity.WARNING,
            about=indicator.code,
        )
        for indicator in scheme.indicators
        if _SATISFIED in (indicator.group or indicator.dimension) and not _is_satisfaction(indicator)
    ]


def _is_satisfaction(indicator: Indicator) -> bool:
    words = (indicator.name, indicator.explanation, indicator.target)
    return indicator.rule_kind in _RULES_OF_SATISFACTION or any(_SATISFIED in text for text in words)


def _reverse_without_cap(scheme: Scheme) -> list[Finding]:
    return [
        say(
            "SCHEME-26",
            indicator.origin,
            Sentence.of(
                "指标{code}“{name}”越小越好，但没有写上限倍数：实际值再差也能得分",
                {"code": indicator.code, "name": indicator.name},
            ),
            "在“规则参数”补写 上限倍数=2（实际值达到目标的2倍时计0分）",
            severity=Severity.WARNING,
            about=indicator.code,
        )
        for indicator in scheme.indicators
        if indicator.rule_kind == "reverse_target" and "上限倍数" not in dict(indicator.rule_parameters)
    ]


def _limits_before_the_period(scheme: Scheme) -> list[Finding]:
    """A time limit that was over when the period began: most likely last year's, which makes everybody late."""
    start = scheme.period_start
    found: list[Finding] = []
    for indicator in scheme.indicators if start else ():
        last = _last_day(indicator)
        if last and start and last < start:
            words: dict[str, Content] = {
                "code": indicator.code, "name": indicator.name, "found": Stated(last), "start": Stated(start)
            }  # fmt: skip
            told = Sentence.of(
                "指标{code}“{name}”的时限到{found}止，早于评价期间起{start}：评价期间内完成的都算逾期", words
            )
            hint = "沿用上年方案的，把规则参数的“起”“止”改成本年的；确按原定期限考核的，不用改"
            found.append(
                say("SCHEME-49", indicator.origin, told, hint, severity=Severity.WARNING, about=indicator.code)
            )
    return found


def _last_day(indicator: Indicator) -> date | None:
    """The end of an indicator's time limit; None for another rule, and for one that could not be read."""
    if indicator.rule_kind != DateWindow.kind:
        return None
    try:
        rule = rule_for(indicator)
    except SchemeError:  # already said when the rule was read
        return None
    return rule.last.day if isinstance(rule, DateWindow) else None


def _grade_scale(scheme: Scheme) -> list[Finding]:
    """Bands count on the scale of 100: limits written in points of another total give grades nobody earned."""
    total, limits = scheme.total_mark, [band.lower for band in scheme.grade_bands if band.lower]
    if not limits or total == _HUNDRED or _HUNDRED >= max(limits) > total:
        return []
    if _LEAST_TOP <= max(limits) <= _HUNDRED and max(limits) * _HUNDRED / total < _LEAST_TOP:
        return []  # 优≥90 of 1000 points: nobody calls a tenth of all points the best grade
    scaled = [limit * _HUNDRED / total for limit in limits]
    own = max(limits) > _HUNDRED or max(limits) < _LEAST_TOP or all(limit % 5 == 0 for limit in scaled)
    bands = "；".join(f"{band.name}≥{plain(round(band.lower * 100 / total, 2))}" for band in scheme.grade_bands)
    best = max(scheme.grade_bands)
    words: dict[str, Content] = {"limit": Stated(best.lower), "total": Stated(total), "name": best.name}
    told = Sentence.of(
        "绩效等级按百分制写，得分先按总分{total}分折成百分制再定级；“{name}≥{limit}”像是按总分{total}分写的", words
    )
    severity, otherwise = (Severity.ERROR, "") if own else (Severity.WARNING, "；确是百分制的下限，不用改")
    hint = f"按总分{plain(total)}分写的，改成 {bands}{otherwise}"
    return [say("SCHEME-48", _settings(scheme), told, hint, severity=severity, found=Stated(max(limits)))]


def _money_units(scheme: Scheme) -> list[Finding]:
    """Contract amounts are put in, and amounts compared, in the scheme's unit: a field in another one is off."""
    others = [field for field in scheme.fields if field.type is FieldType.AMOUNT and field.unit in MONEY_UNITS]
    others = [field for field in others if field.unit != scheme.money_unit]
    if not others:
        return []
    unit, names = others[0].unit, "、".join(field.label for field in others[:_NAMED])
    names += f"等{len(others)}个字段" if len(others) > _NAMED else ""
    told = Sentence.of(
        "{fields}的单位是“{found}”，《方案》的金额单位是“{expected}”：预填、核查和报告都会差出倍数",
        {"fields": names, "found": unit, "expected": scheme.money_unit},
    )
    hint = f"这些字段的单位改为“{scheme.money_unit}”或不写，数也按它填"
    if unit in {"元", "万元"}:
        hint = f"《方案》写“金额单位”为“{unit}”；或{hint}；只是个别明细按“{unit}”填的，类型改为“数量”，在公式里换算"
    return [say("SCHEME-47", others[0].origin, told, hint, about=others[0].key, found=unit, expected=scheme.money_unit)]


def _settings(scheme: Scheme) -> CellRef:
    return CellRef(workbook_of(scheme), SETTINGS)


_CHECKS: tuple[Callable[[Scheme], list[Finding]], ...] = (
    _total,
    _places,
    _outcome_share,
    _satisfaction,
    _reverse_without_cap,
    _money_units,
    _grade_scale,
    _limits_before_the_period,
)
