"""整体核查报告: the projects one unit answers for, one by one."""

from doc_templates import report_tables as shared
from toolkit.word.compose import Composer
from toolkit.word.tables import Column

_RECTIFY = (
    Column("序号", "{{ 行.序号 }}", width=1.1),
    Column("项目", "{{ 行.项目 }}", width=3.4, align="left"),
    Column("问题", "{{ 行.事实|join }}", width=4.7, align="left"),
    Column("建议", "{{ 行.建议|join }}", width=4.4, align="left"),
    Column("责任、期限", "{{ 行.责任 }}，{{ 行.期限 }}", width=2.8, align="left"),
)


def compose() -> bytes:
    """The template's bytes, always the same."""
    made = Composer("{{ 标题 }}")
    lines = [("委托单位", "{{ 评价.委托单位 }}"), ("核查机构", "{{ 评价.评价机构 }}")]
    made.cover("{{ 标题行 }}", lines=lines, date="{{ 报告年月 }}")
    made.contents()
    _scope(made)
    _results(made)
    _projects(made)
    _requirements(made)
    shared.signatures(made, "核查")
    _annexes(made)
    return made.save()


def _scope(made: Composer) -> None:
    made.heading(1, "一、核查工作概况")
    made.heading(2, "（一）核查对象")
    with made.when("清单"):
        shared.sentences(made, "清单.总体")
        made.otherwise()
        made.paragraph(
            "本次核查的对象为{{ 核查单位 }}负责的{% if 数字 %}{{ 数字.projects }}个{% endif %}项目"
            "{% if 数字 and 数字.contract.value %}，合同金额合计{{ 数字.contract }}{{ 评价.金额单位 }}{% endif %}。"
            "{{ 联合 }}"
        )
    made.paragraph(
        "{% if 清单 %}核查范围为{{ 评价.年度 }}年度完成的项目；参加评价的项目，评价期间为"
        "{% else %}核查期间为{% endif %}"
        f"{shared.PERIOD}"
    )
    shared.material(made, "核查概况")
    made.heading(2, "（二）核查内容和方法")
    made.paragraph(
        "核查以责任单位报送的采集表和佐证材料清单为基础，逐项核对项目立项、采购、合同、资金、验收和运行数据，"
        "重新计算资金到位率、预算执行率和成本节约率，核对支付与合同、到位与预算的关系，并按评价方案的规则评分。"
        "{% if 清单 and 清单.未参评数.value %}"
        "整体核查清单中未参加评价的项目没有采集表，核对清单所列的金额、完成日期和相互关系。{% endif %}"
    )
    with made.when("独立性"):
        made.heading(2, "（三）独立性说明")
        shared.sentences(made, "独立性")


def _results(made: Composer) -> None:
    made.heading(1, "二、核查结论")
    shared.material(made, "核查结论")
    with made.when("清单"):
        shared.sentences(made, "清单.结论")
    with made.when("数字 and 数字.average.value is not none"):
        made.paragraph("{{ 核查单位 }}负责项目的平均得分为{{ 数字.average }}分，须更正的问题{{ 数字.errors }}条。")
    shared.sentences(made, "结论")
    with made.when("项目"):
        _scores(made)
    made.heading(1, "三、资金核查情况")
    with made.when("清单"):
        _body_money(made)
    with made.when("资金.列"):
        with made.when("资金合计 and not 清单"):
            made.paragraph("{{ 资金合计|join }}")
        made.paragraph("各项目的资金和比率见附件1{{ 引用.资金核查表 }}；没有数据的以“—”列示，不按零计算。")
        made.otherwise()
        made.paragraph("未取得资金数据。")
    with made.when("超付"):
        made.paragraph("以下项目的累计支付超过合同金额（已审计的按审计核减后金额）：")
        shared.numbered(made, "超付")
    shared.paid_with_fees(made)
    with made.when("not (超付 or 含费用)"):
        made.paragraph("现有数据中未发现累计支付超过合同金额（已审计的按审计核减后金额）。")


def _scores(made: Composer) -> None:
    columns = (
        Column("序号", "{{ 行.序号 }}", width=1.6),
        Column("项目名称", "{{ 行.名称 }}", width=6, align="left"),
        Column("{%tc for 名 in 维度 %}", "{%tc for 分 in 行.各项 %}", width=1.6),
        Column("{{ 名 }}", "{{ 分 }}", width=1.6),
        Column("{%tc endfor %}", "{%tc endfor %}", width=1.6),
        Column("总分", "{{ 行.总分 }}", width=1.7),
        Column("等级", "{{ 行.等级 }}", width=1.6),
        Column("总排名", "{{ 行.排名 }}", width=2),
    )
    note = "注：总排名为在全部参评项目中的名次。"
    made.table(columns, each="行 in 项目", caption=f"{shared.TABLE}项目得分情况", unit="单位：分", note=note)


