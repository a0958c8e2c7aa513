"""What each unit reported in sum against what the roster says of its projects."""

from collections.abc import Mapping
from decimal import Decimal

from toolkit.checks.case import CENT
from toolkit.model import CellRef, Finding, Project, Roster, Scheme, Severity, Submission
from toolkit.text import amount


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
    return Finding(
        "BATCH-08",
        Severity.WARNING,
        CellRef(),
        f"{unit}填报的合同金额合计{amount(said)}{money_unit}，项目清单为{amount(listed)}{money_unit}，"
        f"涉及项目{'、'.join(project.id for project in differing)}",
        f"向{unit}核对各项目合同；清单有误的更正清单",
        project=differing[0].id,
        indicator="合同金额",
        found=amount(said),
        expected=amount(listed),
    )
