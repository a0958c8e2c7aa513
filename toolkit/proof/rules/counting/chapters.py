"""以下3个问题, 提出两条建议: numbers against what is numbered behind them and in the chapters they speak of."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Paragraph
from toolkit.proof.outline import NUMERALS, PROBLEMS, body, numeral
from toolkit.proof.report import Report
from toolkit.proof.rules.counting.counts import COUNT, ORDINALS, compared_with_list, count_facts, counted, last_ordinal
from toolkit.proof.scope import is_earlier
from toolkit.text.patterns import Pattern

_AHEAD = Pattern(
    rf"(?:以下|如下|下列|存在|归纳为|提出){COUNT}(?:个|项|条|点|类|方面)(?:方面)?(?:的)?(?:主要|突出)?(?P<noun>问题|不足|建议|措施|做法|经验|原因|方面|原则|目的)"
)
_SECTIONS = (
    (Pattern(rf"(?:发现|存在|梳理|归纳|指出|反映)(?:了|出|为|有)?[^，。；0-9]{{0,6}}?{COUNT}(?:个|项|条|点|类)?(?:方面)?的?(?:主要|突出|具体)?问题"), (*PROBLEMS, "问题")),
    (Pattern(rf"(?:发现|存在|梳理|归纳)(?:了|出|为|有)?[^，。；0-9]{{0,6}}?问题{COUNT}(?:个|项|条|点|类)"), (*PROBLEMS, "问题")),
    (Pattern(rf"等{COUNT}(?:个|项|条|点|类)(?:方面)?的?(?:主要|突出|具体)?问题"), (*PROBLEMS, "问题")),
    (Pattern(rf"提出[^，。；0-9]{{0,6}}?建议{COUNT}(?:个|项|条|点|类)"), ("建议", "对策", "整改措施")),
    (Pattern(rf"(?:提出|形成)(?:了|出)?[^，。；0-9]{{0,6}}?{COUNT}(?:个|项|条|点|类)?(?:方面)?的?(?:主要|具体|改进|整改)?建议"), ("建议", "对策", "整改措施")),
)  # fmt: skip
_LISTED_HERE = Pattern("(?:分别)?[是为][：:]")
"""反映最多的三个问题是：更新不及时、响应慢、重复录入 are a list of their own."""
_OTHERS = 3
"""More than so many times the problems of a chapter are what others found: 全年检查78次，发现问题23个."""
_MARKS = (
    Pattern(r"^\s*[（(](?P<number>[一二三四五六七八九十]{1,3})[)）]"),
    Pattern(r"^\s*(?P<number>[0-9]{1,2})[.．、](?=[^0-9]|20[0-9]{2}年)"),
    Pattern(r"^\s*[（(](?P<number>[0-9]{1,2})[)）]"),
    Pattern(r"^\s*(?P<number>[一二三四五六七八九十])是"),
    Pattern(r"^\s*第(?P<number>[一二三四五六七八九十]{1,3})节"),
    Pattern(r"^\s*[0-9]{1,2}\.(?P<number>[0-9]{1,2})(?=[\s\u4e00-\u9fff])(?![^。]{0,20}[%％元分])"),
)


@rule(
    "count.announced",
    group=Group.COUNTS,
    title="宣布的个数与随后列出的相符",
    good=("一、存在问题\n评价发现以下2个问题。\n（一）目标不细\n说明。\n（二）支付不及时\n二、建议",),
    bad=(
        "一、存在问题\n评价发现以下3个问题。\n（一）目标不细\n说明。\n（二）支付不及时\n二、建议",
        "存在以下3个问题。\n1.目标不细。\n2.支付不及时。",
    ),
)
def announced(report: Report) -> Iterator[Result]:
    """以下3个问题, and what is numbered behind it up to the next heading above."""
    paragraphs = body(report.document)
    for at, paragraph in enumerate(paragraphs):
        for match in _AHEAD.finditer(paragraph.text):
            if ORDINALS.search(paragraph.text):
                continue
            listed = _behind(paragraphs[at + 1 :])
            if listed > 1:
                yield compared_with_list(
                    paragraph.place, match, listed, count_facts(report, paragraph.place, match.start("count"))
                )


def _behind(paragraphs: tuple[Paragraph, ...]) -> int:
    """How far the numbering of the next paragraph goes."""
    if not paragraphs:
        return 0
    pattern = next((pattern for pattern in _MARKS if pattern.match(paragraphs[0].text)), None)
    if pattern is None:
        return 0
    last = 0
    for paragraph in paragraphs:
        match = pattern.match(paragraph.text)
        if match and numeral(match["number"]) == 1 and last:
            break
        if re.match(rf"\s*[{NUMERALS}]{{1,3}}、|\s*附件", paragraph.text):
            break
        last = last + 1 if match else last
    return last


@rule(
    "count.section",
    group=Group.COUNTS,
    title="说到的问题数、建议数与有关章节相符",
    good=(
        "食堂全年检查78次，发现问题23个。\n一、存在问题\n（一）目标不细\n（二）支付不及时\n二、有关建议\n一是细化目标；二是加快支付。",
        "问卷反映最多的三个问题是：更新慢、响应慢、重复录入。\n一、存在问题\n（一）目标不细\n（二）支付不及时\n二、有关建议\n一是细化目标；二是加快支付。",
        "上一轮评价指出的6类问题已整改4类。\n一、存在问题\n（一）目标不细\n（二）支付不及时\n二、有关建议\n一是细化目标；二是加快支付。",
        "评价发现2个方面的问题，提出两条建议。\n一、存在问题\n（一）目标不细\n说明。\n（二）支付不及时\n二、有关建议\n一是细化目标；二是加快支付。",
    ),
    bad=(
        "仍有目标不细、支付不及时等三个方面的问题。\n目录\n一、存在问题\n二、有关建议\n三、其他\n一、存在问题\n（一）目标不细\n说明。\n（二）支付不及时\n二、有关建议\n一是细化目标；二是加快支付。\n三、其他",
        "评价发现3个方面的问题，提出两条建议。\n一、存在问题\n（一）目标不细\n说明。\n（二）支付不及时\n二、有关建议\n一是细化目标；二是加快支付。",
        "一、存在问题\n核查共发现3类问题，见下。\n（一）目标不细\n说明。\n（二）支付不及时\n二、有关建议\n一是细化目标；二是加快支付。",
        "评价发现3个方面的问题，提出两条建议。\n第五部分 存在问题\n5.1 目标不细\n说明。\n5.2 支付不及时\n说明。\n第六部分 有关建议\n一是细化目标；二是加快支付。",
        "评价发现2个方面的问题，提出三条建议。\n一、存在问题\n（一）目标不细\n说明。\n（二）支付不及时\n二、有关建议\n一是细化目标；二是加快支付。",
    ),
)
def section_counts(report: Report) -> Iterator[Result]:
    """Numbers of problems and of advice, wherever they are told, against what their chapters list."""
    for pattern, words in _SECTIONS:
        section = report.section(*words)
        listed = _listed_in(section)
        inside = {paragraph.place for paragraph in section[1:]}  # the first may tell how many follow
        inside |= {paragraph.place for paragraph in section[:1] if any(mark.match(paragraph.text) for mark in _MARKS)}
        for sentence in report.prose_with(pattern) if listed else ():
            for match in pattern.finditer(sentence.text):
                if (
                    sentence.place in inside
                    or not 2 <= counted(match["count"]) <= max(listed) * _OTHERS
                    or re.search("其中|个项目", sentence.text[: match.start()][-6:])
                    or is_earlier(sentence.text, match.start("count"))
                    or _LISTED_HERE.match(sentence.text, match.end())
                ):
                    continue
                facts = count_facts(report, sentence.place, sentence.start + match.start("count"))
                if counted(match["count"]) in listed:
                    yield from (agrees(*facts) for _ in facts[:1])
                else:
                    near = "或".join(map(str, sorted(listed)))
                    message = f"写“{match[0]}”，有关章节列出的是{near}项"
                    yield differs(
                        sentence.place, match["count"], near, message, facts=facts, related=(section[0].place,)
                    )


def _listed_in(section: tuple[Paragraph, ...]) -> set[int]:
    """How many items a chapter can be said to list: by each kind of mark that it uses."""
    found: set[int] = set()
    for pattern in _MARKS:
        numbers = [numeral(match["number"]) for paragraph in section if (match := pattern.match(paragraph.text))]
        if numbers and numbers[0] == 1:
            found |= {len(numbers), max(numbers)}
    found.add(last_ordinal("".join(paragraph.text for paragraph in section)))
    return {number for number in found if number > 1}
