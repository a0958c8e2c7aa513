"""What holds on every page: copying, export, keyboard, names for those who listen, empty states, size, both looks."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6", reason="没有安装 PySide6（pip install .[desktop]）")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from toolkit.desktop import opening
from toolkit.desktop.appearance import SIZES, dress
from toolkit.desktop.application import show_whole
from toolkit.desktop.client import EngineClient
from toolkit.desktop.pages.deliver import DeliverPage
from toolkit.desktop.pages.intake import counted
from toolkit.desktop.pages.scheme import SchemePage
from toolkit.desktop.state import results
from toolkit.desktop.state.beginning import Fault
from toolkit.desktop.state.session import Session
from toolkit.desktop.state.steps import NAMES, SECTIONS
from toolkit.desktop.widgets.fault_list import FaultList
from toolkit.desktop.widgets.page import Page
from toolkit.desktop.widgets.rows_view import RowsView
from toolkit.desktop.widgets.table import Table
from toolkit.desktop.window import MainWindow

IS_FULL = bool(os.environ.get("JIXIAO_FULL"))
SCREEN = (1366, 728)
"""1366×768 less the task bar."""
LOWEST = (911, 485)
"""The same at 150 %."""
HEARD = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractItemView, QProgressBar)
FOCUSED = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractItemView)
PLACES = (*NAMES, *SECTIONS)


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[MainWindow]:
    """A window on its own: no evaluation is open, no engine is asked."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("everywhere")))
        made = MainWindow(EngineClient())
        made.resize(*SCREEN)
        made.show()
        yield made
        made.close()
    dress(qapp, dark=False)


def at(qtbot: QtBot, window: MainWindow, name: str) -> Page:
    """The page, or the part of one, at the front."""
    window.turn_to(name)
    qtbot.waitUntil(lambda: window.at_rest, timeout=20_000)
    assert window.shown
    return window.shown


def tables(page: Page) -> list[Table]:
    """All tables of a page, those of tabs that are not at the front too."""
    for tabs in page.findChildren(QTabWidget):
        for number in range(tabs.count()):
            tabs.setCurrentIndex(number)
    return page.findChildren(Table)


def own(kinds: tuple[type[QWidget], ...], of: QWidget) -> list[QWidget]:
    """Widgets a person sees; what Qt builds its own of (arrows, spare lists) left out."""
    found = [widget for widget in of.findChildren(QWidget) if isinstance(widget, kinds) and widget.isVisible()]
    return [widget for widget in found if not widget.objectName().startswith("qt_") and not _is_part(widget)]


def _is_part(widget: QWidget) -> bool:
    parent = widget.parent()
    above = [parent, parent.parent() if parent else None]
    is_inside = any(isinstance(part, QComboBox | QLineEdit | QAbstractItemView | QScrollArea) for part in above[:1])
    return is_inside or type(widget).__name__ in ("QHeaderView", "QTabBar", "QTableCornerButton", "QAbstractButton")


