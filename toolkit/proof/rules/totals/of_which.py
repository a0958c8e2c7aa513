"""其中 (of which): what stands behind it is not more than the number before, or all of it; rates named after a part."""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report, Sentence
from toolkit.proof.rules.proportions.changes import spread, words_before
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_PART_ENDS = Pattern("。|；(?!其余|其他|剩余)|扣除|仍|超出|相差|[比较](?:上年|去年|20[0-9]{2}年|年初|预算)")
_NO_WHOLE = Pattern("(?:超出|相差|增加|减少|节约|结余|少|多|差|上升|下降|增长|降低|提高|[降增]幅)(?:率)?(?:了|为|约)?$")
_NORM = Pattern("[（(](?:应|计划|目标|需)[^，。；、（()）0-9]{0,8}$")
"""接入1,246处，其中甲类218处…，接入率98.27%（应接入1,268处）: what was due is no part."""
_OF_WHICH = Pattern("其中")


@rule(
    "part.rate",
    group=Group.RATES,
    title="满意率等于满意数除以总数",
    good=("收回问卷200份；其中满意180份，不满意20份，满意率90.00%。",),
    bad=("收回问卷200份；其中满意180份，不满意20份，满意率95.00%。",),
)
def part_rates(report: Report) -> Iterator[Result]:
    """A rate named after one of the parts behind 其中 is that part of the number before."""
    for sentence in report.prose_with(_OF_WHICH):
        for match in _OF_WHICH.finditer(sentence.text):
            behind = _members(sentence, match.end())
            before = [fact for fact in sentence.facts if fact.end <= sentence.start + match.start() and fact.exact]
            whole = next((fact for fact in reversed(before) if behind and fact.unit == behind[0].unit), None)
            if whole is not None and whole.base:
                yield from _named_rates(sentence, whole, behind)


def _named_rates(sentence: Sentence, whole: Fact, behind: list[Fact]) -> Iterator[Result]:
    for fact in sentence.facts:
        if fact.kind is FactKind.PERCENT and re.search("满意(?:度|率)[为是]?$", words_before(sentence, fact)):
            sums = [sum((part.base for part in behind[:count]), Decimal(0)) / whole.base for count in (1, 2, 3)]
            if any(fact.meets(due, due) for due in sums):
                yield agrees(fact, whole, *behind)
                continue
        name = re.search(r"(?P<name>满意|合格|完成|通过|达标)率[为是]?$", words_before(sentence, fact))
        part = next(
            (p for p in behind if name and re.search(rf"(?<!不){name['name']}$", words_before(sentence, p))), None
        )
        if fact.kind is not FactKind.PERCENT or part is None:
            continue
        due = part.base / whole.base
        if fact.meets(due, due):
            yield agrees(fact, part, whole)
        else:
            right = f"{plain(round(due * 100, 2))}%"
            message = f"写{fact.text}，{part.text}÷{whole.text}={right}"
            yield differs(sentence.place, fact.text, right, message, facts=(fact,))


