"""The command that writes reports, keeps numbered drafts of them, and says what changed between two."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli import tables
from toolkit.cli.options import HERE, AsJson, Where
from toolkit.cli.screen import carry_out, face, leave_with
from toolkit.cli.usage import App

if TYPE_CHECKING:
    from rich.console import RenderableType

    from toolkit.pipeline.deliver.draft_comparison import DraftComparison
    from toolkit.pipeline.deliver.drafts import Draft
    from toolkit.pipeline.deliver.printing import Printed

app = App()
_SHOWN, _LONGEST = 20, 60
_TWO = ("", "")
"""Two drafts not named."""


@app.command()
def report(  # noqa: PLR0913, PLR0917  (every option of the command)
    drafts: Annotated[
        list[str] | None,
        typer.Argument(metavar="[旧稿 新稿]", help="与 --compare 同用：编号（1）、稿次（征求意见稿）或“现稿”"),
    ] = None,
    where: Where = HERE,
    pages: Annotated[bool, typer.Option("--pages", help="目录必须印页码，没有 LibreOffice 就不生成")] = False,
    draft: Annotated[
        str,
        typer.Option(
            "--draft", metavar="稿次", help="存为一稿并编号（封面印稿次）：征求意见稿、送审稿；终稿与 --final 相同"
        ),
    ] = "",
    final: Annotated[bool, typer.Option("--final", help="三级签字齐全、复核意见全部关闭才出，并存为终稿")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="同时转为 PDF（由 LibreOffice 排版，每份约2秒）")] = False,
    compare: Annotated[
        bool, typer.Option("--compare", help="不生成报告，只对比两稿的数字和文字；不写哪两稿时对比最近两稿")
    ] = False,
    as_json: AsJson = False,
) -> None:
    named = drafts or []
    _refuse_mixed(named, compare=compare, writes=bool(draft or final or pages or pdf))
    if compare:
        _compare(where, *[*named, *_TWO][:2], as_json=as_json)
        return
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "report", where, pages=pages, final=final, draft=draft, pdf=pdf)
        result: Any = done.result
        written, kept, printed = result
        screen.show(
            done.values,
            lambda: tables.written(written.files),
            lambda: tables.hand_edited(written),
            lambda: tables.findings(written.findings, "报告") if written.findings else "",
            lambda: _kept(kept),
            lambda: _printed(printed),
        )
        leave_with(findings=not done.ok)


def _refuse_mixed(named: Sequence[str], *, compare: bool, writes: bool) -> None:
    """Comparing two drafts and writing one are two things.

    Raises:
        typer.BadParameter: both were asked for, or drafts were named without --compare.
    """
    if named and not compare:
        raise typer.BadParameter(f"不认识“{named[0]}”；对比两稿请写 jixiao report --compare {' '.join(named)}")
    if len(named) > len(_TWO):
        raise typer.BadParameter("对比的是两稿，只能写两个")
    if compare and writes:
        raise typer.BadParameter(
            "--compare 只对比已有的稿，不能与 --draft、--final、--pages、--pdf 同用；先存稿，再对比"
        )


def _compare(where: Path, old: str, new: str, *, as_json: bool) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "report compare", where, old=old, new=new)
        compared: Any = done.result
        screen.show(
            done.values,
            lambda: _overview(compared),
            lambda: _figures(compared),
            lambda: _words(compared),
            lambda: _ending(compared),
        )


def _kept(kept: "Draft | None") -> str:
    if kept is None:
        return ""
    if not kept.new:
        return f"与{kept.title}完全相同，没有另存：{kept.folder}"
    return f"已存为{kept.title}：{kept.folder}"


def _printed(printed: "Printed | None") -> str:
    if printed is None:
        return ""
    failed = "".join(f"\n没有转成 PDF：{name}（{why}）" for name, why in printed.failed.items())
    return f"PDF {len(printed.files)}份：{printed.folder}{failed}"


def _overview(compared: "DraftComparison") -> "RenderableType":
    changed = [report for report in compared.reports if report.state != "无变化"]
    rows = [
        (report.name, report.state, str(len(report.found.figures)), str(len(report.found.words)), report.why)
        for report in changed[:_SHOWN]
    ]
    title = f"{compared.old.title}与{compared.new.title}：{len(compared.reports)}份报告中{len(changed)}份有变化"
    return tables.table(title, ("报告", "情况", "数字变动", "文字变动", "说明"), rows) if rows else title


def _figures(compared: "DraftComparison") -> "RenderableType":
    rows = [
        (_short(report.name), compared.meaning(figure.at) or figure.place, figure.before, figure.after)
        for report in compared.reports
        for figure in report.found.figures
    ]
    if not rows:
        return ""
    return tables.table(f"数字变动{len(rows)}处", ("报告", "数字", "旧稿", "新稿"), rows[:_SHOWN])


def _words(compared: "DraftComparison") -> "RenderableType":
    rows = [
        (_short(report.name), change.kind.value, _short(change.changed or change.before or change.after))
        for report in compared.reports
        for change in report.found.words
    ]
    if not rows:
        return ""
    return tables.table(f"文字变动{len(rows)}处", ("报告", "变动", "内容"), rows[:_SHOWN])


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _ending(compared: "DraftComparison") -> str:
    return "\n".join((*compared.notes, f"全部变动见：{compared.file}"))
