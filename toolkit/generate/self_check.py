"""填报自检: the live formulas with which a unit sees for itself what is missing and what does not fit.

Every formula is over defined names only, so that it goes on working when the unit inserts rows.
"""

from collections.abc import Iterable, Mapping, Sequence

from toolkit.formula.operands import judged_operands, operands
from toolkit.model import CrossCheck, FieldType, Scheme, Severity, Slot

PASSED, FAILED, DOUBTFUL, UNFILLED = "通过", "不符", "请核实", "未填"
MISSING_TOTAL, FAILED_TOTAL, CONCLUSION = "自检_缺项合计", "自检_不符合计", "自检_结论"
_ANSWERS = "不适用、待定、无"
_LONGEST, _MOST_ADDED = 8000, 190
"""Units: characters of a formula; terms added one to another, of which our own parser takes 200."""
MISSING_AREA, RESULT_AREA = "自检_缺项区", "自检_结果区"


def missing_formula(slots: Iterable[Slot]) -> str:
    """How many of the cells are blank, or hold words where a number belongs; 不适用, 待定 and 无 are answers."""
    terms = [term for slot in slots for term in _lacks(slot)]
    if len(terms) <= _MOST_ADDED:
        return "=" + ("+".join(terms) or "0")
    groups = (terms[start : start + _MOST_ADDED] for start in range(0, len(terms), _MOST_ADDED))
    return "=" + "+".join(f"SUM({','.join(group)})" for group in groups)


def in_formulas(slots: Sequence[Slot]) -> list[list[Slot]]:
    """The cells in as few parts, in their order, as a formula can count each: Excel takes 8192 characters."""
    parts: list[list[Slot]] = [[]]
    length = 0
    for slot in slots:
        own = sum(len(term) + 1 for term in _lacks(slot))
        if parts[-1] and length + own > _LONGEST:
            parts.append([])
            length = 0
        parts[-1].append(slot)
        length += own
    return parts


def _lacks(slot: Slot) -> tuple[str, ...]:
    """What is added for a cell: 1 where it is blank, and where words stand in a cell for numbers."""
    blank = f"COUNTBLANK({slot.key})"
    if slot.type not in (FieldType.AMOUNT, FieldType.NUMBER, FieldType.RATE):
        return (blank,)
    return blank, f'ISTEXT({slot.key})*ISERROR(FIND({slot.key},"{_ANSWERS}"))'


def cross_check_formula(check: CrossCheck, tables: Mapping[str, str]) -> str:
    """通过, 不符 (or 请核实), or 未填 while an operand is blank; the scheme's own text stands in it unchanged.

    Args:
        check: the cross-check.
        tables: column key → table name; a column counts as blank when all of it is.
    """
    text = check.formula.removeprefix("=")
    areas = {*tables, *tables.values()}
    judged = judged_operands(check.formula)
    blanks = [f"COUNTA({name})=0" if name in areas else f"COUNTBLANK({name})>0" for name in judged]
    wrong = FAILED if check.severity is Severity.ERROR else DOUBTFUL
    verdict = f'IFERROR(IF({text},"{PASSED}","{wrong}"),"{UNFILLED}")'
    if not blanks:
        return f"={verdict}"
    condition = blanks[0] if len(blanks) == 1 else f"OR({','.join(blanks)})"
    return f'=IF({condition},"{UNFILLED}",{verdict})'


def _conclusion(scheme: Scheme) -> str:
    """The one line on top: passed, perhaps with something to look at again, or how much is still to do."""
    doubtful = f'COUNTIF({RESULT_AREA},"{DOUBTFUL}")'
    again = f'&IF({doubtful}=0,"","；其中请核实 "&{doubtful}&" 条")' if scheme.cross_checks else ""
    return (
        f'=IF({MISSING_TOTAL}+{FAILED_TOTAL}=0,"填报自检通过，可以打印签章报送"{again},'
        f'"尚有必填缺 "&{MISSING_TOTAL}&" 项、勾稽不符 "&{FAILED_TOTAL}&" 条，请按自检表逐项补正")'
    )


def total_formulas(scheme: Scheme) -> dict[str, str]:
    """Defined name → formula of the two totals and the conclusion; without cross-checks there is no area to count."""
    return {
        MISSING_TOTAL: f"=SUM({MISSING_AREA})",
        FAILED_TOTAL: f'=COUNTIF({RESULT_AREA},"{FAILED}")' if scheme.cross_checks else "=0",
        CONCLUSION: _conclusion(scheme),
    }


def first_operand(check: CrossCheck, scheme: Scheme) -> str:
    """The name a cross-check's link jumps to: its first operand."""
    known = {field.key for field in scheme.fields}
    ordered = operands(check.formula)
    return next((name for name in ordered if name in known), ordered[0] if ordered else "")
