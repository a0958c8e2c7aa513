"""A number of a report as a value: what it is, how exactly it was printed, what it measures, where it stands."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache

from toolkit.proof.document import Place
from toolkit.text.numerals import Figure, Hedge
from toolkit.text.patterns import Pattern


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


@lru_cache(500)
def _scale_of(unit: str) -> Decimal:
    return Figure(Decimal(0), Decimal(1), unit).scale


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
        return _scale_of(self.unit)

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
        is_whole = not self.unit or self.text.endswith(self.unit) or FRACTION.search(self.text)
        return self.text if is_whole else f"{self.text}{self.unit}"

    @cached_property
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


FRACTION = Pattern(
    r"(?P<over>超过|超|逾|过)?(?P<about>近|约|接近|将近)?(?P<under>不足|不到)?"
    r"(?:(?P<whole>[二两三四五六七八九十百]{1,2})分之(?P<part>[一二两三四五六七八九十]{1,2})|(?P<half>一半|半数|(?<=过)半(?![年月天日径]))"
    r")(?P<more>以上)?(?P<less>以下)?(?P<round>左右|多)?"
)
"""三分之一, 一半, 超过半数: shares in words."""
