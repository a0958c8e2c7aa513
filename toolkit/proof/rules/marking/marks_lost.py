"""Marks that an indicator lost, told apart from its score: “系统可用率”失0.70分, and a column 失分 of a table of problems."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact
from toolkit.proof.lines import Line, bare, lines_of, number_of
from toolkit.proof.records import FULL_MARKS, label_of
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_LOST = Pattern(r"“(?P<name>[^“”]{2,40})”(?:指标)?(?:共|合计)?(?:失|扣|被扣)(?:了)?(?P<lost>[0-9]+(?:\.[0-9]+)?)分")
_COUNTED, _WON = "计分值", ("得分", "评价得分", "核查得分")
_COLUMN = Pattern("失分|扣分")
_FEWEST, _MOST_WRONG = 3, 0.2
_TABLE = "三级指标\t分值\t得分\n系统可用率\t2.00\t1.30\n培训覆盖率\t3.00\t2.22\n合同免费运维年限\t2.00\t0.95\n付款及时性\t2.00\t1.40\n归档率\t2.00\t2.00\n"
_PROBLEMS = "问题\t建议\t失分\n可用率低于目标\t消除单点\t0.70\n培训没有覆盖全部人员\t补训\t0.78\n免费运维年限少于要求\t补签\t1.05\n没有按时付款\t按节点付款\t0.60\n合同归档不齐\t补齐\t—\n"


@rule(
    "score.lost_named",
    group=Group.LOGIC,
    title="写明的指标失分等于表中分值减得分",
    good=(f"其余失分：“系统可用率”失0.70分、“培训覆盖率”失0.78分。\n{_TABLE}",),
    bad=(
        f"其余失分：“系统可用率”失0.07分、“培训覆盖率”失0.78分。\n{_TABLE}",
        f"其余失分：“系统可用率”失0.70分、“培训覆盖率”失0.87分。\n{_TABLE}",
    ),
)
def named(report: Report) -> Iterator[Result]:
    """Every named indicator and what it lost, against the row of a table that has its mark and its score."""
    lost = _lost_by_name(report)
    for place, text in report.document.texts_with(_LOST, least=7):
        for match in _LOST.finditer(text):
            due = lost.get(label_of(match["name"]))
            facts = report.facts_within(place, match.start("lost"), match.end("lost"))
            if not due or not facts or len({value for value, _, _ in due}) > 1:
                continue
            value, mark, won = due[0]
            if Decimal(match["lost"]) == value:
                yield agrees(*facts, mark, won)
                continue
            working = f"{mark.text}-{won.text}={value}"
            message = f"“{match['name']}”写失{match['lost']}分，表中{working}"
            yield differs(
                place, f"{match['lost']}分", f"{value}分", message, facts=facts, related=(won.place,), working=working
            )


@rule(
    "score.lost_column",
    group=Group.LOGIC,
    title="问题表的失分栏都是某个指标的失分",
    good=(f"{_TABLE}\n\n{_PROBLEMS}",),
    bad=(f"{_TABLE}\n\n{_PROBLEMS.replace('0.60', '0.06')}", f"{_TABLE}\n\n{_PROBLEMS.replace('1.05', '1.50')}"),
)
def columns(report: Report) -> Iterator[Result]:
    """Where nearly every number of a column 失分 is what some indicator lost, the others are doubted."""
    known = {value for due in _lost_by_name(report).values() for value, _, _ in due if value}
    if len(known) < _FEWEST:
        return
    for table in report.document.tables:
        at = next((at for at, text in enumerate(table.headings) if _COLUMN.fullmatch(bare(text))), None)
        if at is None or any(bare(text) in (*_WON, *FULL_MARKS, _COUNTED) for text in table.headings):
            continue
        facts = [fact for row in table.rows[table.head :] if (fact := number_of(report, row[at]))]
        wrong = [fact for fact in facts if fact.value not in known]
        if len(facts) < _FEWEST or len(wrong) > max(1, int(len(facts) * _MOST_WRONG)):
            continue
        for fact in facts:
            if fact in wrong:
                message = f"失分{fact.text}不是任何一个指标的分值减得分，同一栏其余{len(facts) - len(wrong)}个都是"
                yield doubtful(fact.place, fact.text, "", message, facts=(fact,), confidence=80)
            else:
                yield agrees(fact)


def _lost_by_name(report: Report) -> Mapping[str, list[tuple[Decimal, Fact, Fact]]]:
    """Name of an indicator → what it lost, its mark and its score, in every table that has both."""
    found: dict[str, list[tuple[Decimal, Fact, Fact]]] = defaultdict(list)
    for line in lines_of(report):
        mark, won = _mark(line), next((line.cells[head] for head in _WON if head in line.cells), None)
        if not line.total and mark is not None and won is not None and mark.value is not None and won.value is not None:
            found[line.names[-1]].append((mark.value - won.value, mark, won))
    return found


def _mark(line: Line) -> Fact | None:
    """The mark that a score is measured by: 计分值 where the points of others were shared out."""
    return next((line.cells[head] for head in (_COUNTED, *FULL_MARKS) if head in line.cells), None)
