"""How many lines of a table lie above or below a number, or the mean, and which: prose against the tables."""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.line_columns import columns_of, headed, names_in
from toolkit.proof.lines import close, lines_of
from toolkit.proof.outline import numeral
from toolkit.proof.report import Report, Sentence
from toolkit.proof.rules.same_fact import said

_TABLE = "县区\t下达\t到位\t支出\t支出率（%）\n清源县\t2,900.00\t2,900.00\t2,784.00\t96.00\n双河县\t2,600.00\t2,560.00\t2,406.40\t94.00\n石桥区\t2,100.00\t2,100.00\t1,953.00\t93.00\n高坪县\t1,700.00\t1,580.00\t1,406.20\t89.00\n合计\t9,300.00\t9,140.00\t8,549.60\t93.54\n"
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"


@rule(
    "count.bound",
    group=Group.COUNTS,
    title="高于、低于某数的个数和名单与表相符",
    good=(
        f"{_TABLE}\n\n支出率低于94%的有石桥区、高坪县2个县区。支出率在93%以上的有3个。清源县、双河县支出率均超过93%。对支出率不足90%的1个县区进行约谈。",
    ),
    bad=(
        f"{_TABLE}\n\n支出率低于94%的有石桥区、高坪县3个县区。",
        f"{_TABLE}\n\n支出率在93%以上的有2个。",
        f"{_TABLE}\n\n清源县、高坪县支出率均超过93%。",
    ),
)
def bounds(report: Report) -> Iterator[Result]:
    """支出率低于90%的有2个, against the lines of the tables that have such a column; 均超过 against the lines named."""
    for sentence in report.prose if lines_of(report) else ():
        for match in _COUNTED.finditer(sentence.text):
            yield from _counted(report, sentence, match)
        for match in _ALL.finditer(sentence.text):
            yield from _all(report, sentence, match)


_SIDE = (
    r"(?P<side>低于|不足|不到|小于|高于|超过|大于|不低于|不超过|达到|在)?(?P<value>"
    + _NUMBER
    + r")(?P<unit>%|分|[万亿]?元|[\u4e00-\u9fff])?(?P<also>（含）)?(?P<end>以上|以下|及以上|及以下)?"
)
_COUNTED = re.compile(
    r"(?P<words>[\u4e00-\u9fff]{2,10}?)"
    + _SIDE
    + r"的(?:[\u4e00-\u9fff]{0,6}?)(?:共?有|为|是|共)?(?P<names>[^，。；0-9]*?)(?P<count>[0-9]{1,3}|[两一二三四五六七八九十])(?P<thing>个|家|项|所|类)"
)
_ALL = re.compile(r"(?P<names>[^，。；：]*(?:、|和)[^，。；：]*?)均(?:已)?" + _SIDE + r"(?=[，。；、]|的)")


def _meets(match: re.Match[str], fact: Fact) -> bool | None:
    """Whether a number of a table lies on the side of the bound that the words say; None where they say none."""
    bound = Decimal(match["value"].replace(",", ""))
    value = fact.value or Decimal(0)
    if match["unit"] == "%" and not fact.unit and fact.kind is not FactKind.PERCENT:
        return None
    side, end = match["side"] or "", match["end"] or ""
    if side in ("低于", "不足", "不到", "小于"):
        return value < bound
    if side in ("高于", "超过", "大于"):
        return value > bound
    if side in {"不低于", "达到"} or end.endswith("以上"):
        return value >= bound
    if side == "不超过":
        return value <= bound
    return value <= bound if end == "及以下" else (value < bound if end.endswith("以下") else None)


def _counted(report: Report, sentence: Sentence, match: re.Match[str]) -> Iterator[Result]:
    words = re.sub("^(?:对|其中|中|个)+", "", match["words"])
    count = 2 if match["count"] == "两" else numeral(match["count"])
    named = [name for _, _, name in names_in(report, match["names"])]
    columns = headed(report, words)
    tried = [(column, [name for name, fact in column.facts.items() if _meets(match, fact)]) for column in columns]
    tried = [(column, names) for column, names in tried if set(named) <= column.facts.keys()]
    if not tried or any(_meets(match, fact) is None for column, _ in tried for fact in column.facts.values()):
        return
    at = sentence.start + match.start("count")
    facts = report.facts_within(sentence.place, at, at + 1)
    if any(len(names) == count and (not named or set(named) == set(names)) for _, names in tried):
        yield from (agrees(*facts) for _ in facts[:1])
    elif len({tuple(sorted(names)) for _, names in tried}) == 1:
        column, names = tried[0]
        message = f"“{match[0]}”，表中“{column.heading}”这样的有{len(names)}{match['thing']}：{'、'.join(names[:6])}"
        yield differs(sentence.place, match["count"], str(len(names)), message, facts=facts, confidence=85)


def _all(report: Report, sentence: Sentence, match: re.Match[str]) -> Iterator[Result]:
    spans = names_in(report, match["names"])
    names = [name for _, _, name in spans]
    if len(names) < 2:
        return
    words = match["names"][spans[-1][1] :]
    for column in columns_of(report, names[0]):
        if not set(names) <= column.facts.keys() or not (close(words, column.heading) and words):
            continue
        wrong = [name for name in names if _meets(match, column.facts[name]) is False]
        if any(_meets(match, column.facts[name]) is None for name in names):
            continue
        if not wrong:
            yield agrees(*(column.facts[name] for name in names))
        else:
            fact = column.facts[wrong[0]]
            message = f"写“均{match['side'] or ''}{match['value']}{match['unit'] or ''}{match['end'] or ''}”，“{wrong[0]}”的{column.heading}是{said(fact)}"
            yield differs(sentence.place, wrong[0], said(fact), message, related=(fact.place,), confidence=85)
        return
