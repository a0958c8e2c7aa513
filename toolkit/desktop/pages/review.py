"""评审: what evaluators judge, with reason, evidence and a second person."""

from pathlib import Path

from toolkit.desktop.state.rows import Column, Rows
from toolkit.desktop.state.session import Finished
from toolkit.desktop.widgets.page import Page
from toolkit.desktop.widgets.table import Table

_COLUMNS = (
    Column("项目", "project", 6),
    Column("项目名称", "name", 28),
    Column("指标", "indicator", 10),
    Column("取值项", "item", 14),
    Column("核定值", "verified", 10),
    Column("理由", "reason", 40),
    Column("佐证", "evidence", 20),
    Column("评价人", "evaluator", 10),
    Column("复核人", "reviewer", 10),
)


class ReviewPage(Page):
    """Opinions on record; they are written in the workbook 评审意见.xlsx."""

    name = "评审"
    sentence = "在 评审意见.xlsx 中写核定值、理由、佐证，评价人和复核人不能是同一人"

    def build(self) -> None:
        """Put the page together."""
        self.action("重新读取", self.entered)
        self.action("打开评审意见", self._open, is_main=True)
        self.table = Table(
            "评审意见",
            Rows(_COLUMNS, lambda row: (row["project"], row["indicator"], row["item"])),
            filters=(("评价人", "evaluator"), ("复核人", "reviewer")),
            empty="还没有评审意见；按“打开评审意见”填写",
        )
        self.body.addWidget(self.table, 1)

    def entered(self) -> None:
        """Ask for the opinions."""
        if self.session.workspace:
            self.table.wait()
            self.session.look("view opinions", self._show)

    def _show(self, finished: Finished) -> None:
        self.say_of_look(finished.error)
        self.table.load(finished.values.get("opinions", ()))
        faults = finished.values.get("findings", ())
        if faults:
            self.say_trouble("\n".join(f"评审意见《{f['sheet']}》{f['cell']}：{f['message']}" for f in faults[:5]))

    def _open(self) -> None:
        path = Path(self.session.workspace) / "评审意见.xlsx"
        if not path.exists():
            self.say_trouble("评审意见.xlsx 还没有生成：先到“核查”页核查一次。")
        else:
            self.open_path(str(path))
