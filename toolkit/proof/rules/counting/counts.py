"""Numbers of things as prose writes them, and the lists and columns they are held against."""

import re

from toolkit.proof.declaration import Result, Verdict, agrees, differs
from toolkit.proof.document import Place, Table
from toolkit.proof.facts import Fact
from toolkit.proof.outline import numeral
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

COUNT = r"(?<![“\"第])(?P<count>[0-9]{1,3}|[两一二三四五六七八九十]{1,3})"
ORDINALS = Pattern(
    rf"{COUNT}(?![年月天日周])(?:个|种|类|项|条|点|大)?(?:[\u4e00-\u9fff]{{0,4}})(?:方面|方法|问题|原则|阶段|措施|做法|目的|建议|意见|内容|部分|环节|任务|目标|不足|工作)[：:](?:一是|第一[，、])"
)
PROJECT_HEADING = Pattern(r"项目(?:名称)?")
_TOTALS = ("合计", "总计", "小计")


def counted(text: str) -> int:
    """The number that digits or Chinese numerals write; 两 is 2."""
    return 2 if text == "两" else numeral(text)


def last_ordinal(text: str) -> int:
    """How far 一是、二是 goes, or 第一，第二."""
    for pattern in (r"([一二三四五六七八九十])是", r"第([一二三四五六七八九十])[，、]"):
        numbers = [numeral(found) for found in re.findall(pattern, text)]
        if numbers:
            return max((number for number in numbers if numbers[:number] == list(range(1, number + 1))), default=0)
    return 0


def compared_with_list(place: Place, match: re.Match[str], listed: int, facts: tuple[Fact, ...]) -> Result:
    """What a count says of a list with so many items."""
    if counted(match["count"]) == listed:
        return agrees(*facts) if facts else Result(Verdict.AGREES, place)
    words = match[0].rstrip("：:一是第，、")
    return differs(place, match["count"], str(listed), f"写“{words}”，列出的是{listed}项", facts=facts)


def count_facts(report: Report, place: Place, at: int) -> tuple[Fact, ...]:
    """The number that stands at a place of a text."""
    return report.facts_within(place, at, at + 1)


def names_in_column(table: Table, pattern: Pattern) -> list[str]:
    """The names below a heading, without totals; none where the first column of two only numbers its rows."""
    column = next((at for at, text in enumerate(table.headings) if pattern.fullmatch(text)), None)
    if column is None or (column == 0 and table.width < 3 and not pattern.fullmatch("责任单位")):
        return []
    cells = [cell for cell in table.column(column) if cell.text.strip() and not cell.is_numeric]
    return [cell.text.strip() for cell in cells if cell.label not in _TOTALS and not cell.label.startswith("有数据")]
