"""回避: declarations and employers held against projects; what ties a person to a project keeps them out of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from toolkit.model import Project
from toolkit.people.team import NOTHING, Blocked, Declaration, Team
from toolkit.text.folding import compared

_SHORTEST = 4
"""Names shorter than this are compared whole: 教育局 is part of too many names."""
_ALIKE = 85.0
"""Similarity in percent from which two names are told to a person as perhaps the same."""
_ENDINGS = ("股份有限公司", "有限责任公司", "有限公司", "集团")


@dataclass(frozen=True, slots=True)
class Party:
    """A unit or company with a part in a project: as written, and which part (责任单位, 承建单位 …)."""

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Alike:
    """A declared party whose name is like one of a project's, but not the same: a person has to look."""

    declaration: Declaration
    project: str
    party: Party


def recusals(
    team: Team, projects: Mapping[str, Project], parties: Mapping[str, tuple[Party, ...]]
) -> tuple[list[Blocked], list[Alike]]:
    """Who must keep out of which project, whether assigned there or not; and names that may be the same.

    Args:
        team: declarations and members with their employers.
        projects: by id.
        parties: project id → units and companies that have a part in it.
    """
    blocked: list[Blocked] = []
    alike: list[Alike] = []
    for declaration in (*team.declarations, *_employers(team)):
        if declaration.relation == NOTHING:
            continue
        named = [project for project in declaration.projects if project in projects]
        blocked += [_blocked(declaration, projects[project], None) for project in named]
        for project, known in parties.items():
            same = next((party for party in known if _same(declaration.party, party.name)), None)
            if same and project not in named:
                blocked.append(_blocked(declaration, projects[project], same))
            elif not same:
                named_in = [Party(projects[project].name, "名称")] if project in projects else []
                alike += [
                    Alike(declaration, project, party)
                    for party in (*known, *named_in)
                    if (_stands_in if party in named_in else _near)(declaration.party, party.name)
                ]
    return list(dict.fromkeys(blocked)), alike


def _employers(team: Team) -> Iterator[Declaration]:
    """What a member's own entry says without a declaration."""
    for member in team.members:
        if member.employer:
            yield Declaration(member.name, "任职单位", member.employer, origin=member.origin)


def _blocked(declaration: Declaration, project: Project, party: Party | None) -> Blocked:
    about = f"“{declaration.party}”" if declaration.party else "声明"
    part = f"是该项目的{party.part}" if party else f"（声明涉及项目{project.id}）"
    why = f"{declaration.relation}{about}{part}"
    return Blocked(declaration.name, project.id, why, declaration.origin)


def _core(name: str) -> str:
    """A name without the ending that says what kind of company it is."""
    folded = compared(name)
    for ending in _ENDINGS:
        if folded.endswith(ending) and len(folded) > len(ending) + 1:
            return folded.removesuffix(ending)
    return folded


def _same(one: str, other: str) -> bool:
    """A short name is part of the full one; of a full name all of it, so that a longer company is another one."""
    if not compared(one) or not compared(other):
        return False
    shorter, longer = sorted((compared(one), compared(other)), key=len)
    return _core(one) == _core(other) or (len(shorter) >= _SHORTEST and shorter in longer)


def _stands_in(party: str, project: str) -> bool:
    """县人民医院 in 县人民医院停车场扩建: whoever is with it has to do with the project, whoever is responsible."""
    return len(_core(party)) >= _SHORTEST and _core(party) in compared(project)


def _near(one: str, other: str) -> bool:
    ours, theirs = _core(one), _core(other)
    return min(len(ours), len(theirs)) >= _SHORTEST and fuzz.ratio(ours, theirs) >= _ALIKE
