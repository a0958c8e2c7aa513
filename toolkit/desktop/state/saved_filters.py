"""Filters a person has given a name, kept with the user's settings for every evaluation."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Filters = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SavedFilters:
    """Filters by name; a damaged or missing file holds none, and one that cannot be written is no reason to stop."""

    file: Path

    def all(self) -> dict[str, Filters]:
        """Every filter, in the order they were saved."""
        try:
            known = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        kept = known.items() if isinstance(known, dict) else ()
        return {name: filters for name, filters in kept if _is_filter(filters)}

    def save(self, name: str, filters: Mapping[str, Any]) -> None:
        """Keep a filter; one of the same name gives way."""
        self._write({**self.all(), name: dict(filters)})

    def remove(self, name: str) -> None:
        """Forget a filter."""
        self._write({known: filters for known, filters in self.all().items() if known != name})

    def _write(self, filters: Mapping[str, Filters]) -> None:
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(json.dumps(filters, ensure_ascii=False, indent=1), encoding="utf-8")
        except OSError:
            return


def _is_filter(filters: object) -> bool:
    return isinstance(filters, dict) and isinstance(filters.get("chosen", {}), dict)
