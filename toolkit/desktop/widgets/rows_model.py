"""What is shown of :class:`~toolkit.desktop.state.rows.Rows`, told to Qt."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QWidget

from toolkit.desktop.appearance import colours
from toolkit.desktop.state.row_content import Row, text_of
from toolkit.desktop.state.rows import Rows
from toolkit.desktop.widgets.elements import tip

_Index = QModelIndex | QPersistentModelIndex
_Role, _Flag = Qt.ItemDataRole, Qt.AlignmentFlag
_DISPLAY, _TIP, _ALIGNMENT = int(_Role.DisplayRole), int(_Role.ToolTipRole), int(_Role.TextAlignmentRole)
_FOREGROUND, _HEARD = int(_Role.ForegroundRole), int(_Role.AccessibleTextRole)
_BACKGROUND, _FONT = int(_Role.BackgroundRole), int(_Role.FontRole)
_TOLD = frozenset((_DISPLAY, _TIP, _ALIGNMENT, _FOREGROUND, _HEARD, _BACKGROUND, _FONT))
"""What the model has something to say about; Qt asks for a dozen things of every cell it draws."""
_RIGHT, _LEFT = _Flag.AlignRight | _Flag.AlignVCenter, _Flag.AlignLeft | _Flag.AlignVCenter
_GAP = "\u2002"
"""Between a number at the right of its column and the words of the next."""


class RowsModel(QAbstractTableModel):
    """What is shown of the rows, for Qt; ``colour`` gives a row's words their colour by name."""

    def __init__(self, rows: Rows, colour: Callable[[Row, str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows
        self._colour = colour

    def change(self, how: Callable[[], None]) -> None:
        """Change what is shown."""
        self.beginResetModel()
        how()
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802, D102
        return 0 if parent.isValid() else len(self._rows.shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802, D102
        return 0 if parent.isValid() else len(self._rows.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802, D102
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self._rows.columns[section]
        if role == _DISPLAY:
            return f"{column.heading}{_GAP}" if column.right else column.heading
        return (_RIGHT if column.right else _LEFT) if role == _ALIGNMENT else None

    def data(self, index: _Index, role: int = _DISPLAY) -> object:  # noqa: D102
        role = int(role)
        if role not in _TOLD:
            return None
        column = self._rows.columns[index.column()]
        if role == _ALIGNMENT:
            return _RIGHT if column.right else _LEFT
        place = index.row()
        row = self._rows.row(place)
        if self._rows.is_head(place):
            return _head_data(text_of(row.get(column.key)), role)
        if role in (_BACKGROUND, _FONT):
            return None
        if role == _FOREGROUND:
            name = self._colour(row, column.key)
            return QColor(getattr(colours(), name)) if name else None
        text = text_of(row.get(column.key))
        if role == _HEARD:
            return f"{column.heading}：{text or '空'}"
        if role == _TIP:
            return tip(text)
        return f"{text}{_GAP}" if column.right and role == _DISPLAY else text


def _head_data(words: str, role: int) -> object:
    """The line above a group: bold words on a ground of their own."""
    if role in (_DISPLAY, _HEARD):
        return words
    if role == _BACKGROUND:
        return QColor(colours().raised)
    if role == _FONT:
        font = QGuiApplication.font()
        font.setBold(True)
        return font
    return None
