"""The sheet 分工: every project once, every role filled, by members who are there and who do not confirm themselves."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.model import CellRef, Finding, Severity
from toolkit.people.team import ROLES, Assignment, Team
from toolkit.people.told import Known, on_projects, say, told

_MUST, _SHOULD = Severity.ERROR, Severity.WARNING
_JUDGES = ("评价人", "现场")
"""Who judges; 复核人 and 质控 confirm what they did."""
_NEEDED = ("评价人", "复核人")
_APART = "复核人、质控不参加评价和现场，也不由同一人担任；请改派他人"


@dataclass(frozen=True, slots=True)
class _Trouble:
    """What is wrong with a role of a project, said alike for every project it is wrong with."""

    role: str
    code: str
    words: str
    hint: str
    name: str = ""
    more: str = ""
    severity: Severity = _MUST


def check_assignments(team: Team, known: Known) -> Iterator[Finding]:
    """Rows that are wrong, one by one; what is wrong with a role of several projects, once, with all their cells."""
    projects = {project.id: project for project in known.projects}
    counted = Counter(assignment.project for assignment in team.assignments)
    alike: dict[_Trouble, list[Assignment]] = {}
    for assignment in team.assignments:
        at = assignment.origins.get("项目序号", CellRef(known.workbook, "分工"))
        if assignment.project not in projects:
            words = told("分工中的项目序号“{project}”不在项目清单中", project=assignment.project)
            yield say("TEAM-04", _MUST, at, words, "按项目清单的序号填写", found=assignment.project)
            continue
        if counted[assignment.project] > 1:
            count = counted[assignment.project]
            words = told("项目{project}的分工写了{count}行", project=assignment.project, count=count)
            yield say("TEAM-04", _MUST, at, words, "合为一行，几个人用顿号分开", assignment.project)
        for trouble in (*_people_on(team, assignment), *_roles_apart(assignment)):
            alike.setdefault(trouble, []).append(assignment)
    yield from (_once(trouble, on, known) for trouble, on in alike.items())
    for project in known.projects:
        if project.id not in counted:
            words = told("项目{id}“{name}”没有分工", id=project.id, name=project.name)
            yield say("TEAM-04", _MUST, CellRef(known.workbook, "分工"), words, "补上这一行", project.id)


def _once(trouble: _Trouble, on: Sequence[Assignment], known: Known) -> Finding:
    """One finding about all projects with the same trouble, at the first one's cell."""
    ids = [assignment.project for assignment in on]
    projects = on_projects(ids, known)
    words = told(trouble.words, projects=projects, role=trouble.role, name=trouble.name, more=trouble.more)
    first, *others = (assignment.origins.get(trouble.role, CellRef()) for assignment in on)
    project = ids[0] if len(ids) == 1 else ""
    finding = say(trouble.code, trouble.severity, first, words, trouble.hint, project, trouble.name)
    return replace(finding, related=tuple(others))


def _people_on(team: Team, assignment: Assignment) -> Iterator[_Trouble]:
    for role in ROLES:
        names = assignment.people.get(role, ())
        if not names:
            must = _MUST if role in _NEEDED else _SHOULD
            yield _Trouble(role, "TEAM-04", "{projects}没有写{role}", "写上姓名", severity=must)
        for name in names:
            member = team.member(name)
            if member is None:
                hint = "核对姓名，或把此人写入《成员》表"
                yield _Trouble(role, "TEAM-05", "{projects}的{role}“{name}”不在《成员》表中", hint, name)
            elif member.left is not None:
                words, hint = "{projects}的{role}“{name}”已于{more}离组", "改派他人；人员变更写入《人员变更》表"
                yield _Trouble(role, "TEAM-05", words, hint, name, member.left.isoformat())


def _roles_apart(assignment: Assignment) -> Iterator[_Trouble]:
    """Who judges does not confirm, and the two confirmations are by two persons."""
    for role in ("复核人", "质控"):
        others = [one for one in (*_JUDGES, "复核人", "质控") if one != role and (role == "质控" or one in _JUDGES)]
        for name in assignment.people.get(role, ()):
            if held := [other for other in others if name in assignment.people.get(other, ())]:
                yield _Trouble(role, "TEAM-06", "{projects}的{role}“{name}”同时是{more}", _APART, name, "、".join(held))
