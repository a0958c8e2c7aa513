"""Answers that two projects share and should not: figures, long texts, evidence files, another project's name."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from toolkit.checks.batch_codes import BATCH_CODES
from toolkit.checks.mixed_up import typed_amounts
from toolkit.model import CellRef, EvidenceItem, FieldType, Finding, Reading, ReadState, Roster, Scheme, Submission

_ENOUGH_FIGURES, _ENOUGH_CELLS, _ENOUGH_DIGITS = 4, 3, 10
_PARTICULAR = 4
"""Digits that make an amount one of its own: 288.40 has four, 3000 has one."""
_COST, _BUDGET, _MANY = "实际成本", "预算资金", 5
_LONG_TEXT = 40
_LONG_NAME = 12
_CONVENTION = 3
"""A file name that more projects use is the evaluation's way of naming files, not one file."""
_PROBE = 6
"""Characters of a project's name that are looked up first; shorter names are too ordinary to be told apart."""

Marks = Iterator[tuple[Hashable, Reading]]


def compared_keys(scheme: Scheme) -> frozenset[str]:
    """Answers that are looked at here."""
    return frozenset(
        (*typed_amounts(scheme), *_texts(scheme), *_file_names(scheme), *_free_texts(scheme), _COST, _BUDGET)
    )


