"""The first page of the brief report: three conclusions, five figures, five decisions; it holds no more."""

from collections.abc import Sequence

from toolkit.model import PROVISIONAL, Figure, ProblemClass, ProblemFigures, SelfFigures
from toolkit.report.facts import ReportFacts
from toolkit.report.library import fact, holds_for_the_whole, told
from toolkit.report.reckoned import count
from toolkit.report.wording import Sentence, chained, say, width

_Row = dict[str, object]
_LINE = 25
"""Characters of 三号 that surely fit on a line of 28: a program adds air between Chinese characters and digits."""
_MORE = 9
"""Characters that say how many breaches the page has no room for."""
_LEAD = 8
"""Characters a conclusion begins with: indent and its name."""
_LINES = {ProblemClass.COMPLIANCE: 4, ProblemClass.PERFORMANCE: 2, ProblemClass.MANAGEMENT: 2}
_FULL = {**_LINES, ProblemClass.COMPLIANCE: 3}
"""Where every decision takes two lines, the page has one line less for conclusions."""
_ROW = 28
"""Characters that fit on a line of the decisions' table."""
_FIGURES, _DECISIONS = 5, 5
_CARD = 9
"""Characters of an amount beyond which it would be broken within its card."""
_ADVICE = 24
"""Characters of advice that fit in two lines of the decisions' table."""


def first_page(facts: ReportFacts) -> dict[str, object]:
    """Names of the template: 首页底线, 首页成效, 首页资金, 首页数字, 首页决策."""
    decided = _decided(facts)
    lines = _FULL if len(decided) == _DECISIONS and all(_is_long(facts, row) for row in decided) else _LINES
    shown = {kind: _that_fit(facts, kind, number) for kind, number in lines.items()}
    told_already = [row for rows in shown.values() for row in rows]
    return {
        "首页底线": _conclusion(
            facts, shown[ProblemClass.COMPLIANCE], _left_out(facts, shown[ProblemClass.COMPLIANCE])
        ),
        "首页成效": _conclusion(facts, shown[ProblemClass.PERFORMANCE]),
        "首页资金": _conclusion(facts, shown[ProblemClass.MANAGEMENT]),
        "首页数字": _figures(facts, told_already),
        "首页决策": _decisions(facts, decided),
    }


def _rows(facts: ReportFacts, kind: ProblemClass) -> list[ProblemFigures]:
    """Problems of a class, the gravest of every dimension before the second of any: approval beside security."""
    own = next((one.rows for one in told(facts) if one.problem_class is kind), ())
    dimensions = {indicator.code: indicator.dimension for indicator in facts.scheme.indicators}
    seen: list[str] = []
    turns = []
    for row in own:
        dimension = dimensions.get(row.tally.row.indicator, "")
        turns.append(seen.count(dimension))
        seen.append(dimension)
    return [row for _, row in sorted(zip(turns, own, strict=True), key=lambda pair: pair[0])]


def _that_fit(facts: ReportFacts, kind: ProblemClass, lines: int) -> list[ProblemFigures]:
    """The gravest problems of a class, as many as its lines hold; one at least. One too long leaves room for others."""
    left = lines * _LINE - _LEAD - (_MORE if kind is ProblemClass.COMPLIANCE else 0)
    shown: list[ProblemFigures] = []
    for row in _rows(facts, kind):
        needed = width(_told_of(facts, row)) + 1
        if needed <= left or not shown:
            shown.append(row)
            left -= needed
    return shown


def _conclusion(facts: ReportFacts, rows: Sequence[ProblemFigures], more: str = "") -> Sentence:
    return say(chained([_told_of(facts, row) for row in rows], "；"), more, "。") if rows else ()


def _told_of(facts: ReportFacts, row: ProblemFigures) -> Sentence:
    """A problem; of a whole that is scored as one, with what the evaluator found in it."""
    return fact(facts, row, with_reason=True)


def _left_out(facts: ReportFacts, shown: Sequence[ProblemFigures]) -> str:
    """；另有5类见完整版: how many breaches of 合规底线 the page has no room for."""
    others = len(_rows(facts, ProblemClass.COMPLIANCE)) - len(shown)
    return f"；另有{others}类见完整版" if others else ""


def _figures(facts: ReportFacts, told_already: Sequence[ProblemFigures]) -> list[_Row]:
    """Mean score, grades, the widest problems that no conclusion tells, self score against verified score."""
    is_graded = not facts.only and any(figure.value for figure in facts.figures.grades.values())
    cards = [_mean(facts), _grades(facts)] if is_graded else []
    total = facts.figures.self_total
    compared = total is not None and bool(total.given.value)
    classes = (ProblemClass.PERFORMANCE, ProblemClass.COMPLIANCE, ProblemClass.MANAGEMENT)
    rest = [
        row
        for kind in classes
        for row in _rows(facts, kind)
        if row not in told_already and not holds_for_the_whole(facts, row)
    ]
    problems: list[_Row] = [{"数字": (row.projects, "个项目"), "说明": _without_count(facts, row)} for row in rest]
    cards += problems[: _FIGURES - len(cards) - compared]
    if total is not None and compared:
        cards.append(_self_scored(facts, total))
    return [*cards, *_of_the_whole(facts, with_score=not is_graded)][:_FIGURES]


