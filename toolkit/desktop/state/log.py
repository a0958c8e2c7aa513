"""What ran, as text that can be sent by chat: no names of units, projects or people, no figures."""

import platform
import re
from pathlib import Path

from toolkit import __version__
from toolkit.desktop.state.session import Session

_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
_PATHS = re.compile(r"(?:[A-Za-z]:\\|/)[^\s；，。]*")


def log_text(session: Session) -> str:
    """The log: versions, then every operation with how it ended."""
    system = f"{platform.system()} {platform.release()}"
    lines = [f"绩效核查工作台 {__version__}，Python {platform.python_version()}，{system}"]
    for number, ended in enumerate(session.history, 1):
        outcome = "已停止" if ended.stopped else f"没有完成：{without_names(ended.error)}" if ended.error else "完成"
        lines.append(f"{number}. {ended.title}：{outcome}{f'（日志文件 {_log_file(ended.log)}）' if ended.log else ''}")
    return "\n".join(lines)


def _log_file(path: str) -> str:
    """Where the details lie, without the name of this computer's user."""
    file = Path(path)
    return str(Path("~") / file.relative_to(Path.home())) if file.is_relative_to(Path.home()) else file.name


def without_names(words: str) -> str:
    """What stands in quotation marks and every path left out: they hold names of files, units and people."""
    return _PATHS.sub("（路径）", _QUOTED.sub("（名称）", words))
