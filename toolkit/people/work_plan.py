"""工作方案 in words: its elements from the scheme, the roster and 工作组.xlsx, and which of them are missing.

Source: 财监〔2021〕4号: 人员配置、时间安排、目的、内容、依据、方法、指标体系、标准、样本确定、调查问卷、资料清单、纪律.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from toolkit.model import CellRef, Finding, Indicator, Roster, Scheme, Sentence, Severity, Survey
from toolkit.people.team import NOTHING, ROLES, Assignment, Member, Step, Team
from toolkit.text import amount, chinese_date, percent, plain
from toolkit.text.grades import band_words

PLAN_TEMPLATE, ACCEPTANCE_TEMPLATE = "工作方案.docx", "验收与付款.docx"
PURPOSE, SOURCES, CONTENT, METHODS, DISCIPLINE = "评价目的", "评价依据", "评价内容", "评价方法", "工作纪律"
SAMPLING = "抽样方法"
_NOT_WRITTEN = "（未写）"
_DISCIPLINE = (
    "评价人员签署承诺书，依法、独立、客观地开展评价，不接受被评价单位的宴请、礼品和其他利益。",
    "与被评价单位、承建单位有任职、供应、亲属、投标等利害关系的，主动声明并回避；须回避的不参加该项目。",
    "对评价中取得的资料和未公开的结果保密，不用于评价以外的用途；评价结束后按约定归档和移交。",
    "评价、复核、质控由不同的人担任；人员变更须经委托方书面同意，并在方案论证之前。",
)


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What a work plan is made of.

    Attributes:
        needed: survey code → answers it needs. sampling: how samples for the site are drawn, in words.
        products: name of a deliverable and whether it is there. today: for what is due.
    """

    scheme: Scheme
    roster: Roster
    team: Team
    today: date
    needed: Mapping[str, int]
    sampling: str
    products: Sequence[tuple[str, bool]] = ()
    workbook: str = "工作组.xlsx"


def plan_words(facts: PlanFacts) -> dict[str, object]:
    """The names of both templates."""
    scheme, roster = facts.scheme, facts.roster
    amounts = [project.contract_amount for project in roster.projects if project.contract_amount is not None]
    return {
        "评价": _evaluation(scheme),
        "单位数": len(roster.units()),
        "项目数": len(roster.projects),
        "合同金额": amount(sum(amounts, Decimal(0))) if amounts else "",
        "项目": [
            {
                "序号": project.id, "名称": project.name, "单位": project.unit,
                "合同金额": "—" if project.contract_amount is None else amount(project.contract_amount),
            }
            for project in roster.projects
        ],
        "目的": scheme.settings.get(PURPOSE) or _NOT_WRITTEN,
        "依据": _sources(scheme) or [_NOT_WRITTEN],
        "内容": scheme.settings.get(CONTENT) or _content(scheme),
        "方法": _paragraphs(scheme.settings.get(METHODS, "")) or _methods(facts),
        **_indicator_words(scheme),
        "样本": facts.sampling,
        **_survey_words(facts),
        "资料": [
            {"编号": item.code, "名称": item.name, "必须": "是" if item.required else "如有", "说明": item.description}
            for item in scheme.evidence
        ],
        **_people(facts),
        **_time(facts),
        "纪律": [*_paragraphs(scheme.settings.get(DISCIPLINE, "")), *_DISCIPLINE, *_disclosed(facts.team)],
    }  # fmt: skip


def _evaluation(scheme: Scheme) -> dict[str, str]:
    return {
        "名称": scheme.title, "委托单位": scheme.client or "委托单位", "评价机构": scheme.evaluator or "评价机构",
        "金额单位": scheme.money_unit, "总分": plain(scheme.total_mark),
    }  # fmt: skip


