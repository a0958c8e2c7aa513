"""Kinds that rows of a table are of, in words of their own: their bands of scores, and how many rows each kind has."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Cell, Table
from toolkit.proof.lines import bare, is_whole, number_of
from toolkit.proof.outline import numeral
from toolkit.proof.report import Report, Sentence
from toolkit.text.patterns import Pattern

_TABLE = "序号\t分公司\t考核得分\t考核等次\n1\t城东\t91.6\t优秀\n2\t城西\t88.2\t良好\n3\t城南\t84.5\t合格\n4\t城北\t80.9\t合格\n"
_BANDS = "90分及以上为优秀，85分（含）至90分为良好，75分（含）至85分为合格，75分以下为不合格。"
_MARK = r"[0-9]{1,3}(?:\.[0-9]+)?"
_BAND = Pattern(
    rf"(?:(?P<least>{_MARK})分?(?:（含）)?(?:及|含|或)?以上|(?P<from>{_MARK})分?(?:（含）)?[-－–—~至到](?P<to>{_MARK})分?(?:（不含）)?"
    rf"|≥(?P<over>{_MARK})分?(?:且<{_MARK}分?)?|(?:<|低于)?(?P<below>{_MARK})分?(?:（不含）)?(?:以下)?)"
    r"(?:的)?(?:评定|评|定)?(?:等级)?(?:为|是)?[“]?(?P<word>[\u4e00-\u9fff]{2,3})[”]?(?=[，、；。（）)]|$)"
)
_HEAD = Pattern("(?:等级|等次|等第|级别|评级|档次|评定结果|考核结果)$")
_FEWEST, _MOST = 3, 6


@dataclass(frozen=True, slots=True)
class _Kinds:
    """Word → from where its band goes, and below where."""

    block: int
    bands: Mapping[str, tuple[Decimal, Decimal]]


def _kinds(report: Report) -> list[_Kinds]:
    found = []
    for place, text in report.document.texts_with(_BAND, least=9):
        bands: dict[str, tuple[Decimal, Decimal]] = {}
        for match in _BAND.finditer(text):
            low = match["least"] or match["from"] or match["over"]
            bands[match["word"]] = (Decimal(low or 0), Decimal(match["to"] or match["below"] or 1000))
        ordered = sorted(bands.values())
        if len(bands) >= _FEWEST and all(left[0] < right[0] for left, right in itertools.pairwise(ordered)):
            found.append(_Kinds(place.block, bands))
    return found


@rule(
    "grade.words",
    group=Group.GRADES,
    title="表中的等次与得分、与写出的分数段相符",
    good=(f"{_TABLE}\n\n{_BANDS}",),
    bad=(f"{_TABLE.replace('良好', '优秀')}\n\n{_BANDS}",),
)
def words(report: Report) -> Iterator[Result]:
    """A score and 良好 beside it, against the bands told nearest to the table; sure where all bands of the report agree."""
    kinds = _kinds(report)
    for table in report.document.tables if kinds else ():
        grade = next((at for at, head in enumerate(table.headings) if _HEAD.search(bare(head))), None)
        score = next((at for at, head in enumerate(table.headings) if re.search("分$", bare(head))), None)
        if grade is None or score is None:
            continue
        fitting = [known for known in kinds if _covers(table, grade, known)]
        for row in table.rows[table.head :] if fitting else ():
            yield from _graded(report, row[score], row[grade], table, fitting)


def _covers(table: Table, grade: int, kinds: _Kinds) -> bool:
    labels = {cell.label for cell in table.column(grade) if len(cell.label) > 1}
    return bool(labels) and labels <= kinds.bands.keys()


def _graded(report: Report, score: Cell, grade: Cell, table: Table, kinds: Sequence[_Kinds]) -> Iterator[Result]:
    fact = number_of(report, score)
    if fact is None or fact.value is None or len(grade.label) < 2:
        return
    nearest = min(kinds, key=lambda known: abs(known.block - table.place.block))
    holds = [known.bands[grade.label][0] <= fact.value < known.bands[grade.label][1] for known in kinds]
    low, high = nearest.bands[grade.label]
    if low <= fact.value < high:
        yield agrees(fact)
        return
    right = next((word for word, (least, below) in nearest.bands.items() if least <= fact.value < below), "")
    message = f"{score.text.strip()}分应为“{right}”，印着“{grade.label}”"
    say = doubtful if any(holds) else differs
    yield say(grade.place, grade.label, right, message, facts=(fact,), related=(score.place,), confidence=85)


@rule(
    "count.kinds",
    group=Group.COUNTS,
    title="各类的个数与表中各类的行数相符",
    good=(f"{_TABLE}\n\n优秀1个、良好1个、合格2个。\n良好2个、合格2个是上年的结果。",),
    bad=(f"{_TABLE}\n\n优秀1个、良好2个、合格1个。",),
)
def counts(report: Report) -> Iterator[Result]:
    """All kinds of one column, each with its number, in one sentence: they make the rows, each kind has its own."""
    columns = [kinds for table in report.document.tables for kinds in _columns(table)]
    for sentence in report.prose if columns else ():
        for kinds in columns:
            told = {label: match for label in kinds if (match := _told(sentence, label))}
            if len(told) < len(kinds):
                continue
            said = {label: numeral(match["count"]) for label, match in told.items()}
            if sum(said.values()) == kinds.total():
                for label, match in told.items():
                    yield from _counted(report, sentence, label, match, kinds[label])
                break


def _columns(table: Table) -> Iterator[Counter[str]]:
    rows = [row for row in table.rows[table.head :] if not is_whole(next((c.label for c in row if c.text), ""))]
    for column in range(1, table.width):
        kinds = Counter(row[column].label for row in rows if row[column].text.strip() and not row[column].is_numeric)
        names = all(2 <= len(label) <= _MOST for label in kinds)
        if 2 <= len(kinds) <= _MOST and names and len(kinds) < kinds.total() == len(rows):
            yield kinds


def _told(sentence: Sentence, label: str) -> re.Match[str] | None:
    if label not in sentence.text:
        return None
    return re.search(
        rf"{re.escape(label)}”?(?:等次|等级)?(?:的)?(?:有|为|共)?(?P<count>[0-9]{{1,3}}|[一二三四五六七八九十])[个家项条户名份座所]",
        sentence.text,
    )


def _counted(report: Report, sentence: Sentence, label: str, match: re.Match[str], due: int) -> Iterator[Result]:
    at = sentence.start + match.start("count")
    facts = report.facts_within(sentence.place, at, at + 1)
    if numeral(match["count"]) == due:
        yield from (agrees(*facts) for _ in facts[:1])
    else:
        message = f"写“{match[0]}”，表中“{label}”有{due}行"
        yield differs(sentence.place, match["count"], str(due), message, facts=facts, confidence=85)
