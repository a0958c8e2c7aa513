"""Sheet 失分情况 of 评审意见.xlsx kept up to date: every loss, who scored it on what evidence, what people wrote."""

from collections.abc import Callable, Mapping
from functools import partial

from toolkit.model import Assessment, Finding, Opinion, SaidHit, ScoreSheet
from toolkit.pipeline.plan.changing import begin_change
from toolkit.pipeline.plan.evaluation import Evaluation, grouped
from toolkit.pipeline.plan.side_by_side import in_a_copy
from toolkit.review import MOST_LISTED, Loss, loss_findings, unlisted, with_losses
from toolkit.text import plain
from toolkit.text.unjudged import nobody

_GIVES_WAY = 10
"""The copy that works the workbook out has time until the master is written."""
_LISTED = "系统按数据列出，未经人工核查"


def begin_losses(
    evaluation: Evaluation, assessment: Assessment, sheets: Mapping[str, ScoreSheet]
) -> Callable[[], list[Finding]]:
    """Begin to put every loss into the review workbook; what comes back says what people wrote about others now.

    A copy of this process works the workbook out, so that the master is made meanwhile; what comes back waits for it
    and puts it in its place. A workbook that is open in Excel stays as it is until the next time.
    """
    path = evaluation.workspace.opinions
    hits, most = assessment.hits, MOST_LISTED
    count = len(hits)
    if count > most:  # of so many only those are listed that somebody wrote about
        written = {row.key for row in evaluation.written_losses}
        hits, most = tuple(said for said in hits if (said.hit.project, said.hit.row.code) in written), 0
    opinions = grouped(evaluation.opinions if hits else ())
    losses = tuple(_loss(evaluation, said, sheets, opinions) for said in hits)
    if not path.exists() or not count:
        return list
    title = f"{evaluation.scheme.title}：失分和问题的事实、原因、建议"
    changed = partial(with_losses, losses=losses, title=title, most=most)
    put = begin_change(path, changed, lambda work: in_a_copy(work, _GIVES_WAY))

    def noted() -> list[Finding]:
        put()
        return [*loss_findings(evaluation.written_losses, losses), *unlisted(count, path.name)]

    return noted


def _loss(
    evaluation: Evaluation,
    said: SaidHit,
    sheets: Mapping[str, ScoreSheet],
    opinions: Mapping[str, tuple[Opinion, ...]],
) -> Loss:
    row, project = said.hit.row, evaluation.roster.project(said.hit.project)
    indicator = evaluation.scheme.indicator(row.indicator)
    return Loss(
        project=said.hit.project,
        project_name=project.name if project else evaluation.scheme.title,
        code=row.code,
        indicator=row.indicator,
        indicator_name=indicator.name if indicator else "",
        kind=row.problem_class.value,
        lost=plain(said.hit.lost),
        scored_by=_scored_by(opinions, sheets.get(said.hit.project), row.indicator),
        fact=said.stated,
        causes=row.causes,
        advice=row.advice,
        evidence=said.asked,
    )


def _scored_by(opinions: Mapping[str, tuple[Opinion, ...]], sheet: ScoreSheet | None, code: str) -> str:
    """Who scored an indicator on what evidence, or that the system did by its rule."""
    line = next((line for line in sheet.lines if line.code == code), None) if sheet else None
    if sheet is None or line is None:
        return _LISTED
    if not line.evaluator:
        return nobody(line.state)
    own = (opinion for opinion in opinions.get(sheet.project, ()) if opinion.indicator == code)
    evidence = "；".join(dict.fromkeys(opinion.evidence for opinion in own if opinion.evidence))
    people = f"{line.evaluator}评定{f'、{line.reviewer}复核' if line.reviewer else ''}"
    return f"{people}，佐证{evidence}" if evidence else people
