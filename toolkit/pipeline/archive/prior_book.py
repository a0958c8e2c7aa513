"""上年数据.xlsx: what last year's evaluation found, to be put into this year's forms and compared with this year's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.formula.fields import FieldValues
from toolkit.model import (
    Field,
    FieldType,
    Project,
    Reading,
    ReadState,
    ScoreSheet,
    Submission,
    Value,
    serial_to_date,
)
from toolkit.pipeline.examine.results import Results, verified
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.prior import (
    COMPARED_ONLY,
    FIGURE_HEADINGS,
    FIGURES,
    SCORE_HEADINGS,
    SCORES,
    STATES,
    TO_VERIFY,
    TOTAL,
    field_of,
)
from toolkit.text import plain

_WIDTHS = {"项目名称": 34, "责任单位": 26, "填报项": 30, "名称": 34, "上年值": 30, "一级指标": 20, "指标": 34}
_CHOICES = {"状态": STATES}
_FIFTEEN_DIGITS = Context(prec=15)
"""What a cell keeps of a quotient."""
_NUMERIC = frozenset({"分值", "得分"})
_WORDS = (ReadState.NONE, ReadState.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class PriorBook:
    """Rows of both sheets."""

    figures: tuple[tuple[str, ...], ...]
    scores: tuple[tuple[str, ...], ...]

    @property
    def prefilled(self) -> int:
        """Figures that go into this year's forms."""
        return sum(row[-1] == TO_VERIFY for row in self.figures)

    def workbook(self, title: str) -> bytes:
        """The workbook; ``title`` is last year's."""
        hint = (
            f"状态为“待核实”“沿用”“已更新”的{self.prefilled}项填入本年采集表，标为待核实；改为“不适用”则不填；"
            "“仅对比”的只用于年度对比。项目按名称、填报项按编码对应，改了名的在本表改成本年的写法。"
        )
        figures = TableSheet(
            FIGURES, f"{title}（上年）数据", _columns(FIGURE_HEADINGS), self.figures, hint, filtered=True
        )
        words = "上年各项目各指标的得分，用于年度对比；不适用、没有评分的指标没有列出。指标按名称对应。"
        scores = TableSheet(SCORES, f"{title}（上年）得分", _columns(SCORE_HEADINGS), self.scores, words, filtered=True)
        return table_workbook([figures, scores])


def prior_year(evaluation: Evaluation, found: Results) -> PriorBook:
    """Everything of last year that a form or a comparison can use."""
    known = found.examined.returns
    fields = verified(evaluation, known)
    figures: list[tuple[str, ...]] = []
    scores: list[tuple[str, ...]] = []
    for project in evaluation.roster.projects:
        submission, sheet = known.counting.get(project.id), found.sheets.get(project.id)
        if submission is not None:
            figures += _figures(evaluation, project, submission, fields[project.id])
        if submission is not None and sheet is not None:
            scores += _scores(evaluation, project, sheet)
    return PriorBook(tuple(figures), tuple(scores))


def _columns(headings: Sequence[str]) -> tuple[Column, ...]:
    return tuple(
        Column(heading, _WIDTHS.get(heading, 12), _CHOICES.get(heading, ()), numeric=heading in _NUMERIC)
        for heading in headings
    )


def _figures(
    evaluation: Evaluation, project: Project, submission: Submission, values: FieldValues
) -> Iterator[tuple[str, ...]]:
    """Single fields in the scheme's order, verified where somebody did; then the rows of tables as reported."""
    who = (project.id, project.name, project.unit)
    for field in evaluation.scheme.fields:
        if field.table:
            continue
        reading, value = submission.readings.get(field.key), values.value(field.key)
        text = _said(value, field) or _word(reading)
        only_compared = bool(field.formula or field.prefill)
        if text and not (only_compared and not isinstance(value, Decimal)):
            state = COMPARED_ONLY if only_compared else TO_VERIFY
            yield (*who, field.key, field.label, text, field.unit, state)
    for key, reading in submission.readings.items():
        column, number = field_of(evaluation.scheme, key)
        if column and number and not column.formula:
            text = _said(reading.value if reading.state is ReadState.VALUE else None, column) or _word(reading)
            if text:
                yield (*who, key, f"{column.table}第{number}行{column.label}", text, column.unit, TO_VERIFY)


def _word(reading: Reading | None) -> str:
    return reading.state.value if reading and reading.state in _WORDS else ""


def _said(value: Value, field: Field) -> str:
    """A value so that it reads as itself again, with all its digits."""
    if not isinstance(value, Decimal):
        return value if isinstance(value, str) else ""
    if field.type is FieldType.RATE:
        return f"{plain(_FIFTEEN_DIGITS.plus(value * 100))}%"
    if field.type is FieldType.DATE:
        return serial_to_date(value).isoformat()
    return plain(_FIFTEEN_DIGITS.plus(value))


def _scores(evaluation: Evaluation, project: Project, sheet: ScoreSheet) -> Iterator[tuple[str, ...]]:
    who = (project.id, project.name, project.unit)
    for line in sheet.lines:
        indicator = evaluation.scheme.indicator(line.code)
        if indicator and line.state.counts and line.effective_mark:
            marks = (plain(line.effective_mark), plain(line.score))
            yield (*who, line.code, indicator.dimension, indicator.name, *marks)
    if sheet.has_data:
        yield (*who, "", "", TOTAL, plain(evaluation.scheme.total_mark), plain(sheet.total))
