"""Commands between laptops: 移交, 合并."""

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from toolkit.cli import tables
from toolkit.cli.options import HERE, AsJson, Where
from toolkit.cli.screen import carry_out, face, leave_with
from toolkit.cli.usage import App

app = App()


@app.command()
def handover(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="移交到哪个空文件夹（旁边另写一份压缩包）")],
    to: Annotated[str, typer.Option("--to", metavar="姓名", help="移交给谁")] = "",
    projects: Annotated[str, typer.Option("--projects", metavar="项目序号", help="移交哪些项目，如 1、2、5-9")] = "",
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "handover", where, folder=str(folder), to=to, projects=projects)
        made: Any = done.result
        screen.show(done.values, lambda: _handed(made))


def _handed(made: Any) -> str:  # noqa: ANN401  (the operation's own result)
    what = f"已移交给{made.to}：{len(made.projects)}个项目" if made.to else "已写出交回的内容"
    archive = f"\n压缩包：{made.archive}" if made.archive else "\n内容较大，没有另写压缩包，请直接交文件夹。"
    warning = "\n其中含有本次评价的密钥，只交给项目组成员。" if made.to else ""
    return f"{what}，原件{made.originals}份，日志{made.events}条。\n文件夹：{made.folder}{archive}{warning}"


@app.command()
def merge(
    paths: Annotated[
        Optional[list[Path]], typer.Argument(metavar="路径…", help="移交文件夹或交回的压缩包；不给时只列出待裁定的")
    ] = None,
    settle: Annotated[str, typer.Option("--settle", metavar="编号", help="裁定：采用编号为此（8位）的那个决定")] = "",
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="裁定人，须是第三人")] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="文字", help="裁定理由")] = "",
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        given = [str(path) for path in paths or ()]
        done = carry_out(screen, "merge", where, paths=given, settle=settle, by=by, reason=reason)
        made: Any = done.result
        if settle:
            screen.show(done.values, lambda: f"已裁定：{made.conflict.thing.words}，采用{done.values['taken']}。")
        else:
            screen.show(done.values, lambda: _merged(made), lambda: tables.findings(made.findings))
        leave_with(findings=not done.ok)


def _merged(made: Any) -> str:  # noqa: ANN401  (the operation's own result)
    if not made.ok and not made.logs and not made.disputes:
        return "没有合并：以下问题解决之前，一条也不并入。"
    lines = [f"{log.person}：新增{log.new}条（共{log.events}条）" for log in made.logs]
    counts = f"原件{made.originals}份，评审意见{made.rows}行" if made.logs else "没有新的内容"
    return "\n".join([*lines, f"{counts}；待裁定{len(made.disputes)}件。"])