def heard(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


@pytest.mark.parametrize("name", NAMES)
def test_every_table_says_what_to_do_when_empty_copies_and_exports(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, name: str
) -> None:
    page = at(qtbot, window, name)
    for table in tables(page):
        before = list(table.rows.rows)
        assert table.view.accessibleName(), name
        assert table.empty not in ("", "没有内容"), table.view.accessibleName()
        row = {column.key: f"=第{number}列" for number, column in enumerate(table.rows.columns)}
        table.blockSignals(True)
        table.load([Anything(row)])
        headings = [column.heading for column in table.rows.columns]
        table.view.selectRow(0)
        qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        copied = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
        assert copied == [headings, [f"'=第{number}列" for number in range(len(headings))]], table.view.accessibleName()
        file = tmp_path / "导出.csv"
        table.export(str(file))
        assert file.read_text(encoding="utf-8-sig").splitlines()[0].split(",") == headings
        assert table.export_button.isVisibleTo(table.export_button.parentWidget())
        table.load(before)
        table.blockSignals(False)


class Anything(dict[str, object]):
    """A row that has every key: pages look at keys of theirs for colours."""

    def __missing__(self, key: str) -> object:
        return ""


@pytest.mark.parametrize("name", PLACES)
def test_everything_is_reached_by_keyboard_and_has_a_name(qtbot: QtBot, window: MainWindow, name: str) -> None:
    page = at(qtbot, window, name)
    nameless = [type(widget).__name__ for widget in own(HEARD, page) if not heard(widget)]
    assert nameless == []
    chain, widget = set(), page.nextInFocusChain()
    while widget is not None and widget is not page:
        chain.add(widget)
        widget = widget.nextInFocusChain()
    for widget in own(FOCUSED, page):
        assert widget in chain, heard(widget)
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, f"{name}：{heard(widget)}"
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize("name", PLACES)
def test_chinese_is_typed_into_every_field(qtbot: QtBot, window: MainWindow, name: str) -> None:
    page = at(qtbot, window, name)
    for field in own((QLineEdit,), page):
        assert isinstance(field, QLineEdit)
        if field.isReadOnly() or not field.isEnabled():
            continue
        before = field.text()
        typed = QInputMethodEvent()
        typed.setCommitString("核定")
        QApplication.sendEvent(field, typed)
        assert "核定" in field.text(), heard(field)
        field.setText(before)


def test_on_the_lowest_screen_no_foot_is_cut_off_and_tables_show_rows(qtbot: QtBot, window: MainWindow) -> None:
    """1366×768 at 150 %: the window was 1038×571 there, its foot and the files that were made below the screen."""
    for name in NAMES:
        page = at(qtbot, window, name)
        window.resize(*LOWEST)
        QApplication.processEvents()
        assert (window.width(), window.height()) == LOWEST, name
        foot = window._says.mapTo(window, window._says.rect().bottomLeft())
        assert foot.y() <= LOWEST[1], name
        for table in own((RowsView,), page):
            assert table.height() >= 4 * 30, (name, table.accessibleName())
    window.resize(*SCREEN)


@pytest.mark.parametrize("points", SIZES.values() if IS_FULL else [SIZES["标准"]])
@pytest.mark.parametrize("dark", [False, True] if IS_FULL else [True])
def test_every_page_fits_and_nothing_is_cut_in_both_looks(
    qtbot: QtBot, window: MainWindow, qapp: QApplication, points: int, *, dark: bool
) -> None:
    dress(qapp, dark=dark, points=points)
    for name in PLACES:
        page = at(qtbot, window, name)
        least = window.minimumSizeHint()
        wide = {page: window.page(page).minimumSizeHint().width() for page in NAMES}
        assert (least.width() <= SCREEN[0], least.height() <= SCREEN[1]) == (True, True), (name, points, wide)
        window.resize(*SCREEN)
        for shown in own((QAbstractButton,), page):
            assert shown.width() >= shown.minimumSizeHint().width(), (name, points, heard(shown))
        for words in own((QLabel,), page):
            assert isinstance(words, QLabel)
            if not words.wordWrap() and words.text() and words.objectName() != "quiet":
                assert words.width() >= words.sizeHint().width(), (name, points, words.text())
        corner = page.grab().toImage().pixelColor(2, 2)
        assert (corner.lightness() < 128) is dark, name


def test_every_step_says_how_it_stands_in_words(qtbot: QtBot, window: MainWindow) -> None:
    at(qtbot, window, "开始")
    model = window.rail.steps
    texts = [model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert len(texts) == len(NAMES)
    assert all("未开始" in str(text) for text in texts[:10])


def test_a_form_with_its_result_fits_the_screen(qtbot: QtBot, window: MainWindow) -> None:
    """Twelve fields and a table under them once made the window 905 pixels high."""
    page = at(qtbot, window, "方案")
    form = page.open_operation("scheme new")
    rows = [{"code": f"A{number}", "name": "立项依据充分性", "full_mark": "2"} for number in range(40)]
    form.result.show_result(results.shown("scheme new", {"indicators": rows}), is_ok=True)
    qtbot.wait(0)
    assert window.minimumSizeHint().height() <= SCREEN[1]
    form.left.emit()


def test_a_finding_of_a_result_opens_the_workbook_that_the_form_names(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, object]] = []
    monkeypatch.setattr(Session, "look", lambda _self, name, _then, **given: asked.append({"name": name, **given}))
    form = at(qtbot, window, "方案").open_operation("template check")
    form.fields["file"].put(str(tmp_path / "采集表模板.xlsx"))
    place = {"workbook": "采集表模板.xlsx", "sheet": "资金情况", "cell": "C5"}
    found = {**place, "message": "", "hint": "", "severity": "error"}
    form.result.show_result(results.shown("template check", {"findings": [found]}), is_ok=False)
    table = form.result.findChild(Table)
    table.opened.emit(table.rows.rows[0])
    where = {"file": str(tmp_path / "采集表模板.xlsx"), "sheet": "资金情况", "cell": "C5"}
    assert asked == [{"name": "view open own"} | where]
    form.left.emit()


def test_every_fault_of_the_wizard_has_a_button_to_its_cell_and_a_setting_one_to_its_field(qtbot: QtBot) -> None:
    filled: list[Fault] = []
    opened: list[Fault] = []
    shown = FaultList(filled.append, opened.append)
    qtbot.addWidget(shown)
    setting = Fault("方案.xlsx《方案》B7：“委托单位”", "委托单位", "/桌面/方案.xlsx", "方案", "B7")
    cell = Fault("清单.xlsx《Sheet1》E8：不是数", "", "/桌面/清单.xlsx", "Sheet1", "E8")
    nowhere = Fault("别的.xlsx：不认识")
    shown.show_faults([setting, cell, nowhere])
    assert [made.text() for made in shown.buttons] == ["去填写", "打开", "打开", "打开"]
    assert [made.isEnabled() for made in shown.buttons] == [True, True, True, False]
    for made in shown.buttons:
        made.click()
    assert (filled, opened) == ([setting], [setting, cell])


def test_where_no_evaluation_is_open_the_scheme_page_says_what_to_do(qtbot: QtBot, window: MainWindow) -> None:
    page = at(qtbot, window, "方案")
    assert isinstance(page, SchemePage)
    assert "到“开始”页新建或打开" in page.heading.text()
    assert "新建方案" in page.heading.text()


def test_what_became_of_the_files_is_counted() -> None:
    rows = [{"state": "accepted"}] * 37 + [{"state": "refused"}]
    assert counted(rows) == "已读取 37 个，拒收 1 个"


def test_where_no_program_is_set_for_workbooks_libreoffice_opens_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[str, list[str]]] = []
    nothing = type("Services", (), {"openUrl": staticmethod(lambda _url: False)})
    found = type("Paths", (), {"findExecutable": staticmethod(lambda name: f"/bin/{name}" if "lib" in name else "")})
    start = staticmethod(lambda program, words: (started.append((program, words)) is None, 7))
    monkeypatch.setattr(opening, "QDesktopServices", nothing)
    monkeypatch.setattr(opening, "QStandardPaths", found)
    monkeypatch.setattr(opening, "QProcess", type("Process", (), {"startDetached": start}))
    book, folder = tmp_path / "评审意见.xlsx", tmp_path / "07-评价报告"
    assert opening.open_file(str(book)) == "还没有“评审意见.xlsx”，没有可打开的内容。"
    book.touch()
    folder.mkdir()
    assert opening.open_file(str(book)) == ""
    assert "自行到这里查看" in opening.open_file(str(folder))
    assert started == [("/bin/libreoffice", ["--norestore", str(book)])]


