"""Words instead of values: nothing, does not apply, not yet known; and answers out of a fixed list."""

import re
from collections.abc import Sequence

from toolkit.model import ReadState
from toolkit.text.folding import squeeze

_NOTHING = frozenset(["/", "\\", "-", "--", "---", "—", "——", "———", "–", "―", "─", "//", "_", "∕", "╱"])
_NOTHING |= {"无", "没有", "无此项", "以下空白"}
_NOT_APPLICABLE = frozenset(["不适用", "不涉及", "n/a", "na", "本项目不适用", "本项目不涉及"])
_PENDING = frozenset(
    ["待定", "暂无", "暂缺", "未定", "未知", "待补", "待补充", "待确定", "待核实", "待提供", "?", "??"]
)
_STOPS = "。，、；;,.!！"
_YES = frozenset(["是", "√", "✓", "✔", "☑", "y", "yes", "true"])
_TICKED, _OPEN = "☑■▣√✓✔", "□☐"
"""Boxes beside answers. ☒ is none of them: ticked with a cross, or crossed out."""
_HAVING = ("提供", "具备")
_HAS = {"有": "是", "无": "否", "没有": "否"}
"""What is or is not there; an answer where it is asked whether something was 提供 or is 具备."""
_NO = frozenset(["否", "×", "✕", "✗", "☒", "x", "n", "no", "false"])

SENTINEL_RULES = {
    ReadState.NONE: "READ-11",
    ReadState.NOT_APPLICABLE: "READ-12",
    ReadState.PENDING: "READ-13",
}
"""Reading rule that goes with each of the three states a word can put a cell in."""


def sentinel(text: str) -> ReadState | None:
    """What a text says instead of a value (``/`` and 无 are NONE, 待定 is PENDING), None when it says no such thing."""
    word = squeeze(text).casefold()
    if word in _NOTHING:
        return ReadState.NONE
    if word in _NOT_APPLICABLE:
        return ReadState.NOT_APPLICABLE
    return ReadState.PENDING if word in _PENDING else None


def pick(text: str, choices: Sequence[str]) -> str | None:
    """The allowed answer a text means, spacing and width apart; None when it is none or could be two of them.

    A full stop behind an answer says nothing, and one box ticked among others is its answer (☑符合 □不符合). Where the
    answers are a word and its contrary (符合, 不符合; 已提供, 未提供), besides one for what does not apply, a tick or
    是 means the word, a cross or 否 the contrary; 提供 and 有 are 已提供.
    """
    wanted = squeeze(text).casefold().rstrip(_STOPS)
    found = [choice for choice in choices if squeeze(choice).casefold().rstrip(_STOPS) == wanted]
    found = found or _ticked(wanted, choices)
    if not found:
        meant = _contraries(choices)
        yes = meant.get("是", "")
        if yes.endswith(_HAVING) and wanted in _HAS:
            return meant[_HAS[wanted]]
        return yes if yes and wanted == yes.removeprefix("已") else meant.get(yes_or_no(wanted) or "")
    return found[0] if len(found) == 1 else None


def _ticked(text: str, choices: Sequence[str]) -> list[str]:
    """The answers with a tick where a text is a list of answers, a box before or behind each of them; else none."""
    answers = "|".join(re.escape(squeeze(choice).casefold()) for choice in sorted(choices, key=len, reverse=True))
    for before in (True, False):
        box = f"(?P<box>[{_TICKED}{_OPEN}])"
        item = re.compile(f"{box}(?P<answer>{answers})" if before else f"(?P<answer>{answers}){box}")
        items = list(item.finditer(text)) if answers else []
        if items and "".join(found[0] for found in items) == text:
            named = [found["answer"] for found in items if found["box"] in _TICKED]
            return [choice for choice in choices if squeeze(choice).casefold() in named]
    return []


def _contraries(choices: Sequence[str]) -> dict[str, str]:
    """What 是 and 否 mean among these; empty where the rest of them are more than a word and its contrary."""
    rest = [choice for choice in choices if sentinel(choice) is None]
    pairs = ((yes, no) for yes in rest for no in rest if no in (f"不{yes}", f"未{yes.removeprefix('已')}"))
    found = list(pairs) if len(rest) == 2 else []
    return {"是": found[0][0], "否": found[0][1]} if len(found) == 1 else {}


def yes_or_no(text: str) -> str | None:
    """是 or 否 for the usual marks and words, None for anything else."""
    word = squeeze(text).casefold().rstrip(_STOPS)
    ticked = _ticked(word, ("是", "否"))
    word = ticked[0] if len(ticked) == 1 else word
    return "是" if word in _YES else "否" if word in _NO else None
