"""工作组.xlsx to fill in: projects from the roster, drop-downs, one line of advice a sheet."""

from collections.abc import Sequence

from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.model import Roster, Scheme
from toolkit.people import columns as of
from toolkit.people.team import NOTHING, RELATIONS, ROLES

_DAY_NOTE = "写成 2025-03-31 的样式"
_WIDTHS = {
    "姓名": 12, "职务": 14, "职称": 14, "执业资格": 26, "评价经历（个）": 14, "所在单位": 26, "电话": 15, "承诺书": 24,
    "关系": 14, "单位或企业": 30, "涉及项目": 14, "说明": 40, "原人员": 12, "新人员": 12, "委托方同意文件": 26,
    "原因": 40, "事项": 30, "负责人": 12, "付款比例": 11, "凭证": 26, "项目序号": 10,
    **dict.fromkeys(ROLES, 18), **dict.fromkeys(("进组日期", "离组日期", "变更日期", "截止日", "完成日"), 14),
}  # fmt: skip
_NOTES = {
    "执业资格": "几项用顿号分开，如 注册会计师、注册造价工程师",
    "评价经历（个）": "参加过的绩效评价个数",
    "承诺书": "“人员材料”文件夹中的文件名",
    "委托方同意文件": "“人员材料”文件夹中的文件名",
    "凭证": "“人员材料”文件夹中的文件名",
    "涉及项目": "项目序号，几个用顿号分开；按单位名称自动核对的可不填",
    **dict.fromkeys(("进组日期", "离组日期", "变更日期", "截止日", "完成日"), _DAY_NOTE),
    **dict.fromkeys(ROLES, "成员姓名，几个人用顿号分开"),
}
_HINTS = {
    of.GENERAL: "方案论证以后不得变更人员；委托方同时是被评价单位的，写明怎样保证独立。",
    of.MEMBERS: "项目组全部人员，外聘专家也写在内；离组的不删行，写明离组日期。",
    of.ASSIGNMENT: "评价、复核、质控由不同的人担任；几个人用顿号分开。项目名称和责任单位由程序填写。",
    of.DECLARATIONS: f"每人至少一行；没有利害关系的，“关系”写“{NOTHING}”。程序按单位名称与项目核对。",
    of.CHANGES: "变更后的职务、职称、执业资格数量、评价经历都不低于原人员；须委托方同意，并在方案论证之前。",
    of.MILESTONES: "到期前7天提示，过期提醒。",
    of.PAYMENTS: "付款比例合计100%；验收报告和付款凭证写明文件名。",
}


def team_workbook(scheme: Scheme, roster: Roster) -> bytes:
    """The workbook, with everything in it that scheme and roster know already."""
    title = scheme.title
    assignment = ("项目序号", *of.INFORMATION, *ROLES)
    projects = [(project.id, project.name, project.unit, *("" for _ in ROLES)) for project in roster.projects]
    general = [(of.ARGUED, ""), (of.DISCLOSURE, ""), ("委托方", scheme.client), ("评价机构", scheme.evaluator)]
    days = scheme.timetable
    milestones = [
        ("方案论证", "", "", ""),
        ("下发采集表", days.issued.isoformat() if days.issued else "", "", ""),
        ("单位报送", days.due.isoformat() if days.due else "", "", ""),
        ("现场核查", "", "", ""),
        ("征求意见", "", "", ""),
        ("出具报告", days.reported.isoformat() if days.reported else "", "", ""),
        ("专家验收", "", "", ""),
    ]
    payments = [("签订合同后付款", "50%", "", "", ""), ("报告经专家验收后付款", "50%", "", "", "")]
    return table_workbook(
        [
            TableSheet(
                of.GENERAL, f"{title}工作组", (Column("项目", 30), Column("内容", 70)), general, _HINTS[of.GENERAL]
            ),
            _sheet(of.MEMBERS, "成员", of.MEMBER_HEADINGS, []),
            _sheet(of.ASSIGNMENT, "分工", assignment, projects),
            _sheet(of.DECLARATIONS, "回避声明", of.DECLARATION_HEADINGS, []),
            _sheet(of.CHANGES, "人员变更", of.CHANGE_HEADINGS, []),
            _sheet(of.MILESTONES, "里程碑", of.MILESTONE_HEADINGS, milestones),
            _sheet(of.PAYMENTS, "验收与付款", of.PAYMENT_HEADINGS, payments),
        ]
    )


def _sheet(name: str, title: str, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> TableSheet:
    filled = rows or [tuple("" for _ in headings)] * _BLANK_ROWS
    return TableSheet(name, title, tuple(map(_column, headings)), filled, _HINTS[name])


_BLANK_ROWS = 12
_NEEDED = frozenset(
    {
        "姓名",
        "职务",
        "职称",
        "所在单位",
        "评价经历（个）",
        "承诺书",
        "关系",
        "评价人",
        "复核人",
        "原人员",
        "新人员",
        "变更日期",
    }
)


def _column(heading: str) -> Column:
    return Column(
        heading,
        28 if heading == "项目名称" else _WIDTHS.get(heading, 13),
        choices=(*RELATIONS, NOTHING) if heading == "关系" else (),
        note=_NOTES.get(heading, ""),
        numeric=heading in ("项目序号", "评价经历（个）"),
        required=heading in _NEEDED,
    )
