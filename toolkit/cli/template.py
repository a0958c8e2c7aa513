"""``jixiao template``: check the template of a workbook or a Word document, copy all templates."""

from pathlib import Path
from typing import Annotated, Optional

import typer

from toolkit.cli import tables
from toolkit.cli.options import AsJson
from toolkit.cli.screen import face, leave_with
from toolkit.cli.usage import App

app = App("采集表模板和 Word 模板：取出、检查。")


@app.callback()
def template() -> None:
    """Templates."""


@app.command("new")
def new(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="放模板的文件夹，例如 模板")], as_json: AsJson = False
) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        made = pipeline.new_templates(folder)
        kept = len(made.files) - made.changed
        said = f"已复制{made.changed}个文件到{made.folder}{f'，{kept}个已有，没有改动' if kept else ''}。"
        screen.show(made.as_json(), lambda: f"{said}名称和含义见其中的 模板名称表.xlsx。")


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(metavar="文件", help="采集表模板工作簿，或 Word 模板")],
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
