"""Answers put in beforehand that the form does not offer: a roster's word that is none of a field's choices."""

from collections.abc import Iterator

from toolkit.model import Field, FieldType, Finding, Project, Roster, Scheme, Sentence, Severity
from toolkit.rules import roster_values
from toolkit.scheme.findings import say
from toolkit.text.folding import compared

_NAMED = 3
_YES_OR_NO = ("是", "否")


def check_prefilled_choices(scheme: Scheme, roster: Roster) -> list[Finding]:
    """One warning for each word of a roster's column that its field does not know.

    It stands in the form as the unit's answer, and no condition that names the field's choices is met by it.
    """
    return [finding for field in scheme.fields if field.prefill for finding in _of_field(scheme, field, roster)]


def _of_field(scheme: Scheme, field: Field, roster: Roster) -> Iterator[Finding]:
    choices = _YES_OR_NO if field.type is FieldType.YESNO else scheme.choices.get(field.choices, ())
    if not choices:
        return
    known = {compared(choice) for choice in choices}
    unknown: dict[str, list[Project]] = {}
    for project in roster.projects:
        word = str(roster_values(project).get(field.prefill) or "")
        if word and compared(word) not in known:
            unknown.setdefault(word, []).append(project)
    for word, projects in unknown.items():
        named = "".join(f"“{project.name}”" for project in projects[:_NAMED])
        more = f"等{len(projects)}个项目" if len(projects) > _NAMED else ""
        told = Sentence.saying(
            "{projects}的“{column}”写的是“{word}”，不是字段“{field}”的选项",
            projects=f"项目{named}{more}",
            column=field.prefill,
            word=word,
            field=field.label,
        )
        hint = f"改成选项之一（{'、'.join(choices)}），或在方案的《选项》里补上它"
        yield say("ROSTER-21", projects[0].origin, told, hint, severity=Severity.WARNING, about=field.key, found=word)
