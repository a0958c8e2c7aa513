"""Numbers as people write them: one small grammar for answers in cells, parameters of a scheme and prose of a report.

``figure := [hedge] [sign] number [余 多] [unit] [hedge]``, ``range := figure (- ~ 至 到) figure``. A number is written
in digits (``1,032.28``, full-width too) or in Chinese numerals (``三十八``, ``叁佰``); 百分之 stands before its number.
What is read keeps how exactly it was printed: ``97.26%`` admits everything from 97.255 % to below 97.265 %.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from toolkit.text.folding import fold, half_width

_MULTIPLES = {
    "万亿": Decimal(10) ** 12, "亿": Decimal(10) ** 8, "千万": Decimal(10) ** 7, "百万": Decimal(10) ** 6,
    "万": Decimal(10) ** 4, "千": Decimal(10) ** 3, "百": Decimal(100), "": Decimal(1),
}  # fmt: skip
_LARGE_MULTIPLES = ("万亿", "亿", "千万", "百万", "万")
"""Those that stand before any unit, and alone for money: 3万. 千 is a part of units: 千瓦, 千米."""
_FOREIGN = ("美元", "欧元", "港元", "日元", "英镑")
MONEY_UNITS = {
    **{multiple + ending: many for multiple, many in _MULTIPLES.items() for ending in ("元", "元整", "元人民币")},
    **{multiple: _MULTIPLES[multiple] for multiple in _LARGE_MULTIPLES},
    "圆": Decimal(1),
}
"""How many 元 one of each money unit is. Units: 元."""
_SCALES = MONEY_UNITS | {multiple + other: many for multiple, many in _MULTIPLES.items() for other in _FOREIGN}
PARTS = {"%": Decimal(100), "‰": Decimal(1000), "百分点": Decimal(100), "个百分点": Decimal(100), "成": Decimal(10)}
"""How many of each make a whole."""
UNKEPT = Decimal(10) ** 15
"""From here on a cell, which keeps 15 digits, does not hold the number that was typed."""
_LARGEST, _SMALLEST_STEP = Decimal(10) ** 12, Decimal(10) ** -8

_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+"
_CHARACTERS = "〇零一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟"
_CHINESE = f"[{_CHARACTERS}]+(?:万[{_CHARACTERS}]+)?(?:点[〇零一二三四五六七八九]+)?"
_NUMBER = rf"(?P<digits>{_DIGITS})|(?P<hundredths>百分之)?(?P<chinese>{_CHINESE})"
_COUNTED = (
    "个月(?!均)|个?工作日|日历天|[台件]\\(套\\)|[人个家]\\([次座处项]\\)|台/套|[户家台件项]次|个|项|家|人次|人|户|套|台|次|起|件|份|条|天|日|小时|分钟|秒|月|年|级|分|倍|米|公里|平方米|吨"
    "|所|间|名|座|辆|栋|亩|公顷|平方公里"
)
_MORE = (
    "卷(?![宗烟入])|张|眼|片|期|场|支|核|例|批次|批|处|部|册|株|棵|口|孔|千瓦时|千瓦|度|立方米|公斤|千克|车次|辆次|班次|趟|班|幢|床|笔|幅"
    "|斤|颗|款(?!项)|位(?![置于次])|列(?![出入支示为举表名明])|克(?!服|扣)|毫克|微克/立方米|毫克/升|英寸|℃|大卡"
    "|千伏安|千伏|兆瓦时|兆瓦|吉瓦时|吉瓦|标准箱|标箱|路|枚|盏|根|周|人日|人天|课时|学时|学分|岁|宗|种|类|组|队|段|节|轮|届|块|头|只|艘|架|站|座次|千米|毫米|厘米"
)
"""Units that count only behind digits: 一期, 三批 are no numbers of things."""
_UNIT = (
    rf"%|‰|个?百分点|成|(?:{'|'.join(filter(None, _MULTIPLES))})?(?:元(?:整|人民币)?|{'|'.join(_FOREIGN)})|圆"
    rf"|(?:{'|'.join(_LARGE_MULTIPLES)})(?:{_COUNTED}|{_MORE})?|{_COUNTED}|{_MORE}"
)  # fmt: skip
_LARGE = rf"(?P<large>{'|'.join(_LARGE_MULTIPLES)})(?P<some>余|多)(?P<of>元|{_COUNTED}|{_MORE})?"
"""3万余场次: the word stands within the unit."""
_SIGN = r"(?P<currency>¥|人民币)?\s*(?P<sign>[+-])?"
_ABOUT = "大?(?<![节预契集制违条公合签履缔解毁失续])约|大概|近|将近|接近|预计|估计|≈"
_OVER = "(?<!商)超过?|逾|多于|大于|高于|突破|>"
_UNDER = "不足|不到|未到|少于|小于|低于|<"
_LEAST = "不低于|不少于|不小于|至少|最少|≥|>=|≧"
_MOST = "不高于|不超过|不多于|不大于|至多|最多|≤|<=|≦"
_TO = r"\s*(?:-|~|–|—|至|到)+\s*"
_BEFORE = rf"(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<over>{_OVER})|(?P<under>{_UNDER})|(?P<about>{_ABOUT})"
_AFTER = r"(?P<more>(?:\(含\))?(?:及|或|含)?以上|以外|\(含\))|(?P<less>(?:及|或|含)?以下|以内|内)|(?P<round>左右|上下)"
_FIGURE = re.compile(
    rf"(?:{_BEFORE})?\s*{_SIGN}\s*(?:{_NUMBER})\s*(?:{_LARGE}|(?P<few>余|多|来|几|许)?\s*(?P<unit>{_UNIT})?)\s*(?:{_AFTER})?"
)
_BEHIND_DIGITS = re.compile(_MORE)
_NEXT = re.compile(rf"{_TO}(?=[0-9.+¥{_CHARACTERS}-])")
_VALUES = {char: value for value, chars in enumerate(("〇零", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒",
                                                      "八捌", "九玖")) for char in chars}  # fmt: skip
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}


_SHORT = 40
"""Signs of a text whose figures are kept: cells repeat such texts."""


class Hedge(Enum):
    """How a number is meant: as it stands, about it, above or below it, at least or at most it."""

    EXACT = "exact"
    ABOUT = "about"
    ABOVE = "above"
    BELOW = "below"
    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number found in text.

    Attributes:
        value: as written, in ``unit``; the lower end of a range.
        step: the printed precision in the same unit: 0.01 for ``3.20``, 1 for ``三十八``.
        unit: text behind the number (``万元``, ``%``, ``个百分点``, ``个``), "" for none.
        upper: the other end of a range, None for a single number.
        hedge: how the number is meant.
        start, end: place in the text.
        in_words: written in Chinese numerals.
        grouped, currency: it had thousands separators, or a sign of currency before it.
    """

    value: Decimal
    step: Decimal
    unit: str = ""
    upper: Decimal | None = None
    hedge: Hedge = Hedge.EXACT
    start: int = 0
    end: int = 0
    in_words: bool = False
    grouped: bool = False
    currency: bool = False

    @property
    def exact(self) -> bool:
        """One number that stands for itself."""
        return self.hedge is Hedge.EXACT and self.upper is None

    @property
    def plain(self) -> bool:
        """One number in digits that stands for itself, of a size that a person types: below 10^12, 8 decimals."""
        typed = abs(self.value) < _LARGEST and self.step >= _SMALLEST_STEP
        return self.exact and not self.in_words and typed

    @property
    def scale(self) -> Decimal:
        """What the value is multiplied by to be in the base unit: 元 for money, a fraction for parts, else pieces."""
        if self.unit in PARTS:
            return 1 / PARTS[self.unit]
        if self.unit in _SCALES:
            return _SCALES[self.unit]
        return _MULTIPLES[next(filter(self.unit.startswith, _LARGE_MULTIPLES), "")]

    @property
    def base(self) -> Decimal:
        """The value in the base unit. Units: 元, fraction 0–1, or pieces."""
        return self.value * self.scale

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """From where to below where the true number lies when this is how it was rounded; in the base unit."""
        half = self.step / 2
        return (self.value - half) * self.scale, (self.value + half) * self.scale


