"""Tables of problems: each has its advice and who sees to it by when."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.lines import bare
from toolkit.proof.records import body_rows, is_total
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_PROBLEM = Pattern("(?:存在)?(?:的)?(?:主要)?问题.{0,4}|事实.{0,8}")
_DUE = Pattern(
    "(?:有关|整改)?建议|整改(?:措施|要求)|处理办法|责任(?:单位|部门|人)?(?:、期限)?|(?:整改|完成)(?:期限|时限)"
)
_GOOD = "序号\t问题\t原因\t建议\t责任、期限\n1\t档案没有归档\t人员变动\t补齐归档\t责任单位，2个月\n2\t付款晚于约定\t\t按月核对\t财务部门，按月\n"


@rule(
    "logic.problem_cells",
    group=Group.LOGIC,
    title="问题表的建议、责任和期限没有空白",
    good=(_GOOD, f"{_GOOD}\t合计\t\t\t\n", "问题\t建议\n档案没有归档\t\n付款晚于约定\t\n变更没有审批\t\n"),
    bad=(_GOOD.replace("补齐归档", ""), _GOOD.replace("财务部门，按月", "")),
)
def blank(report: Report) -> Iterator[Result]:
    """A blank cell below 建议 or 责任 in a row that tells a problem; a form that nobody filled in is left alone."""
    for table in report.document.tables:
        headings = [bare(heading) for heading in table.headings]
        problem = next((at for at, heading in enumerate(headings) if _PROBLEM.fullmatch(heading)), None)
        due = [at for at, heading in enumerate(headings) if _DUE.fullmatch(heading)]
        rows = [
            row for row in body_rows(table) if problem is not None and row[problem].text.strip() and not is_total(row)
        ]
        for at in due:
            empty = [row for row in rows if not row[at].text.strip() and not row[at].merged]
            filled = len(rows) - len(empty)
            alone = len(rows) == 1 and any(row[other].text.strip() for row in rows for other in due if other != at)
            for row in empty if (filled >= len(empty) and filled) or alone else ():
                what = row[problem or 0].text.strip()
                message = f"“{what[:24]}”没有写{headings[at]}"
                yield doubtful(row[at].place, "", headings[at], message, related=(row[problem or 0].place,))
