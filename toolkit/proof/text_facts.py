"""Numbers of running text: amounts with their unit and words, shares in words, dates, digits that are no amounts."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from toolkit.proof.days import days_in
from toolkit.proof.document import Place
from toolkit.proof.facts import FRACTION, Fact, FactKind
from toolkit.text.folding import half_width
from toolkit.text.numerals import PARTS, Figure, Hedge, chinese_numeral, figures_in
from toolkit.text.patterns import Pattern

_DOCUMENT_NUMBER = Pattern(
    r"[\u4e00-\u9fff]{1,12}(?:[（(][\u4e00-\u9fff]{1,6}[)）])?[)）]?[〔\[［(（]\d{4}[〕\]］)）]\d{1,5}号?|第\d{1,3}号令?"
    r"|\d{1,4}号文|[\u4e00-\u9fff]{2,6}电\d{1,4}号"
)
_ITEM = Pattern(
    r"(?P<open>[（(]?)(?P<mark>\d{1,2}(?:\.\d{1,2})*)(?P<close>[)）]|[.．、](?![0-9](?![0-9]{3}年|[0-9]*个))|(?=\s+[\u4e00-\u9fff“《]))"
)
_NOTE = Pattern(r"\s*(?:注|备注|说明)[：:]\s*(?=[0-9])")
"""注：1.…: the first of several notes."""
_LETTERED = Pattern(
    r"(?!/\d[\d,]*[.,]\d)(?!(?<=[\u4e00-\u9fff])(?<![元万亿至到])[-+]\d[\d,]*(?:\.\d+)?\s*[亿千百万]*元)"
    r"(?<![A-Za-z])(?!(?:v?CPU|GPU|[A-Za-z]{2,4}(?=\d{1,3}(?:,\d{3})+))\d[\d,]*(?:\.\d+)?[\u4e00-\u9fff])[A-Za-z_\-+/]+\d[\dA-Za-z.\-]*|\d+[A-Za-z]{2,}[\dA-Za-z]*"
)
"""A101, 480GB; CPU15,120核 is a number of what is named by letters."""
_YEAR = Pattern(
    r"(?<=[（(])(?:19|20)\d{2}(?=[)）])|(?:19|20)\d{2}\s+年度?|(?:19|20)\d{2}(?:[-—~至到](?:19|20)?\d{2})?(?=年)|(?:19|20)\d{2}年度?"
    r"|(?<![\d.])\d{2}(?=年度)|20[0-3]\d(?=、20[0-3]\d(?![\d.,]))|(?<=20\d{2}、)20[0-3]\d(?![\d.,])"
)
_REFERENCE = Pattern(
    r"(?:附表|(?<![代发仪电水])表|附图|(?<![地意试版企])图|附件|附录|章节?|第)\s*\d{1,3}(?:[-.－]\d{1,2})?(?=[^\d份张套类]|$)"
)
"""采集表17份 is a number of forms and 代表3人 one of people, 见表17 is a reference."""
_RANK = Pattern(r"第[一二三四五六七八九十百\d]{1,4}(?=名|位)|(?<=排名)第[一二三四五六七八九十\d]+")
_ORDINAL = Pattern(r"第[一二三四五六七八九十百\d]{1,4}(?![\d一二三四五六七八九十百方]|人(?!次))")
_SUBJECT_STOP = Pattern(r"[，。；：、！？,;:!?\n（）()“”《》]")
_SCORE_UNITS = frozenset({"分"})
_NAMES = Pattern(
    r"(?<![\d.])(?:[2-6]G(?![A-Za-z])|[1-5]A(?=级)|[234]D(?![A-Za-z]))"  # 5G, 5A级, 3D
    r"|(?<![\d.])\d+(?:强(?![度制化势])|\.\d版|号(?=[线楼院机]|地块|门|公告))"  # 500强, 2.0版, 2号线
    r"|(?<![\d.])\d{1,2}·\d{1,2}(?!\d)"  # 5·18
    r"|(?<![\d.])(?:7\s*[×xX*]\s*24|5\s*[×xX*]\s*8)(?![\d.])"  # 7×24小时
    r"|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?![\d.])"  # an address in a network
    r"|(?<!\d)(?<!\d[.,])1[3-9]\d{9}(?!\d|[.,]\d|[万亿]?元)|(?<!\d)(?<!\d[.,])0\d{2,3}[-－—]\d{7,8}(?!\d)"  # telephones
    r"|(?<!\d)(?<!\d[.,])12[0-9]{3}(?=[^\d.,个万元%]{0,4}(?:热线|便民|平台|举报))"  # 12345热线
    r"|(?<!\d)(?<!\d[.,])\d{12,}(?!\d|[.,]\d|元)"  # accounts
    r"|(?:电话|传真|邮编|邮政编码|账号|帐号|证号|编号|编码|代码)(?:为|是)?[:：]?\s*\d[0-9A-Z]*(?:[\s－-]\d[0-9A-Z]*)*"
    r"|(?:ISO|GB(?:/T)?|IEC|YD/T|GA/T|IEEE)(?:/[A-Z]+)*[\s—-]*\d[\d.:：—\-]*\d"  # GB/T 22239—2019
    r"|\d+(?:\.\d+)?°(?:\d+(?:\.\d+)?[′'])?(?:\d+(?:\.\d+)?[″\"])?"  # 118°46′
    r"|(?<=[“\"])\d+(?:[+×·—/-]\d+)+(?:[+×·—/-][A-Za-z])?(?=[\u4e00-\u9fff]{0,8}[”\"])"  # “1+8”
    r"|(?<=[“\"])\d{2,4}(?=[”\"](?:工程|战略|总体|行动|发展|体系|模式|计划|预警|专项|机制|先进|产业|现代|等|[A-Z]))"
    r"|(?<=[“\"])20\d\d(?=(?!年)[\u4e00-\u9fff]{2,8}[”\"])"  # “2030启航计划”
    r"|(?<=版本)\s*\d+(?:\.\d+)+"  # 版本1.0
    r"|(?<![0-9A-Za-z])(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{16,64}(?![0-9A-Za-z])"  # the print of a file
)
"""Digits within names."""
_CLOCK = Pattern(r"(?<![\d:：比])(?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d)?(?![\d:：.])")
_PROPORTION = Pattern(r"(?<![\d.])\d+(?:\.\d+)?(?:[∶:：]\d+(?:\.\d+)?)+")
_NOTE_MARK = Pattern(r"[\[［〔]\d{1,3}[\]］〕]")
_LISTED = Pattern(r"(?<=[；;])\s*(?P<mark>\d{1,2})\s+(?=[《“\u4e00-\u9fff])")
"""；2　《…》；3　…: the items of a list within a paragraph."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_WORD_UNITS = ("一", "两")
_SLOGAN = Pattern(r"“[^”]{0,4}\d(?:\+[\dA-Z])+[^”]{0,4}”|“[一二三四五六七八九十]个一”")
"""“8+1+N”, “六个一”: names with numerals in them."""
_SECOND_TIME = ("认证", "供水", "加压", "开发", "污染", "分配", "利用", "审核")
_SCORED = Pattern(r"(?:得分|评分)(?:为|是|:|：)?\s*$")


