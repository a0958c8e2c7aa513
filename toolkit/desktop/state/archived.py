"""Which evaluations were archived from this computer: the archive itself lies wherever its maker wanted it."""

import json
from dataclasses import dataclass
from pathlib import Path

ARCHIVED_FILE = "已归档.json"


@dataclass(frozen=True, slots=True)
class Archived:
    """Folder → its last archive. A damaged or missing file knows none; one that cannot be written is no trouble."""

    file: Path

    def last(self, folder: str) -> str:
        """The last archive of an evaluation that is still there; "" for none."""
        archive = self._all().get(folder, "")
        return archive if archive and Path(archive).is_file() else ""

    def note(self, folder: str, archive: str) -> None:
        """An archive was made."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            known = {**self._all(), folder: archive}
            self.file.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
        except OSError:
            return

    def _all(self) -> dict[str, str]:
        try:
            known = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        kept = known.items() if isinstance(known, dict) else ()
        return {name: archive for name, archive in kept if isinstance(archive, str)}
