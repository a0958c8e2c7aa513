"""``jixiao://evaluation/project``: links in the master workbook that open the window at a project."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

SCHEME = "jixiao"
_IDENTITY, _WAITING = Path(".jixiao") / "评价标识.json", Path(".jixiao") / "窗口.打开"
"""Which evaluation a folder is; what another program asks its open window to show."""


@dataclass(frozen=True, slots=True)
class Link:
    """A project of an evaluation, known by its id."""

    evaluation: str
    project: str


def link_of(text: str) -> Link | None:
    """The link in an address; None where it is none of ours."""
    head, _, rest = text.partition("://")
    evaluation, _, project = rest.strip("/").partition("/")
    if head.lower() != SCHEME or not evaluation:
        return None
    return Link(unquote(evaluation), unquote(project))


def folder_of(link: Link, folders: Iterable[str]) -> str:
    """The folder that holds the link's evaluation among some; "" where none does."""
    return next((folder for folder in folders if evaluation_in(folder) == link.evaluation), "")


def evaluation_in(folder: str) -> str:
    """Id of the evaluation in a folder; "" where there is none."""
    try:
        known = json.loads((Path(folder) / _IDENTITY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(known.get("evaluation", "")) if isinstance(known, dict) else ""


def ask_open_window(folder: str, link: Link) -> None:
    """Leave word for the window that has the folder open. One that cannot be left is no reason to stop."""
    try:
        (Path(folder) / _WAITING).write_text(link.project, encoding="utf-8")
    except OSError:
        return


def take_asked(folder: str) -> str | None:
    """The project another program asked for since the last look; None for nothing."""
    file = Path(folder) / _WAITING
    try:
        project = file.read_text(encoding="utf-8").strip()
        file.unlink()
    except (OSError, ValueError):
        return None
    return project
