"""What refers to what: captions, references to tables and annexes, annexes, the contents page."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, zip_longest

from rapidfuzz import fuzz

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule, unchecked
from toolkit.proof.document import Paragraph, Place
from toolkit.proof.facts import Fact
from toolkit.proof.outline import ContentsLine, Numbered, annexes, body, body_with, captions, contents_lines, numeral
from toolkit.proof.report import Report
from toolkit.text.folding import compared
from toolkit.text.patterns import Pattern

_NUMBER = r"(?P<number>[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?![0-9]|[-－–.．][0-9]|[一二三四五六七八九十])"
_TO = (
    r"(?:(?<=见)|(?<=页)|(?<=附件[0-9])|(?<=如)|(?<=据)|(?<=按)|(?<=由)|(?<=与)|(?<=和)|(?<=以)|"
    r"(?<=在)|(?<=从)|(?<=及)|(?<=[、，。；：（(“\s])|^)"
)
_REFERENCE = Pattern(rf"{_TO}(?P<sort>附表|附图|附件|表|图)\s*{_NUMBER}(?![个项类条份级])")
_PART = Pattern(
    r"(?:(?:本报告|本文)(?:的)?|(?:见|列于|列在|按)(?:本报告|本文)?)第(?P<number>[一二三四五六七八九十]{1,3})(?:部分|章)"
)
_CHAPTERS_SORT, _SECTIONS_SORT = "一、", "（一）"
_CHAPTER = Pattern(r"^\s*(?:第)?(?P<number>[一二三四五六七八九十]{1,3})[、章部]")


@rule(
    "caption.sequence",
    group=Group.REFERENCES,
    title="表号、图号连续且不重复",
    good=(
        "表1 资金情况\n项目\t金额\n甲\t10\n表2 得分情况\n项目\t得分\n甲\t90",
        "表2-1 资金\n表2-2 得分\n表3-1 问卷",
        "表1资金情况\n表2项目内容\n表3得分",
    ),
    bad=("表2 资金情况\n项目\t金额\n甲\t10", "表1 资金情况\n表1 得分情况", "表1 资金情况\n表2 得分情况\n表4 问卷情况"),
)
def caption_numbers(report: Report) -> Iterator[Result]:
    """Captions of one sort count on from the first."""
    last: dict[tuple[str, str], int] = {}
    for caption in captions(report.document):
        key = (caption.sort, caption.chapter)
        before = last.get(key)
        number = caption.number
        facts = _facts(report, caption)
        if before is None and number > 1 and not key[1] and number <= _FIRST:
            text = caption.paragraph.text.strip()[:30]
            yield doubtful(
                caption.paragraph.place,
                f"{caption.sort}{number}",
                f"{caption.sort}1",
                f"第一个{caption.sort}是“{text}”，前面没有{caption.sort}1",
                facts=facts,
            )
        elif before is None or number == before + 1:
            if facts:
                yield agrees(*facts)
        elif caption.paragraph.text.lstrip().startswith("续"):
            continue
        else:
            shown, right = f"{caption.sort}{number}", f"{caption.sort}{before + 1}"
            why = "重复" if number <= before else "跳号"
            yield differs(
                caption.paragraph.place,
                shown,
                right,
                f"{caption.sort}号{why}：“{caption.paragraph.text.strip()[:30]}”应为{right}",
                facts=facts,
            )
            number = before + 1
        last[key] = number


_FIRST = 12
"""A first caption of a higher number is of a document that was cut out of another."""


def _facts(report: Report, numbered: Numbered) -> tuple[Fact, ...]:
    return report.facts_within(numbered.paragraph.place, numbered.start, numbered.end)


@rule(
    "reference.target",
    group=Group.REFERENCES,
    title="引用的表、图、附件都在",
    good=(
        "资金情况见表1，得分详见附件1。\n表1 资金情况\n项目\t金额\n甲\t10\n附件1 得分表",
        "代表1人参加，见《管理办法》附件3。\n表1 情况",
    ),
    bad=("资金情况见表9。\n表1 资金情况", "得分详见附件7。\n附件1 得分表", "详见本报告第九部分。\n一、概况\n二、结论"),
)
def targets(report: Report) -> Iterator[Result]:
    """Whatever is referred to by number stands in the document; annexes may be bound apart."""
    document = report.document
    there = _there(report)
    chapters = {
        numeral(match["number"])
        for paragraph in body_with(document, _CHAPTER)
        if (match := _CHAPTER.match(paragraph.text))
    }
    own = {item.paragraph.place for item in (*captions(document), *annexes(document))}
    for place, text in document.texts_with(_REFERENCE, _PART):
        if place in own:
            continue
        for match in _REFERENCE.finditer(text):
            if text[: match.start()].endswith(("》", "》的", "》（", "号）", "号")):
                continue
            yield from _target(report, place, match, there)
        for match in _PART.finditer(text):
            facts = report.facts_within(place, match.start(), match.end())
            if chapters and numeral(match["number"]) not in chapters:
                yield differs(place, match[0], "", f"报告没有第{match['number']}部分", facts=facts)
            elif facts and chapters:
                yield agrees(*facts)


def _there(report: Report) -> dict[str, set[int]]:
    there: dict[str, set[int]] = defaultdict(set)
    document = report.document
    for caption in captions(document):
        there[caption.sort].add(
            caption.number
            if not caption.chapter
            else int(caption.chapter[:-1])
            if caption.chapter[:-1].isdecimal()
            else 0
        )
    for annex in annexes(document):
        there["附件"].add(annex.number or 1)
    lists = [
        paragraph
        for paragraph in body(document)
        if paragraph.text.strip().startswith(("附件：1", "附件:1", "附件：\n"))
    ]
    for paragraph in lists:
        there["附件"] |= {int(number) for number in re.findall(r"(?:^|[\s：:；;])([0-9]{1,2})[.．、]", paragraph.text)}
    return there


def _target(report: Report, place: Place, match: re.Match[str], there: dict[str, set[int]]) -> Iterator[Result]:
    sort, number = match["sort"], numeral(match["number"])
    facts = report.facts_within(place, match.start(), match.end())
    present = there[sort]
    shown = f"{sort}{match['number']}"
    if not number:
        return
    if number in present:
        if facts:
            yield agrees(*facts)
    elif present:
        names = "、".join(f"{sort}{each}" for each in sorted(present))
        yield differs(place, shown, names, f"引用了{shown}，报告里只有{names}", facts=facts)
    elif sort in ("附件", "附表"):
        yield unchecked(place, f"引用了{shown}，附件不在本文件内，未能核对", *facts)
    else:
        yield doubtful(place, shown, "", f"引用了{shown}，报告里没有编号的{sort}", facts=facts)


@rule(
    "annex.sequence",
    group=Group.REFERENCES,
    title="附件号连续",
    good=("附件1 指标体系\n附件2 得分表",),
    bad=("附件1 指标体系\n附件3 得分表", "附件1 指标体系\n附件1 得分表"),
)
def annex_numbers(report: Report) -> Iterator[Result]:
    """Annexes count on from 1."""
    last = 0
    for annex in annexes(report.document):
        if not annex.number:
            continue
        facts = _facts(report, annex)
        if annex.number == last + 1 or not last:
            if facts:
                yield agrees(*facts)
        else:
            right = f"附件{last + 1}"
            yield differs(
                annex.paragraph.place,
                f"附件{annex.number}",
                right,
                f"附件号不连续：附件{annex.number}应为{right}",
                facts=facts,
            )
        last = annex.number


_UNNUMBERED = Pattern(r"[（(](?:详?见|具体见)附件[)）]")


@rule(
    "annex.single",
    group=Group.REFERENCES,
    title="只有一个附件时正文与标题的写法一致",
    good=("39个项目（见附件）。\n附件 项目清单", "39个项目（见附件）。\n附件1 项目清单\n附件2 得分表"),
    bad=("39个项目（见附件）。\n附件1 项目清单",),
)
def single_annex(report: Report) -> Iterator[Result]:
    """（见附件） without a number, and one annex that has the number 1."""
    there = list(annexes(report.document))
    if len(there) != 1 or there[0].number != 1:
        return
    for place, text in report.document.texts_with(_UNNUMBERED, least=5):
        match = _UNNUMBERED.search(text)
        if match is not None:
            message = "正文写“附件”，标题写“附件1”，而只有一个附件"
            yield doubtful(place, match[0], "附件1", message, related=(there[0].paragraph.place,))
            return


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


_LONGEST = 80
_ANNEXES = Pattern("附[件表图录](?=[0-9一二三四五六七八九十])")
"""The contents may list 附表 for all of them."""
_REMARK = Pattern("[（(][^（）()]*[)）]$|[（(].*[)）]$")
_NUMBERING = Pattern(r"^(?:第?[一二三四五六七八九十]{1,3}(?:部分|[章节、])|[（(][一二三四五六七八九十]{1,3}[)）])\s*")


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


_ALIKE = 60
_CHAPTERED = (_CHAPTERS_SORT, _SECTIONS_SORT)


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
