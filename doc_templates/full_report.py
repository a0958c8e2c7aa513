"""整体报告（完整版）: the nine chapters and four annexes of a report on projects or on one project."""

from doc_templates import report_tables as shared
from toolkit.word.compose import Composer
from toolkit.word.tables import Column

PURPOSES = (
    "一是核实资金安排和使用情况，了解预算编制是否有依据、资金是否及时到位、支出是否与合同和进度相符。",
    "二是检验绩效目标的实现程度，了解建设任务、质量、时效、成本和使用效果是否达到批复和合同的要求。",
    "三是查找管理中的问题，提出可以操作的改进建议，为完善管理、安排后续预算和建设计划提供参考。",
)
PRINCIPLES = (
    ("客观公正", "以报送数据、佐证材料清单和核查记录为依据，同类项目适用同一指标体系和评分标准。"),
    ("可以复核", "每项得分都由明确的规则和取值得出，取值、规则和计算结果均保留记录。"),
    ("问题导向", "对缺失、矛盾和异常的数据逐条列明位置、内容和处理办法，不以推测代替事实。"),
    ("结果可用", "得分、问题和建议相互对应，便于责任单位整改和主管部门运用。"),
)
METHODS = (
    ("资料核查法", "依据采集表核对项目立项、采购、合同、资金、验收和运行情况。"),
    ("比较分析法", "将实际完成值与目标值、实际支出与预算和合同进行比较，计算完成程度和偏差。"),
    ("勾稽核对法", "对采集表中的计算结果重新计算，对合同、预算、到位和支付之间的关系逐项核对。"),
    ("综合评定法", "对难以量化的指标，由评价人评定并说明理由、第二人复核；没有人核定的，由系统按规则对填报数据计分。"),
)
COLLECTED = (
    "责任单位填报采集表并{% if 有佐证文件 %}提供佐证材料{% else %}登记佐证材料清单{% endif %}。"
    "应报送采集表{{ 总体.项目数 }}份，{{ 收件情况|join }}。"
)
_MARKED = (
    "按评分规则计算得分{% if 有人评定 %}，由评价人评定需要评定的指标并由第二人复核{% endif %}"
    "{% if 独立打分 %}（双人打分的指标由打分人各自独立打分，差异超过容差的由第三人裁定）{% endif %}"
    "{% if 有暂定 %}，尚待评价人评定的指标暂计0分{% endif %}，形成汇总总表。"
)
STEPS = (
    ("准备", "确定评价对象和范围，制定指标体系、评分规则和采集表，向责任单位下发采集表。"),
    (
        "采集",
        COLLECTED,
    ),
    ("核查", "对采集表逐项核查，形成核查记录：{{ 核查结果|join }}。核查问题见附件3。"),
    ("评分", _MARKED),
    ("报告", "依据汇总总表分析评价结果和存在的问题，提出建议，形成本报告。"),
)


_PROBLEM = (
    Column("序号", "{{ 项.序号 }}", width=0.9),
    Column(
        "事实（涉及项目）",
        "{{ 项.事实|join }}{% if 项.涉及 %}（{{ 项.涉及|join }}）{% endif %}",
        width=5.3,
        align="left",
    ),
    Column("原因", "{{ 项.原因 }}", width=3.1, align="left"),
    Column("建议", "{{ 项.建议 }}", width=3.7, align="left"),
    Column("责任、期限", "{{ 项.责任 }}", width=2.6, align="left"),
    Column("失分", "{{ 项.失分 }}", width=1.6),
)
_SCHEDULE = (
    Column("期限", "{{ 行.期限 }}", width=3.2),
    Column("责任", "{{ 行.责任 }}", width=3.8, align="left"),
    Column("要办理的问题（第六部分各表序号）", "{{ 行.问题 }}", width=8.6, align="left"),
)
_OPINIONS = (
    Column("序号", "{{ 项.序号 }}", width=1.1),
    Column("单位", "{{ 项.单位 }}", width=2.4, align="left"),
    Column("项目", "{{ 项.项目 }}", width=2.6, align="left"),
    Column("指标", "{{ 项.指标 }}", width=2.2, align="left"),
    Column("意见", "{{ 项.意见 }}", width=3.4, align="left"),
    Column("处理", "{{ 项.结果 }}", width=1.5),
    Column("理由", "{{ 项.理由 }}", width=3.0, align="left"),
    Column("改后值", "{{ 项.改后值 }}", width=1.4),
)
_MOVED = (
    Column("项目", "{{ 项.项目 }}", width=4.4, align="left"),
    Column("指标", "{{ 项.指标 }}", width=4.4, align="left"),
    Column("原得分", "{{ 项.原得分 }}", width=1.8),
    Column("现得分", "{{ 项.现得分 }}", width=1.8),
    Column("对应意见", "{{ 项.对应意见 }}", width=3.6),
)
_REVIEWED = (
    Column("序号", "{{ 行.序号 }}", width=2.2),
    Column("项目", "{{ 行.项目 }}", width=4.0, align="left"),
    Column("初评", "{{ 行.初评 }}", width=2.8),
    Column("复核", "{{ 行.复核 }}", width=2.8),
    Column("质控", "{{ 行.质控 }}", width=2.8),
    Column("状态", "{{ 行.状态 }}", width=1.8),
)
_CONSEQUENCE = (
    Column("应用", "{{ 行.应用 }}", width=1.8),
    Column("措施", "{{ 行.措施 }}", width=3.6, align="left"),
    Column("依据", "{{ 行.依据 }}", width=2.4, align="left"),
    Column("项目（序号和名称）", "{{ 行.项目 }}", width=8.4, align="left"),
)
FIRST_ANNEX = (
    "{% if 多个评分对象 %}得分汇总表{% if 热力图 %}、热力图{% endif %}{% if 资金.列 %}和资金核查表{% endif %}"
    "{% else %}资金核查表{% endif %}"
)


