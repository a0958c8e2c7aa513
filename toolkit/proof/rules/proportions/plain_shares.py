"""Shares whose part and whole both stand beside them, and shares of one whole that are told one behind the other."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.facts import Fact
from toolkit.proof.report import Report
from toolkit.proof.shapes import Shape, frame, shapes
from toolkit.proof.trials import Trial, judged, quotient, told
from toolkit.proof.units import same_unit
from toolkit.text.patterns import Pattern

_BESIDE = (
    # 核减640万元，占申报总额5,760万元的11.11%
    frame("<b:N>~4,(?:共|仅)?占~14<a:N>~6的<g:P>"),
    # 节约280万元，完成目标350万元的80%
    frame("<b:N>~4,(?:仅)?(?:完成|达到)~10<a:N>~4的<g:P>"),
)
_SISTER = Pattern(
    "(?P<part>[\ue000-\uebff])[^,。;:!?\ue000-\uf7ff]{0,3}[,(](?:仅)?占(?P<words>[^,。;:!?\ue000-\uf7ff]{0,12}?)(?P<share>[\uec00-\uefff])"
)
_FEWEST = 3


@rule(
    "share.beside",
    group=Group.RATES,
    title="占某数的百分之几，部分与总数都写在旁边时相符",
    good=(
        "核减640.00万元，占申报总额5,760.00万元的11.11%，核减后批复5,120.00万元。",
        "产出扣4.34分，占总扣分的31.07%；效益扣4.06分，占29.06%；过程扣3.90分，占27.92%；决策扣1.67分，占11.95%。",
    ),
    bad=(
        "核减640.00万元，占申报总额5,760.00万元的12.50%，核减后批复5,120.00万元。",
        "产出扣4.34分，占总扣分的31.07%；效益扣4.06分，占26.09%；过程扣3.90分，占27.92%；决策扣1.67分，占11.95%。",
    ),
)
def shares(report: Report) -> Iterator[Result]:
    """A share by what stands right before and within its clause; of three and more, the one that is not of their whole."""
    for shape in shapes(report):
        for pattern in _BESIDE:
            for match in pattern.finditer(shape.text):
                part, whole, share = (shape.fact(match[name]) for name in "bag")
                if same_unit(part, whole):
                    yield from judged(report, share, [quotient(part, whole, sure=True)], "占比写")
    for shape in _paragraphs(report):
        for sentence in shape.text.split("。"):
            yield from _sisters(report, replace(shape, text=sentence))


def _paragraphs(report: Report) -> Iterator[Shape]:
    """Each paragraph as one shape: shares of one whole stand behind semicolons, too."""
    last = {shape.place: shape for shape in shapes(report)}
    yield from (replace(shape, text=shape.earlier + shape.text) for shape in last.values())


def _sisters(report: Report, shape: Shape) -> Iterator[Result]:
    """The first may name the whole; the others tell no other."""
    told_in_row = list(_SISTER.finditer(shape.text))
    if len(told_in_row) < _FEWEST or any(match["words"].strip("的") for match in told_in_row[1:]):
        return
    pairs = [(shape.fact(match["part"]), shape.fact(match["share"])) for match in told_in_row]
    if not all(same_unit(part, pairs[0][0]) for part, _ in pairs):
        return
    parts = [part for part, _ in pairs]
    for whole in (
        *_wholes(report, parts),
        replace(parts[0], value=sum((p.value or Decimal(0) for p in parts), Decimal(0))),
    ):
        trials = [(share, quotient(part, whole)) for part, share in pairs]
        odd = [(share, trial) for share, trial in trials if trial is None or not share.meets(trial.low, trial.high)]
        if len(odd) <= 1:
            yield from _judged(trials, [share for share, _ in odd])
            return


def _judged(trials: Sequence[tuple[Fact, Trial | None]], odd: Sequence[Fact]) -> Iterator[Result]:
    for share, trial in trials:
        if trial is not None:
            yield told(share, trial, "占比写", doubtful) if share in odd else agrees(share, *trial.facts)


def _wholes(report: Report, parts: Sequence[Fact]) -> list[Fact]:
    """The numbers of the unit that are no less than all parts together."""
    least = sum(part.base for part in parts)
    found = {
        fact.base: fact
        for fact in report.facts
        if fact.value and fact.exact and fact.base >= max(p.base for p in parts)
    }
    return [fact for base, fact in sorted(found.items()) if base >= least and same_unit(fact, parts[0])]
