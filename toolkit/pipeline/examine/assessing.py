"""Problems, the facts behind them and consequences of an evaluation, in words."""

from collections.abc import Iterator, Mapping

from toolkit.formula.fields import summed_values
from toolkit.model import (
    WHOLE_EVALUATION,
    Assessment,
    ProblemRow,
    Project,
    SaidHit,
    SaidProblem,
    ScoreSheet,
)
from toolkit.pipeline.examine.results import Examined
from toolkit.pipeline.examine.scoring import ToldProject
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.problems import (
    JudgedProject,
    ProblemCase,
    application_of,
    judged,
    judged_project,
    placeholders,
    summary,
    tallies,
    words,
)


def assess(
    evaluation: Evaluation,
    examined: Examined,
    sheets: Mapping[str, ScoreSheet],
    told: Mapping[str, ToldProject],
) -> Assessment:
    """Hold 问题与建议 and 结果应用 against every project (and against the whole, where that is scored).

    ``told``: of every project, how the rows stand to it.
    """
    projects = tuple(_judged(evaluation, examined, sheets, told))
    scheme, roster = evaluation.scheme, evaluation.roster
    tallied = [tally for tally in tallies(scheme, projects) if tally.hits or (tally.population and _counts(tally.row))]
    whole, returned = sheets.get(WHOLE_EVALUATION), examined.returns.counting
    graded = {one: sheets.get(one) or (whole if one in returned else None) for one in told}
    asked = {indicator.code: "、".join(indicator.evidence) for indicator in scheme.indicators}
    remarks = {(row.key): row.remark() for row in reversed(evaluation.written_losses) if row.typed()}
    return Assessment(
        tuple(SaidProblem(tally, words(summary(tally, roster))) for tally in tallied),
        tuple(
            SaidHit(hit, stated, asked.get(hit.row.indicator, ""), remarks.get((hit.project, hit.row.code)))
            for project in projects
            for hit, stated in zip(project.hits, project.stated, strict=True)
        ),
        tuple(
            applied
            for project in projects
            if project.project in told
            and (applied := application_of(scheme, project.project, graded[project.project], project.hits))
        ),
    )


def _counts(row: ProblemRow) -> bool:
    """Whether 汇总表述 says of how many it holds; one that does not states that it holds."""
    return "n" in placeholders(row.summary)


def _judged(
    evaluation: Evaluation, examined: Examined, sheets: Mapping[str, ScoreSheet], told: Mapping[str, ToldProject]
) -> Iterator[JudgedProject]:
    """Every project; the evaluation itself too where it is scored as a whole."""
    scheme, returned = evaluation.scheme, examined.returns.counting
    rows = {row.code: row for row in scheme.problems}
    for project, own in told.items():
        sheet = sheets.get(project) if project in returned else None
        yield judged_project(rows, project, own.problems, sheet if sheet and sheet.has_data else None)
    whole = sheets.get(WHOLE_EVALUATION)
    if whole is not None:
        verified = {
            opinion.item: opinion.verified
            for opinion in evaluation.opinions
            if opinion.project == WHOLE_EVALUATION and not opinion.indicator
        }
        summed = summed_values(scheme, [told[project].fields for project in returned if project in told], verified)
        itself = Project(WHOLE_EVALUATION, scheme.year, scheme.client, (scheme.client,), scheme.title, None)
        yield judged(ProblemCase(scheme, itself, summed, whole), evaluation.roster)
