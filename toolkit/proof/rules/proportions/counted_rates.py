"""Rates that are quotients of two counts by definition, where the report names both counts: 功能上线率, 任务完成率."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.indicator_rows import indicators
from toolkit.proof.once import once
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_DEFINED: tuple[tuple[Pattern, Pattern, Pattern], ...] = tuple(
    (Pattern(rate), Pattern(part), Pattern(whole))
    for rate, part, whole in (
        ("任务完成率", "(?:实际|已)完成任务数", "计划(?:建设)?任务数"),
        ("实际完成率|产出完成率", "实际(?:完成)?产出数", "计划产出数"),
        ("质量达标率", "质量达标(?:任务|产出)数", "实际(?:完成)?(?:任务|产出)数"),
        ("功能(?:点)?上线率", "(?:已|实际)上线功能点?数", "计划(?:上线)?功能点?数"),
        ("活跃度|活跃率", "月?活跃用户数", "注册用户数"),
        ("培训覆盖率", "(?:已|实际)培训人数", "应培训人数"),
        ("归档率", "(?:已|实际)归档(?:文件|资料)?数", "应归档(?:文件|资料)?数"),
        ("挂接率", "(?:已|实际)挂接(?:数据)?目录数", "应挂接(?:数据)?目录数"),
        ("适配率", "(?:已|完成)适配数", "应适配数"),
        ("问卷回收率|回收率", "(?:收回|回收)问卷数", "发放问卷数"),
    )
)
"""The rate an indicator is called by, what is counted above the line, and below it (财预〔2020〕10号 for the first three)."""
_LABEL = Pattern(r"(?:^|[，、；。：:（])(?P<label>[\u4e00-\u9fff]{4,12})(?:为|：|:)?$")
_GOOD = (
    "项目\t内容\n用得怎样\t计划建设任务数28项，实际完成任务数24项，计划功能点数145个，已上线功能点数118个，注册用户数810个，月活跃用户数210个。\n资金\t合同金额80.00万元，已付清。\n"
    "\n\n三级指标\t分值\t得分\t评分说明\n建设任务完成率\t4\t3.43\t实际完成值85.71%，得3.43分。\n计划功能上线率\t3\t2.44\t实际完成值81.38%，得2.44分。\n系统使用活跃度\t3\t1.30\t实际完成值25.93%，得1.30分。\n"
)


@rule(
    "rate.counted",
    group=Group.RATES,
    title="指标的比率等于报告所写的两个数量相除",
    good=(_GOOD,),
    bad=(
        _GOOD.replace("实际完成任务数24项", "实际完成任务数22项"),
        _GOOD.replace("已上线功能点数118个", "已上线功能点数138个"),
        _GOOD.replace("月活跃用户数210个", "月活跃用户数270个"),
        _GOOD.replace("实际完成值81.38%", "实际完成值83.18%"),
    ),
)
def counted(report: Report) -> Iterator[Result]:
    """The value an indicator reached, against the two counts that define it and are told once each."""
    counts = _counts(report)
    for name, told in indicators(report).told.items():
        defined = next(((part, whole) for rate, part, whole in _DEFINED if rate.search(name)), None)
        reached = [item.fact for item in told if item.label in _REACHED and item.fact.kind is FactKind.PERCENT]
        if defined is None or not reached:
            continue
        part, whole = (_only(counts, pattern) for pattern in defined)
        if part is not None and whole is not None and whole.base:
            yield from (_held(name, fact, part, whole) for fact in reached)


_REACHED = ("实际完成值", "完成值", "完成率")


@once
def _counts(report: Report) -> Mapping[str, tuple[Fact, ...]]:
    """Every exact count by the words right before it."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for place, text in report.document.texts():
        for fact in report.facts_at(place):
            label = _LABEL.search(text[: fact.start]) if fact.exact and fact.kind is FactKind.COUNT else None
            if label:
                found[label["label"]].append(fact)
    return {label: tuple(facts) for label, facts in found.items()}


def _only(counts: Mapping[str, tuple[Fact, ...]], pattern: Pattern) -> Fact | None:
    """The count of that name; None where a report of several projects tells several."""
    named = [fact for label, facts in counts.items() if pattern.fullmatch(label) for fact in facts]
    return named[0] if named and len({fact.base for fact in named}) == 1 else None


def _held(name: str, rate: Fact, part: Fact, whole: Fact) -> Result:
    due = part.base / whole.base
    if rate.meets(due, due):
        return agrees(rate, part, whole)
    right = f"{due * 100:.2f}%"
    message = f"“{name}”写{rate.said}，{part.said}÷{whole.said}={right}"
    return doubtful(
        rate.place, rate.said, right, message, facts=(rate, part, whole), related=(part.place, whole.place),
        working=f"{part.said}÷{whole.said}={right}", confidence=80,
    )  # fmt: skip
