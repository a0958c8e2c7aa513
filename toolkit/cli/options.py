"""What most commands take, and the one clock of the program."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

Where = Annotated[Path, typer.Option("-w", "--workspace", metavar="文件夹", help="评价工作区，默认为当前文件夹")]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出，供其他程序读取")]
OnCluster = Annotated[
    str, typer.Option("--cluster", metavar="地址", help="由群集读取报送件：调度程序的地址，tcp://主机:端口")
]
HERE = Path()


def now(where: Path | None = None) -> datetime:
    """The time, asked once a command; everything behind is given it. In a sample's workspace it is the sample's day."""
    from toolkit import pipeline

    moment = datetime.now().astimezone()
    return moment if where is None else pipeline.clock(where, moment)
