"""The libraries on the terminal: indicators, what was picked of them, regulations; returns carried over."""

from typing import TYPE_CHECKING

from toolkit.cli.tables import table
from toolkit.text import plain

if TYPE_CHECKING:
    from rich.console import RenderableType

    from toolkit.pipeline.intake.migrating import Migrated
    from toolkit.pipeline.plan.picking import Listed, NewScheme
    from toolkit.pipeline.plan.policies import Policies


def indicators(listed: "Listed") -> "RenderableType":
    """Indicators of the library, a row each."""
    rows = [
        (
            each.code,
            f"{each.dimension}／{each.group}",
            each.name,
            "、".join(each.kinds),
            plain(each.usual) if each.usual else "点名选用",
            each.cells["评分规则"],
            "、".join(each.problems),
            each.cells["依据"],
        )
        for each in listed.indicators
    ]
    headings = ("编号", "一级／二级指标", "三级指标", "适用", "常用分值", "评分规则", "问题与建议", "依据")
    return table(f"指标库 {len(rows)}个指标（{listed.file}）", headings, rows)


def made(scheme: "NewScheme") -> str:
    """Where the scheme is and what to do next."""
    picked = f"选用{len(scheme.chosen)}个指标，共100分。" if scheme.chosen else ""
    return f"已写好：{scheme.file}。{picked}改好以后运行 jixiao scheme check {scheme.file.name}"


def chosen(scheme: "NewScheme") -> "RenderableType":
    """What was picked with its marks; nothing for a plain scheme."""
    if not scheme.chosen:
        return ""
    rows = [
        (
            each.code,
            f"{each.indicator.dimension}／{each.indicator.group}",
            each.indicator.name,
            plain(each.mark),
            each.indicator.cells["评分规则"],
            each.indicator.code,
        )
        for each in scheme.chosen
    ]
    return table("选用的指标", ("编号", "一级／二级指标", "三级指标", "分值", "评分规则", "指标库编号"), rows)


def policies(found: "Policies") -> "RenderableType":
    """Regulations, a row each."""
    rows = [
        (
            law.name,
            law.number or "—",
            law.issued.isoformat() if law.issued else "—",
            law.state,
            law.replaced_by,
            law.remark,
        )
        for law in found.laws
    ]
    if not rows:
        return "政策库里没有这样的文件。"
    return table(f"政策库 {len(rows)}件", ("名称", "文号", "发布日期", "状态", "代替它的文件", "说明"), rows)


def migrated(made: "Migrated") -> "RenderableType":
    """A row a file."""
    rows = [
        (
            file.project,
            file.name,
            file.state,
            str(len(file.migration.carried)) if file.migration else "",
            str(len(file.migration.left)) if file.migration else "",
            file.reason or (file.written.name if file.written else ""),
        )
        for file in made.files
    ]
    return table(
        f"迁移{len(rows)}个文件，日志：{made.log}", ("项目", "文件", "结果", "带入", "没有带入", "新文件或原因"), rows
    )


def left_behind(made: "Migrated") -> "RenderableType":
    """What could not be carried over."""
    rows = [
        (file.project, f"{each.old[0]}!{each.old[1]}", each.name, each.text, each.reason)
        for file in made.files
        for each in (file.migration.left if file.migration else ())
    ]
    return table("没有带入的内容", ("项目", "原单元格", "字段名", "原填内容", "原因"), rows) if rows else ""
