"""What most commands take, and the one clock of the program."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

Where = Annotated[Path, typer.Option("-w", "--workspace", metavar="文件夹", help="评价工作区，默认为当前文件夹")]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出，供其他程序读取")]
HERE = Path()


def now() -> datetime:
    """The time, asked once a command; everything behind the face is given it."""
    return datetime.now().astimezone()
