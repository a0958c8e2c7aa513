"""大写 beside 小写: amounts in banker's numerals against the digits before them."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import FactKind
from toolkit.proof.report import Report
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_WORDS = Pattern(r"(?:大写|人民币)[：:]?(?:人民币)?(?P<words>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+)[元圆]")
_DIGITS = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
_TENS = {"拾": 10, "佰": 100, "仟": 1000}


def spelled_amount(words: str) -> Decimal | None:
    """``壹佰贰拾万叁仟`` → 1203000; None when the signs make no number."""
    total = section = digit = Decimal(0)
    for char in words:
        if char in _DIGITS:
            digit = Decimal(_DIGITS[char])
        elif char in _TENS:
            section, digit = section + (digit or 1) * _TENS[char], Decimal(0)
        elif char == "万":
            total, section, digit = total + (section + digit) * 10_000, Decimal(0), Decimal(0)
        elif char == "亿":
            total, section, digit = (total + section + digit) * 10**8, Decimal(0), Decimal(0)
        else:
            return None
    return total + section + digit


@rule(
    "amount.words",
    group=Group.SUMS,
    title="大写金额与小写相符",
    good=("合同金额1203000元（大写：人民币壹佰贰拾万叁仟元整）。",),
    bad=("合同金额1203000元（大写：人民币壹佰叁拾万叁仟元整）。",),
)
def in_words(report: Report) -> Iterator[Result]:
    """An amount in banker's numerals behind one in digits."""
    for place, text in report.document.texts_with(_WORDS, least=4):
        for match in _WORDS.finditer(text):
            spelled = spelled_amount(match["words"])
            amounts = [
                fact for fact in report.facts_at(place) if fact.kind is FactKind.MONEY and fact.end <= match.start() + 1
            ]
            digits = next((fact for fact in reversed(amounts) if fact.text[:1].isdigit()), None)
            if spelled is None or digits is None:
                continue
            if digits.low <= spelled <= digits.high:
                yield agrees(digits, *report.facts_within(place, match.start("words"), match.end("words")))
            else:
                message = f"大写“{match['words']}元”是{plain(spelled)}元，小写是{digits.text}"
                yield differs(place, match["words"], digits.text, message, facts=(digits,))
