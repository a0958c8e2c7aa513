"""Decisions in force: verified values in what checks look at, and what each finding says of its decision."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from toolkit.correct import Places
from toolkit.formula.detail_rows import column_of, placed
from toolkit.formula.fields import field_values
from toolkit.ledger.kinds import Action
from toolkit.model import CellRef, Finding, ReadState, Scheme, Sentence, Severity, Submission
from toolkit.pipeline.plan.decisions import Resolution
from toolkit.text.values import shown


def placed_decisions(
    scheme: Scheme, submission: Submission, decided: Iterable[Resolution]
) -> tuple[list[Resolution], list[Finding]]:
    """The decisions with the keys their cells have in this return, and those whose row is not there any more."""
    found: list[Resolution] = []
    lost: list[Finding] = []
    for decision in decided:
        key = placed(scheme, submission, decision.key, decision.row)
        if key or not decision.row:  # what is said of a whole file has no cell
            found.append(replace(decision, key=key))
        else:
            lost.append(_without_row(scheme, submission, decision))
    return found, lost


def _without_row(scheme: Scheme, submission: Submission, decision: Resolution) -> Finding:
    label, value = decision.key, ""
    if at := column_of(scheme, decision.key):
        column, number = at
        label = f"《{column.table}》第{number}行“{column.label}”"
        value = "" if decision.value is None else f"（核定值{shown(decision.value, column.type)}）"
    row = "、".join(filter(None, decision.row)) or "（空行）"
    return Finding(
        "REVIEW-12", Severity.WARNING, CellRef(submission.file_name),
        Sentence.saying(
            "{by}对{label}的{action}{value}没有用上：现在的报送件中没有这一行：{row}",
            by=decision.by, label=label, action=decision.action, value=value, row=row,
        ),
        "核对新报送的明细，仍需核定的用 jixiao resolve 或现场核查底稿重新核定",
        project=decision.project, found=row,
    )  # fmt: skip


def with_verified(scheme: Scheme, submission: Submission, decided: Iterable[Resolution]) -> Submission:
    """The submission as checks look at it once values have been verified; shown results that were right stay right."""
    values = {
        decision.key: decision
        for decision in decided
        if decision.action is not Action.WAIVE and decision.key in submission.readings
    }
    if not values:
        return submission
    readings = dict(submission.readings)
    before = field_values(scheme, submission, {})
    for key, value in values.items():
        readings[key] = replace(
            readings[key], state=ReadState.VALUE, value=value.value, rule=f"{value.action}：{value.by}", formula=""
        )
    changed = replace(submission, readings=readings)
    after = field_values(scheme, changed, {})
    for field in scheme.fields:
        shown = readings.get(field.key)
        if field.formula and shown is not None and shown.value == before.shown_value(field.key):
            readings[field.key] = replace(shown, value=after.shown_value(field.key))
    return replace(changed, readings=readings)


def settled(findings: Iterable[Finding], places: Places, decided: Iterable[Resolution], today: date) -> list[Finding]:
    """The findings with those a person has settled turned into notes that say who and why."""
    by_key = {(decision.code, decision.key): decision for decision in decided if not _lapsed(decision, today)}
    verified = {one.key: one for one in by_key.values() if one.action is not Action.WAIVE}
    return [
        _settled(finding, by_key.get(places.key(finding)) or _of_reading(finding, places, verified))
        for finding in findings
    ]


def _of_reading(finding: Finding, places: Places, verified: Mapping[str, Resolution]) -> Resolution | None:
    """What the reading said about a cell no longer matters when its value has been verified."""
    return verified.get(places.key(finding)[1]) if finding.code.startswith("READ-") else None


def _settled(finding: Finding, decision: Resolution | None) -> Finding:
    if decision is None:
        return finding
    return replace(finding, severity=Severity.NOTE, disposition=decision.disposition(finding.severity))


def _lapsed(resolution: Resolution, today: date) -> bool:
    return resolution.until is not None and resolution.until < today
