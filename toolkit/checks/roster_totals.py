"""What each unit reported in sum against what the roster says of its projects."""

from collections.abc import Mapping
from decimal import Decimal

from toolkit.checks.batch_codes import BATCH_CODES
from toolkit.checks.case import CENT
from toolkit.model import CellRef, Content, Finding, Form, Project, Roster, Scheme, Stated, Submission


def unit_totals(scheme: Scheme, roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """Contract amounts of units with several projects; a single project's difference is FUND-05's to report."""
    found = []
    for unit, projects in roster.units().items():
        pairs = [(project, _reported(submissions.get(project.id)), project.contract_amount) for project in projects]
        known = [(project, said, listed) for project, said, listed in pairs if said is not None and listed is not None]
        differing = [project for project, said, listed in known if abs(said - listed) > CENT]
        said = sum((said for _, said, _ in known), Decimal(0))
        listed = sum((listed for _, _, listed in known), Decimal(0))
        if len(differing) > 1 and abs(said - listed) > CENT:
            found.append(_finding(unit, differing, said, listed, scheme.money_unit))
    return found


def _reported(submission: Submission | None) -> Decimal | None:
    value = submission.value("合同金额") if submission else None
    return value if isinstance(value, Decimal) else None


def _finding(unit: str, differing: list[Project], said: Decimal, listed: Decimal, money_unit: str) -> Finding:
    words: dict[str, Content] = {
        "unit": unit, "found": Stated(said, Form.GROUPED, places=2), "expected": Stated(listed, Form.GROUPED, places=2),
        "money": money_unit, "projects": "、".join(project.id for project in differing),
    }  # fmt: skip
    return BATCH_CODES["BATCH-08"].finding(CellRef(), words, project=differing[0].id, indicator="合同金额")
