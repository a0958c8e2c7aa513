"""What people see in the terminal: short tables and one paragraph, never a wall of text."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from toolkit.model import Finding, Severity
    from toolkit.pipeline.edited import EditedReport, SetAside
    from toolkit.pipeline.outcome import Collected, CollectedFile, Initialised, Scored, Sent, Summary, Written
    from toolkit.pipeline.standing import Board
    from toolkit.pipeline.verdict import Verdict


class HandEdited(Protocol):
    """A result that names files a person had edited; of reports it says more under ``edited``."""

    @property
    def set_aside(self) -> "Sequence[SetAside]":
        """Files kept as dated copies."""


SHOWN = 40
"""Findings printed at most; the rest stands in the workbook 问题清单."""


def summary(result: "Summary") -> str:
    """A run in four lines."""
    from toolkit.model import Severity

    found = "，".join(f"{kind.label}{result.findings.get(kind, 0)}条" for kind in Severity)
    of_plan = f"；其中{result.of_plan}条关于方案、项目清单或评审意见，报告不计" if result.of_plan else ""
    grades = "，".join(f"{grade}{count}个" for grade, count in result.grades.items())
    spent = sum(result.seconds.values())
    return (
        f"项目{result.projects}个：已报送{result.returned}个（其中{result.to_correct}个须更正），"
        f"拒收文件{result.refused}个，未报送{result.projects - result.returned}个\n"
        f"核查发现：{found}{of_plan}\n"
        f"评分：{f'平均{result.average}分；{grades}' if sum(result.grades.values()) else '还没有可评分的项目'}\n"
        f"用时{spent:.1f}秒"
    )


def made(summary: "Summary") -> "RenderableType":
    """What was made and where."""
    rows = [(name, str(count), str(path)) for name, path, count in summary.folders]
    return table("生成的文件", ("内容", "数量", "位置"), rows)


def initialised(result: "Initialised") -> str:
    """Where the workspace is, or that there is none."""
    if not result.ok:
        return "没有建立工作区：请先改正下列问题。"
    return f'已建立评价工作区：{result.folder}（{result.projects}个项目）。下一步：jixiao generate -w "{result.folder}"'


def found(result: object) -> "RenderableType":
    """The findings of a result; nothing where there are none."""
    listed = tuple(getattr(result, "findings", ()))
    return findings(listed) if listed else ""


def verdict(result: "Verdict") -> str:
    """Sound or not."""
    return f"{result.subject}：{'通过' if result.ok else '发现必须改正的问题'}"


def findings(found: Sequence["Finding"], about: str = "核查发现") -> "RenderableType":
    """Findings with their places, the most serious first, under the name of what they are ``about``."""
    from toolkit.model import Severity

    if not found:
        return "没有发现问题。"
    worst = sorted(found, key=lambda finding: (finding.severity.rank, finding.sort_key()))
    listed = _some_of_each_code(worst)
    rows = [
        (listing.severity.label, listing.project, str(listing.at), _said(listing), listing.hint) for listing in listed
    ]
    title = "，".join(f"{kind.label}{_count(found, kind)}条" for kind in Severity)
    rest = f"（只列出{SHOWN}条，先列须更正的，每类都有）" if len(found) > SHOWN else ""
    return table(f"{about}：{title}{rest}", ("程度", "项目", "位置", "问题", "怎么改"), rows)


def _some_of_each_code(worst: Sequence["Finding"]) -> list["Finding"]:
    """As many as are printed, in their order: hundreds of one code leave room for the single one of another."""
    seen: Counter[str] = Counter()
    turns = []
    for place, finding in enumerate(worst):
        seen[finding.code] += 1
        turns.append((finding.severity.rank, seen[finding.code], place))
    return [worst[place] for place in sorted(place for _, _, place in sorted(turns)[:SHOWN])]


def _said(finding: "Finding") -> str:
    return f"{finding.words}（单位说明：{finding.explanation}）" if finding.explanation else finding.words


def generated(written: "Written") -> str:
    """Workbooks made."""
    return f"采集表{len(written.files)}份，其中新生成或有变化{written.changed}份：{written.folder}"


def sent(result: "Sent") -> "RenderableType":
    """Packages per unit."""
    rows = [(unit, str(count), path.name) for unit, count, path in result.packages]
    return table(f"下发包{len(rows)}个：{result.folder}", ("责任单位", "项目数", "压缩包"), rows)


def collected(result: "Collected") -> "RenderableType":
    """Every file's verdict."""
    if not result.files:
        return "没有找到报送件。请把单位报来的文件放进 03-收件箱，或在命令后面写出文件、文件夹所在的位置。"
    words = {"accepted": "已读取", "refused": "拒收", "duplicate": "重复", "evidence": "佐证"}
    rows = [
        (words[file.state.value], file.project, file.name, file.reason or _balance_words(file)) for file in result.files
    ]
    return table(f"报送件{len(rows)}个", ("结果", "项目", "文件", "说明"), rows)


