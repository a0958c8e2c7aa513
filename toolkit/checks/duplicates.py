"""Answers that two projects share and should not: figures, long texts, evidence files, another project's name."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from decimal import Decimal

from toolkit.model import FieldType, Finding, Reading, ReadState, Roster, Scheme, Severity, Submission

_ENOUGH_FIGURES = 4
_LONG_TEXT = 40
_LONG_NAME = 12
_CONVENTION = 3
"""A file name that more projects use is the evaluation's way of naming files, not one file."""
_PROBE = 6
"""Characters of a project's name that are looked up first; shorter names are too ordinary to be told apart."""

Marks = Iterator[tuple[Hashable, Reading]]


def same_figures(scheme: Scheme, _roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """All amounts a unit typed are those of another project."""
    keys = [one.key for one in scheme.fields if one.type is FieldType.AMOUNT and not (one.formula or one.table)]

    def marks(_project: str, submission: Submission) -> Marks:
        amounts = tuple(submission.value(key) for key in keys)
        given = [one for one in amounts if isinstance(one, Decimal) and one]
        first = next((submission.readings[key] for key in keys if submission.value(key)), None)
        if len(set(given)) >= _ENOUGH_FIGURES and first is not None:
            yield amounts, first

    return _shared(submissions, marks, "BATCH-03", "填报的金额完全相同", "核对是否把一个项目的数填进了另一个项目")


def same_texts(scheme: Scheme, _roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """A long text in the words of another project."""
    keys = [one.key for one in scheme.fields if one.type is FieldType.TEXT and not one.table]

    def marks(_project: str, submission: Submission) -> Marks:
        for key in keys:
            text = submission.value(key)
            if isinstance(text, str) and len(text) >= _LONG_TEXT:
                yield (key, "".join(text.split())), submission.readings[key]

    return _shared(submissions, marks, "BATCH-04", "填报的文字完全相同", "请按各项目的实际情况分别填写")


def same_evidence(scheme: Scheme, _roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """A particular file name (a document number, a date) listed for several projects; common names say nothing."""
    keys = [f"佐证文件名_{one.code}" for one in scheme.evidence]

    def marks(_project: str, submission: Submission) -> Marks:
        for key in keys:
            name = submission.value(key)
            if isinstance(name, str) and len(name) >= _LONG_NAME and any(char.isdigit() for char in name):
                yield (key, name.strip().lower()), submission.readings[key]

    hint = "同一份材料确实适用于几个项目的，说明情况；否则分别提供"
    return _shared(submissions, marks, "BATCH-05", "登记的佐证文件是同一个", hint, most=_CONVENTION)


def foreign_names(scheme: Scheme, roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """Another project's name in a free text."""
    keys = [one.key for one in scheme.fields if one.type is FieldType.TEXT and not (one.table or one.prefill)]
    keys += [one.name_for("说明") for one in scheme.indicators]
    names: dict[str, list[tuple[str, str]]] = {}
    for one in roster.projects:
        if len(one.name) > _PROBE:
            names.setdefault(one.name[:_PROBE], []).append((one.id, one.name))
    own = {one.id: one.name for one in roster.projects}
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
    return Finding(
        "BATCH-06",
        Severity.WARNING,
        reading.at,
        f"文字中出现了项目{other[0]}“{other[1]}”的名称",
        "核对是否误抄了别的项目的内容；确有关联的请写明",
        project=project,
        indicator=reading.key,
        found=other[1],
    )


def _shared(
    submissions: Mapping[str, Submission],
    marks: Callable[[str, Submission], Marks],
    code: str,
    words: str,
    hint: str,
    most: int = 0,
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
        Finding(
            code,
            Severity.WARNING,
            shares[0][project].at,
            f"与项目{'、'.join(other for other in projects if other != project)}{words}",
            hint,
            project=project,
            indicator=shares[0][project].key,
            found=str(shares[0][project].value)[:_LONG_TEXT],
            related=tuple(one[project].at for one in shares[1:]),
        )
        for projects, shares in groups.items()
        for project in projects
    ]
