"""What differs between two schemes, and which indicators' scores each difference can move."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from toolkit.formula import parse
from toolkit.model import (
    Adjustment,
    ApplicationRule,
    CrossCheck,
    EvidenceItem,
    Field,
    GradeBand,
    Indicator,
    ProblemRow,
    Scheme,
    Timetable,
)
from toolkit.rules import KINDS


class ChangeKind(StrEnum):
    """What happened to a thing."""

    ADDED = "新增"
    REMOVED = "删除"
    CHANGED = "修改"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        what: 设置, 指标, 字段, 勾稽, 选项, 佐证 or 核查设置, with the property after a dot: ``指标·分值``.
        key: code, field key or setting concerned.
        before, after: as text, "" where there was none.
        moves: codes of the indicators whose scores it can move.
        grades: it can move grades though no score moves.
    """

    kind: ChangeKind
    what: str
    key: str
    before: str = ""
    after: str = ""
    moves: tuple[str, ...] = ()
    grades: bool = False

    def words(self) -> str:
        """The change as one Chinese sentence."""
        change = f"由“{self.before}”改为“{self.after}”" if self.kind is ChangeKind.CHANGED else self.kind.value
        return f"{self.what}“{self.key}”{change}；{self.effect()}"

    def effect(self) -> str:
        """What it can move: scores, and grades with them or alone."""
        if self.moves:
            return f"影响指标{'、'.join(self.moves)}的得分，等级可能随之变化"
        return "不影响得分，等级可能变化" if self.grades else "不影响得分"


_LINE, _SPOKEN_LINE = "\n", " / "
_Coded = CrossCheck | EvidenceItem | Adjustment | ProblemRow
_WORDS: Mapping[str, str] = {
    "title": "评价名称", "version": "方案版本", "year": "评价年度", "client": "委托单位", "evaluator": "评价机构",
    "period_start": "评价期间起", "period_end": "评价期间止", "cutoff": "数据截止日", "money_unit": "金额单位",
    "total_mark": "总分", "score_places": "得分小数位", "round_before_grading": "定级前取整",
    "not_applicable": "不适用处理",
    "no_data": "无数据处理", "scored_object": "评分对象", "grade_bands": "绩效等级", "table_rows": "明细行数",
    "dimension": "一级指标", "group": "二级指标", "name": "名称", "full_mark": "分值", "rule_kind": "评分规则",
    "rule_parameters": "规则参数", "standard": "评分标准", "target": "目标值", "explanation": "指标解释",
    "evidence": "佐证", "source": "依据", "applies_when": "适用条件", "label": "显示名称", "section": "所在表",
    "type": "类型", "unit": "单位", "required": "必填", "formula": "公式", "choices": "选项", "prefill": "预填",
    "table": "明细表", "help": "填报说明", "aliases": "别名", "severity": "严重程度", "message": "提示语",
    "issued": "发函日期", "due": "报送截止日", "corrections_due": "整改截止日", "reported": "报告日期",
    "role": "报告用途", "key": "键", "problem_class": "类别", "population": "适用条件", "condition": "成立条件",
    "amount": "数额", "amount_unit": "数额单位", "statement": "问题表述", "summary": "汇总表述", "causes": "原因",
    "advice": "建议", "responsible": "责任", "deadline": "期限", "consequence": "结果应用",
    "hint": "处理办法", "description": "说明", "treatment": "处理", "tolerance": "数值", "reason": "理由",
}  # fmt: skip
_SCORING_SETTINGS = {"score_places", "total_mark", "not_applicable", "no_data", "scored_object", "money_unit"}
_GRADING_SETTINGS = {"grade_bands", "round_before_grading"}
_OWN_SHEETS = {"choices", "evidence"}
_SCORING_PROPERTIES = {"full_mark", "rule_kind", "rule_parameters", "applies_when", "no_data"}
_FIELD_PROPERTIES = {"formula", "type", "unit", "table", "required"}


def compare_schemes(before: Scheme, after: Scheme) -> tuple[Change, ...]:
    """Every difference, settings first, in the order of the sheets."""
    every = tuple(indicator.code for indicator in after.indicators)
    return (
        *_settings(before, after, every),
        *_indicators(before, after),
        *_fields(before, after),
        *_keyed("勾稽", before.cross_checks, after.cross_checks),
        *_keyed("佐证", before.evidence, after.evidence),
        *_choices(before, after),
        *_keyed("核查设置", before.adjustments, after.adjustments),
        *_keyed("问题与建议", before.problems, after.problems),
        *_applications(before, after),
    )


