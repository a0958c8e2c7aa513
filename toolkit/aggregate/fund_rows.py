"""The rows of sheet 资金核查: a project's amounts, the scheme's formulas over them, checks of what was paid.

A row's formulas are evaluated over its own cells once, when the sheet is drawn; their results are kept.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit.aggregate import fund_columns as columns
from toolkit.aggregate.draft import RowPlan, key_cell
from toolkit.aggregate.layout import MasterLayout
from toolkit.aggregate.plan import NOT_RETURNED, NOTHING, key_of
from toolkit.aggregate.region import Region
from toolkit.excel.new_book import ROW, Look, NewCell, NewRow, Own, OwnCell
from toolkit.formula import Compiled, compile_formula, rename
from toolkit.formula.fields import leaves
from toolkit.model import FieldType, Project, Value

CENT = "0.005"
"""What the checks of single projects overlook as rounding."""
_LOOKS = {FieldType.RATE: Look.RATE, FieldType.AMOUNT: Look.AMOUNT, FieldType.DATE: Look.DAY}
_ANY_ROW = "1"
Results = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class _Calculated:
    """One formula of a row: under which heading, as its cells are written, its look where it gives "".

    Attributes:
        at: address of its cell in any one row, under which further formulas look for it.
    """

    heading: str
    cell: OwnCell
    nothing: Look
    at: str
    compiled: Compiled


class _Kind:
    """Rows whose formulas stand in the same columns."""

    def __init__(self, plan: RowPlan, formulas: tuple[_Calculated, ...]) -> None:
        self.plan, self.formulas = plan, formulas


class FundRows:
    """Rows as they are drawn; what rows of a kind have alike is put together once."""

    def __init__(self, place: MasterLayout, widths: Mapping[int, float]) -> None:
        self._place, self._widths = place, widths
        self._kinds: dict[tuple[frozenset[str], bool, bool], _Kind] = {}
        self._at = {heading: cell_at(place.fund, heading) for heading in place.fund.headings}
        self._alike: dict[object, Results] = {}
        self._results = [self._calculated(project) for project in place.plan.roster.projects]

    def rows(self, start: int) -> Iterator[NewRow]:
        """Rows from the n-th on, counted from 0."""
        projects = self._place.plan.roster.projects
        return (self._row(projects[number], self._results[number]) for number in range(start, len(projects)))

    def _calculated(self, project: Project) -> Results:
        """The results of the row's formulas, each over the results of those before it."""
        here = {self._at[key]: value for key, value in given(project, self._place).items()}
        results: list[Value] = []
        for formula in self._kind(project).formulas:
            value = here[formula.at] = formula.compiled.evaluate(here)
            results.append(value)
        found = tuple(results)
        return self._alike.setdefault(found, found)

    def _row(self, project: Project, results: Results) -> NewRow:
        kind, place = self._kind(project), self._place
        own: dict[str, Own] = {
            "序号": key_of(project.id),
            "责任单位": "、".join(project.units) or project.unit,
            "项目名称": project.name,
        }
        for key, value in given(project, place).items():
            own[key] = value if isinstance(value, Decimal) else self._nothing(key)
        for formula, value in zip(kind.formulas, results, strict=True):
            empty = value == "" and formula.nothing is not formula.cell.look
            own[formula.heading] = NewCell("", formula.nothing, formula.cell.formula) if empty else value
        return kind.plan.under(own)

    def _nothing(self, key: str) -> NewCell:
        """The cell of a value that is no number."""
        if key in columns.RATES:
            return NewCell(NOTHING, Look.RATE)
        field = self._place.plan.scheme.field(key)
        return NewCell(None, Look.MISSING if field and field.required else look_of(key, self._place))

    def _kind(self, project: Project) -> _Kind:
        found, key = self._place.plan.fields.get(project.id), key_of(project.id)
        judged = found.judged if found else frozenset[str]()
        returned = project.id in self._place.plan.submissions
        kind = (judged, returned, isinstance(key, Decimal))
        if kind not in self._kinds:
            self._kinds[kind] = self._made(judged, key_cell(key).look, returned=returned)
        return self._kinds[kind]

    def _made(self, judged: frozenset[str], key: Look, *, returned: bool) -> _Kind:
        place = self._place
        formulas: list[_Calculated] = []
        cells: dict[str, NewCell | OwnCell] = {
            "序号": OwnCell(key),
            **dict.fromkeys(("责任单位", "项目名称"), OwnCell(Look.TEXT)),
        }
        for heading in (*place.columns.sequence, *columns.RATES):
            text = _formula(heading, judged, place)
            cells[heading] = OwnCell(look_of(heading, place), text)
            if text:
                formulas.append(self._formula(heading, text, _look_of_nothing(heading, judged, place)))
        for heading, text in _checks(place).items():
            look = Look.AMOUNT if heading == columns.EXCESS else Look.CENTRED
            cells[heading] = OwnCell(look, text)
            if heading == columns.COMPLETENESS and not returned:
                cells[heading] = NewCell(NOT_RETURNED, Look.CENTRED)
            else:
                formulas.append(self._formula(heading, text, look))
        return _Kind(RowPlan(place.fund, self._widths, cells), tuple(formulas))

    def _formula(self, heading: str, text: str, nothing: Look) -> _Calculated:
        look = Look.CENTRED if heading in columns.CHECKS else look_of(heading, self._place)
        look = Look.AMOUNT if heading == columns.EXCESS else look
        compiled = compile_formula(text.replace(ROW, _ANY_ROW), arrays=False)
        return _Calculated(heading, OwnCell(look, text), nothing, self._at[heading], compiled)


