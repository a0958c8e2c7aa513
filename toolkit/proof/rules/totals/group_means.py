"""新建的22个项目平均86.11分，升级改造的8个项目平均94.12分…: the means of groups, weighed, are the mean of all."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_GROUP = Pattern(r"(?P<count>[0-9]{1,4})个项目平均(?:得分)?(?:为|是)?(?P<mean>[0-9]+(?:\.[0-9]+)?)分")
_ALL = Pattern(r"(?P<count>[0-9]{1,4})个项目(?:的)?平均(?:得分|分)(?:为|是)?(?P<mean>[0-9]+(?:\.[0-9]+)?)分")
_GOOD = (
    "已评分的38个项目平均得分88.58分。\n按项目类型看，新建的22个项目平均86.11分，升级改造的8个项目平均94.12分，基础设施的8个项目平均89.83分；"
    "按合同规模看，400万元以上的8个项目平均90.03分，100万元以上、400万元以下的17个项目平均89.70分，100万元以下的13个项目平均86.23分。"
)
_FEWEST = 2
_HALF = Decimal("0.005")


@rule(
    "mean.groups",
    group=Group.SUMS,
    title="各组平均分按个数加权等于总平均分",
    good=(_GOOD,),
    bad=(
        _GOOD.replace("86.11", "81.66"),
        _GOOD.replace("的13个项目", "的31个项目"),
        _GOOD.replace("90.03", "93.00"),
    ),
)
def groups(report: Report) -> Iterator[Result]:
    """Every list of groups whose sentence has others like it, or that adds up to the number of all."""
    whole = _whole(report)
    if whole is None:
        return
    for sentence in report.prose_with(_GROUP):
        start = sentence.start
        for clause in re.finditer("[^；。]+", sentence.text):
            found = list(_GROUP.finditer(clause[0]))
            if len(found) < _FEWEST:
                continue
            at = start + clause.start()
            counts = [fact for match in found for fact in _facts(report, sentence.place, match, "count", at)]
            means = [fact for match in found for fact in _facts(report, sentence.place, match, "mean", at)]
            if len(counts) == len(means) == len(found):
                yield from _judged(counts, means, *whole)


def _judged(counts: Sequence[Fact], means: Sequence[Fact], count: Fact, mean: Fact) -> Iterator[Result]:
    total = sum((fact.value or Decimal(0) for fact in counts), Decimal(0))
    due = sum(
        ((n.value or Decimal(0)) * (m.value or Decimal(0)) for n, m in zip(counts, means, strict=True)), Decimal(0)
    )
    fits = total > 0 and abs(due / total - (mean.value or Decimal(0))) <= 2 * _HALF
    if total == count.value and fits:
        yield agrees(*counts, *means, count, mean)
    elif total != count.value and (fits or len(counts) > _FEWEST):
        working = f"{'+'.join(str(fact.value) for fact in counts)}={total}"
        message = f"各组合起来是{total}个项目，共{count.text}"
        yield doubtful(counts[0].place, str(total), count.text, message, facts=tuple(counts), working=working)
    elif total == count.value:
        message = f"各组平均分按个数加权是{round(due / total, 2)}分，总平均是{mean.text}"
        yield doubtful(means[0].place, f"{round(due / total, 2)}分", mean.text, message, facts=tuple(means))


def _whole(report: Report) -> tuple[Fact, Fact] | None:
    """How many projects have a score, and their mean."""
    for place, text in report.document.texts_with(_ALL, least=9):
        for match in _ALL.finditer(text):
            if len(_GROUP.findall(text)) < _FEWEST:
                facts = (*_facts(report, place, match, "count", 0), *_facts(report, place, match, "mean", 0))
                if len(facts) == _FEWEST:
                    return facts[0], facts[1]
    return None


def _facts(report: Report, place: Place, match: re.Match[str], group: str, start: int) -> tuple[Fact, ...]:
    return report.facts_within(place, start + match.start(group), start + match.end(group))[:1]
