"""All commands on one screen: each parses, calls one function of ``pipeline``, and renders."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from toolkit import __version__
from toolkit.cli import (
    archive,
    consultation,
    correct,
    correct_tables,
    fieldwork,
    formula,
    handover,
    people,
    policy,
    post,
    post_tables,
    prefill,
    proof,
    reports,
    scorebooks,
    tables,
    window,
)
from toolkit.cli import scheme as scheme_commands
from toolkit.cli import survey as survey_commands
from toolkit.cli import template as template_commands
from toolkit.cli.console import own_console, speak_utf8
from toolkit.cli.options import HERE, AsJson, OnCluster, Where, now
from toolkit.cli.screen import carry_out, face, leave_with
from toolkit.cli.usage import App

if TYPE_CHECKING:
    from toolkit.pipeline import UnitQuestion

app = App("绩效核查工具箱：生成采集表、下发、回收、核查、评分、汇总、出报告。全程离线，原件不改。")
app.add_typer(scheme_commands.app, name="scheme")
app.add_typer(template_commands.app, name="template")
app.add_typer(formula.app, name="formula")
app.add_typer(survey_commands.app, name="survey")
app.add_typer(scorebooks.app)
app.add_typer(correct.app)
app.add_typer(reports.app)
app.add_typer(post.app)
app.add_typer(prefill.app)
app.add_typer(policy.app)
app.add_typer(fieldwork.app)
app.add_typer(consultation.app)
app.add_typer(handover.app)
app.add_typer(people.app, name="people")
app.add_typer(window.app)
app.add_typer(proof.app)
app.add_typer(post.ledger_app, name="ledger")
app.add_typer(archive.app, name="archive")


def _say_version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"绩效核查工具箱 {__version__}")
        raise typer.Exit


@app.callback()
def every_command(
    version: Annotated[
        bool,
        typer.Option("--version", help="显示版本", is_eager=True, callback=lambda wanted: _say_version(wanted=wanted)),
    ] = False,
) -> None:
    """What stands before any command."""


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="结果放在哪个文件夹")],
    sample: Annotated[
        str, typer.Option("--sample", metavar="名称", help="样例名称，默认 nantong-2024")
    ] = "nantong-2024",
    as_json: AsJson = False,
) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        summary = pipeline.demo(folder, sample, now(), screen.progress)
        screen.show(summary.as_json(), lambda: tables.summary(summary), lambda: tables.made(summary))


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="新工作区的文件夹")],
    sample: Annotated[Optional[str], typer.Option("--sample", metavar="名称", help="样例名称，如 nantong-2024")] = None,
    roster: Annotated[Optional[Path], typer.Option("--roster", metavar="文件", help="项目清单工作簿")] = None,
    scheme: Annotated[Optional[Path], typer.Option("--scheme", metavar="文件", help="方案工作簿")] = None,
    archive_file: Annotated[
        Optional[Path], typer.Option("--from", metavar="归档包", help="上年的归档包（.zip）")
    ] = None,
    ledger: Annotated[
        str, typer.Option("--ledger", metavar="地址", help="台账放在服务器上：postgresql://…；不给则放在工作区里")
    ] = "",
    as_json: AsJson = False,
) -> None:
    from toolkit import pipeline

    if archive_file is not None and (sample, roster, scheme) == (None, None, None):
        archive.begin_from(folder, archive_file, as_json=as_json)
        return
    with face(as_json=as_json) as screen:
        asker = _one_unit if sys.stdin.isatty() and not as_json else None
        made = pipeline.initialise(folder, _source(sample, roster, scheme), now(), screen.progress, asker, ledger)
        screen.show(made.as_json(), lambda: tables.initialised(made), lambda: tables.findings(made.findings))
        leave_with(findings=not made.ok)


def _one_unit(question: "UnitQuestion") -> bool | None:
    """Ask whether two spellings are one unit; anything but 是 and 否 leaves it open."""
    words = f"责任单位“{question.other}”与“{question.name}”是同一单位吗？（是/否，回车先不定）"
    said = typer.prompt(words, default="", show_default=False).strip().lower()
    return {"是": True, "y": True, "否": False, "n": False}.get(said)


def _source(sample: str | None, roster: Path | None, scheme: Path | None) -> "str | tuple[Path, Path]":
    if sample is not None and roster is None and scheme is None:
        return sample
    if sample is None and roster is not None and scheme is not None:
        return roster, scheme
    raise typer.BadParameter("请给出 --sample 样例名，或同时给出 --roster 和 --scheme")


@app.command()
def generate(where: Where = HERE, as_json: AsJson = False) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        made = pipeline.generate(pipeline.load(where), now(where), screen.progress)
        screen.show(
            made.as_json(),
            lambda: tables.generated(made),
            lambda: tables.hand_edited(made),
            lambda: tables.findings(made.findings) if made.findings else "",
        )


@app.command()
def send(
    where: Where = HERE,
    email: post.Email = False,
    drafts: post.Drafts = False,
    dry_run: post.DryRun = False,
    resend: post.Resend = False,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "send", where, email=email, drafts=drafts, dry_run=dry_run, resend=resend)
        screen.show(done.values, *post_tables.dispatched(done.result))  # type: ignore[arg-type]
        leave_with(findings=not done.ok)


@app.command()
def collect(
    paths: Annotated[Optional[list[Path]], typer.Argument(metavar="路径…", help="报送件所在位置")] = None,
    where: Where = HERE,
    cluster: OnCluster = "",
    as_json: AsJson = False,
) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        taken = pipeline.collect(pipeline.load(where), paths or [], now(where), screen.progress, cluster)
        screen.show(taken.as_json(), lambda: tables.collected(taken))


@app.command()
def choose(
    project: Annotated[str, typer.Argument(metavar="项目序号", help="项目清单中的序号")],
    sha256: Annotated[
        str, typer.Argument(metavar="校验值", help="报送件校验值（sha256）的前 6 位以上（见 collect --json）")
    ],
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="指定人姓名")],
    reason: Annotated[str, typer.Option("--reason", metavar="文字", help="理由")],
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        done = pipeline.choose_return(pipeline.load(where), project, sha256, by=by, reason=reason, now=now(where))
        screen.show(done.as_json(), lambda: f"项目{done.project}已指定以“{done.receipt.name}”为准，已记入台账。")


@app.command()
def check(where: Where = HERE, as_json: AsJson = False) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        examined = pipeline.check_of(where, now(where), screen.progress)
        screen.show(
            examined.as_json(),
            lambda: tables.findings(examined.findings),
            lambda: tables.written(examined.files),
            lambda: tables.hand_edited(examined),
        )
        leave_with(findings=examined.errors > 0)


@app.command()
def score(where: Where = HERE, as_json: AsJson = False) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        scored = pipeline.score(pipeline.load(where), now(where), screen.progress)
        screen.show(scored.as_json(), lambda: tables.scores(scored))


@app.command()
def aggregate(where: Where = HERE, as_json: AsJson = False) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        master = pipeline.aggregate(pipeline.load(where), now(where), screen.progress)
        screen.show(
            master.as_json(),
            lambda: tables.written(master.files),
            lambda: tables.hand_edited(master),
            lambda: tables.findings(master.findings) if master.findings else "",
        )


@app.command()
def run(where: Where = HERE, cluster: OnCluster = "", as_json: AsJson = False) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        summary = pipeline.run(pipeline.load(where), now(where), screen.progress, cluster)
        screen.show(
            summary.as_json(),
            lambda: tables.summary(summary),
            lambda: tables.made(summary),
            lambda: tables.hand_edited(summary),
            lambda: tables.findings(summary.report_findings, "报告") if summary.report_findings else "",
        )


@app.command("open")
def open_command(where: Where = HERE, as_json: AsJson = False) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        opened = pipeline.open_master(where)
        screen.show(opened.as_json(), lambda: tables.written(opened.files))


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="导出到哪个文件夹")],
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        made = pipeline.export_tables(where, folder)
        screen.show(made.as_json(), lambda: tables.written(made.files))


@app.command()
def status(where: Where = HERE, as_json: AsJson = False) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        board = pipeline.status_of(where, now(where))
        screen.show(board.as_json(), lambda: tables.board(board), lambda: correct_tables.rounds(board.corrections))


@app.command()
def verify(where: Where = HERE, as_json: AsJson = False) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        verdict = pipeline.verify_of(where, now(where), screen.progress)
        screen.show(
            verdict.as_json(),
            lambda: tables.verdict(verdict),
            lambda: tables.findings(verdict.findings),
            lambda: verdict.second.words if verdict.second else "",
        )
        leave_with(findings=not verdict.ok)


def main() -> None:
    """Carry out one command; see :mod:`toolkit.cli.entry` for what begins without this module."""
    speak_utf8()
    with own_console():
        app()
