"""分14项任务、159个功能点建设 beside 计划建设任务数14项: what a project was planned to build, told twice in one table."""

from collections import defaultdict
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report
from toolkit.proof.rules.totals.mixed_counts import COUNTER
from toolkit.text.patterns import Pattern

_PLANNED = Pattern(
    rf"计划(?:建设|完成)?(?P<noun>[\u4e00-\u9fff]{{2,6}}?)数(?:为|：)?(?P<count>[0-9]+)(?P<unit>{COUNTER})"
)
_BUILT = Pattern(rf"(?P<count>[0-9]+)(?P<unit>{COUNTER})(?P<noun>[\u4e00-\u9fff]{{2,6}}?)(?:建设(?!的)|、(?=[0-9]))")
_GOOD = "做什么\t建设代表履职应用，分14项任务、159个功能点建设，部署在市政务云。\n用得怎样\t计划建设任务数14项，实际完成任务数14项，计划功能点数159个。\n"


@rule(
    "same.planned_count",
    group=Group.SAME_FACT,
    title="建设内容的数量与计划数相同",
    good=(_GOOD, "分14项任务、159个功能点建设。\n计划任务数30项，分三年完成。计划任务数14项。"),
    bad=(_GOOD.replace("分14项", "分11项"), _GOOD.replace("、159个", "、161个")),
)
def planned(report: Report) -> Iterator[Result]:
    """Counts of the same noun and unit, one of them called the planned number; a report of several plans says nothing."""
    plans: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    built: list[tuple[tuple[str, str], Fact]] = []
    for place, text in report.document.texts_with(_PLANNED, _BUILT):
        for match in _PLANNED.finditer(text) if "计划" in text else ():
            facts = report.facts_within(place, match.start("count"), match.end("count"))
            plans[match["noun"], match["unit"]] += [fact for fact in facts if fact.kind is FactKind.COUNT]
        for match in _BUILT.finditer(text) if "建设" in text else ():
            facts = report.facts_within(place, match.start("count"), match.end("count"))
            built += [((match["noun"], match["unit"]), fact) for fact in facts if fact.kind is FactKind.COUNT]
    for key, fact in built:
        if len({plan.value for plan in plans[key]}) == 1:
            yield _held(key[0], fact, plans[key][0])


def _held(noun: str, fact: Fact, plan: Fact) -> Result:
    if fact.value == plan.value:
        return agrees(fact, plan)
    message = f"{noun}这里写{fact.said}，计划数写{plan.said}"
    return doubtful(fact.place, fact.said, plan.said, message, facts=(fact, plan), related=(plan.place,), confidence=75)
