"""What refers to what: captions, references to tables and annexes, annexes."""

import re
from collections import defaultdict
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule, unchecked
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact
from toolkit.proof.outline import Numbered, annexes, body, body_with, captions, numeral
from toolkit.proof.report import Report
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
_CHAPTER = Pattern(r"^\s*(?:第)?(?P<number>[一二三四五六七八九十]{1,3})[、章部]")


@rule(
    "caption.sequence",
    group=Group.REFERENCES,
    title="表号、图号连续且不重复",
    good=(
        "表1 资金情况\n项目\t金额\n甲\t10\n表2 得分情况\n项目\t得分\n甲\t90",
        "表2-1 资金\n表2-2 得分\n表3-1 问卷",
        "表1资金情况\n表2项目内容\n表3得分",
        "表4.3-1 事项\n表4.3-2 数据\n表4.4-1 办件\n表5.1-1 问卷",
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
