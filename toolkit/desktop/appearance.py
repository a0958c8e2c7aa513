"""Colours, fonts and spacing, light and dark: one palette each, and the few rules a palette cannot say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from PySide6.QtCore import QLibraryInfo, QLocale, QPoint, QSize, Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication

_FONTS = ("Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei")
_POINTS = 10
LOOKS: Mapping[str, bool | None] = MappingProxyType({"跟随系统": None, "浅色": False, "深色": True})
SIZES: Mapping[str, int] = MappingProxyType({"标准": _POINTS, "较大": 12, "很大": 14})
"""Sizes of letters a person can choose. Units: points."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one appearance; contrast of text on its ground is at least 4.5 to 1."""

    ground: str
    panel: str
    raised: str
    text: str
    quiet: str
    line: str
    accent: str
    on_accent: str
    error: str
    warning: str
    note: str
    done: str
    marked: str
    related: str


LIGHT = Colours(
    ground="#f6f7f9", panel="#ffffff", raised="#eef1f5", text="#1d2430", quiet="#566072", line="#d3d9e2",
    accent="#1f5fbf", on_accent="#ffffff", error="#b3261e", warning="#8a5a00", note="#4d5766", done="#1d7a46",
    marked="#ffe08a", related="#cfe3ff",
)  # fmt: skip
DARK = Colours(
    ground="#1b1f26", panel="#232932", raised="#2d3541", text="#e8ebf0", quiet="#a9b3c2", line="#465061",
    accent="#6ea8ff", on_accent="#0d1726", error="#ff8a80", warning="#f0c060", note="#b6c0cf", done="#7ad39c",
    marked="#7a5d00", related="#234a7d",
)  # fmt: skip


def colours() -> Colours:
    """The colours in use."""
    palette = QApplication.palette()
    return DARK if palette.window().color().lightness() < 128 else LIGHT


def dress(application: QApplication, *, dark: bool | None = None, points: int = _POINTS) -> None:
    """Give the program its look; ``dark`` None follows the system."""
    if dark is None:
        dark = application.styleHints().colorScheme() is Qt.ColorScheme.Dark
    chosen = DARK if dark else LIGHT
    application.setStyle("Fusion")
    application.setPalette(_palette(chosen))
    application.setFont(_font(points))
    for window in application.topLevelWidgets():
        if window.styleSheet():
            window.setStyleSheet(rules())


def rules() -> str:
    """The style sheet of a window in the colours in use.

    It belongs to windows, not to the program: under a program's own sheet Qt styles every widget again, with all that
    is in it, each time it gets a parent, and a page takes three times as long to put together.
    """
    chosen = colours()
    return _rules(chosen, _arrow(chosen), _tick(chosen))


def speak_chinese(application: QApplication) -> None:
    """Dialogs and context menus of Qt in Chinese."""
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale("zh_CN"), "qtbase", "_", folder):
        application.installTranslator(translator)


def _font(points: int) -> QFont:
    known = set(QFontDatabase.families())
    family = next((name for name in _FONTS if name in known), "")
    font = QFont(family) if family else QFont()
    font.setPointSize(points)
    return font


def _palette(chosen: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for part, colour in {
        role.Window: chosen.ground,
        role.WindowText: chosen.text,
        role.Base: chosen.panel,
        role.AlternateBase: chosen.raised,
        role.Text: chosen.text,
        role.Button: chosen.raised,
        role.ButtonText: chosen.text,
        role.ToolTipBase: chosen.panel,
        role.ToolTipText: chosen.text,
        role.PlaceholderText: chosen.quiet,
        role.Highlight: chosen.accent,
        role.HighlightedText: chosen.on_accent,
        role.Link: chosen.accent,
        role.Mid: chosen.line,
    }.items():
        palette.setColor(part, QColor(colour))
    for part in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, QColor(chosen.quiet))
    return palette


_PICTURES = TemporaryDirectory(prefix="jixiao-window-", ignore_cleanup_errors=True)


def _arrow(chosen: Colours) -> str:
    """A small triangle in the colour of quiet words."""

    def draw(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(chosen.quiet))
        painter.drawPolygon([QPoint(4, 4), QPoint(36, 4), QPoint(20, 22)])

    return _picture(f"arrow-{chosen.quiet[1:]}.png", QSize(40, 24), draw)


def _tick(chosen: Colours) -> str:
    """The tick of a marked box."""

    def draw(painter: QPainter) -> None:
        painter.setPen(QPen(QColor(chosen.on_accent), 5))
        painter.drawPolyline([QPoint(8, 21), QPoint(16, 29), QPoint(32, 11)])

    return _picture(f"tick-{chosen.on_accent[1:]}.png", QSize(40, 40), draw)


def _picture(name: str, size: QSize, draw: Callable[[QPainter], None]) -> str:
    """The file of a picture: a style sheet can only name pictures."""
    path = Path(_PICTURES.name) / name
    picture = QImage(size, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter)
    painter.end()
    picture.save(str(path))
    return path.as_posix()