def _sources(scheme: Scheme) -> list[str]:
    own = _paragraphs(scheme.settings.get(SOURCES, ""))
    parts = (part.strip() for indicator in scheme.indicators for part in indicator.source.split("；"))
    return own or sorted(dict.fromkeys(filter(None, parts)), key=lambda part: not part.startswith("《"))


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _content(scheme: Scheme) -> str:
    days = (scheme.period_start, scheme.period_end)
    period = f"评价期间为{chinese_date(days[0])}至{chinese_date(days[1])}" if days[0] and days[1] else ""
    cutoff = f"数据截至{chinese_date(scheme.cutoff)}" if scheme.cutoff else ""
    named = "、".join(scheme.dimensions())
    when = "，".join(filter(None, (period, cutoff)))
    return f"围绕{named}等方面开展核查和评价。{when}{'。' if when else ''}"


def _methods(facts: PlanFacts) -> list[str]:
    """What the scheme itself says of how things are found out."""
    scheme = facts.scheme
    methods = ["资料核查：由责任单位填报采集表并附佐证材料，逐项核对勾稽关系和佐证，有问题的退回更正。"]
    methods.append("现场核查：到现场核对填报值和原件，核查值连同依据、证据编号和签字记入底稿。")
    if scheme.surveys:
        groups = "、".join(dict.fromkeys(survey.target_group for survey in scheme.surveys if survey.target_group))
        methods.append(f"问卷调查：调查{groups or '服务对象'}，满意度由原始答卷计算。")
    if any(given.by_evaluator for indicator in scheme.indicators for given in indicator.inputs):
        methods.append("专业判断：需要评价人评定的指标由评价人评定、第二人复核，写明理由和佐证。")
    methods.append("比较计分：按指标体系的评分规则，以核定的数据与目标值比较计分，计算过程可以复核。")
    return methods


def _indicator_words(scheme: Scheme) -> dict[str, object]:
    weights = "，".join(f"{name}{plain(mark)}分" for name, mark in scheme.dimensions().items())
    bands = sorted(scheme.grade_bands, reverse=True)
    grades = "、".join(f"{band.name}（{words}）" for band, words in zip(bands, band_words(bands), strict=True))
    return {
        "指标数": len(scheme.indicators),
        "权重": weights,
        "等级": f"按百分制分为{grades}。" if bands else "",
        "指标": [_indicator(indicator) for indicator in scheme.indicators],
    }


def _indicator(indicator: Indicator) -> dict[str, str]:
    return {
        "编号": indicator.code, "一级": indicator.dimension, "二级": indicator.group, "名称": indicator.name,
        "分值": plain(indicator.full_mark), "目标值": indicator.target, "标准": indicator.standard,
    }  # fmt: skip


def _survey_words(facts: PlanFacts) -> dict[str, object]:
    questions = [
        {
            "问卷": survey.code, "题号": question.code, "题目": question.text, "题型": question.kind.value,
            "选项": "、".join(question.options),
        }
        for survey in facts.scheme.surveys
        for question in survey.questions
    ]  # fmt: skip
    return {"问卷": [_survey(survey, facts) for survey in facts.scheme.surveys], "题目": questions}


def _survey(survey: Survey, facts: PlanFacts) -> dict[str, str]:
    return {
        "编号": survey.code, "对象": survey.target_group or _NOT_WRITTEN, "题数": str(len(survey.questions)),
        "总体": "不详" if survey.population is None else str(survey.population),
        "精度": f"{percent(survey.confidence, 0)}、±{percent(survey.margin, 0)}",
        "需要": f"{facts.needed[survey.code]}份" if survey.code in facts.needed else "",
    }  # fmt: skip


def _people(facts: PlanFacts) -> dict[str, object]:
    team = facts.team
    assigned = {assignment.project: assignment for assignment in team.assignments if assignment.names()}
    projects = [project for project in facts.roster.projects if project.id in assigned]
    return {
        "成员": [_member(member) for member in team.members],
        "分工": [{"序号": project.id, "名称": project.name, **_roles(assigned[project.id])} for project in projects],
        "回避": [{"姓名": recusal.name, "项目": recusal.project, "事由": recusal.why} for recusal in team.blocked],
    }


