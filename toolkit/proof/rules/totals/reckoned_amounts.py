"""Sums and differences in prose: a number that those behind or before it make, some added and some taken away."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, Yields, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.report import Report
from toolkit.proof.trials import (
    Spot,
    Trial,
    is_repeated,
    judged,
    slack,
    slipped,
    spots,
    summed,
    told,
)
from toolkit.proof.units import QUANTITIES
from toolkit.text.patterns import Pattern

_ADDED = Pattern(
    r"(?:^累计|总?共计?|合计|总计|总和|小计|合共|总人数|总数|(?<!零售)(?<!出口)(?<!资产)(?<!负债)总额|调整后[^，。；0-9]{0,6}|可用资金)(?!同|享|用|性|识)[扣失得分为是有达到位需约收支发放付回访谈培训少人有效问卷资金]{0,4}$"
)
_LIST = Pattern(r"其中|中[，,]|由|包括|分别|分为|：|:|^[（(]|即")


@rule(
    "reckon.sum",
    group=Group.SUMS,
    yields=Yields.HERE,
    title="合计等于列出的各数之和",
    good=(
        "评价组由组长1名、副组长1名、成员6名组成，共8人。",
        "三所学校分别少到位10,875元、14,200元、47,900元，共计72,975元。",
        "资金安排到5个乡镇44个村，共65个项目。",
        "资金管理扣1.66分，组织实施扣1.20分，共扣2.86分。",
        "年初预算4,236.50万元，追加518.30万元，调减54.80万元，调整后预算4,700.00万元。",
    ),
    bad=(
        "评价组由组长1名、副组长1名、成员6名组成，共9人。",
        "三所学校分别少到位10,875元、14,200元、47,900元，共计79,275元。",
        "资金管理扣1.66分，组织实施扣1.20分，共扣2.68分。",
        "项目预算960万元。截至年底，市级资金到位669.00万元，省级资金到位240.00万元，合计到位936.00万元。",
    ),
)
def sums(report: Report) -> Iterator[Result]:
    """共, 合计 behind the parts; or a number before its parts."""
    for spot in spots(report):
        if spot.fact.kind not in QUANTITIES or not spot.fact.value:
            continue
        ahead = list(_ahead(spot))
        results = list(judged(report, spot.fact, [*_behind(spot), *ahead], "合计写"))
        yield from results or _slipped_part(report, spot, ahead)


def _slipped_part(report: Report, spot: Spot, ahead: Sequence[Trial]) -> Iterator[Result]:
    """One of the parts that follow is a digit off what the others leave of the whole."""
    for trial in ahead:
        for part in trial.facts:
            due = spot.fact.base - (trial.due - part.base)
            if slipped(part, due) and not is_repeated(report, part):
                working = "-".join(map(said, (spot.fact, *(fact for fact in trial.facts if fact is not part))))
                left = Trial(due, due, due, (spot.fact, *trial.facts), working)
                yield told(part, left, "分项写", doubtful)
                return


def _is_parallel(spot: Spot, run: Sequence[Fact]) -> bool:
    """市级资金到位696万元，省级资金到位240万元，合计到位936万元: the parts and the whole end in one word."""
    word = re.split("合计|共计|总计|共", spot.clause)[-1]
    return (
        len(word) > 1 and not re.search("[为达至于年月日]$", word) and all(fact.subject.endswith(word) for fact in run)
    )


def _behind(spot: Spot) -> Iterator[Trial]:
    """Parts before 共 or 合计: the nearest two, three and more."""
    if not _ADDED.search(spot.clause):
        return
    parts = spot.alike(spot.before)
    totals = [at for at, fact in enumerate(parts) if _ADDED.search(fact.subject)]
    parts = parts[totals[-1] + 1 :] if totals and len(parts) - totals[-1] > _FEW else parts
    if spot.clause.startswith("累计") and not (parts and re.search("分别|依次", parts[0].subject)):
        return  # 本年支付90万元，累计95万元
    if len(parts) > _MANY or any(_ADDED.search(fact.subject) for fact in parts):
        return  # 预算合计、到位合计、支出合计 are totals of three things
    for count in range(2, len(parts) + 1):
        run = parts[-count:]
        alone = not spot.earlier or (len(parts) == len(spot.before) and _PLAINLY.match(spot.lead) is not None)
        sure = count == len(parts) and ((alone and _is_row(spot, run)) or _is_parallel(spot, run))
        taken = spot.fact.kind is FactKind.MONEY and any(_TAKEN.search(fact.subject) for fact in run)
        adjusted = count == len(parts) and _ADJUSTED.search(spot.clause) is not None and "初" in run[0].subject
        yield _signed(run, sure=adjusted) if taken else summed(run, sure=sure)
    apart = (
        not parts and len(spot.clause) < _FEW + _FEW and len(spot.sentence) > _SHORT
    )  # adds what the sentence tells without numbers
    earlier = spot.alike(spot.earlier)[-4:] if not apart else []
    yield from (summed([*earlier[-count:], *parts]) for count in range(1, len(earlier) + 1) if count + len(parts) > 1)


_TAKEN = Pattern("(?:调减|核减|压减|减少|扣减|扣除|收回|退回|缴回|减)(?:了|资金|预算)?$")


_ADJUSTED = Pattern("调整后|调整为")


def _signed(run: Sequence[Fact], *, sure: bool = False) -> Trial:
    """年初预算4,236.50万元，追加518.30万元，调减54.80万元: what is taken away counts against the rest."""
    signs = [-1 if _TAKEN.search(fact.subject) else 1 for fact in run]
    due = sum((sign * fact.base for sign, fact in zip(signs, run, strict=True)), Decimal(0))
    words = "".join(f"{'-' if sign < 0 else '+'}{said(fact)}" for sign, fact in zip(signs, run, strict=True))
    return Trial(due - slack(run), due + slack(run), due, tuple(run), words.lstrip("+"), sure)


def _is_row(spot: Spot, run: Sequence[Fact]) -> bool:
    """Whether parts follow one another with short names, nothing else standing between."""
    between = [fact for fact in spot.before if fact.start >= run[0].start]
    start = spot.fact.start - len(spot.sentence)
    gaps = (spot.sentence[one.end - start : other.start - start] for one, other in pairwise(run))
    if not all(map(_PARTED.search, gaps)):
        return False  # 5个乡镇44个村，共65个项目: one within the other
    return len(between) == len(run) and len(spot.lead) <= _SHORT


_PARTED = Pattern("[、，,；;。和及与]")
_PLAINLY = Pattern(
    r"^[^，。；]{0,3}[，,](?:[两三四五六七八九十]{1,2}[项类者个年]?(?:部分)?|上述)?(?:共|共计|合计|总计|总共|共有|共到位|共扣|合计为)$"
)
"""Nothing but 共 between the last part and the total: no word says that the total holds more."""
_SHORT = 12
_FEW = 2
_MANY = 8
"""Longer lists are not reckoned: parts of parts stand among them."""


def _ahead(spot: Spot) -> Iterator[Trial]:
    """Parts behind a number and 其中, 分别, a colon."""
    if not _LIST.search(spot.tail):
        return
    parts = spot.alike(spot.after)
    if len(parts) > _MANY:
        return
    tail = spot.tail if len(parts) == len(spot.after) else _words_to(spot, parts)
    whole = _COMPOSED.search(tail) is not None and _are_all_named(parts)
    yield from (summed(parts[:count], sure=whole and count == len(parts)) for count in range(2, len(parts) + 1))


def _words_to(spot: Spot, parts: Sequence[Fact]) -> str:
    """13人，包括工程、财务两个专业，人数分别为: the words up to a row of parts, one other number among them."""
    others = [fact for fact in spot.after if fact not in parts]
    return f"{spot.tail}{parts[0].subject}" if len(others) == 1 and parts and others[0].end <= parts[0].start else ""


_COMPOSED = Pattern(
    "^(?:[\u4e00-\u9fff]{0,6}组成|[，,]?包括)[：:，,]|^[^，。；]{0,8}[，,](?:包括|分为)[^。；]{0,40}人数分别为$|^[\u4e00-\u9fff]{0,6}组成[，,][\u4e00-\u9fff]{1,8}$"
)
_NAMED = 12


def _are_all_named(parts: Sequence[Fact]) -> bool:
    """注册会计师3人、造价工程师2人、助理2人: nothing but a short name before each."""
    return all(left.end + 1 < right.start <= left.end + _NAMED for left, right in pairwise(parts))
