"""``jixiao template``: check a collection workbook's template."""

from pathlib import Path
from typing import Annotated, Optional

import typer

from toolkit.cli import tables
from toolkit.cli.options import AsJson
from toolkit.cli.screen import face, leave_with
from toolkit.cli.usage import App

app = App("采集表模板：检查。")


@app.callback()
def template() -> None:
    """Keep ``check`` a command of its own: a single command would take its group's name."""


@app.command("check", help="检查采集表模板：写错的标签、漏放的字段、被合并单元格盖住的标签，一次列出并指明单元格。")
def check(
    file: Annotated[Path, typer.Argument(metavar="文件", help="采集表模板工作簿")],
    scheme: Annotated[
        Optional[Path],
        typer.Option("--scheme", metavar="文件", help="方案工作簿；不给时用模板旁边或上一级文件夹的 方案.xlsx"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        verdict = pipeline.check_template(file, scheme)
        screen.show(verdict.as_json(), lambda: tables.verdict(verdict), lambda: tables.findings(verdict.findings))
        leave_with(findings=not verdict.ok)
