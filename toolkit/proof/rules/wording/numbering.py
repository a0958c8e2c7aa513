"""Numbers of headings and lists: in sequence, none twice, none left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.outline import NUMERALS, body, numeral
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_MARKS = (
    ("一、", Pattern(r"^\s*(?P<number>[一二三四五六七八九十]{1,3})、")),
    ("（一）", Pattern(r"^\s*[（(](?P<number>[一二三四五六七八九十]{1,3})[)）]")),
    (
        "1.",
        Pattern(
            r"^\s*(?P<number>[0-9]{1,2})(?:[.．](?![0-9](?![0-9]{3}年|[0-9]*[个项家所类名种套份件条+＋]))|、(?![0-9](?![0-9]{3}年|[0-9]*[个项家所类名种套份件条])))"
        ),
    ),
    ("（1）", Pattern(r"^\s*[（(](?P<number>[0-9]{1,2})[)）]")),
    ("第一章", Pattern(r"^\s*第(?P<number>[一二三四五六七八九十]{1,3})(?:章|部分?)")),
)
_HEADINGS = ("一、", "（一）")
"""Two of these with the number 1 do not follow one another, unless something stands between them."""
_INLINE = Pattern(r"(?:^|[：；。，,;:\s“”（]|(?<=[。；]))(?P<number>[一二三四五六七八九十])是(?![否])")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(slots=True)
class _List:
    """A list under way: its kind of mark and the numbers its next one may follow."""

    sort: str
    last: set[int]


_ANNEX = Pattern(r"^\s*(?:附[件表]?|注|备注|说明)[：:]\s*(?=[0-9])")


def mark_of(text: str) -> tuple[str, int, re.Match[str]] | None:
    """The sort, the number and the match of the mark that a heading or an item begins with."""
    text = _ANNEX.sub(lambda match: " " * len(match[0]), text)
    for sort, pattern in _MARKS:
        match = pattern.match(text)
        if match and (number := numeral(match["number"])):
            return sort, number, match
    return None


@rule(
    "numbering.sequence",
    group=Group.NUMBERING,
    title="标题和列表编号连续",
    good=(
        "一、基本情况\n（一）概况\n1.背景\n2.内容\n（二）目标\n二、评价\n（一）结论",
        "1.评价目的\n1.掌握情况\n2.了解效益\n2.评价对象\n3.评价范围",
        "2.项目内容\n（二）绩效目标\n二、评价工作\n三、结论",
        "职责：\n（一）起草制度。\n（二）管理会计。（三）承办督办事项。\n（四）完成其他任务。",
        "20.民生实事：解释。\n21.5+2服务之家：解释。\n22.核算：解释。",
        "1、12项目标完成情况\n2、服务质量",
    ),
    bad=(
        "一、基本情况\n三、评价工作",
        "一、情况\n（一）概况\n（二）目标\n（二）内容",
        "1.科学规范。\n2.公开。\n4.激励约束。",
    ),
)
def sequence(report: Report) -> Iterator[Result]:
    """Every number follows one of the same kind; a list may begin again, and go on after an inner list."""
    stack: list[_List] = []
    seen: set[str] = set()
    for paragraph in body(report.document):
        mark = mark_of(paragraph.text)
        if mark is None:
            continue
        sort, number, match = mark
        facts = report.facts_within(paragraph.place, 0, match.end())
        expected = _follow(stack, sort, number, first=sort not in seen, titled=bool(paragraph.level))
        seen.add(sort)
        stack[-1].last |= set(_inside(sort, number, paragraph.text))
        if expected is None:
            if facts:
                yield agrees(*facts)
            continue
        text = paragraph.text.strip()[:24]
        shown = match[0].strip()
        right = shown.replace(match["number"], _like(match["number"], expected))
        if expected > 1:
            message = f"编号不连续：“{text}”应为“{right}”"
            yield differs(paragraph.place, shown, right, message, facts=facts)
        else:
            message = f"编号从“{shown}”开始，没有“{right}”，可能前面一项漏了编号：“{text}”"
            yield doubtful(paragraph.place, shown, right, message, facts=facts)


def _inside(sort: str, number: int, text: str) -> Iterator[int]:
    """（七）负责会计管理。（八）承办其他事项。: the numbers that go on within the paragraph of one."""
    pattern = _WITHIN.get(sort)
    for match in pattern.finditer(text) if pattern else ():
        if numeral(match["number"]) == number + 1:
            number += 1
            yield number


_WITHIN = {
    "（一）": Pattern("(?<=[。；;])[（(](?P<number>[一二三四五六七八九十]{1,3})[)）]"),
    "（1）": Pattern("(?<=[。；;])[（(](?P<number>[0-9]{1,2})[)）]"),
}


def _like(printed: str, number: int) -> str:
    if printed.isdecimal():
        return str(number)
    tens, ones = divmod(number, 10)
    if number <= 10:
        return NUMERALS[number - 1]
    return ("" if tens == 1 else NUMERALS[tens - 1]) + "十" + (NUMERALS[ones - 1] if ones else "")


def _follow(stack: list[_List], sort: str, number: int, *, first: bool, titled: bool = False) -> int | None:
    """Take a number up; None when it follows, else the number that was due."""
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].sort == sort and number - 1 in stack[depth].last:
            del stack[depth + 1 :]
            stack[depth].last = {number}
            return None
    if number == 1 and sort in _HEADINGS and stack and stack[-1].sort == sort and stack[-1].last == {1}:
        return 2
    if number == 1 and sort == "（一）" and titled and len(stack) > 1 and stack[-1].sort in ("1.", "（1）"):
        before = stack[-2]
        if before.sort == sort and before.last == {1} and stack[-1].last != {1}:
            return 2  # a heading, a list of several items, and again the first heading
    if number == 1 or first:
        stack.append(_List(sort, {number}))
        return None
    at = next((depth for depth in range(len(stack) - 1, -1, -1) if stack[depth].sort == sort), None)
    if at is None:
        stack.append(_List(sort, {number}))
        return 1
    del stack[at + 1 :]
    due = max(stack[at].last) + 1
    # Whoever left one out goes on from either number.
    stack[at].last = {number, due}
    return due


@rule(
    "numbering.inline",
    group=Group.NUMBERING,
    title="一是、二是、三是连续",
    good=("一是资料核查；二是比较分析；三是问卷调查。", "一是核实资金。\n二是检验目标。\n一是统一口径；二是核对。"),
    bad=("一是资料核查；三是问卷调查。", "一是核实资金。\n四是检验目标。"),
)
def inline(report: Report) -> Iterator[Result]:
    """一是 … 二是 within a paragraph or at the heads of paragraphs in a row."""
    last = 0
    for paragraph in body(report.document):
        marks = list(_INLINE.finditer(paragraph.text))
        leads = bool(marks) and marks[0].start() == 0
        if not leads:
            last = 0
        for match in marks:
            number = numeral(match["number"])
            facts = report.facts_within(paragraph.place, match.start(), match.end())
            if number in (1, last + 1):
                if facts:
                    yield agrees(*facts)
            elif last:
                right = f"{_like('一', last + 1)}是"
                yield differs(
                    paragraph.place,
                    f"{match['number']}是",
                    right,
                    f"“{match['number']}是”之前应有“{right}”",
                    facts=facts,
                )
            last = number if number == 1 or last else 0


_BRACKETED = Pattern(r"(?<=[：；。，:;])\s*[（(](?P<number>[一二三四五六七八九十]|[0-9])[)）]")


@rule(
    "numbering.bracketed",
    group=Group.NUMBERING,
    title="一段之中（一）（二）（三）连续",
    good=("建议：（一）完善目标；（二）规范档案；（三）加快支付。",),
    bad=("建议：（一）完善目标；（二）规范档案；（四）加快支付。",),
)
def bracketed(report: Report) -> Iterator[Result]:
    """Numbers in brackets behind a stop, from the first on, one behind another."""
    for paragraph in body(report.document):
        last = 0
        for match in _BRACKETED.finditer(paragraph.text):
            number = numeral(match["number"])
            facts = report.facts_within(paragraph.place, match.start("number"), match.end("number"))
            if number in (1, last + 1) and (last or number == 1):
                yield from (agrees(*facts) for _ in facts[:1])
            elif last:
                right = _like(match["number"], last + 1)
                message = f"“（{match['number']}）”之前应有“（{right}）”"
                yield differs(paragraph.place, f"（{match['number']}）", f"（{right}）", message, facts=facts)
            last = number if number == 1 or last else 0


_SPACED = Pattern(r"(?:^|(?<=[；;]))\s*(?P<number>[0-9]{1,2})\s+(?=[《“\u4e00-\u9fff])")


@rule(
    "numbering.spaced",
    group=Group.NUMBERING,
    title="一段之中以空格隔开的序号连续",
    good=("1　《管理办法》；2　绩效目标表；3　合同。",),
    bad=("1　《管理办法》；2　绩效目标表；4　合同。",),
)
def spaced(report: Report) -> Iterator[Result]:
    """1　甲；2　乙；3　丙: from 1 on, one behind another."""
    for paragraph in body(report.document):
        marks = list(_SPACED.finditer(paragraph.text))
        if len(marks) <= 1 or marks[0]["number"] != "1":
            continue
        for due, match in enumerate(marks, start=1):
            facts = report.facts_within(paragraph.place, *match.span("number"))
            if int(match["number"]) != due:
                message = f"“{match['number']}”处应为“{due}”"
                yield differs(paragraph.place, match["number"], str(due), message, facts=facts)
                break
            yield from (agrees(*facts) for _ in facts[:1])


@rule(
    "numbering.circled",
    group=Group.NUMBERING,
    title="①②③连续",
    good=("①立项符合规定；②程序规范；③资料齐全。",),
    bad=("①立项符合规定；③资料齐全。",),
)
def circled(report: Report) -> Iterator[Result]:
    """Circled numbers within a paragraph or a cell."""
    for place, text in report.document.texts():
        numbers = [_CIRCLED.index(char) + 1 for char in text if char in _CIRCLED]
        for before, number in pairwise(numbers):
            if number not in (1, before + 1) and number > before:
                right = _CIRCLED[before]
                yield differs(place, _CIRCLED[number - 1], right, f"“{_CIRCLED[before - 1]}”之后应为“{right}”")