_TITLE = "{{ 评价.标题 }}\n{% if 多个项目 %}整体报告{% else %}报告{% endif %}\n{% if 多个项目 %}（完整版）{% endif %}"


def compose() -> bytes:
    """The template's bytes, always the same."""
    made = Composer("{{ 评价.名称 }}整体报告")
    parties = [("委托单位", "{{ 评价.委托单位 }}"), ("评价机构", "{{ 评价.评价机构 }}")]
    made.cover(_TITLE, lines=parties, date="{{ 报告年月 }}")
    made.contents()
    _situation(made)
    _work(made)
    _results(made)
    _analysis(made)
    _money(made)
    _practices(made)
    _problems(made)
    shared.signatures(made)
    _annexes(made)
    return made.save()


def _situation(made: Composer) -> None:
    made.heading(1, "一、基本情况")
    made.heading(2, "（一）评价背景")
    shared.material(made, "背景")
    made.paragraph(
        "为了解资金使用和绩效目标实现情况，受{{ 评价.委托单位 }}委托，{{ 评价.评价机构 }}组织开展了{{ 评价.名称 }}。"
        "{% if 评价.依据 %}评价指标的主要依据包括：{{ 评价.依据 }}。{% endif %}"
    )
    shared.material(made, "政策依据")
    made.heading(2, "（二）评价对象与范围")
    with made.when("多个项目"):
        made.paragraph(
            "评价对象为{{ 总体.项目数 }}个项目，涉及{{ 总体.单位数 }}家责任单位"
            "{% if 总体.合同金额合计.value %}，合同金额合计{{ 总体.合同金额合计 }}{{ 评价.金额单位 }}{% endif %}。"
            "评价内容包括项目决策、过程管理、产出和效益等方面。"
        )
        made.otherwise()
        made.paragraph(
            "评价对象为{{ 对象 }}，责任单位为{{ 责任单位 }}"
            "{% if 总体.合同金额合计.value %}，合同金额{{ 总体.合同金额合计 }}{{ 评价.金额单位 }}{% endif %}。"
            "评价内容包括项目决策、过程管理、产出和效益等方面。{{ 对象详情|join }}"
        )
    made.paragraph(f"评价期间为{shared.PERIOD}")
    with made.when("多个单位 and 多个评分对象"):
        made.paragraph("各责任单位的项目数、合同金额和平均得分见第三部分。")
    with made.when("多个单位 and not 多个评分对象"):
        _units(made)
    shared.material(made, "评价对象")
    made.heading(2, "（三）项目主要内容及实施情况")
    shared.material(made, "项目概况")
    columns = (
        Column("序号", "{{ 行.序号 }}", width=0.8),
        Column("项目（责任单位）", "{{ 行.名称 }}", width=2.7, align="left"),
        Column(
            "主要内容{% if 有目标 %}、绩效目标{% endif %}",
            "{{ 行.内容|join }}{% if 行.目标 %}绩效目标：{{ 行.目标|join }}{% endif %}",
            width=6.3,
            align="left",
        ),
        Column("实施情况", "{{ 行.时间|join }}", width=5.8, align="left"),
    )
    with made.when("项目内容"):
        made.paragraph(
            "{% if 多个项目 %}各{% endif %}项目的主要内容{% if 有目标 %}、绩效目标{% endif %}和实施情况"
            "见{{ 引用.主要内容表 }}，取自责任单位填报、经核查的采集表；"
            "各项资金见附件1{% if 资金.列 %}{{ 引用.资金核查表 }}{% endif %}。"
        )
        goals = "{% if 有目标 %}、绩效目标{% endif %}"
        made.table(columns, each="行 in 项目内容", caption=f"{shared.TABLE}项目主要内容{goals}及实施情况")
        made.otherwise()
        made.paragraph("没有取得项目主要内容和实施时间的数据，有关情况不作叙述。")
    made.heading(2, "（四）资金投入和使用情况")
    with made.when("资金概况"):
        made.paragraph("{{ 资金概况|join }}{{ 资金说明|join }}各项资金和比率的核查情况见本报告第四部分。")
        made.otherwise()
        made.paragraph("未取得预算、到位和支出的金额数据，有关情况不作数量分析。")
    with made.when("有图.资金总体情况 is defined"):
        whose = "{% if 多个项目 %}取得全部金额的项目，{% endif %}"
        made.chart("资金总体情况", f"{shared.CHART}资金总体情况（{whose}单位：{{{{ 评价.金额单位 }}}}）")
    made.heading(2, "（五）项目绩效目标")
    with made.when("有目标"):
        made.paragraph(
            "责任单位申报的绩效目标{% if 多个项目 %}逐项列于{% else %}见{% endif %}{{ 引用.主要内容表 }}，"
            "目标是否明确、可衡量，见第四部分有关指标的分析。"
        )
        made.otherwise()
        made.paragraph("采集表没有取得绩效目标的内容。")
    shared.material(made, "绩效目标")


