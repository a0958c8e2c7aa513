"""上年数据.xlsx: last year's figures for this year's scheme and roster, matched by key and by name, never guessed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from toolkit.collect.normalise import Expectation, normalise
from toolkit.excel.book import Book
from toolkit.excel.read import read_workbook
from toolkit.excel.table import TableRow, read_table
from toolkit.formula.detail_rows import column_of
from toolkit.generate.field_words import DEFAULT_TABLE_ROWS
from toolkit.model import (
    CellRef,
    Field,
    FieldType,
    Finding,
    PriorYear,
    Project,
    ReadState,
    Roster,
    Scheme,
    Sentence,
    Severity,
    Value,
)
from toolkit.text.folding import compared

PRIOR = "上年数据.xlsx"
FIGURES, SCORES = "上年数据", "上年得分"
TO_VERIFY, KEPT, UPDATED, DROPPED, COMPARED_ONLY = "待核实", "沿用", "已更新", "不适用", "仅对比"
STATES = (TO_VERIFY, KEPT, UPDATED, DROPPED, COMPARED_ONLY)
FIGURE_HEADINGS = ("项目序号", "项目名称", "责任单位", "填报项", "名称", "上年值", "单位", "状态")
SCORE_HEADINGS = ("项目序号", "项目名称", "责任单位", "指标编号", "一级指标", "指标", "分值", "得分")
TOTAL = "总分"
_OLD_VALUE = "上年填报值"
_PREFILLED = (TO_VERIFY, KEPT, UPDATED)
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class PriorReading:
    """What can be used, and what could not be and why."""

    prior: PriorYear = field(default_factory=PriorYear)
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Found:
    """What is gathered row by row."""

    prefill: dict[str, dict[str, Value]]
    figures: dict[str, dict[str, Value]]
    gone: dict[str, TableRow]
    unknown: dict[str, TableRow]
    beyond: dict[str, TableRow]
    unfit: list[TableRow]
    strange: list[TableRow]


def read_prior(data: bytes, workbook: str, scheme: Scheme, roster: Roster) -> PriorReading:
    """Read the workbook that ``init --from`` wrote and people may have edited.

    Projects are matched by name (and unit where two have one name), figures by field key, scores by indicator name: a
    project that was renumbered or an indicator that moved is found, one that was renamed is listed and not matched.

    Raises:
        UnreadableFileError: the file is no workbook.
    """
    book = read_workbook(data)
    needed = [heading for heading in FIGURE_HEADINGS if heading != "上年值"]
    figures = read_table(book, workbook, FIGURES, needed, optional=("上年值", _OLD_VALUE))
    scores = read_table(book, workbook, SCORES, SCORE_HEADINGS)
    if figures.unreadable:
        return PriorReading(findings=figures.findings)
    projects = _Projects(roster, (*figures.rows, *scores.rows))
    found = _Found({}, {}, {}, {}, {}, [], [])
    for row in figures.rows:
        _take(row, projects.of(row), scheme, found)
    rates, totals = _scores(scores.rows, projects, scheme)
    prior = PriorYear(_title(book), found.prefill, found.figures, rates, totals)
    return PriorReading(prior, (*_same_year(prior.title, scheme), *_findings(found, roster, figures.rows)))


class _Projects:
    """Which project of this year a row of last year is about; none where two would be the same one."""

    def __init__(self, roster: Roster, rows: Iterable[TableRow]) -> None:
        by_name: dict[str, list[Project]] = {}
        for project in roster.projects:
            by_name.setdefault(compared(project.name), []).append(project)
        found: dict[tuple[str, str, str], Project | None] = {}
        for row in rows:
            found.setdefault(_who(row), _match(_who(row), by_name.get(compared(row.text("项目名称")), [])))
        taken: dict[str, int] = {}
        for matched in found.values():
            if matched:
                taken[matched.id] = taken.get(matched.id, 0) + 1
        self._found = {who: project if project and taken[project.id] == 1 else None for who, project in found.items()}

    def of(self, row: TableRow) -> Project | None:
        return self._found[_who(row)]


def _who(row: TableRow) -> tuple[str, str, str]:
    return row.text("项目序号"), row.text("项目名称"), row.text("责任单位")


def _match(who: tuple[str, str, str], candidates: list[Project]) -> Project | None:
    """The only one of this name; of several, the only one of this unit too."""
    if len(candidates) > 1:
        candidates = [project for project in candidates if compared(project.unit) == compared(who[2])]
    return candidates[0] if len(candidates) == 1 else None


def _take(row: TableRow, project: Project | None, scheme: Scheme, found: _Found) -> None:
    key, state = row.text("填报项"), row.text("状态")
    declared, number = field_of(scheme, key)
    if project is None:
        found.gone.setdefault(row.text("项目名称"), row)
    elif state not in STATES:
        found.strange.append(row)
    elif state == DROPPED:
        return
    elif declared is None:
        found.unknown.setdefault(key, row)
    elif number > scheme.table_rows.get(declared.table, DEFAULT_TABLE_ROWS):
        found.beyond.setdefault(declared.table, row)
    elif (value := _value(row, declared, scheme)) is None:
        found.unfit.append(row)
    else:
        _keep(found, project.id, (key, value), declared, to_form=state in _PREFILLED)


def _keep(found: _Found, project: str, figure: tuple[str, Value], declared: Field, *, to_form: bool) -> None:
    key, value = figure
    if isinstance(value, Decimal) and not declared.table:
        found.figures.setdefault(project, {})[key] = value
    if to_form and not declared.formula and not declared.prefill:
        found.prefill.setdefault(project, {})[key] = value


def field_of(scheme: Scheme, key: str) -> tuple[Field | None, int]:
    """The field of a slot key, and the row it stands in where it is a column of a table (else 0)."""
    single = scheme.field(key)
    if single and not single.table:
        return single, 0
    return column_of(scheme, key) or (None, 0)


def _value(row: TableRow, declared: Field, scheme: Scheme) -> Value:
    """The value in the field's own terms; what no longer fits it is None."""
    cell = row.cells.get("上年值") or row.cells.get(_OLD_VALUE)
    choices = scheme.choices.get(declared.choices, ()) if declared.choices else ()
    unit = declared.unit or (scheme.money_unit if declared.type is FieldType.AMOUNT else "")
    if cell is None or compared(row.text("单位")) != compared(declared.unit):
        return None  # another unit of measure than last year's: nobody can tell whether the figure is the same
    normal = normalise(cell, Expectation(declared.type, unit, choices))
    if normal.state in (ReadState.NONE, ReadState.NOT_APPLICABLE):
        return normal.state.value
    return normal.value if normal.state is ReadState.VALUE else None


