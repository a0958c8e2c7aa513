"""7项内容中，有审减的4项: how many lines of a table have something under a heading, or nothing, or a word."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, rule
from toolkit.proof.document import Table
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.lines import bare, is_whole, lines_of, lines_of_table
from toolkit.proof.outline import numeral
from toolkit.proof.report import Report
from toolkit.proof.rules.counting.told_counts import judged_count
from toolkit.text.patterns import Pattern

_N = "[0-9]{1,3}|[一二两三四五六七八九十]{1,3}"
_UNIT = "[个项家类包所户条处]"
_AMONG = rf"(?P<all>{_N}){_UNIT}[^，。；0-9]{{0,12}}?中，?"
_MARKED = Pattern(
    rf"{_AMONG}(?P<marks>(?:[^。；]{{0,4}}?(?:(?:没有|未发生|未|无|有|发生|存在)?[\u4e00-\u9fff]{{2,6}}?的(?:有)?(?:{_N}){_UNIT}[、，]?(?:和)?)+))"
)
_MARK = Pattern(
    rf"(?P<no>没有|未发生|未|无)?(?:有|发生|存在)?(?P<words>[\u4e00-\u9fff]{{2,6}}?)的(?:有)?(?P<count>{_N})(?P<unit>{_UNIT})"
)
_DONE = Pattern("完成|达到|达标|实现|到位|支付|支出")
_AMOUNT = ("", "额", "金额", "数", "数量", "资金", "分")
_TABLE = "内容\t合同金额\t审定金额\t审减额\n终端\t472.80\t468.30\t4.50\n软件\t189.50\t185.20\t4.30\n存储\t258.60\t258.60\t0.00\n监理\t66.50\t66.50\t0.00\n密码\t121.30\t121.30\t0.00\n合计\t1,108.70\t1,099.90\t8.80\n"
_TESTED = "序号\t系统名称\t测评得分\t结论\n1\t甲系统\t88.6\t良\n2\t乙系统\t86.2\t良\n3\t丙系统\t78.3\t中\n4\t丁系统\t89.4\t良\n"


@rule(
    "count.marked",
    group=Group.COUNTS,
    title="有某项金额、没有某项金额的个数与表相符",
    good=(
        f"{_TABLE}\n\n5项内容中，有审减的2项、没有审减的3项。",
        f"{_TABLE}\n\n12项内容中，有审减的4项。5项内容中审减较多的1项。",
        "产出\t计划数\t完成数\n水位站\t58\t58\n雨量站\t64\t64\n视频点\t240\t228\n目录\t320\t308\n\n4项产出中，按计划完成的2项，未完成的2项。",
    ),
    bad=(f"{_TABLE}\n\n5项内容中，有审减的3项。", f"{_TABLE}\n\n5项内容中审减的2项、未审减的2项。"),
)
def marked(report: Report) -> Iterator[Result]:
    """Lines that are above 0, or 0, under the only heading of that name in a table of as many lines."""
    for sentence in report.prose_with(_MARKED) if lines_of(report) else ():
        for match in _MARKED.finditer(sentence.text):
            for mark in _MARK.finditer(sentence.text, match.start("marks"), match.end("marks")):
                cells = _column(report, mark["words"], numeral(match["all"]))
                if cells:
                    due = sum((fact.base == 0) is bool(mark["no"]) for fact in cells)
                    words, at = f"写“{mark[0]}”，表中是", (cells[0].place,)
                    yield from judged_count(report, sentence, mark, due, words, at, (cells[0],))


def _column(report: Report, words: str, lines: int) -> list[Fact]:
    """The numbers under the only heading that the words name, of a table with so many lines."""
    if _DONE.search(words):
        return []  # 按计划完成的5项: those that reached what was planned
    names = {f"{words}{end}" for end in _AMOUNT}
    tables = {line.table for line in lines_of(report) if line.table > 0 and names.intersection(line.cells)}
    found = []
    for table in tables:
        own = [line for line in lines_of_table(report, table) if not line.total]
        cells = [line.cells[heading] for line in own for heading in names.intersection(line.cells)]
        if len(own) == len(cells) == lines and all(fact.kind is not FactKind.PERCENT for fact in cells):
            found.append(cells)
    return found[0] if len(found) == 1 else []


_VALUED = Pattern(
    rf"(?P<words>[\u4e00-\u9fff]{{2,6}}?)为“?(?P<value>[\u4e00-\u9fff]{{1,5}}?)”?的(?:有)?(?P<count>{_N})(?P<unit>{_UNIT})"
    rf"(?P<more>(?:[、，和](?:结论)?为“?[\u4e00-\u9fff]{{1,5}}?”?的(?:有)?(?:{_N}){_UNIT})*)"
)
_AGAIN = Pattern(rf"为“?(?P<value>[\u4e00-\u9fff]{{1,5}}?)”?的(?:有)?(?P<count>{_N})(?P<unit>{_UNIT})")


@rule(
    "count.valued",
    group=Group.COUNTS,
    title="某列为某词的个数与表相符",
    good=(f"{_TESTED}\n\n4个系统中，结论为良的3个、为中的1个。",),
    bad=(
        f"{_TESTED}\n\n4个系统中，结论为良的2个、为中的1个。",
        f"{_TESTED.replace('78.3' + chr(9) + '中', '78.3' + chr(9) + '良')}\n\n4个系统中，结论为良的3个、为中的1个。",
    ),
)
def valued(report: Report) -> Iterator[Result]:
    """Cells with a word below the only heading of that name, of a table of as many rows as the sentence speaks of."""
    for sentence in report.prose_with(_VALUED):
        for match in _VALUED.finditer(sentence.text):
            whole = _ALL.search(sentence.text[: match.start()])
            words = [table for table in report.document.tables if match["words"] in map(bare, table.headings)]
            if whole is None or len(words) != 1:
                continue
            values = _values(words[0], match["words"])
            if len(values) != numeral(whole["all"]):
                continue
            for part in _AGAIN.finditer(sentence.text, match.start() + len(match["words"]), match.end()):
                if part["value"] in values:
                    said = f"写“{part['value']}”{part['count']}{part['unit']}，表中有"
                    due = values.count(part["value"])
                    yield from judged_count(report, sentence, part, due, said, (words[0].place,))


_ALL = Pattern(rf"(?P<all>{_N}){_UNIT}[^，。；0-9]{{0,12}}?中?，[^，。；]{{0,4}}$")


def _values(table: Table, heading: str) -> list[str]:
    column = [bare(own) for own in table.headings].index(heading)
    return [
        row[column].label
        for row in table.rows[table.head :]
        if not any(is_whole(cell.label) for cell in row[:2]) and row[column].label
    ]
