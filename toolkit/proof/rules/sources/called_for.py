"""Conclusions that amounts and marks call for: all money came, so its rate lost nothing; a score has a grade."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.facts import FactKind, said
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_EQUAL = Pattern(r"应(?:拨付|到位|下达)$")
_REAL = Pattern(r"实际(?:拨付|到位|下达)$")
_LOSS = Pattern(r"资金到位率[：:。（(][^。]*(?:。[^。]*){0,3}?扣(?:除|减)?(?P<lost>[0-9.]+)分")


_OWED = Pattern(r"(?:费用|款项|资金)(?:仍|均)?(?:尚未|未)(?:全部)?(?:支付|拨付)(?!到位)")


@rule(
    "logic.full_rate",
    group=Group.LOGIC,
    title="资金全额拨付，就没有扣分和没有支付的费用",
    good=("应拨付100万元，实际拨付100万元。\n1.资金到位率：资金及时到位，该指标得3分，满分。",),
    bad=(
        "应拨付100万元，实际拨付100万元。\n1.资金到位率：首付款未支付到位，该指标扣1分，得2分。",
        "应拨付100万元，实际拨付100万元。\n项目已完成相关服务，但费用尚未支付。",
    ),
)
def full_rate(report: Report) -> Iterator[Result]:
    """应拨付 and 实际拨付 are one amount, and 资金到位率 lost marks."""
    pairs = [
        (left, right)
        for sentence in report.prose
        for left, right in zip(sentence.facts, sentence.facts[1:], strict=False)
        if left.kind is right.kind is FactKind.MONEY and _EQUAL.search(left.subject) and _REAL.search(right.subject)
    ]
    if len(pairs) != 1:
        return
    left, right = pairs[0]
    yield agrees(left, right)
    for place, text in report.document.texts() if left.base == right.base else ():
        match = _LOSS.search(text)
        if match is not None and not place.table:
            message = f"应拨付与实际拨付同为{said(left)}，“资金到位率”却扣{match['lost']}分"
            yield doubtful(place, f"扣{match['lost']}分", "", message, related=(left.place,))
        owed = _OWED.search(text) if place != left.place and not place.table else None
        if owed is not None:
            message = f"应拨付与实际拨付同为{said(left)}，而这里写“{owed[0]}”"
            yield doubtful(place, owed[0], "", message, related=(left.place,))


_SCORED = Pattern(r"(?:综评得分|综合得分|评价得分|最终得分|综合评分)(?:为|是|：)?[0-9]{2,3}(?:\.[0-9]+)?(?:分|[，。])")
_GRADED = Pattern(
    r"[“\"](?:优|良|中|差|优秀|良好)[”\"]|等级|等次|评级|级别|评为|分[，,（(](?:优秀?|良好?|中等?|差|合格)[（(）)，,。]"
)


@rule(
    "quality.grade",
    group=Group.QUALITY,
    title="评价报告写明等级",
    good=(
        "某市项目绩效评价报告\n综合得分为94分，等级为“优”。",
        "某市项目绩效评价报告\n综合得分86.7分，良好（80分至90分）。",
    ),
    bad=("某市项目绩效评价报告\n综合得分为94分。",),
)
def graded(report: Report) -> Iterator[Result]:
    """A score of the whole and no grade anywhere (财预〔2020〕10号: 评分与评级相结合)."""
    texts = report.document.texts()
    scored = [(place, match) for place, text in report.document.texts_with(_SCORED) if (match := _SCORED.search(text))]
    is_report = any("绩效评价" in text for _, text in texts) and not any("自评" in text for _, text in texts[:6])
    if scored and is_report and not any(_GRADED.search(text) for _, text in texts):
        place, match = scored[0]
        yield doubtful(place, match[0].rstrip("，。"), "", "写了得分，全文没有写评价等级（评分与评级相结合）")
