"""Numbers of prose that are a digit off a cell of a total or mean row, and stand nowhere else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.proof.called import pairs_of, words_around
from toolkit.proof.declaration import Group, Result, Yields, agrees, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import lines_of
from toolkit.proof.report import Report
from toolkit.proof.scope import is_earlier, is_planned
from toolkit.proof.trials import is_repeated, mistyped, slipped

_SCORES = "项目\t自评得分\t核查得分\n甲平台\t96.0\t90.5\n乙平台\t98.0\t93.0\n丙系统\t95.0\t91.2\n平均\t96.33\t91.57\n"
_MEAN = "平均"
_NOUN = 2
_TELLING = 100
"""Smaller counts are digits off one another by chance."""
_KINDS = (FactKind.SCORE, FactKind.PERCENT, FactKind.COUNT)


@dataclass(frozen=True, slots=True)
class _Total:
    """A cell of a total row: its heading, the caption of its table, and whether the row holds means."""

    heading: str
    caption: str
    fact: Fact
    mean: bool


@rule(
    "same.slip",
    group=Group.SAME_FACT,
    yields=Yields.HERE,
    title="正文的数与合计行、平均行只差一位",
    good=(
        "项目总投资3,865.20万元，另有工程款3,965.21万元。\n单位：万元\n项目\t预算\n甲\t2,000.00\n乙\t1,865.20\n合计\t3,865.20\n",
        "年派单量目标为130万次。\n县\t派单量（万次）\n甲\t70.30\n乙\t66.50\n合计\t136.80\n",
        f"与2023年度平均得分91.75分相比略有下降。\n{_SCORES}",
        f"3个项目核查平均得分91.57分，其中甲平台得分91.75分。\n{_SCORES}",
    ),
    bad=(
        "项目总投资3,685.20万元。\n单位：万元\n项目\t预算\n甲\t2,000.00\n乙\t1,865.20\n合计\t3,865.20\n",
        f"3个项目核查平均得分91.75分。\n{_SCORES}",
    ),
)
def slips(report: Report) -> Iterator[Result]:
    """An amount by its value alone; a score, a rate, a count where the words around it share some with the heading."""
    captions = {table.number: table.caption for table in report.document.tables}
    totals = [
        _Total(heading, captions.get(line.table, ""), fact, _MEAN in line.names[0])
        for line in lines_of(report)
        if line.total
        for heading, fact in line.cells.items()
    ]
    texts = report.texts if totals else {}
    for sentence in report.prose if totals else ():
        for fact in sentence.facts:
            if fact.exact and fact.value and not is_earlier(texts[fact.place], fact.start):
                yield from (
                    _amount(report, fact, totals)
                    if fact.kind is FactKind.MONEY
                    else _other(report, fact, totals, texts[fact.place])
                )


def _amount(report: Report, fact: Fact, totals: Sequence[_Total]) -> Iterator[Result]:
    known = [total for total in totals if total.fact.kind is FactKind.MONEY]
    if any(total.fact.meets(fact.low, fact.high) for total in known):
        yield agrees(fact)
    elif not is_repeated(report, fact):
        near = next((total for total in known if mistyped(fact, total.fact)), None)
        if near is not None:
            yield _slip(fact, near)


def _other(report: Report, fact: Fact, totals: Sequence[_Total], text: str) -> Iterator[Result]:
    if fact.kind not in _KINDS or is_repeated(report, fact):
        return
    near = [
        total
        for total in totals
        if total.fact.kind is fact.kind
        and total.fact.step * total.fact.scale >= fact.step * fact.scale  # 130万 is no slip of 136.80万
        and slipped(fact, total.fact.base)
        and (not total.mean or _MEAN in text[: fact.start][-12:])
    ]
    if near:
        words = pairs_of(words_around(fact, text))
        planned = is_planned(text, fact.start)
        near = [total for total in near if not planned or is_planned(total.heading, len(total.heading))]
        named = next((total for total in near if words & pairs_of(total.heading)), None)
        if named is None and fact.kind is FactKind.COUNT and fact.value and fact.value >= _TELLING:
            right_before = pairs_of(text[: fact.start][-_NOUN:])  # 共反映问题321个 above 问题类型分布表
            named = next((total for total in near if right_before & pairs_of(total.caption)), None)
        if named is not None:
            yield _slip(fact, named)


def _slip(fact: Fact, near: _Total) -> Result:
    row = "平均行" if near.mean else "合计行"
    message = f"{said(fact)}与表的{row}“{near.heading}”{said(near.fact)}只差一位或两位颠倒，别处没有这个数"
    return doubtful(fact.place, said(fact), said(near.fact), message, facts=(fact,), related=(near.fact.place,))
