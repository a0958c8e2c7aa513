"""The command that takes values from earlier forms."""

from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli import tables
from toolkit.cli.options import HERE, AsJson, Where
from toolkit.cli.screen import carry_out, face, leave_with
from toolkit.cli.usage import App

app = App()


@app.command()
def prefill(
    paths: Annotated[list[Path], typer.Argument(metavar="路径…", help="申报表或上年自评表，或其文件夹")],
    project: Annotated[
        str, typer.Option("--project", metavar="项目序号", help="表中的项目名称与清单不同时，写明是哪个项目")
    ] = "",
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "prefill", where, paths=[str(path) for path in paths], project=project)
        taken: Any = done.result
        screen.show(done.values, lambda: _said(taken), lambda: tables.findings(taken.findings))
        leave_with(findings=not done.ok)


def _said(taken: Any) -> str:  # noqa: ANN401  (the operation's own result)
    lines = [f"项目{row.project} {row.key}：{row.text[:40]}（{row.file}{row.place}）" for row in taken.rows]
    open_labels = f"，{len(taken.labels)}个标签还没有对照，见《对照》" if taken.labels else ""
    return "\n".join([*lines, f"预填{len(taken.rows)}项，待核实{open_labels}：{taken.file}"])
