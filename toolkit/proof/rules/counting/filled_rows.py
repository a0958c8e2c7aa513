"""有数据的项目数: how many cells of a column are filled, and the same told in prose, 合同金额…元（16个项目）."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Table
from toolkit.proof.facts import Fact
from toolkit.proof.lines import bare
from toolkit.proof.records import is_total
from toolkit.proof.report import Report
from toolkit.proof.row_words import first_words, is_shortened
from toolkit.text.patterns import Pattern

_FILLED = Pattern("(?:有|填有|取得)数据的(?:项目|单位|个)?(?:个?数|数量)")
_TOLD = Pattern(
    r"(?P<name>[\u4e00-\u9fff]{4,12}?)(?:合计|共计|共|为)?[0-9][0-9,]*(?:\.[0-9]+)?(?:[亿万]?元|%)（(?:均为)?(?P<count>[0-9]{1,4})个(?P<noun>项目|单位)）"
)
_GOOD = (
    "各项目合计：合同金额30.00万元（2个项目），预算资金60.00万元。\n\n序号\t项目名称\t合同金额（万元）\t预算资金（万元）\n1\t甲系统\t10.00\t10.00\n2\t乙系统\t20.00\t20.00\n3\t丙系统\t—\t30.00\n"
    "\t合计\t30.00\t60.00\n\t有数据的项目数\t2\t3\n"
)


@rule(
    "count.filled",
    group=Group.COUNTS,
    title="有数据的项目数等于该列有数的行数",
    good=(
        _GOOD,
        _GOOD.replace("\t合计\t30.00", "\t其余1个项目，见汇总总表\t—\t—\n\t合计\t30.00").replace(
            "数\t2\t3", "数\t2\t4"
        ),
    ),
    bad=(_GOOD.replace("数\t2\t3", "数\t3\t3"), _GOOD.replace("（2个项目）", "（3个项目）")),
)
def filled(report: Report) -> Iterator[Result]:
    """The row that counts, against the rows above the total; prose against that row."""
    counts = {}
    whole = (table for table in report.document.tables if not is_shortened(table))
    for table in whole:
        for column, fact in _counted(report, table):
            due = _filled(table, column)
            counts[bare(table.headings[column])] = fact
            if fact.value == due:
                yield agrees(fact)
            else:
                message = f"“{table.headings[column]}”列有数的是{due}行，写{fact.text}"
                yield differs(fact.place, fact.text, str(due), message, facts=(fact,))
    for place, text in report.document.texts_with(_TOLD, least=12) if counts else ():
        for match in _TOLD.finditer(text):
            cell = next((fact for name, fact in counts.items() if match["name"].endswith(name)), None)
            facts = report.facts_within(place, match.start("count"), match.end("count"))
            if cell is None or not facts:
                continue
            if facts[0].value == cell.value:
                yield agrees(facts[0], cell)
            else:
                message = f"“{match['name']}”写{match['count']}个{match['noun']}，表中有数据的是{cell.text}个"
                yield doubtful(place, facts[0].text, cell.text, message, facts=facts[:1], related=(cell.place,))


def _counted(report: Report, table: Table) -> Iterator[tuple[int, Fact]]:
    for row in table.rows[table.head :]:
        label = first_words(row)
        if _FILLED.fullmatch(label):
            for column, cell in enumerate(row):
                facts = report.facts_at(cell.place)
                if cell.text.strip().isdecimal() and len(facts) == 1:
                    yield column, facts[0]


def _filled(table: Table, column: int) -> int:
    rows = [row for row in table.rows[table.head :] if not is_total(row)]
    labels = [first_words(row) for row in rows]
    return sum(row[column].is_numeric for row, label in zip(rows, labels, strict=True) if not _FILLED.fullmatch(label))
