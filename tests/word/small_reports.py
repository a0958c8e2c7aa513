"""A small report on a list of projects: sentences, a table, a chart and contents, every number a figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from toolkit.model.figure import Figure
from toolkit.word.charts import ChartKind, ChartSpec, insert_chart
from toolkit.word.compose import Composer
from toolkit.word.contents import fill_contents
from toolkit.word.render import WordTemplate, compile_template
from toolkit.word.tables import Column

FIRST_ROW = 4


@dataclass(frozen=True)
class Row:
    """A project: its name, score and spending; its row in the master is its place in the list."""

    name: str
    score: str
    spent: str = "10.00"
    remark: str = "档案齐全，按期完成验收。"


ROWS = (
    Row("智慧住建", "91.20", "120.50"),
    Row("数字人大", "88.05", "33.10"),
    Row("教育云网", "79.66", "410.00"),
    Row("电子证照", "95.00", "88.80"),
)


def figure(text: str, at: str) -> Figure:
    return Figure(Decimal(text), at, text)


def values(rows: Sequence[Row]) -> dict[str, str]:
    """Address → text of the master these rows give."""
    cells = {"汇总!B2": average(rows), "汇总!C2": best(rows).score}
    for number, row in enumerate(rows, FIRST_ROW):
        cells |= {f"得分!C{number}": row.score, f"得分!D{number}": row.spent}
    return cells


def average(rows: Sequence[Row]) -> str:
    return f"{sum(Decimal(row.score) for row in rows) / len(rows):.2f}"


def best(rows: Sequence[Row]) -> Row:
    return max(rows, key=lambda row: Decimal(row.score))


def report(rows: Sequence[Row] = ROWS) -> bytes:
    """The report as it is generated for these rows."""
    projects = [
        {
            "name": row.name,
            "score": figure(row.score, f"得分!C{number}"),
            "spent": figure(row.spent, f"得分!D{number}"),
            "remark": row.remark,
        }
        for number, row in enumerate(rows, FIRST_ROW)
    ]
    words = {
        "projects": projects,
        "average": figure(average(rows), "汇总!B2"),
        "best": figure(best(rows).score, "汇总!C2"),
        "winner": best(rows).name,
    }
    chart = ChartSpec(ChartKind.BAR, [row.name for row in rows], {"得分": [Decimal(row.score) for row in rows]})
    return fill_contents(insert_chart(_template().render(words), "得分", chart))


@cache
def _template() -> WordTemplate:
    made = Composer("小报告")
    made.cover("项目绩效评价报告", organisation="评价机构", date="2025年5月")
    made.contents()
    made.heading(1, "一、评价结论")
    made.paragraph("各项目平均得分{{ average }}分。最高{{ best }}分，为《{{ winner }}》。")
    made.paragraph("评价依据采集表和佐证材料，逐项核对后评分。")
    columns = [Column("项目", "{{ p.name }}", 5), Column("得分", "{{ p.score }}"), Column("支出", "{{ p.spent }}")]
    made.table(columns, each="p in projects", caption="表1　得分情况", note="注：支出单位为万元。")
    made.chart("得分", "图1　得分")
    made.heading(1, "二、项目情况")
    with made.each("p in projects"):
        made.heading(2, "{{ p.name }}")
        made.paragraph("《{{ p.name }}》得{{ p.score }}分，支出{{ p.spent }}万元。{{ p.remark }}")
    made.heading(1, "三、有关建议")
    made.paragraph("按照合同约定的时间支付款项，及时归档。")
    return compile_template(made.save())
