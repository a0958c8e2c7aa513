"""Advice that names a command, said for a window: which page, which button."""

import re

from toolkit.desktop.state.forms import ELSEWHERE
from toolkit.operations import OPERATIONS, Operation

_PAGES = {
    "demo": "开始", "init": "开始", "scheme check": "方案", "scheme explain": "方案", "scheme diff": "方案",
    "generate": "下发", "check": "核查", "decide": "核查", "rounds": "整改", "score": "评分", "run": "汇总并出报告",
    "status": "收件", "verify": "汇总并出报告", "proof": "校核", "people new": "工作组", "people check": "工作组",
    "people states": "工作组",
}  # fmt: skip
"""Pages of operations that have a place of their own there."""
_BUTTONS = {
    "scheme check": "重新检查", "check": "重新核查", "decide": "读取清单中的处理意见", "score": "重新评分",
    "status": "各项目", "people new": "打开工作组表", "collect": "读取收件箱", "correct": "生成整改表",
    "resolve": "处理选中", "init": "新建评价…",
}  # fmt: skip
"""Buttons with other words than the operation's title."""
_ON_COMMAND_LINE = {operation.name: operation for operation in OPERATIONS if operation.on_command_line}
_NAMES = "|".join(sorted(map(re.escape, _ON_COMMAND_LINE), key=len, reverse=True))
_COMMAND = re.compile(rf"(?:运行|用)? ?jixiao ({_NAMES})(?![a-z-])(?! +(?:--|[\w./…]+\.\w))[ ]?")


def in_window(words: str) -> str:
    """``运行 jixiao people new 生成`` → 在“工作组”页按“打开工作组表”生成; with options or files it stays a command."""
    return _COMMAND.sub(lambda found: _place(_ON_COMMAND_LINE[found[1]]), words)


def _place(wanted: Operation) -> str:
    page = wanted.page or _PAGES.get(wanted.name, ELSEWHERE)
    return f"在“{page}”页按“{_BUTTONS.get(wanted.name, wanted.title)}”"