def _units(made: Composer) -> None:
    columns = (
        Column("责任单位", "{{ 行.名称 }}", width=8, align="left"),
        Column("项目数（个）", "{{ 行.项目数 }}", width=3),
        Column("合同金额（{{ 评价.金额单位 }}）", "{{ 行.合同 }}", width=4.5, align="right"),
    )
    made.table(columns, each="行 in 清单单位", caption=f"{shared.TABLE}责任单位及项目分布")
    with made.when("有联合项目"):
        made.note("注：由多个单位共同负责的项目在各单位分别列示，各行之和大于总数。")


def _work(made: Composer) -> None:
    made.heading(1, "二、评价工作开展情况")
    made.heading(2, "（一）评价目的")
    made.paragraph("".join(PURPOSES))
    made.heading(2, "（二）评价原则")
    made.paragraph("".join(f"{name}：{text}" for name, text in PRINCIPLES))
    made.heading(2, "（三）评价指标体系")
    made.paragraph(
        "本次评价的指标体系满分{{ 评价.满分 }}分，"
        "{% if 分类 %}各类项目适用的指标不同，分值分类列示，{% endif %}构成如下，评分标准见附件2{{ 引用.评分标准表 }}。"
    )
    columns = (
        Column("一级指标", "{{ 维.名称 }}", width=2.2),
        Column("{%tc for 类 in 分值构成.类别 %}", "{%tc for 值 in 维.分值 %}", width=2.2),
        Column("{{ 类 }}", "{{ 值 }}", width=2.2),
        Column("{%tc endfor %}", "{%tc endfor %}", width=2.2),
        Column(
            "{% if 有二级指标 %}二级指标（三级指标）{% else %}三级指标{% endif %}",
            "{{ 维.内容 }}",
            width=11,
            align="left",
        ),
    )
    made.table(columns, each="维 in 分值构成.行", caption=f"{shared.TABLE}评价指标体系", unit="单位：分")
    made.heading(2, "（四）评价方法")
    made.paragraph("".join(f"{name}：{text}" for name, text in METHODS))
    made.heading(2, "（五）评价标准")
    made.paragraph(
        "评价标准以计划标准为主，包括批复文件、合同、绩效目标和年度计划确定的目标值，以及国家和行业的有关规定。"
    )
    made.paragraph("评价结果采用评分与评级相结合的方式，按百分制划分等级：{{ 评价.等级 }}。")
    made.heading(2, "（六）评价过程")
    for number, (name, text) in enumerate(STEPS, 1):
        made.paragraph(text, lead=f"{number}.{name}。")
    shared.material(made, "评价过程")
    _hearing(made)


