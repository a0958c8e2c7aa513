"""苏州市级财政支出项目绩效自评表, with the description of the project behind it. It has no grade.

Source: the form municipal departments of 苏州 publish (2023).
"""

from toolkit.model import Indicator
from toolkit.model.printed_form import FormTable, PrintedForm
from toolkit.model.self_form import SUZHOU_BUDGET, SUZHOU_SPENT, SUZHOU_STORY, SUZHOU_TABLE
from toolkit.report.self_form.facts import FormFacts, label, long, short
from toolkit.report.self_form.grouped import Row, grouped_rows

_WIDTHS = (13.0, 9.0, 13.0, 13.0, 13.0, 9.0, 13.0, 9.0)
_WHOLE = len(_WIDTHS)


def suzhou_form(facts: FormFacts) -> PrintedForm:
    """The form of one project."""
    rows = (*_head(facts), *_budget(facts), *_spent(facts), *_parts(facts), *_indicators(facts))
    tables = (FormTable("自评表", _WIDTHS, rows), FormTable("项目基本情况", (14.0, 78.0), _story(facts)))
    return PrintedForm("苏州市级财政支出项目绩效自评表", tables, notes=_notes(facts))


def _head(facts: FormFacts) -> tuple[Row, ...]:
    unit = facts.said("主管单位", "项目主管部门（单位）", "责任单位", "填报单位") or (facts.project.unit,)
    year = facts.said("项目年份") or (str(facts.scheme.year),)
    name = facts.said("项目名称") or (facts.project.name,)
    return (
        (label("项目名称", 2), short(name, 3), label("项目年份"), short(year, 2)),
        (label("项目主管部门（单位）", 2), short(unit, _WHOLE - 2)),
    )


def _budget(facts: FormFacts) -> tuple[Row, ...]:
    names = ("年初预算数", "当年使用上年结余、结转及当年调整预算数", "财政拨款数", "指标结余数", "指标结余收回数")
    title = f"市级预算执行情况（{facts.scheme.money_unit}）"
    widths = (1, 2, 1, 1, 1)
    return (
        (label(title, 2, 2), *(label(name, width) for name, width in zip(names, widths, strict=True))),
        tuple(short(facts.said(key), width) for key, width in zip(SUZHOU_BUDGET, widths, strict=True)),
    )


def _spent(facts: FormFacts) -> tuple[Row, ...]:
    title = f"市级财政资金使用情况（{facts.scheme.money_unit}）"
    heads = (label("财政拨款数", 1, 2), label("实际支付数", 1, 2), label("资金结余、结转数", 2, 2), label("其中：", 2))
    widths = (1, 1, 2, 1, 1)
    return (
        (label(title, 2, 3), *heads),
        (label("结转数"), label("财政收回数")),
        tuple(short(facts.said(key), width) for key, width in zip(SUZHOU_SPENT, widths, strict=True)),
    )


def _parts(facts: FormFacts) -> tuple[Row, ...]:
    unit = facts.scheme.money_unit
    widths = (4, 2, 2)
    heads = ("子项名称", f"预算数（{unit}）", f"实际数（{unit}）")
    total = (("合计",), facts.column_sum(SUZHOU_TABLE[1]), facts.column_sum(SUZHOU_TABLE[2]))
    return (
        (label("项目资金构成（详细列出各子项目名称和金额）", _WHOLE),),
        tuple(label(head, width) for head, width in zip(heads, widths, strict=True)),
        *(
            tuple(short(cell, width) for cell, width in zip(row, widths, strict=True))
            for row in (total, *facts.rows(*SUZHOU_TABLE))
        ),
    )


def _indicators(facts: FormFacts) -> tuple[Row, ...]:
    heads = (label("项目"), label("类别"), label("指标名称", 2), label("目标值"), label("权重"))
    rows = list(grouped_rows(facts.indicators, lambda indicator: _cells(facts, indicator), group_width=0))
    whole = f"项目绩效实现情况（{''.join(map(str, facts.full_total()))}分）"
    if rows:
        rows[0] = (label(whole, 1, len(rows)), *rows[0])
    total = (label("合计", 5), short(facts.full_total()), short(""), short(facts.self_sum()))
    return ((*heads, label("实际完成值"), label("自评分")), *rows, total)


def _cells(facts: FormFacts, indicator: Indicator) -> Row:
    return (
        short(indicator.name, 2),
        short(indicator.target),
        short(facts.full_mark(indicator)),
        short(facts.actual(indicator)),
        short(facts.self_mark(indicator)),
    )


def _story(facts: FormFacts) -> tuple[Row, ...]:
    return tuple((label(name), long(facts.said(name))) for name in SUZHOU_STORY)


def _notes(facts: FormFacts) -> tuple[str, ...]:
    day = facts.scheme.cutoff
    when = f"各项数据截至{day.year}年{day.month}月{day.day}日。" if day else ""
    kinds = {indicator.rule_kind for indicator in facts.indicators}
    graded = "定性指标分好、较好、一般、较差、差五级，分别得权重的100%、80%、60%、40%、20%。"
    return (
        "填表说明：指标结余数=年初预算数+上年结余结转及调整数-财政拨款数；资金结余、结转数=财政拨款数-实际支付数=结转数+财政收回数。"
        f"各项指标权重合计{''.join(map(str, facts.full_total()))}分。"
        + (graded if "qualitative_grade" in kinds else "")
        + when,
    )