def cell_at(region: Region, heading: str) -> str:
    """The address of a column's cell in any one row, without ``$``."""
    return region.here(heading, _ANY_ROW).replace("$", "")


def given(project: Project, place: MasterLayout) -> dict[str, Value]:
    """Values of the row by field key; the contract amount of the roster where the unit gave none."""
    found = place.plan.fields.get(project.id)
    values = {key: found.value(key) if found else None for key in (*place.columns.values, *columns.RATES)}
    if values[columns.CONTRACT] is None:
        values[columns.CONTRACT] = project.contract_amount
    return values


def look_of(key: str, place: MasterLayout) -> Look:
    """How the values of a column look."""
    if key in columns.RATES:
        return Look.RATE
    field = place.plan.scheme.field(key)
    return _LOOKS.get(field.type, Look.PLAIN) if field else Look.AMOUNT


def operands_at(region: Region, row: str) -> dict[str, str]:
    """Heading → cell of everything a scheme's formula may stand on."""
    others = (*columns.WHO, *columns.CHECKS)
    return {key: region.here(key, row) for key in region.headings if key not in others}


def _formula(key: str, judged: frozenset[str], place: MasterLayout) -> str:
    """The scheme's formula over the row; nothing where a required amount it stands on is blank, or all of them.

    Excel takes a blank for 0, so a cost that was never reported would save everything.
    """
    field = place.plan.scheme.field(key)
    if key not in place.columns.live or key in judged or field is None:
        return ""
    stands_on = leaves(place.plan.scheme.fields, field.formula, judged)
    here = {field.key: place.fund.here(field.key, ROW) for field in stands_on}
    missing = [f'{here[field.key]}=""' for field in stands_on if field.required]
    if len(missing) < len(stands_on):
        missing.append(f"COUNT({','.join(here.values())})=0")
    nothing = f'"{NOTHING}"' if key in columns.RATES else '""'
    rule = f"IFERROR({rename(field.formula, operands_at(place.fund, ROW)).lstrip('=')},{nothing})"
    return f"=IF(OR({','.join(missing)}),{nothing},{rule})" if missing else f"={rule}"


def _look_of_nothing(key: str, judged: frozenset[str], place: MasterLayout) -> Look:
    """A calculated amount is missing where one it stands on had to be reported."""
    field = place.plan.scheme.field(key)
    if key in columns.RATES or field is None:
        return look_of(key, place)
    asked = any(key.required for key in leaves(place.plan.scheme.fields, field.formula, judged))
    return Look.MISSING if asked else look_of(key, place)


def _checks(place: MasterLayout) -> dict[str, str]:
    """Heading → formula of the checks, each after those it looks at."""
    here = {heading: place.fund.here(heading, ROW) for heading in place.fund.headings}
    contract, audited, paid = here[columns.CONTRACT], here[columns.AUDITED], here[columns.CUMULATIVE]
    arrived, spent, excess = here[columns.ARRIVED], here[columns.SPENT], here[columns.EXCESS]
    undecided = f'OR({paid}="",AND(N({contract})=0,N({audited})=0))'
    over = f"{paid}-IF(N({audited})>0,{audited},{contract})"
    rest = f"{over}-N({here[columns.FEE]})" if columns.FEE in here else over
    within = f'"{columns.WITHIN}"'
    unless_fee = f'IF(ROUND({over},6)>{CENT},"{columns.WITH_FEE}",{within})' if rest != over else within
    too_much = f'IF(ROUND({spent}-{arrived},6)>{CENT},"{columns.TOO_MUCH}",{within})'
    return {
        columns.COMPLETENESS: _completeness(place),
        columns.EXCESS: f'=IF({undecided},"",MAX(0,ROUND({rest},6)))',
        columns.PAYMENT_CHECK: f'=IF({excess}="","{columns.BLANK}",IF({excess}>{CENT},"{columns.OVER}",{unless_fee}))',
        columns.SPENDING_CHECK: f'=IF(OR({arrived}="",{spent}=""),"{columns.BLANK}",{too_much})',
    }


def _completeness(place: MasterLayout) -> str:
    asked = [key for key in place.columns.values if (field := place.plan.scheme.field(key)) and field.required]
    missing = "+".join(f"COUNTBLANK({place.fund.here(key, ROW)})" for key in asked) or "0"
    return f'=IF({missing}=0,"齐全","缺"&({missing})&"项")'
