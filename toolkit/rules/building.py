"""From what stands in a scheme row to a rule: every mistake of the parameters at once, in Chinese."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from toolkit.errors import SchemeError
from toolkit.model import Indicator
from toolkit.rules.catalogue import kind_of
from toolkit.rules.checkpoint import Checkpoint, read_checkpoints
from toolkit.rules.rule import Rule

_PARAMETER = re.compile(r"\s*([^\s<>≥≤:：=＝][^<>≥≤:：=＝]*?)\s*[=＝]\s*(.*)", re.DOTALL)
CHECKPOINTS = "评价要点"
"""Name under which an indicator keeps its checkpoints among the parameters, as written."""
_NOT_WRITTEN = {"derived", "checkpoints"}


@dataclass(frozen=True, slots=True)
class Misfit:
    """One mistake in a rule's parameters; ``parameter`` "" when it concerns the row."""

    parameter: str
    message: str
    hint: str = ""


_HOW = "每个参数写成“名称=内容”，几个参数之间用“；”隔开，如 目标=95%；条件=≥"
_TOGETHER = re.compile(r"[,，、\s][\u4e00-\u9fff]{1,10}\s*[=＝]")
"""A second parameter within the text of one, behind a comma."""


@dataclass(frozen=True, slots=True)
class RuleReading:
    """The rule, or None with the reasons why not."""

    rule: Rule | None
    misfits: tuple[Misfit, ...] = ()


def read_parameters(cell: str) -> tuple[tuple[str, str], ...]:
    """Split ``目标=95%；条件=≥`` into (name, text) pairs; text before the first name stands under "".

    A piece without ``=`` (``≥90%:4`` after a semicolon) continues the parameter before it.
    """
    pairs: list[tuple[str, str]] = []
    for piece in re.split(r"[；;\n]", cell):
        match = _PARAMETER.fullmatch(piece)
        if match:
            pairs.append((match[1], match[2].strip()))
        elif piece.strip():
            name, text = pairs.pop() if pairs else ("", "")
            pairs.append((name, f"{text}，{piece.strip()}" if text else piece.strip()))
    return tuple(pairs)


def build_rule(
    kind: type[Rule], pairs: Sequence[tuple[str, str]], checkpoints: tuple[Checkpoint, ...], full_mark: Decimal
) -> RuleReading:
    """Build a rule of a kind.

    A parameter named like one of the rule's values (``完成值=预算执行率``) derives that value from fields.

    Args:
        kind: the rule class.
        pairs: parameters as written, see :func:`read_parameters`.
        checkpoints: the indicator's 评价要点; ignored by kinds that have none.
        full_mark: Units: 分.
    """
    twice = [Misfit(name, f"参数“{name}”写了两次", "只保留一个") for name in _repeated([name for name, _ in pairs])]
    known = parameter_names(kind)
    data: dict[str, Any] = {name: text for name, text in pairs if name in known}
    if "checkpoints" in kind.model_fields:
        data[CHECKPOINTS] = checkpoints
    data["derived"] = tuple((name, _as_formula(text)) for name, text in pairs if name not in known)
    try:
        rule = kind.model_validate(data)
    except ValidationError as error:
        unknown = [name for name, _ in pairs if name not in known]
        misfits = [_misfit(kind, one, unknown) for one in error.errors()]
        return RuleReading(None, (*twice, *misfits, *_unknown_besides(kind, data, error)))
    misfits = [*twice, *_unknown(rule), *(Misfit("", text) for text in rule.misfits(full_mark))]
    return RuleReading(None if misfits else rule, tuple(misfits))


@lru_cache(maxsize=4_096)
def rule_for(indicator: Indicator) -> Rule:
    """The rule a bound indicator was made from, to say why a score came out as it did; built once for all projects.

    Raises:
        SchemeError: the indicator's kind or parameters are not those of a rule (it was not made by reading a scheme).
    """
    kind = kind_of(indicator.rule_kind)
    pairs = [pair for pair in indicator.rule_parameters if pair[0] != CHECKPOINTS]
    checkpoints = read_checkpoints(dict(indicator.rule_parameters).get(CHECKPOINTS, ""))
    reading = build_rule(kind, pairs, checkpoints, indicator.full_mark) if kind else None
    if reading is None or reading.rule is None:
        words = f"指标{indicator.code}的评分规则“{indicator.rule_kind}”无法还原"
        raise SchemeError(words, where=str(indicator.origin), what_to_do="重新读取评价方案")
    return reading.rule


def parameter_names(kind: type[Rule]) -> tuple[str, ...]:
    """Chinese names of the parameters a kind takes, in order."""
    fields = kind.model_fields.items()
    return tuple(field.alias or name for name, field in fields if name not in _NOT_WRITTEN)


def _unknown(rule: Rule) -> list[Misfit]:
    values = [need.local for need in rule.needs()]
    known = [*parameter_names(type(rule)), *values]
    return [
        Misfit(name, f"“{rule.label}”没有参数“{name}”", _did_you_mean(name, known))
        if name
        else Misfit(name, f"规则参数“{text.lstrip('=')}”看不懂", _HOW)
        for name, text in rule.derived
        if name not in values
    ]


def _unknown_besides(kind: type[Rule], data: dict[str, Any], error: ValidationError) -> list[Misfit]:
    """Parameters the kind does not have, beside others whose content is wrong; none while one that it needs is missing.

    What was written in the place of a missing one is told with it.
    """
    wrong = {str(one["loc"][0]) for one in error.errors() if one["loc"]}
    try:
        return _unknown(kind.model_validate({name: value for name, value in data.items() if name not in wrong}))
    except ValidationError:
        return []


def _did_you_mean(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"是否想写“{near[0]}”" if near else f"可用的参数：{'、'.join(known)}"


def _misfit(kind: type[Rule], error: ErrorDetails, unknown: list[str]) -> Misfit:
    name = str(error["loc"][0]) if error["loc"] else ""
    if name == CHECKPOINTS:
        return Misfit("", f"“{kind.label}”需要在“评价要点”列写要点，一行一个（最多30个）", "例如：立项依据充分（1分）")
    if error["type"] == "missing":
        near = difflib.get_close_matches(name, unknown, n=1, cutoff=0.4)
        hint = f"“{near[0]}”是否想写“{name}”？" if near else f"在“规则参数”列补写 {name}=…"
        return Misfit(name, f"“{kind.label}”缺少参数“{name}”", hint)
    if error["type"] == "value_error":
        reason = str(error.get("ctx", {}).get("error", error["msg"]))
        together = _TOGETHER.search(str(error["input"]))
        return Misfit(name, f"参数“{name}”：{reason}" if name else reason, _HOW if together else "")
    return Misfit(name, f"参数“{name}”的内容“{error['input']}”不合要求", _allowed(error))


def _allowed(error: ErrorDetails) -> str:
    limits = error.get("ctx", {})
    if error["type"] == "literal_error":
        allowed = str(limits.get("expected", "")).replace("'", "").replace(", ", "、").replace(" or ", " 或 ")
        return f"应写 {allowed}"
    if error["type"] == "int_parsing":
        return "应写整数"
    words = {"ge": "不小于", "le": "不大于", "gt": "大于", "lt": "小于"}
    return "，".join(f"应{words[key]}{value}" for key, value in limits.items() if key in words)


def _repeated(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


def _as_formula(text: str) -> str:
    return f"={text.lstrip('=＝ ')}"