def figures_in(text: str) -> Iterator[Figure]:
    """Every number of a text, in order; what is a date, a document's number or a list mark is for the reader to say."""
    return iter(_figures_known(text)) if len(text) <= _SHORT else _figures(text)


@lru_cache(5_000)
def _figures_known(text: str) -> tuple[Figure, ...]:
    """The figures of a short text: many cells of a table hold the same."""
    return tuple(_figures(text))


def _figures(text: str) -> Iterator[Figure]:
    plain = half_width(text)
    at = 0
    while match := _FIGURE.search(plain, at):
        figure, at = _joined(plain, match)
        # 统一 and 一是 hold no numbers: Chinese numerals count where something is counted or shared by them.
        if not figure.in_words or (
            figure.unit and not _BEHIND_DIGITS.fullmatch(figure.unit) and chinese_numeral(match["chinese"]) is not None
        ):
            yield figure


def read_figure(text: str) -> Figure | None:
    """The figure a whole text consists of, with any unit behind it; None when there is more or less in it.

    A unit that is not known is handed back as it stands.
    """
    plain = fold(text)
    match = _FIGURE.match(plain)
    if match is None or (match["chinese"] and chinese_numeral(match["chinese"]) is None):
        return None
    figure, end = _joined(plain, match)
    rest = plain[end:].strip()
    if not rest:
        return figure
    unknown = not figure.unit and figure.exact and not figure.in_words
    if unknown and not re.search(r"[0-9.,+\-]", rest):
        return replace(figure, unit=rest, end=len(plain))
    return None


