"""Which columns sheet 资金核查 has: the fixed amounts, whatever the scheme's rate formulas use, the rates, checks."""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.formula import evaluation_order, parse
from toolkit.model import Field, FieldType, Scheme

CONTRACT, AUDITED, BUDGET = "合同金额", "审计核减后合同金额", "预算资金"
ARRIVED, SPENT, CUMULATIVE = "实际到位资金", "实际支出资金", "累计支付金额"
FEE = "第三方服务费"
AMOUNTS = (CONTRACT, AUDITED, BUDGET, ARRIVED, SPENT, CUMULATIVE)
RATES = ("资金到位率", "预算执行率", "成本节约率")
WHO = ("序号", "责任单位", "项目名称")
COMPLETENESS, EXCESS, PAYMENT_CHECK, SPENDING_CHECK = "资金数据", "超合同支付额", "累计支付≤合同", "支出≤到位"
CHECKS = (COMPLETENESS, EXCESS, PAYMENT_CHECK, SPENDING_CHECK)
OVER, WITH_FEE, WITHIN, TOO_MUCH, BLANK = "超合同", "含第三方费用", "符合", "支出大于到位", "未填"


@dataclass(frozen=True, slots=True)
class FundColumns:
    """Columns of sheet 资金核查.

    Attributes:
        further: fields beyond the fixed amounts that the rate formulas use, directly or through other formulas, and
            third-party fees, which no contract covers.
        live: keys whose formula can stand in the row, because everything it uses stands there too.
        hidden: fixed columns the scheme does not ask for.
        sequence: amounts and other operands such that every formula comes after those it uses.
    """

    further: tuple[str, ...]
    live: frozenset[str]
    hidden: frozenset[str]
    sequence: tuple[str, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """Keys of all amounts and other operands, in order."""
        return (*AMOUNTS, *self.further)

    @property
    def headings(self) -> tuple[str, ...]:
        """All columns in order; what only serves formulas stands last, outside the print."""
        return (*WHO, *AMOUNTS, *RATES, *CHECKS, *self.further)


def fund_columns(scheme: Scheme) -> FundColumns:
    """Columns a scheme's sheet 资金核查 needs."""
    single = {field.key: field for field in scheme.fields if not field.table}
    further = [key for key in _used(single, RATES) if key not in (*AMOUNTS, *RATES, *WHO, *CHECKS)]
    if {CUMULATIVE, FEE} <= set(single) and FEE not in further:
        further.append(FEE)
    shown = {*AMOUNTS, *further, *RATES}
    live = {key for key in shown if key in single and single[key].formula and _names(single[key]) <= shown}
    hidden = {key for key in (*AMOUNTS, *RATES) if key not in single and key != CONTRACT}
    values = [*AMOUNTS, *further]
    order = evaluation_order({key: single[key].formula for key in values if key in live})
    sequence = (*(key for key in values if key not in live), *order)
    if not any(single[key].required for key in values if key in single):
        hidden.add(COMPLETENESS)
    return FundColumns(tuple(further), frozenset(live), frozenset(hidden | _checks_without_data(single)), sequence)


def _used(fields: dict[str, Field], keys: Sequence[str]) -> list[str]:
    """Keys of numeric fields the formulas of ``keys`` use, theirs included, in order of discovery."""
    found: list[str] = []
    pending = list(keys)
    while pending:
        field = fields.get(pending.pop(0))
        for name in sorted(_names(field), key=field.formula.find) if field else ():
            known = fields.get(name)
            if name not in found and known is not None and known.type is not FieldType.TEXT:
                found.append(name)
                pending.append(name)
    return found


def _names(field: Field) -> set[str]:
    return set(parse(field.formula).names) if field.formula else set()


def _checks_without_data(fields: dict[str, Field]) -> set[str]:
    hidden = set() if CUMULATIVE in fields else {EXCESS, PAYMENT_CHECK}
    return hidden if {ARRIVED, SPENT} <= set(fields) else {*hidden, SPENDING_CHECK}
