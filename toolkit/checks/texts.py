"""Text against number: words that say one thing beside a cell that says another."""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.declaration import Doubt, check
from toolkit.model import Content, FieldType, Form, Indicator, Reading, ReadState, Severity, Stated
from toolkit.rules.checkpoint_tiered import tier

ACCEPTED = re.compile(r"(?:已(?:经)?(?:通过|完成|组织)?(?:竣工|最终|初步)?|通过(?:竣工|最终|初步)?)(?:终验|验收)")
UNPAID = re.compile(r"(?:尚未|未|没有)(?:发生)?(?:任何)?(?:支付|付款)")
SETTLED = ("终验日期", "验收日期", "竣工验收日期", "初验日期")
_TIER_WORDS = re.compile("部分达成|未达成|达成")


def _texts(case: Case) -> Iterator[tuple[str, Reading]]:
    """Free texts as typed: text fields and explanations."""
    fields = [field.key for field in case.scheme.fields if field.type is FieldType.TEXT and not field.table]
    for key in (*fields, *(indicator.name_for("说明") for indicator in case.scheme.indicators)):
        reading = case.reading(key)
        if reading and reading.state is ReadState.VALUE and isinstance(reading.value, str):
            yield key, reading


@check(
    "TEXT-01",
    Severity.WARNING,
    "文字写明已验收，却没有验收日期",
    message="“{label}”写明“{found}”，但{expected}为空",
    hint="补填验收日期；尚未验收的请更正文字",
    source="文字与数据应一致",
)
def accepted_without_date(case: Case) -> Iterator[Doubt]:
    """Where the scheme asks for dates of acceptance and none was given."""
    asked = [key for key in SETTLED if case.scheme.field(key) is not None]
    if not asked or any(case.has_value(key) for key in asked):
        return
    for key, reading in _texts(case):
        if found := ACCEPTED.search(str(reading.value)):
            related = tuple(case.at(key) for key in asked)
            words = {"label": case.label(key)}
            yield Doubt(case.at(key), found[0], "、".join(case.label(key) for key in asked), key, words, related)
            return


@check(
    "TEXT-02",
    Severity.WARNING,
    "文字写明未支付，却填了支付金额",
    message="“{label}”写明“{found}”，{累计支付金额}填{expected}",
    hint="核对支付凭证，更正文字或金额",
    source="文字与数据应一致",
    needs=("累计支付金额",),
)
def unpaid_with_amount(case: Case) -> Iterator[Doubt]:
    """A text that denies any payment beside an amount."""
    paid = case.number("累计支付金额")
    if not paid:
        return
    for key, reading in _texts(case):
        if found := UNPAID.search(str(reading.value)):
            words, related = {"label": case.label(key)}, (case.at("累计支付金额"),)
            yield Doubt(case.at(key), found[0], case.money(paid), key, words, related)


@check(
    "TEXT-03",
    Severity.WARNING,
    "自评扣分的指标，说明填“无”",
    message="指标{code}“{name}”自评{found}分（分值{expected}分），说明填“{typed}”",
    hint="在该指标的“说明”栏写明扣分的原因",
    source="自评扣分须说明原因",
)
def lost_without_words(case: Case) -> Iterator[Doubt]:
    """无 where marks were given away."""
    for indicator, value in case.self_scores:
        reading = case.reading(indicator.name_for("说明"))
        if value >= indicator.full_mark or reading is None or reading.state is not ReadState.NONE:
            continue
        words = {"code": indicator.code, "name": indicator.name, "typed": reading.original.strip() or "无"}
        at = case.at(indicator.name_for("说明"))
        yield Doubt(at, Stated(value), Stated(indicator.full_mark), indicator.code, words)


@check(
    "TEXT-04",
    Severity.WARNING,
    "达成情况的文字与自评得分率不在同一档",
    message="指标{code}“{name}”写明“{found}”，自评{typed}分占分值的{rate}，按档次应为“{expected}”",
    hint="达成80%（含）以上，部分达成60%（含）–80%，未达成60%以下；请更正文字或自评分",
    source="自评价表三档：达成、部分达成、未达成",
)
def outside_the_tier(case: Case) -> Iterator[Doubt]:
    """One of the three tier words, and a self score of another tier."""
    for indicator, value in case.self_scores:
        said = set(_TIER_WORDS.findall(_words_on(case, indicator)))
        rate = value / indicator.full_mark if indicator.full_mark else Decimal(0)
        due = tier(rate)
        if len(said) != 1 or due in said:
            continue
        share = Stated(rate, Form.PERCENT, places=2)
        words: dict[str, Content] = {
            "code": indicator.code, "name": indicator.name, "typed": Stated(value), "rate": share,
        }  # fmt: skip
        yield Doubt(case.at(indicator.name_for("自评分")), said.pop(), due, indicator.code, words)


def _words_on(case: Case, indicator: Indicator) -> str:
    """The explanation, and words typed where a number was asked for."""
    said = case.submission.value(indicator.name_for("说明"))
    typed = (case.reading(asked.key) for asked in indicator.inputs)
    rejected = (reading.original for reading in typed if reading and reading.state is ReadState.REJECTED)
    return "；".join([str(said or ""), *rejected])
