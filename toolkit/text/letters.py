"""The words that all letters to units share: title of the evaluation, last day, contacts, signature."""

from toolkit.model import LetterFacts
from toolkit.model.numbers import chinese_date

_DEPARTMENTS = "各有关处室"


def is_sender(facts: LetterFacts, unit: str) -> bool:
    """Whether the addressee is who sends the letter, under its long or its short name."""
    return bool(unit and facts.issuer) and (facts.issuer.endswith(unit) or unit.endswith(facts.issuer))


def letter_words(facts: LetterFacts, unit: str) -> dict[str, object]:
    """What the tags in the common parts of a letter's template mean; ``unit`` is the addressee.

    Nobody writes a letter to itself: to the sender's own projects it is a notice to its departments.
    """
    own = is_sender(facts, unit)
    return {
        "评价": facts.evaluation,
        "单位": unit,
        "抬头": _DEPARTMENTS if own else unit,
        "贵单位": "本单位" if own else "贵单位",
        "文种": "通知" if own else "函",
        "告知": "通知" if own else "函告",
        "结语": "特此通知，请予配合。" if own else "特此函告，请予支持。",
        "发文字号": facts.number or f"　　〔{facts.issued.year}〕　　号",
        "截止日期": chinese_date(facts.deadline),
        "联系人": facts.contact,
        "电话": facts.phone,
        "邮箱": facts.email,
        "发函单位": facts.issuer,
        "发函日期": chinese_date(facts.issued),
    }
