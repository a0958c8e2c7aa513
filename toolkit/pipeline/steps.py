"""Single steps of the work up to the scores; they start without what writes the master workbook and reports."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from toolkit.pipeline.examine.findings_list import write_findings
from toolkit.pipeline.examine.known_results import scored_results
from toolkit.pipeline.examine.results import examine
from toolkit.pipeline.intake.collecting import collect as take_in
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


def score(evaluation: Evaluation, now: datetime, progress: Progress = silent) -> Scored:
    """Score what is on record. Units: 分.

    It is checked as well: what the master tells of each project beside its score hangs on findings, is worked out
    together with the score, and kept; ``aggregate`` and ``report`` find it.
    """
    sheets = scored_results(evaluation, now.date(), progress).sheets
    return Scored(tuple(sheets.values()), evaluation.scheme)
