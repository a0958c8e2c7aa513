"""Self scores and computed scores beside the rows of 评审意见.xlsx: worked out in a copy, put in place here."""

from collections.abc import Callable, Mapping

from toolkit.model import LineState, ScoreLine, ScoreSheet
from toolkit.pipeline.plan.changing import begin_change
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.side_by_side import in_a_copy, may_copy, no_answer
from toolkit.review import with_scores
from toolkit.text import plain
from toolkit.text import score as score_text


def begin_scores(evaluation: Evaluation, sheets: Mapping[str, ScoreSheet]) -> Callable[[], bool]:
    """Begin to put both scores beside every row; what comes back puts the workbook in its place, False for no change.

    A workbook that is open in Excel stays as it is until the next time: the two columns only inform.
    """
    path, places = evaluation.workspace.opinions, evaluation.scheme.score_places
    if not path.exists():
        return lambda: False
    begin = in_a_copy if may_copy(len(evaluation.roster.projects)) else (lambda _: no_answer)
    return begin_change(path, lambda workbook: with_scores(workbook, _shown(sheets, places)), begin)


def _shown(sheets: Mapping[str, ScoreSheet], places: int) -> dict[tuple[str, str], tuple[str, str]]:
    """(project, indicator) → self score and computed score as they are shown."""
    return {
        (project, line.code): (plain(line.claimed) if line.claimed is not None else "", _computed(line, places))
        for project, sheet in sheets.items()
        for line in sheet.lines
    }


def _computed(line: ScoreLine, places: int) -> str:
    return score_text(line.score, places) if line.state is LineState.SCORED else line.state.value
