"""All operations in the order of the work: one line each."""

from collections.abc import Mapping
from types import MappingProxyType

from toolkit.operations import (
    archive,
    consultation,
    deliver,
    dispatch,
    examine,
    fieldwork,
    handover,
    intake,
    library,
    migration,
    opening,
    people,
    plan,
    prefill,
    proofing,
    reviewing,
    scorebooks,
    settings,
    supposing,
    survey,
    views,
)
from toolkit.operations.declaration import BadRequest, Operation

OPERATIONS: tuple[Operation, ...] = (
    plan.demo,
    plan.init,
    plan.check_new_plan,
    library.scheme_new,
    library.scheme_library,
    plan.scheme_import,
    plan.scheme_check,
    plan.scheme_explain,
    plan.scheme_diff,
    migration.scheme_migrate,
    plan.template_check,
    plan.template_new,
    library.policy,
    prefill.prefill,
    dispatch.generate,
    dispatch.send,
    dispatch.remind,
    intake.collect,
    intake.fetch,
    intake.choose,
    survey.survey_import,
    survey.survey_sample_size,
    examine.check,
    examine.resolve,
    examine.resolve_together,
    examine.decide,
    examine.correct,
    examine.rounds,
    scorebooks.scorebooks,
    scorebooks.adjudicate,
    examine.score,
    deliver.aggregate,
    deliver.report,
    deliver.report_compare,
    deliver.run,
    deliver.status,
    deliver.verify,
    proofing.proof,
    deliver.open_master,
    deliver.export,
    deliver.ledger_export,
    deliver.ledger_verify,
    deliver.ledger_move,
    fieldwork.fieldwork,
    consultation.opinions,
    people.new,
    people.check,
    people.plan,
    people.sign,
    people.states,
    people.notes,
    handover.hand_over,
    handover.merge,
    *archive.ARCHIVE,
    *opening.OPENING,
    *views.VIEWS,
    supposing.suppositions,
    supposing.what_if,
    *reviewing.REVIEWING,
    proofing.view,
    proofing.decide,
    people.review_states,
    *settings.SETTINGS,
)

_BY_NAME: Mapping[str, Operation] = MappingProxyType({operation.name: operation for operation in OPERATIONS})


def operation(name: str) -> Operation:
    """The operation of a name.

    Raises:
        BadRequest: there is none.
    """
    if name not in _BY_NAME:
        raise BadRequest(f"没有操作“{name}”")
    return _BY_NAME[name]
