"""Commands about mail, reminders and the ledger."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli import post_tables as tables
from toolkit.cli.options import HERE, AsJson, Where, now
from toolkit.cli.screen import carry_out, face, leave_with
from toolkit.cli.usage import App

app = App()
ledger_app = App("台账：导出为 Excel，校验有无改动。")

Email = Annotated[
    bool, typer.Option("--email", help="逐单位发送邮件（SMTP 设置取自环境变量 JIXIAO_SMTP_HOST 等或系统钥匙串）")
]
Drafts = Annotated[bool, typer.Option("--drafts", help="逐单位写成 .eml 邮件草稿，双击即可在邮件程序中发送")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只列出谁会收到什么，不写文件、不发送、不记台账")]
Resend = Annotated[bool, typer.Option("--resend", help="对上次结果不明的单位重发（默认不重发，以免重复）")]


@app.command()
def remind(
    where: Where = HERE,
    email: Email = False,
    drafts: Drafts = False,
    dry_run: DryRun = False,
    resend: Resend = False,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "remind", where, email=email, drafts=drafts, dry_run=dry_run, resend=resend)
        screen.show(done.values, *tables.reminded(done.result))  # type: ignore[arg-type]
        leave_with(findings=not done.ok)


@app.command()
def fetch(where: Where = HERE, as_json: AsJson = False) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        done = pipeline.fetch(pipeline.load(where), os.environ, now(where), screen.progress)
        screen.show(done.as_json(), lambda: tables.fetched(done))


@ledger_app.command("export")
def ledger_export(
    file: Annotated[Path, typer.Argument(metavar="文件", help="导出为哪个 .xlsx 文件")],
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "ledger export", where, file=str(file))
        made: Any = done.result
        screen.show(done.values, lambda: f"台账已导出：{made.file}（{made.verdict.events}条）")


@ledger_app.command("verify")
def ledger_verify(
    where: Where = HERE,
    anchor: Annotated[
        str, typer.Option("--anchor", metavar="条数:校验值", help="打印或另存的台账回执（台账回执.txt 中的一行）")
    ] = "",
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "ledger verify", where, anchor=anchor)
        verdict: Any = done.result
        screen.show(done.values, lambda: tables.ledger(verdict))
        leave_with(findings=not done.ok)


@ledger_app.command("move")
def ledger_move(
    address: Annotated[str, typer.Argument(metavar="地址", help="postgresql://用户@服务器:端口/数据库，或“本机”")],
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "ledger move", where, address=address)
        moved: Any = done.result
        words = f"台账在 {moved.after}，共{moved.end.seq}条（这次搬去{moved.carried}条）；原处 {moved.before} 的未删。"
        screen.show(done.values, lambda: words)
