"""The rail at the left: numbered steps, each with a second line that says how it stands."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from toolkit.desktop.appearance import colours
from toolkit.desktop.state.steps import PAGES, Standing, Step
from toolkit.desktop.widgets.elements import tip

_WIDTH, _HEIGHT, _CIRCLE = 196, 48, 24
_LOW = 34
"""Height of a page that is no step of the work. All heights are least heights: large letters take what they need."""
_GAP = 4
_Index = QModelIndex | QPersistentModelIndex


class RailModel(QAbstractListModel):
    """Steps as rows; the text read aloud holds the badge."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.steps: list[Step] = []

    def show(self, steps: Sequence[Step]) -> None:
        """Show steps; the chosen row stays."""
        if len(steps) != len(self.steps):
            self.beginResetModel()
            self.steps = list(steps)
            self.endResetModel()
        elif list(steps) != self.steps:
            self.steps = list(steps)
            self.dataChanged.emit(self.index(0), self.index(len(steps) - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802, D102
        return 0 if parent.isValid() else len(self.steps)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        if not index.isValid():
            return None
        step = self.steps[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            number = f"{index.row() + 1} " if step.page in PAGES else ""
            return f"{number}{step.page} {step.badge}".strip()
        return tip(step.note) or None if role == Qt.ItemDataRole.ToolTipRole else None


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        metrics: QFontMetrics = option.fontMetrics
        line = metrics.height()
        return QSize(_WIDTH - 16, max(_HEIGHT, 2 * line + _GAP) if index.row() < len(PAGES) else max(_LOW, line))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, RailModel):
            return
        step, chosen = model.steps[index.row()], colours()
        state: QStyle.StateFlag = option.state
        area: QRect = option.rect
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen:
            painter.fillRect(area, QColor(chosen.raised))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(chosen.accent))
        if index.row() < len(PAGES):
            self._circle(painter, area, str(index.row() + 1), step.standing)
        elif index.row() == len(PAGES):
            painter.setPen(QPen(QColor(chosen.line), 1))
            painter.drawLine(area.left() + 14, area.top(), area.right() - 14, area.top())
        self._words(painter, area, step, bold=is_chosen)
        painter.restore()

    def _circle(self, painter: QPainter, area: QRect, number: str, standing: Standing) -> None:
        chosen = colours()
        circle = QRect(area.left() + 14, area.center().y() - _CIRCLE // 2, _CIRCLE, _CIRCLE)
        colour = {Standing.DONE: chosen.done, Standing.TO_DO: chosen.warning}.get(standing, chosen.quiet)
        painter.setPen(QPen(QColor(colour), 1.5))
        painter.setBrush(QColor(colour) if standing is Standing.DONE else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        if standing is Standing.DONE:
            painter.setPen(QPen(QColor(chosen.panel), 2))
            x, y = circle.left(), circle.top()
            painter.drawPolyline([_at(x + 7, y + 12), _at(x + 11, y + 16), _at(x + 17, y + 8)])
        else:
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, number)

    def _words(self, painter: QPainter, area: QRect, step: Step, *, bold: bool) -> None:
        chosen = colours()
        left = area.left() + 14 + _CIRCLE + 10
        font = QFont(painter.font())
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(QColor(chosen.text))
        second = step.badge or step.note
        first_line = painter.fontMetrics().height()
        if not second:
            painter.drawText(area.adjusted(left - area.left(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, step.page)
            return
        small = QFont(font)
        small.setBold(False)
        small.setPointSizeF(font.pointSizeF() - 1.5)
        second_line = QFontMetrics(small).height()
        top, width = area.top() + (area.height() - first_line - second_line) // 2, area.right() - left
        painter.drawText(QRect(left, top, width, first_line), Qt.AlignmentFlag.AlignVCenter, step.page)
        painter.setFont(small)
        colour = {Standing.DONE: chosen.done, Standing.TO_DO: chosen.warning}.get(step.standing, chosen.quiet)
        painter.setPen(QColor(colour))
        painter.drawText(QRect(left, top + first_line, width, second_line), Qt.AlignmentFlag.AlignVCenter, second)


def _at(x: int, y: int) -> QPoint:
    return QPoint(x, y)


class Rail(QListView):
    """The list of steps; :attr:`turned` carries the number of the page a person chose."""

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName("工作步骤")
        self.setFixedWidth(_WIDTH)
        self.steps = RailModel(self)
        self.setModel(self.steps)
        self.setItemDelegate(_Painter(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(lambda now, _: self.turned.emit(now.row()))

    def turn_to(self, place: int) -> None:
        """Choose a step."""
        self.setCurrentIndex(self.steps.index(place))
