"""The three rates (and every other calculated cell) three ways: as shown, by the unit's own formula, by ours."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.causes import likely_cause, own_result
from toolkit.checks.declaration import Doubt, check
from toolkit.formula import Verdict, compare, compile_formula
from toolkit.formula.fields import leaves
from toolkit.model import (
    CellRef,
    Content,
    Field,
    FieldType,
    Form,
    Reading,
    ReadState,
    Sentence,
    Severity,
    Stated,
    Value,
)

THREE_RATES = ("资金到位率", "预算执行率", "成本节约率")
TEXT_OPERANDS = "所引用的单元格填的是文本，表内公式取不到数；已按读出的数重算"
LOST_OPERANDS = "所引用的单元格已被删除，表内公式取不到数；已按读出的数重算"
_LOST = "#REF!"
TOLERANCE = {FieldType.RATE: Decimal("0.00005"), FieldType.AMOUNT: Decimal("0.005")}
"""Half a unit of the last decimal a person sees; other types have to agree exactly."""


def _close(kind: FieldType, one: Value, other: Value) -> bool:
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one - other) <= TOLERANCE.get(kind, Decimal(0))
    return one == other or (one in (None, "") and other in (None, ""))


def _returned(case: Case) -> Iterator[tuple[Field, Reading]]:
    """Calculated fields that came back with something to look at."""
    for field in case.calculated():
        reading = case.reading(field.key)
        if reading is not None:
            yield field, reading


@check(
    "RATE-01",
    Severity.ERROR,
    "计算单元格显示的值与按填报数据重算的值不一致",
    message="{label}显示为{found}，按填报数据应为{expected}{cause}",
    hint="显示旧结果的，用 Excel 或 WPS 打开，重新计算后保存；公式改动过的，从下发的原表复制这一格的公式；"
    "基础数据填错的，改基础数据",
    source="财预〔2020〕10号 资金到位率、预算执行率、成本节约率计算公式；方案《字段》表",
)
def shown_differs(case: Case) -> Iterator[Doubt]:
    """Shown (cached) value against ours."""
    for field, reading in _returned(case):
        ours = case.fields.shown_value(field.key)
        if reading.state is ReadState.NOT_CALCULATED or _close(field.type, reading.value, ours):
            continue
        if case.fields.value(field.key) is None:
            continue  # it rests on a blank: there is no value to hold against the one shown; MISS-01, RATE-06 speak
        if _perhaps_blank(case, reading) and not isinstance(ours, Decimal):
            continue
        yield _doubt(case, field, reading, reading.value, ours)


@check(
    "RATE-02",
    Severity.ERROR,
    "单元格里的公式与方案公式不是同一个算法",
    message="{label}的公式与下发的不是同一个算法：{words}",
    hint="撤销修改，或从下发的原表复制这一格的公式粘贴回来；对算法有意见的，另行书面提出",
    source="方案《字段》表公式",
)
def formula_differs(case: Case) -> Iterator[Doubt]:
    """The unit's formula text against the scheme's."""
    for field, reading in _returned(case):
        if not reading.formula:
            continue
        compared = compare(field.formula, reading.formula)
        if compared.verdict.is_same:
            continue
        words = {"label": field.label, "words": compared.words}
        yield Doubt(case.at(field.key), reading.formula, field.formula, field.key, words)


@check(
    "RATE-03",
    Severity.WARNING,
    "按单位自己的公式重算，结果与方案公式不同",
    message="{label}按表内公式计算为{found}，按方案公式应为{expected}",
    hint="核对分子、分母取的是哪些数；公式改动过的，撤销修改，或从下发的原表复制这一格的公式粘贴回来",
    source="方案《字段》表公式",
)
def own_formula_gives_other_value(case: Case) -> Iterator[Doubt]:
    """The unit's formula evaluated on the unit's own cells, against ours."""
    for field, reading in _returned(case):
        if not reading.formula or compare(field.formula, reading.formula).verdict is not Verdict.DIFFERENT:
            continue
        theirs = own_result(case, reading.formula)
        ours = case.fields.shown_value(field.key)
        if isinstance(theirs, Decimal) and not _close(field.type, theirs, ours):
            yield _doubt(case, field, reading, theirs, ours)


@check(
    "RATE-04",
    Severity.ERROR,
    "计算单元格的公式被改为固定数值",
    message="{label}原为公式，现为固定数值{found}，以后改数不会再更新",
    hint="撤销修改，或从下发的原表复制这一格的公式粘贴回来",
    source="填报说明：灰色单元格自动计算，请勿改动",
)
def constant_instead_of_formula(case: Case) -> Iterator[Doubt]:
    """A calculated cell that holds no formula any more; where formulas cannot be seen nothing is claimed of them."""
    for field, reading in _returned(case):
        if (
            not case.submission.sees_formula(reading.at.sheet)
            or reading.formula
            or reading.state in (ReadState.BLANK, ReadState.NOT_CALCULATED)
        ):
            continue
        if reading.value is None and not reading.original:
            continue  # its place was not found: other findings say so
        yield Doubt(
            case.at(field.key), _shown(case, reading, reading.value), field.formula, field.key, {"label": field.label}
        )


@check(
    "RATE-05",
    Severity.NOTE,
    "文件返回时没有经表格程序计算",
    message="{label}等计算单元格没有计算结果，本次核查以重算值为准",
    hint="无需更正；如需查看结果，用 Excel 或 WPS 打开后保存即可",
    source="填报自检“是否已计算”",
)
def never_calculated(case: Case) -> Iterator[Doubt]:
    """Formulas without any cached value: once per file, at the first of them."""
    for field, reading in _returned(case):
        if reading.state is ReadState.NOT_CALCULATED:
            yield Doubt(case.at(field.key), "未计算", "", field.key, {"label": field.label})
            return


@check(
    "RATE-06",
    Severity.WARNING,
    "比率的分母为0或空，比率无意义",
    message="{label}无法计算：分母为0或未填，按规定不作0%，也不作100%",
    hint="补填分母；确无该项资金的，说明原因",
    source="比率分母为零时无定义",
)
def undefined_rate(case: Case) -> Iterator[Doubt]:
    """One of the three rates cannot be computed although part of its inputs is there; a typed 0 is the graver case."""
    for key in THREE_RATES:
        field = case.scheme.field(key)
        if field is None or not field.formula:
            continue
        if isinstance(case.fields.shown_value(key), Decimal):
            continue
        inputs = compile_formula(field.formula).formula.names
        if any(case.has_value(name) for name in inputs):
            severity = None if any(case.number(name) == 0 for name in inputs) else Severity.NOTE
            found = case.stated(key, case.fields.shown_value(key))
            cells = tuple(case.at(lacking.key) for lacking in case.lacking(field.formula))
            yield Doubt(case.at(key), found, "", key, {"label": field.label}, cells, severity=severity)


@check(
    "RATE-07",
    Severity.WARNING,
    "资金到位率或预算执行率超过100%",
    message="{label}为{found}，超过100%",
    hint="核对到位、支出与预算的口径（年度数、累计数不要混用）；属实的，说明原因",
    source="财预〔2020〕10号",
)
def rate_above_one(case: Case) -> Iterator[Doubt]:
    """Arrival or execution above 100 %."""
    for key in THREE_RATES[:2]:
        rate = case.number(key)
        if rate is not None and rate > 1:
            limit = Sentence("不超过100%", figure=Stated(Decimal(1), Form.PERCENT))
            cells = _operands(case, key)
            yield Doubt(case.at(key), case.stated(key, rate), limit, key, {"label": case.label(key)}, cells)


def _operands(case: Case, key: str) -> tuple[CellRef, ...]:
    """Where what a rate is computed from was typed."""
    field = case.scheme.field(key)
    stands_on = leaves(case.scheme.fields, field.formula, case.fields.judged) if field else ()
    return tuple(case.at(each.key) for each in stands_on)


def _doubt(case: Case, field: Field, reading: Reading, found: Value, ours: Value) -> Doubt:
    blank = not isinstance(found, Decimal) or _perhaps_blank(case, reading)
    lost = reading.original == _LOST
    takes_text = blank and not lost and _rests_on_text(case, field)
    cause = LOST_OPERANDS if lost else TEXT_OPERANDS if takes_text else likely_cause(case, field, reading, found)
    mend = _ROWS_AGAIN if lost else _PLAIN_NUMBERS if takes_text else ""
    return Doubt(
        case.at(field.key),
        _shown(case, reading, found),
        case.stated(field.key, ours),
        field.key,
        {"label": field.label, "cause": f"（{cause}）" if cause else ""},
        severity=Severity.NOTE if mend else None,
        hint=mend,
    )


_PLAIN_NUMBERS = "无需更正结果；把所引用的单元格改成纯数字，公式即可恢复计算"
_ROWS_AGAIN = "无需更正结果；被删除的行恢复以后，公式即可恢复计算"


def _perhaps_blank(case: Case, reading: Reading) -> bool:
    """Whether a 0 may be a formula's blank: LibreOffice stores the result "" as 0 where it writes .xls."""
    return not case.submission.sees_formula(reading.at.sheet) and reading.value == 0


def _shown(case: Case, reading: Reading, found: Value) -> Content:
    """A value; of a cell without one what stands there (``#VALUE!``, a text), but for a formula's blank."""
    stands = reading.original if reading.original != reading.formula else ""
    return stands if found is None and stands else case.stated(reading.key, found)


def _rests_on_text(case: Case, field: Field) -> bool:
    """A number typed as text (``286.5万元``) is read by us, but Excel's formula takes it for nothing."""
    operands = (case.reading(name) for name in compile_formula(field.formula).formula.names)
    return any(reading is not None and reading.rule for reading in operands)
