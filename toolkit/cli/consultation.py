"""The command of 征求意见."""

from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli import tables
from toolkit.cli.options import HERE, AsJson, Where
from toolkit.cli.screen import carry_out, face, leave_with
from toolkit.cli.usage import App

app = App()


@app.command()
def opinions(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="路径…", help="收回的意见回复表或其文件夹，与 --read 同用；不给时生成"),
    ] = None,
    read: Annotated[bool, typer.Option("--read", help="读取收回的意见回复表")] = False,
    settle: Annotated[bool, typer.Option("--settle", help="只读回征求意见处理表，不生成征求意见稿")] = False,
    anew: Annotated[bool, typer.Option("--anew", help="已发过的单位按现在的得分重新生成")] = False,
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        given = [str(path) for path in paths or ()]
        done = carry_out(screen, "opinions", where, paths=given, read=read, settle=settle, anew=anew)
        made: Any = done.result
        screen.show(
            done.values,
            lambda: _standing(made),
            lambda: _opinions(made),
            lambda: _moves(made),
            lambda: tables.findings(made.findings) if made.findings else "",
        )
        leave_with(findings=not done.ok)


def _standing(made: Any) -> str:  # noqa: ANN401  (the operation's own result)
    written = sum(asked.new for asked in made.asked)
    words = [f"生成征求意见稿和意见回复表{written}份：{made.folder}。"] if written else []
    words += [f"{reply.unit}：意见{reply.opinions}条。" for reply in made.replies]
    counts = f"意见{len(made.opinions)}条，未处理{len(made.undecided)}条，得分变动{len(made.moves)}项。"
    waiting = f"还没有回复：{'、'.join(made.silent)}。" if made.silent else ""
    return "\n".join([*words, counts, *([waiting] if waiting else [])])


def _opinions(made: Any) -> Any:  # noqa: ANN401  (a table, or nothing)
    rows = [
        (
            handled.opinion.id, handled.opinion.unit, handled.opinion.project, handled.opinion.indicator,
            handled.opinion.before, handled.opinion.wish,
            handled.settlement.result if handled.settlement else "未处理", handled.now,
        )
        for handled in made.opinions
    ]  # fmt: skip
    headings = ("编号", "单位", "项目", "指标", "原得分", "意见", "处理结果", "现得分")
    return tables.table(f"单位意见：{made.file}", headings, rows[: tables.SHOWN]) if rows else ""


def _moves(made: Any) -> Any:  # noqa: ANN401
    rows = [(move.project, move.indicator_name, move.before, move.after, move.row()[-1]) for move in made.moves]
    headings = ("项目", "指标", "原得分", "现得分", "对应意见")
    return tables.table("得分变动", headings, rows[: tables.SHOWN]) if rows else ""
