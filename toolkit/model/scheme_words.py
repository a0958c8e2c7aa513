"""Words a scheme chooses among: kinds of values, uses in reports, what is done where there is no value."""

from enum import StrEnum


class FieldType(StrEnum):
    """Kinds of value a cell may hold; the value is the word used in the scheme workbook."""

    TEXT = "文本"
    AMOUNT = "金额"
    NUMBER = "数量"
    RATE = "比率"
    DATE = "日期"
    CHOICE = "选项"
    YESNO = "是否"


NUMERIC_TYPES = (FieldType.AMOUNT, FieldType.NUMBER, FieldType.RATE)
"""Kinds whose values are numbers."""
WORD_TYPES = (FieldType.TEXT, FieldType.CHOICE, FieldType.YESNO)
"""Kinds whose values are words."""


class NotApplicable(StrEnum):
    """What becomes of an indicator marked 不适用."""

    RENORMALISE = "重新折算"
    FULL_MARK = "计满分"
    ZERO = "计零分"


class ReportRole(StrEnum):
    """What a report uses a field for (报告用途); the value is the word used in the scheme workbook."""

    CONTENT = "主要内容"
    GOAL = "绩效目标"
    PLANNED_MILESTONE = "计划里程碑"
    MILESTONE = "实际里程碑"
    APPROVED = "批复"
    CONTRACT = "合同"
    AUDITED = "审定"
    BUDGET = "预算"
    ARRIVED = "到位"
    SPENT = "支出"
    PAID = "支付"
    THIRD_PARTY = "第三方费用"
    SCALE = "规模与使用"
    SECURITY = "安全"
    SHARING = "共享"
    PARTIES = "承建/监理"
    PROCUREMENT = "采购"
    OPERATION = "运维"
    REMARK = "备注"


class NoData(StrEnum):
    """What an indicator earns whose value is empty and that nobody explained."""

    ZERO = "计零分"
    NOT_APPLICABLE = "不适用"
    ASK = "待核实"


class ScoredObject(StrEnum):
    """What receives a score: every project by itself, or the evaluation as a whole (宿州 2023)."""

    PROJECT = "逐项目"
    WHOLE = "整体"
