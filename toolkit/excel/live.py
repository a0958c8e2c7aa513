"""The one place that drives an Excel on this machine (xlwings), to show a finished workbook. Never a returned file.

Excel cannot run where this is tested: the tests use a stand-in behind :class:`SpreadsheetApp`, and say so.
WPS-only machines lose nothing: without Excel the workbook opens in whatever the system uses for ``.xlsx``.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Protocol

from toolkit.errors import MissingProgramError


class SpreadsheetApp(Protocol):
    """What is asked of a spreadsheet program."""

    def show(self, path: Path) -> None:
        """Open the workbook visibly and calculate it anew."""


class Excel:
    """Excel by COM (Windows) or AppleScript (macOS), in an instance of its own."""

    def show(self, path: Path) -> None:
        """Open the workbook in a new, visible instance and recalculate it; the user closes it."""
        import xlwings

        app = xlwings.App(visible=True, add_book=False)
        try:
            app.books.open(str(path.resolve()))
            app.calculate()
        except BaseException:
            app.quit()  # a half-started instance must not stay behind
            raise


class SystemDefault:
    """Whatever the system opens ``.xlsx`` with: WPS, LibreOffice, Numbers."""

    def show(self, path: Path) -> None:
        """Hand the file to the system.

        Raises:
            MissingProgramError: nothing on this machine opens it.
        """
        try:
            if sys.platform == "win32":
                os.startfile(path)  # noqa: S606  our own file
            else:
                opener = "open" if sys.platform == "darwin" else "xdg-open"
                subprocess.run([opener, str(path)], check=True, capture_output=True)  # noqa: S603  our own file
        except (OSError, subprocess.CalledProcessError):
            advice = "请手工打开该文件（需要 Excel、WPS 或 LibreOffice）"
            raise MissingProgramError("本机没有可打开工作簿的程序", where=path, what_to_do=advice) from None


def spreadsheet_app() -> SpreadsheetApp:
    """Excel when xlwings finds one, else the system's own choice."""
    try:
        import xlwings
    except ImportError:
        return SystemDefault()
    return Excel() if xlwings.engines else SystemDefault()
