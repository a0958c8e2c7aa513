"""Groups of projects that are compared with one another on sheet 分组对比: by type and by size of contract."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from toolkit.aggregate.plan import MasterPlan
from toolkit.aggregate.region import criterion
from toolkit.model import Scheme
from toolkit.model.setting_names import CONTRACT_SIZES
from toolkit.text import plain
from toolkit.text.listed_amounts import read_amounts

KIND = "项目类型"
"""Column of sheet 汇总 with the type of a project."""
_SIZE = "合同规模"


@dataclass(frozen=True, slots=True)
class Group:
    """Projects that are compared with others: what sorts them, their name, columns of sheet 汇总 with criteria."""

    sort: str
    name: str
    criteria: tuple[tuple[str, str], ...]


def groups(plan: MasterPlan) -> tuple[Group, ...]:
    """Projects by type, and by size of contract; sizes are told apart at the amounts of setting 合同规模分档."""
    if plan.one_score:
        return ()
    kinds = [kind for kind in dict.fromkeys(project.project_type for project in plan.roster.projects) if kind]
    by_kind = [Group(KIND, kind, ((KIND, criterion(kind)),)) for kind in kinds] if len(kinds) > 1 else []
    known = any(project.contract_amount is not None for project in plan.roster.projects)
    return (*by_kind, *(_sizes(plan.scheme) if known else ()))


def _sizes(scheme: Scheme) -> Iterator[Group]:
    unit = scheme.money_unit
    given = scheme.settings.get(CONTRACT_SIZES, "") or ("100万元、400万元" if unit == "元" else "100、400")
    marks = read_amounts(given, unit)
    for low, high in reversed(list(pairwise([None, *marks, None]))):
        bounds = ((">=", low), ("<", high))
        words = [f"{_amount(bound, unit)}{'（含）以上' if sign == '>=' else '以下'}" for sign, bound in bounds if bound]
        criteria = tuple(("合同金额", f'"{sign}{plain(bound)}"') for sign, bound in bounds if bound)
        if criteria:
            yield Group(_SIZE, "、".join(words), criteria)


def _amount(bound: Decimal, unit: str) -> str:
    """An amount in words: 1000000 元 are 100万元."""
    many, rest = divmod(bound, 10_000)
    return f"{plain(many)}万元" if unit == "元" and many and not rest else f"{plain(bound)}{unit}"
