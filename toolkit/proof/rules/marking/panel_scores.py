"""Marks of several experts against what is made of them: the mean, or the mean without the highest and the lowest."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Cell, Table
from toolkit.proof.facts import Fact, said
from toolkit.proof.lines import number_of
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_EXPERT = Pattern(
    r"(?:评审|评议|评标)?(?:专家|评委|委员|评价人)[甲乙丙丁戊己庚辛壬癸一二三四五六七八九十0-9A-Ga-g]{1,2}(?:评分|打分)?"
)
_MADE = Pattern("得分|评分|平均|均分|总分|结果")
_HIGHEST, _LOWEST = Pattern("去掉.{0,4}最高|最高分"), Pattern("去掉.{0,4}最低|最低分")
_FEWEST_EXPERTS, _FEWEST_ROWS = 3, 3
_Make = Callable[[Sequence[Decimal]], Decimal]


def _mean(marks: Sequence[Decimal]) -> Decimal:
    return sum(marks, Decimal(0)) / len(marks)


def _trimmed(marks: Sequence[Decimal]) -> Decimal:
    return _mean(sorted(marks)[1:-1])


_MEANS: tuple[tuple[str, _Make], ...] = (("平均", _mean), ("去掉一个最高分和一个最低分后平均", _trimmed))
_PANEL = "项目\t专家甲\t专家乙\t专家丙\t专家丁\t专家戊\t最高分\t最低分\t得分\n一\t88\t90\t86\t91\t89\t91\t86\t89.00\n二\t82\t84\t80\t85\t83\t85\t80\t83.00\n三\t91\t92\t90\t94\t93\t94\t90\t92.00\n四\t78\t80\t76\t81\t79\t81\t76\t79.00\n"


@rule(
    "score.panel",
    group=Group.SUMS,
    title="各专家评分与最高分、最低分、平均分相符",
    good=(_PANEL, _PANEL.replace("最高分\t最低分\t", "").replace("91\t86\t89.00", "89.00")),
    bad=(_PANEL.replace("79.00", "78.00"), _PANEL.replace("85\t80\t83.00", "84\t80\t83.00")),
)
def panels(report: Report) -> Iterator[Result]:
    """Columns of experts: what all rows but one follow is how the result is made."""
    for table in report.document.tables:
        experts = [at for at, heading in enumerate(table.headings) if _EXPERT.fullmatch(heading)]
        if len(experts) < _FEWEST_EXPERTS:
            continue
        for column in range(experts[-1] + 1, table.width):
            heading = table.headings[column]
            if _HIGHEST.search(heading):
                yield from _judged(report, table, experts, column, (("各专家评分最高的是", max),))
            elif _LOWEST.search(heading):
                yield from _judged(report, table, experts, column, (("各专家评分最低的是", min),))
            elif _MADE.search(heading):
                yield from _judged(report, table, experts, column, _MEANS)


def _judged(
    report: Report, table: Table, experts: Sequence[int], column: int, ways: Sequence[tuple[str, _Make]]
) -> Iterator[Result]:
    rows = [row for row in table.rows[table.head :] if (found := _marks(report, row, experts)) and len(found) > 2]
    made = [(row, number_of(report, row[column])) for row in rows]
    told = [(fact, _marks(report, row, experts)) for row, fact in made if fact is not None]
    if len(told) < _FEWEST_ROWS:
        return
    fits, words, make = max(
        ((sum(_meets(fact, marks, make) for fact, marks in told), words, make) for words, make in ways),
        key=lambda way: way[0],
    )
    if fits < max(len(told) - 1, _FEWEST_ROWS - 1):
        return
    for fact, marks in told:
        if _meets(fact, marks, make):
            yield agrees(fact, *marks)
        else:
            due = make([mark.base for mark in marks])
            right = f"{round(due, max(0, -int(fact.step.as_tuple().exponent))):f}"
            message = f"写{said(fact)}，{words}{right}"
            yield differs(
                fact.place, fact.text, right, message, facts=(fact, *marks), related=tuple(m.place for m in marks[:4])
            )


def _marks(report: Report, row: Sequence[Cell], experts: Sequence[int]) -> list[Fact]:
    """The marks of a row: none where an expert gave none, as then another number of them is meant."""
    found = [fact for at in experts if (fact := number_of(report, row[at])) is not None]
    return found if len(found) == len(experts) else []


def _meets(fact: Fact, marks: Sequence[Fact], make: _Make) -> bool:
    due = make([mark.base for mark in marks])
    return abs(fact.base - due) <= fact.step / 2
