"""Tables, lists and sentences that several report templates share."""

from toolkit.word.compose import Composer
from toolkit.word.tables import Column

TABLE, CHART = "表{{ 表号 }}　", "图{{ 图号 }}　"
SCORE_HEAD = "{% if 多个评分对象 %}平均得分{% else %}得分{% endif %}"
MARK_HEAD = "{% if 多个评分对象 %}平均计分值{% else %}计分值{% endif %}"


PERIOD = "{{ 评价.评价期间 }}{% if 评价.截止日 %}，数据截至{{ 评价.截止日 }}{% endif %}。"
NO_FINDING = "填报的内容没有须更正或请核实的问题。"
CAUSES = "{% if 原因未核定 %}原因一栏写“可能与……有关”的，尚未由评价人核定。{% endif %}"
NO_ADVICE = (
    "{% if 问题分类 or 其余失分 %}建议责任单位对照第六部分所列的失分指标，逐项说明原因，提出改进措施和完成时限。"
    "{% elif 有评分 %}建议责任单位保持现有管理水平，继续按规定积累和保存绩效资料。"
    "{% else %}请责任单位补报采集表和佐证材料，收到以后再行核查和评价。{% endif %}"
)


def material(made: Composer, chapter: str) -> None:
    """What people wrote for a chapter in 报告素材.xlsx; nothing where they wrote nothing."""
    sentences(made, f"素材.{chapter}")


def dimension_table(made: Composer) -> None:
    """First-level indicators with full mark, score and score rate."""
    columns = (
        Column("一级指标", "{{ 行.名称 }}", width=5, total="合计"),
        *column_when("not 分类", "分值", "{{ 行.分值 }}", 3, total="{{ 合计.分值 }}"),
        *mark_column("{{ 行.计分值 }}", 3, head=MARK_HEAD, condition="折算 or 分类", total="{{ 合计.计分值 }}"),
        Column(SCORE_HEAD, "{{ 行.得分 }}", width=3, total="{{ 合计.得分 }}"),
        Column("得分率", "{{ 行.得分率 }}", width=3, total="{{ 合计.得分率 }}"),
    )
    made.table(columns, each="行 in 一级指标", caption=f"{TABLE}一级指标得分情况", unit="单位：分")
    several = "{% if 多个评分对象 %}平均计分值为各参评项目计分值的平均数，得分率=平均得分÷平均计分值。{% endif %}"
    note_on_marks(made, "折算", several)
    with made.when("分类 and not 折算"):
        made.note(f"注：各类项目适用的指标和分值不同。{several}")
    with made.when("分类"):
        _category_table(made)
    note_on_provisional(made)


def _category_table(made: Composer) -> None:
    """The same for each category of projects to which the same indicators apply."""
    columns = (
        Column("项目类别", "{{ 行.类别 }}", width=4),
        Column("参评项目数", "{{ 行.项目数 }}", width=2.2),
        Column("一级指标", "{{ 行.名称 }}", width=3),
        Column("分值", "{{ 行.分值 }}", width=2.2),
        *mark_column("{{ 行.计分值 }}", 2.4, head="平均计分值"),
        Column("平均得分", "{{ 行.得分 }}", width=2.2),
        Column("得分率", "{{ 行.得分率 }}", width=2.2),
    )
    made.table(columns, each="行 in 分类得分", caption=f"{TABLE}各类项目一级指标得分情况", unit="单位：分")


def rate_columns(row: str, width: float) -> tuple[Column, ...]:
    """Mark, average mark where marks were shared out, average score, score rate."""
    return (
        Column("分值", f"{{{{ {row}.分值 }}}}", width=width),
        *mark_column(f"{{{{ {row}.计分值 }}}}", width, head=MARK_HEAD),
        Column(SCORE_HEAD, f"{{{{ {row}.得分 }}}}", width=width),
        Column("得分率", f"{{{{ {row}.得分率 }}}}", width=width),
    )


def mark_column(
    cell: str, width: float, *, head: str = "计分值", condition: str = "折算", total: str = ""
) -> tuple[Column, ...]:
    """The mark that counts, where marks of indicators that do not apply were shared out; else no column."""
    return column_when(condition, head, cell, width, total)


def column_when(condition: str, head: str, cell: str, width: float, total: str = "") -> tuple[Column, ...]:
    """A column that is there only under a condition."""
    start, end = f"{{%tc if {condition} %}}", "{%tc endif %}"
    return (
        Column(start, start, width=width, total=total and start),
        Column(head, cell, width=width, total=total),
        Column(end, end, width=width, total=total and end),
    )


def note_on_marks(made: Composer, condition: str, more: str = "") -> None:
    """Why 计分值 is not 分值; nothing where it is."""
    why = "注：有的指标不适用，其分值折算到其余指标，计分值按累计舍入，使合计为{{ 评价.满分 }}分；得分以计分值为满分。"
    with made.when(condition):
        made.note(f"{why}{more}")


