"""Where returned bytes are kept, unchanged."""

from pathlib import Path

from toolkit.pipeline.plan.evaluation import Evaluation


def original_path(evaluation: Evaluation, sha256: str) -> Path:
    """Where an original's bytes are kept. The name says nothing of what the unit called it: that is in the ledger."""
    return evaluation.workspace.originals / sha256