def _hearing(made: Composer) -> None:
    """Only where units were asked about the draft."""
    with made.when("征求意见"):
        made.heading(2, "（七）征求意见及采纳情况")
        made.paragraph("{{ 征求意见.概况 }}")
        with made.when("征求意见.意见"):
            made.table(_OPINIONS, each="项 in 征求意见.意见", caption=f"{shared.TABLE}征求意见及采纳情况")
        with made.when("征求意见.变动"):
            made.table(
                _MOVED, each="项 in 征求意见.变动", caption=f"{shared.TABLE}征求意见以后的得分变动", unit="单位：分"
            )


def _results(made: Composer) -> None:
    made.heading(1, "三、综合评价情况及结论")
    made.heading(2, "（一）评价结论")
    shared.sentences(made, "结论")
    shared.sentences(made, "结论陈述")
    shared.dimension_table(made)
    with made.when("多个评分对象"):
        made.heading(2, "（二）绩效等级分布")
        with made.when("有评分"):
            made.paragraph("按绩效等级划分，评为{{ 等级分布|join }}。")
            shared.grade_table(made)
            made.otherwise()
            made.paragraph("没有已评分的项目。")
        with made.when("有图.合同额与得分 is defined"):
            made.chart("合同额与得分", f"{shared.CHART}合同金额与得分（标出的数字为项目序号）")
        made.heading(2, "（三）项目得分排名")
        with made.when("not 有评分"):
            made.paragraph("没有已评分的项目。")
        with made.when("只列两端"):
            made.paragraph(
                "得分居前和靠后的项目如下，总分相同的名次相同。"
                "全部项目的名次和各一级指标的得分见附件1{{ 引用.得分汇总表 }}。"
            )
            shared.ranking_table(made, "前列", "得分居前的项目")
            shared.ranking_table(made, "后列", "得分靠后的项目")
        with made.when("有评分 and not 只列两端"):
            made.paragraph(
                "各项目按总分由高到低排列见{{ 引用.得分排名表 }}，总分相同的名次相同。"
                "各一级指标的得分见附件1{{ 引用.得分汇总表 }}。"
            )
            shared.ranking_table(made, "排名", "项目得分排名")
        with made.when("多个单位"):
            made.heading(2, "（四）责任单位得分情况")
            _unit_scores(made)
    with made.when("自评指标"):
        made.heading(2, "（{% if 多个单位 %}五{% elif 多个评分对象 %}四{% else %}二{% endif %}）自评与复核")
        made.paragraph(
            "{{ 自评说明|join }}{% if 多个评分对象 %}按项目、按指标的对照见附件5"
            "{{ 引用.自评项目表 }}、{{ 引用.自评指标表 }}，两表的合计相等。"
            "{% else %}按指标的对照见附件5{{ 引用.自评指标表 }}。{% endif %}"
        )
        with made.when("有图.自评高于复核的分数 is defined"):
            made.chart("自评高于复核的分数", f"{shared.CHART}自评高于复核的分数（横轴为项目序号，单位：分）")
    with made.when("上年总分 or 上年指标"):
        _last_year(made)


def _last_year(made: Composer) -> None:
    made.heading(2, "（{{ 上年节序 }}）与上年对比")
    made.paragraph("以下只列两年都有数据的项目和指标；项目按名称对应，指标按名称对应，上年数取自上年的归档包。")
    years = (
        Column("上年", "{{ 行.上年 }}", width=2),
        Column("本年", "{{ 行.本年 }}", width=2),
        Column("变动", "{{ 行.变动 }}", width=2),
    )
    unit = Column("责任单位", "{{ 行.单位 }}", width=4, align="left")
    with made.when("上年总分"):
        columns = (unit, Column("项目名称", "{{ 行.项目 }}", width=6, align="left"), *years)
        made.table(columns, each="行 in 上年总分", caption=f"{shared.TABLE}总分与上年对比", unit="单位：分")
    with made.when("上年指标"):
        columns = (
            unit,
            Column("项目名称", "{{ 行.项目 }}", width=4, align="left"),
            Column("三级指标", "{{ 行.名称 }}", width=3.4, align="left"),
            *years,
        )
        made.table(columns, each="行 in 上年指标", caption=f"{shared.TABLE}得分率变动较大的指标")
        made.note("注：按变动由大到小列示，最多二十行；变动为百分点之差，全部对比见汇总总表《年度对比》。")


