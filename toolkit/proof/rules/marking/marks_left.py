"""A full mark, what was taken off, what is left, told in one paragraph: B4制度执行8分，…扣1.5分，得6.5分."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_HEAD = Pattern(
    r"^\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}(?:\.[0-9]{1,2})*[)）.．、]?\s*)?(?P<name>[A-Za-z0-9]{0,4}[\u4e00-\u9fff“”]{2,20})"
    r"(?:[（(](?:满分|分值|权重)?(?P<mark>[0-9]{1,3}(?:\.[0-9]+)?)分[)）]|(?:满分|分值|权重)?(?P<plain>[0-9]{1,3}(?:\.[0-9]+)?)分)[，,。：:]"
)
_MEAN_LOST = Pattern(r"平均扣(?:除|减|掉)?(?:了)?(?P<lost>[0-9]+(?:\.[0-9]+)?)分")
"""Beside an average of many projects what one of them lost is no part of it."""
_LOST = Pattern(r"扣(?:除|减|掉)?(?:了)?(?P<lost>[0-9]+(?:\.[0-9]+)?)分")
_WON = Pattern(r"(?<![不未评])得分?(?:为)?(?P<won>[0-9]+(?:\.[0-9]+)?)分")
_RULE_TEXT = Pattern(r"每(?:少|低|超|延|逾|项|起|个|处|出现|有)|否则|不得分|扣完为止|酌情|以上得|评分标准")


@rule(
    "score.left",
    group=Group.LOGIC,
    title="段首写明的分值减扣分等于得分",
    good=(
        "3.B4制度执行8分，有3处设施未按月上报台账，扣1.5分，得6.5分。",
        "（1）资金到位率（4分），县级配套未足额到位，扣0.80分，得3.20分。",
        "1.资金到位率5分，每低1个百分点扣0.5分，得4分。",
        "1.程序规范性（3分）。3个项目没有评审，各扣1分，合计扣3分，平均扣0.25分，平均得2.75分。",
    ),
    bad=(
        "3.B4制度执行8分，有3处设施未按月上报台账，扣2.5分，得6.5分。",
        "（1）资金到位率（4分），县级配套未足额到位，扣0.80分，得2.20分。",
    ),
)
def left(report: Report) -> Iterator[Result]:
    """All that was taken off in a paragraph that names its full mark first, and the one score in it."""
    for place, text in report.document.texts_with(_HEAD):
        head = _HEAD.match(text) if not place.table else None
        if head is None or _RULE_TEXT.search(text):
            continue
        mark = Decimal(head["mark"] or head["plain"])
        behind = text[head.end() - 1 :]
        taken_off = list(_MEAN_LOST.finditer(behind)) or _LOST.finditer(behind)
        lost = [Decimal(match["lost"]) for match in taken_off]
        won = [Decimal(match["won"]) for match in _WON.finditer(behind)]
        if not lost or len(won) != 1:
            continue
        facts = tuple(fact for fact in report.facts_at(place) if fact.kind is FactKind.SCORE and fact.exact)
        taken = {sum(lost), max(lost)} if 2 * max(lost) == sum(lost) else {sum(lost)}  # 扣1.5分、1分，共扣2.5分
        if mark - won[0] in taken:
            yield from (agrees(*facts) for _ in facts[:1])
        elif won[0] <= mark and sum(lost) <= mark:
            yield _wrong(place, head["name"], mark, lost, won[0], facts)


_ITEM = Pattern(
    r"(?:^|[。；])\s*(?P<name>[\u4e00-\u9fff“”]{2,14}?)(?<!分值)(?<!满分)(?<!权重)(?<!共)(?P<mark>[0-9]{1,2}(?:\.[0-9]+)?)分，得(?P<won>[0-9]{1,2}(?:\.[0-9]+)?)分(?=[。：:，；])"
)


@rule(
    "score.items_left",
    group=Group.LOGIC,
    title="一段里写几个指标的，各自的分值减扣分等于得分",
    good=(
        "采购规范性6分，得5分。公告期少2天，扣1分。资金管理6分，得6分。合同管理7分，得5.6分，保证金少收，扣1.4分。",
        "采购规范性6分，得4分。公告期每少1天扣1分。合同管理7分，得5.6分，保证金少收，扣1.4分。",
    ),
    bad=("采购规范性6分，得5分。公告期少2天，扣1分。资金管理6分，得6分。合同管理7分，得5.6分，保证金少收，扣4.1分。",),
)
def items_left(report: Report) -> Iterator[Result]:
    """Each item of a paragraph from its name to the next: what was taken off in it, where anything was."""
    for place, text in report.document.texts_with(_ITEM):
        heads = list(_ITEM.finditer(text)) if not place.table else []
        for head, end in zip(heads, [*(one.start() for one in heads[1:]), len(text)], strict=False):
            behind = text[head.end() : end]
            lost = [Decimal(match["lost"]) for match in _LOST.finditer(behind)]
            if not lost or _RULE_TEXT.search(behind) or _WON.search(behind) or "共扣" in behind:
                continue
            mark, won = Decimal(head["mark"]), Decimal(head["won"])
            facts = report.facts_within(place, head.start(), end)
            scores = tuple(fact for fact in facts if fact.kind is FactKind.SCORE and fact.exact)
            taken = {sum(lost), max(lost)} if 2 * max(lost) == sum(lost) else {sum(lost)}  # 共扣2.5分，其中1.5分、1分
            if mark - won in taken:
                yield from (agrees(*scores) for _ in scores[:1])
            elif won <= mark:
                yield _wrong(place, head["name"], mark, lost, won, scores)


def _wrong(
    place: Place, name: str, mark: Decimal, lost: list[Decimal], won: Decimal, facts: tuple[Fact, ...]
) -> Result:
    due = mark - sum(lost)
    working = f"{mark}-{'-'.join(map(str, lost))}={due}"
    message = f"“{name}”分值{mark}分，扣{'、'.join(map(str, lost))}分，应得{due}分，写得{won}分"
    return differs(place, f"{won}分", f"{due}分", message, facts=facts, working=working, confidence=85)
