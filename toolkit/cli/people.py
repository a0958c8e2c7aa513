"""Commands about the people of an evaluation."""

from collections import Counter
from typing import Annotated, Any

import typer

from toolkit.cli import tables
from toolkit.cli.options import HERE, AsJson, Where
from toolkit.cli.screen import carry_out, face, leave_with
from toolkit.cli.usage import App

app = App("人员：工作组、回避、人员变更。")


@app.command()
def new(where: Where = HERE, as_json: AsJson = False) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "people new", where)
        screen.show(done.values, lambda: f"已生成：{done.result}\n填写后运行 jixiao people check 核对。")


@app.command()
def check(where: Where = HERE, as_json: AsJson = False) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "people check", where)
        checked: Any = done.result
        screen.show(done.values, lambda: _counted(checked), lambda: tables.findings(checked.findings))
        leave_with(findings=not done.ok)


@app.command()
def plan(where: Where = HERE, as_json: AsJson = False) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "people plan", where)
        made: Any = done.result
        screen.show(done.values, lambda: _planned(done.values), lambda: tables.findings(made.findings))
        leave_with(findings=not done.ok)


def _planned(values: Any) -> str:  # noqa: ANN401  (the operation's own JSON)
    steps = [*values["milestones"], *values["payments"]]
    lines = [f"{step['name']}：{step['due'] or '未定'}，{step['standing']}" for step in steps]
    return "\n".join([*lines, *(f"已生成：{file}" for file in values["files"])])


def _counted(checked: Any) -> str:  # noqa: ANN401  (the operation's own result)
    team = checked.team
    return f"成员{len(team.members)}人，已分工{checked.as_json()['assigned']}个项目，须回避{len(team.blocked)}人次。"


@app.command()
def sign(
    level: Annotated[str, typer.Option("--level", metavar="级别", help="初评、复核或质控")],
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="签字人")],
    projects: Annotated[
        str, typer.Option("--projects", metavar="项目序号", help="签哪些项目，如 1、2、5-9；不写为全部")
    ] = "",
    indicators: Annotated[
        str, typer.Option("--indicators", metavar="指标编号", help="签哪些指标，用顿号分开；不写为全部")
    ] = "",
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        given = {"level": level, "by": by, "projects": projects, "indicators": indicators}
        done = carry_out(screen, "people sign", where, **given)
        board: Any = done.result
        screen.show(done.values, lambda: f"已签{level}{board.new}处。{_board(board)}", lambda: _fell(board))
        leave_with(findings=not done.ok)


@app.command()
def states(where: Where = HERE, as_json: AsJson = False) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "people states", where)
        screen.show(done.values, lambda: _board(done.result), lambda: _fell(done.result))
        leave_with(findings=not done.ok)


@app.command()
def notes(  # noqa: PLR0913, PLR0917  (one option each)
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="提意见、回复或关闭的人")] = "",
    text: Annotated[str, typer.Option("--text", metavar="文字", help="意见或回复的内容")] = "",
    project: Annotated[str, typer.Option("--project", metavar="项目序号", help="意见针对的项目")] = "",
    indicator: Annotated[str, typer.Option("--indicator", metavar="指标编号", help="意见针对的指标")] = "",
    cell: Annotated[str, typer.Option("--cell", metavar="单元格", help="意见针对的填报格，如 资金情况!C12")] = "",
    paragraph: Annotated[
        str, typer.Option("--paragraph", metavar="一句话", help="意见针对的报告段落，照抄其中一句")
    ] = "",
    answer: Annotated[str, typer.Option("--answer", metavar="编号", help="回复这条意见，写它的编号")] = "",
    close: Annotated[str, typer.Option("--close", metavar="编号", help="关闭这条意见（限提出人），写它的编号")] = "",
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(
            screen, "people notes", where, by=by, text=text, project=project, indicator=indicator, cell=cell,
            paragraph=paragraph, answer=answer, close=close,
        )  # fmt: skip
        screen.show(done.values, lambda: _noted(done.result))


def _board(board: Any) -> str:  # noqa: ANN401  (the operation's own result)
    counts = Counter(state.value for state in board.projects().values())
    said = "，".join(f"{state}{count}个" for state, count in counts.items())
    return f"项目：{said or '无'}；出终稿还差{len(board.blockers())}项。\n三级复核表：{board.file}"


def _fell(board: Any) -> Any:  # noqa: ANN401  (the operation's own result)
    return tables.findings(board.findings) if board.findings else ""


def _noted(board: Any) -> str:  # noqa: ANN401  (the operation's own result)
    lines = [
        f"[{note.id}] 项目{note.project} {note.place} {note.author}：{note.text}（{note.state.value}）"
        for note in board.notes
    ]
    return "\n".join(lines) or "没有复核意见。"
