"""What is said of a row of numbers in prose: their whole, that they rise each year, which is most, how much each grew."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from toolkit.proof.called import named
from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact, said
from toolkit.proof.report import Report
from toolkit.proof.series import Series, series_of
from toolkit.proof.shapes import Shape, shapes_with
from toolkit.proof.trials import Trial, apart, judged, slack, summed
from toolkit.proof.units import QUANTITIES, same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_TREND = Pattern(
    r"逐(?P<by>年|季|月|级|步)?(?:度)?(?P<way>递增|增长|上升|提高|增加|扩大|递减|下降|减少|降低|缩短|收窄|回落)"
)
_RISING = Pattern("递增|增长|上升|提高|增加|扩大")
_OF = Pattern(r"(?P<whole>[^,。;:\ue000-\uf7ff]{2,12}?)中,?$")
_INCLUDING = Pattern(
    r"(?P<whole>[\ue000-\uebff])[^,。;:\ue000-\uf7ff]{0,8},(?:其中)?(?:包括|含|分为|涵盖)[^,。;:、\ue000-\uf7ff]{0,4}$"
)
_LOST = Pattern(
    r"(?:扣|失)分?(?P<whole>[\ue800-\uebff])[^,。;:]{0,4},(?:其中|包括|主要是|主要为)[,:]?[^,。;\ue000-\uf7ff]{0,12}$"
)
_SUM_OF = 3
_EVERY = Pattern(r"均(?:比|较)上?(?:一?年度?|季度?|月)?(?:增加|增长|减少|提高|下降|降低)了?(?P<g>[\ue000-\uebff])")
_GROWN = Pattern(
    r"(?:增幅|增长率?|增速|降幅|同比增长)(?:分别|依次)(?:为|是|达)?(?P<rates>[\uec00-\uefff](?:[、和及][\uec00-\uefff])+)"
)
_MOST = Pattern(
    r"(?:最(?P<high>高|多|大|长)|最(?P<low>低|少|小|短))的(?:依次)?(?:为|是)(?P<name>[^,。;:、\ue000-\uf7ff]{1,12})"
)


@rule(
    "row.whole",
    group=Group.SUMS,
    title="一串分项之和等于所说的总数",
    good=(
        "用于购房补贴4,646.40万元。购房补贴中，A类6人600万元、B类51人1,530万元、C类233人2,516.40万元。",
        "抽查档案400份，包括购房档案100份、租房档案300份。",
        "决策类扣2.40分，其中目标不明确扣1.00分，编制不细化扣0.80分，机制缺失扣0.60分。",
    ),
    bad=(
        "用于购房补贴4,646.40万元。购房补贴中，A类6人600万元、B类51人1,530万元、C类233人2,561.40万元。",
        "抽查档案400份，包括购房档案100份、租房档案200份。",
        "决策类扣2.40分，其中目标不明确扣1.00分，编制不细化扣0.80分，机制缺失扣0.80分。",
    ),
)
def wholes(report: Report) -> Iterator[Result]:
    """Parts behind 包括, behind a mark that is lost, or behind 某项中 where the report gives the number of 某项."""
    for row in series_of(report):
        trial = summed(row.facts, sure=True)
        told = _told_before(row)
        if told is not None and same_unit(told, row.facts[0]):
            yield from judged(report, told, [trial], "合计写")
            continue
        of = _OF.search(row.head) if len(row.facts) >= _SUM_OF else None
        if of and row.facts[0].kind in QUANTITIES:
            yield from _of_named(report, row, of["whole"], trial)


def _told_before(row: Series) -> Fact | None:
    match = _INCLUDING.search(row.head) or _LOST.search(row.head)
    more = re.match("[、,和及].{0,10}[\ue000-\uebff]", row.tail)
    return row.shape.fact(match["whole"]) if match and not more else None


def _of_named(report: Report, row: Series, words: str, trial: Trial) -> Iterator[Result]:
    own = {id(fact) for fact in row.shape.facts_in(row.shape.text)}
    called = [fact for fact in named(report, row.shape.words(words), row.facts[0]) if id(fact) not in own]
    fitting = next((fact for fact in called if fact.meets(trial.low, trial.high)), None)
    if fitting is not None:
        yield agrees(fitting, *row.facts)
        return
    near = next((fact for fact in called if _is_near(fact, trial.due)), None)
    if near is not None:
        right = f"{plain(trial.due / near.scale)}{near.unit}"
        message = f"各项之和{right}，与{said(near)}相近而不等"
        yield doubtful(
            row.facts[0].place, right, said(near), message, facts=row.facts, working=f"{trial.working}={right}",
            related=(near.place,),
        )  # fmt: skip


def _is_near(fact: Fact, due: Decimal) -> bool:
    return abs(fact.base - due) * _TWENTY < fact.base


_TWENTY = 20


@rule(
    "row.trend",
    group=Group.RANKINGS,
    title="逐年递增、逐季缩短与各数相符",
    good=(
        "2021年820人次、2022年1,040人次、2023年1,220人次，逐年递增。四个季度分别为26个、23个、21个、18个工作日，逐季缩短。",
    ),
    bad=("2021年820人次、2022年1,040人次、2023年1,220人次，逐年递减。",),
)
def trends(report: Report) -> Iterator[Result]:
    """The row right before the words."""
    for row in series_of(report):
        match = _TREND.search(row.tail) if len(row.facts) >= _SUM_OF else None
        if match is None or re.search("[\ue000-\uf7ff]|率", row.tail[: match.start()]):
            continue
        values = [fact.base for fact in row.facts]
        rises = _RISING.search(match["way"]) is not None
        good = all((right > left) == rises and left != right for left, right in pairwise(values))
        if good:
            yield agrees(*row.facts)
        else:
            numbers = "、".join(map(said, row.facts))
            message = f"写“{match[0]}”，而各数依次是{numbers}"
            yield differs(row.facts[0].place, match[0], numbers, message, facts=row.facts, confidence=85)


@rule(
    "row.growth",
    group=Group.RATES,
    title="“均比上年增加”“增幅依次为”与一串数相符",
    good=("三年预算分别为2,400万元、3,000万元和3,600万元，后两年均比上年增加600万元，增幅依次为25.00%和20.00%。",),
    bad=(
        "三年预算分别为2,400万元、3,000万元和3,600万元，后两年均比上年增加800万元，增幅依次为25.00%和20.00%。",
        "三年预算分别为2,400万元、3,000万元和3,600万元，后两年均比上年增加600万元，增幅依次为25.00%和22.00%。",
    ),
)
def growths(report: Report) -> Iterator[Result]:
    """Each number of a row against the one before."""
    for shape, facts, tail in _rows(report):
        if match := _EVERY.search(tail):
            every = [apart(left, right, sure=True) for left, right in pairwise(facts)]
            told = shape.fact(match["g"])
            wrong = next((trial for trial in every if not told.meets(trial.low, trial.high)), every[0])
            if same_unit(told, facts[0]):
                yield from judged(report, told, [wrong], "增减写")
        if match := _GROWN.search(tail):
            rates = shape.facts_in(match["rates"])
            for rate, (left, right) in (
                zip(rates, pairwise(facts), strict=False) if len(rates) + 1 == len(facts) else ()
            ):
                if left.base > 0:
                    due, off = abs(right.base / left.base - 1), slack((left, right)) / left.base
                    working = f"{said(right)}÷{said(left)}-1"
                    yield from judged(
                        report, rate, [Trial(due - off, due + off, due, (left, right), working, sure=True)], "增幅写"
                    )


def _rows(report: Report) -> Iterator[tuple[Shape, Sequence[Fact], str]]:
    """Rows of three and more behind 分别 or 依次, with the words behind them."""
    seen: set[int] = set()
    for shape in shapes_with(report, _RUN):
        for match in _RUN.finditer(shape.text):
            facts = shape.facts_in(match["numbers"])
            if len(facts) >= _SUM_OF and id(facts[0]) not in seen and all(same_unit(*pair) for pair in pairwise(facts)):
                seen.add(id(facts[0]))
                yield shape, facts, shape.text[match.end() :]


_RUN = Pattern(r"(?:分别|依次)[^,。;:、\ue000-\uf7ff]{0,8}(?P<numbers>[\ue000-\uebff](?:[、,和及][\ue000-\uebff])+)")


@rule(
    "row.most",
    group=Group.RANKINGS,
    title="一串数中说的最多、最少的名称相符",
    good=("城东厂超标9次、城西厂8次、高新厂6次、临江厂14次，最多的是临江厂。",),
    bad=("城东厂超标9次、城西厂8次、高新厂6次、临江厂14次，最多的是城东厂。",),
)
def mosts(report: Report) -> Iterator[Result]:
    """The name that stands behind 最多的是 against the row before it in the sentence."""
    for row in series_of(report):
        for match in _MOST.finditer(row.tail) if len(row.facts) >= _SUM_OF else ():
            if re.search("[\ue000-\uf7ff]|率", row.tail[: match.start()]):
                continue
            at = next(
                (at for at, name in enumerate(row.names) if name[:4] in match["name"] or match["name"] in name), None
            )
            if at is None:
                continue
            best = (max if match["high"] else min)(fact.base for fact in row.facts)
            if row.facts[at].base == best:
                yield agrees(*row.facts)
            else:
                right = next(name for name, fact in zip(row.names, row.facts, strict=True) if fact.base == best)
                message = f"写“{match[0]}”，而{right}是{'最大' if match['high'] else '最小'}的"
                yield differs(row.facts[at].place, match["name"], right, message, facts=row.facts, confidence=80)