def chinese_numeral(text: str) -> Decimal | None:
    """``三十八`` → 38, ``一万二千`` → 12000, ``八十九点六`` → 89.6; None when the signs do not make a number."""
    if "点" in text:
        whole, _, tenths = text.partition("点")
        units, known = chinese_numeral(whole), tenths and all(char in _VALUES for char in tenths)
        return (
            None if units is None or not known else Decimal(f"{units}.{''.join(str(_VALUES[char]) for char in tenths)}")
        )
    above, mark, below = text.partition("万")
    if not re.fullmatch(f"[{_CHARACTERS}]+", above + below) or not above:
        return None
    if mark:
        high, low = _below_wan(above), _below_wan(below) if below else 0
        return None if high is None or low is None else Decimal(high * 10_000 + low)
    number = _below_wan(text)
    return None if number is None else Decimal(number)


_LONGEST = 40
"""Signs of a numeral: a row of hundreds is no number that anybody wrote."""


def _below_wan(text: str) -> int | None:
    if len(text) > _LONGEST:
        return None
    if all(char in _VALUES for char in text):
        return int("".join(str(_VALUES[char]) for char in text)) if len(text) != 2 or text[0] in "〇零" else None
    total, digit, last = 0, None, 10_000
    for char in text:
        if char in _VALUES:
            if digit not in (None, 0):
                return None
            digit = _VALUES[char]
            continue
        place = _PLACES[char]
        if place >= last or (digit is None and char not in "十拾"):
            return None
        total, digit, last = total + (1 if digit is None else digit) * place, None, place
    return total + (digit or 0)


def _joined(plain: str, match: re.Match[str]) -> tuple[Figure, int]:
    """The figure at a match, with the other end where it begins a range."""
    first = _figure(match)
    link = _NEXT.match(plain, match.end()) if first.exact or first.hedge is Hedge.ABOUT else None
    other = _FIGURE.match(plain, link.end()) if link else None
    if other is None or other["few"] or other["some"]:
        return first, match.end()
    second = _figure(other)
    same = not first.unit or not second.unit or first.unit == second.unit
    if not second.exact or not same or second.value < first.value:
        return first, match.end()
    unit = second.unit or first.unit
    return replace(
        first, unit=unit, upper=second.value, end=other.end(), step=min(first.step, second.step)
    ), other.end()


def _figure(match: re.Match[str]) -> Figure:
    digits, words = match["digits"], match["chinese"]
    if digits:
        value = Decimal(digits.replace(",", ""))
        step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    else:
        value = chinese_numeral(words) or Decimal(0)
        step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    value = -value if match["sign"] == "-" else value
    return Figure(
        value,
        step,
        "%" if match["hundredths"] else match["unit"] or f"{match['large'] or ''}{match['of'] or ''}",
        hedge=_hedge(match),
        start=match.start(),
        end=match.end(),
        in_words=not digits,
        grouped=bool(digits) and "," in digits,
        currency=bool(match["currency"]),
    )


_HEDGES = (
    ("least", Hedge.AT_LEAST), ("most", Hedge.AT_MOST), ("over", Hedge.ABOVE), ("under", Hedge.BELOW),
    ("more", Hedge.AT_LEAST), ("less", Hedge.AT_MOST),
    ("about", Hedge.ABOUT), ("few", Hedge.ABOUT), ("some", Hedge.ABOUT), ("round", Hedge.ABOUT),
)  # fmt: skip


def _hedge(match: re.Match[str]) -> Hedge:
    return next((hedge for group, hedge in _HEDGES if match[group]), Hedge.EXACT)
