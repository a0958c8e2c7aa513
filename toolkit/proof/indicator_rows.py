"""What a report tells of each indicator: in its row of the analysis, in its row of the annex, in its own paragraph."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from toolkit.proof.document import Cell, Place, Table
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.lines import bare
from toolkit.proof.once import once
from toolkit.proof.records import label_of
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_LABEL = Pattern(r"(?P<label>[\u4e00-\u9fff“”]{3,20}?)(?:评定|核定)?(?:[：:]|为|是|达)?\s*$")
_HEAD = Pattern(r"^(?:[（(]?\d{1,2}[)）.．、]\s*)?[“]?(?P<name>[^，。：；（“”]{3,40})[”]?(?:（[^（）]*）)?[。：:，]")
_STOP = Pattern(r"[，。；、！？（）()\n]")
_VAGUE = Pattern("扣|得$|折算|^目标|分值|其中|低于|高于|超过|少于|多于|比$|每")
"""Words before a number that is worked out, or that the value is compared with."""
_SCORES = ("分值", "计分值", "得分", "评价得分", "核查得分", "自评得分")
_WON = _SCORES[2:]
_SHORTEST, _FEWEST, _ALIKE = 3, 3, 0.8


@dataclass(frozen=True, slots=True)
class Told:
    """A number that is told of an indicator.

    Attributes:
        label: the words before it, e.g. ``实际完成值``; "" where none say what it is.
        source: the number of its table; 0 for the indicator's own paragraph.
    """

    label: str
    fact: Fact
    source: int


@dataclass(frozen=True, slots=True)
class Indicators:
    """What a report tells of its indicators.

    Attributes:
        told: name of the indicator → numbers, those of its own paragraph last.
        akin: numbers of two tables, the lower first, that give the indicators they share the same marks and scores.
    """

    told: Mapping[str, Sequence[Told]]
    akin: AbstractSet[tuple[int, int]]

    def of_one(self, one: Told, other: Told) -> bool:
        """Whether two numbers are told of the indicator in two places that speak of the same project."""
        first, second = sorted((one.source, other.source))
        return first != second and (not first or (first, second) in self.akin)


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of an indicator behind its name, and its marks and scores by their heading."""

    cells: Sequence[Cell]
    scores: Mapping[str, Decimal]


@once
def indicators(report: Report) -> Indicators:
    """The numbers told of every indicator that has a row in a table where it is the only one of its name."""
    tables = {table.number: dict(_rows(report, table)) for table in report.document.tables}
    told: dict[str, list[Told]] = defaultdict(list)
    for number, rows in tables.items():
        for name, row in rows.items():
            told[name] += [item for cell in row.cells for item in _in_text(report, cell.place, cell.text, number)]
    for paragraph in report.document.paragraphs:
        head = _HEAD.match(paragraph.text)
        if head and (name := label_of(head["name"])) in told:
            told[name] += _in_text(report, paragraph.place, paragraph.text, 0)
    akin = {pair for pair in combinations(tables, 2) if _are_akin(tables[pair[0]], tables[pair[1]])}
    return Indicators(told, akin)


def _rows(report: Report, table: Table) -> Iterator[tuple[str, _Row]]:
    """Name nearest to the numbers and the row, of names that stand once in the table."""
    headings = [bare(heading) for heading in table.headings]
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in table.rows[table.head :]:
        first = next((at for at, cell in enumerate(row) if cell.is_numeric and at), 0)
        names = [at for at in range(first) if len(label_of(row[at].text)) >= _SHORTEST and not row[at].is_numeric]
        if names:
            scores = dict(_scores(report, headings, row))
            behind = [cell for cell in row[names[-1] + 1 :] if not cell.is_numeric]
            found[label_of(row[names[-1]].text)].append(_Row(behind, scores))
    yield from ((name, rows[0]) for name, rows in found.items() if len(rows) == 1)


def _scores(report: Report, headings: Sequence[str], row: Sequence[Cell]) -> Iterator[tuple[str, Decimal]]:
    for heading, cell in zip(headings, row, strict=False):
        facts = report.facts_at(cell.place) if heading in _SCORES and cell.is_numeric else ()
        if len(facts) == 1 and facts[0].value is not None:
            yield heading, facts[0].value


def _are_akin(left: Mapping[str, _Row], right: Mapping[str, _Row]) -> bool:
    """Whether two tables give nearly all indicators they share the same marks, scores among them."""
    pairs = [(left[name].scores, right[name].scores) for name in left.keys() & right.keys()]
    pairs = [(one, other) for one, other in pairs if any(head in one and head in other for head in _WON)]
    same = sum(all(one[head] == other[head] for head in one.keys() & other.keys()) for one, other in pairs)
    return len(pairs) >= _FEWEST and same >= _ALIKE * len(pairs)


def _in_text(report: Report, place: Place, text: str, source: int) -> Iterator[Told]:
    """The exact numbers of a text with the words before them; no words before those that are worked out."""
    for fact in report.facts_at(place):
        if (fact.exact or fact.kind is FactKind.DATE) and fact.kind is not FactKind.ORDINAL:
            clause = _STOP.split(text[: fact.start].rstrip("：: "))[-1]
            label = _LABEL.search(clause)
            yield Told(label["label"] if label and not _VAGUE.search(clause) else "", fact, source)
