"""All lines of one project, or of an evaluation scored as a whole, with totals and grade."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from toolkit.formula.detail_rows import verified_fields
from toolkit.formula.fields import FieldValues, field_values, summed_values
from toolkit.model import (
    WHOLE_EVALUATION,
    DimensionScore,
    FieldType,
    Indicator,
    LineState,
    NotApplicable,
    Opinion,
    Project,
    ReadState,
    Roster,
    Scheme,
    ScoreLine,
    ScoreSheet,
    Submission,
)
from toolkit.rules import applies
from toolkit.scoring.doubt import Basis, held_back
from toolkit.scoring.lines import AWAITED, REPORTED, UNCOUNTED, score_line
from toolkit.text import plain, round_half_up

_OUT = LineState.NOT_APPLICABLE
_MISSING, _EMPTY = "没有收到可读的采集表", "采集表没有填报可以评分的内容"
_WORDS = (FieldType.TEXT, FieldType.CHOICE)
"""Fields that alone are nothing to score by: what a project is, not how far it came."""


def score_project(
    scheme: Scheme,
    project: Project,
    submission: Submission | None,
    opinions: Sequence[Opinion],
    verified: FieldValues | None = None,
    meant: Submission | None = None,
) -> ScoreSheet:
    """Score one project. ``opinions`` may hold other projects' rows too; they are ignored.

    Where nothing was returned, or a form without anything to score, there is a score only if evaluators judged every
    indicator all the same (ADR 0054, 0065).
    ``verified``: its fields with these opinions, where they are calculated already.
    ``meant``: the return as it would be if every doubt about it is right, where there is one: a line that would then
    be another one waits (ADR 0071).
    Units: 分.
    """
    own = [opinion for opinion in opinions if opinion.project == project.id]
    given = verified_fields(scheme, submission, own)
    told = Basis(submission, verified or field_values(scheme, submission, given))
    otherwise = Basis(meant, field_values(scheme, meant, given)) if meant else None
    suited = [indicator for indicator in scheme.indicators if applies(indicator, project)]
    alternatives = sum((indicator.full_mark for indicator in suited), Decimal(0)) == scheme.total_mark
    lines = [
        _scored(scheme, indicator, told, otherwise, own)
        if indicator in suited
        else _left_out(_scored(scheme, indicator, told, None, ()), alternatives=alternatives)
        for indicator in scheme.indicators
    ]
    verified_some = any(not opinion.indicator for opinion in own)
    answered = submission is not None and (verified_some or _answers(scheme, submission))
    settled = lines if answered else _without_return(lines, _EMPTY if submission else _MISSING)
    return _sheet(scheme, (project.id, project.name, project.unit), settled)


def _scored(
    scheme: Scheme, indicator: Indicator, told: Basis, otherwise: Basis | None, own: Sequence[Opinion]
) -> ScoreLine:
    """A line from what is told; it waits where it would be another one ``otherwise``."""
    line = score_line(scheme, indicator, told.fields, told.submission, own)
    if otherwise is None:
        return line
    other = score_line(scheme, indicator, otherwise.fields, otherwise.submission, own)
    return held_back(scheme, indicator, line, other, told, otherwise)


def score_whole(
    scheme: Scheme,
    roster: Roster,
    submissions: Mapping[str, Submission],
    opinions: Sequence[Opinion],
    meant: Mapping[str, Submission] = MappingProxyType({}),
) -> ScoreSheet:
    """Score an evaluation as a whole: fields summed over projects, opinions given under 整体. Units: 分.

    What units type beside an indicator is of their own project; a value of the whole only an evaluator can give.
    ``meant``: as of :func:`score_project`, of the projects about whose returns there is a doubt.
    """
    own = [opinion for opinion in opinions if opinion.project == WHOLE_EVALUATION]
    given = verified_fields(scheme, None, own)
    told = Basis(None, summed_values(scheme, _each(scheme, roster, submissions, opinions, {}), given))
    each = _each(scheme, roster, submissions, opinions, meant) if meant else []
    otherwise = Basis(None, summed_values(scheme, each, given)) if meant else None
    lines = [_scored(scheme, indicator, told, otherwise, own) for indicator in scheme.indicators]
    lines = [_of_each_project(line) if submissions and _is_typed(line) else line for line in lines]
    return _sheet(scheme, (WHOLE_EVALUATION, scheme.title, scheme.client), lines)


def _is_typed(line: ScoreLine) -> bool:
    """Whether a line has no value because units are asked for it, project by project."""
    asked = any(item.source == REPORTED for item in line.inputs)
    return asked and not line.evaluator and line.state in (LineState.NO_DATA, _OUT)


def _of_each_project(line: ScoreLine) -> ScoreLine:
    words = f"各项目分别填报，没有整体的数；{AWAITED}"
    return replace(line, state=LineState.PENDING, score=Decimal(0), because=words)


def _each(
    scheme: Scheme,
    roster: Roster,
    submissions: Mapping[str, Submission],
    opinions: Sequence[Opinion],
    meant: Mapping[str, Submission],
) -> list[FieldValues]:
    return [
        field_values(
            scheme,
            returned := meant.get(project.id) or submissions.get(project.id),
            verified_fields(scheme, returned, [op for op in opinions if op.project == project.id]),
        )
        for project in roster.projects
    ]


def _answers(scheme: Scheme, submission: Submission) -> bool:
    """Whether a form says anything that could be scored: a figure or a day of the unit's own, or about an indicator."""
    columns = {field.key: submission.table_rows.get(field.table, 0) for field in scheme.fields if field.table}
    for field in scheme.fields:
        if field.type in _WORDS or field.formula or field.prefill:
            continue
        rows = range(1, columns.get(field.key, 0) + 1)
        keys = [f"{field.table}_{field.key}_{row}" for row in rows] if field.table else [field.key]
        if any(_is_answered(submission, key) for key in keys):
            return True
    return any(
        _is_answered(submission, key)
        for indicator in scheme.indicators
        for key in (
            indicator.name_for("说明"),
            indicator.name_for("自评分"),
            *(asked.key for asked in indicator.inputs if not asked.formula),
        )
    )


