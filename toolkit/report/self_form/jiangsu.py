"""省级项目支出绩效自我评价表 of 江苏.

Source: the form provincial departments of 江苏 publish (2022).
"""

from toolkit.model import Indicator
from toolkit.model.printed_form import FormTable, PrintedForm
from toolkit.model.self_form import JIANGSU_STORY
from toolkit.report.self_form.facts import FormFacts, label, long, short
from toolkit.report.self_form.grouped import Row, grouped_rows

_WIDTHS = (8.0, 10.0, 17.0, 9.0, 7.5, 36.0, 13.0, 7.5)
_PRINTED = {"效益": ("经济效益", "社会效益", "生态效益", "可持续影响")}
"""Effects stand in the form whether an indicator measures them or not."""
_CIRCLED, _MOST_CIRCLED = 0x245F, 20
_TIERED, _DISCRETIONARY = "checkpoint_tiered", "discretionary"


def jiangsu_form(facts: FormFacts) -> PrintedForm:
    """The form of one project."""
    rest = len(_WIDTHS) - 2
    head: tuple[Row, ...] = (
        (label("项目概况", 2), long(facts.said("项目概况"), rest)),
        (
            label("评价指标", 3), label("全年指标值", 1, 2), label("分值", 1, 2), label("评价要点及评分规则", 1, 2),
            label("实际完成值", 1, 2), label("得分", 1, 2),
        ),
        (label("一级指标"), label("二级指标"), label("三级指标")),
    )  # fmt: skip
    rows = grouped_rows(
        facts.indicators, lambda indicator: _cells(facts, indicator), printed=_PRINTED, blank=len(_WIDTHS) - 2
    )
    total = (label("总计", 4), short(facts.full_total()), short(""), short(""), short(facts.self_sum()))
    grade = facts.grade()
    graded: tuple[Row, ...] = ((label("绩效等级", 2), short(grade, rest)),) if grade else ()
    story = tuple((label(name, 2), long(facts.said(name), rest)) for name in JIANGSU_STORY)
    unit = facts.said("填报单位", "责任单位", "主管单位") or (facts.project.unit,)
    name = facts.said("项目名称") or (facts.project.name,)
    return PrintedForm(
        "省级项目支出绩效自我评价表",
        (FormTable("自我评价表", _WIDTHS, (*head, *rows, total, *graded, *story), (1, 2)),),
        (f"{facts.scheme.year}年度", f"填报单位：{_text(unit)}", f"项目名称：{_text(name)}"),
    )


def _text(words: tuple[object, ...]) -> str:
    return "".join(map(str, words))


def _cells(facts: FormFacts, indicator: Indicator) -> Row:
    return (
        short(indicator.name),
        short(indicator.target),
        short(facts.full_mark(indicator)),
        long(standard_of(indicator)),
        short(facts.actual(indicator, words_first=True)),
        short(facts.self_mark(indicator)),
    )


def standard_of(indicator: Indicator) -> str:
    """评价要点及评分规则; "" for an indicator whose rule nobody published (酌情评分)."""
    points = [each for each in indicator.inputs if each.local.startswith("要点")]
    if indicator.rule_kind == _DISCRETIONARY:
        return ""
    if indicator.rule_kind != _TIERED or not _is_even(indicator):
        return f"评分规则：{indicator.standard}" if indicator.standard else ""
    listed = "；".join(f"{_circled(number)}{each.label}" for number, each in enumerate(points, 1))
    share = f"{100 // len(points)}%" if 100 % len(points) == 0 else f"1/{len(points)}"
    return (
        f"评价要点：{listed}。评分规则：以上评价要点各占{share}权重，每个要点执行情况分达成、部分达成、未达成三档，"
        "按100%-80%（含）、80%-60%（含）、60%-0%评分。"
    )


def _is_even(indicator: Indicator) -> bool:
    """Whether the points share the mark equally: its formula weighs none of them."""
    return not any(f"*IF(ISNUMBER({each.local})" in indicator.formula for each in indicator.inputs)


def _circled(number: int) -> str:
    return chr(_CIRCLED + number) if number <= _MOST_CIRCLED else f"（{number}）"
