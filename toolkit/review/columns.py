"""The headings of sheet 评审意见; reading and writing share them.

Those of :data:`HEADINGS` are the evaluators' own; those of :data:`INFORMATION` tell them what the row is about and are
written by the program, never read.
"""

SHEET = "评审意见"
HEADINGS = ("项目序号", "指标编号", "取值项", "核定值", "理由", "佐证", "评价人", "复核人")
TO_FILL_IN = ("核定值", "理由", "佐证", "评价人", "复核人")
DEFAULT_ITEM = "完成值"
SELF_SCORE, COMPUTED = "自评分", "系统计分"
INFORMATION = ("项目名称", "指标名称", "分值", SELF_SCORE, COMPUTED)
IN_ORDER = (
    "项目序号", "项目名称", "指标编号", "指标名称", "分值", SELF_SCORE, COMPUTED,
    "取值项", "核定值", "理由", "佐证", "评价人", "复核人",
)  # fmt: skip
