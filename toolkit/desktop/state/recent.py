"""Evaluations opened lately, kept in the user's own settings folder."""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

_MOST = 12


def settings_folder() -> Path:
    """Where this program keeps a user's settings: ``%APPDATA%``, ``~/Library`` or ``$XDG_CONFIG_HOME``."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", str(Path.home()))) / "jixiao"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "jixiao"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "jixiao"


def short(folder: str) -> str:
    """A folder as people name it: with ``~`` for the user's own, where systems know that sign."""
    path = Path(folder)
    known = os.name == "posix" and path.is_relative_to(Path.home())
    return str(Path("~") / path.relative_to(Path.home())) if known else folder


@dataclass(frozen=True, slots=True)
class Recent:
    """The list of folders; a damaged or missing file is an empty list, and never a reason not to start."""

    file: Path

    def folders(self) -> list[str]:
        """Folders opened lately, the last first; those that are gone are left out."""
        try:
            known = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return []
        return [folder for folder in known if isinstance(folder, str) and Path(folder).is_dir()][:_MOST]

    def add(self, folder: str) -> None:
        """Put a folder first. A list that cannot be kept is no reason to stop."""
        folders = [folder, *(known for known in self.folders() if known != folder)][:_MOST]
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(json.dumps(folders, ensure_ascii=False, indent=1), encoding="utf-8")
        except OSError:
            return