def _self_table(made: Composer, rows: str, head: str, caption: str) -> None:
    columns = (
        Column("编号", "{{ 行.编号 }}", width=1.6, total="合计"),
        Column(head, "{{ 行.名称 }}", width=6, align="left", total="—"),
        Column("自评项数", "{{ 行.项数 }}", width=1.8, total="{{ 自评合计.项数 }}"),
        Column("自评分", "{{ 行.自评 }}", width=2.1, total="{{ 自评合计.自评 }}"),
        Column("复核分", "{{ 行.复核 }}", width=2.1, total="{{ 自评合计.复核 }}"),
        Column("差额", "{{ 行.差额 }}", width=1.7, total="{{ 自评合计.差额 }}"),
        Column("自评满分", "{{ 行.满分 }}", width=1.8, total="{{ 自评合计.满分 }}"),
    )
    made.table(columns, each=f"行 in {rows}", caption=f"{shared.TABLE}{caption}", unit="单位：分")
    made.note(
        "注：差额为自评分减复核分，自评满分为自评得满分的项数。只比较有自评分的指标；有指标不适用、分值折算的，自评分按同一比例折算。"
    )


def _unit_scores(made: Composer) -> None:
    made.paragraph("按责任单位汇总，各单位所负责项目的合同金额、平均得分和须更正问题数如下。")
    columns = (
        Column("责任单位", "{{ 行.名称 }}", width=5.8, align="left"),
        Column("项目数", "{{ 行.项目数 }}", width=1.6),
        Column("合同金额（{{ 评价.金额单位 }}）", "{{ 行.合同 }}", width=3.6, align="right"),
        Column("平均得分", "{{ 行.平均得分 }}", width=2),
        Column("须更正问题", "{{ 行.须更正 }}", width=2.2),
    )
    note = (
        "注："
        "{% if 有联合项目 %}由多个单位共同负责的项目在各单位分别计入，各行之和大于总数。{% endif %}"
        "{% if 不属于项目的问题 %}不属于单个项目的问题不在本表。{% endif %}"
    )
    made.table(columns, each="行 in 单位", caption=f"{shared.TABLE}责任单位得分情况")
    with made.when("有联合项目 or 不属于项目的问题"):
        made.note(note)


def _analysis(made: Composer) -> None:
    made.heading(1, "四、评价指标分析")
    made.paragraph(
        "{% if not 有评分 %}没有已评分的项目，以下只列各指标考察的内容。{% else %}"
        "以下按指标说明查了什么、查到什么{% if 多个评分对象 %}、哪些项目偏离{% endif %}；得分见各表"
        "{% if 多个评分对象 %}，涉及的项目见第六部分，名单长的见汇总总表《问题汇总》{% endif %}。{{ 多项最低|join }}"
        "{% endif %}"
    )
    with made.when("有图.得分率较低的指标 is defined"):
        made.chart("得分率较低的指标", f"{shared.CHART}得分率较低的三级指标")
    columns = (
        Column("三级指标", "{{ 项.名称 }}", width=7, align="left"),
        *shared.rate_columns("项", 2.4),
    )
    with made.each("章 in 维度分析"):
        made.heading(2, "（{{ 章.序 }}）{{ 章.名称 }}")
        made.paragraph("{{ 章.概述|join }}")
        made.table(columns, each="项 in 章.指标", caption=f"{shared.TABLE}“{{{{ 章.名称 }}}}”指标得分", unit="单位：分")
        with made.each("项 in 章.指标"):
            made.paragraph("{{ 项.分析|join }}", lead="{{ 项.序 }}. {{ 项.名称 }}。")


def _money(made: Composer) -> None:
    made.heading(2, "（{{ 资金节序 }}）资金核查情况")
    with made.when("资金.列"):
        _money_known(made)
        made.otherwise()
        made.paragraph("未取得合同、预算、到位和支付的金额数据，不作资金核查。")


