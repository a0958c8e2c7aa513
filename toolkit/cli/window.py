"""``jixiao window``: the window, or a picture of one of its pages."""

from pathlib import Path
from typing import Annotated, Optional

import typer

from toolkit.cli.console import own_console, speak_utf8
from toolkit.cli.showing import MISSING, is_missing, whole
from toolkit.cli.usage import App
from toolkit.operations.trouble import CANNOT_GO_ON

app = App()


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
        if not is_missing(missing):
            raise
        typer.echo(MISSING, err=True)
        raise typer.Exit(CANNOT_GO_ON) from None
    if register:
        typer.echo(f"已登记：{registering.register()}")
        return
    workspace = whole(folder)
    if screenshot is None:
        raise typer.Exit(application.main(workspace, dark=dark or None))
    if not application.draw(workspace, {page: screenshot}, dark=dark):
        raise typer.BadParameter(f"没有名为“{page}”的页")


def main() -> None:
    """The command with its options, without loading the other commands."""
    speak_utf8()
    alone = App()
    alone.callback()(lambda: None)
    alone.add_typer(app)
    with own_console():
        alone()
