"""A table of many rows is filled, searched, selected, copied and exported in turns, and comes to the same."""

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from time import thread_time

import pytest

pytest.importorskip("PySide6", reason="没有安装 PySide6（pip install .[desktop]）")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtGui import Qt as QtText
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from toolkit.desktop.state.rows import Column, Rows
from toolkit.desktop.turns import Turns, resting
from toolkit.desktop.watching import FolderWatch
from toolkit.desktop.widgets.preview import SheetModel
from toolkit.desktop.widgets.table import Table

COUNT = 6000
COLUMNS = (Column("序号", "id", 6, right=True), Column("单位", "unit", 20), Column("问题", "message", 40))


def rows(count: int = COUNT, *, mark: str = "") -> list[dict[str, str]]:
    return [{"id": str(n), "unit": f"第{n % 7}局", "message": f"=问题{n}{mark}"} for n in range(count)]


def settled(qtbot: QtBot, table: Table) -> None:
    qtbot.waitUntil(lambda: resting(table), timeout=20_000)


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table("样例", Rows(COLUMNS, lambda row: row["id"]), filters=(("单位", "unit"),), groups=(("单位", "unit"),))
    qtbot.addWidget(made)
    made.show()
    made.load(rows())
    settled(qtbot, made)
    return made


def test_what_is_selected_stays_and_a_search_during_loading_waits_for_the_new_rows(qtbot: QtBot, table: Table) -> None:
    table.view.selectRow(4321)
    table.load(rows(mark="新"))
    table.search_for("问题4321")
    settled(qtbot, table)
    assert [row["message"] for row in table.chosen_rows()] == ["=问题4321新"]
    table.search_for("")
    table.load(rows(3, mark="再"), prepare=lambda row: row.update(unit="备"))  # type: ignore[attr-defined]
    settled(qtbot, table)
    assert table.rows.rows[0]["unit"] == "备"
    assert table.rows.count == 3


def test_filters_sorting_and_groups_come_to_what_rows_give_at_once(qtbot: QtBot, table: Table) -> None:
    same = Rows(COLUMNS, lambda row: row["id"])
    same.load(rows())
    table.bar.filters["unit"].setCurrentText("第3局")
    same.choose("unit", "第3局")
    table.sort(0)
    table.sort(0)
    same.sort("id", descending=True)
    assert table.bar.groups
    table.bar.groups.setCurrentIndex(1)
    same.group("unit")
    settled(qtbot, table)
    assert table.rows.shown == same.shown
    assert table.rows.count == len([n for n in range(COUNT) if n % 7 == 3])
    table.use_filters({"search": "问题17", "chosen": {"unit": "第3局"}})
    settled(qtbot, table)
    assert {row["id"] for row in map(table.rows.row, range(table.rows.count))} == {"17", "171", "178", *(
        str(n) for n in range(1700, 1800) if n % 7 == 3)}  # fmt: skip


def test_all_rows_are_copied_and_exported_whole(qtbot: QtBot, table: Table, tmp_path: Path) -> None:
    table.view.selectAll()
    assert len(table.chosen_rows()) == COUNT
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, table)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert (len(lines), lines[1]) == (COUNT + 1, "0\t第0局\t'=问题0")
    table.export(str(tmp_path / "样例.csv"))
    settled(qtbot, table)
    written = (tmp_path / "样例.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.replace(",", "\t") for line in written] == lines
    assert str(COUNT) in table._count.text()
    table.export(str(tmp_path / "没有这个文件夹" / "样例.csv"))
    settled(qtbot, table)
    assert table._count.text().startswith("没有导出")


@pytest.fixture
def no_collection() -> Iterator[None]:
    """No garbage collection meanwhile: in a process that ran many tests one takes as long as the work."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collection")
def test_no_turn_is_long_however_many_rows_there_are(qtbot: QtBot, table: Table) -> None:
    """Against the same work in one go, so that a slow machine fails no less and no more."""
    began = thread_time()
    same = Rows(COLUMNS, lambda row: row["id"])
    same.load(rows(20_000))
    same.sort("message")
    same.find("问题")
    whole = thread_time() - began
    longest, last = 0.0, thread_time()

    def beat() -> None:
        nonlocal longest, last
        longest, last = max(longest, thread_time() - last), thread_time()

    many = rows(20_000)
    timer = QTimer(interval=0)
    timer.timeout.connect(beat)
    timer.start()
    last = thread_time()
    table.load(many)
    settled(qtbot, table)
    table.sort(2)
    table.search_for("问题")
    settled(qtbot, table)
    timer.stop()
    assert longest < whole / 2


def test_work_under_way_in_a_table_that_is_closed_leaves_nothing_that_seems_to_be_at_work(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    made = Table("样例", Rows(COLUMNS, lambda row: row["id"]))
    made.setParent(whole)
    made.load(rows())
    assert not resting(whole)
    made.deleteLater()
    qtbot.waitUntil(lambda: not whole.children())
    assert resting(whole)


def test_work_that_fails_is_over_and_is_told(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    turns = Turns(parent)

    def work() -> Generator[None, None, None]:
        yield
        raise OSError("网络断开")

    with qtbot.captureExceptions() as told:
        turns.run(work(), bool)
        qtbot.waitUntil(lambda: not turns.running)
    assert [str(fault) for _, fault, _ in told] == ["网络断开"]
    done: list[int] = []
    turns.run(ending_in(7), done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert done == [7]


def ending_in(value: int) -> Generator[None, None, int]:
    yield
    return value


@pytest.mark.parametrize(
    "name", ["03-收件箱/二.xlsx", "方案.xlsx", "上年数据.xlsx", "预填.xlsx", "模板/采集表模板.xlsx"]
)
def test_a_file_that_comes_while_a_folder_is_first_looked_at_is_told(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    inbox = tmp_path / "03-收件箱"
    inbox.mkdir()
    (inbox / "一.xlsx").write_bytes(b"1")
    parent = QTimer()
    watch = FolderWatch(parent)
    watch.follow(str(tmp_path))
    with qtbot.waitSignal(watch.changed, timeout=10_000):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"2")
    assert watch._known
    assert [name for name, _, _ in watch._known] == ["一.xlsx", path.name]


@pytest.mark.parametrize("text", ['<img src="file://zq7/x.png">', "<b>甲局</b>的<zq7>", "3<5 且 5>3", "甲\n  乙"])
def test_what_a_unit_wrote_is_no_markup_in_a_tool_tip(qtbot: QtBot, table: Table, text: str) -> None:
    """Qt takes a tip that looks like HTML for HTML, and would fetch its pictures."""
    table.load([{"id": "1", "unit": text, "message": ""}])
    settled(qtbot, table)
    sheet = SheetModel(table)
    cell = {"row": 1, "column": 1, "shown": text, "formula": "", "kind": "文字"}
    sheet.show({"top": 1, "left": 1, "bottom": 1, "right": 1, "cells": [cell], "merges": []}, "", ())
    role = Qt.ItemDataRole.ToolTipRole
    for model, told in ((table.view.model(), text), (sheet, f"A1　{text}")):
        tips = [model.data(model.index(0, column), role) for column in range(model.columnCount())]
        assert told.split() in [_as_shown(words).split() for words in tips]


def _as_shown(words: str) -> str:
    if not QtText.mightBeRichText(words):
        return words
    page = QTextDocument()
    page.setHtml(words)
    return page.toPlainText()
