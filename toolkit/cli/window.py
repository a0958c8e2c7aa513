"""``jixiao window``: the window, or a picture of one of its pages."""

from pathlib import Path
from typing import Annotated, Optional

import typer

from toolkit.cli.usage import App
from toolkit.operations.trouble import CANNOT_GO_ON

app = App()
MISSING = (
    '窗口需要 PySide6。请运行 py -m pip install "PySide6-Essentials>=6.8,<6.12"，或使用安装包；命令行各命令不受影响。'
)


@app.command("window", help="打开绩效核查工作台（窗口）；--page 与 --screenshot 把一页画成图片后退出。")
def window(
    folder: Annotated[
        Optional[str], typer.Argument(metavar="文件夹", help="评价工作区，或汇总总表里的 jixiao:// 链接")
    ] = None,
    page: Annotated[str, typer.Option("--page", metavar="页名", help="页的名称，如 核查")] = "开始",
    screenshot: Annotated[
        Optional[Path], typer.Option("--screenshot", metavar="文件", help="画成 .png 图片，不打开窗口")
    ] = None,
    dark: Annotated[bool, typer.Option("--dark", help="深色外观")] = False,
    register: Annotated[bool, typer.Option("--register", help="登记 jixiao:// 链接，点总表里的序号即打开窗口")] = False,
) -> None:
    try:
        from toolkit.desktop import application, registering
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] != "PySide6":
            raise
        typer.echo(MISSING, err=True)
        raise typer.Exit(CANNOT_GO_ON) from None
    if register:
        typer.echo(f"已登记：{registering.register()}")
        return
    workspace = str(Path(folder).absolute()) if folder and "://" not in folder else folder or ""
    if screenshot is None:
        raise typer.Exit(application.main(workspace, dark=dark or None))
    if not application.draw(workspace, {page: screenshot}, dark=dark):
        raise typer.BadParameter(f"没有名为“{page}”的页")
