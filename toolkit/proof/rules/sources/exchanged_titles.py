"""Two captions of tables, or the titles of two sections beside one another, that stand above each other's content."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Document, Paragraph, Place, Table
from toolkit.proof.outline import body, captions
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_COMMON = Pattern("情况|统计|明细|汇总|一览|项目|得分|评分|指标|问题|各|表$|[0-9]+年度?|年度|[（(][^（）()]*[)）]")
_WORD = Pattern("[\u4e00-\u9fffA-Za-z]+")
_FIRST, _LAST = (
    Pattern("居前|靠前|领先|前[0-9一二三四五六七八九十]+名?"),
    Pattern("靠后|居后|末位|后[0-9一二三四五六七八九十]+名?"),
)
_RANK = Pattern("排名|名次|位次|序号")
_CAPTIONS = (
    "表1 绩效等级分布\n等级\t得分区间\t个数\n优\t90分以上\t2\n良\t80分至90分\t1\n\n"
    "表2 资金到位和支出\n单位\t到位资金\t支出\n甲局\t10\t9\n乙局\t20\t19\n"
)
_RANKED = (
    "表3 得分居前的项目\n排名\t项目名称\t总分\n1\t甲系统\t99\n2\t乙系统\t98\n\n"
    "表4 得分靠后的项目\n排名\t项目名称\t总分\n37\t丙系统\t70\n38\t丁系统\t60\n"
)


@dataclass(frozen=True, slots=True)
class _Titled:
    """A title with its own pairs of signs, and those of what stands below it."""

    place: Place
    text: str
    own: frozenset[str]
    below: frozenset[str]


@rule(
    "caption.exchanged",
    group=Group.REFERENCES,
    title="表题与表的内容相符，没有互换",
    good=(_CAPTIONS, _RANKED),
    bad=(
        _CAPTIONS.replace("绩效等级分布", "〇")
        .replace("资金到位和支出", "绩效等级分布")
        .replace("〇", "资金到位和支出"),
        _RANKED.replace("居前", "〇").replace("靠后", "居前").replace("〇", "靠后"),
    ),
)
def exchanged(report: Report) -> Iterator[Result]:
    """Captions that share nothing with their own table and something with another's, which shares nothing with its own."""
    titled = list(_tables(report))
    yield from _pairs_exchanged([item for item, _ in titled], "表题")
    for item, table in titled:
        yield from _ranked(item, table)


def _ranked(item: _Titled, table: Table) -> Iterator[Result]:
    """得分居前 begins with the first, 得分靠后 does not."""
    column = next((at for at, heading in enumerate(table.headings) if _RANK.fullmatch(heading)), None)
    if column is None or "序号" in table.headings[column] or table.head >= len(table.rows):
        return
    first = table.rows[table.head][column].text.strip()
    wrong = (_FIRST.search(item.text) and first not in ("1", "第1名", "第一")) or (
        _LAST.search(item.text) and first == "1"
    )
    if wrong and first.isdecimal():
        message = f"“{item.text}”，表中从第{first}名开始"
        yield doubtful(item.place, item.text, "", message, related=(table.place,), confidence=80)


def _pairs_exchanged(items: Sequence[_Titled], what: str, least: int = 1) -> Iterator[Result]:
    stand = Counter(pair for item in items for pair in item.below)
    rare = {pair for pair, times in stand.items() if times <= max(1, len(items) // _OFTEN)}
    for one, other in combinations(items, 2):
        away = one.own - other.own, other.own - one.own
        if one.own & one.below or other.own & other.below or not all(away):
            continue
        if min(len(away[0] & other.below & rare), len(away[1] & one.below & rare)) >= least:
            message = f"{what}“{one.text}”与“{other.text}”像是互换了：各与另一处的内容相符"
            yield doubtful(one.place, one.text, other.text, message, related=(other.place,), confidence=80)


_OFTEN = 4
"""What stands below more than one title in so many, 支出 or 经费, tells none from another."""


def _tables(report: Report) -> Iterator[tuple[_Titled, Table]]:
    numbered = {item.paragraph.place.block: item for item in captions(report.document) if item.sort in ("表", "附表")}
    blocks = list(report.document.blocks)
    for at, block in enumerate(blocks):
        before = next(
            (
                numbered[other.place.block]
                for other in reversed(blocks[max(0, at - 3) : at])
                if other.place.block in numbered
            ),
            None,
        )
        if isinstance(block, Table) and before is not None:
            text = before.paragraph.text[before.end :].strip(" :：\u3000、.")
            words = " ".join((*block.headings, *(cell.text for row in block.rows[:60] for cell in row[:3])))
            yield _Titled(before.paragraph.place, text, _signs(_COMMON.sub(" ", text)), _signs(words)), block


@rule(
    "heading.exchanged",
    group=Group.REFERENCES,
    title="标题与其下的内容相符，没有互换",
    good=(
        "一、评价\n（一）问卷调查\n发放问卷100份，调查满意。\n（二）资金使用\n资金到位100万元，使用规范。\n（三）独立性\n无。",
    ),
    bad=(
        "一、评价\n（一）资金使用\n发放问卷100份，调查满意。\n（二）问卷调查\n资金到位100万元，使用规范。\n（三）独立性\n无。",
    ),
)
def headings(report: Report) -> Iterator[Result]:
    """Titles of sections of one chapter; two pairs of signs at least must be those of the other section."""
    for siblings in _chapters(report.document):
        yield from _pairs_exchanged(siblings, "标题", _LEAST)


_LEAST = 2
_NUMBER = Pattern(r"^\s*(?:[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.．、])\s*")


def _chapters(document: Document) -> Iterator[list[_Titled]]:
    """The sections below each heading: those of one level that follow one another."""
    paragraphs = list(body(document))
    marked = [at for at, item in enumerate(paragraphs) if _is_section(item)]
    found: list[_Titled] = []
    for number, at in enumerate(marked):
        end = marked[number + 1] if number + 1 < len(marked) else len(paragraphs)
        rest = paragraphs[at + 1 : end]
        stop = next(
            (index for index, item in enumerate(rest) if item.level and item.level <= paragraphs[at].level), len(rest)
        )
        title = _NUMBER.sub("", paragraphs[at].text.strip())
        if re.match(r"\s*[（(]一[)）]", paragraphs[at].text) and found:
            yield found
            found = []
        below = " ".join(item.text for item in rest[:stop])
        found.append(_Titled(paragraphs[at].place, title, _signs(_COMMON.sub(" ", title)), _signs(below)))
    yield found


def _is_section(item: Paragraph) -> bool:
    return (
        re.match(r"\s*[（(][一二三四五六七八九十]{1,3}[)）]", item.text) is not None
        and len(item.text) <= _LONGEST
        and item.text.strip()[-1] not in "。；：，"
    )


_LONGEST = 40


def _signs(text: str) -> frozenset[str]:
    return frozenset(word[at : at + 2] for word in _WORD.findall(text) for at in range(len(word) - 1))