def _money_known(made: Composer) -> None:
    with made.when("比率"):
        made.paragraph(
            "{{ 比率|join('、') }}按评价方案规定的公式计算；计算所需金额缺失或者分母为零的，比率没有意义，以“—”列示。"
        )
    shared.sentences(made, "三率情况")
    made.paragraph(
        "资金合计见第一部分（四），{% if 多个项目 %}各项目的{% endif %}资金和比率见附件1{{ 引用.资金核查表 }}。"
    )
    with made.when("超付"):
        made.paragraph("核查发现以下项目的累计支付超过合同金额（已审计的按审计核减后金额），须逐项核对：")
        shared.numbered(made, "超付")
        made.otherwise()
        with made.when("可比支付 and not 含费用"):
            made.paragraph(
                "在取得合同金额和累计支付数据的项目中，核查未发现累计支付超过合同金额（已审计的按审计核减后金额）。"
            )
        with made.when("not 可比支付 and 采集支付"):
            made.paragraph("没有同时取得合同金额和累计支付数据，不对合同支付情况作出判断。")
    shared.paid_with_fees(made)
    with made.when("缺失"):
        with made.each("句 in 缺失"):
            made.paragraph("{% if loop.length > 1 %}{{ loop.index }}.{% endif %}{{ 句 }}。")
        made.paragraph("缺失的金额按缺失处理，不按零计算，也不计入合计。")
        made.otherwise()
        made.paragraph(
            "{% if 有评分 %}列入核查的金额项目均已取得数据。"
            "{% else %}没有收到采集表，未取得预算、到位和支出的金额数据。{% endif %}"
        )


def _practices(made: Composer) -> None:
    made.heading(1, "五、主要经验及做法")
    with made.when("经验"):
        shared.numbered(made, "经验")
        made.otherwise()
        made.paragraph("评价人的核查意见中没有标明可以推广的做法。")


def _problems(made: Composer) -> None:
    made.heading(1, "六、存在问题及原因分析")
    shared.material(made, "问题")
    with made.when("问题分类"):
        made.paragraph(
            "问题按{{ 问题分列 }}列示，每类{% if 有须暂停 %}先列应暂停安排的，其余{% endif %}按金额和失分由大到小排列。"
            "{% if 多个项目 %}涉及项目多的列项目序号，名称见附件1，全部名单见汇总总表《问题汇总》。{% endif %}"
            f"{shared.CAUSES}填报方面的问题见附件3。"
        )
        with made.each("章 in 问题分类"):
            made.heading(2, "（{{ 章.序 }}）{{ 章.名称 }}")
            with made.when("章.行"):
                made.table(
                    _PROBLEM, each="项 in 章.行", caption=f"{shared.TABLE}{{{{ 章.名称 }}}}", unit="失分单位：分"
                )
            with made.when("章.其余"):
                made.paragraph("{{ 章.其余|join }}")
        made.otherwise()
        made.paragraph(
            "{% if 有评分 %}核查没有发现合规底线、绩效和管理方面需要单列的问题。"
            "{% else %}没有收到可核查的采集表，对存在的问题不作判断。{% endif %}"
        )
    with made.when("其余失分"):
        made.paragraph("{{ 其余失分|join }}")
    made.heading(1, "七、有关建议")
    shared.material(made, "建议")
    with made.when("建议分类"):
        made.paragraph("每个问题的建议列于第六部分各表。按期限和责任归并，办理次序如下，请责任单位据此制定整改计划。")
        made.table(_SCHEDULE, each="行 in 办理次序", caption=f"{shared.TABLE}建议的办理次序")
        made.otherwise()
        made.paragraph(shared.NO_ADVICE)
    made.heading(1, "八、结果应用")
    with made.when("结果应用"):
        made.paragraph("{{ 结果应用概况|join }}措施、依据和项目如下，供安排下年度建设计划和预算参考。")
        made.table(_CONSEQUENCE, each="行 in 结果应用", caption=f"{shared.TABLE}结果应用")
        made.otherwise()
        made.paragraph("评价方案没有规定结果应用的规则。")
    shared.material(made, "结果应用")
    made.heading(1, "九、其他需要说明的问题")
    shared.numbered(made, "说明", whole=True)


