"""The words that all letters to units share: title of the evaluation, last day, contacts, signature."""

from toolkit.model import LetterFacts
from toolkit.model.numbers import chinese_date


def letter_words(facts: LetterFacts, unit: str) -> dict[str, object]:
    """What the tags in the common parts of a letter's template mean; ``unit`` is the addressee."""
    return {
        "评价": facts.evaluation,
        "单位": unit,
        "截止日期": chinese_date(facts.deadline),
        "联系人": facts.contact,
        "电话": facts.phone,
        "邮箱": facts.email,
        "发函单位": facts.issuer,
        "发函日期": chinese_date(facts.issued),
    }
