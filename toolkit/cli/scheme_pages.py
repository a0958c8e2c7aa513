"""A scheme on the terminal: its indicator table, one indicator with its score curve, what changed."""

from typing import TYPE_CHECKING

from toolkit.cli.tables import table
from toolkit.text import plain, score

if TYPE_CHECKING:
    from rich.console import RenderableType

    from toolkit.pipeline.plan.importing import SchemeImport
    from toolkit.pipeline.plan.scheming import Compared, Explained
    from toolkit.scheme import CurvePoint, Explanation

BAR = 24
"""Columns of the longest bar of a curve."""


def indicator_table(said: "Explained") -> "RenderableType":
    """The scheme as the annex of a report prints it: what is measured, for how much, by which standard."""
    scheme = said.scheme
    rows = [(code, f"{first}／{group}", *rest) for code, first, group, *rest in said.rows]
    title = f"{scheme.title}　指标体系（版本{scheme.version}，{len(rows)}个指标，总分{plain(scheme.total_mark)}分）"
    headings = ("编号", "一级／二级指标", "三级指标", "分值", "评分规则", "评分标准", "目标值", "佐证")
    return table(title, headings, rows)


def rule_card(explanation: "Explanation", places: int) -> str:
    """Everything about one indicator up to its curve, a line a thing."""
    indicator = explanation.indicator
    lines = [
        f"{indicator.code} {indicator.name}（{plain(indicator.full_mark)}分）",
        f"评分规则：{explanation.rule}{f'（{explanation.parameters}）' if explanation.parameters else ''}",
        f"评分标准：{indicator.standard}",
        *([f"适用条件：{indicator.applies_when}"] if indicator.applies_when else []),
        f"公式：{indicator.formula}",
        f"采集表里：{indicator.bound_formula}",
        *(
            f"取值：{each.local}（{each.label}）{f' ← {each.formula}' if each.formula else ''}"
            for each in indicator.inputs
        ),
        f"规则出处：{explanation.source}",
    ]
    example = _telling(explanation.curve)
    if example:
        lines.append(f"算例：{example.shown} → {score(example.score, places)}分。{example.because}")
    return "\n".join(lines)


def curve(explanation: "Explanation", places: int) -> "RenderableType":
    """The score curve as a table with bars."""
    full = explanation.indicator.full_mark
    rows = [
        (point.shown, score(point.score, places), "█" * round(BAR * point.score / full), point.because)
        for point in explanation.curve
    ]
    return table("得分曲线", ("取值", "得分", "", "说明"), rows)


def stamps(compared: "Compared") -> str:
    """Which two schemes were compared."""
    names = (("原来", compared.before), ("现在", compared.after))
    return "\n".join(f"{when}：{scheme.title}，版本{scheme.version}，{scheme.sha256[:12]}" for when, scheme in names)


def changes(compared: "Compared") -> "RenderableType":
    """Every difference, and the indicators whose scores can move."""
    if not compared.changes:
        return "两份方案的内容没有差别。"
    rows = [
        (change.kind.value, change.what, change.key, change.before, change.after, change.effect())
        for change in compared.changes
    ]
    moved = f"可能影响{'、'.join(compared.moved)}的得分" if compared.moved else "不影响任何指标的得分"
    grades = "，等级可能变化" if compared.grades_move else "，等级不变"
    headings = ("变化", "内容", "名称", "原来", "现在", "影响")
    return table(f"共{len(rows)}处不同，{moved}{grades}", headings, rows)


def _telling(points: "tuple[CurvePoint, ...]") -> "CurvePoint | None":
    """The example that says most: one between nothing and the most, near the middle."""
    most = max((point.score for point in points), default=None)
    between = [point for point in points if most and 0 < point.score < most]
    return between[len(between) // 2] if between else (points[-1] if points else None)


def imported(made: "SchemeImport") -> "RenderableType":
    """What was understood of an indicator table, a line an indicator."""
    rows = [
        (
            indicator.code,
            f"{indicator.dimension}／{indicator.group}",
            indicator.name,
            plain(indicator.full_mark),
            indicator.target,
            indicator.rule,
            "；".join(indicator.doubts),
        )
        for indicator in made.table.indicators
    ]
    title = f"第{made.number}个表：{len(rows)}个指标，共{plain(made.table.total)}分（{'；'.join(made.table.columns)}）"
    return table(title, ("编号", "一级／二级指标", "三级指标", "分值", "目标值", "评分规则", "请核对"), rows)


def import_summary(made: "SchemeImport") -> str:
    """What has to be looked at, and what comes next."""
    others = [str(number) for number in made.found if number != made.number]
    lines = [*(f"请核对：{doubt}" for doubt in made.table.doubts)]
    if made.open_rules:
        lines.append(f"{made.open_rules}个指标的评分标准不能确定为哪种规则，先记为酌情评分，请在《指标》表从列表选定。")
    if others:
        lines.append(f"文件里还有指标表：第{'、'.join(others)}个，用 --table 指定。")
    name = made.written.name if made.written else "方案.xlsx"
    done = (
        f"已写好：{made.written}。核对后运行 jixiao scheme check {name}"
        if made.written
        else "这是预览，没有写文件；在命令后面写上新方案的文件名即写出。"
    )
    return "\n".join([*lines, done])
