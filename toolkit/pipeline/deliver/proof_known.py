"""What a workspace knows that a report can be compared with: roster, scheme, master figures."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

from toolkit.aggregate import build_master
from toolkit.model import Value
from toolkit.model.master import FundFigures, MasterFigures
from toolkit.pipeline.deliver.master_book import master_values, plan_master
from toolkit.pipeline.examine.results import results
from toolkit.pipeline.plan.evaluation import Evaluation, load
from toolkit.proof.report import Known, KnownProject
from toolkit.report import cell_shown
from toolkit.text.numerals import MONEY_UNITS

_AMOUNTS = {
    "合同金额": "contract",
    "审定金额": "audited",
    "预算资金": "budget",
    "实际到位资金": "arrived",
    "实际支出资金": "spent",
    "累计支付": "cumulative",
}


def known_of(workspace: Path, now: datetime) -> Known:
    """What the workspace knows; a scored one knows its amounts and scores too.

    Raises:
        WorkspaceError: the folder is no workspace.
        SchemeError: its scheme or roster has mistakes.
    """
    evaluation = load(workspace)
    master = build_master(plan_master(evaluation, results(evaluation, now.date())))
    figures = master.figures
    return Known(
        tuple(_projects(evaluation, figures)),
        tuple(evaluation.roster.units()),
        {indicator.name: indicator.full_mark for indicator in evaluation.scheme.indicators},
        {band.name: band.lower for band in evaluation.scheme.grade_bands},
        partial(_told, master_values(evaluation, master.data)),
        evaluation.scheme.total_mark,
    )


def _told(values: Mapping[str, Value], at: str, text: str) -> str | None:
    return cell_shown(at, text, values)


def _projects(evaluation: Evaluation, figures: MasterFigures) -> Iterator[KnownProject]:
    scale = MONEY_UNITS.get(evaluation.scheme.money_unit, Decimal(10_000))
    scored = {item.project.id: item for item in figures.projects if item.project is not None}
    for project in evaluation.roster.projects:
        found = scored.get(project.id)
        amounts = _amounts(figures.funds.get(project.id), scale)
        if project.contract_amount is not None:
            amounts["合同金额"] = project.contract_amount * scale
        score, grade = (found.total.value, found.grade) if found else (None, "")
        yield KnownProject(project.name, project.unit, amounts, score, grade)


def _amounts(funds: FundFigures | None, scale: Decimal) -> dict[str, Decimal]:
    if funds is None:
        return {}
    values = {name: getattr(funds, attribute).value for name, attribute in _AMOUNTS.items()}
    return {name: value * scale for name, value in values.items() if value is not None}
