"""The team as plain values: members, who does what, declarations, changes of staff, milestones and payments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from toolkit.model import CellRef

ROLES = ("评价人", "复核人", "现场", "质控")
"""What a person can be on a project; those who judge and those who confirm are never the same."""
RELATIONS = ("任职单位", "供应商", "亲属", "投标", "其他利害关系")
"""Why a person must keep out of a project."""
NOTHING = "无"


@dataclass(frozen=True, slots=True)
class Member:
    """One person.

    Attributes:
        duty, title: 职务, 职称. qualifications: 执业资格, one each. experience: evaluations taken part in.
        pledge: file of the signed 承诺书. joined, left: days in the team; None where not written.
    """

    name: str
    duty: str
    title: str
    qualifications: tuple[str, ...]
    experience: Decimal | None
    employer: str
    phone: str = ""
    pledge: str = ""
    joined: date | None = None
    left: date | None = None
    origin: CellRef = field(default_factory=CellRef)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who does what on one project: names by role, in the order written."""

    project: str
    people: Mapping[str, tuple[str, ...]]
    origins: Mapping[str, CellRef] = field(default_factory=lambda: MappingProxyType({}))

    def names(self) -> tuple[str, ...]:
        """Everybody on the project, each once."""
        return tuple(dict.fromkeys(name for role in ROLES for name in self.people.get(role, ())))


@dataclass(frozen=True, slots=True)
class Declaration:
    """回避 declaration: what ties a person to a unit, a company or a project; 无 declares that nothing does."""

    name: str
    relation: str
    party: str
    projects: tuple[str, ...] = ()
    note: str = ""
    origin: CellRef = field(default_factory=CellRef)


@dataclass(frozen=True, slots=True)
class StaffChange:
    """One person replaced by another; ``consent`` is the file of the client's consent."""

    before: str
    after: str
    day: date | None
    consent: str
    reason: str
    origin: CellRef = field(default_factory=CellRef)


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone, or an acceptance or payment: what, by when, done when, by whom, on what paper.

    ``share``: of the contract price, as a fraction; None for what is no payment.
    """

    name: str
    due: date | None
    done: date | None
    responsible: str = ""
    paper: str = ""
    share: Decimal | None = None
    origin: CellRef = field(default_factory=CellRef)


@dataclass(frozen=True, slots=True)
class Blocked:
    """A person who must keep out of a project, and why, in Chinese."""

    name: str
    project: str
    why: str
    origin: CellRef = field(default_factory=CellRef)


@dataclass(frozen=True, slots=True)
class Team:
    """All of 工作组.xlsx.

    Attributes:
        argued: day of 方案论证, before which staff may change. disclosure: what is said where the client is evaluated.
        blocked: recusals that follow from it; a person blocked on a project counts for nothing there.
    """

    members: tuple[Member, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    changes: tuple[StaffChange, ...] = ()
    milestones: tuple[Step, ...] = ()
    payments: tuple[Step, ...] = ()
    argued: date | None = None
    disclosure: str = ""
    blocked: tuple[Blocked, ...] = ()

    def member(self, name: str) -> Member | None:
        """The person of a name."""
        return next((member for member in self.members if member.name == name), None)

    def on_project(self, project: str, role: str) -> tuple[str, ...]:
        """Who may act in a role on a project: assigned, and not blocked there."""
        out = {block.name for block in self.blocked if block.project == project}
        found = next((assignment for assignment in self.assignments if assignment.project == project), None)
        return tuple(name for name in (found.people.get(role, ()) if found else ()) if name not in out)

    def why_not(self, name: str, project: str) -> str:
        """Why a person may not act on a project; "" where nothing speaks against it."""
        return next((block.why for block in self.blocked if (block.name, block.project) == (name, project)), "")
