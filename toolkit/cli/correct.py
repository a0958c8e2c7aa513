"""Commands that bring findings to an end: send back, follow the rounds, decide."""

from datetime import datetime
from typing import Annotated

import typer

from toolkit.cli import correct_tables as tables
from toolkit.cli.options import HERE, AsJson, Where, now
from toolkit.cli.screen import face, leave_with
from toolkit.cli.tables import findings
from toolkit.cli.usage import App
from toolkit.model import Severity

app = App()


@app.command(
    help="退回整改：为有须更正问题的项目生成整改表（标出有问题的单元格，开放与之相关的单元格，其余锁定）和整改通知函，按单位打包。"
)
def correct(
    where: Where = HERE,
    warnings: Annotated[bool, typer.Option("--warnings", help="连同“请核实”的问题一并退回")] = False,
    as_json: AsJson = False,
) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        least = Severity.WARNING if warnings else Severity.ERROR
        made = pipeline.correct(pipeline.load(where), now(where), screen.progress, least)
        screen.show(made.as_json(), lambda: tables.corrected(made))


@app.command(help="整改进度：各单位退回几轮、销号几条、平均用时，各项目整改前后有什么不同。")
def rounds(where: Where = HERE, as_json: AsJson = False) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        units = pipeline.rounds(pipeline.load(where), now(where))
        screen.show(
            {"units": [one.as_json() for one in units]}, lambda: tables.rounds(units), lambda: tables.changes(units)
        )


@app.command(help="问题销号：采纳建议值（--accept）、核定为另一值（--value）或豁免（--waive），写明处理人和理由。")
def resolve(  # noqa: PLR0913, PLR0917  (one option each)
    project: Annotated[str, typer.Argument(metavar="项目序号", help="项目清单中的序号")],
    code: Annotated[str, typer.Argument(metavar="检查项", help="问题清单中的编号，如 READ-45")],
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="处理人")],
    reason: Annotated[str, typer.Option("--reason", metavar="文字", help="理由")],
    accept: Annotated[bool, typer.Option("--accept", help="采纳问题清单中的建议值")] = False,
    value: Annotated[str, typer.Option("--value", metavar="值", help="核定值")] = "",
    waive: Annotated[bool, typer.Option("--waive", help="豁免，不再要求更正")] = False,
    until: Annotated[
        datetime | None,
        typer.Option("--until", formats=["%Y-%m-%d"], metavar="年-月-日", help="豁免有效期至，如 2026-12-31"),
    ] = None,
    cell: Annotated[
        str, typer.Option("--cell", metavar="单元格", help="同一编号有几处时指明单元格，如 资金情况!C12")
    ] = "",
    basis: Annotated[str, typer.Option("--basis", metavar="材料", help="依据的材料")] = "",
    reviewer: Annotated[str, typer.Option("--reviewer", metavar="姓名", help="复核人")] = "",
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    from toolkit import pipeline
    from toolkit.pipeline import Action, Decision

    if accept + bool(value) + waive != 1:
        raise typer.BadParameter("请在 --accept、--value、--waive 中选一个")
    action = Action.ACCEPT if accept else Action.WAIVE if waive else Action.OVERRIDE
    last = until.date() if until else None
    decision = Decision(project, code, action, by, reason, cell, value, basis, reviewer, last)
    with face(as_json=as_json) as screen:
        done = pipeline.resolve(pipeline.load(where), decision, now(where))
        screen.show(done.as_json(), lambda: tables.resolved(done))


@app.command(
    help="按清单销号：读取问题清单.xlsx 中填写的处理意见（处理、处理人、理由等），一并记入台账；不能采用的逐行指出。"
)
def decide(where: Where = HERE, as_json: AsJson = False) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        done = pipeline.decide(pipeline.load(where), now(), screen.progress)
        screen.show(done.as_json(), lambda: tables.decided(done), lambda: findings(done.findings))
        leave_with(findings=bool(done.findings))
