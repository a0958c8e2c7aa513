"""What is told of one indicator in several places: its row of the analysis, its row of the annex, its own paragraph."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.indicator_rows import Told, indicators
from toolkit.proof.lines import holds
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_LEAST = 3
_MOST_WRONG = 0.25
"""Where a larger share of what two tables tell differs, they are about different things."""
_HEAD_ROW, _ANNEX = "三级指标\t分值\t得分\t评分说明\n", "\n\n附件 评分表\n\n编号\t三级指标\t分值\t得分\t取值\n"
_GOOD = (
    f"{_HEAD_ROW}系统可用率\t2\t1.27\t实际完成值99.57%，得1.27分。\n培训覆盖率\t2\t2\t实际完成值96.00%，得2分。\n归档率\t3\t2.5\t实际完成值91.20%，得2.5分。\n执行率\t4\t3.1\t实际完成值88.40%，得3.1分。\n"
    f"{_ANNEX}C1\t系统可用率\t2\t1.27\t实际完成值：99.57%\nC2\t培训覆盖率\t2\t2\t实际完成值：96.00%\nC3\t归档率\t3\t2.5\t实际完成值：91.20%\nC4\t执行率\t4\t3.1\t实际完成值：88.40%\n"
)
_OF_ANOTHER = _GOOD.replace("实际完成值：99.57%", "实际完成值：95.97%").replace(
    "2\t1.27\t实际完成值：", "2\t1.95\t实际完成值："
)
"""As a table of another project has it: the score is another one, too."""
_POINTS = (
    f"{_HEAD_ROW}目标合理性\t2\t1.69\t要点1达成（83%）、要点2达成（87%）、要点3达成（84%），扣0.31分，得1.69分。\n归档率\t3\t2.5\t归档较好。\n执行率\t4\t3.1\t执行较慢。\n"
    f"{_ANNEX}A1\t目标合理性\t2\t1.69\t设定了目标：83.00%；与内容对应：87.00%；与投资相称：84.00%\nC3\t归档率\t3\t2.5\t较好\nC4\t执行率\t4\t3.1\t较慢\n"
)
_SURVEY = (
    f"{_HEAD_ROW}服务对象满意度\t4\t3.97\t有效问卷217份，得3.97分。\n归档率\t3\t2.5\t归档较好。\n执行率\t4\t3.1\t执行较慢。\n"
    f"{_ANNEX}D1\t服务对象满意度\t4\t3.97\t问卷“满意”份数：193份；问卷“一般”份数：18份；问卷“不满意”份数：6份\nC3\t归档率\t3\t2.5\t较好\nC4\t执行率\t4\t3.1\t较慢\n"
)


@rule(
    "same.indicator_value",
    group=Group.SAME_FACT,
    title="同一指标的实际值在各处相同",
    good=(_GOOD, _OF_ANOTHER),
    bad=(_GOOD.replace("实际完成值：99.57%", "实际完成值：95.97%"), _GOOD.replace("实际完成值88.40%", "实际完成值84.80%")),
)  # fmt: skip
def values(report: Report) -> Iterator[Result]:
    """Numbers of one indicator that the same words stand before, in two tables or in a table and its own paragraph."""
    known = indicators(report)
    pairs: dict[tuple[int, int], list[tuple[str, Told, Told]]] = defaultdict(list)
    for name, told in known.told.items():
        for one, other in combinations([item for item in told if item.label], 2):
            if one.label == other.label and one.fact.unit == other.fact.unit and known.of_one(one, other):
                pairs[one.source, other.source].append((name, one, other))
    for compared in pairs.values():
        wrong = [item for item in compared if not _same(item[1].fact, item[2].fact)]
        if len(wrong) > _MOST_WRONG * len(compared):
            continue
        for name, one, other in compared:
            if (name, one, other) not in wrong:
                yield agrees(one.fact, other.fact)
            else:
                yield _differing(f"“{name}”的{one.label}", one.fact, other.fact)


def _same(one: Fact, other: Fact) -> bool:
    """Whether two numbers, or two days, are the same; a day and a number are not compared."""
    if FactKind.DATE in (one.kind, other.kind):
        return one.text == other.text or one.kind is not other.kind
    return holds(one, other)


def _differing(what: str, one: Fact, other: Fact) -> Result:
    message = f"{what}在此处为{other.said}，另一处为{one.said}"
    return differs(other.place, other.said, one.said, message, facts=(other, one), related=(one.place,), confidence=90)


@rule(
    "same.indicator_list",
    group=Group.SAME_FACT,
    title="同一指标逐个要点的比例在各表中相同",
    good=(_POINTS,),
    bad=(_POINTS.replace("对应：87.00%", "对应：78.00%"), _POINTS.replace("要点3达成（84%）", "要点3达成（64%）")),
)
def lists(report: Report) -> Iterator[Result]:
    """Two tables that give three and more shares of one indicator give the same ones, in the same order."""
    known = indicators(report)
    for name, told in known.told.items():
        shares: dict[int, list[Fact]] = defaultdict(list)
        for item in told:
            if item.fact.kind is FactKind.PERCENT and item.source:
                shares[item.source].append(item.fact)
        for tables in combinations([source for source, facts in shares.items() if len(facts) >= _LEAST], 2):
            left, right = shares[tables[0]], shares[tables[1]]
            pairs = list(zip(left, right, strict=False))
            wrong = [pair for pair in pairs if not holds(*pair)]
            if tables not in known.akin or len(left) != len(right) or len(wrong) > 1:
                continue
            yield from (agrees(*pair) for pair in pairs if pair not in wrong)
            yield from (_differing(f"“{name}”第{pairs.index(pair) + 1}个要点的比例", *pair) for pair in wrong)


_WHOLE = Pattern("有效|合计|总[数计]?|共")


@rule(
    "sum.indicator_counts",
    group=Group.SUMS,
    title="指标的分项个数合起来等于写出的总数",
    good=(_SURVEY,),
    bad=(_SURVEY.replace("有效问卷217份", "有效问卷271份"), _SURVEY.replace("193份", "139份")),
)
def counts(report: Report) -> Iterator[Result]:
    """A cell that lists three and more counts of one unit, against the whole that is told of the indicator elsewhere."""
    known = indicators(report)
    for name, told in known.told.items():
        parts: dict[tuple[Place, str], list[Told]] = defaultdict(list)
        for item in told:
            if item.fact.kind is FactKind.COUNT and item.fact.unit:
                parts[item.fact.place, item.fact.unit].append(item)
        for (place, unit), items in parts.items():
            if len(items) < _LEAST or len({item.label[-2:] for item in items}) > 1:
                continue
            wholes = [
                item.fact
                for item in told
                if item.fact.place != place and item.fact.unit == unit and _WHOLE.search(item.label)
            ]
            if len(wholes) == 1 and wholes[0].value is not None:
                yield _summed(name, wholes[0], [item.fact for item in items])


def _summed(name: str, whole: Fact, parts: Sequence[Fact]) -> Result:
    due = sum(part.value for part in parts if part.value is not None)
    working = f"{'+'.join(part.text for part in parts)}={due}{whole.unit}"
    if due == whole.value:
        return agrees(whole, *parts)
    message = f"“{name}”写{whole.said}，分项合起来是{due}{whole.unit}"
    return differs(
        whole.place, whole.said, f"{due}{whole.unit}", message, facts=(whole, *parts), related=(parts[0].place,),
        working=working,
    )  # fmt: skip
