"""What became of files that a person had edited."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.word.merging import Merged

COPY_MARK = "（人工修改 "
"""What stands before the day in the name of a kept copy."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file a person edited, and the dated copy it was kept as."""

    file: Path
    copy: Path

    def as_json(self) -> dict[str, str]:
        """``{"file", "copy"}``."""
        return {"file": str(self.file), "copy": str(self.copy)}


class EditState(StrEnum):
    """What became of a report a person edited."""

    MERGED = "已合并"
    UNTOUCHED = "数据未变，保持人工修改后的原样"
    SET_ASIDE = "无法合并，已另存"
    BUSY = "文件正被打开，未更新"


@dataclass(frozen=True, slots=True)
class EditedReport:
    """A report a person edited.

    Attributes:
        copy: the dated copy of the person's version, where one was needed. why: what kept it from being merged.
        merged: figures that changed and places to look at.
    """

    file: Path
    state: EditState
    copy: Path | None = None
    why: str = ""
    merged: "Merged | None" = None

    def as_json(self) -> dict[str, Any]:
        """``{"file", "state", "copy", "why", "figures": […], "attention": […]}``."""
        merged = self.merged
        return {
            "file": str(self.file),
            "state": self.state.name.lower(),
            "copy": str(self.copy) if self.copy else "",
            "why": self.why,
            "figures": [
                {"at": change.at, "before": change.before, "after": change.after, "context": change.context}
                for change in (merged.figures if merged else ())
            ],
            "attention": [
                {"reason": place.reason.value, "mine": place.mine, "new": place.theirs}
                for place in (merged.attention if merged else ())
            ],
        }
