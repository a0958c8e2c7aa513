"""What a workbook keeps about its project on the hidden sheet: the roster's facts, and the weights that apply to it.

Where a scheme has conditional indicators, 分值, 一级分值 and 总分 differ from project to project. The cells that print
them are formulas over these facts, the same in every workbook, so that no sum counts what the project is not asked.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial

from toolkit.generate.prefill import PROJECT_FACTS, project_fact
from toolkit.model import Indicator, Project, Scheme, Value
from toolkit.model.identity import PROJECT_FACT
from toolkit.rules import applies

_NOTHING = "—"
_TOTAL = "适用总分"


def project_name(fact: str) -> str:
    """Defined name of a project fact on the hidden sheet: ``项目_名称``."""
    return f"{PROJECT_FACT}{fact}"


def facts_of(scheme: Scheme) -> Mapping[str, Callable[[Project], Value]]:
    """Every fact, by the name it has on the hidden sheet, and how a project gives it. Units: 分 for weights."""
    return {fact: partial(project_fact, column=fact) for fact in PROJECT_FACTS} | _marks(scheme)


def mark_fact(indicator: Indicator) -> str:
    """The fact with an indicator's weight, — where it does not apply; "" for an indicator of all projects."""
    return indicator.name_for("适用分值") if indicator.applies_when else ""


def dimension_fact(scheme: Scheme, dimension: str) -> str:
    """The fact with the weight of a first-level indicator; "" where it is the same for all projects."""
    number = list(scheme.dimensions()).index(dimension) + 1
    return f"适用一级分值_{number}" if any(indicator.applies_when for indicator in _under(scheme, dimension)) else ""


def total_fact(scheme: Scheme) -> str:
    """The fact with the sum of all weights; "" where it is the same for all projects."""
    return _TOTAL if any(indicator.applies_when for indicator in scheme.indicators) else ""


def _marks(scheme: Scheme) -> dict[str, Callable[[Project], Value]]:
    marks: dict[str, Callable[[Project], Value]] = {
        fact: partial(_mark, indicator) for indicator in scheme.indicators if (fact := mark_fact(indicator))
    }
    for dimension in scheme.dimensions():
        if fact := dimension_fact(scheme, dimension):
            marks[fact] = partial(_sum, _under(scheme, dimension))
    if fact := total_fact(scheme):
        marks[fact] = partial(_sum, scheme.indicators)
    return marks


def _under(scheme: Scheme, dimension: str) -> list[Indicator]:
    return [indicator for indicator in scheme.indicators if indicator.dimension == dimension]


def _mark(indicator: Indicator, project: Project) -> Value:
    return indicator.full_mark if applies(indicator, project) else _NOTHING


def _sum(indicators: Sequence[Indicator], project: Project) -> Value:
    return sum((indicator.full_mark for indicator in indicators if applies(indicator, project)), Decimal(0))