_DAY_IN_WORDS = Pattern(
    r"[二〇零○一三四五六七八九]{4}年(?:[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)?"
)


_DIGIT = Pattern(r"\d")
_IN_BRACKETS = Pattern(r"[（(]\d{1,2}[)）]")
_Mark: TypeAlias = tuple[FactKind, int, int, Decimal | None]
"""Kind of a number that is no amount, where it begins and ends, its value."""
_NUMBERED_NAMES = (
    (_NAMES, FactKind.NAME),
    (_CLOCK, FactKind.NAME),
    (_PROPORTION, FactKind.COUNT),
    (_NOTE_MARK, FactKind.ORDINAL),
)
_PATTERNS = (
    (_DAY_IN_WORDS, FactKind.DATE),
    (_YEAR, FactKind.DATE),
    (_RANK, FactKind.RANK),
    (_REFERENCE, FactKind.ORDINAL),
    (_ORDINAL, FactKind.ORDINAL),
    (_SLOGAN, FactKind.NAME),
    (_LETTERED, FactKind.NAME),
)
_WORDED = tuple(item for item in _PATTERNS if item[0] in (_DAY_IN_WORDS, _RANK, _ORDINAL, _SLOGAN))
"""What stands in text without a digit."""


@lru_cache(500)
def kind_of_unit(unit: str) -> FactKind | None:
    """What a number with this unit is; None without one."""
    if unit in ("百分点", "个百分点"):
        return FactKind.POINTS
    if unit in PARTS:
        return FactKind.PERCENT
    if re.search("[美欧港日]元|英镑", unit):
        return FactKind.COUNT  # money of another currency is not added to ours
    if "元" in unit or unit == "圆":
        return FactKind.MONEY
    if unit in _SCORE_UNITS:
        return FactKind.SCORE
    return FactKind.COUNT if unit else None


