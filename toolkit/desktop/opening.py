"""Files and folders opened in what the system opens them with: always what a person may change, never an original."""

from pathlib import Path

from PySide6.QtCore import QProcess, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

_OFFICE = frozenset({".xlsx", ".xls", ".ods", ".csv", ".docx", ".doc", ".odt"})
_LIBREOFFICE = ("soffice", "libreoffice")


def open_file(path: str) -> str:
    """Open a file or folder; why it was not opened, in one Chinese sentence, "" where it was."""
    if not Path(path).exists():
        return f"还没有“{Path(path).name}”，没有可打开的内容。"
    if QDesktopServices.openUrl(QUrl.fromLocalFile(path)) or _opened_by_libreoffice(path):
        return ""
    return f"这台电脑没有可打开它的程序，请自行到这里查看：{path}"


def _opened_by_libreoffice(path: str) -> bool:
    """On a Linux desktop where no program is set for a kind of file, LibreOffice may be there all the same."""
    program = next(filter(None, map(QStandardPaths.findExecutable, _LIBREOFFICE)), "")
    is_ours = bool(program) and Path(path).suffix.lower() in _OFFICE
    return is_ours and bool(QProcess.startDetached(program, ["--norestore", path])[0])