def scores(scored: "Scored") -> "RenderableType":
    """Totals and dimensions."""
    from toolkit.model import PROVISIONAL

    names = [dimension.name for dimension in scored.sheets[0].dimensions] if scored.sheets else []
    rows = [
        (
            sheet.project,
            sheet.name,
            *(f"{dimension.score:.{scored.places}f}" if sheet.has_data else "—" for dimension in sheet.dimensions),
            f"{sheet.total:.{scored.places}f}{PROVISIONAL if sheet.provisional else ''}" if sheet.has_data else "—",
            sheet.shown_grade or ("—" if sheet.has_data else "未评分"),
        )
        for sheet in scored.sheets
    ]
    return table("评分结果（分）", ("序号", "项目", *names, "总分", "等级"), rows)


def written(files: Iterable[Path]) -> "RenderableType":
    """Files made."""
    return table("生成的文件", ("文件", "位置"), [(file.name, str(file.parent)) for file in files])


def hand_edited(made: "HandEdited") -> "RenderableType":
    """What became of files a person edited; nothing where there are none."""
    rows = [
        (report.file.name, report.state.value, report.copy.name if report.copy else "", _merge_words(report))
        for report in getattr(made, "edited", ())
    ]
    rows += [(aside.file.name, "已按本次数据重新生成", aside.copy.name, "人工修改稿已另存") for aside in made.set_aside]
    if not rows:
        return ""
    return table("人工修改过的文件", ("文件", "处理情况", "人工修改稿另存为", "说明"), rows)


def _merge_words(report: "EditedReport") -> str:
    if report.merged is None:
        return report.why
    counts = f"数字变化{len(report.merged.figures)}处，请核对{len(report.merged.attention)}处"
    return f"{counts}；{report.why}" if report.why else counts


def late_words(days: int) -> str:
    """By how many days a return came too late; "" for in time."""
    return f"（晚{days}天）" if days else ""


def board(result: "Board") -> "RenderableType":
    """Where every project stands."""
    from toolkit.model import PROVISIONAL

    rows = [
        (
            row.project,
            row.unit,
            row.name,
            "是" if row.dispatched else "否",
            f"{row.returned[:16].replace('T', ' ') or '未报送'}{late_words(row.days_late)}",
            f"第{row.round}轮" if row.round else "",
            str(row.errors),
            str(row.warnings),
            f"{row.total}{PROVISIONAL if row.provisional else ''}",
            f"{row.grade}{PROVISIONAL if row.provisional and row.grade else ''}",
        )
        for row in result.rows
    ]
    headings = ("序号", "责任单位", "项目", "已下发", "报送", "退回", "须更正", "请核实", "总分", "等级")
    return table(f"{result.title}（报送截止：{result.deadline or '未定'}）", headings, rows)


def _balance_words(file: "CollectedFile") -> str:
    balance = file.balance
    doubt = "" if balance.holds else "；两边不相等，这是程序的错误，请把该文件交给维护人员"
    return (
        f"应读{balance.expected}＝读出{balance.read}＋空白{balance.blank}"
        f"＋无法识别{balance.rejected}＋找不到{balance.unplaced}{doubt}"
    )


def _count(found: Sequence["Finding"], kind: "Severity") -> int:
    return sum(finding.severity is kind for finding in found)


def table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> "Table":
    """A table of plain text: nothing in a cell is markup."""
    from rich.table import Table
    from rich.text import Text

    made = Table(title=Text(title), title_justify="left")
    for heading in headings:
        made.add_column(Text(heading), overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    return made
