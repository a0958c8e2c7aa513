"""All facts of a document: of its paragraphs, and of its tables with the units that their headings and rows name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from toolkit.proof.document import Cell, Document, Paragraph, Table
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.row_words import row_name
from toolkit.proof.text_facts import kind_of_unit, text_facts
from toolkit.proof.unit_lines import unit_line
from toolkit.text.folding import half_width, squeeze
from toolkit.text.numerals import MONEY_UNITS, figures_in
from toolkit.text.patterns import Pattern

_SERIAL_HEADS = frozenset({"序号", "编号", "项目编号", "No", "No.", "行次", "位次", "指标编号"})
PANEL = Pattern(r"[0-9][0-9,.]*\s*[^0-9\s]{0,3}\s*\n\s*(?P<label>[\u4e00-\u9fff]{3,12})")
"""A large number with what it is below: 7.27% 成本节约率."""
_CODES = Pattern("(?:编码|代码)[类款项]?$")
_YEAR_LABEL = Pattern("(?:年份|年度)$")


def facts_of(document: Document) -> tuple[Fact, ...]:
    """All facts of a document, in order."""
    return tuple(_facts(document))


def _facts(document: Document) -> Iterator[Fact]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield from text_facts(block.text, block.place, is_heading=bool(block.level))
        else:
            yield from _of_table(block)


def _of_table(table: Table) -> Iterator[Fact]:
    headings = table.headings
    units = [
        unit_line(heading) or _percent_of(heading) or _unit_of_column(table, column)
        for column, heading in enumerate(headings)
    ]
    units = [unit or _unit_of_gap(heading, units) for unit, heading in zip(units, headings, strict=True)]
    for index, row in enumerate(table.rows):
        label = row_name(row)
        own = unit_line(label) or _percent_of(label)  # 预算安排（万元）: a unit that a row names for its numbers
        measured = _unit_of_row(row, headings) if index >= table.head else ""
        for column, cell in enumerate(row):
            if not cell.text:
                continue
            of_row = measured if measured and not _OWN_UNIT.search(headings[column]) else ""
            if _YEAR_LABEL.search(_left_of(row, column)) and re.fullmatch(r"(?:19|20)\d{2}", cell.text.strip()):
                yield Fact(FactKind.DATE, cell.text.strip(), cell.place, 0, len(cell.text))
            elif index >= table.head and (cell.is_numeric or (of_row and _BOUND.fullmatch(cell.text.strip()))):
                unit = own if column and own else of_row or units[column]
                yield from _of_cell(cell, headings[column], label, unit, column)
            else:
                panel = PANEL.fullmatch(cell.text.strip())
                subject = panel["label"] if panel else f"{label} {headings[column]}"
                yield from text_facts(cell.text, cell.place, subject=subject)


def _unit_of_column(table: Table, column: int) -> str:
    """The table's unit; of 万元、个 the money where the heading says so, or cells have decimals."""
    money, several, _ = table.unit.partition("、")
    if not several:
        return table.unit
    heading = table.headings[column]
    broken = any(cell.is_numeric and "." in cell.text for cell in table.column(column))
    return money if broken or _kind_of_heading(heading) is FactKind.MONEY else ""


_BOUND = Pattern(r"(?:[≥≤><＞＜]=?|不低于|不少于|不高于|不超过)\s*[0-9][0-9,]*(?:\.[0-9]+)?")
_OWN_UNIT = Pattern("率|占比|比例|比重|分值|得分|权重|扣分|失分|序号|编号|排名|^年度?$|年份|[（(]")
"""Columns that are not in the unit of their row."""


def _unit_of_row(row: Sequence[Cell], headings: Sequence[str]) -> str:
    """What a cell below 计量单位 says: 座, 公里, %, 万元."""
    for cell, heading in zip(row, headings, strict=True):
        if heading in ("计量单位", "单位", "度量单位") and cell.text.strip():
            return unit_named(cell.text.strip())
    return ""


