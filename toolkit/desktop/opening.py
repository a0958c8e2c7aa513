"""Files and folders opened in what the system opens them with: always what a person may change, never an original."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_file(path: str) -> str:
    """Open a file or folder; why it was not opened, in one Chinese sentence, "" where it was."""
    if not Path(path).exists():
        return f"还没有“{Path(path).name}”，没有可打开的内容。"
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
        return f"这台电脑没有可打开它的程序，请自行到这里查看：{path}"
    return ""
