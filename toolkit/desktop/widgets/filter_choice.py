"""A list of filters kept by name, with a place to keep the present one."""

from PySide6.QtWidgets import QComboBox, QInputDialog

from toolkit.desktop.state.saved_filters import SavedFilters
from toolkit.desktop.widgets.narrowing_bar import NARROWEST
from toolkit.desktop.widgets.table import Table

_TITLE, _SAVE, _REMOVE = "常用筛选", "保存当前筛选…", "删除一个…"


class FilterChoice(QComboBox):
    """Choosing a name applies its filter to the table."""

    def __init__(self, table: Table, saved: SavedFilters) -> None:
        super().__init__()
        self.setAccessibleName(_TITLE)
        self.setMinimumWidth(NARROWEST)
        self._table, self._saved = table, saved
        self.activated.connect(self._activated)
        self.fill()

    def fill(self) -> None:
        """Show the names as they are kept now."""
        self.clear()
        names = list(self._saved.all())
        self.addItems([_TITLE, *names, _SAVE, *([_REMOVE] if names else [])])

    def save(self, name: str) -> None:
        """Keep the table's present filter under a name."""
        self._saved.save(name, self._table.rows.filters())
        self.fill()
        self.setCurrentText(name)

    def _activated(self, place: int) -> None:
        words, known = self.itemText(place), self._saved.all()
        if words == _SAVE and place > len(known):
            name, is_given = QInputDialog.getText(self, "保存当前筛选", "名称：")
            if is_given and name.strip():
                self.save(name.strip())
                return
        elif words == _REMOVE and place > len(known):
            name, is_given = QInputDialog.getItem(self, "删除常用筛选", "名称：", list(known), 0, editable=False)
            if is_given:
                self._saved.remove(name)
            self.fill()
        elif place and words in known:
            self._table.use_filters(known[words])
            return
        else:
            self._table.use_filters({})
        self.setCurrentIndex(0)
