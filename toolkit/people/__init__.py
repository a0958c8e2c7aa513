"""人员: who works on an evaluation, on which project in which role, who must keep out, and who signed what.

In: the cells of 工作组.xlsx, the roster, what is known of each project's suppliers. Out: a :class:`Team` with findings,
recusals matched against projects; and sign-offs held against what they were given for. It opens and writes no file.
"""

from toolkit.people.checking import check_team
from toolkit.people.reading import TeamReading, read_team
from toolkit.people.recusal import Party
from toolkit.people.signing import (
    LEVELS,
    NAME,
    PROJECT,
    ROLE_OF,
    Fallen,
    Note,
    NoteState,
    Place,
    Review,
    Signature,
    State,
    digest,
    project_state,
    reviews,
)
from toolkit.people.team import ROLES, Assignment, Blocked, Declaration, Member, StaffChange, Step, Team
from toolkit.people.template import team_workbook
from toolkit.people.told import Known

__all__ = [
    "LEVELS",
    "NAME",
    "PROJECT",
    "ROLES",
    "ROLE_OF",
    "Assignment",
    "Blocked",
    "Declaration",
    "Fallen",
    "Known",
    "Member",
    "Note",
    "NoteState",
    "Party",
    "Place",
    "Review",
    "Signature",
    "StaffChange",
    "State",
    "Step",
    "Team",
    "TeamReading",
    "check_team",
    "digest",
    "project_state",
    "read_team",
    "reviews",
    "team_workbook",
]
