"""整体报告（简版）: conclusions, ends of the ranking, problems and recommendations on a few pages."""

from doc_templates import report_tables as shared
from toolkit.word.compose import Composer
from toolkit.word.tables import Column

_CONSEQUENCE = (
    Column("应用", "{{ 行.应用 }}", width=1.8),
    Column("措施", "{{ 行.措施 }}", width=4.6, align="left"),
    Column("项目（序号和名称）", "{{ 行.项目 }}", width=9.2, align="left"),
)
_DECISIONS = (
    Column("", "{{ 行.序号 }}", width=0.9),
    Column("", "{{ 行.事项|join }}：{{ 行.建议 }}。", width=11.2, align="left"),
    Column("", "{{ 行.责任 }}{% if 行.期限 != '—' %}，{{ 行.期限 }}{% endif %}", width=3.5, align="left"),
)

_SCOPE = (
    "（{{ 总体.项目数 }}个项目"
    "{% if 总体.合同金额合计.value and 总体.合同金额合计.text|length < 15 %}"
    "，合同金额{{ 总体.合同金额合计 }}{{ 评价.金额单位 }}{% endif %}）"
)
"""What the figures are of, as long as it leaves the heading on one line: the page holds no more."""


def compose() -> bytes:
    """The template's bytes, always the same."""
    made = Composer("{{ 评价.名称 }}整体报告（简版）")
    made.title("{{ 评价.标题 }}整体报告（简版）")
    _first_page(made)
    made.page_break()
    _situation(made)
    _results(made)
    _problems(made)
    return made.save()


def _number(place: int) -> str:
    """A chapter's number; the second and third chapters are left out where there is nothing to say in them."""
    left_out = ["(0 if 首页数字 else 1)", "(0 if 首页决策 else 1)"][: place - 2]
    return f"{{{{ '一二三四五六'[{place - 1} - {' - '.join(left_out)}] }}}}"


def _first_page(made: Composer) -> None:
    """Three conclusions, five figures, five decisions: security and approval before averages; one page, no more."""
    made.heading(1, "一、{% if 首页成效 and 首页资金 %}三条{% else %}主要{% endif %}结论")
    with made.when("首页底线"):
        made.paragraph("{{ 首页底线|join }}", lead="合规底线。")
        made.otherwise()
        made.paragraph(
            "{% if 有评分 %}没有需要单列的安全、审批和资金底线方面的问题。"
            "{% else %}没有收到可核查的采集表，对合规情况不作判断。{% endif %}",
            lead="合规底线。",
        )
    with made.when("首页成效"):
        made.paragraph("{{ 首页成效|join }}", lead="目标实现。")
    with made.when("首页资金"):
        made.paragraph("{{ 首页资金|join }}", lead="资金和管理。")
    with made.when("首页数字"):
        made.heading(1, f"二、{{% if 首页数字|length == 5 %}}五个{{% else %}}主要{{% endif %}}数字{_SCOPE}")
        made.cards("卡 in 首页数字", "卡.数字|join", "卡.说明|join", gap=False)
    with made.when("首页决策"):
        made.heading(1, f"{_number(3)}、请决策的事项（建议、责任和期限）")
        made.table(_DECISIONS, each="行 in 首页决策")


def _situation(made: Composer) -> None:
    made.heading(1, f"{_number(4)}、评价概况")
    made.paragraph("本报告由{{ 评价.评价机构 }}于{{ 报告日期 }}出具。")
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
    made.heading(1, f"{_number(5)}、评价结果")
    shared.sentences(made, "结论")
    shared.dimension_table(made)
    with made.when("有图.一级指标得分率 is defined"):
        made.chart("一级指标得分率", f"{shared.CHART}一级指标得分率")
    with made.when("多个评分对象 and 有评分"):
        shared.grade_table(made)
        with made.when("显示两端"):
            shared.ranking_table(made, "前列", "得分居前的项目")
            shared.ranking_table(made, "后列", "得分靠后的项目")
            made.otherwise()
            shared.ranking_table(made, "排名", "项目得分排名")


def _problems(made: Composer) -> None:
    made.heading(1, f"{_number(6)}、结果应用")
    with made.when("结果应用概况"):
        made.paragraph("{{ 结果应用概况|join }}问题、原因、责任单位和期限逐项见整体报告（完整版）。")
        with made.when("结果应用重点"):
            made.table(_CONSEQUENCE, each="行 in 结果应用重点", caption=f"{shared.TABLE}“支持”以外的项目")
        made.otherwise()
        made.paragraph("问题、原因、责任单位和期限逐项见整体报告（完整版）。")