@rule(
    "part.whole",
    group=Group.SUMS,
    title="其中不大于总数，各部分之和等于总数",
    good=(
        "收回问卷100份；其中满意90份，不满意10份。合同金额合计300元，其中甲平台100元，其余项目200元。",
        "接入1,246处，其中危化品218处、地质灾害1,028处，接入率98.27%（应接入1,268处）。",
        "发现缺陷25个，其中严重缺陷2个，已修复21个，其余4个下月修复。",
        "收到补助资金346万元（其中：中央242万元、省级104万元），加上年结转28万元，可用374万元。",
        "新增铁路639公里、其中高铁370公里，新增公路2,600公里。产量增长1.7倍，其中新型产品增长17.2倍。",
    ),
    bad=(
        "合同金额合计300元，其中甲平台400元，其余项目200元。",
        "收回问卷100份；其中满意90份，不满意20份。",
        "合同金额合计300元，其中甲平台100元，其余项目250元。",
        "批准立项18个，其中12个项目签订了合同，纳入评价；其余7个项目暂缓实施。",
    ),
)
def parts(report: Report) -> Iterator[Result]:
    """The number before 其中 against those behind it; their sum where they are called all of it."""
    for sentence in report.prose_with(_OF_WHICH):
        for match in _OF_WHICH.finditer(sentence.text):
            at = sentence.start + match.start()
            before = [fact for fact in sentence.facts if fact.end <= at and fact.exact]
            if before and _NO_WHOLE.search(words_before(sentence, before[-1])):
                continue
            behind = _members(sentence, match.end())
            if not before or not behind:
                continue
            words = {fact: words_before(sentence, fact) for fact in before}
            before = [fact for fact in before if not re.search("平均|每|均", words[fact][-8:])]
            before = [fact for fact in before if not _NO_WHOLE.search(words[fact])]
            whole = next((fact for fact in reversed(before) if fact.unit == behind[0].unit), None)
            if whole is not None and whole.kind in (FactKind.MONEY, FactKind.COUNT):
                yield from _within(sentence, whole, behind)


def bracket_end(text: str, start: int) -> int:
    """Where the bracket ends that a place of a text stands in: its parts end there too; else the end of the text."""
    opened = max(text.rfind(mark, 0, start) for mark in "（(")
    closed = max(text.rfind(mark, 0, start) for mark in "）)")
    end = next((at for at in range(start, len(text)) if text[at] in "）)"), len(text))
    return end if opened > closed else len(text)


def parts_end(ends: Pattern, text: str, start: int) -> int:
    """Where the parts behind 其中 end; those behind 、其中 end at the next comma."""
    end = ends.search(text, start)
    comma = text.find("，", start) if text[: start - len("其中")].endswith("、") else -1
    return min(end.start() if end else len(text), comma if comma >= 0 else len(text))


def _members(sentence: Sentence, start: int) -> list[Fact]:
    """The figures behind 其中 up to the end of the clause, of one unit."""
    end = parts_end(_PART_ENDS, sentence.text, start)
    stop = sentence.start + min(end, bracket_end(sentence.text, start))
    found = [fact for fact in sentence.facts if sentence.start + start <= fact.start < stop and fact.exact]
    found = [fact for fact in found if not _NORM.search(sentence.text[: fact.start - sentence.start])] or found
    return [fact for fact in found if fact.unit == found[0].unit and fact.kind is found[0].kind]


def _within(sentence: Sentence, whole: Fact, behind: list[Fact]) -> Iterator[Result]:
    above = next((fact for fact in behind if fact.low > whole.high), None)
    if above is not None:
        message = f"其中的{above.text}大于总数{whole.text}"
        yield differs(sentence.place, above.text, f"不大于{whole.text}", message, facts=(whole, above))
        return
    last = sentence.text[: behind[-1].start - sentence.start]
    if len(behind) < 2 or not re.search(r"(?:其余|其他|不满意|未完成|不合格|剩余)[^，。；0-9]{0,10}$", last):
        return
    total = sum((fact.base for fact in behind), Decimal(0))
    slack = (
        sum((spread(fact) for fact in (*behind, whole)), Decimal(0)) / 2 if whole.kind is FactKind.MONEY else Decimal(0)
    )
    if abs(total - whole.base) <= (slack if any(fact.step < 1 for fact in behind) else 0):
        yield agrees(whole, *behind)
        return
    if any(sum((fact.base for fact in behind[at:]), Decimal(0)) == whole.base for at in range(1, len(behind) - 1)):
        yield agrees(whole, *behind)  # 缺陷25个，其中严重2个，已修复21个，其余4个: the last ones are all of it
        return
    right = f"{plain(total / whole.scale)}{whole.unit}"
    working = "+".join(fact.text for fact in behind)
    message = f"各部分之和{right}，总数{whole.text}"
    yield differs(sentence.place, whole.text, right, message, facts=(whole, *behind), working=working)
