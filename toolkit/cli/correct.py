"""Commands that bring findings to an end: send back, follow the rounds, decide."""

from datetime import datetime
from typing import Annotated, Any

import typer

from toolkit.cli import correct_tables as tables
from toolkit.cli.options import HERE, AsJson, Where, now
from toolkit.cli.screen import carry_out, face, leave_with
from toolkit.cli.tables import findings, hand_edited
from toolkit.cli.usage import App

app = App()


@app.command()
def correct(
    where: Where = HERE,
    warnings: Annotated[bool, typer.Option("--warnings", help="连同“请核实”的问题一并退回")] = False,
    only: Annotated[
        str, typer.Option("--only", metavar="项目序号", help="只退回这些项目，如 1、2、5-9；不写为全部")
    ] = "",
    again: Annotated[bool, typer.Option("--again", help="上一轮整改表还没有报回的项目也再发一轮")] = False,
    preview: Annotated[bool, typer.Option("--dry-run", help="只列出将退回什么，不写文件、不记台账")] = False,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "correct", where, warnings=warnings, projects=only, again=again, preview=preview)
        made: Any = done.result
        screen.show(done.values, lambda: tables.corrected(made), lambda: hand_edited(made))


@app.command()
def rounds(where: Where = HERE, as_json: AsJson = False) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        units = pipeline.rounds(pipeline.load(where), now(where))
        screen.show(
            {"units": [unit.as_json() for unit in units]}, lambda: tables.rounds(units), lambda: tables.changes(units)
        )


@app.command()
def resolve(  # noqa: PLR0913, PLR0917  (one option each)
    project: Annotated[str, typer.Argument(metavar="项目序号", help="项目清单中的序号")],
    code: Annotated[str, typer.Argument(metavar="检查项", help="问题清单中的编号，如 READ-45")],
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="处理人")],
    reason: Annotated[str, typer.Option("--reason", metavar="文字", help="理由")],
    accept: Annotated[bool, typer.Option("--accept", help="采纳问题清单中的建议值")] = False,
    value: Annotated[str, typer.Option("--value", metavar="值", help="核定值")] = "",
    waive: Annotated[bool, typer.Option("--waive", help="豁免，不再要求更正")] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="撤回已作的处理，回到没有处理时的状态")] = False,
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
    with face(as_json=as_json) as screen:
        done = carry_out(
            screen, "resolve", where, project=project, code=code, by=by, reason=reason, accept=accept, value=value,
            waive=waive, withdraw=withdraw, until=until.date().isoformat() if until else "", cell=cell, basis=basis,
            reviewer=reviewer,
        )  # fmt: skip
        resolved: Any = done.result
        screen.show(done.values, lambda: tables.resolved(resolved))


@app.command()
def decide(where: Where = HERE, as_json: AsJson = False) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        done = pipeline.decide(pipeline.load(where), now(where), screen.progress)
        screen.show(done.as_json(), lambda: tables.decided(done), lambda: findings(done.findings))
        leave_with(findings=bool(done.findings))
