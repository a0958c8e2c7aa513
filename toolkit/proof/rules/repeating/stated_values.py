"""Of a report about one project: what its table of funds says, against the same item wherever else it is told."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.labelled import LabelledList, labelled_lists, name_before
from toolkit.proof.report import Report
from toolkit.proof.rules.naming.names import PROJECTS, of_columns
from toolkit.text.patterns import Pattern

_FEWEST = 2
_GOOD = (
    "合同金额531.27万元，实际到位资金477.04万元，资金到位率92.00%，年初预算数544.02万元，预算调整数-25.50万元。\n"
    "未支出的31.01万元为尾款，合同金额5,312,700元。\n项目\t单位\t数值\n合同金额\t万元\t531.27\n预算资金\t万元\t518.52\n实际到位资金\t万元\t477.04\n"
    "实际支出资金\t万元\t446.03\n资金到位率\t—\t92.00%\n"
)


@rule(
    "same.stated",
    group=Group.SAME_FACT,
    title="资金表各项与别处写的同一项相同",
    good=(_GOOD,),
    bad=(
        _GOOD.replace("到位资金477.04万元", "到位资金474.04万元"),
        _GOOD.replace("544.02万元", "554.02万元"),
        _GOOD.replace("未支出的31.01万元", "未支出的31.10万元"),
    ),
)
def stated(report: Report) -> Iterator[Result]:
    """Items by their full names with the number right behind; 年初预算加调整是预算, 到位减支出是未支出."""
    known = _funds(report)
    if known is None:
        return
    for place, text in report.document.texts():
        if place.table == known.place.table:
            continue
        named = {name_before(text, fact): fact for fact in report.facts_at(place) if fact.exact}
        for name, fact in named.items():
            if name in known.facts and fact.kind is known.facts[name].kind:
                yield _compared(place, name, fact, known.facts[name])
        yield from _adjusted(place, text, named, known.facts)
        yield from _unspent(place, named, known.facts)


def _funds(report: Report) -> LabelledList | None:
    """The only table of named amounts, of a report that tells of one project."""
    tables = [item for item in labelled_lists(report) if item.place.table and len(_money(item)) >= _FEWEST]
    if len(tables) != 1 or len(of_columns(report, PROJECTS).keys() - tables[0].facts.keys()) > 1:
        return None
    return tables[0]


def _money(item: LabelledList) -> list[Fact]:
    return [fact for fact in item.facts.values() if fact.kind is FactKind.MONEY]


def _compared(place: Place, name: str, fact: Fact, own: Fact) -> Result:
    if own.meets(fact.low, fact.high):
        return agrees(fact, own)
    message = f"{name}在此处是{fact.said}，资金表中是{own.said}"
    return doubtful(place, fact.text, own.said, message, facts=(fact, own), related=(own.place,), confidence=80)


_CHANGE = Pattern(r"预算调整数?(?P<change>[-−]?[0-9][0-9,]*(?:\.[0-9]+)?)(?P<unit>[万亿]?元)")
"""Read from the text: a sign behind a word is no part of a number elsewhere."""


def _adjusted(place: Place, text: str, named: Mapping[str, Fact], items: Mapping[str, Fact]) -> Iterator[Result]:
    """The budget of the beginning of the year with its change is the budget."""
    first, budget, change = named.get("年初预算数"), items.get("预算资金"), _CHANGE.search(text)
    if first is None or budget is None or change is None or change["unit"] != first.unit:
        return
    added = (first.value or Decimal(0)) + Decimal(change["change"].replace(",", "").replace("−", "-"))
    if budget.low <= added * first.scale <= budget.high:
        yield agrees(first, budget)
    else:
        message = f"年初预算数与调整数之和是{added}{first.unit}，预算资金是{budget.said}"
        working = f"{first.text}+{change['change']}={added}"
        yield doubtful(place, first.text, "", message, facts=(first, budget), related=(budget.place,), working=working)


def _unspent(place: Place, named: Mapping[str, Fact], items: Mapping[str, Fact]) -> Iterator[Result]:
    """What came in without what was spent is what is left."""
    rest, arrived, spent = named.get("未支出的"), items.get("实际到位资金"), items.get("实际支出资金")
    if rest is None or arrived is None or spent is None:
        return
    due = arrived.base - spent.base
    if abs(due - rest.base) <= rest.rounding + arrived.rounding + spent.rounding:
        yield agrees(rest, arrived, spent)
    else:
        shown = f"{due / rest.scale:f}{rest.unit}"
        message = f"未支出{rest.said}，实际到位减实际支出是{shown}"
        yield doubtful(place, rest.text, shown, message, facts=(rest, arrived, spent), related=(arrived.place,))