def _body_money(made: Composer) -> None:
    """The money of the body as a whole, and where the list and the verified amounts differ."""
    columns = (
        Column("内容", "{{ 行.名称 }}", width=5.2, align="left"),
        Column("全部项目", "{{ 行.各项[0] }}", width=3.4, align="right"),
        Column("参加评价的", "{{ 行.各项[1] }}", width=3.4, align="right"),
        Column("未参加评价的", "{{ 行.各项[2] }}", width=3.4, align="right"),
    )
    note = "注：比率只含可以计算的项目；支出占预算为实际支出资金与预算资金之比。"
    made.paragraph("全部项目、参加评价的和未参加评价的项目的预算执行如下。")
    unit = "金额单位：{{ 评价.金额单位 }}"
    made.table(columns, each="行 in 清单.分组", caption=f"{shared.TABLE}预算执行总体情况", note=note)
    with made.when("清单.差异"):
        made.paragraph("下列项目清单所列金额与采集表核定数不一致，本报告采用核定数，请{{ 核查单位 }}核对账目：")
        differing = (
            Column("序号", "{{ 行.序号 }}", width=1.4),
            Column("项目名称", "{{ 行.名称 }}", width=6.6, align="left"),
            Column("金额", "{{ 行.金额 }}", width=3),
            Column("清单所列", "{{ 行.清单 }}", width=2.4, align="right"),
            Column("采集表核定", "{{ 行.核定 }}", width=2.4, align="right"),
        )
        caption = f"{shared.TABLE}整体核查清单与采集表不一致的金额"
        made.table(differing, each="行 in 清单.差异", caption=caption, unit=unit)


def _projects(made: Composer) -> None:
    made.heading(1, "四、分项目核查情况")
    with made.when("清单 and 清单.备注"):
        made.paragraph("整体核查清单载明的情况：")
        with made.each("行 in 清单.备注"):
            made.paragraph("——{{ 行.名称 }}：{{ 行.备注|join }}")
    with made.when("清单 and 清单.问题"):
        made.paragraph("核对整体核查清单发现：")
        with made.each("句 in 清单.问题"):
            made.paragraph("——{{ 句|join }}")
    with made.when("清单 and not 逐项"):
        made.paragraph("整体核查清单所列项目均未参加评价，没有分项目得分。")
    columns = (
        Column("失分指标", "{{ 行.名称 }}", width=4, align="left"),
        Column("分值", "{{ 行.分值 }}", width=1.6),
        *shared.mark_column("{{ 行.计分值 }}", 1.85, condition="章.折算"),
        Column("得分", "{{ 行.得分 }}", width=1.6),
        Column("说明", "{{ 行.说明 }}", width=8.4, align="left"),
    )
    with made.each("章 in 逐项"):
        made.heading(2, "（{{ 章.序 }}）{{ 章.名称 }}")
        with made.when("not 章.已报送"):
            made.paragraph("该项目没有报送可读取的采集表，以下得分只反映现有资料。")
        made.paragraph("{{ 章.结果|join }}")
        with made.when("章.资金"):
            made.paragraph(
                "资金情况：{% for 句 in 章.资金 %}{{ 句|join }}{% if not loop.last %}，{% endif %}{% endfor %}。"
            )
        with made.when("章.问题"):
            made.paragraph("核查发现：")
            with made.each("项 in 章.问题"), made.each("例 in 项.事例"):
                made.paragraph("——{{ 例|join }}")
            made.otherwise()
            made.paragraph(shared.NO_FINDING)
        with made.when("章.失分"):
            caption = f"{shared.TABLE}{{{{ 章.书名 }}}}失分情况"
            made.table(columns, each="行 in 章.失分", caption=caption, unit="单位：分")
            shared.note_on_marks(made, "章.折算")


def _requirements(made: Composer) -> None:
    made.heading(1, "五、整改要求")
    with made.when("待整改"):
        made.paragraph(
            "请{{ 核查单位 }}对照附件2逐项更正或核实，更正后重新报送采集表和佐证材料；不能更正的，书面说明原因。"
        )
        made.otherwise()
        made.paragraph("本次核查没有尚待更正或核实的填报问题。")
    with made.when("整改事项"):
        made.paragraph("核查认定的问题和整改建议见{{ 引用.整改事项表 }}，请按期办理并报送结果。")
        made.table(_RECTIFY, each="行 in 整改事项", caption=f"{shared.TABLE}整改事项")
        made.otherwise()
        made.paragraph("核查没有发现须单列的问题，请继续按规定积累和保存资料。")
    shared.material(made, "整改要求")


def _annexes(made: Composer) -> None:
    with made.landscape():
        shared.annex(made, "资金核查表", 1)
        with made.when("清单"):
            _listed_table(made)
        with made.when("资金.列"):
            shared.fund_tables(made)
            made.otherwise()
            made.paragraph("未取得资金数据。")
        shared.annex(made, "核查问题清单", 2)
        with made.when("问题清单"):
            shared.finding_table(made, f"{shared.TABLE}核查问题清单")
            made.otherwise()
            made.paragraph(shared.NO_FINDING)
        shared.adjustment_table(made)


def _listed_table(made: Composer) -> None:
    columns = (
        Column("序号", "{{ 行.序号 }}", width=1.3),
        Column("项目编号", "{{ 行.编号 }}", width=3.1),
        Column("项目名称", "{{ 行.名称 }}", width=5.4, align="left"),
        Column("参评序号", "{{ 行.参评 }}", width=1.6),
        Column("{%tc for 名 in 清单.列 %}", "{%tc for 数 in 行.各项 %}", width=2.2),
        Column("{{ 名 }}", "{{ 数 }}", width=2.2, align="right"),
        Column("{%tc endfor %}", "{%tc endfor %}", width=2.2),
        Column("总分", "{{ 行.总分 }}", width=1.9),
        Column("等级", "{{ 行.等级 }}", width=1.5),
    )
    unit = "金额单位：{{ 评价.金额单位 }}"
    note = "注：参评序号为“—”的未参加评价，金额取整体核查清单；其余取采集表核定数，采集表没有的取清单。"
    made.table(columns, each="行 in 清单.行", caption=f"{shared.TABLE}整体核查清单", unit=unit, note=note)
