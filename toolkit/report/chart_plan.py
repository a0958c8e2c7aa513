"""The charts of the overall reports, as native charts; a chart of a single bar says nothing and is left out."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from toolkit.model import Figure
from toolkit.report.facts import ReportFacts
from toolkit.report.funds import fund_sum
from toolkit.word.charts import ChartKind, ChartSpec

GRADES, MARKS, RATES = "等级分布", "一级指标分值与得分", "一级指标得分率"
RANKING, WEAKEST, MONEY = "项目得分", "得分率较低的指标", "资金总体情况"
SCATTER, CLAIMED = "合同额与得分", "自评高于复核的分数"
OVERALL_CHARTS = (GRADES, MARKS, RATES, RANKING, WEAKEST, MONEY, SCATTER, CLAIMED)
"""All that a template may have a place for."""
_NAMED = 3
"""Points of a scatter that are named at either end of either axis."""
_COLUMN_HEIGHT = 5.8  # cm
_MOST_BARS, _WEAKEST, _LABEL, _LONG_LABEL = 45, 10, 14, 22
_AMOUNTS = {
    "contract": "合同金额",
    "budget": "预算资金",
    "arrived": "实际到位",
    "spent": "实际支出",
    "cumulative": "累计支付",
}


def overall_charts(facts: ReportFacts) -> dict[str, ChartSpec]:
    """Chart name → what it shows; only charts with something to compare."""
    made = {
        GRADES: _grades(facts),
        MARKS: _marks(facts),
        RATES: _rates(facts),
        RANKING: _ranking(facts),
        WEAKEST: _weakest(facts),
        MONEY: _money(facts),
        SCATTER: _scatter(facts),
        CLAIMED: _claimed(facts),
    }
    return {name: spec for name, spec in made.items() if spec is not None}


def _grades(facts: ReportFacts) -> ChartSpec | None:
    if facts.only:
        return None
    return _chart(ChartKind.COLUMN, {"项目数": facts.figures.grades}, "0")


def _marks(facts: ReportFacts) -> ChartSpec | None:
    rates = facts.figures.dimensions
    scored = "得分" if facts.only else "平均得分"
    weights = {rate.name: rate.effective_mark if facts.categorised else rate.full_mark for rate in rates}
    series = {
        "平均计分值" if facts.categorised else "分值": weights,
        scored: {rate.name: rate.average for rate in rates},
    }
    return _chart(ChartKind.COLUMN, series, "0.00")


def _rates(facts: ReportFacts) -> ChartSpec | None:
    rates = {"得分率": {dimension.name: dimension.rate for dimension in facts.figures.dimensions}}
    return _chart(ChartKind.COLUMN, rates, "0.00%", top=1.0)


def _ranking(facts: ReportFacts) -> ChartSpec | None:
    """Bars of more projects than fit on a page could not be read."""
    ranked = facts.ranked()
    if facts.only or not ranked or len(ranked) > _MOST_BARS:
        return None
    labels = [f"{one.project.id if one.project else ''} {_short(one.name, _LONG_LABEL)}".strip() for one in ranked]
    totals = [one.total.value for one in ranked]
    return ChartSpec(ChartKind.BAR, labels, {"总分": totals}, number_format="0.00")


def _weakest(facts: ReportFacts) -> ChartSpec | None:
    lost = [
        indicator
        for indicator in facts.figures.indicators
        if indicator.rate.value is not None and indicator.rate.value < 1
    ]
    ordered = sorted(lost, key=lambda one: one.rate.value or Decimal(0))[:_WEAKEST]
    return _chart(ChartKind.BAR, {"得分率": {_short(one.name): one.rate for one in ordered}}, "0.00%", top=1.0)


def _scatter(facts: ReportFacts) -> ChartSpec | None:
    """Contract against score, a colour a type of project; largest contracts and lowest scores carry their number.

    The type with the most projects comes first: LibreOffice draws no points of a first series shorter than another.
    """
    scored = [
        line for line in facts.scored if line.project and line.funds.contract.value and line.total.value is not None
    ]
    if len(scored) < _NAMED:
        return None
    kinds = [(line.project.project_type if line.project else "") or "项目" for line in scored]
    series = {
        kind: [line.total.value if own == kind else None for line, own in zip(scored, kinds, strict=True)]
        for kind in sorted(dict.fromkeys(kinds), key=kinds.count, reverse=True)
    }
    places = range(len(scored))
    largest = sorted(places, key=lambda place: -(scored[place].funds.contract.value or 0))[:_NAMED]
    lowest = sorted(places, key=lambda place: scored[place].total.value or 0)[:_NAMED]
    return ChartSpec(
        ChartKind.SCATTER,
        [line.project.id if line.project else "" for line in scored],
        series,
        number_format="0.00",
        height_cm=7.5,
        across=[line.funds.contract.value for line in scored],
        axes=(f"合同金额（{facts.scheme.money_unit}）", "得分"),
        named=sorted({*largest, *lowest}),
        top=float(facts.scheme.total_mark),
        bottom=float(min(line.total.value or Decimal(0) for line in scored) // 10 * 10),
    )


def _claimed(facts: ReportFacts) -> ChartSpec | None:
    """By how much each project scored itself higher than it was verified, the most first."""
    compared = [
        score for score in facts.figures.self_scores if score.given.value and score.difference.value is not None
    ]
    if len(compared) < _NAMED or len(compared) > _MOST_BARS:
        return None
    ordered = sorted(compared, key=lambda score: -(score.difference.value or 0))
    values = {"自评减复核": [one.difference.value for one in ordered]}
    codes = [one.code for one in ordered]
    return ChartSpec(ChartKind.COLUMN, codes, values, number_format="0.00", height_cm=_COLUMN_HEIGHT, labels=False)


def _money(facts: ReportFacts) -> ChartSpec | None:
    """Sums over the projects of which every amount is known: only then can they be compared; equal ones say nothing."""
    shown = [name for name in _AMOUNTS if fund_sum(facts, name).value]
    funds = facts.figures.funds.values()
    every = [own for own in funds if all(getattr(own, name).value is not None for name in shown)]
    sums = [sum((getattr(own, name).value for own in every), Decimal(0)) for name in shown]
    if len(set(sums)) < 2 or not every:
        return None
    unit = facts.scheme.money_unit
    label = f"金额（{unit}，{len(every)}个项目）" if facts.has_many_projects else f"金额（{unit}）"
    number_format = "#,##0" if unit == "元" else "#,##0.00"  # long labels would break in two
    names = [_AMOUNTS[name] for name in shown]
    return ChartSpec(ChartKind.COLUMN, names, {label: sums}, number_format=number_format, height_cm=_COLUMN_HEIGHT)


def _chart(
    kind: ChartKind, series: Mapping[str, Mapping[str, Figure]], number_format: str, *, top: float | None = None
) -> ChartSpec | None:
    categories: Sequence[str] = list(next(iter(series.values())))
    if len(categories) < 2:
        return None
    values = {name: [figure.value for figure in figures.values()] for name, figures in series.items()}
    height = _COLUMN_HEIGHT if kind is ChartKind.COLUMN else 0.0
    return ChartSpec(kind, categories, values, number_format=number_format, top=top, height_cm=height)


def _short(name: str, most: int = _LABEL) -> str:
    return name if len(name) <= most else f"{name[:most]}…"
