"""Writes 工作方案.docx and 验收与付款.docx beside this file; afterwards they are edited in Word, not here.

Run from the repository root: ``python -m doc_templates.make_work_plan``. The tags are those of
:func:`toolkit.people.work_plan.plan_words`.
"""

from pathlib import Path

from toolkit.excel.files import write_atomic
from toolkit.word.compose import Composer
from toolkit.word.tables import Column

PROJECTS = (
    Column("序号", "{{ 项.序号 }}", width=1.4),
    Column("项目名称", "{{ 项.名称 }}", width=7.4, align="left"),
    Column("责任单位", "{{ 项.单位 }}", width=4.6, align="left"),
    Column("合同金额", "{{ 项.合同金额 }}", width=2.6, align="right"),
)
INDICATORS = (
    Column("编号", "{{ 项.编号 }}", width=1.6),
    Column("一级指标", "{{ 项.一级 }}", width=2.0),
    Column("二级指标", "{{ 项.二级 }}", width=2.6),
    Column("三级指标", "{{ 项.名称 }}", width=4.0, align="left"),
    Column("分值", "{{ 项.分值 }}", width=1.3),
    Column("目标值", "{{ 项.目标值 }}", width=2.4),
    Column("评价标准", "{{ 项.标准 }}", width=9.6, align="left"),
)
SURVEYS = (
    Column("问卷", "{{ 项.编号 }}", width=2.0),
    Column("调查对象", "{{ 项.对象 }}", width=4.4),
    Column("题数", "{{ 项.题数 }}", width=1.6),
    Column("总体数", "{{ 项.总体 }}", width=2.0),
    Column("置信水平、误差", "{{ 项.精度 }}", width=3.6),
    Column("需要答卷", "{{ 项.需要 }}", width=2.2),
)
QUESTIONS = (
    Column("问卷", "{{ 项.问卷 }}", width=2.0),
    Column("题号", "{{ 项.题号 }}", width=1.6),
    Column("题目", "{{ 项.题目 }}", width=7.4, align="left"),
    Column("题型", "{{ 项.题型 }}", width=1.8),
    Column("选项", "{{ 项.选项 }}", width=5.0, align="left"),
)
MATERIAL = (
    Column("编号", "{{ 项.编号 }}", width=1.8),
    Column("资料名称", "{{ 项.名称 }}", width=7.0, align="left"),
    Column("是否必须", "{{ 项.必须 }}", width=2.0),
    Column("要求", "{{ 项.说明 }}", width=5.2, align="left"),
)
MEMBERS = (
    Column("姓名", "{{ 项.姓名 }}", width=2.0),
    Column("职务", "{{ 项.职务 }}", width=2.2),
    Column("职称", "{{ 项.职称 }}", width=2.6),
    Column("执业资格", "{{ 项.资格 }}", width=3.6, align="left"),
    Column("评价经历", "{{ 项.经历 }}", width=1.8),
    Column("所在单位", "{{ 项.单位 }}", width=4.0, align="left"),
)
ASSIGNED = (
    Column("序号", "{{ 项.序号 }}", width=1.4),
    Column("项目名称", "{{ 项.名称 }}", width=5.6, align="left"),
    Column("评价人", "{{ 项.评价人 }}", width=2.4),
    Column("复核人", "{{ 项.复核人 }}", width=2.4),
    Column("现场", "{{ 项.现场 }}", width=2.4),
    Column("质控", "{{ 项.质控 }}", width=2.4),
)
STEPS = (
    Column("序号", "{{ 项.序号 }}", width=1.4),
    Column("事项", "{{ 项.事项 }}", width=3.6, align="left"),
    Column("截止日", "{{ 项.截止 }}", width=4.0),
    Column("完成日", "{{ 项.完成 }}", width=4.0),
    Column("负责人", "{{ 项.负责人 }}", width=2.2),
    Column("提示", "{{ 项.提示 }}", width=2.6),
)
PAYMENTS = (
    Column("序号", "{{ 项.序号 }}", width=1.2),
    Column("事项", "{{ 项.事项 }}", width=3.0, align="left"),
    Column("付款比例", "{{ 项.比例 }}", width=1.4),
    Column("截止日", "{{ 项.截止 }}", width=3.4),
    Column("完成日", "{{ 项.完成 }}", width=3.4),
    Column("凭证", "{{ 项.凭证 }}", width=1.8, align="left"),
    Column("提示", "{{ 项.提示 }}", width=1.6),
)
RECUSED = (
    Column("姓名", "{{ 项.姓名 }}", width=2.4),
    Column("项目", "{{ 项.项目 }}", width=1.8),
    Column("事由", "{{ 项.事由 }}", width=10.0, align="left"),
)


