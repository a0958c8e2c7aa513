"""大写 beside 小写: amounts in banker's numerals against the digits before them."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import FactKind
from toolkit.proof.report import Report
from toolkit.text import plain
from toolkit.text.patterns import Pattern
from toolkit.text.spelled_amounts import spelled_number

_WORDS = Pattern(r"(?:大写|人民币)[：:]?(?:人民币)?(?P<words>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+)[元圆]")


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
            spelled = spelled_number(match["words"])
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
