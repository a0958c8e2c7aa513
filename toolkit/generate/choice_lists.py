"""The drop-down lists of a workbook: every list once, on the hidden sheet, under a defined name."""

import re

from toolkit.model import FieldType, Scheme

YES_NO = ("是", "否")
PROVIDED = ("已提供", "未提供", "不适用")
"""What can be said of an evidence item."""
_USABLE = re.compile(r"\w+")


def choice_lists(scheme: Scheme) -> dict[tuple[str, ...], str]:
    """Defined name of every list of answers the workbook needs, by the answers."""
    lists: dict[tuple[str, ...], str] = {}
    for name, answers in scheme.choices.items():
        if answers and _USABLE.fullmatch(name):
            lists.setdefault(tuple(answers), f"选项_{name}")
    inline = [YES_NO, PROVIDED, *(tuple(answers) for answers in scheme.choices.values())]
    inline += [asked.choices for indicator in scheme.indicators for asked in indicator.inputs]
    for answers in inline:
        if answers and answers not in lists:
            lists[answers] = f"选项表{len(lists) + 1}"
    return lists


def answers_of(kind: FieldType, name: str, scheme: Scheme) -> tuple[str, ...]:
    """The answers a field allows; () when it is no choice."""
    if kind is FieldType.YESNO:
        return YES_NO
    return tuple(scheme.choices.get(name, ())) if kind is FieldType.CHOICE else ()