def _rules(chosen: Colours, arrow: str, tick: str) -> str:
    return _surfaces(chosen) + _inputs(chosen, arrow, tick)


def _surfaces(chosen: Colours) -> str:
    """Labels, panels and buttons."""
    return f"""
    QLabel#title {{ font-size: 16pt; font-weight: 600; }}
    QLabel#heading {{ font-size: 13pt; font-weight: 600; }}
    QLabel#quiet {{ color: {chosen.quiet}; }}
    QLabel#error {{ color: {chosen.error}; }}
    QFrame#panel {{ background: {chosen.panel}; border: 1px solid {chosen.line}; border-radius: 6px; }}
    QFrame#drop {{ background: {chosen.panel}; border: 2px dashed {chosen.line}; border-radius: 8px; }}
    QFrame#drop[over="true"] {{ border-color: {chosen.accent}; background: {chosen.raised}; }}
    QPushButton {{ padding: 6px 14px; border: 1px solid {chosen.line}; border-radius: 5px;
        background: {chosen.panel}; }}
    QPushButton:hover {{ background: {chosen.raised}; }}
    QPushButton:focus {{ border: 2px solid {chosen.accent}; padding: 5px 13px; }}
    QPushButton:disabled {{ color: {chosen.quiet}; background: {chosen.ground}; }}
    QPushButton#main {{ background: {chosen.accent}; color: {chosen.on_accent}; border-color: {chosen.accent};
        font-weight: 600; }}
    QPushButton#main:disabled {{ background: {chosen.line}; color: {chosen.quiet}; border-color: {chosen.line}; }}
    QPushButton#small {{ padding: 2px 10px; }}
    QPushButton#small:focus {{ padding: 1px 9px; }}
    QPushButton#big {{ background: {chosen.accent}; color: {chosen.on_accent}; border-color: {chosen.accent};
        font-size: 18pt; font-weight: 600; padding: 18px 40px; border-radius: 8px; }}
    QPushButton#big:disabled {{ background: {chosen.line}; color: {chosen.quiet}; border-color: {chosen.line}; }}
    """


def _inputs(chosen: Colours, arrow: str, tick: str) -> str:
    """What is typed into or chosen from, lists and tables."""
    return f"""
    QLineEdit, QComboBox, QDateEdit, QPlainTextEdit {{ padding: 5px 8px; border: 1px solid {chosen.line};
        border-radius: 5px; background: {chosen.panel}; }}
    QComboBox {{ combobox-popup: 0; }}
    QComboBox QAbstractItemView {{ background: {chosen.panel}; color: {chosen.text}; border: 1px solid {chosen.line};
        selection-background-color: {chosen.accent}; selection-color: {chosen.on_accent}; }}
    QComboBox::drop-down {{ border: 0; width: 22px; }}
    QComboBox::down-arrow {{ image: url({arrow}); width: 10px; height: 6px; }}
    QGroupBox {{ border: 1px solid {chosen.line}; border-radius: 6px; margin-top: 10px; padding: 14px 8px 8px 8px;
        background: {chosen.panel}; }}
    QGroupBox::title {{ subcontrol-origin: margin; left: 10px; padding: 0 4px; color: {chosen.quiet}; }}
    QCheckBox::indicator {{ width: 15px; height: 15px; border: 1px solid {chosen.quiet}; border-radius: 3px;
        background: {chosen.panel}; }}
    QCheckBox::indicator:checked {{ background: {chosen.accent}; border-color: {chosen.accent}; image: url({tick}); }}
    QCheckBox:focus {{ color: {chosen.accent}; }}
    QListWidget::item {{ padding: 4px 6px; }}
    QTabWidget::pane {{ border: 0; border-top: 1px solid {chosen.line}; padding-top: 6px; }}
    QTabBar::tab {{ padding: 7px 16px; border: 0; border-bottom: 3px solid transparent; color: {chosen.quiet}; }}
    QTabBar::tab:selected {{ border-bottom-color: {chosen.accent}; color: {chosen.text}; font-weight: 600; }}
    QTabBar::tab:focus {{ color: {chosen.accent}; }}
    QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{ border: 2px solid {chosen.accent}; padding: 4px 7px; }}
    QTableView, QTreeView, QListView {{ border: 1px solid {chosen.line}; border-radius: 5px;
        background: {chosen.panel}; gridline-color: {chosen.line}; outline: 0; }}
    QHeaderView::section {{ background: {chosen.raised}; color: {chosen.text}; border: 0;
        border-bottom: 1px solid {chosen.line}; padding: 6px 5px; font-weight: 600; }}
    QProgressBar {{ border: 1px solid {chosen.line}; border-radius: 5px; background: {chosen.panel}; height: 12px;
        text-align: center; }}
    QProgressBar::chunk {{ background: {chosen.accent}; border-radius: 4px; }}
    QListView#rail {{ background: {chosen.panel}; border: 0; border-right: 1px solid {chosen.line}; border-radius: 0; }}
    """
