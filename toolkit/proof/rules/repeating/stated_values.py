"""Of a report about one project: what a table of items and values says, against the same item wherever else it is told."""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place, Table
from toolkit.proof.report import Report
from toolkit.proof.rules.naming.names import PROJECTS, of_columns

_LABEL = re.compile(r"[一-鿿]{4,14}")
_VALUE = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
_UNIT = re.compile(r"[万亿]?元|[%％]")
_ITEMS = 3
_GOOD = (
    "合同金额531.27万元，实际到位资金477.04万元，资金到位率92.00%，年初预算数544.02万元，预算调整数-25.50万元。\n"
    "未支出的31.01万元为尾款。\n项目\t单位\t数值\n合同金额\t万元\t531.27\n预算资金\t万元\t518.52\n实际到位资金\t万元\t477.04\n"
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
    tables = [table for table in report.document.tables if _is_list(table)]
    if len(tables) != 1:
        return
    items = {
        row[0].text.strip(): (row[0].place, number)
        for row in tables[0].rows[tables[0].head :]
        if (number := _number(row[-1].text)) is not None
    }
    if not items or len(of_columns(report, PROJECTS).keys() - items.keys()) > 1:
        return
    names = "|".join(sorted(map(re.escape, items), key=len, reverse=True))
    pattern = re.compile(
        rf"(?<![一-鿿])(?P<name>{names})(?:为|是|共|：)?(?P<number>{_VALUE.pattern})(?P<unit>{_UNIT.pattern})"
    )
    for place, text in report.document.texts():
        for match in pattern.finditer(text):
            own, value = items[match["name"]]
            if (found := Decimal(match["number"].replace(",", ""))) != value and place.table != own.table:
                message = f"{match['name']}在此处是{found}{match['unit']}，资金表中是{value}"
                facts = report.facts_within(place, match.start("number"), match.end("number"))
                yield doubtful(place, match["number"], f"{value}", message, facts=facts, related=(own,))
        yield from _reckoned(place, text, items)


_ADJUSTED = re.compile(
    rf"年初预算数?(?P<first>{_VALUE.pattern})万元，(?:年中)?预算调整数?(?P<change>{_VALUE.pattern})万元"
)
_UNSPENT = re.compile(rf"未支出的?(?P<rest>{_VALUE.pattern})万元")


def _reckoned(place: Place, text: str, items: dict[str, tuple[Place, Decimal]]) -> Iterator[Result]:
    """What two items of the list make."""
    budget = items.get("预算资金")
    for match in _ADJUSTED.finditer(text) if budget else ():
        added = sum(Decimal(match[name].replace(",", "")) for name in ("first", "change"))
        if budget and added != budget[1]:
            message = f"年初预算数与调整数之和是{added}万元，预算资金是{budget[1]}万元"
            yield doubtful(
                place,
                match["first"],
                "",
                message,
                working=f"{match['first']}+{match['change']}={added}",
                related=(budget[0],),
            )
    arrived, spent = items.get("实际到位资金"), items.get("实际支出资金")
    for match in _UNSPENT.finditer(text) if arrived and spent else ():
        rest = arrived[1] - spent[1] if arrived and spent else Decimal(0)
        if Decimal(match["rest"].replace(",", "")) != rest and arrived:
            message = f"未支出{match['rest']}万元，实际到位减实际支出是{rest}万元"
            yield doubtful(place, match["rest"], f"{rest}", message, related=(arrived[0],))


def _is_list(table: Table) -> bool:
    """项目、单位、数值: an item a row, its value in the last column."""
    rows = table.rows[table.head :]
    labelled = all(_LABEL.fullmatch(row[0].text.strip()) for row in rows)
    money = [row for row in rows if "元" in row[1].text] if table.width == _ITEMS else []
    return table.width == _ITEMS and len(rows) >= _ITEMS and labelled and len(money) >= _TWO


_TWO = 2


def _number(text: str) -> Decimal | None:
    match = re.fullmatch(rf"(?P<number>{_VALUE.pattern})\s*[%％]?", text.strip())
    return Decimal(match["number"].replace(",", "")) if match else None
