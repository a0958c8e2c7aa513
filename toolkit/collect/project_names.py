"""Which projects of a roster bear a name."""

from collections import defaultdict
from collections.abc import Iterable

from toolkit.model import Project, Roster
from toolkit.text.folding import squeeze


class ProjectNames:
    """The projects of a roster by their names."""

    def __init__(self, roster: Roster) -> None:
        self._known: dict[str, list[tuple[int, Project]]] = defaultdict(list)
        for place, project in enumerate(roster.projects):
            for name in {squeeze(name) for name in (project.name, *project.aliases)}:
                self._known[name].append((place, project))

    def named(self, texts: Iterable[str]) -> list[Project]:
        """The projects that squeezed texts name, in the roster's order."""
        found = {place: project for text in texts for place, project in self._known.get(text, ())}
        return [found[place] for place in sorted(found)]