def _annexes(made: Composer) -> None:
    with made.when("有图.项目得分 is defined"):
        made.page_break()
        shared.annex(made, FIRST_ANNEX, 1)
        made.chart("项目得分", f"{shared.CHART}项目得分（单位：分）")
    with made.landscape(only="多个评分对象"):
        with made.when("有图.项目得分 is not defined"):
            shared.annex(made, FIRST_ANNEX, 1)
        shared.score_table(made, "汇总", f"{shared.TABLE}得分汇总表")
    with made.landscape(large=True, only="热力图"):
        made.heat_map("热力图", caption=f"{shared.TABLE}得分热力图")
        made.note(
            "注：每行一个项目，按总分由高到低；每列一个三级指标。白格为得满分，灰格为不适用，颜色越深得分率越低"
            "（以90%、80%、60%为界），格内为得分{% if 有暂定 %}，“—”为待评定{% endif %}。"
        )
    with made.landscape():
        with made.when("not 多个评分对象"):
            shared.annex(made, FIRST_ANNEX, 1)
        with made.when("资金.列"):
            shared.fund_tables(made)
            made.otherwise()
            with made.when("not 多个评分对象"):
                made.paragraph("未取得资金数据。")
        made.page_break()
        shared.annex(made, "评价指标体系及评分标准", 2)
        _standards(made)
        with made.when("问题清单 or 核查设置"):
            made.page_break()
            _findings(made)
    with made.when("not (问题清单 or 核查设置)"):
        shared.annex(made, "核查情况说明", 3)
        made.paragraph(shared.NO_FINDING)
    _sources(made)
    with made.when("自评项目"):
        made.page_break()
        shared.annex(made, "自评与复核对照表", 5)
        with made.when("多个评分对象"):
            _self_table(made, "自评项目", "项目名称", "自评与复核对照（按项目）")
        _self_table(made, "自评指标", "三级指标", "自评与复核对照（按指标）")
    with made.when("三级复核"):
        made.page_break()
        shared.annex(made, "三级复核表", "{% if 自评项目 %}6{% else %}5{% endif %}")
        made.paragraph(
            "初评、复核、质控依次由不同的人签署。√ 表示该项目全部指标的签字在出具本报告时有效；"
            "只签了一部分的，写明签了几项。签署的人、日期和状态都相同的项目合为一行，名称见附件1。"
        )
        made.table(_REVIEWED, each="行 in 三级复核.行", caption=f"{shared.TABLE}三级复核表")


def _findings(made: Composer) -> None:
    shared.annex(made, "核查情况说明", 3)
    with made.when("填报问题"):
        made.paragraph("核查采集表，{{ 核查结果|join }}。填报方面的问题如下：")
        shared.numbered(made, "填报问题", brackets=True)
    with made.when("问题清单"):
        made.paragraph("本清单列出须更正、请核实和已豁免的问题，提示性问题见汇总总表。")
        shared.finding_table(made, f"{shared.TABLE}核查问题清单")
        made.otherwise()
        made.paragraph(shared.NO_FINDING)
    shared.adjustment_table(made)


def _standards(made: Composer) -> None:
    columns = (
        Column("一级指标", "{{ 维.名称 }}", width=2),
        *shared.column_when("有二级指标", "二级指标", "{{ 项.二级 }}", 2.6),
        Column("三级指标", "{{ 项.名称 }}", width=4.2, align="left"),
        *shared.column_when("分类", "适用项目", "{{ 项.适用 }}", 2.4),
        Column("分值", "{{ 项.分值 }}", width=1.6),
        Column(shared.SCORE_HEAD, "{{ 项.得分 }}", width=1.6),
        Column("评分标准", "{{ 项.标准 }}", width=12, align="left"),
        Column("依据", "{{ 项.依据号 }}", width=1.6),
    )
    loops = ("维 in 指标体系", "项 in 维.指标")
    made.table(columns, each=loops, caption=f"{shared.TABLE}评价指标体系及评分标准", unit="单位：分")
    with made.when("依据清单"):
        made.note("注：依据的编号为{{ 依据清单 }}。")


def _sources(made: Composer) -> None:
    shared.annex(made, "数据来源", 4)
    made.paragraph(
        "本报告的得分、金额、比率和数量均取自汇总总表，数字在文件中带有来源单元格的标记，可以用绩效核查工具箱的“复核”功能逐一核对。"
    )
    rows = [
        ["评价方案", "{{ 评价.名称 }}（版本{{ 评价.版本 }}）", "{{ 指纹.方案 }}"],
        ["汇总总表", "得分、资金、问题的汇总数据", "{{ 指纹.汇总总表 }}"],
    ]
    columns = (Column("资料", width=2.4), Column("内容", width=5, align="left"), Column("文件指纹（SHA-256）", width=8))
    made.table(columns, rows=rows, caption=f"{shared.TABLE}数据来源")
