"""自评与复核: self scores against verified ones by project and by indicator; the rows add up to the totals."""

from collections.abc import Callable
from decimal import Decimal

from toolkit.model import Figure, SelfFigures
from toolkit.report import listing
from toolkit.report.facts import ReportFacts
from toolkit.report.reckoned import count, count_both, in_one_column, total
from toolkit.report.wording import Sentence, say
from toolkit.text import plain, printed_score

_Row = dict[str, object]
_SUMMED = {"项数": plain, "自评": printed_score, "复核": printed_score, "差额": printed_score, "满分": plain}


def self_review(facts: ReportFacts) -> dict[str, object]:
    """Names of the templates: 自评项目, 自评指标, 自评合计, 自评说明."""
    figures = facts.figures
    total = figures.self_total
    if total is None or not total.given.value:
        return {"自评项目": [], "自评指标": [], "自评说明": (), "自评合计": {}}
    return {
        "自评项目": _of_projects([score for score in figures.self_scores if score.given.value]),
        "自评指标": [_row(indicator) for indicator in figures.self_indicators if indicator.given.value],
        "自评说明": () if facts.only else _spread(figures.self_scores),
        "自评合计": _row(total),
    }


def _of_projects(compared: list[SelfFigures]) -> list[_Row]:
    others = [_row(score) for score in listing.rest(compared)]
    sums = {part: _sum([row[part] for row in others], text) for part, text in _SUMMED.items()} if others else {}
    return listing.closed([_row(score) for score in listing.first(compared)], len(others), "汇总总表《自评复核》", sums)


def _sum(cells: list[object], text: Callable[[Decimal], str]) -> Figure | str:
    """The sum of a column's cells, traced where they stand row below row."""
    figures = [cell for cell in cells if isinstance(cell, Figure)]
    found = total(figures, text)
    return found if in_one_column(figures) else found.text


def _row(figures: SelfFigures) -> _Row:
    return {
        "编号": figures.code,
        "名称": figures.name,
        "项数": figures.given,
        "自评": figures.claimed,
        "复核": figures.verified,
        "差额": figures.difference,
        "满分": figures.full,
    }


def _spread(every: tuple[SelfFigures, ...]) -> Sentence:
    """How many projects scored themselves higher, lower, the same."""
    given, differences = [figures.given for figures in every], [figures.difference for figures in every]
    known = count(given, ">0")
    higher, lower, same = (count(differences, test) for test in (">0", "<0", "=0"))
    alike = count_both(differences, "=0", given, ">0")
    if alike.value != same.value:  # a project without self scores differs by 0, too
        same = alike
    opening = say("有自评分的", known, "个项目中，自评高于复核的", higher, "个，低于复核的", lower, "个")
    return say(opening, "，一致的", same, "个。")
