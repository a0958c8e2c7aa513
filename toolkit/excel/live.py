"""The one place that drives an Excel on this machine (xlwings), to show a finished workbook. Never a returned file.

Excel cannot run where this is tested: the tests use a stand-in behind :class:`SpreadsheetApp`, and say so.
WPS-only machines lose nothing: without Excel the workbook opens in whatever the system uses for ``.xlsx``.
"""

import locale
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from toolkit.errors import MissingProgramError
from toolkit.excel.libreoffice import find_soffice

LOG = logging.getLogger(__name__)


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


class Wps:
    """WPS 表格 by COM (Windows), in an instance of its own; WPS calls itself KET, older versions ET. Not tried here."""

    def show(self, path: Path) -> None:
        """Open the workbook in a visible WPS and recalculate it."""
        from win32com.client import DispatchEx

        for name in ("KET.Application", "ET.Application"):
            try:
                app = DispatchEx(name)
            except Exception:  # noqa: BLE001, S112  pywintypes.com_error: this name is not registered
                continue
            app.Visible = True
            app.Workbooks.Open(str(path.resolve()))
            app.CalculateFull()
            return
        raise MissingProgramError("本机没有 WPS 表格")


class FirstThatOpens:
    """The first of several programs that opens the workbook; one that is not installed or not registered is passed."""

    def __init__(self, *apps: SpreadsheetApp) -> None:
        self._apps = apps

    def show(self, path: Path) -> None:
        """Open the workbook.

        Raises:
            MissingProgramError: none of them opens it.
        """
        *first, last = self._apps
        for app in first:
            try:
                app.show(path)
            except Exception:
                LOG.debug("%s does not open %s", type(app).__name__, path, exc_info=True)
            else:
                return
        last.show(path)


def spreadsheet_app() -> SpreadsheetApp:
    """Excel, else WPS, else the system's own choice; xlwings is there on Windows and macOS only."""
    try:
        import xlwings
    except ImportError:
        return SystemDefault()
    return FirstThatOpens(Excel(), Wps(), SystemDefault()) if xlwings.engines else SystemDefault()


def show_at(path: Path, sheet: str, cell: str, *, to_change: bool = False) -> str:
    """Open a workbook at a cell, macros off; the name of the program, "" where no program went to the cell.

    Args:
        path: the workbook. What is not opened to be changed must be a copy.
        sheet: the sheet's name.
        cell: a cell or an area, as ``C9`` or ``C9:D9``.
        to_change: the evaluators' own workbook, in which they put something right.

    Raises:
        MissingProgramError: nothing on this machine opens workbooks.
    """
    for name, show in (("Excel", _excel_at), ("WPS 表格", _wps_at), ("LibreOffice", _libreoffice_at)):
        try:
            show(path, sheet, cell, to_change)
        except Exception:
            LOG.debug("%s does not open %s", name, path, exc_info=True)
        else:
            return name
    SystemDefault().show(path)
    return ""


_MACROS_OFF = 3
"""msoAutomationSecurityForceDisable."""


def _excel_at(path: Path, sheet: str, cell: str, to_change: bool) -> None:
    import xlwings

    if to_change and (book := _open_already(path)):
        _select(book, sheet, cell)
        return
    app = xlwings.App(visible=True, add_book=False)
    try:
        if sys.platform == "win32":
            app.api.AutomationSecurity = _MACROS_OFF
        book = app.books.open(str(path.resolve()), update_links=False, read_only=not to_change, add_to_mru=False)
        _select(book, sheet, cell)
    except BaseException:
        app.quit()  # a half-started instance must not stay behind
        raise


def _open_already(path: Path) -> Any:  # noqa: ANN401  a book of xlwings, or None
    """The workbook as a running Excel has it: a second instance would only get it to read."""
    import xlwings

    books = (book for app in xlwings.apps for book in app.books)
    return next((book for book in books if Path(book.fullname) == path.resolve()), None)


def _select(book: Any, sheet: str, cell: str) -> None:  # noqa: ANN401  a book of xlwings
    book.sheets[sheet].activate()
    book.sheets[sheet].range(cell).select()
    book.app.activate(steal_focus=True)


def _wps_at(path: Path, sheet: str, cell: str, to_change: bool) -> None:
    from win32com.client import DispatchEx

    app = _first(DispatchEx, ("KET.Application", "ET.Application"))
    app.Visible = True
    app.AutomationSecurity = _MACROS_OFF
    book = app.Workbooks.Open(str(path.resolve()), 0, not to_change)
    book.Worksheets(sheet).Activate()
    book.Worksheets(sheet).Range(cell).Select()


def _first(make: Callable[[str], Any], names: tuple[str, ...]) -> Any:  # noqa: ANN401  a COM object has no type
    for name in names[:-1]:
        try:
            return make(name)
        except Exception:  # noqa: BLE001, S112  pywintypes.com_error: this name is not registered
            continue
    return make(names[-1])


def _libreoffice_at(path: Path, sheet: str, cell: str, to_change: bool) -> None:
    """LibreOffice takes sheet and cell behind the file's address; it asks before it runs macros, or runs none."""
    program = find_soffice()
    if program is None:
        raise MissingProgramError("本机没有 LibreOffice")
    subprocess.Popen(  # noqa: S603  our own copy or the evaluators' own workbook, no shell
        [str(program), "--norestore", *([] if to_change else ["--view"]), address_of(path, sheet, cell)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        env=os.environ | _utf8(),
    )  # fmt: skip


def address_of(path: Path, sheet: str, cell: str) -> str:
    """A cell's address as LibreOffice takes it: the sheet's name in quotes, for those with blanks, dots or brackets.

    A name with ``#`` or ``%`` has no address (LibreOffice 7.4 says "Invalid range"): the workbook opens as it is.
    """
    file = path.resolve().as_uri()
    quoted = sheet.replace("'", "''")
    return file if {"#", "%"} & set(sheet) else f"{file}#$'{quoted}'.{cell}"


def _utf8() -> dict[str, str]:
    """Under a locale that is not installed, LibreOffice takes no Chinese file name for what it is."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, "")
    except locale.Error:
        return {"LC_ALL": "C.UTF-8"}
    finally:
        locale.setlocale(locale.LC_ALL, before)
    return {}
