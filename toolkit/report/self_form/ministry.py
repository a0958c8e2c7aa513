"""项目支出绩效自评表.

Source: 财预〔2020〕10号, 附1: 预算执行率 10, 产出 50, 效益 30, 满意度 10.
"""

from decimal import Decimal

from toolkit.model import Indicator
from toolkit.model.printed_form import FormTable, PrintedForm, Words
from toolkit.model.self_form import MINISTRY_FUNDS, MINISTRY_MONEY
from toolkit.report.self_form.facts import FormFacts, label, long, short
from toolkit.report.self_form.grouped import Row, grouped_rows
from toolkit.text import percent

_WIDTHS = (9.0, 11.0, 18.0, 12.0, 12.0, 12.0, 8.0, 8.0, 8.0, 18.0)
EXECUTION = "预算执行率"
_SAME = {"全年预算数": ("全年预算数", "预算资金"), "全年执行数": ("全年执行数", "实际支出资金")}


def ministry_form(facts: FormFacts) -> PrintedForm:
    """The form of one project."""
    name = facts.said("项目名称") or (facts.project.name,)
    head: tuple[Row, ...] = (
        (label("项目名称", 2), short(name, 8)),
        (
            label("主管部门", 2),
            short(facts.said("主管部门", "主管单位") or (facts.project.unit,), 3),
            label("实施单位"),
            short(facts.said("实施单位", "填报单位", "责任单位") or (facts.project.unit,), 4),
        ),
    )
    own = [indicator for indicator in facts.indicators if indicator.name != EXECUTION]
    rows = grouped_rows(own, lambda indicator: _cells(facts, indicator))
    total = (label("总分", 6), short(facts.full_total()), short(facts.self_sum(), 2), short(""))
    grade = facts.grade()
    graded: tuple[Row, ...] = ((label("绩效等级", 2), short(grade, 8)),) if grade else ()
    table = (*head, *_funds(facts), *_goals(facts), _heading(), *rows, total, *graded)
    return PrintedForm("项目支出绩效自评表", (FormTable("自评表", _WIDTHS, table),), (f"（{facts.scheme.year}年度）",))


def _funds(facts: FormFacts) -> tuple[Row, ...]:
    names = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    widths = (1, 1, 1, 1, 1, 2)
    title = f"项目资金（{facts.scheme.money_unit}）"
    head = (
        label(title, 2, 1 + len(MINISTRY_FUNDS)), label(""),
        *(label(name, width) for name, width in zip(names, widths, strict=True)),
    )  # fmt: skip
    return (head, _whole(facts), *(_source(facts, name) for name in MINISTRY_FUNDS[1:]))


def _whole(facts: FormFacts) -> Row:
    indicator = next((each for each in facts.indicators if each.name == EXECUTION), None)
    amounts = [facts.said(*_SAME.get(name, (name,))) for name in MINISTRY_MONEY]
    rate = facts.said(EXECUTION) or _rate(amounts)
    mark = facts.full_mark(indicator) if indicator else ()
    got = facts.self_mark(indicator) if indicator else ()
    return (label("年度资金总额"), *map(short, amounts), short(mark), short(rate), short(got, 2))


def _source(facts: FormFacts, name: str) -> Row:
    amounts = [facts.said(f"{name}{money}", f"{name}_{money}") for money in MINISTRY_MONEY]
    return (
        label(f"其中：{name}" if name == MINISTRY_FUNDS[1] else name), *map(short, amounts), short("—"),
        short(_rate(amounts)), short("—", 2),
    )  # fmt: skip


def _rate(amounts: list[Words]) -> Words:
    """全年执行数 of 全年预算数; blank where a number is missing or nothing was planned."""
    try:
        planned, spent = (Decimal("".join(map(str, words))) for words in amounts[1:])
    except ArithmeticError:
        return ()
    return (percent(spent / planned),) if planned else ()


def _goals(facts: FormFacts) -> tuple[Row, ...]:
    expected = facts.said("年度预期目标", "年度绩效目标", "预期目标")
    reached = facts.said("实际完成情况", "项目实施情况")
    return (
        (label("年度总体目标", 1, 2), label("预期目标", 4), label("实际完成情况", 5)),
        (long(expected, 4), long(reached, 5)),
    )


def _heading() -> Row:
    heads = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    widths = (1, 1, 1, 1, 2, 1, 1, 2)
    return tuple(label(head, width) for head, width in zip(heads, widths, strict=True))


def _cells(facts: FormFacts, indicator: Indicator) -> Row:
    return (
        short(indicator.name),
        short(indicator.target),
        short(facts.actual(indicator), 2),
        short(facts.full_mark(indicator)),
        short(facts.self_mark(indicator)),
        long(facts.remark(indicator), 2),
    )
