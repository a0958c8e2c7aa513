"""Tables, charts and lists that several report templates share."""

from toolkit.word.compose import Composer
from toolkit.word.tables import Column

TABLE, CHART = "表{{ 表号 }}　", "图{{ 图号 }}　"
SCORE_HEAD = "{% if 多个评分对象 %}平均得分{% else %}得分{% endif %}"


def dimension_table(made: Composer) -> None:
    """First-level indicators with full mark, score and score rate."""
    columns = (
        Column("一级指标", "{{ 行.名称 }}", width=5),
        Column("分值", "{{ 行.分值 }}", width=3),
        Column(SCORE_HEAD, "{{ 行.得分 }}", width=3),
        Column("得分率", "{{ 行.得分率 }}", width=3),
    )
    made.table(columns, each="行 in 一级指标", caption=f"{TABLE}一级指标得分情况", unit="单位：分")


def grade_table(made: Composer) -> None:
    """Number of projects of every grade."""
    columns = (
        Column("绩效等级", "{{ 行.名称 }}", width=3),
        Column("得分区间（百分制）", "{{ 行.区间 }}", width=6),
        Column("项目数", "{{ 行.项目数 }}", width=3),
    )
    made.table(columns, each="行 in 等级", caption=f"{TABLE}绩效等级分布", unit="单位：个")


def ranking_table(made: Composer, rows: str, caption: str) -> None:
    """Projects by rank with total and grade."""
    columns = (
        Column("排名", "{{ 行.排名 }}", width=1.4),
        Column("项目名称", "{{ 行.名称 }}", width=6.6, align="left"),
        Column("责任单位", "{{ 行.单位 }}", width=4.2, align="left"),
        Column("总分", "{{ 行.总分 }}", width=1.8),
        Column("等级", "{{ 行.等级 }}", width=1.4),
    )
    made.table(columns, each=f"行 in {rows}", caption=f"{TABLE}{caption}", unit="单位：分")


def score_table(made: Composer, rows: str, caption: str, names: str = "一级指标|map(attribute='名称')") -> None:
    """Projects with the score of every dimension; as many columns as the scheme has dimensions."""
    columns = (
        Column("序号", "{{ 行.序号 }}", width=1.2),
        Column("项目名称", "{{ 行.名称 }}", width=7, align="left"),
        Column("责任单位", "{{ 行.单位 }}", width=4.6, align="left"),
        Column(f"{{%tc for 名 in {names} %}}", "{%tc for 分 in 行.各项 %}", width=1.9),
        Column("{{ 名 }}", "{{ 分 }}", width=1.9),
        Column("{%tc endfor %}", "{%tc endfor %}", width=1.9),
        Column("总分", "{{ 行.总分 }}", width=1.8),
        Column("等级", "{{ 行.等级 }}", width=1.4),
        Column("排名", "{{ 行.排名 }}", width=1.4),
    )
    made.table(columns, each=f"行 in {rows}", caption=caption, unit="单位：分")


def fund_tables(made: Composer) -> None:
    """Money and rates of projects, only the columns that hold data; two tables where long amounts need the room."""
    with made.when("资金.分列"):
        _fund_table(made, "金额", "资金核查表（金额）")
        with made.when("资金.比率列"):
            _fund_table(made, "比率", "资金核查表（比率）")
        made.otherwise()
        _fund_table(made, "", "资金核查表")


def _fund_table(made: Composer, part: str, caption: str) -> None:
    columns = (
        Column("序号", "{{ 行.序号 }}", width=1.4),
        Column("项目名称", "{{ 行.名称 }}", width=5, align="left"),
        Column(f"{{%tc for 名 in 资金.{part}列 %}}", f"{{%tc for 数 in 行.{part or '各项'} %}}", width=2.2),
        Column("{{ 名 }}", "{{ 数 }}", width=2.2, align="right"),
        Column("{%tc endfor %}", "{%tc endfor %}", width=2.2),
    )
    made.table(columns, each="行 in 资金.行", caption=f"{TABLE}{caption}", unit="金额单位：{{ 评价.金额单位 }}")


def finding_table(made: Composer, caption: str) -> None:
    """Findings that ask for something."""
    columns = (
        Column("序号", "{{ 行.序号 }}", width=1.1),
        Column("项目", "{{ 行.项目 }}", width=4.2, align="left"),
        Column("程度", "{{ 行.程度 }}", width=1.7),
        Column("位置", "{{ 行.位置 }}", width=3.0),
        Column("问题", "{{ 行.问题 }}", width=7.6, align="left"),
        Column("处理办法", "{{ 行.办法 }}", width=6.4, align="left"),
    )
    made.table(columns, each="行 in 问题清单", caption=caption)


def sentences(made: Composer, rows: str) -> None:
    """One paragraph for every sentence."""
    with made.each(f"句 in {rows}"):
        made.paragraph("{{ 句|join }}")


def numbered(made: Composer, rows: str) -> None:
    """One numbered paragraph for every text."""
    with made.each(f"句 in {rows}"):
        made.paragraph("{% if loop.length > 1 %}{{ loop.index }}.{% endif %}{{ 句|join }}")


def problem_list(made: Composer, rows: str) -> None:
    """Problems under headings, with examples."""
    with made.each(f"项 in {rows}"):
        made.heading(2, "（{{ 项.序 }}）{{ 项.标题 }}")
        made.paragraph("{{ 项.内容|join }}")
        numbered(made, "项.事例")


def advice_list(made: Composer, rows: str) -> None:
    """Recommendations, each with the problem it answers."""
    with made.each(f"项 in {rows}"):
        made.paragraph("针对“{{ 项.标题 }}”的问题，{{ 项.建议 }}", lead="（{{ 项.序 }}）{{ 项.建议标题 }}。")
        numbered(made, "项.措施")


def annex(made: Composer, title: str, number: int | str = "") -> None:
    """The head of an annex, which belongs into the contents."""
    made.heading(1, f"附件{number}　{title}")
