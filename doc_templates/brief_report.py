"""整体报告（简版）: conclusions, ends of the ranking, problems and recommendations on a few pages."""

from doc_templates import report_tables as shared
from toolkit.word.compose import Composer
from toolkit.word.styles import COVER_LINE


def compose() -> bytes:
    """The template's bytes, always the same."""
    made = Composer("{{ 评价.名称 }}整体报告（简版）")
    made.title("{{ 评价.标题 }}\n整体报告（简版）")
    made.paragraph("{{ 评价.评价机构 }}　{{ 报告日期 }}", style=COVER_LINE)
    _situation(made)
    _results(made)
    _problems(made)
    return made.save()


def _situation(made: Composer) -> None:
    made.heading(1, "一、评价概况")
    made.paragraph(
        "受{{ 评价.委托单位 }}委托，{{ 评价.评价机构 }}对"
        "{% if 多个项目 %}{{ 总体.项目数 }}个项目（涉及{{ 总体.单位数 }}家责任单位）"
        "{% else %}{{ 对象 }}{% endif %}开展绩效评价，"
        "{% if not 多个项目 %}责任单位为{{ 责任单位 }}，{% endif %}评价期间为{{ 评价.评价期间 }}。"
        "{{ 收件情况|join }}；核查{{ 核查结果|join }}。"
        "指标分析、资金核查情况和问题清单见整体报告（完整版）。"
    )
    with made.when("资金概况"):
        made.paragraph("资金方面，{{ 资金概况|join }}")


def _results(made: Composer) -> None:
    made.heading(1, "二、评价结论")
    shared.sentences(made, "结论")
    shared.dimension_table(made)
    with made.when("有图.一级指标得分率 is defined"):
        made.chart("一级指标得分率", f"{shared.CHART}一级指标得分率")
    with made.when("多个评分对象"):
        shared.grade_table(made)
        with made.when("显示两端"):
            shared.ranking_table(made, "前列", "得分居前的项目")
            shared.ranking_table(made, "后列", "得分靠后的项目")
            made.otherwise()
            shared.ranking_table(made, "排名", "项目得分排名")


def _problems(made: Composer) -> None:
    made.heading(1, "三、主要问题")
    with made.when("主要问题"):
        with made.each("项 in 主要问题"):
            made.paragraph("{{ 项.概要|join }}", lead="{{ loop.index }}.{{ 项.标题 }}。")
        made.otherwise()
        made.paragraph(shared.NO_PROBLEM)
    made.heading(1, "四、有关建议")
    with made.when("主要问题"):
        with made.each("项 in 主要问题"):
            made.paragraph("{{ 项.建议 }}", lead="{{ loop.index }}.{{ 项.建议标题 }}。", whole=True)
        made.otherwise()
        made.paragraph(shared.NO_ADVICE)