def note_on_provisional(made: Composer) -> None:
    """Why 暂 is said; nothing where every indicator is judged."""
    with made.when("有暂定"):
        made.note(
            "注：有的指标尚待评价人评定，标“暂”的得分和等级{% if 多个评分对象 %}，以及平均得分和等级分布{% endif %}，"
            "评定后可能变化。"
        )


def grade_table(made: Composer) -> None:
    """Number of projects of every grade."""
    columns = (
        Column("绩效等级", "{{ 行.名称 }}", width=3),
        Column("得分区间（百分制）", "{{ 行.区间 }}", width=6),
        Column("项目数", "{{ 行.项目数 }}", width=3),
    )
    made.table(columns, each="行 in 等级", caption=f"{TABLE}绩效等级分布", unit="单位：个")
    note_on_provisional(made)


def ranking_table(made: Composer, rows: str, caption: str) -> None:
    """Projects by rank with total and grade."""
    columns = (
        Column("排名", "{{ 行.排名 }}", width=1.2),
        Column("项目名称", "{{ 行.名称 }}", width=6.2, align="left"),
        Column("责任单位", "{{ 行.单位 }}", width=3.8, align="left"),
        Column("总分", "{{ 行.总分 }}{{ 行.暂 }}", width=2.4),
        Column("等级", "{{ 行.等级 }}", width=1.9),
    )
    made.table(columns, each=f"行 in {rows}", caption=f"{TABLE}{caption}", unit="单位：分")
    note_on_provisional(made)


def score_table(made: Composer, rows: str, caption: str, names: str = "一级指标|map(attribute='名称')") -> None:
    """Projects with the score of every dimension; as many columns as the scheme has dimensions."""
    columns = (
        Column("序号", "{{ 行.序号 }}", width=1.2),
        Column("项目名称", "{{ 行.名称 }}", width=7, align="left"),
        Column("责任单位", "{{ 行.单位 }}", width=4.6, align="left"),
        Column(f"{{%tc for 名 in {names} %}}", "{%tc for 分 in 行.各项 %}", width=1.9),
        Column("{{ 名 }}", "{{ 分 }}", width=1.9),
        Column("{%tc endfor %}", "{%tc endfor %}", width=1.9),
        Column("总分", "{{ 行.总分 }}{{ 行.暂 }}", width=1.8),
        Column("等级", "{{ 行.等级 }}", width=1.8),
        *column_when("多个评分对象", "排名", "{{ 行.排名 }}", 1.4),
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
    unit = "" if part == "比率" else "金额单位：{{ 评价.金额单位 }}"
    made.table(columns, each="行 in 资金.行", caption=f"{TABLE}{caption}", unit=unit)


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


def adjustment_table(made: Composer) -> None:
    """Checks that the scheme switched off, lowered or gave a tolerance."""
    columns = (
        Column("检查编号", "{{ 行.编号 }}", width=2.4),
        Column("检查内容", "{{ 行.内容 }}", width=8, align="left"),
        Column("处理", "{{ 行.处理 }}", width=4.6),
        Column("理由", "{{ 行.理由 }}", width=9, align="left"),
    )
    with made.when("核查设置"):
        made.paragraph("按评价方案的核查设置，下列检查项停用、降低了严重程度或者允许容差：")
        made.table(columns, each="行 in 核查设置", caption=f"{TABLE}核查设置")


def sentences(made: Composer, rows: str) -> None:
    """One paragraph for every sentence."""
    with made.each(f"句 in {rows}"):
        made.paragraph("{{ 句|join }}")


def numbered(made: Composer, rows: str, *, whole: bool = False, brackets: bool = False) -> None:
    """One numbered paragraph for every text, each ``whole`` on a page; （4）, where texts begin with a number."""
    number = "（{{ loop.index }}）" if brackets else "{{ loop.index }}."
    with made.each(f"句 in {rows}"):
        made.paragraph(f"{{% if loop.length > 1 %}}{number}{{% endif %}}{{{{ 句|join }}}}", whole=whole)


def paid_with_fees(made: Composer) -> None:
    """Payments that exceed a contract only because they hold what third parties were paid."""
    with made.when("含费用"):
        made.paragraph("下列项目的累计支付含第三方服务费，扣除后不超过合同金额，请核实并将第三方服务费单列：")
        numbered(made, "含费用")


def signatures(made: Composer, work: str = "评价") -> None:
    """The page on which who answers for the report signs."""
    made.page_break()
    made.heading(1, "签字盖章页")
    made.paragraph(f"本报告由下列人员和机构对{work}工作和{work}结论负责。")
    people = [
        ("主评人", "{{ 签字.主评人 }}"),
        ("签字", ""),
        ("质量控制人", "{{ 签字.质量控制人 }}"),
        ("签字", ""),
        (f"{work}机构", "{{ 评价.评价机构 }}（盖章）"),
        ("日期", "{{ 报告日期 }}"),
    ]
    made.pairs(people, height_cm=1.6)


def annex(made: Composer, title: str, number: int | str = "") -> None:
    """The head of an annex, which belongs into the contents."""
    made.heading(1, f"附件{number}　{title}")
