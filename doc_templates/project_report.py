"""单项目报告: one project's facts, money, scores, indicators, problems and recommendations."""

from doc_templates import report_tables as shared
from toolkit.word.compose import Composer
from toolkit.word.tables import Column

_FACT = "{{ 行.事实|join }}{% if 行.佐证 != '—' %}（佐证{{ 行.佐证 }}）{% endif %}"


def compose() -> bytes:
    """The template's bytes, always the same."""
    made = Composer("{{ 项目.名称 }}绩效评价报告")
    made.title("{{ 项目.名称 }}\n绩效评价报告")
    _one_page(made)
    _situation(made)
    _money(made)
    _scores(made)
    _analysis(made)
    _problems(made)
    shared.signatures(made)
    _annex(made)
    return made.save()


def _one_page(made: Composer) -> None:
    """What a director reads on one page: result, facts, what must be said first, what follows, money and scores."""
    columns = (Column("", "{{ 行.名称|join }}", width=2.1), Column("", "{{ 行.内容|join }}", width=13.5, align="left"))
    made.table(columns, each="行 in 一页", caption=f"{shared.TABLE}项目概览（金额单位：{{{{ 评价.金额单位 }}}}）")
    charts = [(f"有图.{name} is defined", name) for name in ("资金链", "自评与复核")]
    made.chart_row(charts, (8.8, 6.8))


def _situation(made: Composer) -> None:
    made.page_break()
    made.heading(1, "一、项目基本情况")
    made.paragraph(
        "本项目列入{{ 评价.名称 }}，由{{ 评价.评价机构 }}评价，报告日期为{{ 报告日期 }}，评价期间为" + shared.PERIOD
    )
    shared.material(made, "项目概况")
    facts = [
        ("项目名称", "{{ 项目.名称 }}"),
        ("责任单位", "{{ 项目.单位 }}"),
        ("立项年度", "{{ 项目.立项年度 }}"),
        ("项目类型", "{{ 项目.类型 }}"),
        ("合同金额", "{{ 项目.合同 }}{% if 项目.合同.value is not none %}{{ 评价.金额单位 }}{% endif %}"),
        ("采集表", "{{ 项目.报送 }}"),
    ]
    made.pairs(facts, caption=f"{shared.TABLE}项目基本情况")
    with made.when("详情"), made.each("行 in 详情"):
        made.paragraph("{{ 行.内容|join }}", lead="{{ 行.名称|join }}。")
    with made.when("有图.时间进度 is defined"):
        made.chart("时间进度", f"{shared.CHART}建设进度（颜色较浅的一段为晚于计划的时间）")
    with made.when("备注"):
        made.paragraph("{{ 备注|join }}", lead="责任单位的说明。")
    with made.when("not 项目.已报送"):
        made.paragraph(
            "本项目没有报送可读取的采集表"
            "{% if 项目.已评分 %}，以下得分只反映现有资料，补报后应重新核查和评分{% endif %}。"
        )


def _money(made: Composer) -> None:
    made.heading(1, "二、资金情况与三率")
    with made.when("资金"):
        columns = (
            Column("项目", "{{ 行.名称 }}", width=6, align="left"),
            Column("单位", "{{ 行.单位 }}", width=3),
            Column("数值", "{{ 行.数值 }}", width=5, align="right"),
        )
        made.table(columns, each="行 in 资金", caption=f"{shared.TABLE}资金情况与三率")
        made.otherwise()
        made.paragraph("未取得本项目的资金数据，不计算资金到位率、预算执行率和成本节约率。")


def _scores(made: Composer) -> None:
    made.heading(1, "三、评分结果")
    with made.when("项目.已评分"):
        made.paragraph("各一级指标的得分如下，项目概览和结论见首页{{ 引用.概览表 }}。")
        with made.when("适用情况"):
            made.paragraph("{{ 适用情况 }}")
        made.otherwise()
        made.paragraph("本项目没有可评分的数据，未评分。")
    with made.when("项目.已评分 and not 项目.已完成"):
        made.paragraph("部分指标尚待评价人评定，以上得分和等级为阶段性结果。")
    with made.when("项目.已评分 and 多个评分对象"):
        head = "{% if 分类 %}同类{% else %}全部{% endif %}项目平均得分"
        _dimensions(made, Column(head, "{{ 行.平均 }}", width=4, total="{{ 合计.平均 }}"))
    with made.when("项目.已评分 and not 多个评分对象"):
        _dimensions(made)
    with made.when("上年对比"):
        _last_year(made)


def _last_year(made: Composer) -> None:
    columns = (
        Column("类别", "{{ 行.类别 }}", width=2.4),
        Column("指标或填报项", "{{ 行.名称 }}", width=5.6, align="left"),
        Column("单位", "{{ 行.计量单位 }}", width=1.6),
        Column("上年", "{{ 行.上年 }}", width=2.2, align="right"),
        Column("本年", "{{ 行.本年 }}", width=2.2, align="right"),
        Column("变动", "{{ 行.变动 }}", width=2.2, align="right"),
    )
    made.paragraph("与上年相比，总分以及有变动的指标和填报项如下。")
    made.table(columns, each="行 in 上年对比", caption=f"{shared.TABLE}与上年对比")
    made.note("注：只列两年都有数据的指标和填报项；得分率和比率的变动为百分点之差。")


