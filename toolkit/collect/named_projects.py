"""Whose a file is by its path alone: a project's name in it, else a project's number before one of its parts."""

import re
from pathlib import PurePosixPath

from toolkit.model import Roster
from toolkit.text.folding import squeeze

_LEADING_ID = re.compile(r"0*(\d{1,4})[_\-－ 、.]")


class NamedProjects:
    """Tells projects by file and folder names. For supporting and refused files only: a return says it inside."""

    def __init__(self, roster: Roster) -> None:
        self._names = [
            (squeeze(name), project.id)
            for project in roster.projects
            for name in (project.name, *project.aliases)
            if name
        ]
        self._ids = {project.id for project in roster.projects}

    def in_path(self, folder: str, name: str) -> str:
        """The one project that a file's folders and name mention; "" for none or several."""
        parts = [*PurePosixPath(folder).parts, name]
        named = {project for part in parts for known, project in self._names if known in squeeze(part)}
        numbered = {match[1] for part in parts if (match := _LEADING_ID.match(part))} & self._ids
        return only(named) or only(numbered)


def only(found: set[str]) -> str:
    """The one thing in a set, "" for none or several."""
    return next(iter(found)) if len(found) == 1 else ""
