"""The order of the stages, the only place that knows it: what faces call.

In: a workspace folder (see :class:`Workspace`) and the time.  Out: plain results (``outcome``) with ``as_json``.
Stages are strangers to each other; here a scheme becomes workbooks, returns become submissions, submissions become
findings and scores, scores become the master workbook, and its figures become reports.
"""

from toolkit.pipeline.distributing import generate, send
from toolkit.pipeline.evaluation import Evaluation
from toolkit.pipeline.reporting import verify
from toolkit.pipeline.running import aggregate, check, collect, demo, report, run, score, status
from toolkit.pipeline.setup import check_scheme, initialise, load
from toolkit.pipeline.workspace import Workspace

__all__ = [
    "Evaluation",
    "Workspace",
    "aggregate",
    "check",
    "check_scheme",
    "collect",
    "demo",
    "generate",
    "initialise",
    "load",
    "report",
    "run",
    "score",
    "send",
    "status",
    "verify",
]
