"""Starting the window, or drawing one of its pages into a picture."""

import gc
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QWidget

from toolkit.desktop.appearance import LOOKS, SIZES, dress, speak_chinese
from toolkit.desktop.client import EngineClient
from toolkit.desktop.state.linking import link_of
from toolkit.desktop.state.steps import NAMES, SECTIONS
from toolkit.desktop.window import MainWindow

_PATIENCE = 60.0
_TITLE_BAR = 40
"""Units: pixels above a window for its title, at most."""
_RARELY = (50_000, 20, 50)
"""Looking for unused objects among 20,000 rows takes 50 milliseconds, in which a window does nothing else."""


def main(workspace: str = "", *, dark: bool | None = None) -> int:
    """Show the window until it is closed; its exit code.

    Args:
        workspace: a folder to open, or a link from the master workbook; "" for neither.
        dark: the look; None as it was chosen.
    """
    application = _application(dark=dark)
    window = MainWindow(EngineClient())
    window._client.start()  # noqa: SLF001  (the first request finds it ready)
    show_whole(window)
    sys.excepthook = window.report_fault
    link = link_of(workspace)
    if link:
        if not window.follow(link):
            return 0
    elif workspace:
        window.page("开始").open(workspace)  # type: ignore[attr-defined]
    return application.exec()


def show_whole(window: QWidget) -> None:
    """Show a window; one that is larger than the screen, with its title bar, fills it: nothing of it lies outside."""
    screen = window.screen().availableGeometry()
    if window.width() > screen.width() or window.height() + _TITLE_BAR > screen.height():
        window.resize(window.size().boundedTo(screen.size()))
        window.showMaximized()
    else:
        window.show()


def draw(
    workspace: str, pictures: Mapping[str, Path], *, dark: bool = False, size: tuple[int, int] = (1366, 768)
) -> bool:
    """Draw pages off-screen, each as it looks once everything it asked for has come; False where one is not known."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = _application(dark=dark)
    client = EngineClient()
    window = MainWindow(client)
    if not {*NAMES, *SECTIONS}.issuperset(pictures):
        return False
    window.resize(*size)
    window.show()
    if workspace:
        window.page("开始").open(workspace)  # type: ignore[attr-defined]
    saved = [_draw_page(application, window, page, file) for page, file in pictures.items()]
    window.close()
    return all(saved)


def _draw_page(application: QApplication, window: MainWindow, page: str, file: Path) -> bool:
    window.turn_to(page)
    _wait(application, lambda: window.at_rest)
    return window.grab().save(str(file))


def _wait(application: QApplication, until: Callable[[], bool]) -> None:
    """Let the window work until it rests."""
    end = time.monotonic() + _PATIENCE
    while not until() and time.monotonic() < end:
        application.processEvents()
        time.sleep(0.01)
    for _ in range(20):
        application.processEvents()


def _application(*, dark: bool | None) -> QApplication:
    if sys.platform.startswith("linux") and os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"  # the wheels of Qt bring no plug-in for fcitx
    gc.set_threshold(*_RARELY)
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    known = QApplication.instance()
    application = known if isinstance(known, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("jixiao")
    application.setApplicationDisplayName("绩效核查工作台")
    kept = QSettings("jixiao", "window")
    look = LOOKS.get(str(kept.value("外观", "")))
    dress(
        application, dark=look if dark is None else dark, points=SIZES.get(str(kept.value("字号", "")), SIZES["标准"])
    )
    speak_chinese(application)
    return application
