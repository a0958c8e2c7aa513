"""``jixiao scorebooks`` and ``jixiao adjudicate``: double scoring."""

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from toolkit.cli import tables
from toolkit.cli.options import HERE, AsJson, Where
from toolkit.cli.screen import carry_out, face, leave_with
from toolkit.cli.usage import App

app = App()


@app.command(help="为每名打分人生成打分册，只含其负责的项目；打分人按工作组.xlsx 的分工，或由命令写明。")
def scorebooks(
    scorers: Annotated[
        str, typer.Option("--scorers", metavar="姓名", help="打分人，用顿号分开；不写按工作组的分工")
    ] = "",
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "scorebooks", where, scorers=scorers)
        made: Any = done.result
        rows = [(scorer, str(count), str(path)) for scorer, path, count in made.books]
        screen.show(
            done.values,
            lambda: tables.table("打分册", ("打分人", "打分项", "文件"), rows),
            lambda: tables.findings(made.findings) if made.findings else "",
        )
        leave_with(findings=not done.ok)


@app.command(help="收下打分册并锁定，各人打分比对，列出超过容差的差异和一致程度，读取差异裁定.xlsx 中的裁定。")
def adjudicate(
    paths: Annotated[
        Optional[list[Path]], typer.Argument(metavar="路径…", help="收回的打分册；不写只比对和读取裁定")
    ] = None,
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "adjudicate", where, paths=[str(path) for path in paths or []])
        made: Any = done.result
        screen.show(
            done.values,
            lambda: _standing(done.values),
            lambda: _differences(made),
            lambda: tables.findings(made.findings),
        )
        leave_with(findings=not done.ok)


def _standing(values: dict[str, Any]) -> str:
    if values["missing"]:
        locked, missing = "、".join(values["locked"]) or "无", "、".join(values["missing"])
        return f"本次锁定：{locked}。还没有收到：{missing}，收齐后再比对。"
    measured = values["agreement"]
    kappa = f"，加权kappa {measured['kappa']}" if measured["kappa"] else ""
    return (
        f"都已打分{measured['compared']}项：完全一致{measured['same']}项，容差内{measured['within']}项{kappa}；"
        f"已有结果{values['final']}项。"
    )


def _differences(made: Any) -> Any:  # noqa: ANN401  (a table, or nothing)
    rows = [
        (
            row["project"], row["indicator"], row["item"],
            "；".join(" ".join(pair) for pair in row["marks"].items()), row["ruling"] or "待裁定", row["by"],
        )
        for row in made.shown
    ]  # fmt: skip
    headings = ("项目", "指标", "取值项", "各人打分", "裁定", "裁定人")
    return tables.table(f"超过容差的差异：{made.file}", headings, rows[: tables.SHOWN]) if rows else ""
