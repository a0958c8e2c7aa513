"""Single steps of the work up to the scores; they start without what writes the master workbook and reports."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from toolkit.pipeline.examine.findings_list import write_findings
from toolkit.pipeline.examine.results import examine, results
from toolkit.pipeline.examine.scoring import score as score_all
from toolkit.pipeline.intake.collecting import collect as take_in
from toolkit.pipeline.intake.returned import returns
from toolkit.pipeline.outcome import Checked, Collected, Scored
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.progress import Progress, silent


def collect(
    evaluation: Evaluation, paths: Sequence[Path], now: datetime, progress: Progress = silent, cluster: str = ""
) -> Collected:
    """Take in files; the inbox when no path is given. ``cluster``: the address of a scheduler whose machines read."""
    files = take_in(evaluation, paths or [evaluation.workspace.inbox], now, progress, cluster)
    evaluation.workspace.receipt("收件", now)
    return Collected(files)


def check(evaluation: Evaluation, now: datetime, progress: Progress = silent) -> Checked:
    """Check what is on record (nothing is collected here) and write the list of findings."""
    examined = examine(evaluation, now.date(), progress)
    listed = write_findings(evaluation, examined.findings, now)
    return Checked(examined.findings, listed.files, listed.set_aside)


def score(evaluation: Evaluation, progress: Progress = silent, now: datetime | None = None) -> Scored:
    """Score what is on record. Units: 分.

    ``now``: where it is given what is on record is checked as well, and what the master tells of each project beside
    its score is worked out together with it, and kept: ``aggregate`` finds it.
    """
    if now is None:
        sheets = score_all(evaluation, returns(evaluation, progress), progress)
    else:
        sheets = results(evaluation, now.date(), progress).sheets
    return Scored(tuple(sheets.values()), evaluation.scheme)
