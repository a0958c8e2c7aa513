"""What a project is: its contents, people, days, money and use, from the fields the scheme gives a 报告用途."""

from collections.abc import Iterable

from toolkit.model import Field, FieldType, Figure, Project, ReportRole
from toolkit.report import listing
from toolkit.report.facts import ReportFacts
from toolkit.report.milestones import milestones, plans_without_days
from toolkit.report.wording import Sentence, chained, one_line, quote, say, stopped

_Row = dict[str, object]
_CHAIN = ("合同金额", "审计核减后合同金额", "预算资金", "实际到位资金", "实际支出资金", "累计支付金额")
_MONEY = (
    ReportRole.APPROVED,
    ReportRole.CONTRACT,
    ReportRole.AUDITED,
    ReportRole.BUDGET,
    ReportRole.ARRIVED,
    ReportRole.SPENT,
    ReportRole.PAID,
    ReportRole.THIRD_PARTY,
)
_DAYS = (ReportRole.MILESTONE, ReportRole.PLANNED_MILESTONE)


def rows(facts: ReportFacts) -> list[_Row]:
    """A row a project: 主要内容, 绩效目标, what happened when; a project that sent nothing says so."""
    every = facts.roster.projects
    found: list[_Row] = [
        {
            "序号": project.id,
            "名称": f"{project.name}（{project.unit}）",
            "内容": _ended(texts(facts, project, ReportRole.CONTENT)) or ("没有取得",),
            "目标": _ended(texts(facts, project, ReportRole.GOAL)),
            "时间": _days(facts, project) or remarks_of(facts, project) or ("没有取得",),
        }
        for project in listing.first(every)
    ]
    return listing.closed(found, len(listing.rest(every)), "汇总总表《采集数据》", {"目标": ()})


def has_goals(facts: ReportFacts) -> bool:
    """Some project told its 绩效目标."""
    return any(_of(facts, project, ReportRole.GOAL) for project in facts.roster.projects)


def has_contents(facts: ReportFacts) -> bool:
    """Some project told what it is about, or when it was built."""
    roles = (ReportRole.CONTENT, ReportRole.REMARK, *_DAYS)
    return any(_of(facts, project, role) for project in facts.roster.projects for role in roles)


def _days(facts: ReportFacts, project: Project) -> Sentence:
    """What came when and how late, in one sentence; where one project is told, the days it was due too."""
    if not facts.has_many_projects:
        clauses = day_clauses(facts, project)
    else:
        came = [milestone.in_short() for milestone in milestones(facts, project)]
        clauses = [*came, *plans_without_days(facts, project)]
    return chained(clauses, "，", "。") if clauses else ()


def texts(facts: ReportFacts, project: Project, role: ReportRole) -> list[Sentence]:
    """What the unit wrote about a role, without the last full stop; every number in it is the collected cell's."""
    return [_text(value) for _, value in _of(facts, project, role)]


def day_clauses(facts: ReportFacts, project: Project) -> list[Sentence]:
    """立项批复2022年5月15日, 初验2023年11月8日（计划…，晚130天） in order of time, then what is due."""
    came = [milestone.words() for milestone in milestones(facts, project)]
    return [*came, *plans_without_days(facts, project)]


def money_clauses(facts: ReportFacts, project: Project) -> list[Sentence]:
    """The chain of money, in the order it flows, then parts and limits of it; no name is said twice."""
    found: list[Sentence] = []
    said: set[str] = set()
    every = [pair for role in _MONEY for pair in _of(facts, project, role)]
    for is_main in (True, False):
        for field, value in (pair for pair in every if _is_main(pair[0]) is is_main):
            if field.type is FieldType.AMOUNT and value.value is not None and field.label not in said:
                said.add(field.label)
                # 其中 would point at whatever amount stands before it here.
                found.append(say(field.label.removeprefix("其中"), value, field.unit))
    return found


def _is_main(field: Field) -> bool:
    """One of the amounts every evaluation knows, or all there is of its role."""
    return field.key in _CHAIN or field.role in (ReportRole.APPROVED, ReportRole.THIRD_PARTY)


def role_clauses(facts: ReportFacts, project: Project, roles: Iterable[ReportRole]) -> list[Sentence]:
    """Label and value of every field of some roles, days apart."""
    return [
        say(field.label, value, field.unit) if value.value is not None else say(f"{field.label}：", _text(value))
        for role in roles
        for field, value in _of(facts, project, role)
        if field.type is not FieldType.DATE
    ]


def of_only_project(facts: ReportFacts) -> dict[str, Sentence]:
    """What a report on one project says in words: who answers for it, on what ground; where money is from, goes to."""
    if facts.has_many_projects:
        return {"对象详情": (), "资金说明": ()}
    project = facts.roster.projects[0]
    money = (role for role in _MONEY if role is not ReportRole.APPROVED)
    return {
        "对象详情": _in_words(facts, project, (ReportRole.PARTIES, ReportRole.APPROVED, ReportRole.PROCUREMENT)),
        "资金说明": _in_words(facts, project, money),
    }


def _in_words(facts: ReportFacts, project: Project, roles: Iterable[ReportRole]) -> Sentence:
    """主管部门：甲。立项依据文号：乙。 of the fields that hold words."""
    fields = [pair for role in roles for pair in _of(facts, project, role)]
    told = [(field, value) for field, value in fields if value.value is None and field.type is not FieldType.DATE]
    return say(*(say(f"{field.label}：", _text(value), "。") for field, value in told))


def remarks_of(facts: ReportFacts, project: Project) -> Sentence:
    """What the unit remarked."""
    return _ended(texts(facts, project, ReportRole.REMARK))


def _text(value: Figure) -> Sentence:
    return quote(stopped(one_line(value.text)).rstrip("。"), value.at)


def _ended(parts: list[Sentence]) -> Sentence:
    """Clauses as one sentence each."""
    return say(*(say(part, "。") for part in parts)) if parts else ()


def _of(facts: ReportFacts, project: Project, role: ReportRole) -> list[tuple[Field, Figure]]:
    known = facts.figures.collected.get(project.id, {})
    return [(field, known[field.key]) for field in facts.fields_of(role) if field.key in known]
