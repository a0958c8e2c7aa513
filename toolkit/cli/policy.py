"""``jixiao policy``: regulations by name, number and whether in force."""

from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli import library_pages
from toolkit.cli.options import AsJson
from toolkit.cli.screen import carry_out, face
from toolkit.cli.usage import App

app = App("政策库")


@app.command()
def policy(
    words: Annotated[str, typer.Argument(metavar="词", help="名称或文号里的词，多个用空格分开")] = "",
    status: Annotated[str, typer.Option("--status", metavar="状态", help="现行、修订、废止或期满")] = "",
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "policy", Path(), words=words, status=status)
        found: Any = done.result
        screen.show(done.values, lambda: library_pages.policies(found))
