"""Numbers behind their own names: 合同金额176万元，预算资金177万元 in a paragraph, a cell, a table of two columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.proof.document import Place, Table
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.lines import bare, number_of
from toolkit.proof.once import once
from toolkit.proof.records import label_of
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_LABEL = Pattern(r"(?P<label>[\u4e00-\u9fff]{3,14}?)(?:[：:]|为|是|共计?|合计|达到?)?\s*$")
_FRONT = Pattern("^(?:其中|本项目|该项目|项目|全部|主(?=合同))")
_STOP = Pattern(r"[，。；、！？（）()\n]")
_KINDS = frozenset({FactKind.MONEY, FactKind.PERCENT, FactKind.SCORE, FactKind.COUNT})
_LONG = 40
"""Shorter texts name fewer than three numbers."""
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class LabelledList:
    """Three and more numbers with a name each, none of them twice.

    Attributes:
        place: of the paragraph or cell, or of the table's first number.
        facts: name → number.
    """

    place: Place
    facts: Mapping[str, Fact]


@once
def labelled_lists(report: Report) -> Sequence[LabelledList]:
    """All of a report: of its paragraphs and cells, and of tables that tell of one thing only."""
    found = [_of_text(report, place, text) for place, text in report.document.texts() if len(text) > _LONG]
    found += [_of_table(report, table) for table in report.document.tables]
    return tuple(item for item in found if item is not None)


def name_before(text: str, fact: Fact) -> str:
    """The name that stands right before a number of a text; "" where none does."""
    label = _LABEL.search(_STOP.split(text[: fact.start])[-1])
    return _FRONT.sub("", label["label"]) if label else ""


def _of_text(report: Report, place: Place, text: str) -> LabelledList | None:
    facts = [fact for fact in report.facts_at(place) if fact.exact and fact.kind in _KINDS]
    return _listed([(name_before(text, fact), fact) for fact in facts])


def _of_table(report: Report, table: Table) -> LabelledList | None:
    """Names down the first column and one number in each row, or names in the heading and one row."""
    rows = table.rows[table.head :]
    if len(rows) == 1:
        numbers = ((bare(head), number_of(report, cell)) for head, cell in zip(table.headings, rows[0], strict=False))
        return _listed([(name, fact) for name, fact in numbers if fact is not None and fact.kind in _KINDS])
    pairs = list(_down(report, table))
    return _listed(pairs) if len(pairs) * 2 > len(table.rows) else None


def _down(report: Report, table: Table) -> Iterator[tuple[str, Fact]]:
    for row in table.rows:
        numbers = [fact for cell in row[1:] if (fact := number_of(report, cell)) is not None]
        if len(numbers) == 1 and numbers[0].kind in _KINDS:
            yield label_of(row[0].text), numbers[0]


def _listed(pairs: Sequence[tuple[str, Fact]]) -> LabelledList | None:
    names = [name for name, _ in pairs]
    facts = {name: fact for name, fact in pairs if len(name) >= _FEWEST and names.count(name) == 1}
    return LabelledList(next(iter(facts.values())).place, facts) if len(facts) >= _FEWEST else None
