"""What is known of each Nantong project before its return is made up: roster row, profile, derived money and dates.

The hand-written part is ``nantong-2024/profile.md``. Everything else follows from it and from fixed choices by project
number, so the same profile always gives the same returns.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

PERIOD_START = date(2023, 10, 1)
CUTOFF = date(2024, 9, 30)
LEVELS = "优良中差"


@dataclass(frozen=True, slots=True)
class Profile:
    """One project. Units: 万元 for amounts, fractions for rates, days for ``delay``."""

    number: str
    year: int
    unit: str
    name: str
    kind: str
    contract: Decimal
    level: int
    arrival: Decimal
    execution: Decimal
    audit_cut: Decimal
    saving: Decimal
    delay: int
    satisfaction: Decimal
    failing: frozenset[str]
    exempt: bool
    mistake: str
    mistake_at: str
    deployment: str
    content: str
    goal: str


@dataclass(frozen=True, slots=True)
class Money:
    """Amounts that satisfy every funding identity of the scheme. Units: 万元."""

    fee: Decimal
    limit: Decimal
    audited: Decimal | None
    approved: Decimal
    adjustment: Decimal
    arrived: Decimal
    spent: Decimal
    paid: Decimal
    plan_cost: Decimal
    actual_cost: Decimal


@dataclass(frozen=True, slots=True)
class Dates:
    """Milestones in their natural order."""

    approval: date
    contract: date
    start: date
    planned: date
    first: date
    final: date


def choose(number: str, about: str, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``, the same for the same project and subject on every machine."""
    digest = hashlib.sha256(f"nantong-2024/{number}/{about}".encode()).digest()
    return low + int.from_bytes(digest[:4], "big") % (high - low + 1)


def pick(number: str, about: str, options: Sequence[str]) -> str:
    """One of the options, chosen like :func:`choose`."""
    return options[choose(number, about, 0, len(options) - 1)]


def cents(amount: Decimal) -> Decimal:
    """Two decimals, half up. Units: as given."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def read_profiles(roster: Sequence[Sequence[str]], profile: Sequence[Sequence[str]]) -> list[Profile]:
    """Join the roster (heading row first) with the profile table by project number."""
    by_number = {row[0]: dict(zip(profile[0], row, strict=True)) for row in profile[1:]}
    rows = [dict(zip(roster[0], row, strict=True)) for row in roster[1:] if row[0].isdigit()]
    return [_profile(row, by_number[row["序号"]]) for row in rows]


def money_of(one: Profile) -> Money:
    """Amounts from the profile's rates."""
    fee = cents(one.contract * choose(one.number, "fee", 20, 45) / 1000)
    limit = cents(one.contract * (1 - one.audit_cut)) if one.audit_cut else one.contract
    arrived = cents((limit + fee) * one.arrival)
    spent = cents(arrived * one.execution)
    # Settled between what was paid and what the contracts come to: deductions and work not done are not paid for.
    settled = spent + cents((limit + fee - spent) * choose(one.number, "settled", 55, 96) / 100)
    plan_cost = cents(settled / (1 - one.saving))
    return Money(
        fee=fee,
        limit=limit,
        audited=limit if one.audit_cut else None,
        approved=max(plan_cost, cents(one.contract * Decimal("1.06"))),
        adjustment=limit - one.contract,
        arrived=arrived,
        spent=spent,
        paid=spent - fee,
        plan_cost=plan_cost,
        actual_cost=settled,
    )


def dates_of(one: Profile) -> Dates:
    """Milestones from the year of approval and the delay; the last project finishes after the period."""
    months = (3, 9) if one.year == 2022 else (1, 4)
    approval = date(one.year, choose(one.number, "month", *months), choose(one.number, "day", 3, 27))
    contract = approval + timedelta(choose(one.number, "tender", 90, 150))
    planned = contract + timedelta(choose(one.number, "term", 210, 300))
    first = planned + timedelta(one.delay)
    earliest = PERIOD_START + timedelta(one.delay + choose(one.number, "queue", 10, 150))
    final = max(first + timedelta(choose(one.number, "trial", 60, 110)), earliest)
    late = LEVELS[one.level] == "差"
    final = CUTOFF + timedelta(17) if late else min(final, CUTOFF - timedelta(choose(one.number, "spare", 3, 40)))
    return Dates(approval, contract, contract + timedelta(10), planned, first, final)


def _profile(row: Mapping[str, str], told: Mapping[str, str]) -> Profile:
    return Profile(
        number=row["序号"],
        year=int(row["立项年度"].removesuffix("年")),
        unit=row["责任单位"],
        name=row["项目名称"],
        kind=row["项目类型"],
        contract=Decimal(row["合同金额（万元）"]),
        level=LEVELS.index(told["表现"]),
        arrival=_rate(told["到位比例"]),
        execution=_rate(told["执行比例"]),
        audit_cut=_rate(told["审减比例"]),
        saving=_rate(told["节约比例"]),
        delay=int(told["延期天数"]),
        satisfaction=_rate(told["满意度"]),
        failing=frozenset(filter(None, told["不符合要点"].split("、"))),
        exempt=told["不涉密评"] == "是",
        mistake=told["差错"],
        mistake_at=told["差错字段"],
        deployment=told["部署方式"],
        content=told["建设内容"],
        goal=told["绩效目标"],
    )


def _rate(text: str) -> Decimal:
    return Decimal(text.removesuffix("%")) / 100
