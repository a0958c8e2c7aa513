"""The words of the official forms: which cells are labels with a value beside them, which only frame the table.

Source: 财预〔2020〕10号 附件1 (项目支出绩效自评表), 财预〔2015〕88号 附件 (项目支出绩效目标申报表).
"""

import re

from toolkit.text.folding import compared

_LABELS = (
    "项目名称", "主管部门", "主管部门及代码", "主管单位", "实施单位", "项目单位", "项目属性", "项目类型", "项目期",
    "项目起止时间", "项目负责人", "联系人", "联系电话", "资金总额", "项目资金总额", "中期资金总额", "年度资金总额",
    "实施期资金总额", "其中：财政拨款", "其中：当年财政拨款", "财政拨款", "当年财政拨款", "上年结转资金", "其他资金",
    "总体目标", "年度总体目标", "中期目标", "实施期目标", "年度目标", "预期目标", "实际完成情况",
    "目标实际完成情况", "年初预算数", "全年预算数", "全年执行数", "执行率",
)  # fmt: skip
_FRAME = (
    "项目资金", "绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "年度指标值", "实际完成值", "分值", "权重",
    "得分", "总分", "合计", "自评得分", "偏差原因分析及改进措施", "未完成原因分析及改进措施", "备注", "产出指标",
    "数量指标", "质量指标", "时效指标", "成本指标", "效益指标", "经济效益指标", "社会效益指标", "生态效益指标",
    "可持续影响指标", "满意度指标", "服务对象满意度", "服务对象满意度指标",
)  # fmt: skip
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")


def _bare(text: str) -> str:
    return compared(_BRACKETS.sub("", text)).rstrip(":")


_KNOWN_LABELS, _KNOWN_FRAME = (frozenset(map(_bare, words)) for words in (_LABELS, _FRAME))


def is_label(text: str) -> bool:
    """Whether a text is a label of an official form, whatever its spacing and what stands in its brackets."""
    return _bare(text) in _KNOWN_LABELS


def is_frame(text: str) -> bool:
    """Whether a text is a heading of an official form that has no value of its own."""
    return _bare(text) in _KNOWN_FRAME
