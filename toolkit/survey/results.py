"""Answers → what was taken out and why, counts, both definitions of 满意度 with their intervals, subgroups."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit.model import Definition, QuestionKind, Removal, Survey, SurveyQuestion
from toolkit.survey.answers import Answers
from toolkit.survey.sample_size import needed, wilson

SMALL = 30
"""A subgroup with fewer answers is marked."""
_LEAST_QUESTIONS = 3
"""Answers are only called the same straight through when there are this many questions."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A rate with its bounds; all None without answers. Units: fraction 0–1."""

    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question: how often each option was chosen, how many did not answer."""

    question: SurveyQuestion
    answered: int
    missing: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Subgroup:
    """The satisfaction rate among those who chose an option; ``small``: too few to say much."""

    question: SurveyQuestion
    option: str
    count: int
    rates: Mapping[Definition, Interval]

    @property
    def small(self) -> bool:
        """Fewer than :data:`SMALL` answers."""
        return self.count < SMALL


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """What a questionnaire came to, of one project.

    Attributes:
        received: answer sheets; received = valid + removed.
        noticed: rule → rows it speaks of (counted from 0 below the header), taken out or not.
        removed: row → the rule that took it out.
        respondents: valid sheets with an answer to a question that counts.
    """

    survey: Survey
    project: str
    received: int
    noticed: Mapping[Removal, tuple[int, ...]]
    removed: Mapping[int, Removal]
    valid: int
    respondents: int
    rates: Mapping[Definition, Interval]
    questions: tuple[QuestionResult, ...]
    subgroups: tuple[Subgroup, ...]

    @property
    def needed(self) -> int:
        """Answers the scheme's margin asks for."""
        survey = self.survey
        return needed(survey.population, survey.confidence, survey.margin, survey.expected)

    def counted_options(self) -> dict[str, int]:
        """Option → how often, over all questions that count."""
        total: Counter[str] = Counter()
        for result in self.questions:
            if result.question.counted:
                total.update(dict(zip(result.question.options, result.counts, strict=True)))
        return dict(total)


def results_of(answers: Answers, survey: Survey, project_of: Mapping[str, str]) -> tuple[SurveyResult, ...]:
    """One result for every project; ``project_of`` tells the project id of what stands in the file."""
    by_project: dict[str, list[int]] = {}
    for index, written in enumerate(answers.projects):
        by_project.setdefault(project_of[written], []).append(index)
    return tuple(_result(answers, survey, project, rows) for project, rows in by_project.items())


def _result(answers: Answers, survey: Survey, project: str, indexes: list[int]) -> SurveyResult:
    noticed = {rule: found for rule in Removal if (found := _noticed(rule, answers, survey, indexes))}
    removed: dict[int, Removal] = {}
    for rule in survey.removals:
        for index in noticed.get(rule, ()):
            removed.setdefault(index, rule)
    valid = [index for index in indexes if index not in removed]
    rates, respondents = _rates(answers, survey, valid, survey.population)
    questions = tuple(
        _question(question, answers, valid) for question in survey.questions if question.code in answers.choices
    )
    rows = answers.rows
    return SurveyResult(
        survey, project, len(indexes),
        {rule: tuple(rows[index] for index in found) for rule, found in noticed.items()},
        {rows[index]: rule for index, rule in removed.items()},
        len(valid), respondents, rates, questions, _subgroups(answers, survey, valid),
    )  # fmt: skip


def _noticed(rule: Removal, answers: Answers, survey: Survey, indexes: list[int]) -> list[int]:
    if rule is Removal.TOO_FAST:
        least = survey.least_seconds
        return [i for i in indexes if least and (took := answers.seconds[i]) is not None and took < least]
    if rule is Removal.SAME_ACCOUNT:
        return _repeated(answers.accounts, indexes)
    if rule is Removal.SAME_ADDRESS:
        return _repeated(answers.addresses, indexes)
    counted = [answers.choices[question.code] for question in survey.counted() if question.code in answers.choices]
    if rule is Removal.MISSING:
        return [index for index in indexes if not any(choices[index] for choices in counted)]
    scales = [answers.choices[q.code] for q in survey.questions if q.kind is QuestionKind.SCALE]
    if len(scales) < _LEAST_QUESTIONS:
        return []
    return [index for index in indexes if scales[0][index] and len({choices[index] for choices in scales}) == 1]


def _repeated(marks: tuple[str, ...], indexes: Iterable[int]) -> list[int]:
    """All but the first of those with the same mark."""
    seen: set[str] = set()
    repeated = []
    for index in indexes:
        mark = marks[index]
        if mark and mark in seen:
            repeated.append(index)
        seen.add(mark)
    return repeated


def _rates(
    answers: Answers, survey: Survey, indexes: list[int], population: int | None
) -> tuple[dict[Definition, Interval], int]:
    """Both rates over the answers that count; an interval rests on the persons who answered, not on their answers."""
    satisfied = given = 0
    points = Decimal(0)
    persons: set[int] = set()
    for question in (question for question in survey.counted() if question.code in answers.choices):
        choices = answers.choices[question.code]
        counts = Counter(choices[index] for index in indexes if choices[index])
        persons.update(index for index in indexes if choices[index])
        for (place,), count in counts.items():
            given += count
            satisfied += count if question.options[place] in question.satisfied else 0
            points += count * question.points[place] / question.best
    if not given:
        return dict.fromkeys(Definition, Interval(None)), 0
    values = {Definition.SHARE: Decimal(satisfied) / given, Definition.MEAN: points / given}
    rates = {}
    for definition, value in values.items():
        bounds = wilson(value, len(persons), population, survey.confidence)
        rates[definition] = Interval(value, *(bounds or ()))
    return rates, len(persons)


def _question(question: SurveyQuestion, answers: Answers, indexes: list[int]) -> QuestionResult:
    choices = answers.choices[question.code]
    chosen = Counter(place for index in indexes for place in choices[index])
    answered = sum(bool(choices[index]) for index in indexes)
    counts = tuple(chosen[place] for place in range(len(question.options)))
    return QuestionResult(question, answered, len(indexes) - answered, counts)


def _subgroups(answers: Answers, survey: Survey, indexes: list[int]) -> tuple[Subgroup, ...]:
    groups = []
    for question in (question for question in survey.questions if question.subgroup):
        choices = answers.choices.get(question.code, ())
        for place, option in enumerate(question.options):
            members = [index for index in indexes if choices and place in choices[index]]
            rates, respondents = _rates(answers, survey, members, None)
            groups.append(Subgroup(question, option, respondents, rates))
    return tuple(groups)
