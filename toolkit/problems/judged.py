"""How the rows of 问题与建议 stand to one project, judged now or kept in short, and to all projects together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.model import ProblemHit, ProblemRow, ProblemTally, Roster, Scheme, ScoreSheet, Value
from toolkit.problems.case import JudgementState, ProblemCase
from toolkit.problems.judging import OTHER_LOSS, at_stake, hits_among, judge, loss_row
from toolkit.problems.sentences import statement, words


@dataclass(frozen=True, slots=True)
class ShortHit:
    """A :class:`ProblemHit` without its row and project; ``stated``: its sentence (问题表述)."""

    code: str
    amount: Decimal | None
    lost: Decimal
    values: Mapping[str, Value]
    stated: str


@dataclass(frozen=True, slots=True)
class ShortJudgements:
    """What the rows of a scheme come to for one project, to be kept: neither rows nor project are told again.

    Attributes:
        states: of every row, in the scheme's order.
        hits: the gravest first.
    """

    states: tuple[JudgementState, ...] = ()
    hits: tuple[ShortHit, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgedProject:
    """How the rows stand to one project.

    Attributes:
        project: its id.
        states: of every row of the scheme, in its order.
        hits: the gravest first. stated: the sentence of each.
        indicators: codes of its score lines.
    """

    project: str
    states: tuple[JudgementState, ...]
    hits: tuple[ProblemHit, ...]
    stated: tuple[str, ...]
    indicators: frozenset[str]


def short_judgements(case: ProblemCase, roster: Roster) -> ShortJudgements:
    """Hold every row against one project. Units: amounts as the rows say; points in 分."""
    judgements = [judge(row, case) for row in case.scheme.problems]
    hits = tuple(
        ShortHit(hit.row.code, hit.amount, hit.lost, hit.values, words(statement(hit, case.scheme, roster)))
        for hit in hits_among(case, judgements)
    )
    return ShortJudgements(tuple(judged.state for judged in judgements), hits)


def judged_project(
    rows: Mapping[str, ProblemRow], project: str, short: ShortJudgements, sheet: ScoreSheet | None
) -> JudgedProject:
    """The judgements of a project with the rows they are about.

    Args:
        rows: of the scheme, by code.
        project: its id.
        short: what the rows came to.
        sheet: the score sheet they were held against.
    """
    lines = {line.code: line for line in sheet.lines} if sheet else {}
    hits = tuple(
        ProblemHit(
            rows.get(hit.code) or loss_row(lines[hit.code.removeprefix(f"{OTHER_LOSS}-")]),
            project,
            hit.amount,
            hit.lost,
            hit.values,
        )
        for hit in short.hits
    )
    return JudgedProject(project, short.states, hits, tuple(hit.stated for hit in short.hits), frozenset(lines))


def judged(case: ProblemCase, roster: Roster) -> JudgedProject:
    """Hold every row against one project."""
    rows = {row.code: row for row in case.scheme.problems}
    return judged_project(rows, case.project.id, short_judgements(case, roster), case.sheet)


def tallies(scheme: Scheme, projects: Sequence[JudgedProject]) -> tuple[ProblemTally, ...]:
    """Every row over all projects, the gravest first; rows that hold for nobody are there too, with their population.

    Losses without a row of their own follow as one tally an indicator.
    """
    if not projects:
        return ()
    rows = {row.code: row for row in scheme.problems}
    rows |= {hit.row.code: hit.row for project in projects for hit in project.hits if hit.row.code not in rows}
    hits: dict[str, list[ProblemHit]] = {code: [] for code in rows}
    for project in projects:
        for hit in project.hits:
            hits[hit.row.code].append(hit)
    places = {row.code: place for place, row in enumerate(scheme.problems)}
    made = [_tally(row, places.get(row.code), projects, hits[row.code]) for row in rows.values()]
    return tuple(sorted(made, key=_weight))


def _tally(
    row: ProblemRow, place: int | None, projects: Sequence[JudgedProject], hits: Sequence[ProblemHit]
) -> ProblemTally:
    own = tuple(sorted(hits, key=lambda hit: (-(hit.amount or Decimal(0)), -at_stake(hit))))
    if place is None:  # losses that no row explains
        scored = tuple(project.project for project in projects if row.indicator in project.indicators)
        return ProblemTally(row, scored, own, ())
    found = [(project.project, project.states[place]) for project in projects]
    known = tuple(i for i, state in found if state in (JudgementState.HOLDS, JudgementState.NOT))
    return ProblemTally(row, known, own, tuple(i for i, state in found if state is JudgementState.UNKNOWN))


def _weight(tally: ProblemTally) -> tuple[int, bool, bool, Decimal, Decimal]:
    money = tally.total if tally.row.amount_unit in ("万元", "元") else None
    problem_class, others = tally.row.weight
    points = sum(map(at_stake, tally.hits), Decimal(0))
    return (problem_class, not tally.hits, others, -(money or Decimal(0)), -points)
