"""Every number of a report as a value: what it is, how exactly it was printed, what it measures, where it stands."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache

from toolkit.proof.days import days_in
from toolkit.proof.document import Cell, Document, Paragraph, Place, Table, unit_line
from toolkit.text.folding import half_width, squeeze
from toolkit.text.numerals import MONEY_UNITS, PARTS, Figure, Hedge, chinese_numeral, figures_in

_DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}(?:[（(][\u4e00-\u9fff]{1,6}[)）])?[)）]?[〔\[［(（]\d{4}[〕\]］)）]\d{1,5}号?|第\d{1,3}号令?"
    r"|\d{1,4}号文|[\u4e00-\u9fff]{2,6}电\d{1,4}号"
)
_ITEM = re.compile(
    r"(?P<open>[（(]?)(?P<mark>\d{1,2}(?:\.\d{1,2})*)(?P<close>[)）]|[.．、](?![0-9](?![0-9]{3}年|[0-9]*个))|(?=\s+[\u4e00-\u9fff“《]))"
)
_LETTERED = re.compile(r"(?!/\d[\d,]*[.,]\d)[A-Za-z_\-+/]+\d[\dA-Za-z.\-]*|\d+[A-Za-z]{2,}[\dA-Za-z]*")
_YEAR = re.compile(
    r"(?<=[（(])(?:19|20)\d{2}(?=[)）])|(?:19|20)\d{2}\s+年度?|(?:19|20)\d{2}(?:[-—~至到](?:19|20)?\d{2})?(?=年)|(?:19|20)\d{2}年度?"
    r"|(?<![\d.])\d{2}(?=年度)|20[0-3]\d(?=、20[0-3]\d(?![\d.,]))|(?<=20\d{2}、)20[0-3]\d(?![\d.,])"
)
_REFERENCE = re.compile(r"(?:附?表|附?图|附件|附录|章节?|第)\s*\d{1,3}(?:[-.－]\d{1,2})?(?=[^\d]|$)")
_RANK = re.compile(r"第[一二三四五六七八九十百\d]{1,4}(?=名|位)|(?<=排名)第[一二三四五六七八九十\d]+")
_ORDINAL = re.compile(r"第[一二三四五六七八九十百\d]{1,4}(?![\d一二三四五六七八九十百方])")
_SUBJECT_STOP = re.compile(r"[，。；：、！？,;:!?\n（）()“”《》]")
_SCORE_UNITS = frozenset({"分"})
_SERIAL_HEADS = frozenset({"序号", "编号", "项目编号", "No", "No.", "行次", "位次", "指标编号"})
_CODES = re.compile("(?:编码|代码)[类款项]?$")
_NAMES = re.compile(
    r"(?<![\d.])(?:[2-6]G(?![A-Za-z])|[1-5]A(?=级)|[234]D(?![A-Za-z]))"  # 5G, 5A级, 3D
    r"|(?<![\d.])\d+(?:强(?![度制化势])|\.\d版|号(?=[线楼院机]|地块|门|公告))"  # 500强, 2.0版, 2号线
    r"|(?<![\d.])\d{1,2}·\d{1,2}(?!\d)"  # 5·18
    r"|(?<![\d.])(?:7\s*[×xX*]\s*24|5\s*[×xX*]\s*8)(?![\d.])"  # 7×24小时
    r"|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?![\d.])"  # an address in a network
    r"|(?<!\d)(?<!\d[.,])1[3-9]\d{9}(?!\d|[.,]\d)|(?<!\d)(?<!\d[.,])0\d{2,3}[-－—]\d{7,8}(?!\d)"  # telephones
    r"|(?<!\d)(?<!\d[.,])12[0-9]{3}(?=[^\d.,个万元%]{0,4}(?:热线|便民|平台|举报))"  # 12345热线
    r"|(?<!\d)(?<!\d[.,])\d{12,}(?!\d|[.,]\d|元)"  # accounts
    r"|(?:电话|传真|邮编|邮政编码|账号|帐号|证号|编号|编码|代码)(?:为|是)?[:：]?\s*\d[0-9A-Z]*(?:[\s－-]\d[0-9A-Z]*)*"
    r"|(?:ISO|GB(?:/T)?|IEC|YD/T|GA/T|IEEE)(?:/[A-Z]+)*[\s—-]*\d[\d.:：—\-]*\d"  # GB/T 22239—2019
    r"|\d+(?:\.\d+)?°(?:\d+(?:\.\d+)?[′'])?(?:\d+(?:\.\d+)?[″\"])?"  # 118°46′
    r"|(?<=[“\"])\d+(?:[+×·—/-]\d+)+(?:[+×·—/-][A-Za-z])?(?=[\u4e00-\u9fff]{0,8}[”\"])"  # “1+8”
    r"|(?<=[“\"])\d{2,4}(?=[”\"](?:工程|战略|总体|行动|发展|体系|模式|计划|预警|专项|机制|先进|产业|现代|等|[A-Z]))"
    r"|(?<=[“\"])20\d\d(?=(?!年)[\u4e00-\u9fff]{2,8}[”\"])"  # “2030启航计划”
)
"""Digits within names."""
_CLOCK = re.compile(r"(?<![\d:：比])(?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d)?(?![\d:：.])")
_PROPORTION = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:[∶:：]\d+(?:\.\d+)?)+")
_NOTE_MARK = re.compile(r"[\[［〔]\d{1,3}[\]］〕]")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_WORD_UNITS = ("一", "两")
_SLOGAN = re.compile(r"“[^”]{0,4}\d(?:\+[\dA-Z])+[^”]{0,4}”|“[一二三四五六七八九十]个一”")
"""“8+1+N”, “六个一”: names with numerals in them."""
_YEAR_LABEL = re.compile("(?:年份|年度)$")
_SECOND_TIME = ("认证", "供水", "加压", "开发", "污染", "分配", "利用", "审核")
_SCORED = re.compile(r"(?:得分|评分)(?:为|是|:|：)?\s*$")


class FactKind(StrEnum):
    """What a number or a name is."""

    MONEY = "金额"
    COUNT = "数量"
    PERCENT = "百分比"
    POINTS = "百分点"
    SCORE = "分数"
    DATE = "日期"
    DOCUMENT = "文号"
    ORDINAL = "序号"
    NAME = "名称"
    RANK = "排名"
    GRADE = "等级"


_DAY_IN_WORDS = re.compile(
    r"[二〇零○一三四五六七八九]{4}年(?:[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)?"
)


_DIGIT = re.compile(r"\d")
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


@dataclass(frozen=True)
class Fact:
    """A number of a report.

    Attributes:
        text: as printed.
        start, end: place in the text of the paragraph or cell.
        value: as printed, in ``unit``; None for a document's number and the like.
        step: the printed precision in the same unit.
        unit: behind the number, or named by its table for all numbers.
        subject: the words before it in its clause, or its row and column.
        upper: the other end of a range.
        hedge: 约, 超, 不足 and the like.
    """

    kind: FactKind
    text: str
    place: Place
    start: int = 0
    end: int = 0
    value: Decimal | None = None
    step: Decimal = Decimal(1)
    unit: str = ""
    subject: str = ""
    upper: Decimal | None = None
    hedge: Hedge = Hedge.EXACT

    def __hash__(self) -> int:
        return hash((self.place, self.start, self.text))

    @cached_property
    def scale(self) -> Decimal:
        """What the value is multiplied by to be in 元, a fraction, or pieces."""
        return Figure(Decimal(0), Decimal(1), self.unit).scale

    @cached_property
    def base(self) -> Decimal:
        """The value in the base unit; 0 where there is none."""
        return (self.value or Decimal(0)) * self.scale

    @cached_property
    def low(self) -> Decimal:
        """The least true value that is printed like this, in the base unit."""
        return ((self.value or Decimal(0)) - self._half) * self.scale

    @cached_property
    def high(self) -> Decimal:
        """Below this lies the true value; in the base unit."""
        return ((self.value or Decimal(0)) + self._half) * self.scale

    @cached_property
    def _half(self) -> Decimal:
        """Half of the printed precision; a whole step of the last digit that is not 0 where 约 stands."""
        if self.hedge is not Hedge.ABOUT or not self.value:
            return self.step / 2
        zeros = 0 if self.step < 1 else len(digits := f"{self.value:f}") - len(digits.rstrip("0"))
        return self.step * Decimal(10) ** zeros

    @cached_property
    def rounding(self) -> Decimal:
        """What the printed precision may have taken from the true value, in the base unit."""
        return self.step * self.scale / 2

    @cached_property
    def said(self) -> str:
        """The number with its unit."""
        is_whole = not self.unit or self.text.endswith(self.unit) or _FRACTION.search(self.text)
        return self.text if is_whole else f"{self.text}{self.unit}"

    @property
    def exact(self) -> bool:
        """One number that stands for itself."""
        return self.value is not None and self.hedge is Hedge.EXACT and self.upper is None

    def meets(self, low: Decimal, high: Decimal) -> bool:
        """Whether a true value between two bounds can have been printed as this one.

        31 and 32 stand for values up to and from 31.5: bounds that only touch have nothing in common. A single value
        on a bound may have been rounded either way.
        """
        if low < high:
            return low < self.high and high > self.low
        return low <= self.high and high >= self.low


def said(fact: Fact) -> str:
    """A number with its unit."""
    return fact.said


def facts_of(document: Document) -> tuple[Fact, ...]:
    """All facts of a document, in order."""
    return tuple(_facts(document))


def _facts(document: Document) -> Iterator[Fact]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield from _of_text(block.text, block.place, is_heading=bool(block.level))
        else:
            yield from _of_table(block)


def _of_table(table: Table) -> Iterator[Fact]:
    headings = table.headings
    units = [unit_line(heading) or _percent_of(heading) or table.unit for heading in headings]
    units = [unit or _unit_of_gap(heading, units) for unit, heading in zip(units, headings, strict=True)]
    for index, row in enumerate(table.rows):
        label = next((cell.label for cell in row if cell.text and not cell.is_numeric), "")
        own = unit_line(label) or _percent_of(label)  # 预算安排（万元）: a unit that a row names for its numbers
        measured = _unit_of_row(row, headings) if index >= table.head else ""
        for column, cell in enumerate(row):
            if not cell.text:
                continue
            of_row = measured if measured and not _OWN_UNIT.search(headings[column]) else ""
            if _YEAR_LABEL.search(_left_of(row, column)) and re.fullmatch(r"(?:19|20)\d{2}", cell.text.strip()):
                yield Fact(FactKind.DATE, cell.text.strip(), cell.place, 0, len(cell.text))
            elif index >= table.head and (cell.is_numeric or (of_row and _BOUND.fullmatch(cell.text.strip()))):
                unit = own if column and own else of_row or units[column]
                yield from _of_cell(cell, headings[column], label, unit, column)
            else:
                yield from _of_text(cell.text, cell.place, subject=f"{label} {headings[column]}")


_BOUND = re.compile(r"(?:[≥≤><＞＜]=?|不低于|不少于|不高于|不超过)\s*[0-9][0-9,]*(?:\.[0-9]+)?")
_OWN_UNIT = re.compile("率|占比|比例|比重|分值|得分|权重|扣分|失分|序号|编号|排名|^年度?$|年份|[（(]")
"""Columns that are not in the unit of their row."""


def _unit_of_row(row: Sequence[Cell], headings: Sequence[str]) -> str:
    """What a cell below 计量单位 says: 座, 公里, %, 万元."""
    for cell, heading in zip(row, headings, strict=True):
        if heading in ("计量单位", "单位", "度量单位") and cell.text.strip():
            return unit_named(cell.text.strip())
    return ""


@lru_cache(5000)
def unit_named(text: str) -> str:
    """The unit that a text is: 座, 公里, %, 万元; "" where it is none."""
    if text in MONEY_UNITS:
        return text
    return "" if re.search("[（(]", text) else _percent_of(f"（{text}）")


def _left_of(row: Sequence[Cell], column: int) -> str:
    """The label of the nearest cell to the left that has text."""
    return next((cell.label for cell in reversed(row[:column]) if cell.text), "")


def _unit_of_gap(heading: str, units: Iterable[str]) -> str:
    """2023年（万元）、2024年（万元）、增减额: what the columns beside count their money in, where all do alike."""
    money = {unit for unit in units if unit in MONEY_UNITS}
    return (
        money.pop() if len(money) == 1 and re.search("(?:增减|增加|减少|变动|差)额?$|差额|结余|缺口", heading) else ""
    )


@lru_cache(5000)
def _percent_of(heading: str) -> str:
    """A unit that a heading names for its column, other than money: （%）, （家）."""
    match = re.search(
        r"[(（]\s*(?P<unit>[%％‰]|个百分点|倍|(?:亿|千万|百万|万)?(?:个|家|人次|人|户|次|件|份|处|所|台|套|节|场|天|座|例|趟|批|部|册|家次|户次|车次|班次|批次|人天|亩|公顷|公里|千米|米|平方米|立方米|吨|公斤|千瓦时|小时|分钟|间|名|张|条|项|宗|笔|棵|株|眼|辆|辆次|床))\s*[)）]",
        heading,
    )
    return half_width(match["unit"]) if match else ""


def _of_cell(cell: Cell, heading: str, label: str, unit: str, column: int) -> Iterator[Fact]:
    found = next(figures_in(cell.text), None)
    if found is None:
        return
    if squeeze(heading) in _SERIAL_HEADS or (column == 0 and found.step == 1 and not found.unit and not heading):
        yield Fact(FactKind.ORDINAL, cell.text, cell.place, 0, len(cell.text), found.value)
        return
    if _CODES.search(heading) and found.step == 1 and not found.unit:
        yield Fact(FactKind.NAME, cell.text, cell.place, 0, len(cell.text))
        return
    own = found.unit or _column_unit(heading, unit)
    kind = _kind_of_unit(own) or _kind_of_heading(heading)
    yield Fact(
        kind,
        cell.text.strip(),
        cell.place,
        found.start,
        found.end,
        found.value,
        found.step,
        own,
        f"{label} {heading}",
        found.upper,
        found.hedge,
    )


@lru_cache(5000)
def _column_unit(heading: str, unit: str) -> str:
    """A table's unit of money does not apply to scores, counts and rates."""
    if unit in MONEY_UNITS and re.search(
        r"分值|得分|权重|分数|率|占比|比例|数量|个数|人数|项目数|年度|年份|%|倍数|系数|期限|次数|家数|天数", heading
    ):
        return "分" if re.search(r"分值|得分|权重|分数", heading) and "率" not in heading else ""
    return unit