def _member(member: Member) -> dict[str, str]:
    return {
        "姓名": member.name, "职务": member.duty, "职称": member.title,
        "资格": "、".join(member.qualifications) or "无",
        "经历": "" if member.experience is None else f"{plain(member.experience)}个", "单位": member.employer,
    }  # fmt: skip


def _roles(assignment: Assignment) -> dict[str, str]:
    return {role: "、".join(assignment.people.get(role, ())) for role in ROLES}


def _time(facts: PlanFacts) -> dict[str, object]:
    team, today = facts.team, facts.today
    shares = [step.share for step in team.payments if step.share is not None]
    return {
        "今天": chinese_date(today),
        "时间": [_step(number, step, today) for number, step in enumerate(team.milestones, 1)],
        "付款": [_step(number, step, today) for number, step in enumerate(team.payments, 1)],
        "付款合计": percent(sum(shares, Decimal(0)), 0),
        "成果": [
            {"序号": number, "名称": name, "完成": "是" if is_there else "否"}
            for number, (name, is_there) in enumerate(facts.products, 1)
        ],
    }


def _step(number: int, step: Step, today: date) -> dict[str, object]:
    return {
        "序号": number, "事项": step.name, "截止": chinese_date(step.due) if step.due else "未定",
        "完成": chinese_date(step.done) if step.done else "", "负责人": step.responsible, "凭证": step.paper,
        "比例": "" if step.share is None else percent(step.share, 0), "提示": standing(step, today),
    }  # fmt: skip


def standing(step: Step, today: date) -> str:
    """Where a step stands, in words: done, late, how many days are left."""
    if step.done is not None:
        late = (step.done - step.due).days if step.due else 0
        return f"已完成，迟{late}天" if late > 0 else "已完成"
    if step.due is None:
        return "未定截止日"
    left = (step.due - today).days
    return f"已过{-left}天" if left < 0 else "今天到期" if left == 0 else f"还有{left}天"


def _disclosed(team: Team) -> list[str]:
    return [f"委托方同时是被评价单位的说明：{team.disclosure}"] if team.disclosure else []


def missing_elements(facts: PlanFacts) -> Iterator[Finding]:
    """Elements of a work plan there is nothing about, with where to write them."""
    scheme, team = facts.scheme, facts.team
    origins = [*(each.origin.workbook for each in scheme.indicators), "方案.xlsx"]
    plan, group = origins[0] or "方案.xlsx", facts.workbook
    checks: Iterable[tuple[bool, str, str, str, str]] = (
        (bool(scheme.settings.get(PURPOSE)), "目的", plan, "方案", f"补写一行“{PURPOSE}”"),
        (bool(_sources(scheme)), "依据", plan, "方案", f"补写一行“{SOURCES}”，或在《指标》写依据"),
        (bool(scheme.evidence), "资料清单", plan, "佐证", "列出要提供的资料"),
        (bool(scheme.surveys), "调查问卷", plan, "问卷", "需要问卷的，在《问卷》《问卷题目》写明；不需要的不写"),
        (bool(team.members), "人员配置", group, "成员", "运行 jixiao people new，逐人填写"),
        (any(share.names() for share in team.assignments), "分工", group, "分工", "写明各项目的评价人、复核人"),
        (any(step.due for step in team.milestones), "时间安排", group, "里程碑", "写明各事项的截止日"),
        (bool(team.payments), "验收与付款", group, "验收与付款", "按合同填写"),
        (bool(team.declarations), "工作纪律", group, "回避声明", f"每人至少一行，没有的写“{NOTHING}”"),
    )  # fmt: skip
    for there, name, workbook, sheet, hint in checks:
        if not there:
            severity = Severity.NOTE if name == "调查问卷" else Severity.WARNING
            yield Finding(
                "PLAN-01",
                severity,
                CellRef(workbook, sheet),
                Sentence.saying("工作方案缺少“{name}”的内容", name=name),
                hint,
            )
