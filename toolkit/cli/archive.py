"""``jixiao archive``: hand an evaluation over as one file, prove it, get the same results out of it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli import tables
from toolkit.cli.options import HERE, AsJson, Where
from toolkit.cli.screen import carry_out, face, leave_with
from toolkit.cli.usage import App

app = App("归档包：生成、校验、由它重算。")
File = Annotated[Path, typer.Argument(metavar="归档包", help="归档包")]


@app.command("make")
def make(
    file: Annotated[Path, typer.Argument(metavar="文件", help="归档包写到哪里，例如 ../2024年度归档.zip")],
    mask: Annotated[
        bool,
        typer.Option("--mask", help="另做一份脱敏副本：联系人、电话、邮箱等字段的内容在各处换成代号，附脱敏清单"),
    ] = False,
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "archive make", where, file=str(file), mask=mask)
        screen.show(done.values, lambda: _made(done.result), lambda: tables.found(done.result))
        leave_with(findings=not done.ok)


@app.command("verify")
def verify(
    file: File,
    anchor: Annotated[
        str, typer.Option("--anchor", metavar="条数:校验值", help="打印或另存的台账回执（台账回执.txt 中的一行）")
    ] = "",
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "archive verify", HERE, file=str(file), anchor=anchor)
        screen.show(done.values, lambda: _verdict(done.result), lambda: tables.found(done.result))
        leave_with(findings=not done.ok)


@app.command("rerun")
def rerun(file: File, as_json: AsJson = False) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "archive rerun", HERE, file=str(file))
        made: Any = done.result
        rows = [(result.name, result.state.value, result.why) for result in made.results]
        screen.show(
            done.values,
            lambda: tables.table("由归档包重算", ("成果", "结果", "说明"), rows),
            lambda: f"程序版本与归档时不同：{'、'.join(made.other_versions)}" if made.other_versions else "",
            lambda: "全部成果与归档的一致。" if made.ok else "有成果与归档的不一致，见上表。",
        )
        leave_with(findings=not done.ok)


def begin_from(folder: Path, file: Path, *, as_json: bool) -> None:
    """``jixiao init --from``: the next year's workspace, and what is to be done with it first."""
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "init", HERE, folder=str(folder), archive=str(file))
        made: Any = done.result
        words = (
            f"已接续上年建立评价工作区：{folder}（{made.initialised.projects}个项目）\n"
            f"上年数据{made.prior}项待核实（上年数据.xlsx），未销号问题{made.problems}项待跟踪（整改跟踪.xlsx）；"
            "评审意见、决定和签署没有带入。\n"
            "下一步：在 方案.xlsx 中改好年度、评价期间和各截止日，核对 项目清单.xlsx，再运行 jixiao generate。"
        )
        screen.show(done.values, lambda: words, lambda: tables.found(made))
        leave_with(findings=not done.ok)


def _made(made: Any) -> str:  # noqa: ANN401  (Archived; its module is heavy)
    lines = [
        f"已归档：{made.file}（{len(made.manifest.members)}件，台账到第{made.manifest.head['seq']}条）",
        f"sha256 {made.digests.sha256}",
        f"SM3    {made.digests.sm3}",
        "请把这两行校验值和台账末条抄到移交单上。",
    ]
    if made.manifest.masked:
        lines.append(f"已脱敏{made.masked}项，未收入{len(made.left_out)}件，见包内 脱敏清单.xlsx；脱敏副本不能重算。")
    return "\n".join(lines)


def _verdict(verdict: Any) -> str:  # noqa: ANN401  (ArchiveVerdict)
    if verdict.ok:
        kind = "（脱敏副本）" if verdict.manifest.masked else ""
        said = f"归档包完好{kind}：{len(verdict.manifest.members)}件与清单逐件一致，台账{verdict.events}条相连。"
    else:
        said = f"归档包没有通过校验：{len(verdict.findings)}处问题。"
    return f"{said}\nsha256 {verdict.digests.sha256}\nSM3    {verdict.digests.sm3}"