def same_figures(scheme: Scheme, _roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """Several amounts typed for one project stand in the same cells of another.

    What was prefilled is ours, not the unit's; a round amount that many projects share (a flat fee) says nothing.
    """
    pairs: dict[tuple[str, str], list[str]] = {}
    for (key, _), owners in _shared_amounts(typed_amounts(scheme), submissions).items():
        for pair in combinations(owners, 2):
            pairs.setdefault(pair, []).append(key)
    copies: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (own, other), same in pairs.items():
        if _tells(submissions[own], same):
            copies.setdefault((own, tuple(same)), []).append(other)
            copies.setdefault((other, tuple(same)), []).append(own)
    return [_copied(submissions[own], own, others, same) for (own, same), others in copies.items()]


def _tells(submission: Submission, keys: Sequence[str]) -> bool:
    """Whether so many equal amounts are no chance: four of them, or fewer that have ten digits between them."""
    amounts = {amount for key in keys if isinstance(amount := submission.value(key), Decimal)}
    if len(amounts) >= _ENOUGH_FIGURES:
        return True
    return len(keys) >= _ENOUGH_CELLS and len(amounts) > 1 and sum(map(_digits, amounts)) >= _ENOUGH_DIGITS


def _digits(amount: Decimal) -> int:
    return len(amount.normalize().as_tuple().digits)


def _shared_amounts(
    keys: Sequence[str], submissions: Mapping[str, Submission]
) -> dict[tuple[str, Decimal], tuple[str, ...]]:
    """(field, amount) → the projects that have it: a few, or any number where the amount is a particular one."""
    owners: dict[tuple[str, Decimal], list[str]] = {}
    for project, submission in submissions.items():
        for key in keys:
            amount = submission.value(key)
            if isinstance(amount, Decimal) and amount:
                owners.setdefault((key, amount), []).append(project)
    return {
        (key, amount): tuple(held)
        for (key, amount), held in owners.items()
        if len(held) > 1 and (len(held) <= _CONVENTION or _digits(amount) >= _PARTICULAR)
    }


def _copied(submission: Submission, project: str, others: Sequence[str], keys: Sequence[str]) -> Finding:
    first, *rest = [submission.readings[key] for key in keys]
    words = {"others": "、".join(others), "count": str(len(keys)), "found": first.original}
    related = tuple(reading.at for reading in rest)
    return BATCH_CODES["BATCH-03"].finding(first.at, words, project=project, indicator=first.key, related=related)


def cost_is_budget(scheme: Scheme, roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """Most projects report the budget as their actual cost: the saving rate then measures nothing."""
    if not all(scheme.field(key) for key in (_COST, _BUDGET)):
        return []
    both = [project for project in roster.projects if (own := submissions.get(project.id)) and own.value(_COST)]
    same = [
        project for project in both if submissions[project.id].value(_COST) == submissions[project.id].value(_BUDGET)
    ]
    if len(same) < _MANY or len(same) * 5 < len(both) * 4:
        return []
    first = submissions[same[0].id].readings[_COST]
    words = {
        "both": str(len(both)), "same": str(len(same)), "found": f"{len(same)}个项目相同", "expected": "结算确认的成本",
    }  # fmt: skip
    related = tuple(submissions[project.id].readings[_COST].at for project in same)
    at = CellRef("", first.at.sheet, "")
    return [BATCH_CODES["BATCH-09"].finding(at, words, indicator=_COST, related=related)]


def same_texts(scheme: Scheme, _roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """A long text in the words of another project."""
    keys = _texts(scheme)

    def marks(_project: str, submission: Submission) -> Marks:
        for key in keys:
            text = submission.value(key)
            if isinstance(text, str) and len(text) >= _LONG_TEXT:
                yield (key, "".join(text.split())), submission.readings[key]

    return _shared(submissions, marks, "BATCH-04")


def _texts(scheme: Scheme) -> list[str]:
    return [field.key for field in scheme.fields if field.type is FieldType.TEXT and not field.table]


def _file_names(scheme: Scheme) -> list[str]:
    return list(map(_file_name, scheme.evidence))


def _file_name(item: EvidenceItem) -> str:
    return f"佐证文件名_{item.code}"


def _free_texts(scheme: Scheme) -> list[str]:
    keys = [field.key for field in scheme.fields if field.type is FieldType.TEXT and not (field.table or field.prefill)]
    return keys + [indicator.name_for("说明") for indicator in scheme.indicators]


def same_evidence(scheme: Scheme, _roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """A particular file name (a document number, a date) listed for several projects; common names say nothing."""
    asked = {_file_name(item): item for item in scheme.evidence}

    def marks(_project: str, submission: Submission) -> Marks:
        for key, item in asked.items():
            name = submission.value(key)
            if isinstance(name, str) and _is_particular(name, item):
                yield (key, name.strip().lower()), submission.readings[key]

    return _shared(submissions, marks, "BATCH-05", most=_CONVENTION)


def _is_particular(name: str, item: EvidenceItem) -> bool:
    """Whether a file's name is its own: not what units are asked to call it, number and name of the material."""
    if len(name) < _LONG_NAME or not any(char.isdigit() for char in name):
        return False
    stem = name.strip().rpartition(".")[0] or name
    rest = _plain_name(stem).removeprefix(_plain_name(item.code)).lstrip("0123456789")
    return rest not in ("", _plain_name(item.name))


def _plain_name(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def foreign_names(scheme: Scheme, roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """Another project's name in a free text."""
    keys = _free_texts(scheme)
    names: dict[str, list[tuple[str, str]]] = {}
    for one in roster.projects:
        if len(one.name) > _PROBE:
            names.setdefault(one.name[:_PROBE], []).append((one.id, one.name))
    own = {project.id: project.name for project in roster.projects}
    found = []
    for project, submission in submissions.items():
        for key in keys:
            text = submission.value(key)
            if isinstance(text, str) and (other := _named(text, names, project, own.get(project, ""))):
                found.append(_foreign(project, submission.readings[key], other))
    return found


def _named(text: str, names: Mapping[str, list[tuple[str, str]]], project: str, own: str) -> tuple[str, str] | None:
    rest = text.replace(own, "") if own else text
    for start in range(len(rest) - _PROBE + 1):
        for other, name in names.get(rest[start : start + _PROBE], ()):
            if other != project and name not in own and rest.startswith(name, start):
                return other, name
    return None


def _foreign(project: str, reading: Reading, other: tuple[str, str]) -> Finding:
    words = {"other": other[0], "found": other[1]}
    return BATCH_CODES["BATCH-06"].finding(reading.at, words, project=project, indicator=reading.key)


def _shared(
    submissions: Mapping[str, Submission], marks: Callable[[str, Submission], Marks], code: str, *, most: int = 0
) -> list[Finding]:
    """One finding for each project of a group that shares a mark; a group that shares several is said once."""
    owners: dict[Hashable, dict[str, Reading]] = {}
    for project, submission in submissions.items():
        for mark, reading in marks(project, submission):
            if reading.state is ReadState.VALUE:
                owners.setdefault(mark, {}).setdefault(project, reading)
    groups: dict[tuple[str, ...], list[dict[str, Reading]]] = {}
    for held in owners.values():
        if len(held) > 1 and (not most or len(held) <= most):
            groups.setdefault(tuple(held), []).append(held)
    return [
        BATCH_CODES[code].finding(
            shares[0][project].at,
            {
                "others": "、".join(other for other in projects if other != project),
                "found": str(shares[0][project].value)[:_LONG_TEXT],
            },
            project=project,
            indicator=shares[0][project].key,
            related=tuple(share[project].at for share in shares[1:]),
        )
        for projects, shares in groups.items()
        for project in projects
    ]
