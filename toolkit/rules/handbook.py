"""评分规则手册: every rule kind as declared, with a worked example. Print: ``python -m toolkit.rules.handbook``."""

import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic.fields import FieldInfo

from toolkit.formula import evaluate
from toolkit.rules.building import CHECKPOINTS, build_rule, parameter_names, read_parameters
from toolkit.rules.catalogue import KINDS
from toolkit.rules.checkpoint import read_checkpoints
from toolkit.rules.rule import FULL_MARK, Example, Rule
from toolkit.rules.sample_values import read_values
from toolkit.text import plain, score

_PREFACE = """# 评分规则手册

本手册由程序按评分规则的声明生成，请勿手工修改（`python -m toolkit.rules.handbook > docs/评分规则手册.md`）。

方案《指标》表的“评分规则”写规则名，“规则参数”写成 `名=值；名=值`，“评价要点”一行一条，
行末可写分值，如 `有批复（1分）`。每条规则就是一个 Excel 公式：采集表里是它，评分时算的是它，汇总总表里还是它。
公式里的“分值”是指标分值，其余名称是本指标的取值。

- 扣分写 `5%` 是分值的5%，写 `0.5` 是0.5分；比率写 `95%`。
- 任何取值都可以由字段算出：参数写 `完成值=预算执行率`，等号右边是字段名或公式。
- 所有规则都可以写 `由评价人评定=是`：取值不向单位收集，由评价人在评审意见里给出（理由、佐证、复核人缺一不计）。
- 没有数据、也没有说明的计0分；不适用的按《方案》的“不适用处理”折算。
"""
_ALIKE = {"由评价人评定"}


def handbook() -> str:
    """The whole manual as markdown."""
    rows = "\n".join(f"| {kind.label} | `{kind.kind}` | {kind.source} |" for kind in KINDS.values())
    overview = f"\n| 规则 | 英文名 | 见于 |\n|---|---|---|\n{rows}\n"
    return _PREFACE + overview + "".join(_entry(kind) for kind in KINDS.values())


def _entry(kind: type[Rule]) -> str:
    example = kind.example
    rule, full_mark = example_rule(kind), Decimal(example.full_mark)
    parameters = "".join(f"| {name} | {how} |\n" for name, how in _parameters(kind))
    table = f"\n| 参数 | 写不写 |\n|---|---|\n{parameters}" if parameters else "\n没有参数。\n"
    points = f"；评价要点：{'／'.join(example.checkpoints.splitlines())}" if example.checkpoints else ""
    needs = "、".join(f"{need.local}（{need.label}）" for need in rule.needs())
    reading = f"- 说明：{kind.reading}\n" if kind.reading else ""
    return (
        f"\n## {kind.label}\n{table}\n{reading}"
        f"- 例：分值{example.full_mark}分；规则参数：{example.parameters or '不写'}{points}\n"
        f"- 取值：{needs}\n"
        f"- 公式：`{rule.formula()}`\n"
        f"- 评分标准：{rule.standard(full_mark)}\n"
        f"- 算例：{example.values} → {_result(rule, example, full_mark)}\n"
    )


def example_rule(kind: type[Rule]) -> Rule:
    """The rule of a kind's example.

    Raises:
        ValueError: the example does not fit the kind.
    """
    example = kind.example
    checkpoints = read_checkpoints(example.checkpoints)
    reading = build_rule(kind, read_parameters(example.parameters), checkpoints, Decimal(example.full_mark))
    if reading.rule is None:
        raise ValueError(f"{kind.kind}: {reading.misfits}")
    return reading.rule


def _result(rule: Rule, example: Example, full_mark: Decimal) -> str:
    values = read_values(example.values)
    points = evaluate(rule.formula(), {**values, FULL_MARK: full_mark})
    if not isinstance(points, Decimal):
        raise TypeError(f"{rule.kind}: {points}")
    return f"{score(points)}分。{rule.because(values, full_mark, points)}"


def _parameters(kind: type[Rule]) -> Iterator[tuple[str, str]]:
    """Name of every parameter, and whether it must be written or what holds without it."""
    named = {field.alias or name: field for name, field in kind.model_fields.items()}
    for name in parameter_names(kind):
        if name not in _ALIKE and name != CHECKPOINTS:
            yield name, _how(named[name])


def _how(field: FieldInfo) -> str:
    if field.is_required():
        return "必须写"
    usual = _said(field.get_default(call_default_factory=True))
    return f"可不写，不写按 {usual}" if usual else "可不写"


def _said(value: Any) -> str:  # noqa: ANN401  (a default of any parameter)
    if isinstance(value, bool):
        return "是" if value else "否"
    if hasattr(value, "words"):
        return str(value.words())
    if isinstance(value, Decimal | int):
        return plain(Decimal(value))
    return value if isinstance(value, str) else ""


if __name__ == "__main__":
    sys.stdout.write(handbook())
