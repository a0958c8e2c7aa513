"""What a project is: its contents, people, days, money and use, from the fields the scheme gives a 报告用途."""

from collections.abc import Iterable
from decimal import Decimal

from toolkit.model import Field, FieldType, Figure, Project, ReportRole
from toolkit.report.facts import ReportFacts
from toolkit.report.wording import Sentence, one_line, say, stopped

_Row = dict[str, object]
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
    return [
        {
            "序号": project.id,
            "名称": f"{project.name}（{project.unit}）",
            "内容": content(facts, project) or "没有取得",
            "目标": _texts(facts, project, ReportRole.GOAL),
            "时间": days(facts, project) or _remark(facts, project) or "没有取得",
        }
        for project in facts.roster.projects
    ]


def has_goals(facts: ReportFacts) -> bool:
    """Some project told its 绩效目标."""
    return any(_of(facts, project, ReportRole.GOAL) for project in facts.roster.projects)


def has_contents(facts: ReportFacts) -> bool:
    """Some project told what it is about, or when it was built."""
    roles = (ReportRole.CONTENT, ReportRole.REMARK, *_DAYS)
    return any(_of(facts, project, role) for project in facts.roster.projects for role in roles)


def content(facts: ReportFacts, project: Project) -> Sentence:
    """主要内容, as the unit wrote it."""
    texts = [stopped(one_line(str(value))) for _, value in _of(facts, project, ReportRole.CONTENT)]
    return say(*texts) if texts else ()


def days(facts: ReportFacts, project: Project) -> Sentence:
    """Days in order of time: 立项日期2022年5月15日，… ; plans stand among what happened."""
    known = [
        (value.value or Decimal(0), say(field.label.removesuffix("日期"), value))
        for role in _DAYS
        for field, value in _of(facts, project, role)
        if isinstance(value, Figure) and field.type is FieldType.DATE
    ]
    return _joined(sentence for _, sentence in sorted(known, key=lambda pair: pair[0]))


def money(facts: ReportFacts, project: Project) -> Sentence:
    """The chain of money, in the order it flows; amounts that repeat their neighbour's name are left out."""
    found: list[Sentence] = []
    said: set[str] = set()
    for role in _MONEY:
        for field, value in _of(facts, project, role):
            if field.type is FieldType.AMOUNT and isinstance(value, Figure) and field.label not in said:
                said.add(field.label)
                found.append(say(field.label, value, field.unit))
    return _joined(found)


def strip(facts: ReportFacts, project: Project) -> list[tuple[str, Sentence]]:
    """The facts strip of a one-pager: label and what is known."""
    rows = [
        ("做什么", content(facts, project)),
        ("绩效目标", _texts(facts, project, ReportRole.GOAL)),
        ("谁来做", _sentence(facts, project, (ReportRole.PARTIES, ReportRole.PROCUREMENT, ReportRole.OPERATION))),
        ("时间", days(facts, project)),
        ("资金", money(facts, project)),
        ("用得怎样", _sentence(facts, project, (ReportRole.SCALE, ReportRole.SHARING))),
        ("安全", _sentence(facts, project, (ReportRole.SECURITY,))),
        ("备注", _remark(facts, project)),
    ]
    return [(label, sentence) for label, sentence in rows if sentence]


def _texts(facts: ReportFacts, project: Project, role: ReportRole) -> Sentence:
    texts = [stopped(one_line(str(value))) for _, value in _of(facts, project, role)]
    return say(*texts) if texts else ()


def _remark(facts: ReportFacts, project: Project) -> Sentence:
    return _texts(facts, project, ReportRole.REMARK)


def _sentence(facts: ReportFacts, project: Project, roles: Iterable[ReportRole]) -> Sentence:
    return _joined(
        say(field.label, value, field.unit) if isinstance(value, Figure) else (f"{field.label}：{one_line(value)}",)
        for role in roles
        for field, value in _of(facts, project, role)
        if field.type is not FieldType.DATE
    )


def _of(facts: ReportFacts, project: Project, role: ReportRole) -> list[tuple[Field, Figure | str]]:
    known = facts.figures.collected.get(project.id, {})
    fields = [field for field in facts.scheme.fields if field.role is role and not field.table]
    return [(field, known[field.key]) for field in fields if field.key in known]


def _joined(sentences: Iterable[Sentence]) -> Sentence:
    parts = [part for part in sentences if part]
    joined: list[Sentence | str] = []
    for number, part in enumerate(parts):
        joined += ["，", part] if number else [part]
    return say(*joined, "。") if joined else ()
