"""Numbers that claim nothing of the report's matter: those of scoring rules, of formulas, of lists within a line."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report, Sentence
from toolkit.text.patterns import Pattern

_RULE = Pattern(
    r"每(?:低|高|少|多|超|缺|延|逾|减|增|下降|出现|有|发现)[^，。；]{0,16}(?:扣|减)|扣完为止|得(?:权重值?|分值)?的?满分|(?:对应|相应)[^，。；]{0,8}(?:权重|分值)|不得分|得0分"
    r"|扣(?:减|除)?(?:权重|分值)|按[^，。；]{2,14}[*×][0-9.]+分|(?:小于|少于|低于|不足)[^，。；]{0,12}扣[0-9.]+分"
)
_RATED = (FactKind.PERCENT, FactKind.POINTS, FactKind.SCORE)
_SPANS = ("天", "日", "个工作日", "工作日", "个月", "月", "年", "小时")
"""How late or long a scoring rule allows."""
_TIMES = Pattern(r"[×xX*]\s*$")
_MARK = Pattern(r"(?:^|(?<=[\s。；：:]))(?P<number>[0-9]{1,2})\s*[.．、](?![0-9])")
_FEWEST = 3


@rule(
    "norm.rule",
    group=Group.LOGIC,
    title="评分规则、计算公式里的数和行内编号不是待核的事实",
    good=(
        "完成100%~130%得权重值满分，每低于目标值1个百分点扣权重值的5%。执行率=支出/到位×100%。",
        "延迟一个月扣0.5分，延迟超过一个月不得分。使用年限小于指标数1年扣2分，扣完为止。",
        "印发《应用清单（第二版）》。",
        "填表说明：1.各栏按实填写。2.单位为万元。3.由单位盖章。",
    ),
)
def norms(report: Report) -> Iterator[Result]:
    """Rates and marks of sentences that say how is scored, 100% behind a multiplication sign, 1. 2. 3. in a line."""
    for sentence in report.sentences:
        if not sentence.facts:
            continue
        in_rule = _RULE.search(sentence.text) is not None
        for fact in sentence.facts:
            words = sentence.text[: fact.start - sentence.start]
            rated = fact.kind in _RATED and (in_rule or (fact.value == 100 and _TIMES.search(words)))
            if rated or (in_rule and fact.unit in _SPANS) or _is_edition(fact, sentence):
                yield agrees(fact)
    for place, text in report.document.texts_with(_MARK, least=6):
        marks = list(_MARK.finditer(text))
        if len(marks) >= _FEWEST and [int(mark["number"]) for mark in marks] == list(range(1, len(marks) + 1)):
            yield from (agrees(fact) for mark in marks for fact in _numbers(report, place, mark))


def _is_edition(fact: Fact, sentence: Sentence) -> bool:
    """第二版, 第三批: the name of a thing, not how many there are."""
    behind = sentence.text[fact.end - sentence.start :]
    return fact.kind is FactKind.ORDINAL and fact.text.startswith("第") and behind.startswith(_EDITIONS)


_EDITIONS = ("版", "期", "届", "批", "卷", "轮")


def _numbers(report: Report, place: Place, mark: re.Match[str]) -> Iterator[Fact]:
    return iter(report.facts_within(place, mark.start("number"), mark.end("number")))
