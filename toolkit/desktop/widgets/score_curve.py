"""The score curve of an indicator, drawn: a line where scores lie over numbers, else a bar for each case."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from toolkit.desktop.appearance import Colours, colours
from toolkit.desktop.state.explained import Card, Point
from toolkit.desktop.widgets.elements import tip

_LEFT, _RIGHT, _TOP, _BOTTOM, _DOT = 52, 24, 22, 34, 4


class ScoreCurve(QWidget):
    """Shows a card's points; the pointer over one tells why its score is what it is."""

    def __init__(self) -> None:
        super().__init__()
        self._card: Card | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("得分曲线")

    def sizeHint(self) -> QSize:  # noqa: N802, D102
        return QSize(320, self.fontMetrics().height() * 11)

    def show_card(self, card: Card | None) -> None:
        """Show another indicator; None for nothing."""
        self._card = card
        self.setAccessibleDescription(card.heard() if card else "")
        self.setVisible(bool(card and card.points))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802, D102
        if self._card is None or not self._card.points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._axes(painter, self._card, colours())
        if self._card.is_curve:
            self._line(painter, colours())
        else:
            self._bars(painter, colours())
        painter.end()

    def _area(self) -> QRectF:
        return QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)

    def _height(self, card: Card, score: float) -> float:
        area = self._area()
        most = max([float(card.full_mark), *(float(point.score) for point in card.points)]) or 1.0
        return area.bottom() - area.height() * score / most

    def places(self) -> list[tuple[QPointF, Point]]:
        """Where each point stands."""
        card, area = self._card, self._area()
        if card is None:
            return []
        if card.is_curve:
            numbers = [float(point.x or 0) for point in card.points]
            width = numbers[-1] - numbers[0]
            across = [area.left() + area.width() * (number - numbers[0]) / width for number in numbers]
        else:
            step = area.width() / len(card.points)
            across = [area.left() + step * (place + 0.5) for place in range(len(card.points))]
        heights = [self._height(card, float(point.score)) for point in card.points]
        return [(QPointF(x, y), point) for x, y, point in zip(across, heights, card.points, strict=True)]

    def _axes(self, painter: QPainter, card: Card, chosen: Colours) -> None:
        area = self._area()
        painter.setPen(QPen(QColor(chosen.line), 1))
        top = self._height(card, float(card.full_mark))
        painter.drawLine(QPointF(area.left(), area.bottom()), QPointF(area.right(), area.bottom()))
        painter.drawLine(QPointF(area.left(), area.top() - 8), QPointF(area.left(), area.bottom()))
        painter.setPen(QPen(QColor(chosen.line), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(area.left(), top), QPointF(area.right(), top))
        painter.setPen(QColor(chosen.quiet))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, top - 10, _LEFT - 8, 20), right, f"{card.full_mark:f} 分")
        painter.drawText(QRectF(0, area.bottom() - 10, _LEFT - 8, 20), right, "0")

    def _line(self, painter: QPainter, chosen: Colours) -> None:
        places = self.places()
        painter.setPen(QPen(QColor(chosen.accent), 2))
        painter.drawPolyline(QPolygonF([place for place, _ in places]))
        painter.setBrush(QColor(chosen.accent))
        for place, _ in places:
            painter.drawEllipse(place, _DOT, _DOT)
        self._words(painter, [(place.x(), point.label) for place, point in places], chosen)

    def _bars(self, painter: QPainter, chosen: Colours) -> None:
        area, places = self._area(), self.places()
        width = min(44.0, area.width() / len(places) * 0.6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(chosen.accent))
        for place, _ in places:
            painter.drawRect(QRectF(place.x() - width / 2, place.y(), width, area.bottom() - place.y()))
        painter.setPen(QColor(chosen.text))
        for place, point in places:
            words = QRectF(place.x() - 40, place.y() - 20, 80, 18)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, f"{point.score:f}")
        self._words(painter, [(place.x(), point.label) for place, point in places], chosen)

    def _words(self, painter: QPainter, words: list[tuple[float, str]], chosen: Colours) -> None:
        """Labels under the axis; one that would touch its neighbour is left out."""
        painter.setPen(QColor(chosen.quiet))
        end = 0.0
        for x, text in words:
            width = self.fontMetrics().horizontalAdvance(text) + 8
            left = min(max(0.0, x - width / 2), self.width() - width)
            if left >= end:
                painter.drawText(QRectF(left, self._area().bottom() + 6, width, 20), Qt.AlignmentFlag.AlignCenter, text)
                end = left + width

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            self._tell(event)
            return True
        return super().event(event)

    def _tell(self, event: QHelpEvent) -> None:
        """The point nearest to the pointer."""
        at = QPointF(event.pos()).x()
        places = self.places()
        if places:
            _, point = min(places, key=lambda pair: abs(pair[0].x() - at))
            QToolTip.showText(event.globalPos(), tip(f"{point.label}：{point.because}"), self)
