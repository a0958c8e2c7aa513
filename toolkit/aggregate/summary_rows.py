"""The rows of sheet 汇总: what is known of each project, and its scores by formulas over 指标得分 and 问题清单."""

from bisect import bisect_right
from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal

from toolkit.aggregate.calculated import SheetValues
from toolkit.aggregate.draft import RowPlan, key_cell
from toolkit.aggregate.groups import KIND
from toolkit.aggregate.layout import CATEGORY, EVERY_UNIT, MasterLayout
from toolkit.aggregate.plan import NOTHING, Entry
from toolkit.aggregate.region import EXACT_PLACES, FIRST_ROW, Region, criterion, quoted
from toolkit.aggregate.sums import EntrySums, Sums
from toolkit.excel.new_book import ROW, Look, NewCell, NewRow, Own, OwnCell
from toolkit.formula import compile_formula
from toolkit.model import Scheme, Severity, Value
from toolkit.text import plain, round_half_up

_LABELS = tuple(severity.label for severity in Severity)
_ANY_ROW = "1"


class SummaryRows:
    """Rows as they are drawn; what rows of a kind have alike is put together once."""

    def __init__(self, place: MasterLayout, found: Sums, long: SheetValues, widths: Mapping[int, float]) -> None:
        self._place, self._found, self._long, self._widths = place, found, long, widths
        self._plans: dict[Hashable, RowPlan] = {}
        self._sums = [self._added_up(row, entry) for row, entry in enumerate(place.entries, FIRST_ROW)]
        self._ordered = sorted(own.total for own in self._sums if own is not None)
        self._total_at = place.summary.here("总分", _ANY_ROW).replace("$", "")
        self._grade = compile_formula(grade_formula(place.plan.scheme, self._total_at))

    def rows(self, start: int) -> Iterator[NewRow]:
        """Rows from the n-th on, counted from 0."""
        return map(self._row, range(start, len(self._sums)))

    def _added_up(self, row: int, entry: Entry) -> EntrySums | None:
        """What the entry's lines add up to; searched for by the formulas where it is not known."""
        if entry.sheet is None or self._found.entries is not None:
            return self._found.entries.get(entry.id) if self._found.entries is not None else None
        place = self._place
        scores, marks, weights = (
            tuple(self._searched(row, entry, f"={_dimension_sum(place, name, column)}") for name in place.dimension)
            for column in ("得分", "计分值", "分值")
        )
        shown = tuple(round_half_up(score, place.places) for score in scores)
        return EntrySums(shown, marks, weights, round_half_up(sum(shown, Decimal(0)), place.places))

    def _searched(self, row: int, entry: Entry, formula: str) -> Decimal:
        region = self._place.summary
        own: dict[int, Value] = {region.column("序号"): entry.key}
        value = self._long.evaluated(formula.replace(ROW, str(row)), (region.sheet, row, 1), own)
        return value if isinstance(value, Decimal) else Decimal(0)

    def _row(self, number: int) -> NewRow:
        entry, own, project = self._place.entries[number], self._sums[number], self._place.entries[number].project
        contract = project.contract_amount if project else None
        values: dict[str, Own] = {
            "序号": entry.key,
            "立项年度": Decimal(project.year) if project else NOTHING,
            "责任单位": entry.unit,
            "项目名称": entry.name,
            "合同金额": NOTHING if contract is None else contract,
            "报送状态": entry.returned_words,
            "评分状态": entry.scoring_words,
            KIND: (project.project_type if project else "") or NOTHING,
            EVERY_UNIT: f"、{entry.unit}、" if project else NOTHING,
        }
        for label in _LABELS:
            values[label] = self._count(number + FIRST_ROW, entry, label)
        if own is not None:
            self._score(values, own)
        return self._plan(entry, own).under(values)

    def _score(self, values: dict[str, Own], own: EntrySums) -> None:
        place = self._place
        numbers = ((place.dimension, own.scores), (place.marks, own.marks), (place.weights, own.weights))
        for headings, found in numbers:
            values.update(zip(headings.values(), found, strict=True))
        grade = self._grade.evaluate({self._total_at: own.total})
        values["总分"], values["等级"] = own.total, grade
        values["排名"] = Decimal(1 + len(self._ordered) - bisect_right(self._ordered, own.total))

    def _count(self, row: int, entry: Entry, label: str) -> Decimal:
        found = self._found.projects
        return self._searched(row, entry, self._counting(label)) if found is None else Decimal(found[entry.id, label])

    def _plan(self, entry: Entry, own: EntrySums | None) -> RowPlan:
        """What rows of this kind have alike; weights and marks of projects for which nothing is shared out."""
        category = self._place.category_of(entry)
        alike = own is not None and not entry.renormalised
        marks = (own.marks, own.weights) if own is not None and alike else None
        provisional = entry.sheet is not None and entry.sheet.provisional
        kind = (isinstance(entry.key, Decimal), own is None, provisional, category, marks)
        if kind not in self._plans:
            cells: dict[str, NewCell | OwnCell] = {
                "序号": OwnCell(key_cell(entry.key).look),
                **dict.fromkeys(("责任单位", "项目名称"), OwnCell(Look.TEXT)),
                **dict.fromkeys(("报送状态", "评分状态"), OwnCell(Look.CENTRED)),
                **dict.fromkeys((KIND, EVERY_UNIT), OwnCell(Look.SMALL)),
                **{label: OwnCell(Look.WHOLE, self._counting(label)) for label in _LABELS},
                "立项年度": OwnCell(Look.WHOLE),
                "合同金额": OwnCell(Look.AMOUNT),
                CATEGORY: NewCell(category or NOTHING, Look.SMALL),
            }
            cells |= self._unscored() if own is None else self._scored(own, alike=alike, provisional=provisional)
            self._plans[kind] = RowPlan(self._place.summary, self._widths, cells)
        return self._plans[kind]

    def _unscored(self) -> dict[str, NewCell | OwnCell]:
        place = self._place
        columns = (*place.dimension.values(), "总分", "等级", "排名", *place.marks.values(), *place.weights.values())
        return dict.fromkeys(columns, NewCell(NOTHING, Look.CENTRED))

    def _scored(self, own: EntrySums, *, alike: bool, provisional: bool) -> dict[str, NewCell | OwnCell]:
        place, here, keys = self._place, self._place.summary.here, tuple(self._place.dimension.values())
        cells: dict[str, NewCell | OwnCell] = {}
        for number, (name, heading) in enumerate(place.dimension.items()):
            cells[heading] = OwnCell(Look.SCORE, f"=ROUND({_dimension_sum(place, name, '得分')},{place.places})")
            for column, key, marks in (
                ("计分值", place.marks[name], own.marks),
                ("分值", place.weights[name], own.weights),
            ):
                formula = f"={_dimension_sum(place, name, column)}"
                cells[key] = NewCell(marks[number], Look.SCORE, formula) if alike else OwnCell(Look.SCORE, formula)
        total = f"=ROUND(SUM({here(keys[0], ROW)}:{here(keys[-1], ROW)}),{place.places})"
        cells["总分"] = OwnCell(Look.PROVISIONAL_SCORE if provisional else Look.SCORE, total)
        grade = grade_formula(place.plan.scheme, here("总分", ROW))
        cells["等级"] = OwnCell(Look.PROVISIONAL if provisional else Look.CENTRED, grade)
        rank = f"=RANK({here('总分', ROW)},{place.summary.own_area('总分')})"
        cells["排名"] = NewCell(NOTHING, Look.CENTRED) if place.plan.one_score else OwnCell(Look.WHOLE, rank)
        return cells

    def _counting(self, label: str) -> str:
        key = self._place.summary.here("序号", ROW)

        def count(listed: Region) -> str:
            return f"COUNTIFS({listed.area('项目序号')},{key},{listed.area('严重程度')},{quoted(label)})"

        return f"={self._place.finding.added(count)}"


def _dimension_sum(place: MasterLayout, name: str, column: str) -> str:
    key = place.summary.here("序号", ROW)

    def total(line: Region) -> str:
        tests = f"{line.area('项目序号')},{key},{line.area('一级指标')},{criterion(name)}"
        return f"SUMIFS({line.area(column)},{tests})"

    return place.line.added(total)


def grade_formula(scheme: Scheme, cell: str) -> str:
    """The grade of the total in a cell, as Excel text; on the scale of 100, rounded first when the scheme says so."""
    scaled = cell if scheme.total_mark == 100 else f"{cell}*100/{plain(scheme.total_mark)}"
    if scheme.round_before_grading is not None:
        scaled = f"ROUND({scaled},{scheme.round_before_grading})"
    elif scaled != cell:
        scaled = f"ROUND({scaled},{EXACT_PLACES})"  # a quotient of binary fractions must not miss a band's edge
    text = '""'
    for band in sorted(scheme.grade_bands):
        text = f"IF({scaled}>={plain(band.lower)},{quoted(band.name)},{text})"
    return f"={text}"
