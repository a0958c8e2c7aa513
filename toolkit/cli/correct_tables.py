"""What the commands about corrections print."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.cli.tables import table

if TYPE_CHECKING:
    from rich.console import RenderableType

    from toolkit.pipeline.examine.correcting import Corrected
    from toolkit.pipeline.examine.deciding import Decided
    from toolkit.pipeline.examine.resolving import Resolved
    from toolkit.pipeline.standing import UnitRounds

_SHOWN = 4
"""Items of a list that one cell of a table on the screen holds."""


def corrected(result: "Corrected") -> "RenderableType":
    """What goes back to whom."""
    held = (
        f"；项目{'、'.join(result.waiting)}上一轮整改表尚未报回，没有再发（确要再发请加 --again）"
        if result.waiting
        else ""
    )
    if not result.rows:
        return f"没有须退回整改的项目{held}。"
    rows = [(project, unit, f"第{number}轮", str(count), file) for project, unit, number, count, file in result.rows]
    done = "将退回整改（预览，未写文件）" if result.preview else "退回整改"
    title = f"{done}{len(rows)}个项目：{result.folder}{held}"
    return table(title, ("项目", "责任单位", "轮次", "问题（处）", "整改表"), rows)


def rounds(units: Sequence["UnitRounds"]) -> "RenderableType":
    """How far every unit is."""
    if not units:
        return "还没有退回整改的项目。"
    rows = [
        (unit.unit, str(unit.projects), str(unit.rounds), str(unit.asked), str(unit.closed), str(unit.open),
         str(unit.waiting), unit.days or "—")
        for unit in units
    ]  # fmt: skip
    headings = ("责任单位", "项目", "轮次", "退回问题", "已销号", "未销号", "待报送项目", "平均用时（天）")
    return table("整改进度", headings, rows)


def changes(units: Sequence["UnitRounds"]) -> "RenderableType":
    """What every new return made of the round before it."""
    rows = [
        (change.project, f"第{change.round}轮", *map(_some, (change.closed, change.open,
         (*change.reopened, *change.new), change.changed, change.outside)))
        for unit in units
        for change in unit.changes
    ]  # fmt: skip
    if not rows:
        return "还没有整改后重新报送的项目。"
    headings = ("项目", "轮次", "已销号", "未销号", "新出现或复发", "已改内容", "未要求而改动的内容")
    return table("整改前后对比", headings, rows)


def _some(items: Sequence[str]) -> str:
    """The first of a list and how many there are; ``--json`` has them all."""
    listed = "、".join(items[:_SHOWN])
    return listed if len(items) <= _SHOWN else f"{listed}等{len(items)}处"


def resolved(result: "Resolved") -> str:
    """What was recorded."""
    done = result.resolution
    value = "" if done.value is None else f"，核定值{done.value}"
    state = "已记入台账" if result.new else "此前已记入台账"
    return f"项目{done.project} {done.code} {result.finding.at}：{done.action}{value}（{done.by}），{state}。"


def decided(result: "Decided") -> str:
    """How many decisions of the list are on record now."""
    known = len(result.resolved) - result.new
    return f"新记入台账{result.new}条处理意见，此前已记入{known}条，不能采用{len(result.findings)}行：{result.file}"
