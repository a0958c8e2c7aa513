"""Returns that seem to be another project's: filled in on each other's forms, or named for another project.

Whose a return is, its identity says; nothing else is believed. But a form that is filled in for another project
accuses the wrong one of overpayment, and the right one of not having returned anything.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath

from toolkit.checks.batch_codes import BATCH_CODES
from toolkit.checks.case import HALF_A_CENT
from toolkit.model import CellRef, Content, FieldType, Finding, Form, Project, Roster, Scheme, Stated, Submission
from toolkit.text.folding import squeeze

_NAME = "项目名称"
_LEAST = 4
"""Characters of a name that a file's name is searched for; shorter ones are too ordinary."""


def typed_amounts(scheme: Scheme) -> list[str]:
    """Amounts that units type, outside repeated tables and not put in by us."""
    return [
        field.key
        for field in scheme.fields
        if field.type is FieldType.AMOUNT and not (field.formula or field.table or field.prefill)
    ]


def named_for_another(_scheme: Scheme, roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """A file whose name says one project, and whose form is another's."""
    names = {name: project for project in roster.projects if len(name := squeeze(project.name)) >= _LEAST}
    by_start: dict[str, list[str]] = {}
    for name in names:
        by_start.setdefault(name[:_LEAST], []).append(name)
    found = []
    for project in roster.projects:
        submission = submissions.get(project.id)
        if submission and (other := _named(submission.file_name, project, names, by_start)):
            words = {
                "file": submission.file_name, "other": other.id, "name": other.name,
                "own": project.name,
            }  # fmt: skip
            at = CellRef(submission.file_name)
            found.append(BATCH_CODES["BATCH-11"].finding(at, words, project=project.id))
    return found


def _named(
    file_name: str, own: Project, names: Mapping[str, Project], by_start: Mapping[str, Sequence[str]]
) -> Project | None:
    """The one project a file's name mentions that is not the form's; None where it mentions its own or several."""
    stem = squeeze(PurePath(file_name).stem)
    if squeeze(own.name) in stem:
        return None
    starts = (stem[start : start + _LEAST] for start in range(len(stem) - _LEAST + 1))
    mentioned = {name for start in starts for name in by_start.get(start, ()) if name in stem}
    longest = {name for name in mentioned if not any(name in other for other in mentioned - {name})}
    projects = {names[name].id: names[name] for name in longest if name not in squeeze(own.name)}
    return next(iter(projects.values())) if len(projects) == 1 else None


def names_put_in(scheme: Scheme) -> list[str]:
    """Fields that we fill in with the project's name."""
    return [field.key for field in scheme.fields if field.prefill == _NAME]


def renamed_to_another(scheme: Scheme, roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """A form in which the unit wrote another project's name over the one that was put in."""
    keys = names_put_in(scheme)
    projects: dict[str, list[Project]] = {}
    for project in roster.projects:
        for name in {squeeze(name) for name in (project.name, *project.aliases)}:
            projects.setdefault(name, []).append(project)
    found = []
    for project in roster.projects:
        submission = submissions.get(project.id)
        for reading in (submission.readings[key] for key in keys if submission and key in submission.readings):
            named = projects.get(squeeze(reading.original), [])
            if len(named) == 1 and named[0] is not project:
                words = {"own": project.name, "other": named[0].id, "found": named[0].name}
                told = BATCH_CODES["BATCH-12"].finding(reading.at, words, project=project.id, indicator=reading.key)
                found.append(told)
    return found


def filled_in_for_each_other(scheme: Scheme, roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """Two forms of a unit, each with the other project's contract among its amounts and not with its own.

    The amounts of the larger project's form stay below its contract, too: a budget seldom does.
    """
    keys = typed_amounts(scheme)
    found = []
    for projects in roster.units().values():
        back = [project for project in projects if project.contract_amount and project.id in submissions]
        typed = {project.id: _typed(submissions[project.id], keys) for project in back}
        for one, other in _pairs(back, typed):
            for own, others in ((one, other), (other, one)):
                found.append(_mixed(own, others, submissions[own.id], typed[own.id], scheme.money_unit))
    return list(dict.fromkeys(found))  # joint projects stand under every unit


def _typed(submission: Submission, keys: Sequence[str]) -> dict[str, Decimal]:
    return {key: amount for key in keys if isinstance(amount := submission.value(key), Decimal) and amount}


def _pairs(
    projects: Sequence[Project], typed: Mapping[str, Mapping[str, Decimal]]
) -> Iterator[tuple[Project, Project]]:
    """Pairs of which each has the other's contract, the smaller contract first."""
    by_contract: dict[Decimal, list[Project]] = {}
    for project in projects:
        by_contract.setdefault(project.contract_amount or Decimal(0), []).append(project)
    for one in projects:
        contract, amounts = one.contract_amount or Decimal(0), set(typed[one.id].values())
        for amount in sorted(amounts - {contract}):
            for other in by_contract.get(amount, ()):
                if _are_mixed_up(contract, amounts, amount, set(typed[other.id].values())):
                    yield one, other


def _are_mixed_up(less: Decimal, of_less: set[Decimal], more: Decimal, of_more: set[Decimal]) -> bool:
    return less < more and less in of_more and less not in of_less and max(of_more) < more - HALF_A_CENT


def _mixed(
    own: Project, other: Project, submission: Submission, typed: Mapping[str, Decimal], money_unit: str
) -> Finding:
    first = submission.readings[next(key for key, amount in typed.items() if amount == other.contract_amount)]
    words: dict[str, Content] = {
        "other": other.id, "name": other.name, "money": money_unit,
        "found": Stated(other.contract_amount or Decimal(0), Form.GROUPED, places=2),
    }  # fmt: skip
    return BATCH_CODES["BATCH-10"].finding(first.at, words, project=own.id, indicator=first.key)
