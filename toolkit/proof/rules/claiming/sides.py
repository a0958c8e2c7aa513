"""Which side of a bound a number lies on, and what lies between: 高于, 低于 before the bound, a total rate of several."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.report import Report, Sentence
from toolkit.proof.units import same_unit
from toolkit.text.patterns import Pattern

_SIDE = Pattern(
    r"^[，,]?(?:均|仍|已|略|明显|远|大幅)?(?P<side>低于|高于|超过|不低于|不高于|未超过|未达到|达不到)(?:了)?(?:合同|规定|目标|计划|绩效|年度|考核|约定|要求|指标|值|的|中)*[0-9]"
)
_BOUND = Pattern(r"^\s*的?(?:年度|绩效|合同|考核)?(?:目标值?|要求|标准|计划数?|指标值|约定|规定|上限|下限|红线)")
_STOP = Pattern(r"[，。；：、（(]|$")
_ABOVE = frozenset({"高于", "超过", "不低于"})
_OVERALL = Pattern(r"(?P<what>满意度|满意率|合格率|达标率|完成率|覆盖率)(?:为|达到?|是)?$")
_WHOLE = Pattern(r"(?:综合|总体|平均|整体|总)(?:满意度|满意率|合格率|达标率|完成率|覆盖率)(?:为|达到?|是)?$")
_FEWEST = 2


@rule(
    "claim.side",
    group=Group.LOGIC,
    title="高于、低于目标的说法与两个数相符",
    good=(
        "可用率99.80%，低于99.90%的目标值；合格率96.40%，高于95%的目标值。",
        "完成率90%，未达到95%的目标。",
        "7项目标达到5项，未达到2项。",
    ),
    bad=(
        "可用率99.80%，高于99.90%的目标值。",
        "指标\t得分\t说明\n甲甲率\t2\t执行率93.50%，高于95%（佐证E06）",
        "合格率96.40%，低于95%的目标值。",
    ),
)
def sides(report: Report) -> Iterator[Result]:
    """A number, a word for the side, and right behind it the bound that it is held against."""
    for sentence in report.with_several_numbers:
        for value, bound in zip(sentence.facts, sentence.facts[1:], strict=False):
            match = _SIDE.match(sentence.text[value.end - sentence.start : bound.end - sentence.start])
            behind = sentence.text[bound.end - sentence.start :]
            shaped = match is not None and value.exact and bound.upper is None and same_unit(value, bound)
            if (
                match is None
                or not shaped
                or _is_other_side(sentence, value)
                or not (_BOUND.match(behind) or _STOP.match(behind))
            ):
                continue
            above = match["side"] in _ABOVE
            equal = match["side"] in ("不低于", "不高于", "未超过")
            if (value.base == bound.base and equal) or (
                (value.base > bound.base) == above and value.base != bound.base
            ):
                yield agrees(value, bound)
            else:
                message = f"写“{said(value)}，{said(bound)}”，两个数的大小不是这样"
                yield differs(value.place, said(value), "", message, facts=(value, bound))


def _is_other_side(sentence: Sentence, value: Fact) -> bool:
    """达到5项，未达到2项: how many lie on the one side and on the other, and no bound."""
    return value.kind is FactKind.COUNT and _REACHED.search(sentence.text[: value.start - sentence.start]) is not None


_REACHED = Pattern("(?:达到|达标|完成|实现|高于|超过|低于)(?:的?(?:有|为)?)$")


@rule(
    "rate.overall",
    group=Group.RATES,
    title="综合满意度在各项满意度之间",
    good=("医务人员满意度88.33%，患者满意度91.67%，综合满意度90.42%。",),
    bad=("医务人员满意度88.33%，患者满意度91.67%，综合满意度94.20%。",),
)
def overall(report: Report) -> Iterator[Result]:
    """An overall rate behind two and more rates of the same kind in its sentence is between the least and the most."""
    for sentence in report.prose_with(_WHOLE):
        rates = [fact for fact in sentence.facts if fact.kind is FactKind.PERCENT and fact.exact]
        for at, fact in enumerate(rates):
            words = sentence.text[: fact.start - sentence.start]
            whole = _WHOLE.search(words)
            if whole is None:
                continue
            what = whole[0][2:].rstrip("为达到是")
            parts = [
                other
                for other in rates[:at]
                if (match := _OVERALL.search(sentence.text[: other.start - sentence.start])) and match["what"] == what
                and not _WHOLE.search(sentence.text[: other.start - sentence.start])
            ]  # fmt: skip
            if len(parts) < _FEWEST:
                continue
            least, most = min(part.low for part in parts), max(part.high for part in parts)
            if fact.meets(least, most):
                continue  # how much each counts is not known here
            message = f"综合的比率{said(fact)}不在各项{'、'.join(map(said, parts))}之间"
            yield doubtful(fact.place, said(fact), "", message, facts=(fact,), related=(parts[0].place,))
