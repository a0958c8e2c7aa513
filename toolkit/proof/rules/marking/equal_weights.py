"""Weights that the notes of a form say are shared out equally within a class, and those of its table."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Table
from toolkit.proof.facts import Fact
from toolkit.proof.records import is_total
from toolkit.proof.report import Report
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_EQUAL = Pattern(r"(?:权重|分值)[^，。；]{0,6}[=＝]\s*[^。；，]{0,6}总分值?\s*[/／÷]\s*指标(?:个数|数量|数)")
_CLASS, _WEIGHT = Pattern("^类别$|一级指标|二级指标"), Pattern("^(?:权重|分值)$")
_FEWEST = 3
_SPREAD = Decimal("0.05")
"""What is left over when a total does not divide evenly is put on one indicator: 9.20 and 9.16."""
_FORM = "类别\t指标名称\t权重\n过程目标\t执行率\t3\n\t到位率\t3\n\t合规性\t3\n产出目标\t数量\t9.20\n\t质量\t9.16\n\t时效\t9.16\n合计\t\t36.52\n\n\n说明：各项指标分值=该类总分值/指标个数。\n"


@rule(
    "form.weights",
    group=Group.GRADES,
    title="说明写平均分摊的，各项权重相等",
    good=(_FORM, _FORM.replace("执行率\t3", "执行率\t5").replace("分值=该类总分值/指标个数", "按重要程度确定")),
    bad=(_FORM.replace("执行率\t3", "执行率\t8"),),
)
def equal_weights(report: Report) -> Iterator[Result]:
    """Every class of three indicators and more, where the notes divide its total by their number."""
    said = next(
        (
            (place, match)
            for place, text in report.document.texts_with(_EQUAL, least=9)
            if (match := _EQUAL.search(text))
        ),
        None,
    )
    for table in report.document.tables if said else ():
        for name, weights in _classes(report, table):
            values = [fact.value or Decimal(0) for fact in weights]
            if len(weights) < _FEWEST:
                continue
            if max(values) - min(values) <= _SPREAD:
                yield agrees(*weights)
            elif said:
                shown = "、".join(plain(value) for value in values)
                message = f"说明写“{said[1][0]}”，而“{name}”各项是{shown}，不相等，请核对或写明例外"
                place = weights[0].place
                yield doubtful(place, shown, "", message, facts=tuple(weights), related=(said[0],))


def _classes(report: Report, table: Table) -> Iterator[tuple[str, list[Fact]]]:
    """The classes of a table with the weights of their indicators, by the cell that begins each."""
    kind = next((at for at, heading in enumerate(table.headings) if _CLASS.search(heading)), None)
    weight = next((at for at, heading in enumerate(table.headings) if _WEIGHT.search(heading)), None)
    name, found = "", list[Fact]()
    for row in table.rows[table.head :] if kind is not None and weight is not None else ():
        if is_total(row) or row[kind or 0].text.strip():
            yield name, found
            name, found = row[kind or 0].text.strip(), []
        if row[weight or 0].is_numeric and not is_total(row):
            found.extend(report.facts_at(row[weight or 0].place)[:1])
    yield name, found
