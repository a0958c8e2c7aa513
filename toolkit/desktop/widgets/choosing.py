"""Files and folders chosen in a dialog that is Chinese throughout and begins where the last one ended."""

from pathlib import Path

from PySide6.QtCore import QFileInfo, QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget

_LAST = "上次的文件夹"
_Label = QFileDialog.DialogLabel
_LABELS = {_Label.LookIn: "位置：", _Label.FileName: "名称：", _Label.FileType: "类型："}
_Mode, _Kind = QFileDialog.FileMode, QFileDialog.AcceptMode


class _Kinds(QFileIconProvider):
    """What a file is, in the dialog of systems that have none of their own."""

    def type(self, info: QFileInfo) -> str:
        return "文件夹" if info.isDir() else f"{info.suffix().upper()} 文件".strip()


def folder(parent: QWidget, title: str) -> str:
    """A folder; "" where none was chosen."""
    dialog = _dialog(parent, title, _Mode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
    return next(iter(_chosen(dialog)), "")


def file(parent: QWidget, title: str, kind: str = "") -> str:
    """A file that is there; "" where none was chosen. ``kind``: ``Excel 工作簿 (*.xlsx)``."""
    return next(iter(_chosen(_dialog(parent, title, _Mode.ExistingFile, kind))), "")


def files(parent: QWidget, title: str) -> list[str]:
    """Some files that are there."""
    return _chosen(_dialog(parent, title, _Mode.ExistingFiles))


def new_file(parent: QWidget, title: str, name: str = "", kind: str = "") -> str:
    """Where a file is to be written; the dialog asks before one that is there is written over."""
    dialog = _dialog(parent, title, _Mode.AnyFile, kind)
    dialog.setAcceptMode(_Kind.AcceptSave)
    dialog.selectFile(name)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    return next(iter(_chosen(dialog)), "")


def _dialog(parent: QWidget, title: str, mode: QFileDialog.FileMode, kind: str = "") -> QFileDialog:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    last = str(QSettings("jixiao", "window").value(_LAST, ""))
    known = (folder for folder in (last, documents) if folder and Path(folder).is_dir())
    dialog = QFileDialog(parent, title, next(known, str(Path.home())), kind)
    dialog.setFileMode(mode)
    dialog.setIconProvider(_Kinds())
    for part, words in _LABELS.items():
        dialog.setLabelText(part, words)
    return dialog


def _chosen(dialog: QFileDialog) -> list[str]:
    if not dialog.exec():
        return []
    paths = dialog.selectedFiles()
    if paths:
        QSettings("jixiao", "window").setValue(_LAST, dialog.directory().absolutePath())
    return paths