def _self_scored(facts: ReportFacts, total: SelfFigures) -> _Row:
    """33个项目: 自评高于复核，最多高9.89分; of a single score by how much."""
    compared = [own for own in facts.figures.self_scores if own.given.value and own.difference.value is not None]
    most = max((own.difference for own in compared), key=lambda figure: figure.value or 0, default=total.difference)
    if len(compared) > 1 and (most.value or 0) > 0:
        higher = count([own.difference for own in facts.figures.self_scores], ">0")
        return {"数字": (higher, "个项目"), "说明": say("自评高于复核，最多高", most, "分")}
    words = "自评分合计高出复核分合计" if (total.difference.value or 0) > 0 else "自评分合计减复核分合计"
    return {"数字": (total.difference, "分"), "说明": (words,)}


def _of_the_whole(facts: ReportFacts, *, with_score: bool) -> list[_Row]:
    """Figures of the evaluation as a whole, where problems do not give enough."""
    score = ("综合得分" if facts.only else "平均得分", facts.figures.overall["平均得分"], "分")
    known = (*((score,) if with_score else ()), *_totals_of_money(facts))
    return [
        {"数字": (figure, unit), "说明": (words,)}
        for words, figure, unit in known
        if figure.value is not None and len(figure.text) <= _CARD
    ]


def _totals_of_money(facts: ReportFacts) -> list[tuple[str, Figure, str]]:
    totals, unit = facts.figures.fund_totals, facts.scheme.money_unit
    rates = [
        ("预算执行率", totals.execution_rate, ""),
        ("资金到位率", totals.arrival_rate, ""),
        ("成本节约率", totals.saving_rate, ""),
    ]
    return [*rates, ("实际支出资金", totals.spent, unit), ("合同金额", totals.contract, unit)]


def _mean(facts: ReportFacts) -> _Row:
    """88.58分, what a reader asks for first; of scores that may still change it says so."""
    words = f"平均得分{PROVISIONAL if facts.provisional else ''}"
    return {"数字": (facts.figures.overall["平均得分"], "分"), "说明": (words,)}


def _grades(facts: ReportFacts) -> _Row:
    """The best grade that any project has, then the others."""
    (best, number), *others = ((name, figure) for name, figure in facts.figures.grades.items() if figure.value)
    rest = chained([say(f"{name}", figure) for name, figure in others])
    return {"数字": (number, "个项目"), "说明": say(best, say("（", rest, "）") if rest else ())}


def _without_count(facts: ReportFacts, row: ProblemFigures) -> Sentence:
    """19个项目提质增效没有达到预期 → 提质增效没有达到预期, below its 19."""
    first, *rest = fact(facts, row)
    count = row.projects.text
    if isinstance(first, Figure) and first.text == count and rest and isinstance(rest[0], str):
        return say(rest[0].removeprefix("个项目").removeprefix("的"), *rest[1:])
    return of_a_population(fact(facts, row), count)


def of_a_population(told: Sentence, count: str) -> Sentence:
    """3个项目中1个初验晚于计划 → 3个项目中初验晚于计划, below the 1."""
    before = next((at for at, piece in enumerate(told) if isinstance(piece, str) and piece.endswith("个项目中")), None)
    if before is None or len(told) < before + 3:
        return told
    number, behind = told[before + 1 : before + 3]
    if not (isinstance(number, Figure) and number.text == count and isinstance(behind, str)):
        return told
    return say(*told[: before + 1], behind.removeprefix("个"), *told[before + 3 :])


def _decided(facts: ReportFacts) -> list[ProblemFigures]:
    """The problems whose advice the reader is asked to decide on: the gravest."""
    rows = [row for one in told(facts) for row in _rows(facts, one.problem_class) if row.tally.row.advice]
    grave = [row for row in rows if row.tally.row.problem_class is ProblemClass.COMPLIANCE]
    money = [row for row in rows if row not in grave and row.tally.row.amount_unit in ("万元", "元")]
    rest = [row for row in rows if row not in grave and row not in money]
    return [*grave[: _DECISIONS - 1], *money[:1], *rest][:_DECISIONS]


def _decisions(facts: ReportFacts, decided: Sequence[ProblemFigures]) -> list[_Row]:
    """The advice on the gravest problems, with who acts and until when."""
    return [
        {
            "序号": number,
            "事项": fact(facts, row),
            "建议": _short(row.tally.row.advice),
            "责任": row.tally.row.responsible or "责任单位",
            "期限": row.tally.row.deadline or "—",
        }
        for number, row in enumerate(decided, 1)
    ]


def _is_long(facts: ReportFacts, row: ProblemFigures) -> bool:
    """Whether a row of the decisions' table takes two lines."""
    return width(say(fact(facts, row), "：", _short(row.tally.row.advice), "。")) > _ROW


def _short(advice: str) -> str:
    """The first part of an advice, and the second where both fit."""
    first, _, rest = advice.rstrip("。").partition("；")
    second = rest.partition("；")[0]
    return f"{first}；{second}" if second and len(first) + len(second) < _ADVICE else first