def test_the_focus_comes_back_to_the_big_button_unless_a_person_went_elsewhere(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = at(qtbot, window, "汇总并出报告")
    assert isinstance(page, DeliverPage)
    page.allow(may_start=True)
    for went_elsewhere in (False, True):
        page.button.setFocus()
        page.allow(may_start=False)
        assert window.focusWidget() is not page.button
        if went_elsewhere:
            page.files.view.setFocus()
        page.allow(may_start=True)
        assert (window.focusWidget() is page.button) is not went_elsewhere
    page.allow(may_start=False)


@pytest.mark.parametrize(("size", "is_whole_screen"), [((1280, 4000), True), ((9000, 300), True), ((400, 300), False)])
def test_nothing_of_a_window_lies_outside_the_screen(
    qtbot: QtBot, size: tuple[int, int], *, is_whole_screen: bool
) -> None:
    """1024×768, or 1366×768 at 150 %, is smaller than the window likes to be."""
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.resize(*size)
    show_whole(shown)
    screen = shown.screen().availableGeometry()
    assert shown.isMaximized() is is_whole_screen
    assert (shown.width() <= screen.width(), shown.height() <= screen.height()) == (True, True)


def test_a_long_result_of_a_run_leaves_the_files_their_room(qtbot: QtBot, window: MainWindow) -> None:
    page = at(qtbot, window, "汇总并出报告")
    assert isinstance(page, DeliverPage)
    window.resize(1024, 700)
    before = page.files.view.height()
    page._say_result("完成。" + "\n• 整体报告（完整版）.docx 第101段疑似：写4个项目“资金没有全部到位”，按表是5个" * 12)
    qtbot.waitUntil(page.told.isVisible)
    QApplication.processEvents()
    assert page.told.height() <= page.result.fontMetrics().lineSpacing() * 7
    assert page.told.verticalScrollBar().maximum() > 0, "the rest is there to be scrolled to"
    assert page.files.view.height() >= before / 2
    page._say_result("")
    assert not page.told.isVisible()
