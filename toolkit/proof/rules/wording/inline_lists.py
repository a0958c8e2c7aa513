"""Lists within a paragraph or cell: 1.…；2.…；3.… and 要点1…、要点2…、要点3…, counted on from one."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Place
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_LISTS = (
    Pattern(r"(?:^|[：:；;。，,]\s*)(?P<number>[0-9]{1,2})[.．、](?![0-9])(?=\s*[\u4e00-\u9fff“《])"),
    Pattern(r"(?P<number>(?<=要点)[0-9]{1,2})(?=(?:“[^“”]*”|[\u4e00-\u9fff])*（)"),
)
"""How the items of a list are marked; items after a comma or a stop, so that no number of the text is one."""
_REST = Pattern("其余[0-9]+个要点")
"""Checkpoints that are not named one by one: their numbers are left out."""
_FEWEST = 3


@rule(
    "numbering.counted",
    group=Group.NUMBERING,
    title="段内、格内列举的序号连续",
    good=(
        "按要点计分：1.立项有依据（1分）；2.方向与规划一致（1分）；3.与职责相关（1分）。",
        "要点1达成（83%）、要点2达成（87%）、要点3达成（84%），扣0.31分。",
        "要点1达成（95%）、要点2达成（90%）、要点4达成（90%），其余1个要点完全达成，扣0.25分。",
        "要点1达成（81%）、要点2达成（82%）、要点3“指标、任务一一对应”部分达成（71%）、要点4达成（82%）。",
    ),
    bad=(
        "按要点计分：1.立项有依据（1分）；2.方向与规划一致（1分）；5.与职责相关（1分）。",
        "要点1达成（83%）、要点4达成（87%）、要点3达成（84%），扣0.31分。",
        "按要点计分：1.立项有依据；2.方向与规划一致；2.与职责相关；4.不重复。",
    ),
)
def inline(report: Report) -> Iterator[Result]:
    """A list that begins with 1 and of which all numbers but one are where they belong."""
    for place, text in report.document.texts_with(*_LISTS):
        for pattern in _LISTS:
            items = list(pattern.finditer(text))
            if len(items) >= _FEWEST and items[0]["number"] == "1" and not _REST.search(text, items[-1].end()):
                yield from _counted(report, place, items)


def _counted(report: Report, place: Place, items: list[re.Match[str]]) -> Iterator[Result]:
    wrong = [at for at, item in enumerate(items, 1) if int(item["number"]) != at]
    if len(wrong) > 1:
        return
    for at, item in enumerate(items, 1):
        facts = report.facts_within(place, item.start("number"), item.end("number"))
        if at not in wrong:
            yield from (agrees(*facts) for _ in facts[:1])
        else:
            message = f"列举的序号不连续：第{at}项写作{item['number']}"
            yield differs(place, item["number"], str(at), message, facts=facts)
