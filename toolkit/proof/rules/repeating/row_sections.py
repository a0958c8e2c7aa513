"""Chapters and items that are about a row of a table: what they count and take off, and what they are called."""

import re
from collections.abc import Iterator, Mapping, Sequence

from toolkit.proof.called import pairs_of, words_around
from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Paragraph
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import TOTALS, Line, bare, holds, lines_by_name
from toolkit.proof.outline import body
from toolkit.proof.records import label_of
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_TABLE = (
    "问题类别\t涉及项目数（个）\t扣分合计（分）\t占扣分总数比例\n目标不够明确\t4\t5.2\t28.9%\n归档不够完整\t6\t7.8\t43.3%\n"
    "支付进度滞后\t3\t5.0\t27.8%\n合计\t13\t18.0\t100.0%\n"
)
_ITEMS = "（一）目标不够明确。4个项目未设定目标值，扣5.2分。\n（二）归档不够完整。涉及6个项目，扣7.8分，占扣分总数的43.3%。\n"
_MARK = Pattern(r"^\s*[（(]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)）、.．]")
_TITLE = Pattern(r"[。：:；]")
_LEAST = 4
"""Shorter names may stand at the beginning of any sentence."""
_FEWEST = 3


@rule(
    "row.section",
    group=Group.SAME_FACT,
    title="以表中某行为题的段落与该行的数相符",
    good=(f"{_TABLE}\n{_ITEMS}（三）支付进度滞后。3个项目扣5.0分，其中2个项目各扣2.5分。",),
    bad=(
        f"{_TABLE}\n（一）目标不够明确。5个项目未设定目标值，扣5.2分。",
        f"{_TABLE}\n（一）目标不够明确。4个项目未设定目标值，扣2.5分。",
        f"{_TABLE}\n（二）归档不够完整。涉及6个项目，占扣分总数的34.3%。",
    ),
)
def sections(report: Report) -> Iterator[Result]:
    """A paragraph that begins with the name of one line, against the columns that its words name."""
    known = lines_by_name(report)
    for paragraph in body(report.document):
        name = _title(paragraph)
        lines = known.get(name, []) if len(name) >= _LEAST else []
        if len(lines) == 1:
            facts = [fact for fact in report.facts_at(paragraph.place) if fact.exact and fact.value is not None]
            for heading, cell in lines[0].cells.items():
                yield from _compared(lines[0], heading, cell, _about(heading, cell, facts, paragraph.text))


def _title(paragraph: Paragraph) -> str:
    """The words up to the first stop of a numbered paragraph or heading."""
    match = _MARK.match(paragraph.text)
    return label_of(_TITLE.split(paragraph.text[match.end() :])[0]) if match else ""


def _about(heading: str, cell: Fact, facts: Sequence[Fact], text: str) -> list[Fact]:
    """The numbers of a paragraph that a heading means."""
    if re.search("项目数|涉及项目", heading):
        return [fact for fact in facts if fact.unit == "个" and re.match("[\u4e00-\u9fff]{0,4}项目", text[fact.end :])]
    if re.fullmatch("(?:合计)?[扣失]分(?:合计|数|值)?", heading):
        return [
            fact
            for fact in facts
            if fact.kind is FactKind.SCORE and re.search("[扣失]分?(?:共|合计)?$", text[: fact.start])
        ]
    if cell.kind is FactKind.PERCENT and heading.startswith("占"):
        percent = [
            fact
            for fact in facts
            if fact.kind is FactKind.PERCENT and "占" in text[max(0, fact.start - 12) : fact.start]
        ]
        named = pairs_of(re.sub("比例|比重|占比|^占", "", heading))
        return [fact for fact in percent if named & pairs_of(words_around(fact, text))]
    return []


def _compared(line: Line, heading: str, cell: Fact, facts: Sequence[Fact]) -> Iterator[Result]:
    """One number that is not the cell's; several are told of parts of it."""
    fitting = [fact for fact in facts if holds(fact, cell)]
    if fitting:
        yield agrees(fitting[0], cell)
    elif len(facts) == 1:
        message = f"这一段写{said(facts[0])}，表中“{line.names[-1]}”的“{heading}”是{said(cell)}"
        yield doubtful(
            facts[0].place, said(facts[0]), said(cell), message, facts=(facts[0],), related=(cell.place,), confidence=80
        )


@rule(
    "row.titles",
    group=Group.NAMES,
    title="逐条的标题与表中各行的名称相同",
    good=(f"{_TABLE}\n{_ITEMS}（三）支付进度滞后。3个项目。",),
    bad=(f"{_TABLE}\n{_ITEMS}（三）支付进度迟缓。3个项目。",),
)
def titles(report: Report) -> Iterator[Result]:
    """As many items in a row as a table has rows, all but one of the same name."""
    runs = list(_runs(report))
    for table in report.document.tables:
        cells = [
            row[0] if row[0].text.strip() and not row[0].is_numeric else row[min(1, table.width - 1)]
            for row in table.rows[table.head :]
        ]
        names = {label_of(cell.text): cell for cell in cells if cell.text.strip() and bare(cell.text) not in TOTALS}
        for run in runs:
            odd = [title for title in run if title not in names]
            missing = [name for name in names if name not in run]
            if len(run) == len(names) >= _FEWEST and len(odd) == len(missing) == 1:
                message = f"这一条的标题是“{odd[0]}”，表中相应的一行是“{missing[0]}”"
                yield doubtful(run[odd[0]].place, odd[0], missing[0], message, related=(names[missing[0]].place,))


def _runs(report: Report) -> Iterator[Mapping[str, Paragraph]]:
    """Paragraphs one behind another, numbered in one manner, by their titles."""
    run: dict[str, Paragraph] = {}
    manner = ""
    for paragraph in body(report.document):
        name = _title(paragraph)
        mark = _MARK.match(paragraph.text)
        own = re.sub(r"[一二三四五六七八九十0-9\s]", "", mark[0]) if mark else ""
        if run and own == manner and name and not re.search("(?<![十0-9])[一1](?![0-9])", mark[0] if mark else ""):
            run[name] = paragraph
            continue
        if len(run) >= _FEWEST:
            yield run
        run, manner = ({name: paragraph} if name else {}), own
    if len(run) >= _FEWEST:
        yield run
