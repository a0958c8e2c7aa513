"""Marks within numbers, units, misspelled terms, words and sentences twice, names one character off."""

import re
from collections import Counter
from random import Random

from tests.proof.harness.injection import Injection, around, in_paragraph, kind
from tests.proof.harness.paper import Paper

_GROUPED = r"(?<![0-9.,])([0-9]{1,3},[0-9]{3}\.[0-9]+)(?![0-9,])"
_PLAIN = r"(?<![0-9.,])([0-9]{1,3}\.[0-9]{2})"
_MISSPELLED = {
    "绩效": "绩郊",
    "预算": "予算",
    "验收": "验受",
    "拨付": "拔付",
    "支付": "支负",
    "满意度": "满义度",
    "档案": "挡案",
    "制度": "制渡",
    "管理": "管埋",
    "责任": "贵任",
}
_CELL = re.compile(r"[一-鿿]{5,20}")


@kind("千分位逗号错位")
def misplaced_comma(paper: Paper, random: Random) -> Injection | None:
    """1,234.50 as 12,34.50."""

    def moved(match: re.Match[str]) -> str:
        whole, _, rest = match[1].partition(".")
        digits = whole.replace(",", "")
        return f"{digits[:-2]},{digits[-2:]}.{rest}"

    return in_paragraph(paper, random, _GROUPED, moved)


@kind("小数点写成别的标点")
def another_mark(paper: Paper, random: Random) -> Injection | None:
    """93.50% as 93。50% or 93..50%."""
    wrong = random.choice(("。", ".."))
    return in_paragraph(paper, random, rf"{_PLAIN}(?=万元|%)", lambda match: match[1].replace(".", wrong))


@kind("数字里混入字母")
def letter_for_digit(paper: Paper, random: Random) -> Injection | None:
    """O for 0 in the decimals."""
    pattern = r"(?<![0-9A-Za-z.,])([0-9][0-9,]*\.[0-9]?0)(?![0-9A-Za-z])"
    return in_paragraph(paper, random, pattern, lambda match: f"{match[1][:-1]}O")


@kind("单位写了两遍")
def doubled_unit(paper: Paper, random: Random) -> Injection | None:
    """万元元, %%."""
    return in_paragraph(paper, random, r"[0-9](万元|%)(?=[，。；、）])", lambda match: match[1] + match[1][-1])


@kind("百分数丢百分号")
def lost_percent(paper: Paper, random: Random) -> Injection | None:
    """94.13% as 94.13."""
    return in_paragraph(paper, random, r"[一-鿿][0-9]+\.[0-9]{2}(%)(?=[，。；])", lambda match: "")


@kind("同一个数换了单位")
def another_unit(paper: Paper, random: Random) -> Injection | None:
    """万元 as 亿元 behind a number that stands elsewhere with 万元."""
    printed = Counter(
        match[0]
        for part in paper.parts
        for match in re.finditer(r"(?<![0-9.,])[0-9][0-9,]*\.[0-9]{2}(?=万元)", part.text)
    )
    pattern = r"(?<![0-9.,])[0-9][0-9,]*\.[0-9]{2}(万元)"
    return in_paragraph(
        paper, random, pattern, lambda match: "亿元" if printed[match[0].removesuffix("万元")] > 1 else None
    )


@kind("术语写成形近、同音的字")
def misspelled(paper: Paper, random: Random) -> Injection | None:
    """One of the terms above."""
    terms = list(_MISSPELLED)
    random.shuffle(terms)
    made = (in_paragraph(paper, random, f"({term})", lambda match: _MISSPELLED[match[1]]) for term in terms)
    return next((injection for injection in made if injection is not None), None)


@kind("虚词写了两遍")
def doubled_particle(paper: Paper, random: Random) -> Injection | None:
    """的的, 与与."""
    return in_paragraph(paper, random, r"(?<=[一-鿿]{2})([的与])(?=[一-鿿]{2})(?!的?确)", lambda match: match[1] * 2)


@kind("一句话写了两遍")
def doubled_sentence(paper: Paper, random: Random) -> Injection | None:
    """A sentence of a paragraph right behind itself."""
    return in_paragraph(paper, random, r"(?:^|。)([^。]{12,60}。)", lambda match: match[1] * 2)


@kind("项目的量词写成家")
def wrong_measure_word(paper: Paper, random: Random) -> Injection | None:
    """38家项目."""
    return in_paragraph(paper, random, r"[0-9](个)项目(?!单位)", lambda match: "家")


def _names(paper: Paper) -> list[str]:
    """Names that stand as a cell in two places and more, and three times in all."""
    cells = Counter(cell for part in paper.parts for row in part.rows for cell in row if _CELL.fullmatch(cell))
    whole = paper.as_text()
    return [name for name, count in cells.items() if count > 1 and whole.count(name) > 2]


def _in_cell(paper: Paper, random: Random, name: str, other: str) -> Injection | None:
    """The name spoiled in one of its cells."""
    if other == name or other in paper.as_text():
        return None
    found = [
        (place, row, column)
        for place in paper.tables()
        for row, cells in enumerate(paper.parts[place].rows)
        for column, cell in enumerate(cells)
        if cell == name
    ]
    place, row, column = random.choice(found)
    return Injection(paper.with_cell(place, row, column, other), around(paper, place), other)


@kind("表中名称两字颠倒")
def exchanged_characters(paper: Paper, random: Random) -> Injection | None:
    """Two neighbours within a name."""
    names = _names(paper)
    if not names:
        return None
    name = random.choice(names)
    at = random.randrange(1, len(name) - 2)
    return _in_cell(paper, random, name, name[:at] + name[at + 1] + name[at] + name[at + 2 :])


@kind("表中名称重一字")
def doubled_character(paper: Paper, random: Random) -> Injection | None:
    """A character within a name twice."""
    names = _names(paper)
    if not names:
        return None
    name = random.choice(names)
    at = random.randrange(1, len(name) - 1)
    return _in_cell(paper, random, name, name[: at + 1] + name[at:])


@kind("表中名称漏一字")
def dropped_character(paper: Paper, random: Random) -> Injection | None:
    """A character within a name left out."""
    names = _names(paper)
    if not names:
        return None
    name = random.choice(names)
    at = random.randrange(1, len(name) - 1)
    return _in_cell(paper, random, name, name[:at] + name[at + 1 :])