@lru_cache(5000)
def _kind_of_heading(heading: str) -> FactKind:
    if re.search(r"[（(][^（）()%％]*/[^（）()%％]*[)）]", heading) and "元" not in heading:
        return FactKind.COUNT  # 周转率（次/日）
    if re.search(r"率|占比|比例", heading):
        return FactKind.PERCENT
    if re.search(r"分值|得分|权重|评分|分数|满分|[扣失总准应实]分|自评分", heading):
        return FactKind.SCORE
    if re.search(r"排名|名次|位次", heading):
        return FactKind.RANK
    return FactKind.MONEY if re.search(r"金额|资金|合同价|预算|支付|支出|费用|成本", heading) else FactKind.COUNT


@lru_cache(500)
def _kind_of_unit(unit: str) -> FactKind | None:
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


def _of_text(text: str, place: Place, *, subject: str = "", is_heading: bool = False) -> Iterator[Fact]:
    plain = half_width(text)
    taken = [*_others(plain, place, is_heading=is_heading), *_fractions(plain, place)]
    spans = [(fact.start, fact.end) for fact in taken]
    numbers = (_of_figure(figure, plain, place, subject) for figure in figures_in(text) if _free(figure, spans, plain))
    yield from sorted((*taken, *numbers), key=lambda fact: fact.start)