def text_facts(text: str, place: Place, *, subject: str = "", is_heading: bool = False) -> Iterator[Fact]:
    """All facts of a stretch of text, in order.

    Args:
        text: of a paragraph, or of a cell that holds more than a number.
        place: where it stands.
        subject: what a number is of that no words stand before: row and column of its cell.
        is_heading: a number at the beginning is that of the heading.
    """
    plain = half_width(text)
    taken = [*_others(plain, place, is_heading=is_heading), *_fractions(plain, place)]
    spans = [(fact.start, fact.end) for fact in taken]
    figures = (figure for figure in figures_in(text) if _is_number(figure) and _free(figure, spans, plain))
    numbers = (_of_figure(figure, plain, place, subject) for figure in figures)
    yield from sorted((*taken, *numbers), key=lambda fact: fact.start)


_MOST_DIGITS = 100
"""Before or behind the point: a row of hundreds is no number of anything."""


def _is_number(figure: Figure) -> bool:
    numbers = (figure.value, figure.step, figure.upper or figure.step)
    return all(abs(number.adjusted()) <= _MOST_DIGITS for number in numbers)


_LOOSE = Decimal("0.12")
"""三分之一 is said of what lies within six hundredths of it."""


def _fractions(plain: str, place: Place) -> Iterator[Fact]:
    """三分之一, 一半, 超过半数: shares in words, never as exact as they sound."""
    for match in FRACTION.finditer(plain):
        whole, part = (chinese_numeral(match[name] or "") or Decimal(0) for name in ("whole", "part"))
        value = Decimal(50) if match["half"] else part * 100 / whole if whole else Decimal(0)
        if not 0 < value < 100 or (match["whole"] and match["whole"][0] == "百"):
            continue
        hedge = next((kind for name, kind in _LOOSELY if match[name]), Hedge.EXACT)
        before = plain[: match.start()]
        stops = [stop.end() for stop in _SUBJECT_STOP.finditer(before)]
        yield Fact(
            FactKind.PERCENT, match[0], place, match.start(), match.end(), round(value, 2),
            max(round(value * _LOOSE, 2), Decimal("0.01")), "%", before[stops[-1] if stops else 0 :].strip(),
            hedge=hedge,
        )  # fmt: skip


_LOOSELY = (
    ("over", Hedge.ABOVE), ("more", Hedge.AT_LEAST), ("under", Hedge.BELOW), ("less", Hedge.AT_MOST),
    ("about", Hedge.ABOUT), ("round", Hedge.ABOUT),
)  # fmt: skip


def _free(figure: Figure, spans: Iterable[tuple[int, int]], plain: str) -> bool:
    if figure.in_words and _is_phrase(figure, plain):
        return False
    return all(figure.end <= start or figure.start >= end for start, end in spans)


