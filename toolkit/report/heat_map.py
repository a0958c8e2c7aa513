"""得分热力图: every project against every indicator, what was lost in colour; one page of A3 lying on its side."""

from decimal import Decimal

from toolkit.model import LineState, ProjectFigures
from toolkit.report import listing
from toolkit.report.facts import ReportFacts
from toolkit.report.indicators import pending_cells

_Row = dict[str, object]
_MOST_COLUMNS = 50
_FULL, _LEFT_OUT = "FFFFFF", "D9D9D9"
_AWAITED = "—"
_SHADES = (
    (Decimal("0.9"), "FCE4D6"),
    (Decimal("0.8"), "F8CBAD"),
    (Decimal("0.6"), "F4B084"),
    (Decimal(0), "E06666"),
)
"""From which score rate up a cell has which colour; darker is worse, also printed in black and white."""


def heat_map(facts: ReportFacts) -> dict[str, object]:
    """Names of the template: 热力图 with 指标, 行, 得分率; empty where there is nothing to compare or no room."""
    indicators = facts.figures.indicators
    if len(facts.scored) < 2 or len(indicators) > _MOST_COLUMNS or listing.rest(facts.scored):
        return {"热力图": {}}
    rows = [_row(project, [indicator.code for indicator in indicators]) for project in facts.ranked()]
    names = [indicator.name for indicator in indicators]
    rates = [pending_cells(facts, indicator.code).get("得分率", indicator.rate) for indicator in indicators]
    return {"热力图": {"指标": names, "行": rows, "得分率": rates}}


def _row(project: ProjectFigures, codes: list[str]) -> _Row:
    number = project.project.id if project.project else ""
    return {"名称": f"{number} {project.name}", "格": [_cell(project, code) for code in codes], "总分": project.total}


def _cell(project: ProjectFigures, code: str) -> _Row:
    """A full score stays white and empty, so that what was lost stands out."""
    line = project.sheet.own_line(code)
    if line is None or line.state is LineState.NOT_APPLICABLE or not line.effective_mark:
        return {"色": _LEFT_OUT, "分": ""}
    if line.state is LineState.PENDING:
        return {"色": _FULL, "分": _AWAITED}
    rate = line.score / line.effective_mark
    if rate >= 1:
        return {"色": _FULL, "分": ""}
    shade = next((colour for least, colour in _SHADES if rate >= least), _SHADES[-1][1])
    return {"色": shade, "分": project.indicators.get(code, "")}
