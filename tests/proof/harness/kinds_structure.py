"""Errors of order: numbers of headings, lists, captions, references, annexes, contents, whole parts."""

import re
from random import Random

from tests.proof.harness.injection import Injection, around, in_paragraph, kind
from tests.proof.harness.paper import Paper

_NUMERALS = "一二三四五六七八九十"


def _caption_places(paper: Paper) -> list[int]:
    return paper.paragraphs(lambda text: re.match(r"表[0-9]+[ 　：:]", text))


@kind("引用不存在的表")
def missing_table(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(paper, random, r"见表([0-9]+)", lambda match: str(int(match[1]) + 20))


@kind("引用不存在的附件")
def missing_annex_reference(paper: Paper, random: Random) -> Injection | None:
    return in_paragraph(paper, random, r"见附件([0-9]+)", lambda match: str(int(match[1]) + 6))


@kind("表号重复")
def caption_doubled(paper: Paper, random: Random) -> Injection | None:
    places = _caption_places(paper)
    if len(places) < 3:
        return None
    place = random.choice(places[1:])
    text = paper.parts[place].text
    number = re.match("表([0-9]+)", text)
    assert number
    wrong = f"表{int(number[1]) - 1}"
    return Injection(paper.with_text(place, wrong + text[number.end() :]), (place, *places), wrong)


@kind("表号跳号")
def caption_skipped(paper: Paper, random: Random) -> Injection | None:
    places = _caption_places(paper)
    if len(places) < 3:
        return None
    place = random.choice(places[1:])
    text = paper.parts[place].text
    number = re.match("表([0-9]+)", text)
    assert number
    wrong = f"表{int(number[1]) + 30}"
    return Injection(paper.with_text(place, wrong + text[number.end() :]), (place, *places), wrong)


def _renumbered(paper: Paper, random: Random, pattern: str, step: int) -> Injection | None:
    places = [place for place in paper.headings() if re.match(pattern, paper.parts[place].text)]
    random.shuffle(places)
    for place in places:
        text = paper.parts[place].text
        match = re.match(pattern, text)
        assert match
        at = _NUMERALS.find(match[1]) if len(match[1]) == 1 else -1
        if at < 1 or at + step >= len(_NUMERALS):
            continue
        wrong = text[: match.start(1)] + _NUMERALS[at + step] + text[match.end(1) :]
        return Injection(paper.with_text(place, wrong), (place, *paper.headings()), wrong)
    return None


@kind("一级标题跳号")
def heading_skipped(paper: Paper, random: Random) -> Injection | None:
    return _renumbered(paper, random, "([一二三四五六七八九十])、", 1)


@kind("二级标题跳号")
def subheading_skipped(paper: Paper, random: Random) -> Injection | None:
    return _renumbered(paper, random, "（([一二三四五六七八九十])）", 1)


@kind("标题号重复")
def heading_doubled(paper: Paper, random: Random) -> Injection | None:
    return _renumbered(paper, random, "（([一二三四五六七八九十])）", -1)


def _items(paper: Paper) -> list[int]:
    return paper.paragraphs(lambda text: re.match(r"[0-9]+[.．、](?![0-9])", text))


@kind("编号跳号")
def item_skipped(paper: Paper, random: Random) -> Injection | None:
    places = [place for place in _items(paper) if place - 1 in _items(paper)]
    if not places:
        return None
    place = random.choice(places)
    text = paper.parts[place].text
    wrong = re.sub("^[0-9]+", lambda match: str(int(match[0]) + random.choice((1, 2))), text)
    return Injection(paper.with_text(place, wrong), (place, place + 1, place - 1), wrong[:4])


@kind("编号重复")
def item_doubled(paper: Paper, random: Random) -> Injection | None:
    places = [place for place in _items(paper) if place - 1 in _items(paper)]
    if not places:
        return None
    place = random.choice(places)
    text = paper.parts[place].text
    wrong = re.sub("^[0-9]+", lambda match: str(int(match[0]) - 1), text)
    return Injection(paper.with_text(place, wrong), (place, place + 1, place - 1), wrong[:4])


@kind("一是二是跳号")
def ordinal_skipped(paper: Paper, random: Random) -> Injection | None:
    found = in_paragraph(paper, random, r"([二三])是", lambda match: random.choice("四五"))
    return None if found is None else Injection(found.paper, (found.places[0], *_near(found.places[0])), found.wrong)


def _near(place: int) -> tuple[int, ...]:
    return (place - 1, place + 1, place - 2)


@kind("序号列跳号")
def row_number(paper: Paper, random: Random) -> Injection | None:
    tables = paper.tables(lambda rows: rows[0][0] == "序号" and len(rows) > 4)
    if not tables:
        return None
    place = random.choice(tables)
    rows = paper.parts[place].rows
    row = random.randrange(2, len(rows) - 1)
    wrong = str(int(rows[row][0]) + random.choice((1, 2, 10)))
    return Injection(paper.with_cell(place, row, 0, wrong), around(paper, place), wrong)


@kind("目录与标题不一致")
def contents(paper: Paper, random: Random) -> Injection | None:
    places = paper.paragraphs(lambda text: re.search(r"…{3}", text))
    if not places:
        return None
    place = random.choice(places)
    text = paper.parts[place].text
    wrong = text.replace("情况", "状况").replace("问题", "不足").replace("建议", "意见").replace("分析", "说明")
    title = wrong.partition("…")[0]
    return Injection(paper.with_text(place, wrong), (place, *paper.headings()), title)


@kind("目录缺一条")
def contents_missing(paper: Paper, random: Random) -> Injection | None:
    places = paper.paragraphs(lambda text: re.search(r"…{3}", text))
    if not places:
        return None
    place = random.choice(places)
    title = paper.parts[place].text.partition("…")[0]
    spoiled = paper.without(place)
    return Injection(spoiled, tuple(spoiled.headings(lambda text: text == title)), title)


@kind("段落重复")
def doubled_paragraph(paper: Paper, random: Random) -> Injection | None:
    places = [place for place in paper.paragraphs() if len(paper.parts[place].text) > 40]
    if not places:
        return None
    place = random.choice(places)
    return Injection(paper.with_inserted(place, paper.parts[place]), (place, place + 1), "")


@kind("附件缺失")
def missing_annex(paper: Paper, random: Random) -> Injection | None:
    annexes = paper.headings(lambda text: text.startswith("附件"))
    if not annexes:
        return None
    place = annexes[-1]
    end = next((other for other in range(place + 1, len(paper.parts)) if paper.parts[other].rows), None)
    if end is None:
        return None
    spoiled = paper
    for _ in range(place, end + 1):
        spoiled = spoiled.without(place)
    number = re.search("附件[0-9]*", paper.parts[place].text)
    assert number
    mentions = spoiled.paragraphs(lambda text: number[0] in text)
    return Injection(spoiled, tuple(mentions), number[0]) if mentions else None


@kind("缺少必备章节")
def missing_chapter(paper: Paper, random: Random) -> Injection | None:
    chapters = paper.headings(lambda text: re.match(".、.*(建议|存在问题|评价结论|综合评价)", text))
    if not chapters:
        return None
    place = random.choice(chapters)
    end = next(
        (other for other in paper.headings() if other > place and paper.parts[other].level == 1), len(paper.parts)
    )
    title = paper.parts[place].text
    spoiled = paper
    for _ in range(place, end):
        spoiled = spoiled.without(place)
    return Injection(spoiled, (0, place, place - 1), title.partition("、")[2])


@kind("得分单元格空白")
def empty_score(paper: Paper, random: Random) -> Injection | None:
    tables = paper.tables(lambda rows: "得分" in rows[0] and len(rows) > 4)
    if not tables:
        return None
    place = random.choice(tables)
    rows = paper.parts[place].rows
    column = rows[0].index("得分")
    row = random.randrange(1, len(rows) - 1)
    return Injection(paper.with_cell(place, row, column, ""), around(paper, place), "")
