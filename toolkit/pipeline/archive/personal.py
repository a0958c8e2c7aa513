"""Which texts of an evaluation are personal data: those of declared fields, wherever they were typed."""

import re
from collections.abc import Iterable, Iterator

from toolkit.archive.masking import Masks
from toolkit.model import Scheme
from toolkit.pipeline.intake.returned import read_again, receipts_on_record
from toolkit.pipeline.plan.evaluation import Evaluation

SETTING = "脱敏字段"
"""Row of sheet 方案 that declares further fields and columns, separated by 、."""
_CONTACTS = {"联系人": "contact", "电话": "phone", "邮箱": "email"}
_SAME = {"联系电话": "电话", "电子邮箱": "邮箱", "联系邮箱": "邮箱"}
_ABOUT_A_PERSON = re.compile(r"联系人|电话|手机|传真|邮箱|身份证|负责人|填报人|经办人|姓名")
_SEVERAL = re.compile(r"[、，,;；\s]+")
_PEOPLE = ("评价人", "复核人", "处理人")


def personal_masks(evaluation: Evaluation) -> Masks:
    """The texts and their marks."""
    projects = evaluation.roster.projects
    kept = [*(project.name for project in projects), *(unit for project in projects for unit in project.units)]
    kept += [project.unit for project in projects] + [evaluation.scheme.client, evaluation.scheme.evaluator]
    return Masks.of(_found(evaluation), kept)


def declared_fields(scheme: Scheme) -> dict[str, str]:
    """Key of every field of the scheme that asks for personal data → its label."""
    named = set(_SEVERAL.split(scheme.settings.get(SETTING, "")))
    return {
        field.key: field.label
        for field in scheme.fields
        if field.key in named
        or field.label in named
        or _SAME.get(field.prefill, field.prefill) in _CONTACTS
        or (_ABOUT_A_PERSON.search(field.label) and not field.formula)
    }


def _found(evaluation: Evaluation) -> Iterator[tuple[str, str, str]]:
    scheme = evaluation.scheme
    named = set(_SEVERAL.split(scheme.settings.get(SETTING, "")))
    for project in evaluation.roster.projects:
        for column, attribute in _CONTACTS.items():
            yield column, project.id, str(getattr(project, attribute))
        for column, text in project.attributes.items():
            if column in named or _ABOUT_A_PERSON.search(column):
                yield column, project.id, text
    for name in ("联系人", "联系电话", "联系邮箱"):
        yield name, "", scheme.settings.get(name, "")
    yield from _typed(evaluation, declared_fields(scheme))
    yield from _people(evaluation, named)


def _typed(evaluation: Evaluation, fields: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """What units typed into declared fields, in every return on record, as it stands and as it was read."""
    with evaluation.workspace.ledger() as ledger:
        receipts = receipts_on_record(ledger)
    for outcome in read_again(evaluation, receipts):
        for key, reading in outcome.submission.readings.items() if outcome.submission else ():
            label = fields.get(key) or fields.get(key.rpartition("_")[0])
            if label:
                yield label, outcome.project, reading.original
                yield label, outcome.project, "" if reading.value is None else str(reading.value)


def _people(evaluation: Evaluation, named: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Evaluators, where the scheme declares that they are masked too."""
    wanted = set(_PEOPLE) & set(named)
    for opinion in evaluation.opinions if wanted else ():
        if "评价人" in wanted or "处理人" in wanted:
            yield "评价人", opinion.project, opinion.evaluator
        if "复核人" in wanted:
            yield "复核人", opinion.project, opinion.reviewer