def _is_answered(submission: Submission, key: str) -> bool:
    reading = submission.readings.get(key)
    return reading is not None and reading.state is not ReadState.BLANK


def _without_return(lines: Sequence[ScoreLine], why: str) -> Sequence[ScoreLine]:
    """A few judged indicators are no evaluation: while others have nothing to go by, none counts, and nothing waits."""
    if not any(_rests_on_nothing(line) for line in lines):
        return lines
    return [_withheld(line, why) if line.applies else line for line in lines]


def _rests_on_nothing(line: ScoreLine) -> bool:
    """Without a value; 不适用 for want of a value is no judgement either, unlike 不适用 by an evaluator."""
    return line.applies and line.state is not LineState.SCORED and not (line.state is _OUT and line.evaluator)


def _withheld(line: ScoreLine, why: str) -> ScoreLine:
    nothing = _rests_on_nothing(line)
    words = f"{why}，无据可评，不予评分" if nothing else f"评价人已核定；{why}，其余指标无据可评，不予评分"
    return replace(line, state=LineState.NO_DATA, score=Decimal(0), because=words)


def _left_out(line: ScoreLine, *, alternatives: bool) -> ScoreLine:
    """An indicator of other projects; it counts for nothing where those that apply make up the total by themselves."""
    words = "按方案的适用条件，本项目不评价该指标"
    mark = Decimal(0) if alternatives else line.full_mark
    return replace(line, state=_OUT, score=Decimal(0), effective_mark=mark, because=words, applies=False)


def _sheet(scheme: Scheme, who: tuple[str, str, str], lines: Sequence[ScoreLine]) -> ScoreSheet:
    settled = _settle(scheme, lines)
    total = sum((line.score for line in settled), Decimal(0))
    project, name, unit = who
    sheet = ScoreSheet(project, name, unit, total, scheme.grade(total), _dimensions(settled), settled)
    return sheet if sheet.has_data else replace(sheet, grade="")


def _settle(scheme: Scheme, lines: Sequence[ScoreLine]) -> tuple[ScoreLine, ...]:
    """Deal with 不适用 as the scheme says; Σ lines stays the total because every line is rounded here."""
    out = [line for line in lines if line.state is _OUT and line.effective_mark]
    if not out:
        return tuple(lines)
    if scheme.not_applicable is not NotApplicable.RENORMALISE:
        scored = any(line.state is LineState.SCORED for line in lines)
        given = scheme.not_applicable is NotApplicable.FULL_MARK
        return tuple(_given(line, full=given, scored=scored) if line in out else line for line in lines)
    counted = sum((line.full_mark for line in lines if line.state is not _OUT), Decimal(0))
    return tuple(_shared_out(scheme, lines, counted))


def _given(line: ScoreLine, *, full: bool, scored: bool) -> ScoreLine:
    """What 不适用 earns by a scheme that does not share it out; no full mark where nothing of the project is scored.

    A project that returned nothing would be graded by the indicators that are not its own.
    """
    if full and not scored:
        return replace(line, effective_mark=Decimal(0))
    mark = line.full_mark if full else Decimal(0)
    words = f"{line.because.removesuffix(UNCOUNTED)}，按规定计{'满分' if full else ''}{plain(mark)}分"
    return replace(line, score=mark, because=words)


def _shared_out(scheme: Scheme, lines: Sequence[ScoreLine], counted: Decimal) -> Iterator[ScoreLine]:
    """Marks rounded as they add up, so that they come to the total exactly and a full score is its line's mark."""
    places, so_far, given = scheme.score_places, Decimal(0), Decimal(0)
    for line in lines:
        if line.state is _OUT:
            yield replace(line, effective_mark=Decimal(0), score=Decimal(0))
            continue
        so_far += line.full_mark
        reached = round_half_up(so_far * scheme.total_mark / counted, places)
        yield _scaled(line, reached - given, places)
        given = reached


def _scaled(line: ScoreLine, mark: Decimal, places: int) -> ScoreLine:
    # Multiplied before divided: a quotient cut after 28 digits could lose a tie.
    score = round_half_up(line.score * mark / line.full_mark, places)
    how = f"，折算为{score}分" if score else ""  # why and by how much stands once, under the table
    return replace(line, effective_mark=mark, score=score, because=f"{line.because}{how}")


def _dimensions(lines: Sequence[ScoreLine]) -> tuple[DimensionScore, ...]:
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for line in lines:
        full, got = sums.get(line.dimension, (Decimal(0), Decimal(0)))
        sums[line.dimension] = (full + line.effective_mark, got + line.score)
    return tuple(DimensionScore(name, full, got) for name, (full, got) in sums.items())