def work_plan() -> bytes:
    """The template of the work plan, in the order of its elements."""
    plan = Composer("工作方案")
    plan.title("{{ 评价.名称 }}\n工作方案")
    _objects(plan)
    _content(plan)
    _indicators(plan)
    _samples(plan)
    _people(plan)
    _time(plan)
    return plan.save()


def _objects(plan: Composer) -> None:
    plan.heading(1, "一、评价对象")
    plan.paragraph(
        "{{ 评价.委托单位 }}委托{{ 评价.评价机构 }}，对{{ 单位数 }}个单位的{{ 项目数 }}个项目开展绩效评价"
        "{% if 合同金额 %}，合同金额合计{{ 合同金额 }}{{ 评价.金额单位 }}{% endif %}。"
    )
    plan.table(PROJECTS, each="项 in 项目", caption="评价对象", unit="单位：{{ 评价.金额单位 }}")
    plan.heading(1, "二、评价目的和依据")
    plan.paragraph("{{ 目的 }}")
    with plan.when("依据"):
        plan.paragraph("评价依据如下：")
    with plan.each("文件 in 依据"):
        plan.paragraph("{{ 文件 }}")


def _content(plan: Composer) -> None:
    plan.heading(1, "三、评价内容")
    plan.paragraph("{{ 内容 }}")
    plan.heading(1, "四、评价方法")
    with plan.each("段 in 方法"):
        plan.paragraph("{{ 段 }}")


def _indicators(plan: Composer) -> None:
    plan.heading(1, "五、评价指标体系和评价标准")
    plan.paragraph("满分{{ 评价.总分 }}分，{{ 指标数 }}个三级指标：{{ 权重 }}。{{ 等级 }}")
    with plan.landscape():
        plan.table(INDICATORS, each="项 in 指标", caption="评价指标体系")


def _samples(plan: Composer) -> None:
    plan.heading(1, "六、样本确定")
    plan.paragraph("{{ 样本 }}")
    plan.heading(1, "七、调查问卷")
    with plan.when("问卷"):
        plan.table(SURVEYS, each="项 in 问卷", caption="调查问卷")
        plan.table(QUESTIONS, each="项 in 题目", caption="问卷题目")
        plan.otherwise()
        plan.paragraph("方案没有设置问卷。")
    plan.heading(1, "八、资料清单")
    plan.table(MATERIAL, each="项 in 资料", caption="资料清单")


def _people(plan: Composer) -> None:
    plan.heading(1, "九、人员配置")
    with plan.when("成员"):
        plan.table(MEMBERS, each="项 in 成员", caption="项目组成员")
        plan.table(ASSIGNED, each="项 in 分工", caption="分工")
        plan.otherwise()
        plan.paragraph("（尚未填写工作组.xlsx）")


def _time(plan: Composer) -> None:
    plan.heading(1, "十、时间安排")
    with plan.when("时间"):
        plan.table(STEPS, each="项 in 时间", caption="时间安排", note="提示以{{ 今天 }}为准。")
        plan.otherwise()
        plan.paragraph("（尚未填写里程碑）")
    plan.heading(1, "十一、工作纪律")
    with plan.each("段 in 纪律"):
        plan.paragraph("{{ 段 }}")
    with plan.when("回避"):
        plan.table(RECUSED, each="项 in 回避", caption="须回避的人员")


def acceptance() -> bytes:
    """The template of the acceptance and payment list, with the page that is signed."""
    form = Composer("验收与付款")
    form.title("{{ 评价.名称 }}\n验收与付款清单")
    form.paragraph("委托单位：{{ 评价.委托单位 }}；评价机构：{{ 评价.评价机构 }}。")
    form.heading(1, "一、成果")
    columns = (
        Column("序号", "{{ 项.序号 }}", width=1.4),
        Column("成果", "{{ 项.名称 }}", width=9.0, align="left"),
        Column("是否完成", "{{ 项.完成 }}", width=2.4),
        Column("验收意见", "", width=3.6),
    )
    form.table(columns, each="项 in 成果", caption="成果清单")
    form.heading(1, "二、验收与付款")
    note = "付款比例合计{{ 付款合计 }}；提示以{{ 今天 }}为准。"
    form.table(PAYMENTS, each="项 in 付款", caption="验收与付款", note=note)
    form.heading(1, "三、验收意见")
    form.pairs(
        (
            ("验收结论", "通过□　修改后通过□　不通过□"), ("修改要求", ""), ("验收专家", ""), ("验收日期", ""),
            ("委托单位（盖章）", ""), ("评价机构（盖章）", ""),
        )
    )  # fmt: skip
    return form.save()


if __name__ == "__main__":
    here = Path(__file__)
    write_atomic(here.with_name("工作方案.docx"), work_plan())
    write_atomic(here.with_name("验收与付款.docx"), acceptance())
