"""Sheets and headings of the scheme workbook and the roster; reading and writing share them."""

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.model import LISTED_AMOUNTS

SETTINGS, INDICATORS, FIELDS, CHECKS, CHOICES, EVIDENCE = "方案", "指标", "字段", "勾稽", "选项", "佐证"
CARDS = "算例"
PROBLEMS, APPLICATIONS = "问题与建议", "结果应用"
CHECK_SETTINGS = "核查设置"
SURVEYS, QUESTIONS = "问卷", "问卷题目"
ROSTER = "项目清单"
LISTED = "整体核查清单"
UNIT_NAMES = "单位别名"


@dataclass(frozen=True, slots=True)
class Columns:
    """Headings a sheet must have, and those it may have; ``further`` ones of the user's own mean something too."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    sheet_optional: bool = False
    further: bool = False

    def every(self) -> tuple[str, ...]:
        """All known headings in order."""
        return (*self.required, *self.optional)


SHEETS: Mapping[str, Columns] = {
    SETTINGS: Columns(("项目", "内容"), ("说明",)),
    INDICATORS: Columns(
        ("编号", "一级指标", "三级指标", "分值", "评分规则"),
        (
            "一级分值",
            "二级指标",
            "二级分值",
            "规则参数",
            "评价要点",
            "目标值",
            "指标解释",
            "评分标准",
            "佐证",
            "适用条件",
            "无数据处理",
            "依据",
        ),
    ),
    FIELDS: Columns(
        ("字段名", "所在表", "类型"),
        ("显示名称", "单位", "必填", "公式", "选项", "预填", "明细表", "填报说明", "别名", "报告用途"),
    ),
    CHECKS: Columns(("编号", "公式", "严重程度", "提示语"), ("处理办法",), sheet_optional=True),
    CHOICES: Columns(("选项名", "选项值"), sheet_optional=True),
    EVIDENCE: Columns(("编号", "材料名称"), ("必须", "说明"), sheet_optional=True),
    CARDS: Columns(("指标编号", "取值", "应得分"), ("说明",), sheet_optional=True),
    PROBLEMS: Columns(
        ("键", "类别", "问题表述"),
        (
            "编号",
            "启用",
            "适用条件",
            "成立条件",
            "数额",
            "数额单位",
            "汇总表述",
            "原因",
            "建议",
            "责任",
            "期限",
            "结果应用",
        ),
        sheet_optional=True,
    ),
    APPLICATIONS: Columns(("等级", "问题类别", "结果应用", "措施"), sheet_optional=True),
}
CHECK_SETTINGS_COLUMNS = Columns(("检查项", "处理", "理由"), ("数值",), sheet_optional=True)
"""Not among the sheets every scheme is written with: most evaluations adjust nothing."""
SURVEY_COLUMNS = Columns(
    ("问卷编号", "调查对象"),
    ("指标编号", "总体数", "满意度口径", "置信水平", "允许误差", "预期比例", "剔除", "最短用时"),
    sheet_optional=True,
)
QUESTION_COLUMNS = Columns(
    ("问卷编号", "题号", "题目", "题型"),
    ("选项", "分值", "满意选项", "计入满意度", "分组"),
    sheet_optional=True,
)
"""Not every evaluation asks a questionnaire."""
ROSTER_COLUMNS = Columns(
    ("序号", "责任单位", "项目名称"),
    ("立项年度", "合同金额", "联系人", "电话", "邮箱", "别名", "项目类型"),
    further=True,
)
LISTED_COLUMNS = Columns(
    ("序号", "项目名称"),
    ("项目编号", "立项年度", "责任单位", "参评序号", *LISTED_AMOUNTS, "完成日期", "备注"),
    sheet_optional=True,
    further=True,
)
"""A further sheet of the roster: all projects of the body that is examined as a whole."""
UNIT_NAMES_COLUMNS = Columns(("单位", "别名"), ("同一单位",), sheet_optional=True)
"""A further sheet of the roster: spellings of one unit, and pairs that are two."""

ALIASES: Mapping[str, Mapping[str, str]] = {
    SETTINGS: {"设置项": "项目", "名称": "项目", "值": "内容", "取值": "内容"},
    INDICATORS: {
        "指标编号": "编号",
        "代码": "编号",
        "一级": "一级指标",
        "二级": "二级指标",
        "三级": "三级指标",
        "指标名称": "三级指标",
        "权重": "分值",
        "满分": "分值",
        "规则": "评分规则",
        "参数": "规则参数",
        "要点": "评价要点",
        "目标": "目标值",
        "指标说明": "指标解释",
        "佐证材料": "佐证",
        "来源": "依据",
    },
    FIELDS: {
        "字段": "字段名",
        "名称": "字段名",
        "标签": "显示名称",
        "工作表": "所在表",
        "计量单位": "单位",
        "说明": "填报说明",
    },
    CHECKS: {"检查公式": "公式", "级别": "严重程度", "提示": "提示语", "处理": "处理办法"},
    PROBLEMS: {"问题": "问题表述", "条件": "成立条件", "原因选项": "原因", "责任单位": "责任", "问题类别": "类别"},
    APPLICATIONS: {"类别": "问题类别", "应用": "结果应用", "说明": "措施", "处理": "措施"},
    CHOICES: {"名称": "选项名", "选项": "选项值", "值": "选项值"},
    EVIDENCE: {"佐证编号": "编号", "名称": "材料名称", "佐证材料": "材料名称", "是否必须": "必须"},
    ROSTER: {
        "编号": "序号",
        "年度": "立项年度",
        "项目年度": "立项年度",
        "单位": "责任单位",
        "建设单位": "责任单位",
        "项目单位": "责任单位",
        "责任部门": "责任单位",
        "责任科室": "责任单位",
        "实施单位": "责任单位",
        "承办单位": "责任单位",
        "名称": "项目名称",
        "项目": "项目名称",
        "联系电话": "电话",
        "手机": "电话",
        "电子邮箱": "邮箱",
        "联系邮箱": "邮箱",
        "类型": "项目类型",
        "曾用名": "别名",
    },
    LISTED: {
        "编号": "序号",
        "项目编码": "项目编号",
        "项目代码": "项目编号",
        "年度": "立项年度",
        "单位": "责任单位",
        "建设单位": "责任单位",
        "项目单位": "责任单位",
        "名称": "项目名称",
        "项目": "项目名称",
        "项目清单序号": "参评序号",
        "评价序号": "参评序号",
        "终验日期": "完成日期",
        "验收日期": "完成日期",
        "完成时间": "完成日期",
        "说明": "备注",
    },
}
"""Headings people write instead, by sheet; they count only where the proper heading is absent from the row."""
