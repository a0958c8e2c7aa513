"""Points beyond the total (加分项) and below nothing (扣分项): a scheme has neither (ADR 0072), and says so."""

import re
from dataclasses import replace

from toolkit.model import Content, Finding, Indicator, Scheme, Sentence, Stated
from toolkit.scheme.findings import say
from toolkit.text import plain

_WORDS = re.compile(r"加分|附加分|奖励分|附加项|奖励项")


def is_bonus(indicator: Indicator) -> bool:
    """Whether an indicator's names call it points given beyond the total."""
    return any(_WORDS.search(words) for words in (indicator.dimension, indicator.group, indicator.name))


def without_bonus(scheme: Scheme) -> Scheme:
    """The scheme as far as its indicators make up the total."""
    return replace(scheme, indicators=tuple(one for one in scheme.indicators if not is_bonus(one)))


def told_of_bonus(scheme: Scheme) -> list[Finding]:
    """One finding for each such indicator: what a scheme cannot say, and the two ways out."""
    return [_told(scheme, indicator) for indicator in scheme.indicators if is_bonus(indicator)]


def _told(scheme: Scheme, indicator: Indicator) -> Finding:
    mark, total = plain(indicator.full_mark), plain(scheme.total_mark)
    words: dict[str, Content] = {"code": indicator.code, "name": indicator.name, "mark": Stated(indicator.full_mark)}
    told = Sentence.of(
        f"指标{{code}}“{{name}}”是总分{total}分以外的加分项（{{mark}}分）：方案的得分都在总分以内，不能另外加分", words
    )
    hint = (
        f"要计入得分的，从其他指标的分值里划出{mark}分，使合计仍为{total}分；"
        f"不计入总分的，删去这一行，在报告素材里用文字写明加分情况"
    )
    return say("SCHEME-50", indicator.origin, told, hint, about=indicator.code, found=Stated(indicator.full_mark))
