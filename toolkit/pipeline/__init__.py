"""The order of the stages, the only place that knows it: what faces call.

In: a workspace folder (see :class:`Workspace`) and the time.  Out: plain results (``outcome``) with ``as_json``.
Stages do not import each other; here a scheme becomes workbooks, returns become submissions, submissions become
findings and scores, scores become the master workbook, and its figures become reports.
"""

from typing import TYPE_CHECKING

from toolkit.loading import when_asked

if TYPE_CHECKING:
    from toolkit.ledger.kinds import DECIDING as DECIDING
    from toolkit.ledger.kinds import Action as Action
    from toolkit.pipeline.archive.archiving import make_archive as make_archive
    from toolkit.pipeline.archive.next_year import initialise_from as initialise_from
    from toolkit.pipeline.archive.opening import verify_archive as verify_archive
    from toolkit.pipeline.archive.rerunning import rerun_archive as rerun_archive
    from toolkit.pipeline.board import status as status
    from toolkit.pipeline.deliver.draft_comparison import compare_drafts as compare_drafts
    from toolkit.pipeline.deliver.drafts import keep_draft as keep_draft
    from toolkit.pipeline.deliver.ledger_book import export_ledger as export_ledger
    from toolkit.pipeline.deliver.opening_master import export_tables as export_tables
    from toolkit.pipeline.deliver.opening_master import open_master as open_master
    from toolkit.pipeline.deliver.printing import print_reports as print_reports
    from toolkit.pipeline.deliver.printing import require_printing as require_printing
    from toolkit.pipeline.deliver.proof_deciding import decide_proof as decide_proof
    from toolkit.pipeline.deliver.proof_known import known_of as known_of
    from toolkit.pipeline.deliver.proofing import expanded as expanded
    from toolkit.pipeline.deliver.proofing import proof_read as proof_read
    from toolkit.pipeline.deliver.verifying import verify as verify
    from toolkit.pipeline.deliver.verifying_ledger import verify_ledger as verify_ledger
    from toolkit.pipeline.demonstration import demo as demo
    from toolkit.pipeline.dispatch.distributing import generate as generate
    from toolkit.pipeline.dispatch.distributing import send as send
    from toolkit.pipeline.dispatch.handing_over import hand_back as hand_back
    from toolkit.pipeline.dispatch.handing_over import hand_over as hand_over
    from toolkit.pipeline.dispatch.mailing import send_mail as send_mail
    from toolkit.pipeline.dispatch.reminding import remind as remind
    from toolkit.pipeline.examine.consulting import OpinionOrder as OpinionOrder
    from toolkit.pipeline.examine.consulting import consult as consult
    from toolkit.pipeline.examine.correcting import CorrectionOrder as CorrectionOrder
    from toolkit.pipeline.examine.correcting import correct as correct
    from toolkit.pipeline.examine.correcting import rounds as rounds
    from toolkit.pipeline.examine.deciding import decide as decide
    from toolkit.pipeline.examine.decision import Decision as Decision
    from toolkit.pipeline.examine.field_papers import FieldOrder as FieldOrder
    from toolkit.pipeline.examine.field_papers import write_papers as write_papers
    from toolkit.pipeline.examine.field_work import take_papers as take_papers
    from toolkit.pipeline.examine.noting import NoteRequest as NoteRequest
    from toolkit.pipeline.examine.noting import note as note
    from toolkit.pipeline.examine.planning import write_plan as write_plan
    from toolkit.pipeline.examine.resolving import resolve as resolve
    from toolkit.pipeline.examine.resolving import resolve_together as resolve_together
    from toolkit.pipeline.examine.signing import refuse_final as refuse_final
    from toolkit.pipeline.examine.signing import review_board as review_board
    from toolkit.pipeline.examine.signing import sign as sign
    from toolkit.pipeline.examine.teaming import check_people as check_people
    from toolkit.pipeline.examine.teaming import new_team as new_team
    from toolkit.pipeline.intake.choosing import choose_return as choose_return
    from toolkit.pipeline.intake.disputes import settle as settle
    from toolkit.pipeline.intake.fetching import fetch as fetch
    from toolkit.pipeline.intake.merging import merge as merge
    from toolkit.pipeline.intake.migrating import migrate as migrate
    from toolkit.pipeline.intake.prefilling import import_forms as import_forms
    from toolkit.pipeline.kept_results import check_of as check_of
    from toolkit.pipeline.kept_results import findings_of as findings_of
    from toolkit.pipeline.kept_results import status_of as status_of
    from toolkit.pipeline.kept_results import verify_of as verify_of
    from toolkit.pipeline.plan.evaluation import Evaluation as Evaluation
    from toolkit.pipeline.plan.evaluation import load as load
    from toolkit.pipeline.plan.importing import import_scheme as import_scheme
    from toolkit.pipeline.plan.moving_ledger import move_ledger as move_ledger
    from toolkit.pipeline.plan.picking import asked_pick as asked_pick
    from toolkit.pipeline.plan.picking import list_indicators as list_indicators
    from toolkit.pipeline.plan.picking import new_scheme as new_scheme
    from toolkit.pipeline.plan.policies import find_policies as find_policies
    from toolkit.pipeline.plan.sample_days import clock as clock
    from toolkit.pipeline.plan.scheming import add_problems as add_problems
    from toolkit.pipeline.plan.scheming import check_scheme as check_scheme
    from toolkit.pipeline.plan.scheming import diff_schemes as diff_schemes
    from toolkit.pipeline.plan.scheming import explain_scheme as explain_scheme
    from toolkit.pipeline.plan.setup import initialise as initialise
    from toolkit.pipeline.plan.templating import check_template as check_template
    from toolkit.pipeline.plan.turns import turn as turn
    from toolkit.pipeline.plan.word_templates import new_templates as new_templates
    from toolkit.pipeline.plan.workspace import Workspace as Workspace
    from toolkit.pipeline.running import aggregate as aggregate
    from toolkit.pipeline.running import report as report
    from toolkit.pipeline.running import run as run
    from toolkit.pipeline.steps import check as check
    from toolkit.pipeline.steps import collect as collect
    from toolkit.pipeline.steps import score as score
    from toolkit.scheme import UnitQuestion as UnitQuestion
else:
    __getattr__ = when_asked(
        __name__,
        {
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
            "toolkit.pipeline.demonstration": "demo",
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
            "toolkit.pipeline.plan.turns": "turn",
            "toolkit.pipeline.plan.workspace": "Workspace",
            "toolkit.pipeline.running": "aggregate, report, run",
            "toolkit.pipeline.steps": "check, collect, score",
            "toolkit.scheme": "UnitQuestion",
        },
    )
