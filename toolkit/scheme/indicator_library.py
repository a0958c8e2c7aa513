"""指标库: common indicators with rule, evidence, problems and source, and all that a scheme made of them needs.

In: bytes of a workbook shaped like ``library/指标库.xlsx``; a row added there is an indicator more, without any code.
Out: :class:`Library`, or findings located to their cells.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from toolkit.excel.book import Book
from toolkit.excel.read import read_workbook
from toolkit.excel.table import Table, TableRow
from toolkit.model import Finding, Sentence, Severity
from toolkit.rules import KINDS
from toolkit.scheme.columns import CHECKS, CHOICES, EVIDENCE, FIELDS, INDICATORS, PROBLEMS, SHEETS, Columns
from toolkit.scheme.findings import say
from toolkit.scheme.headings import read_sheet

COMMON = "共性"
KIND, INSTEAD, USUAL, PROBLEM_KEYS, ALWAYS = "适用", "代替", "常用分值", "问题", "必带"
MARKS = "一级分值"
SHARED = (
    "一级指标", "二级指标", "三级指标", "评分规则", "规则参数", "评价要点", "目标值", "指标解释", "评分标准", "佐证",
    "依据",
)  # fmt: skip
"""Headings of sheet 指标 that go into a scheme as they are."""
OF_LIBRARY: Mapping[str, Columns] = {
    INDICATORS: Columns(
        ("编号", "一级指标", "三级指标", KIND, "评分规则"), (*SHARED, INSTEAD, USUAL, PROBLEM_KEYS, "说明")
    ),
    MARKS: Columns(("一级指标", "分值")),
    FIELDS: Columns(SHEETS[FIELDS].required, (*SHEETS[FIELDS].optional, ALWAYS)),
    **{name: SHEETS[name] for name in (CHECKS, CHOICES, EVIDENCE, PROBLEMS)},
}
_LISTED = re.compile(r"[、,，；;\s]+")
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LibraryIndicator:
    """An indicator of the library.

    Attributes:
        kinds: kinds of projects it is for, 共性 for all.
        instead_of: codes of the general indicators it takes the place of.
        usual: its usual mark; None for one that is taken only where somebody names it. Units: 分.
        cells: what goes into the scheme, by heading.
        problems: numbers of the rows of 问题与建议 that speak of it.
    """

    code: str
    dimension: str
    group: str
    name: str
    kinds: tuple[str, ...]
    instead_of: tuple[str, ...]
    usual: Decimal | None
    cells: Cells
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """The whole library.

    Attributes:
        marks: usual marks of the first level. Units: 分.
        tables: the other sheets by name.
    """

    indicators: tuple[LibraryIndicator, ...]
    marks: Mapping[str, Decimal]
    tables: Mapping[str, tuple[Cells, ...]]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of projects in the order met."""
        return tuple(dict.fromkeys(kind for indicator in self.indicators for kind in indicator.kinds))


@dataclass(frozen=True, slots=True)
class LibraryReading:
    """The library, None where something is wrong with it; all that is."""

    library: Library | None
    findings: tuple[Finding, ...] = ()


def read_library(data: bytes, workbook: str) -> LibraryReading:
    """Read an indicator library.

    Raises:
        UnreadableFileError: it is no workbook.
    """
    book = read_workbook(data)
    tables = {name: _table(book, workbook, name) for name in OF_LIBRARY}
    findings = [finding for table in tables.values() for finding in table.findings]
    findings += _wrong(tables[INDICATORS].rows)
    findings += [_no_number(row, "分值") for row in tables[MARKS].rows if not _number(row.text("分值"))]
    if any(finding.severity is Severity.ERROR for finding in findings):
        return LibraryReading(None, tuple(findings))
    indicators = tuple(_indicator(row) for row in tables[INDICATORS].rows)
    marks = {row.text("一级指标"): _number(row.text("分值")) or Decimal(0) for row in tables[MARKS].rows}
    others = {name: _cells(table) for name, table in tables.items() if name not in (INDICATORS, MARKS)}
    return LibraryReading(Library(indicators, marks, others), tuple(findings))


def _table(book: Book, workbook: str, name: str) -> Table:
    return read_sheet(book, workbook, name, OF_LIBRARY[name])


def _cells(table: Table) -> tuple[Cells, ...]:
    return tuple({heading: row.text(heading) for heading in table.headings} for row in table.rows)


def listed(text: str) -> tuple[str, ...]:
    """``H01、M27`` as a tuple."""
    return tuple(part for part in _LISTED.split(text) if part)


def _indicator(row: TableRow) -> LibraryIndicator:
    return LibraryIndicator(
        row.text("编号"),
        row.text("一级指标"),
        row.text("二级指标"),
        row.text("三级指标"),
        listed(row.text(KIND)),
        listed(row.text(INSTEAD)),
        _number(row.text(USUAL)),
        {heading: row.text(heading) for heading in SHARED},
        listed(row.text(PROBLEM_KEYS)),
    )


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and number > 0 else None


def _wrong(rows: Sequence[TableRow]) -> Iterator[Finding]:
    codes = [row.text("编号") for row in rows]
    for row in rows:
        for heading in OF_LIBRARY[INDICATORS].required:
            if not row.text(heading):
                yield say(
                    "SCHEME-01",
                    row.at(heading),
                    Sentence.of("指标库的“{heading}”没有填写", {"heading": heading}),
                    "补填这一格",
                    found="",
                )
        if codes.count(row.text("编号")) > 1:
            found = row.text("编号")
            yield say(
                "SCHEME-03",
                row.at("编号"),
                Sentence.of("指标库的编号{found}重复", {"found": found}),
                "每个指标用自己的编号",
                found=found,
            )
        yield from _wrong_cells(row, codes)


def _wrong_cells(row: TableRow, codes: Sequence[str]) -> Iterator[Finding]:
    rules = [rule.label for rule in KINDS.values()]
    if row.text("评分规则") not in ("", *rules):
        words = Sentence.of("没有评分规则“{written}”", {"written": row.text("评分规则")})
        yield say("SCHEME-05", row.at("评分规则"), words, f"可用的有：{'、'.join(rules)}")
    if row.text(USUAL) and not _number(row.text(USUAL)):
        yield _no_number(row, USUAL)
    for code in listed(row.text(INSTEAD)):
        if code not in codes:
            yield say(
                "SCHEME-10",
                row.at(INSTEAD),
                Sentence.of("代替的指标{code}不在指标库里", {"code": code}),
                "核对编号",
                found=code,
            )


def _no_number(row: TableRow, heading: str) -> Finding:
    return say(
        "SCHEME-02",
        row.at(heading),
        Sentence.of("“{heading}”应是大于0的数", {"heading": heading}),
        "写成数字，例如 3",
        found=row.text(heading),
    )
