"""Problems, the facts behind them and consequences of an evaluation, in words."""

from collections.abc import Mapping

from toolkit.formula.fields import FieldValues
from toolkit.model import WHOLE_EVALUATION, Assessment, LossRemark, ProblemHit, SaidHit, SaidProblem, ScoreSheet
from toolkit.pipeline.examine.results import Examined, problem_cases
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.problems import application_of, hits_of, statement, summary, tallies, words


def assess(
    evaluation: Evaluation,
    examined: Examined,
    sheets: Mapping[str, ScoreSheet],
    fields: Mapping[str, FieldValues] | None = None,
) -> Assessment:
    """Hold 问题与建议 and 结果应用 against every project (and against the whole, where that is scored).

    ``fields``: every project's as verified, where they are known already.
    """
    cases = problem_cases(evaluation, examined, sheets, fields)
    hits = {case.project.id: hits_of(case) for case in cases}
    scheme, roster = evaluation.scheme, evaluation.roster
    told = [tally for tally in tallies(cases, hits) if tally.hits or tally.population]
    whole, returned = sheets.get(WHOLE_EVALUATION), examined.returns.counting
    graded = {case.project.id: case.sheet or (whole if case.project.id in returned else None) for case in cases}
    remarks = {(row.key): row.remark() for row in reversed(evaluation.written_losses) if row.typed()}
    return Assessment(
        tuple(SaidProblem(tally, words(summary(tally, roster))) for tally in told),
        tuple(_said(evaluation, hit, remarks) for case in cases for hit in hits[case.project.id]),
        tuple(
            applied
            for case in cases
            if roster.project(case.project.id)
            and (applied := application_of(scheme, case.project.id, graded[case.project.id], hits[case.project.id]))
        ),
    )


def _said(evaluation: Evaluation, hit: ProblemHit, remarks: Mapping[tuple[str, str], LossRemark]) -> SaidHit:
    indicator = evaluation.scheme.indicator(hit.row.indicator)
    asked = "、".join(indicator.evidence) if indicator else ""
    stated = words(statement(hit, evaluation.scheme, evaluation.roster))
    return SaidHit(hit, stated, asked, remarks.get((hit.project, hit.row.code)))