@lru_cache(5000)
def unit_named(text: str) -> str:
    """The unit that a text is: 座, 公里, %, 万元; "" where it is none."""
    if text in MONEY_UNITS:
        return text
    return "" if re.search("[（(]", text) else _percent_of(f"（{text}）")


def _left_of(row: Sequence[Cell], column: int) -> str:
    """The label of the nearest cell to the left that has text."""
    return next((cell.label for cell in reversed(row[:column]) if cell.text), "")


def _unit_of_gap(heading: str, units: Iterable[str]) -> str:
    """2023年（万元）、2024年（万元）、增减额: what the columns beside count their money in, where all do alike."""
    money = {unit for unit in units if unit in MONEY_UNITS}
    return (
        money.pop() if len(money) == 1 and re.search("(?:增减|增加|减少|变动|差)额?$|差额|结余|缺口", heading) else ""
    )


@lru_cache(5000)
def _percent_of(heading: str) -> str:
    """A unit that a heading names for its column, other than money: （%）, （家）."""
    match = re.search(
        r"[(（]\s*(?P<unit>[%％‰]|个?百分点|倍|(?:亿|千万|百万|万)?(?:个|家|人次|人|户|次|件|份|处|所|台|套|节|场|天|座|例|趟|批|部|册|家次|户次|车次|班次|批次|人天|亩|公顷|公里|千米|米|平方米|立方米|吨|公斤|千瓦时|小时|分钟|间|名|张|条|项|宗|笔|棵|株|眼|辆|辆次|床|单|笔))\s*[)）]",
        heading,
    )
    return half_width(match["unit"]) if match else ""


def _of_cell(cell: Cell, heading: str, label: str, unit: str, column: int) -> Iterator[Fact]:
    found = next(figures_in(cell.text), None)
    if found is None:
        return
    if squeeze(heading) in _SERIAL_HEADS or (column == 0 and found.step == 1 and not found.unit and not heading):
        yield Fact(FactKind.ORDINAL, cell.text, cell.place, 0, len(cell.text), found.value)
        return
    if _CODES.search(heading) and found.step == 1 and not found.unit:
        yield Fact(FactKind.NAME, cell.text, cell.place, 0, len(cell.text))
        return
    own = found.unit or _column_unit(heading, unit)
    kind = kind_of_unit(own) or _kind_of_heading(heading)
    yield Fact(
        kind,
        cell.text.strip(),
        cell.place,
        found.start,
        found.end,
        found.value,
        found.step,
        own,
        f"{label} {heading}",
        found.upper,
        found.hedge,
    )


@lru_cache(5000)
def _column_unit(heading: str, unit: str) -> str:
    """A table's unit; none of money for scores, counts and rates that do not name it themselves, none for ranks."""
    if (
        unit in MONEY_UNITS
        and not unit_line(heading)
        and re.search(
            r"分值|得分|总分|权重|分数|率|占比|比例|数量|个数|人数|项目数|年度$|年份|%|倍数|系数|期限|次数|家数|天数|排名|名次|位次|序号",
            heading,
        )
    ):
        return "分" if re.search(r"分值|得分|总分|权重|分数", heading) and not re.search("率|排名", heading) else ""
    if unit == "分" and re.search("排名|名次|位次|序号", heading):
        return ""
    return unit


@lru_cache(5000)
def _kind_of_heading(heading: str) -> FactKind:
    if re.search(r"[（(][^（）()%％]*/[^（）()%％]*[)）]", heading) and "元" not in heading:
        return FactKind.COUNT  # 周转率（次/日）
    if re.search(r"率|占比|比例", heading):
        return FactKind.PERCENT
    if re.search(r"分值|得分|权重|评分|分数|满分|[扣失总准应实]分|自评分", heading):
        return FactKind.SCORE
    if re.search(r"排名|名次|位次", heading):
        return FactKind.RANK
    return FactKind.MONEY if re.search(r"金额|资金|合同价|预算|支付|支出|费用|成本", heading) else FactKind.COUNT
