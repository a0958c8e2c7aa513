"""The demonstration: the whole main job on a sample, whose units are played.

What checks, scores, reports and proof-reads is imported while a copy of this process compiles the template of the
collection workbooks: each takes as long as the other.
"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.pipeline.plan.evaluation import load
from toolkit.pipeline.plan.setup import begin_compiling, begin_rehearsing, sample_calendar, set_up
from toolkit.pipeline.progress import Progress, Stopwatch, silent

if TYPE_CHECKING:
    from toolkit.pipeline.outcome import Summary


def demo(folder: Path, sample: str, now: datetime, progress: Progress = silent) -> "Summary":
    """The whole main job on a sample, the units played by a seeded player, on the days of the sample's own calendar."""
    watch = Stopwatch()
    calendar = sample_calendar(sample)
    issued, returned, today = (
        datetime.combine(day, now.timetz()) for day in (calendar.issued, calendar.returned, calendar.today)
    )
    with watch.stage("init"):
        set_up(folder, sample, now)
        evaluation = load(folder)
        compiled = begin_compiling(evaluation)
        from toolkit.pipeline.deliver.proof_own import OwnProof, load_rules
        from toolkit.pipeline.dispatch.distributing import generate, send
        from toolkit.pipeline.running import from_returns
        from toolkit.pipeline.steps import collect

        load_rules()
    with OwnProof(len(evaluation.roster.projects)) as proofs:
        proofs.prepare(many=True)
        compiled()
        rehearsed = begin_rehearsing(evaluation, sample, progress)
        with watch.stage("generate"):
            generate(evaluation, issued, progress)
        with watch.stage("send"):
            send(evaluation, issued, progress)
        rehearsed()
        with watch.stage("collect"):
            collect(evaluation, (), returned, progress)
            collect(evaluation, (), today, progress)  # as every run does first
        return from_returns(evaluation, today, progress, watch, proofs)