def _is_phrase(figure: Figure, plain: str) -> bool:
    """Chinese numerals that are part of a word: 一次性, 一家, 一年一度, 统一."""
    word = plain[figure.start : figure.end]
    if plain.startswith(("一贯制", "义务教"), figure.end):
        return True  # 九年一贯制
    if word == "零分" and plain.startswith("值", figure.end):
        return True  # 零分值60%: from where on nothing is scored
    if word == "二次" and plain.startswith(_SECOND_TIME, figure.end):
        return True  # 二次认证
    if plain.startswith("之", figure.end) or plain[figure.start - 2 : figure.start] == "分之":
        return True  # 四分之三
    if figure.unit == "级" or plain[figure.start - 1 : figure.start] == "第":
        return True  # 三级指标, 等级保护三级, 第三方
    behind = plain[figure.end : figure.end + 1]
    if figure.unit == "成":
        return plain.startswith(("不变", "立"), figure.end)
    return word.startswith(_WORD_UNITS) and (figure.value <= 1 or behind == "级") and not figure.unit.startswith("分")


def _others(plain: str, place: Place, *, is_heading: bool) -> Iterator[Fact]:
    """Dates, numbers of documents, item numbers, references, names with digits: no amounts."""
    spans: list[tuple[int, int]] = []
    for kind, start, end, value in _marks(plain, is_heading=is_heading):
        if all(end <= left or start >= right for left, right in spans):
            spans.append((start, end))
            yield Fact(kind, plain[start:end], place, start, end, value)


def _marks(plain: str, *, is_heading: bool) -> Iterable[_Mark]:
    """The same short texts stand in the cells of many tables."""
    return _marks_known(plain, is_heading) if len(plain) <= _SHORT else _marks_in(plain, is_heading)


_SHORT = 40
"""Signs of a text whose marks are kept."""


@lru_cache(5_000)
def _marks_known(plain: str, is_heading: bool) -> tuple[_Mark, ...]:
    return tuple(_marks_in(plain, is_heading))


def _marks_in(plain: str, is_heading: bool) -> Iterator[_Mark]:
    for match in _DOCUMENT_NUMBER.finditer(plain):
        yield FactKind.DOCUMENT, match.start(), match.end(), None
    for day in days_in(plain):
        if (day.year and not _FIRST_YEAR <= day.year <= _LAST_YEAR) or (day.form == "." and not day.day):
            continue  # 1225.18万元
        yield FactKind.DATE, day.start, day.end, None
    yield from _items(plain, is_heading=is_heading)
    digits = _DIGIT.search(plain) is not None
    for pattern, kind in (*_NUMBERED_NAMES, *_PATTERNS) if digits else _WORDED:
        for match in pattern.finditer(plain):
            yield kind, match.start(), match.end(), None
    for match in _IN_BRACKETS.finditer(plain):
        yield FactKind.ORDINAL, match.start(), match.end(), _whole(match[0][1:-1])


def _items(plain: str, *, is_heading: bool) -> Iterator[tuple[FactKind, int, int, Decimal | None]]:
    """The number that a text begins with, and those of the items within it."""
    note = _NOTE.match(plain)
    item = _ITEM.match(plain, note.end() if note else 0)
    if item and (item["close"] or is_heading):
        yield FactKind.ORDINAL, item.start(), item.end(), _whole(item["mark"])
    for match in _LISTED.finditer(plain):
        yield FactKind.ORDINAL, match.start("mark"), match.end("mark"), _whole(match["mark"])


def _whole(text: str) -> Decimal | None:
    return Decimal(text) if text.isdigit() else None


_MORE_POINTS = Pattern(r"(?:[、和及与]\s*[0-9]+(?:\.[0-9]+)?个)+百分点")
"""分别低0.50个和3.30个百分点: the word that the numbers share."""


def _of_figure(figure: Figure, plain: str, place: Place, subject: str) -> Fact:
    before = plain[: figure.start]
    stops = [match.end() for match in _SUBJECT_STOP.finditer(before)]
    clause = before[stops[-1] if stops else 0 :].strip()
    unit = "百分点" if figure.unit == "个" and _MORE_POINTS.match(plain, figure.end) else figure.unit
    return Fact(
        kind_of_unit(unit) or (FactKind.SCORE if _SCORED.search(clause) else FactKind.COUNT),
        plain[figure.start : figure.end].strip(),
        place,
        figure.start,
        figure.end,
        figure.value,
        figure.step,
        unit,
        clause or subject,
        figure.upper,
        figure.hedge,
    )
