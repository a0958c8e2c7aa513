"""Files and folders opened in what the system opens them with: always what a person may change, never an original."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_file(path: str) -> bool:
    """Open a file or folder; False when nothing on this machine opens it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(path))
