"""The scheme (评价方案) as frozen values: what is asked, how it is scored, how it is graded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from toolkit.model.adjustment import Adjustment
from toolkit.model.finding import Severity
from toolkit.model.place import CellRef
from toolkit.model.problem import ApplicationRule, ProblemRow
from toolkit.model.scheme_words import FieldType, NoData, NotApplicable, ReportRole, ScoredObject
from toolkit.model.survey import Survey


@dataclass(frozen=True, slots=True)
class Field:
    """One cell (or one column of a repeated table) of the collection workbook.

    Attributes:
        key: Chinese word, a valid Excel defined name: ``实际到位资金``.
        label: the words beside the cell.
        section: sheet of the collection workbook it stands on, e.g. ``资金情况``.
        type: see :class:`FieldType`.
        unit: unit of measure shown beside the cell: ``万元``, ``%``, ``个``; "" for none.
        required: the unit must fill it in.
        formula: Excel text with leading ``=`` for a calculated field, else "".
        choices: name of the choice list for :attr:`FieldType.CHOICE`, else "".
        prefill: roster column whose value is put in beforehand, else "".
        table: name of the repeated table this is a column of (``支付明细``), else "".
        help: one sentence for the person filling in.
        aliases: other labels under which it comes back.
        role: what reports use it for; None where the scheme says nothing.
        origin: cell of the scheme workbook that declares it.
    """

    key: str
    label: str
    section: str
    type: FieldType
    unit: str = ""
    required: bool = False
    formula: str = ""
    choices: str = ""
    prefill: str = ""
    table: str = ""
    help: str = ""
    aliases: tuple[str, ...] = ()
    role: ReportRole | None = None
    origin: CellRef = field(default_factory=CellRef)


@dataclass(frozen=True, slots=True)
class IndicatorInput:
    """One value an indicator's rule needs.

    Attributes:
        local: name inside the rule's own formula: ``完成值``, ``要点1``, ``扣分``.
        key: the same as a defined name of the workbook: ``完成值_A101``.
        label: words shown beside the cell.
        type: see :class:`FieldType`; RATE values are fractions.
        unit: unit of measure.
        choices: allowed answers for CHOICE (in order), else ().
        formula: Excel text over field keys when derived (``=预算执行率``), else "".
        by_evaluator: True when only an evaluator gives it (never asked of the unit).
        is_degree: a degree of attainment: no less than nothing and no more than all of it.
    """

    local: str
    key: str
    label: str
    type: FieldType
    unit: str = ""
    choices: tuple[str, ...] = ()
    formula: str = ""
    by_evaluator: bool = False
    is_degree: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """A third-level indicator with its rule.

    Attributes:
        code: ``A101``; cells are named after it: ``完成值_A101``, ``自评分_A101``, ``说明_A101``, ``佐证_A101``.
        dimension, group, name: first, second and third level (group may be "").
        full_mark: Units: 分.
        rule_kind: a kind of ``toolkit.rules``, e.g. ``rate_proportional``.
        rule_parameters: the parameters as written in the scheme, (name, text) pairs.
        formula: the score as Excel text over local names (``分值`` and the inputs' ``local``).
        bound_formula: the same over the workbook's defined names.
        inputs: what the rule needs, in the order shown.
        standard: 评分标准 in words.
        target: 目标值 as shown.
        explanation: 指标解释.
        evidence: codes of the evidence items asked for.
        source: clause or document the indicator follows.
        applies_when: condition over roster attributes as Excel text, "" for always.
        no_data: what it earns without a value; None as the scheme says for all.
        origin: cell of the scheme workbook.
    """

    code: str
    dimension: str
    group: str
    name: str
    full_mark: Decimal
    rule_kind: str
    rule_parameters: tuple[tuple[str, str], ...]
    formula: str
    bound_formula: str
    inputs: tuple[IndicatorInput, ...]
    standard: str
    target: str = ""
    explanation: str = ""
    evidence: tuple[str, ...] = ()
    source: str = ""
    applies_when: str = ""
    no_data: NoData | None = None
    origin: CellRef = field(default_factory=CellRef)

    def name_for(self, part: str) -> str:
        """Defined name of one of the indicator's cells: ``name_for("自评分")`` is ``自评分_A101``."""
        return f"{part}_{self.code}"


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """勾稽关系: an Excel formula over field keys that must be TRUE (blank operands: not judged)."""

    code: str
    formula: str
    severity: Severity
    message: str
    hint: str = ""
    origin: CellRef = field(default_factory=CellRef)


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One line of the evidence list asked of every unit."""

    code: str
    name: str
    required: bool
    description: str = ""
    origin: CellRef = field(default_factory=CellRef)

    @property
    def file_stem(self) -> str:
        """How units are asked to call the file: ``E01_立项批复``."""
        return f"{self.code}_{self.name}"


@dataclass(frozen=True, slots=True, order=True)
class GradeBand:
    """Half-open band: a total of at least ``lower`` (and below the next band) earns ``name``. Units: 分 of 100."""

    lower: Decimal
    name: str


_TO_CORRECT = timedelta(days=7)
"""What a unit is given where sheet 方案 names no 整改截止日, or one that has passed."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """The days of an evaluation that are printed on letters and reports; None where the scheme names none.

    Attributes:
        issued: 发函日期; without it letters carry the day the workspace was set up.
        due: 报送截止日, the last day for returns.
        corrections_due: 整改截止日, the last day for corrections.
        reported: 报告日期; without it reports carry the day they are made.
    """

    issued: date | None = None
    due: date | None = None
    corrections_due: date | None = None
    reported: date | None = None

    def correct_by(self, today: date) -> date:
        """The last day that letters of ``today`` give for corrections and for what is overdue.

        整改截止日 while it lies ahead, else a week from today: no letter asks for something by a day that has passed.
        """
        written = self.corrections_due
        return written if written and written >= today else today + _TO_CORRECT


@dataclass(frozen=True, slots=True)
class Scheme:
    """A whole scheme. ``settings`` keeps further rows of sheet 方案 by name, as text.

    Attributes:
        money_unit: ``万元`` or ``元``, the unit of every AMOUNT field that declares none.
        total_mark: declared sum of full marks. Units: 分.
        score_places: decimals to which every indicator's score is rounded.
        round_before_grading: decimals of the total before grading; None to grade the exact total.
        sha256: of the scheme workbook's bytes; results carry it.
        table_rows: rows prepared for each repeated table.
        problems: sheet 问题与建议, in order.
        applications: sheet 结果应用, in order.
        timetable: the days letters and reports name.
        no_data: what an indicator earns that has no value, unless its own row says otherwise.
        surveys: sheets 问卷 and 问卷题目.
        adjustments: checks switched off, lowered or given a tolerance for this evaluation.
    """

    title: str
    version: str
    year: int
    client: str
    evaluator: str
    period_start: date | None
    period_end: date | None
    cutoff: date | None
    money_unit: str
    total_mark: Decimal
    score_places: int
    round_before_grading: int | None
    not_applicable: NotApplicable
    scored_object: ScoredObject
    fields: tuple[Field, ...]
    indicators: tuple[Indicator, ...]
    cross_checks: tuple[CrossCheck, ...]
    choices: Mapping[str, tuple[str, ...]]
    evidence: tuple[EvidenceItem, ...]
    grade_bands: tuple[GradeBand, ...]
    table_rows: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    settings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    adjustments: tuple[Adjustment, ...] = ()
    timetable: Timetable = Timetable()
    problems: tuple[ProblemRow, ...] = ()
    applications: tuple[ApplicationRule, ...] = ()
    no_data: NoData = NoData.ZERO
    surveys: tuple[Survey, ...] = ()
    sha256: str = ""

    def dimensions(self) -> dict[str, Decimal]:
        """First-level indicators in order of appearance with the sum of their full marks. Units: 分."""
        marks: dict[str, Decimal] = {}
        for indicator in self.indicators:
            marks[indicator.dimension] = marks.get(indicator.dimension, Decimal(0)) + indicator.full_mark
        return marks

    def field(self, key: str) -> Field | None:
        """The field with this key, if any."""
        return next((field for field in self.fields if field.key == key), None)

    def indicator(self, code: str) -> Indicator | None:
        """The indicator with this code, if any."""
        return next((indicator for indicator in self.indicators if indicator.code == code), None)

    def of_role(self, role: ReportRole) -> tuple[Field, ...]:
        """Fields a report uses for this, in order of appearance."""
        return tuple(field for field in self.fields if field.role is role)

    def tables(self) -> dict[str, tuple[Field, ...]]:
        """Repeated tables by name with their columns, in order of appearance."""
        columns: dict[str, list[Field]] = {}
        for column in self.fields:
            if column.table:
                columns.setdefault(column.table, []).append(column)
        return {name: tuple(cols) for name, cols in columns.items()}

    def grade(self, total: Decimal) -> str:
        """Grade of a total, on the scale of 100 when the declared total is not 100. Units: 分."""
        scaled = total if self.total_mark == 100 else total * 100 / self.total_mark
        if self.round_before_grading is not None:
            scaled = _round_half_up(scaled, self.round_before_grading)
        for band in sorted(self.grade_bands, reverse=True):
            if scaled >= band.lower:
                return band.name
        return ""


def _round_half_up(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")
