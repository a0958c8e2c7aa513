"""Rows of a table of scores: the points an evaluator took off, and the mark that the wording of a standard gives."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Cell, Table
from toolkit.proof.facts import Fact
from toolkit.proof.lines import bare
from toolkit.proof.records import body_rows
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_TAKEN = Pattern(r"^评价人扣分[：:]\s*(?P<points>[0-9]+(?:\.[0-9]+)?)分$")
_FULL = Pattern(
    r"^(?:得分=(?:完成比率|比率|满意度|完成率)×(?P<times>[0-9.]+)分"
    r"|(?:(?:实际完成值|完成比率|完成率|偏差率)[^。；，]{0,16}|达到目标(?:值[0-9.]+[%\u4e00-\u9fff]{0,3})?|无问题)得(?P<given>[0-9.]+)分"
    r"|分值(?P<mark>[0-9.]+)分，)"
)
_STANDARD = ("评分标准", "评分规则", "评分办法")
_GOOD = (
    "三级指标\t分值\t得分\t取值\n制度执行\t3.00\t2.70\t评价人扣分：0.3分\n",
    "三级指标\t分值\t评分标准\n预算执行率\t3.00\t得分=完成比率×3分，达到100%得满分，最高不超过满分。\n免费运维\t2.00\t实际完成值不低于3年得2分；每差1年扣1分，扣完为止。\n",
)


@rule(
    "score.typed_deduction",
    group=Group.LOGIC,
    title="评价人扣分等于分值减得分",
    good=(_GOOD[0],),
    bad=(_GOOD[0].replace("0.3分", "0.6分"),),
)
def typed(report: Report) -> Iterator[Result]:
    """What the evaluator took off in a cell of its own, in the row of the mark and the score, where none is rescaled."""
    if any("折算" in text for text in report.texts.values()):
        return
    for table in report.document.tables:
        for mark, score, row in _scored_rows(report, table):
            for cell in row:
                taken = _TAKEN.match(cell.text.strip())
                if taken is None or score is None:
                    continue
                due = mark.base - score.base
                facts = (*report.facts_at(cell.place), mark, score)
                if due == Decimal(taken["points"]):
                    yield agrees(*facts)
                else:
                    message = f"评价人扣分{taken['points']}分，同一行分值{mark.text}减得分{score.text}是{due}分"
                    yield differs(cell.place, f"{taken['points']}分", f"{due}分", message, facts=facts, confidence=85)


@rule(
    "score.standard_mark",
    group=Group.LOGIC,
    title="评分标准写的满分等于分值",
    good=(_GOOD[1],),
    bad=(_GOOD[1].replace("×3分", "×4分"), _GOOD[1].replace("得2分；每差1年", "得3分；每差1年")),
)
def standards(report: Report) -> Iterator[Result]:
    """The full mark that a standard begins with, and the one in the row's own column."""
    for table in report.document.tables:
        at = next((at for at, heading in enumerate(table.headings) if bare(heading) in _STANDARD), None)
        for mark, _, row in _scored_rows(report, table) if at is not None else ():
            text = row[at].text.strip()  # type: ignore[index]
            match = _FULL.match(text)
            given = next((value for value in match.groups() if value), None) if match else None
            if match is None or given is None or text.startswith("按要点"):
                continue
            facts = (*report.facts_within(row[at].place, 0, match.end()), mark)  # type: ignore[index]
            if Decimal(given.rstrip(".")) == mark.base:
                yield agrees(mark)
            else:
                message = f"评分标准写满分{given}分，同一行的分值是{mark.text}"
                yield doubtful(row[at].place, f"{given}分", mark.text, message, facts=facts, confidence=80)  # type: ignore[index]


def _scored_rows(report: Report, table: Table) -> Iterator[tuple[Fact, Fact | None, tuple[Cell, ...]]]:
    """The mark, the score where there is one, and the cells of every row of a table of marks."""
    headings = [bare(heading) for heading in table.headings]
    if "分值" not in headings:
        return
    score = next((at for at, heading in enumerate(headings) if heading in ("得分", "评价得分")), None)
    for row in body_rows(table):
        facts = [report.facts_at(row[at].place) if at is not None else () for at in (headings.index("分值"), score)]
        if len(facts[0]) == 1 and facts[0][0].value is not None:
            yield facts[0][0], facts[1][0] if len(facts[1]) == 1 and facts[1][0].value is not None else None, row