def _dimensions(made: Composer, *more: Column) -> None:
    columns = (
        Column("一级指标", "{{ 行.名称 }}", width=5, total="合计"),
        Column("分值", "{{ 行.分值 }}", width=3, total="{{ 合计.分值 }}"),
        *shared.mark_column("{{ 行.计分值 }}", 3, condition="项目.折算", total="{{ 合计.计分值 }}"),
        Column("得分", "{{ 行.得分 }}", width=3, total="{{ 项目.总分 }}{{ 项目.暂 }}"),
    )
    made.table((*columns, *more), each="行 in 一级指标", caption=f"{shared.TABLE}评分总表", unit="单位：分")
    shared.note_on_marks(made, "项目.折算")


def _analysis(made: Composer) -> None:
    made.heading(1, "四、指标逐项分析")
    columns = (
        Column("三级指标", "{{ 行.名称 }}", width=4, align="left"),
        Column("分值", "{{ 行.分值 }}", width=1.5),
        *shared.mark_column("{{ 行.计分值 }}", 1.85, condition="项目.折算"),
        Column("得分", "{{ 行.得分 }}", width=1.85),
        Column("评分说明", "{{ 行.说明 }}", width=8.8, align="left"),
    )
    with made.when("not 项目.已评分"):
        made.paragraph("本项目未评分，不作指标分析。")
    with made.each("章 in 指标分析"):
        made.heading(2, "（{{ 章.序 }}）{{ 章.名称 }}")
        made.paragraph("{{ 章.概述|join }}")
        made.table(columns, each="行 in 章.行", caption=f"{shared.TABLE}“{{{{ 章.名称 }}}}”指标评分", unit="单位：分")


_NOTHING_FOUND = "{% if not (问题 or 填报行) %}填报数据核查没有发现须更正或请核实的问题。{% endif %}"
"""Said with what stands before the table: after it, it stood alone on a page."""


def _problems(made: Composer) -> None:
    columns = (
        Column("类别", "{{ 行.类别 }}", width=1.2),
        Column("事实（佐证）", _FACT, width=4.8, align="left"),
        Column("原因", "{{ 行.原因 }}", width=2.5, align="left"),
        Column("建议", "{{ 行.建议|join }}", width=4.4, align="left"),
        Column("责任、期限", "{{ 行.责任 }}{% if 行.期限 != '—' %}，{{ 行.期限 }}{% endif %}", width=2.5, align="left"),
        Column("失分", "{{ 行.失分 }}", width=1.2),
    )
    made.heading(1, "五、存在问题、原因和建议")
    with made.when("问题行"):
        made.paragraph(
            f"问题由重到轻列示。{shared.CAUSES}佐证为评价人所列或指标要求的佐证材料编号。"
            "{% if 分档督办 %}涉及项目多的问题，按数额和失分大小分档，写明由谁牵头、怎样报送。{% endif %}"
            f"{_NOTHING_FOUND}"
        )
        made.table(columns, each="行 in 问题行", caption=f"{shared.TABLE}问题、原因和建议", unit="失分单位：分")
        made.otherwise()
        made.paragraph(
            "{% if 项目.已评分 %}核查没有发现合规底线、绩效和管理方面需要单列的问题。"
            "{% else %}没有取得可核查的数据，对合规底线、绩效和管理方面的情况不作判断。{% endif %}"
            f"{_NOTHING_FOUND}"
        )
    with made.when("小额失分"):
        made.paragraph("{{ 小额失分|join }}")
    with made.when("问题 or 填报行"):
        made.heading(1, "六、核查情况说明")
        shared.numbered(made, "填报行")
        with made.each("项 in 问题"), made.each("例 in 项.事例"):
            made.paragraph("{{ 例|join }}")
    shared.material(made, "其他说明")


def _annex(made: Composer) -> None:
    columns = (
        Column("编号", "{{ 行.编号 }}", width=1.4),
        Column("一级指标", "{{ 行.一级 }}", width=2),
        Column("三级指标", "{{ 行.名称 }}", width=4, align="left"),
        Column("分值", "{{ 行.分值 }}", width=1.5),
        *shared.mark_column("{{ 行.计分值 }}", 1.85, condition="项目.折算"),
        Column("得分", "{{ 行.得分 }}", width=1.6),
        Column("评分规则", "{{ 行.规则 }}", width=2.2),
        Column("取值", "{{ 行.取值 }}", width=7.6, align="left"),
        Column("评价人、复核人、佐证", "{{ 行.评价人 }}", width=4.2),
    )
    review = (
        Column("级别", "{{ 行.级别 }}", width=2),
        Column("签字人", "{{ 行.签字 }}", width=5),
        Column("最后签字日期", "{{ 行.日期 }}", width=4),
        Column("已签指标数", "{{ 行.指标 }}", width=3),
        Column("完成", "{{ 行.完成 }}", width=2),
    )
    with made.landscape():
        shared.annex(made, "评分表")
        with made.when("项目.已评分"):
            made.table(columns, each="行 in 评分表", caption=f"{shared.TABLE}评分表", unit="单位：分")
            made.otherwise()
            made.paragraph("本项目未评分，没有评分表；各项指标及评分标准见整体报告（完整版）附件2。")
        with made.when("三级复核"):
            made.table(review, each="行 in 三级复核.行", caption=f"{shared.TABLE}三级复核")
            made.note("注：初评、复核、质控依次由不同的人签署；√ 表示该级对全部指标的签字在出具本报告时有效。")
