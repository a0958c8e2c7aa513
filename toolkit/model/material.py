"""报告素材: what people write for the reports by chapter and by project, and where each chapter stands."""

from dataclasses import dataclass

from toolkit.model.place import CellRef


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter people may write for: its name, where it is printed, what belongs there."""

    name: str
    place: str
    guidance: str


CHAPTERS = (
    Chapter("背景", "完整版一（一）最前", "国家、省、市的部署，主管部门的要求，评价的由来。由上到下，一层一段。"),
    Chapter("政策依据", "完整版一（一）末尾", "法律法规、制度办法、工作方案的全称和文号，逐项列出。"),
    Chapter("评价对象", "完整版一（二）末尾", "项目怎样选定，不纳入评价的和原因，抽样的办法。"),
    Chapter("绩效目标", "完整版一（五）末尾", "总体目标和阶段性目标；目标调整过的，写明何时、经谁批准。"),
    Chapter(
        "评价过程", "完整版二（六）末尾", "起止日期、评价组人员和分工、现场核查和访谈、问卷、专家评审、征求意见的情况。"
    ),
    Chapter(
        "结论",
        "完整版三（一）、简版“评价结果”最前",
        "用文字说结论：值不值、成不成、最要紧的问题是什么。",
    ),
    Chapter("经验", "完整版五", "可以推广的做法：谁、怎么做、有什么效果。一条一行。"),
    Chapter("问题", "完整版六最前", "对问题总体情况和深层原因的分析；逐项的事实、原因写在评审意见.xlsx。"),
    Chapter("建议", "完整版七最前", "针对原因、可以执行的建议：谁、做什么、何时完成。"),
    Chapter("结果应用", "完整版八末尾", "评价结果报送、公开、与预算和下年度计划挂钩的安排。"),
    Chapter("其他说明", "完整版九", "影响结果的事项：数据限制、口径、期后事项。一条一行。"),
    Chapter("核查概况", "整体核查报告一（一）末尾", "核查的由来、时间、人员；委托单位就是被核查单位的，说明独立性。"),
    Chapter("核查结论", "整体核查报告二最前", "用文字说核查结论。"),
    Chapter("整改要求", "整体核查报告五末尾", "整改的要求、期限和报送方式。"),
)
PROJECT_CHAPTERS = (
    Chapter("项目概况", "完整版一（三）、单项目报告一", "做什么、为什么做、怎么做、现在怎么样。"),
    Chapter("结论", "单项目报告首页最前", "对这个项目的结论。"),
    Chapter("经验", "完整版五", "这个项目可以推广的做法。"),
    Chapter("其他说明", "单项目报告六末尾", "这个项目需要说明的事项。"),
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph somebody wrote.

    Attributes:
        chapter: of :data:`CHAPTERS`, or of :data:`PROJECT_CHAPTERS` where there is a project.
        project: id of the project it is about; "" for a chapter of the evaluation.
        text: one line as typed, names of figures in braces; never a tag, whatever it holds.
        at: its cell.
    """

    chapter: str
    project: str
    text: str
    at: CellRef
