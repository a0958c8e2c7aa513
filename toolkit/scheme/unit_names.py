"""One unit under several spellings: found in the roster, asked about, settled on sheet 单位别名.

Two spellings mean two packages, two letters and half the projects in each. Nothing is joined unasked: 市第一医院 and
市第二医院 are as alike as 市卫健 委 and 市卫健委.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from toolkit.excel.book import Book
from toolkit.excel.table import TableRow
from toolkit.excel.write import with_added_rows
from toolkit.model import Finding, Sentence, Severity
from toolkit.scheme.columns import UNIT_NAMES, UNIT_NAMES_COLUMNS
from toolkit.scheme.findings import about_cell
from toolkit.scheme.headings import read_sheet
from toolkit.text.folding import compared

_ALIKE = 85
"""Units: per cent of letters two names share, as rapidfuzz counts them; 市教育局 and 市科技局 share 75."""
_NUMBERS = re.compile(r"[0-9一二三四五六七八九十东西南北中]")
_COMMITTEE = re.compile(r"委(?:员)?会$")
_PLACE = re.compile(r"(.{0,6}?)([市县区省]|(?:街道|[镇乡])(?=人民政府|办事处))")
_ROLE = re.compile(r"\((?:牵头|主办|承办|配合|协办|参与|建设|使用|管理)(?:单位|部门)?\)$")
"""What a unit does in a joint project; it is no part of its name."""
_MARKS = re.compile(r"[\s()（）·.、,，-]")


@dataclass(frozen=True, slots=True)
class UnitNames:
    """What was settled: alias → the unit's name, and pairs that are two units. Names compare without spacing."""

    proper: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()

    def of(self, name: str) -> str:
        """The unit's own name."""
        return self.proper.get(name.strip(), name.strip())

    def are_two(self, one: str, two: str) -> bool:
        """Whether somebody said that these are two units."""
        return frozenset({compared(one), compared(two)}) in self.apart


@dataclass(frozen=True, slots=True)
class UnitQuestion:
    """Two spellings that may be one unit; ``name`` is the one more projects carry (the longer one of equals)."""

    name: str
    other: str
    row: TableRow


def read_unit_names(book: Book, workbook: str) -> tuple[UnitNames, list[Finding]]:
    """Sheet 单位别名; a roster without it has settled nothing."""
    table = read_sheet(book, workbook, UNIT_NAMES, UNIT_NAMES_COLUMNS)
    findings = list(table.findings)
    proper: dict[str, str] = {}
    apart: set[frozenset[str]] = set()
    for row in table.rows:
        name, other, same = row.text("单位"), row.text("别名"), row.text("同一单位") or "是"
        wrong = list(_mistakes(row))
        findings += wrong
        if wrong:
            continue
        if same == "否":
            apart.add(frozenset({compared(name), compared(other)}))
        else:
            proper[other] = name
    return UnitNames(_followed(proper), frozenset(apart)), findings


def _mistakes(row: TableRow) -> Iterator[Finding]:
    for heading in ("单位", "别名"):
        if not row.text(heading):
            yield about_cell(
                "ROSTER-01", row, heading, Sentence.of("“{heading}”没有填写", {"heading": heading}), "补填，或删去整行"
            )
    if row.text("同一单位") not in {"", "是", "否"}:
        words = Sentence.of("“同一单位”写的是“{written}”", {"written": row.text("同一单位")})
        yield about_cell("ROSTER-02", row, "同一单位", words, "写 是 或 否；留空为是")


def _followed(proper: Mapping[str, str]) -> dict[str, str]:
    """An alias of an alias stands for the last name; a circle stays as written."""
    return {other: _last_name(other, proper) for other in proper}


def _last_name(other: str, proper: Mapping[str, str]) -> str:
    seen, name = {other}, proper[other]
    while name in proper and name not in seen:
        seen.add(name)
        name = proper[name]
    return name


def questions(rows: Sequence[tuple[TableRow, Sequence[str]]], settled: UnitNames) -> list[UnitQuestion]:
    """Spellings of the roster that may be one unit and that nobody has settled.

    Args:
        rows: every project row with its units, as settled so far.
        settled: what sheet 单位别名 says.
    """
    first: dict[str, TableRow] = {}
    count: dict[str, int] = {}
    for row, units in rows:
        for unit in units:
            first.setdefault(unit, row)
            count[unit] = count.get(unit, 0) + 1
    found: list[UnitQuestion] = []
    names: dict[tuple[str, ...], list[str]] = {}  # of two names of one unit no number is another
    for unit in sorted(first, key=lambda unit: (count[unit], len(compared(unit)), -len(unit)), reverse=True):
        alike = names.setdefault(_parts(unit).numbers, [])
        name = next((name for name in alike if may_be_one(name, unit) and not settled.are_two(name, unit)), "")
        if name:
            found.append(UnitQuestion(name, unit, first[unit]))
        else:
            alike.append(unit)
    return sorted(found, key=lambda question: question.row.number)


def may_be_one(one: str, two: str) -> bool:
    """Whether two names are spellings one unit might have."""
    left, right = _parts(one), _parts(two)
    if left.place and right.place and left.place != right.place:
        return False
    if left.level and right.level and left.level != right.level:
        return False  # the bureau of a district is not that of its city
    if left.bare == right.bare:
        return True
    if left.numbers != right.numbers:
        return False
    short, long = sorted((left.bare, right.bare), key=len)
    return fuzz.ratio(short, long, score_cutoff=_ALIKE) >= _ALIKE or _abbreviates(short, long)


class _Parts(NamedTuple):
    """Place, its level and the name without spacing and marks, "" for what is not written; the numbers in the name.

    南通市卫生健康委员会 is 南通, 市 and 卫生健康委; 市教育局 has a level and no place.
    """

    place: str
    level: str
    bare: str
    numbers: tuple[str, ...]


@lru_cache(20_000)
def _parts(name: str) -> _Parts:
    text = _COMMITTEE.sub("委", _MARKS.sub("", _ROLE.sub("", compared(name))))
    place = _PLACE.match(text)
    if place is None or not text[place.end() :]:
        return _Parts("", "", text, tuple(_NUMBERS.findall(text)))
    bare = text[place.end() :]
    return _Parts(place[1], place[2], bare, tuple(_NUMBERS.findall(bare)))


def _abbreviates(short: str, long: str) -> bool:
    """卫健委 stands in 卫生健康委, letter by letter, from the first to the last."""
    if len(short) < 3 or short[0] != long[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)


def with_answers(data: bytes, answers: Sequence[tuple[UnitQuestion, bool]]) -> bytes:
    """The roster workbook with the answers on sheet 单位别名; the other sheets stay."""
    rows = [(question.name, question.other, "是" if same else "否") for question, same in answers]
    return with_added_rows(data, UNIT_NAMES, UNIT_NAMES_COLUMNS.every(), rows) if rows else data


def as_findings(asked: Iterable[UnitQuestion]) -> list[Finding]:
    """The questions as warnings at the row where the rarer spelling stands first."""
    return [
        about_cell(
            "ROSTER-09",
            one.row,
            "责任单位",
            Sentence.of(
                "“{other}”与“{name}”可能是同一单位的两种写法，会分成两个下发包", {"other": one.other, "name": one.name}
            ),
            f"同一单位的，在《{UNIT_NAMES}》表写一行：单位 {one.name}，别名 {one.other}；不是的，“同一单位”写否",
            severity=Severity.WARNING,
        )
        for one in asked
    ]
