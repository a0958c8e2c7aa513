"""Sheets and headings of 工作组.xlsx; reading and writing share them."""

from toolkit.people.team import ROLES

GENERAL, MEMBERS, ASSIGNMENT = "基本情况", "成员", "分工"
DECLARATIONS, CHANGES, MILESTONES, PAYMENTS = "回避声明", "人员变更", "里程碑", "验收与付款"
GENERAL_HEADINGS = ("项目", "内容")
ARGUED, DISCLOSURE = "方案论证日期", "委托方同为被评价单位的说明"
MEMBER_HEADINGS = (
    "姓名", "职务", "职称", "执业资格", "评价经历（个）", "所在单位", "电话", "承诺书", "进组日期", "离组日期",
)  # fmt: skip
ASSIGNMENT_HEADINGS = ("项目序号", *ROLES)
INFORMATION = ("项目名称", "责任单位")
DECLARATION_HEADINGS = ("姓名", "关系", "单位或企业", "涉及项目", "说明")
CHANGE_HEADINGS = ("原人员", "新人员", "变更日期", "委托方同意文件", "原因")
MILESTONE_HEADINGS = ("事项", "截止日", "完成日", "负责人")
PAYMENT_HEADINGS = ("事项", "付款比例", "截止日", "完成日", "凭证")
