"""What all indicators count together, told in prose, and the last row of the tables of marks: 满分100分."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact
from toolkit.proof.lines import bare, number_of
from toolkit.proof.records import FULL_MARKS, is_total
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_TOLD = Pattern(
    r"(?:(?:指标体系|评价体系|评分体系|总分|综合得分[^（。]{0,12}分（)(?:设定)?满分(?:值)?(?:为|是)?|使合计为)(?P<mark>\d{2,3}(?:\.\d+)?)分"
)
_MARKS = (*FULL_MARKS, "计分值", "平均计分值")
_TABLE = "一级指标\t分值\t得分\n决策\t20\t18\n过程\t20\t19\n产出\t40\t38\n效益\t20\t18\n合计\t100\t93\n"


@rule(
    "score.full_told",
    group=Group.LOGIC,
    title="正文写的满分等于指标表合计",
    good=(f"本次评价的指标体系满分100分。综合得分93分（满分100分）。\n{_TABLE}",),
    bad=(f"本次评价的指标体系满分120分。\n{_TABLE}", f"综合得分93分（满分90分），等级为优。\n{_TABLE}"),
)
def full(report: Report) -> Iterator[Result]:
    """The full mark of all indicators against the totals under 分值 and the like."""
    totals = list(_totals(report))
    if not totals:
        return
    for place, text in report.document.texts_with(_TOLD, least=7):
        for match in _TOLD.finditer(text):
            facts = report.facts_within(place, match.start("mark"), match.end("mark"))
            same = [total for total in totals if facts and total.value == facts[0].value]
            if same:
                yield agrees(*facts, *same)
            elif facts:
                right = max(totals, key=lambda total: total.value or 0)
                message = f"写满分{match['mark']}分，指标表合计{right.text}分"
                yield differs(
                    place, f"{match['mark']}分", f"{right.text}分", message, facts=facts, related=(right.place,)
                )


def _totals(report: Report) -> Iterator[Fact]:
    for table in report.document.tables:
        columns = [at for at, heading in enumerate(table.headings) if bare(heading) in _MARKS]
        for row in table.rows[table.head :]:
            if is_total(row):
                yield from (fact for at in columns if (fact := number_of(report, row[at])) is not None)
