"""The order of the stages, the only place that knows it: what faces call.

In: a workspace folder (see :class:`Workspace`) and the time.  Out: plain results (``outcome``) with ``as_json``.
Stages do not import each other; here a scheme becomes workbooks, returns become submissions, submissions become
findings and scores, scores become the master workbook, and its figures become reports.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.ledger.kinds import DECIDING, Action
    from toolkit.pipeline.archive.archiving import make_archive
    from toolkit.pipeline.archive.next_year import initialise_from
    from toolkit.pipeline.archive.opening import verify_archive
    from toolkit.pipeline.archive.rerunning import rerun_archive
    from toolkit.pipeline.board import status
    from toolkit.pipeline.deliver.draft_comparison import compare_drafts
    from toolkit.pipeline.deliver.drafts import keep_draft
    from toolkit.pipeline.deliver.ledger_book import export_ledger
    from toolkit.pipeline.deliver.opening_master import export_tables, open_master
    from toolkit.pipeline.deliver.printing import print_reports, require_printing
    from toolkit.pipeline.deliver.proof_deciding import decide_proof
    from toolkit.pipeline.deliver.proof_known import known_of
    from toolkit.pipeline.deliver.proofing import expanded, proof_read
    from toolkit.pipeline.deliver.verifying import verify
    from toolkit.pipeline.deliver.verifying_ledger import verify_ledger
    from toolkit.pipeline.dispatch.distributing import generate, send
    from toolkit.pipeline.dispatch.handing_over import hand_back, hand_over
    from toolkit.pipeline.dispatch.mailing import send_mail
    from toolkit.pipeline.dispatch.reminding import remind
    from toolkit.pipeline.examine.consulting import OpinionOrder, consult
    from toolkit.pipeline.examine.correcting import CorrectionOrder, correct, rounds
    from toolkit.pipeline.examine.deciding import decide
    from toolkit.pipeline.examine.decision import Decision
    from toolkit.pipeline.examine.field_papers import FieldOrder, write_papers
    from toolkit.pipeline.examine.field_work import take_papers
    from toolkit.pipeline.examine.noting import NoteRequest, note
    from toolkit.pipeline.examine.planning import write_plan
    from toolkit.pipeline.examine.resolving import resolve, resolve_together
    from toolkit.pipeline.examine.signing import refuse_final, review_board, sign
    from toolkit.pipeline.examine.teaming import check_people, new_team
    from toolkit.pipeline.intake.choosing import choose_return
    from toolkit.pipeline.intake.disputes import settle
    from toolkit.pipeline.intake.fetching import fetch
    from toolkit.pipeline.intake.merging import merge
    from toolkit.pipeline.intake.migrating import migrate
    from toolkit.pipeline.intake.prefilling import import_forms
    from toolkit.pipeline.kept_results import check_of, findings_of, status_of, verify_of
    from toolkit.pipeline.plan.evaluation import Evaluation, load
    from toolkit.pipeline.plan.importing import import_scheme
    from toolkit.pipeline.plan.moving_ledger import move_ledger
    from toolkit.pipeline.plan.picking import asked_pick, list_indicators, new_scheme
    from toolkit.pipeline.plan.policies import find_policies
    from toolkit.pipeline.plan.sample_days import clock
    from toolkit.pipeline.plan.scheming import add_problems, check_scheme, diff_schemes, explain_scheme
    from toolkit.pipeline.plan.setup import initialise
    from toolkit.pipeline.plan.templating import check_template
    from toolkit.pipeline.plan.word_templates import new_templates
    from toolkit.pipeline.plan.workspace import Workspace
    from toolkit.pipeline.running import aggregate, demo, report, run
    from toolkit.pipeline.steps import check, collect, score
    from toolkit.scheme import UnitQuestion

__all__ = [
    "DECIDING",
    "Action",
    "CorrectionOrder",
    "Decision",
    "Evaluation",
    "FieldOrder",
    "NoteRequest",
    "OpinionOrder",
    "UnitQuestion",
    "Workspace",
    "add_problems",
    "aggregate",
    "asked_pick",
    "check",
    "check_of",
    "check_people",
    "check_scheme",
    "check_template",
    "choose_return",
    "clock",
    "collect",
    "compare_drafts",
    "consult",
    "correct",
    "decide",
    "decide_proof",
    "demo",
    "diff_schemes",
    "expanded",
    "explain_scheme",
    "export_ledger",
    "export_tables",
    "fetch",
    "find_policies",
    "findings_of",
    "generate",
    "hand_back",
    "hand_over",
    "import_forms",
    "import_scheme",
    "initialise",
    "initialise_from",
    "keep_draft",
    "known_of",
    "list_indicators",
    "load",
    "make_archive",
    "merge",
    "migrate",
    "move_ledger",
    "new_scheme",
    "new_team",
    "new_templates",
    "note",
    "open_master",
    "print_reports",
    "proof_read",
    "refuse_final",
    "remind",
    "report",
    "require_printing",
    "rerun_archive",
    "resolve",
    "resolve_together",
    "review_board",
    "rounds",
    "run",
    "score",
    "send",
    "send_mail",
    "settle",
    "sign",
    "status",
    "status_of",
    "take_papers",
    "verify",
    "verify_archive",
    "verify_ledger",
    "verify_of",
    "write_papers",
    "write_plan",
]

_MODULES = {
    "toolkit.pipeline.archive.archiving": "make_archive",
    "toolkit.pipeline.archive.next_year": "initialise_from",
    "toolkit.pipeline.archive.opening": "verify_archive",
    "toolkit.pipeline.archive.rerunning": "rerun_archive",
    "toolkit.pipeline.board": "status",
    "toolkit.pipeline.deliver.draft_comparison": "compare_drafts",
    "toolkit.pipeline.deliver.drafts": "keep_draft",
    "toolkit.pipeline.deliver.ledger_book": "export_ledger",
    "toolkit.pipeline.deliver.opening_master": "export_tables, open_master",
    "toolkit.pipeline.deliver.proof_deciding": "decide_proof",
    "toolkit.pipeline.deliver.printing": "print_reports, require_printing",
    "toolkit.pipeline.deliver.proof_known": "known_of",
    "toolkit.pipeline.deliver.proofing": "expanded, proof_read",
    "toolkit.pipeline.deliver.verifying": "verify",
    "toolkit.pipeline.deliver.verifying_ledger": "verify_ledger",
    "toolkit.pipeline.dispatch.distributing": "generate, send",
    "toolkit.pipeline.dispatch.handing_over": "hand_back, hand_over",
    "toolkit.pipeline.dispatch.mailing": "send_mail",
    "toolkit.pipeline.dispatch.reminding": "remind",
    "toolkit.pipeline.examine.consulting": "OpinionOrder, consult",
    "toolkit.pipeline.examine.correcting": "CorrectionOrder, correct, rounds",
    "toolkit.pipeline.examine.deciding": "decide",
    "toolkit.pipeline.examine.field_papers": "FieldOrder, write_papers",
    "toolkit.pipeline.examine.field_work": "take_papers",
    "toolkit.pipeline.examine.noting": "NoteRequest, note",
    "toolkit.pipeline.examine.planning": "write_plan",
    "toolkit.pipeline.examine.decision": "Decision",
    "toolkit.pipeline.examine.resolving": "resolve, resolve_together",
    "toolkit.pipeline.examine.signing": "refuse_final, review_board, sign",
    "toolkit.pipeline.examine.teaming": "check_people, new_team",
    "toolkit.pipeline.intake.choosing": "choose_return",
    "toolkit.pipeline.intake.disputes": "settle",
    "toolkit.pipeline.intake.fetching": "fetch",
    "toolkit.pipeline.intake.merging": "merge",
    "toolkit.pipeline.intake.migrating": "migrate",
    "toolkit.pipeline.plan.importing": "import_scheme",
    "toolkit.pipeline.plan.moving_ledger": "move_ledger",
    "toolkit.pipeline.intake.prefilling": "import_forms",
    "toolkit.pipeline.kept_results": "check_of, findings_of, status_of, verify_of",
    "toolkit.ledger.kinds": "DECIDING, Action",
    "toolkit.pipeline.plan.evaluation": "Evaluation, load",
    "toolkit.pipeline.plan.picking": "asked_pick, list_indicators, new_scheme",
    "toolkit.pipeline.plan.policies": "find_policies",
    "toolkit.pipeline.plan.sample_days": "clock",
    "toolkit.pipeline.plan.scheming": "add_problems, check_scheme, diff_schemes, explain_scheme",
    "toolkit.pipeline.plan.setup": "initialise",
    "toolkit.pipeline.plan.templating": "check_template",
    "toolkit.pipeline.plan.word_templates": "new_templates",
    "toolkit.pipeline.plan.workspace": "Workspace",
    "toolkit.pipeline.running": "aggregate, demo, report, run",
    "toolkit.pipeline.steps": "check, collect, score",
    "toolkit.scheme": "UnitQuestion",
}
"""Each module with the names it gives; imported when one of them is asked for, so that a board needs few of them."""


def __getattr__(name: str) -> object:
    module = next((module for module, names in _MODULES.items() if name in names.split(", ")), None)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(module), name)
    globals()[name] = found
    return found
