"""The contents page against the headings: the same words in the same order, pages that go up."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, zip_longest

from rapidfuzz import fuzz

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Paragraph
from toolkit.proof.facts import Fact
from toolkit.proof.outline import ContentsLine, annexes, body, contents_lines
from toolkit.proof.report import Report
from toolkit.text.folding import compared
from toolkit.text.patterns import Pattern

_CHAPTERS_SORT, _SECTIONS_SORT = _CHAPTERED = ("一、", "（一）")
_LONGEST = 80
_ANNEXES = Pattern("附[件表图录](?=[0-9一二三四五六七八九十])")
"""The contents may list 附表 for all of them."""
_REMARK = Pattern("[（(][^（）()]*[)）]$|[（(].*[)）]$")
_NUMBERING = Pattern(r"^(?:第?[一二三四五六七八九十]{1,3}(?:部分|[章节、])|[（(][一二三四五六七八九十]{1,3}[)）])\s*")
_ALIKE = 60
"""How alike a line and a heading of the same number are that are one title in two wordings. Units: per cent."""


@rule(
    "contents.headings",
    group=Group.REFERENCES,
    title="目录与标题一致",
    good=(
        "目录\n一、概况……1\n二、评价……2\n三、结论……3\n一、概况\n（一）背景\n二、评价\n三、结论",
        "目录\n一、概况 1\n二、评价 2\n三、结论 3\n一、概况\n（一）背景\n二、评价\n三、结论",
        # as above a table on its own page, with a remark behind, and broken over two lines
        "目录\n第一部分 某局概况\n一、职能\n二、收入决算表\n三、结论与有关情况的说明\n"
        "第一部分 某局概况\n一、职能（仅列主要部分）\n收入决算表\n三、结论与有关\n情况的说明",
        # sections of some chapters only; all annexes as one
        "目录\n一、概况\n（一）背景\n（二）目标\n二、问题\n附表\n一、概况\n（一）背景\n（二）目标\n二、问题\n"
        "（一）论证不充分\n（二）付款过早\n附表1\n得分表",
        "目录\n一、概况\n二、问题\n附件1 问卷\n摘要\n项目得分90分，等级为优。\n一、概况\n二、问题\n附件1 问卷\n一、调查对象\n二、统计结果",
    ),
    bad=(
        "目录\n一、概况……1\n二、评价……2\n三、结论……3\n一、概况\n二、评价情况\n三、结论",
        "目录\n一、概况……1\n二、评价……2\n三、结论……3\n一、概况\n二、评价\n三、结论\n四、建议",
        "目录\n一、概况……1\n二、评价……5\n三、结论……3\n一、概况\n二、评价\n三、结论",
    ),
)
def contents(report: Report) -> Iterator[Result]:
    """Every line of the contents is a heading, every heading of the levels listed is a line, pages go up."""
    lines = contents_lines(report.document)
    if not lines:
        return
    paragraphs = body(report.document)
    headings = _headings(paragraphs)
    listed = {compared(line.title) for line in lines}
    annexed = next((item.paragraph.place.block for item in annexes(report.document)), len(report.document.blocks) + 1)
    missing = _unlisted(paragraphs, {_sort(line.title) for line in lines}, listed)
    # An annex numbers its own headings from 一、 on; the contents list the annex.
    missing = (item for item in missing if item.place.block < annexed or _sort(item.text) not in _CHAPTERED)
    unlisted = list(_told_chapters(paragraphs, missing))
    last = 0
    for line in lines:
        facts = report.facts_at(line.paragraph.place)
        if compared(line.title) not in headings and compared(_bare(line.title)) not in headings:
            yield _missing(line, unlisted, facts)
        elif line.page and line.page < last:
            yield differs(
                line.paragraph.place,
                str(line.page),
                f"不小于{last}",
                f"目录页码颠倒：“{line.title}”在第{line.page}页，上一条在第{last}页",
                facts=facts,
            )
        elif facts:
            yield agrees(*facts)
        last = max(last, line.page)
    for paragraph in unlisted:
        text = paragraph.text.strip()[:40]
        yield differs(paragraph.place, text, "", f"标题“{text}”没有列入目录")


def _headings(paragraphs: Sequence[Paragraph]) -> set[str]:
    """Short paragraphs as they are compared: with and without a remark behind, and two that are one broken line."""
    short = [paragraph.text.strip() for paragraph in paragraphs if len(paragraph.text) <= _LONGEST]
    found = {compared(text) for text in short}
    found |= {compared(_REMARK.sub("", text)) for text in short}
    found |= {match[0] for text in short if (match := _ANNEXES.match(text))}
    return found | {compared(left + right) for left, right in pairwise(short)}


def _bare(title: str) -> str:
    """A title without its number, as it stands above a table or a chapter of its own page."""
    return _NUMBERING.sub("", title)


def _missing(line: ContentsLine, unlisted: list[Paragraph], facts: tuple[Fact, ...]) -> Result:
    """A line that is no heading; with the heading of its number where that is worded otherwise."""
    number = _NUMBERING.match(line.title)
    like = [item for item in unlisted if number and item.text.strip().startswith(number[0].strip())]
    like = [item for item in like if fuzz.ratio(item.text.strip(), line.title) >= _ALIKE]
    if len(like) != 1:
        message = f"目录里的“{line.title}”在正文中没有同样的标题"
        return differs(line.paragraph.place, line.title, "", message, facts=facts)
    unlisted.remove(like[0])
    text = like[0].text.strip()[:40]
    message = f"目录写“{line.title}”，正文的标题是“{text}”"
    return differs(line.paragraph.place, line.title, text, message, facts=facts, related=(like[0].place,))


def _unlisted(paragraphs: tuple[Paragraph, ...], sorts: set[str], listed: set[str]) -> Iterator[Paragraph]:
    """Headings of a numbering that the contents list, and that are not among them."""
    for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
        sort = _sort(paragraph.text)
        texts = {compared(paragraph.text), compared(_REMARK.sub("", paragraph.text.strip()))}
        texts |= {compared(paragraph.text + following.text)} if following else set()
        if paragraph.level and sort in sorts and sort and not texts & listed:
            yield paragraph


def _told_chapters(paragraphs: Sequence[Paragraph], unlisted: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """But for those of chapters of which the contents list no section at all: they list them of some chapters only."""
    missing = list(unlisted)
    chapters: dict[int, list[Paragraph]] = defaultdict(list)
    chapter = -1
    for paragraph in paragraphs:
        if paragraph.level and _sort(paragraph.text) == _CHAPTERS_SORT:
            chapter = paragraph.place.block
        elif paragraph.level and _sort(paragraph.text) == _SECTIONS_SORT:
            chapters[chapter].append(paragraph)
    whole = [
        sections for sections in chapters.values() if len(sections) > 1 and all(one in missing for one in sections)
    ]
    untold = {section.place for sections in whole for section in sections} if len(whole) < len(chapters) else set()
    yield from (paragraph for paragraph in missing if paragraph.place not in untold)


def _sort(text: str) -> str:
    """How a heading is numbered: 一、 or （一） or 附件; "" for none, which is not looked for."""
    if re.match(r"\s*[一二三四五六七八九十]{1,3}、", text):
        return _CHAPTERS_SORT
    if re.match(r"\s*[（(][一二三四五六七八九十]{1,3}[)）]", text):
        return _SECTIONS_SORT
    return "附件" if re.match(r"\s*附件\s*[0-9一二三四五六七八九十]", text) else ""