_FRACTION = re.compile(
    r"(?P<over>超过|超|逾|过)?(?P<about>近|约|接近|将近)?(?P<under>不足|不到)?"
    r"(?:(?P<whole>[二两三四五六七八九十百]{1,2})分之(?P<part>[一二两三四五六七八九十]{1,2})|(?P<half>一半|半数|(?<=过)半(?![年月天日径]))"
    r")(?P<more>以上)?(?P<less>以下)?(?P<round>左右|多)?"
)
_LOOSE = Decimal("0.12")
"""三分之一 is said of what lies within six hundredths of it."""


def _fractions(plain: str, place: Place) -> Iterator[Fact]:
    """三分之一, 一半, 超过半数: shares in words, never as exact as they sound."""
    for match in _FRACTION.finditer(plain):
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


def _marks(plain: str, *, is_heading: bool) -> Iterator[tuple[FactKind, int, int, Decimal | None]]:
    for match in _DOCUMENT_NUMBER.finditer(plain):
        yield FactKind.DOCUMENT, match.start(), match.end(), None
    for day in days_in(plain):
        if (day.year and not _FIRST_YEAR <= day.year <= _LAST_YEAR) or (day.form == "." and not day.day):
            continue  # 1225.18万元
        yield FactKind.DATE, day.start, day.end, None
    item = _ITEM.match(plain)
    if item and (item["close"] or is_heading):
        yield FactKind.ORDINAL, item.start(), item.end(), _whole(item["mark"])
    digits = _DIGIT.search(plain) is not None
    for pattern, kind in (*_NUMBERED_NAMES, *_PATTERNS) if digits else _WORDED:
        for match in pattern.finditer(plain):
            yield kind, match.start(), match.end(), None
    for match in re.finditer(r"[（(]\d{1,2}[)）]", plain):
        yield FactKind.ORDINAL, match.start(), match.end(), _whole(match[0][1:-1])


def _whole(text: str) -> Decimal | None:
    return Decimal(text) if text.isdigit() else None


def _of_figure(figure: Figure, plain: str, place: Place, subject: str) -> Fact:
    before = plain[: figure.start]
    stops = [match.end() for match in _SUBJECT_STOP.finditer(before)]
    clause = before[stops[-1] if stops else 0 :].strip()
    return Fact(
        _kind_of_unit(figure.unit) or (FactKind.SCORE if _SCORED.search(clause) else FactKind.COUNT),
        plain[figure.start : figure.end].strip(),
        place,
        figure.start,
        figure.end,
        figure.value,
        figure.step,
        figure.unit,
        clause or subject,
        figure.upper,
        figure.hedge,
    )
