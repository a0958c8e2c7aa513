"""Numbers that the remarks of a row tell, against the numbers of the row; what was reviewed against what was signed."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Table
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import number_of
from toolkit.proof.records import body_rows
from toolkit.proof.report import Report
from toolkit.proof.trials import slipped
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_TABLE = "项目\t合同金额（元）\t审计核减后合同金额（元）\t支付金额（元）\t备注\n甲平台\t1550000.00\t1546800.00\t946233.22\t审计金额的57%为880396元，第三方服务费用为65837.22元\n乙平台\t835600.00\t835600.00\t167120.00\t支付合同金额的20%，共计16.712万元\n"
_PLAIN = Decimal(1)


@rule(
    "note.reckoned",
    group=Group.SAME_FACT,
    title="备注里的数与同一行的数相符",
    good=(_TABLE,),
    bad=(_TABLE.replace("16.712万元", "16.172万元"),),
)
def notes(report: Report) -> Iterator[Result]:
    """Amounts of a remark that are a cell of the row, a sum, a gap or a share of its numbers; one that is a digit off."""
    for table in report.document.tables:
        for row in body_rows(table):
            cells = [
                fact for cell in row if (fact := number_of(report, cell)) is not None and fact.kind is FactKind.MONEY
            ]
            if len(cells) < 2:
                continue
            for cell in (cell for cell in row if not cell.is_numeric and re.search(r"[0-9]", cell.text)):
                told = [_money(fact, cell.text) for fact in report.facts_at(cell.place) if fact.exact and fact.value]
                yield from _noted(cells, told)
                if _LEFT.search(cell.text):
                    yield from _left(cells, told)


_LEFT = Pattern("尾款|余款|剩余|质保金")


def _left(cells: Sequence[Fact], told: Sequence[tuple[Fact, Decimal]]) -> Iterator[Result]:
    """What was still open before this year; the share that is kept back, fees of others taken out of what was paid."""
    fees = [value for _, value in told if value]
    for fact, value in told:
        for whole, paid, third in permutations(cells, 3):
            if value and value == whole.base - (paid.base - third.base) and paid.base > third.base:
                yield agrees(fact, whole, paid, third)
                break
        for whole, paid in permutations(cells, 2):
            kept = [1 - (paid.base - fee) / whole.base for fee in fees] if fact.kind is FactKind.PERCENT else []
            if any(fact.low <= share <= fact.high for share in kept if share > 0):
                yield agrees(fact, whole, paid)
                break


def _money(fact: Fact, text: str) -> tuple[Fact, Decimal]:
    """A number of a remark in 元: 250.8万 and 65837.22 are money beside 费."""
    if fact.kind is FactKind.MONEY or fact.unit in ("万", "亿"):
        return fact, fact.base
    is_fee = (
        fact.kind is FactKind.COUNT
        and not fact.unit
        and fact.step < _PLAIN
        and re.search("费用?为?$", text[: fact.start])
    )
    return fact, fact.base if is_fee else Decimal(0)


def _noted(cells: Sequence[Fact], told: Sequence[tuple[Fact, Decimal]]) -> Iterator[Result]:
    known = [(fact, fact.base) for fact in cells]
    amounts = [*known, *((fact, value) for fact, value in told if value)]
    for fact, value in told:
        others = [item for item in amounts if item[0] is not fact and item[1]]
        if fact.kind is FactKind.PERCENT:
            pair = next((pair for pair in permutations(others, 2) if _is_share(fact, pair[0][1], pair[1][1])), None)
        elif value:
            pair = next((pair for pair in permutations(others, 2) if _makes(fact, value, pair[0][1], pair[1][1])), None)
        else:
            continue
        same = next((other for other, base in known if value and base == value), None)
        if same is not None:
            yield agrees(fact, same)
        elif pair is not None:
            yield agrees(fact, pair[0][0], pair[1][0])
        elif value and (near := next((other for other, base in known if slipped(fact, base)), None)) is not None:
            right = f"{plain(near.base / fact.scale)}{fact.unit}"
            message = f"备注写{said(fact)}，同一行是{said(near)}，只差一位或两位颠倒"
            yield doubtful(fact.place, said(fact), right, message, facts=(fact,), related=(near.place,))


def _makes(fact: Fact, value: Decimal, left: Decimal, right: Decimal) -> bool:
    """Whether two amounts make the number: their sum, their gap."""
    half = fact.step * fact.scale / 2
    return value not in (left, right) and (abs(left + right - value) <= half or abs(left - right - value) <= half)


def _is_share(rate: Fact, part: Decimal, whole: Decimal) -> bool:
    """Whether a rate is the part of the whole, or what is left of it, as it is printed."""
    return part < whole and (rate.meets(part / whole, part / whole) or rate.meets(1 - part / whole, 1 - part / whole))


_SIGNED = Pattern(r"合同(?:总)?(?:金额|价款?|额)")
_REVIEWED = Pattern("审计核减后|审定|核减后|审计后")


@rule(
    "pay.reviewed",
    group=Group.PAYMENTS,
    title="审定金额不大于合同金额",
    good=(_TABLE,),
    bad=(_TABLE.replace("1546800.00", "1646800.00"),),
)
def reviewed(report: Report) -> Iterator[Result]:
    """What an audit left of a contract is at most what was signed."""
    for table in report.document.tables:
        columns = _columns(table)
        for row in body_rows(table) if columns else ():
            signed, left = (number_of(report, row[column]) for column in columns or (0, 0))
            if signed is None or left is None:
                continue
            if left.base <= signed.base:
                yield agrees(signed, left)
            else:
                message = f"审定金额{said(left)}大于合同金额{said(signed)}"
                yield doubtful(left.place, said(left), f"不大于{said(signed)}", message, facts=(signed, left))


def _columns(table: Table) -> tuple[int, int] | None:
    left = next((at for at, text in enumerate(table.headings) if _REVIEWED.search(text)), None)
    signed = next(
        (at for at, text in enumerate(table.headings) if _SIGNED.search(text) and not _REVIEWED.search(text)), None
    )
    return (signed, left) if left is not None and signed is not None else None
