"""Where what is referred to lies: a table in its annex, an annex that is about what the sentence says, a table below its caption."""

from collections.abc import Iterator, Sequence

from toolkit.proof.declaration import Group, Result, differs, doubtful, rule
from toolkit.proof.document import Paragraph, Place, Table
from toolkit.proof.outline import Numbered, annexes, body, captions, numeral
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_IN_ANNEX = Pattern(
    r"附件(?P<annex>[0-9]{1,2}|[一二三四五六七八九十])的?表(?P<table>[0-9]{1,3})(?:[、和及]表(?P<more>[0-9]{1,3}))?"
)
_FRONT = Pattern(r"首页表(?P<table>[0-9]{1,3})")


@rule(
    "reference.annexed",
    group=Group.REFERENCES,
    title="引用的附件中的表在该附件里",
    good=("资金见附件1表2，标准见附件2表3。\n表1 得分\n附件1 资金\n表2 资金\n附件2 标准\n表3 标准",),
    bad=(
        "资金见附件1表3，标准见附件2表3。\n表1 得分\n附件1 资金\n表2 资金\n附件2 标准\n表3 标准",
        "资金见附件1表9，标准见附件2表3。\n表1 得分\n附件1 资金\n表2 资金\n附件2 标准\n表3 标准",
        "结论见首页表4。\n表1 概览\n表2 得分",
    ),
)
def in_annex(report: Report) -> Iterator[Result]:
    """附件1表2: the caption of table 2 stands behind the heading of annex 1 and before that of the next."""
    tables = {
        item.number: item.paragraph for item in captions(report.document) if item.sort == "表" and not item.chapter
    }
    lying = _annex_of_tables(report, tables)
    if not tables:
        return
    for place, text in report.document.texts_with(_IN_ANNEX, _FRONT, least=4):
        for match in _IN_ANNEX.finditer(text):
            for number in (int(match["table"]), int(match["more"] or 0)):
                annex = numeral(match["annex"])
                if number and annex in lying.values() and lying.get(number, -1) != annex:
                    shown = f"附件{match['annex']}表{number}"
                    there = "、".join(f"表{each}" for each, its in sorted(lying.items()) if its == annex)
                    message = f"引用了“{shown}”，附件{match['annex']}里只有{there}"
                    yield differs(place, shown, there, message, facts=report.facts_within(place, *match.span()))
        for match in _FRONT.finditer(text):
            if int(match["table"]) != min(tables):
                first = f"表{min(tables)}"
                yield differs(place, match[0], first, f"引用了“{match[0]}”，报告的第一张表是{first}")


def _annex_of_tables(report: Report, tables: dict[int, Paragraph]) -> dict[int, int]:
    """Number of a table → number of the annex it lies in; 0 before the first."""
    starts = [(annex.paragraph.place.block, annex.number) for annex in annexes(report.document) if annex.number]
    return {
        number: max(((block, annex) for block, annex in starts if block < item.place.block), default=(0, 0))[1]
        for number, item in tables.items()
    }


_ABOUT = Pattern(r"(?P<about>[一-鿿]{2,12})(?:详?见|列于|参见)附件(?P<number>[0-9]{1,2})(?![0-9表])")


@rule(
    "reference.topic",
    group=Group.REFERENCES,
    title="引用的附件说的就是所说的事",
    good=("核查问题见附件2。\n附件1 资金明细\n附件2 核查情况说明\n附件3 数据来源",),
    bad=("核查问题见附件3。\n附件1 资金明细\n附件2 核查情况说明\n附件3 数据来源",),
)
def topics(report: Report) -> Iterator[Result]:
    """What is said to be in an annex shares a word with the title of another, and none with that annex's."""
    titled = [
        (item, item.paragraph.text[item.end :].strip("：: 　、.")) for item in annexes(report.document) if item.number
    ]
    for place, text in report.document.texts_with(_ABOUT, least=6):
        for match in _ABOUT.finditer(text):
            shared = {item.number: _common(match["about"], title) for item, title in titled}
            number = int(match["number"])
            best = max(shared.values(), default=0)
            others = [each for each, count in shared.items() if count == best]
            if best and not shared.get(number, 1) and len(others) == 1:
                title = next(title for item, title in titled if item.number == others[0])
                message = f"“{match[0]}”：附件{others[0]}才是“{title}”"
                facts = report.facts_within(place, *match.span("number"))
                related = _places(titled, number)
                yield doubtful(place, f"附件{number}", f"附件{others[0]}", message, facts=facts, related=related)


def _common(words: str, title: str) -> int:
    """How many pairs of neighbouring characters two texts share."""
    return len(
        {words[at : at + 2] for at in range(len(words) - 1)} & {title[at : at + 2] for at in range(len(title) - 1)}
    )


def _places(titled: Sequence[tuple[Numbered, str]], number: int) -> tuple[Place, ...]:
    return tuple(item.paragraph.place for item, _ in titled if item.number == number)


_FEWEST = 3
_UNIT = Pattern(r"[（(]?[一-鿿]{0,6}单位[：:].{1,16}")


@rule(
    "caption.table",
    group=Group.REFERENCES,
    title="表题之后有表",
    good=("表1 甲\n项\t数\n甲\t1\n表2 乙\n单位：元\n项\t数\n甲\t1\n表3 丙\n项\t数\n甲\t1",),
    bad=(
        "表1 甲\n项\t数\n甲\t1\n表2 乙\n单位：元\n项\t数\n甲\t1\n表3 丙\n单位：元\n正文接着写。\n表4 丁\n项\t数\n甲\t1",
    ),
)
def below_captions(report: Report) -> Iterator[Result]:
    """A caption without a table below, in a document whose other captions have one."""
    blocks = list(report.document.blocks)
    at = {block.place: index for index, block in enumerate(blocks)}
    known = {paragraph.place for paragraph in body(report.document)}
    found = [
        item for item in captions(report.document) if item.sort in ("表", "附表") and item.paragraph.place in known
    ]
    without = [item for item in found if not _has_table(blocks[at[item.paragraph.place] + 1 :])]
    if len(found) - len(without) < max(_FEWEST, _FEWEST * len(without)):
        return
    for item in without:
        text = item.paragraph.text.strip()[:30]
        yield differs(item.paragraph.place, text, "", f"“{text}”之后没有表")


_DEFINED = Pattern("^[^，。；：:]{2,12}[：:](?!$)")


def _has_table(below: Sequence[Paragraph | Table]) -> bool:
    if len(below) > 1 and all(isinstance(block, Paragraph) and _DEFINED.match(block.text) for block in below[:2]):
        return True  # 附表 of words and what they stand for
    for block in below[:3]:
        if isinstance(block, Table):
            return True
        if block.text.strip() and not _UNIT.fullmatch(block.text.strip()):
            return False
    return False
