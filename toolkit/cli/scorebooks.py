"""``jixiao scorebooks`` and ``jixiao adjudicate``: double scoring."""

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from toolkit.cli import tables
from toolkit.cli.options import HERE, AsJson, Where
from toolkit.cli.screen import carry_out, face, leave_with
from toolkit.cli.usage import App

app = App()


@app.command()
def scorebooks(
    scorers: Annotated[
        str, typer.Option("--scorers", metavar="姓名", help="打分人，用顿号分开；不写按工作组的分工")
    ] = "",
    unlock: Annotated[
        str, typer.Option("--unlock", metavar="打分人", help="退回这名打分人已锁定、还有空白的打分册，只能补空白")
    ] = "",
    by: Annotated[str, typer.Option("--by", metavar="退回人", help="由谁退回，与 --unlock 同用")] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="理由", help="退回的理由，与 --unlock 同用")] = "",
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "scorebooks", where, scorers=scorers, unlock=unlock, by=by, reason=reason)
        made: Any = done.result
        if unlock:
            screen.show(done.values, lambda: f"{unlock}的打分册已退回补打（空白{made.blank}项）：{made.file}")
            return
        rows = [(scorer, str(count), str(path)) for scorer, path, count in made.books]
        screen.show(
            done.values,
            lambda: tables.table("打分册", ("打分人", "打分项", "文件"), rows),
            lambda: f"不再等待打分册：{'、'.join(made.taken_back)}（不在这次的打分人之中）" if made.taken_back else "",
            lambda: tables.findings(made.findings) if made.findings else "",
        )
        leave_with(findings=not done.ok)


@app.command()
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
