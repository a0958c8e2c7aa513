"""A rate of answers that names which answers it counts: 满意率（非常满意、满意、基本满意）95%."""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.report import Report
from toolkit.text.folding import squeeze
from toolkit.text.patterns import Pattern

_COUNTED = "560份有效问卷中，非常满意252份、满意224份、基本满意56份、不满意28份，占比分别为45%、40%、10%和5%，"
_NAMED = Pattern(
    r"(?:率|度|占比|比例)[（(](?:含|包括|指)?(?P<names>[^（）()0-9，。；]+?(?:、|和|及|\+)[^（）()0-9，。；]+)[)）](?:为|达到?|是|合计|共)?$"
)
_ANSWER = Pattern(r"[“\"]?(?P<name>[\u4e00-\u9fff]{2,6})[”\"]?(?:的|有|为)?(?:共)?$")
_FEWEST = 2


@rule(
    "rate.named_answers",
    group=Group.RATES,
    title="括号里说明由哪几项组成的比率等于这几项之和除以总数",
    good=(f"{_COUNTED}综合满意率（非常满意、满意、基本满意）95%，满意度（含非常满意和满意）为85%。",),
    bad=(f"{_COUNTED}综合满意率（非常满意、满意、基本满意）85%。", f"{_COUNTED}满意度（含非常满意和满意）为95%。"),
)
def named(report: Report) -> Iterator[Result]:
    """The named answers among those that the paragraph counts, by all that it counts in that unit and manner."""
    for sentence in report.prose_with(_NAMED):
        for fact in sentence.facts:
            match = (
                _NAMED.search(sentence.text[: fact.start - sentence.start]) if fact.kind is FactKind.PERCENT else None
            )
            if match is None or not fact.exact:
                continue
            names = [squeeze(name).strip('“”"') for name in re.split(r"、|和|及|\+", match["names"])]
            answers = _answers(report, fact)
            if len(answers) <= len(names) or not set(names) <= set(answers):
                continue
            parts = [answers[name] for name in names]
            whole = sum((answer.base for answer in answers.values()), Decimal(0))
            due = sum((part.base for part in parts), Decimal(0)) / whole
            if fact.meets(due, due):
                yield agrees(fact, *parts)
            else:
                right = f"{due * 100:.2f}%"
                working = f"({'+'.join(map(said, parts))})÷{whole:f}={right}"
                yield differs(
                    fact.place, fact.text, right, f"写{fact.text}，{working}", facts=(fact, *parts), working=working
                )


def _answers(report: Report, rate: Fact) -> dict[str, Fact]:
    """The counts of the paragraph before the rate that stand right behind a name, of one unit, in the last such row."""
    text = report.texts.get(rate.place, "")
    found: dict[str, Fact] = {}
    last: Fact | None = None
    for fact in report.facts_at(rate.place):
        if fact.end > rate.start or fact.kind is not FactKind.COUNT or not fact.exact:
            continue
        match = _ANSWER.search(text[: fact.start])
        between = text[last.end : fact.start] if last else ""
        if match is None or (last and (fact.unit != last.unit or not re.fullmatch(r"[，、；,和及]?.{2,9}", between))):
            found = {}
        if match is not None:
            found[match["name"]] = fact
        last = fact
    return found if len(found) >= _FEWEST and all(fact.base for fact in found.values()) else {}