def _scores(
    rows: Iterable[TableRow], projects: _Projects, scheme: Scheme
) -> tuple[Mapping[str, Mapping[str, Decimal]], Mapping[str, Decimal]]:
    codes: dict[str, list[str]] = {}
    for indicator in scheme.indicators:
        codes.setdefault(compared(indicator.name), []).append(indicator.code)
    rates: dict[str, dict[str, Decimal]] = {}
    totals: dict[str, Decimal] = {}
    for row in rows:
        project, earned, full = projects.of(row), _number(row, "得分"), _number(row, "分值")
        if project is None or earned is None:
            continue
        name, same = row.text("指标"), codes.get(compared(row.text("指标")), [])
        if name == TOTAL and not row.text("指标编号"):
            totals[project.id] = earned
            continue
        code = same[0] if len(same) == 1 else next((listed for listed in same if listed == row.text("指标编号")), "")
        if code and full:
            rates.setdefault(project.id, {})[code] = earned / full
    return MappingProxyType(rates), MappingProxyType(totals)


def _number(row: TableRow, heading: str) -> Decimal | None:
    normal = normalise(row.cells.get(heading), Expectation(FieldType.NUMBER))
    return normal.value if isinstance(normal.value, Decimal) else None


def _title(book: Book) -> str:
    sheet = book.sheet(FIGURES)
    cell = sheet.cells.get((1, 1)) if sheet else None
    return str(cell.value).partition("（上年）")[0] if cell and cell.value else ""


def _same_year(title: str, scheme: Scheme) -> Iterator[Finding]:
    """A scheme that is still last year's: its year stands in the name that last year's evaluation had too."""
    if str(scheme.year) in title and compared(title) == compared(scheme.title):
        words = Sentence.saying("方案的评价名称和年度仍是上年的：“{title}”", title=title)
        hint = "在方案.xlsx《方案》中改好评价名称、评价年度、评价期间和各截止日，再生成采集表"
        yield Finding("PRIOR-07", Severity.WARNING, CellRef("方案.xlsx", "方案"), words, hint)


def _findings(found: _Found, roster: Roster, rows: Iterable[TableRow]) -> Iterator[Finding]:
    for row in found.gone.values():
        words = Sentence.saying(
            "上年的项目“{written}”在本年项目清单里没有同名项目，上年数据没有填入", written=row.text("项目名称")
        )
        yield _note("PRIOR-01", row, "项目名称", words, "项目改名的，把“项目名称”改成本年的名称；不再评价的不用处理")
    for key, row in found.unknown.items():
        words = Sentence.saying("上年的填报项“{key}”本年方案没有，上年数据没有填入", key=key)
        yield _note("PRIOR-02", row, "填报项", words, "字段改了编码的，把“填报项”改成本年的编码；不再采集的不用处理")
    for row in found.unfit:
        value = row.text("上年值") or row.text(_OLD_VALUE)
        words = Sentence.saying(
            "上年值“{value}”不是本年“{written}”的类型、单位或选项，没有填入", value=value, written=row.text("填报项")
        )
        yield _note("PRIOR-03", row, "上年值", words, "核对后改成本年的类型和单位，或把状态改为“不适用”")
    for table, row in found.beyond.items():
        words = Sentence.saying("上年《{table}》的行数多于本年采集表备的行数，多出的行没有填入", table=table)
        yield _note("PRIOR-04", row, "填报项", words, "需要的在《方案》里增加该明细表的行数")
    for row in found.strange:
        words = Sentence.saying("状态“{written}”不认识，上年数据没有填入", written=row.text("状态"))
        yield _note("PRIOR-05", row, "状态", words, f"从列表中选择：{'、'.join(STATES)}")
    known = {compared(row.text("项目名称")) for row in rows}
    new = [project.name for project in roster.projects if compared(project.name) not in known]
    if new and known:
        shown = "、".join(new[:_SHOWN]) + (f"等{len(new)}个" if len(new) > _SHOWN else "")
        first = next(iter(rows), None)
        if first is not None:
            yield _note(
                "PRIOR-06",
                first,
                "项目名称",
                Sentence.saying("这些项目没有上年数据：{shown}", shown=shown),
                "本年新增或上年没有报送的，不用处理",
            )


def _note(code: str, row: TableRow, heading: str, words: str | Sentence, hint: str) -> Finding:
    return Finding(code, Severity.NOTE, row.at(heading), words, hint)
