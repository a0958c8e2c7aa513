"""Headings numbered 4, 4.1, 4.2.1: every number follows the one before it."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.outline import body_with
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_MARK = Pattern(
    r"\s*(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2}){0,3})[.．]?\s+(?=[\u4e00-\u9fff“《]|[A-Z]{2,8}[\u4e00-\u9fff]|20[0-9]{2}年)(?!个|年|月|日|万|亿|元)"
)
_FEWEST = 4
"""A report with fewer is not numbered so."""


@rule(
    "numbering.decimal",
    group=Group.NUMBERING,
    title="4、4.1、4.2这样的标题编号连续",
    good=("1 概况\n1.1 背景\n1.2 GPS监管\n1.3 资金\n2 结论\n2.1 得分\n2.1.1 决策\n2.2 等级\n",),
    bad=("1 概况\n1.1 背景\n1.3 资金\n2 结论\n2.1 得分\n", "1 概况\n1.1 背景\n1.2 资金\n3 结论\n3.1 得分\n"),
)
def sequence(report: Report) -> Iterator[Result]:
    """A number goes one on in its last part from the one before it at its depth, or begins with 1 below it."""
    marks = [(item, match) for item in body_with(report.document, _MARK) if (match := _MARK.match(item.text))]
    if len(marks) < _FEWEST or not any("." in match["number"] for _, match in marks):
        return
    before: tuple[int, ...] = ()
    for paragraph, match in marks:
        number = tuple(map(int, match["number"].split(".")))
        facts = report.facts_within(paragraph.place, 0, match.end("number"))
        due = {(*before[: depth - 1], before[depth - 1] + 1) for depth in range(1, len(before) + 1)}
        due |= {(*before, 1)}
        if number in due:
            yield from (agrees(*facts) for _ in facts[:1])
        elif before:
            right = min((item for item in due if len(item) == len(number)), default=None)
            if right is not None and number[:-1] == right[:-1]:
                shown = ".".join(map(str, right))
                message = f"编号不连续：“{paragraph.text.strip()[:24]}”应为“{shown}”"
                yield doubtful(paragraph.place, match["number"], shown, message, facts=facts, confidence=85)
        before = number
