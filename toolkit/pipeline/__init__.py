"""The order of the stages, the only place that knows it: what faces call.

In: a workspace folder (see :class:`Workspace`) and the time.  Out: plain results (``outcome``) with ``as_json``.
Stages do not import each other; here a scheme becomes workbooks, returns become submissions, submissions become
findings and scores, scores become the master workbook, and its figures become reports.
"""

from toolkit.pipeline.board import status
from toolkit.pipeline.deliver.ledger_book import export_ledger, verify_ledger
from toolkit.pipeline.deliver.opening_master import export_tables, open_master
from toolkit.pipeline.deliver.proof_known import known_of
from toolkit.pipeline.deliver.proofing import expanded, proof_read
from toolkit.pipeline.deliver.reporting import verify
from toolkit.pipeline.dispatch.distributing import generate, send
from toolkit.pipeline.dispatch.handing_over import hand_back, hand_over
from toolkit.pipeline.dispatch.mailing import send_mail
from toolkit.pipeline.dispatch.reminding import remind
from toolkit.pipeline.examine.correcting import CorrectionOrder, correct, rounds
from toolkit.pipeline.examine.deciding import decide
from toolkit.pipeline.examine.resolving import Decision, resolve, resolve_together
from toolkit.pipeline.examine.teaming import check_people, new_team
from toolkit.pipeline.intake.choosing import choose_return
from toolkit.pipeline.intake.disputes import settle
from toolkit.pipeline.intake.fetching import fetch
from toolkit.pipeline.intake.merging import merge
from toolkit.pipeline.plan.decisions import Action
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.scheming import add_problems, check_scheme, diff_schemes, explain_scheme, new_scheme
from toolkit.pipeline.plan.setup import initialise, load
from toolkit.pipeline.plan.templating import check_template
from toolkit.pipeline.plan.workspace import Workspace, clock
from toolkit.pipeline.running import aggregate, check, collect, demo, report, run, score
from toolkit.scheme import UnitQuestion

__all__ = [
    "Action",
    "CorrectionOrder",
    "Decision",
    "Evaluation",
    "UnitQuestion",
    "Workspace",
    "add_problems",
    "aggregate",
    "check",
    "check_people",
    "check_scheme",
    "check_template",
    "choose_return",
    "clock",
    "collect",
    "correct",
    "decide",
    "demo",
    "diff_schemes",
    "expanded",
    "explain_scheme",
    "export_ledger",
    "export_tables",
    "fetch",
    "generate",
    "hand_back",
    "hand_over",
    "initialise",
    "known_of",
    "load",
    "merge",
    "new_scheme",
    "new_team",
    "open_master",
    "proof_read",
    "remind",
    "report",
    "resolve",
    "resolve_together",
    "rounds",
    "run",
    "score",
    "send",
    "send_mail",
    "settle",
    "status",
    "verify",
    "verify_ledger",
]