def _settings(before: Scheme, after: Scheme, every: tuple[str, ...]) -> Iterable[Change]:
    for name in (field.name for field in fields(Scheme) if field.name in _WORDS and field.name not in _OWN_SHEETS):
        old, new = _text(getattr(before, name)), _text(getattr(after, name))
        if old != new:
            moves = every if name in _SCORING_SETTINGS else ()
            grades = name in _GRADING_SETTINGS
            yield Change(ChangeKind.CHANGED, "设置", _WORDS[name], old, new, moves, grades)
    for name, old, new in _differences(before.timetable, after.timetable, Timetable):
        yield Change(ChangeKind.CHANGED, "设置", _WORDS[name], old, new)
    for name in dict.fromkeys((*before.settings, *after.settings)):
        old, new = before.settings.get(name, ""), after.settings.get(name, "")
        if old != new:
            yield Change(ChangeKind.CHANGED, "设置", name, old, new)


def _indicators(before: Scheme, after: Scheme) -> Iterable[Change]:
    old, new = (
        {indicator.code: indicator for indicator in before.indicators},
        {indicator.code: indicator for indicator in after.indicators},
    )
    yield from _gone_and_come("指标", old, new, {code: (code,) for code in (*old, *new)})
    for code in (code for code in old if code in new):
        for name, was, now in _differences(old[code], new[code], Indicator):
            moves = (code,) if name in _SCORING_PROPERTIES else ()
            yield Change(ChangeKind.CHANGED, f"指标·{_WORDS[name]}", code, was, now, moves)


def _fields(before: Scheme, after: Scheme) -> Iterable[Change]:
    old, new = {field.key: field for field in before.fields}, {field.key: field for field in after.fields}
    moved = {key: tuple(dict.fromkeys((*_moved(key, before), *_moved(key, after)))) for key in (*old, *new)}
    yield from _gone_and_come("字段", old, new, moved)
    for key in (key for key in old if key in new):
        for name, was, now in _differences(old[key], new[key], Field):
            moves = moved[key] if name in _FIELD_PROPERTIES else ()
            yield Change(ChangeKind.CHANGED, f"字段·{_WORDS[name]}", key, was, now, moves)


def _keyed(what: str, before: Sequence[_Coded], after: Sequence[_Coded]) -> Iterable[Change]:
    old, new = {item.code: item for item in before}, {item.code: item for item in after}
    yield from _gone_and_come(what, old, new, {})
    for code in (code for code in old if code in new):
        for name, was, now in _differences(old[code], new[code], type(old[code])):
            yield Change(ChangeKind.CHANGED, f"{what}·{_WORDS[name]}", code, was, now)


def _applications(before: Scheme, after: Scheme) -> Iterable[Change]:
    old, new = (" / ".join(map(_rule, scheme.applications)) for scheme in (before, after))
    if old != new:
        yield Change(ChangeKind.CHANGED, "结果应用", "规则", old, new)


def _rule(rule: ApplicationRule) -> str:
    who = "、".join(part for part in (rule.grade, rule.problem_class or "") if part) or "其余"
    return f"{who}：{rule.consequence}（{rule.measure}）"


def _choices(before: Scheme, after: Scheme) -> Iterable[Change]:
    yield from _gone_and_come("选项", before.choices, after.choices, {})
    for name in (name for name in before.choices if name in after.choices):
        old, new = "、".join(before.choices[name]), "、".join(after.choices[name])
        if old != new:
            yield Change(ChangeKind.CHANGED, "选项", name, old, new)


def _gone_and_come(
    what: str, old: Mapping[str, object], new: Mapping[str, object], moves: Mapping[str, tuple[str, ...]]
) -> Iterable[Change]:
    for key in (key for key in old if key not in new):
        yield Change(ChangeKind.REMOVED, what, key, moves=moves.get(key, ()))
    for key in (key for key in new if key not in old):
        yield Change(ChangeKind.ADDED, what, key, moves=moves.get(key, ()))


def _differences(old: object, new: object, kind: type) -> Iterable[tuple[str, str, str]]:
    for name in (field.name for field in fields(kind) if field.name in _WORDS):
        # 公式 of an indicator is its rule and parameters said again
        if kind is Indicator and name == "formula":
            continue
        was, now = _property(name, getattr(old, name)), _property(name, getattr(new, name))
        if was != now:
            yield name, was, now


def _property(name: str, value: object) -> str:
    if name == "rule_kind":
        return KINDS[str(value)].label
    if name == "rule_parameters" and isinstance(value, tuple):
        return "；".join(f"{parameter}={text.replace(_LINE, _SPOKEN_LINE)}" for parameter, text in value)
    return _text(value)


def _moved(key: str, scheme: Scheme) -> list[str]:
    """Indicators whose values depend on a field, through other fields too."""
    reached, waiting = {key}, [key]
    while waiting:
        name = waiting.pop()
        users = [field.key for field in scheme.fields if field.formula and name in parse(field.formula).names]
        waiting += [user for user in users if user not in reached]
        reached |= set(users)
    return [
        indicator.code
        for indicator in scheme.indicators
        if any(value.formula and parse(value.formula).names & reached for value in indicator.inputs)
    ]


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return "；".join(f"{name}={part}" for name, part in value.items())
    if isinstance(value, tuple):
        return "；".join(_text(part) for part in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, GradeBand):
        return f"{value.name}≥{value.lower}"
    return "" if value is None else str(value)
