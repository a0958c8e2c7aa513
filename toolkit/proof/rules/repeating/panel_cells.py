"""Large numbers above their name, 7.27% 成本节约率, against the same name in prose."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document_facts import PANEL
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_KINDS = frozenset({FactKind.MONEY, FactKind.PERCENT, FactKind.SCORE})


@rule(
    "same.panel",
    group=Group.SAME_FACT,
    title="突出显示的数与正文相同",
    good=("资金到位率100.00%，成本节约率7.27%（14个项目）。",),
    bad=(),
)
def cells(report: Report) -> Iterator[Result]:
    """Where prose tells one value of the name, right behind it."""
    for table in report.document.tables:
        for cell in (cell for row in table.rows for cell in row):
            match = PANEL.fullmatch(cell.text.strip())
            facts = report.facts_at(cell.place) if match else ()
            if match and len(facts) == 1 and facts[0].kind in _KINDS:
                yield from _compared(facts[0], match["label"], list(_told(report, match["label"], facts[0])))


def _compared(fact: Fact, label: str, told: list[Fact]) -> Iterator[Result]:
    if any(other.meets(fact.low, fact.high) for other in told):
        yield agrees(fact, *(other for other in told if other.meets(fact.low, fact.high)))
    elif len({other.base for other in told}) == 1:
        message = f"“{label}”在此处是{fact.said}，正文是{told[0].said}"
        places = tuple(other.place for other in told)
        yield doubtful(fact.place, fact.said, told[0].said, message, facts=(fact,), related=places)


def _told(report: Report, label: str, fact: Fact) -> Iterator[Fact]:
    """The numbers of the same kind behind the name in paragraphs."""
    pattern = Pattern(rf"(?<![\u4e00-\u9fff]){re.escape(label)}(?:为|是|达|达到|合计|：)?(?=[0-9])")
    for place, text in report.document.texts_with(pattern):
        for match in pattern.finditer(text) if not place.table else ():
            yield from (
                each for each in report.facts_within(place, match.end(), match.end() + 1) if each.kind is fact.kind
            )
