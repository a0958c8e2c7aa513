"""Reports a person edited: merged with what is generated anew.

Every generation is kept by its sha256, and a report carries the sha256 of its generation. So a report that comes back
edited, whenever that was, is compared with exactly what the person began with.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import FileBusyError, TemplateError, UnreadableFileError
from toolkit.excel.files import settle, sha256_of, write_atomic
from toolkit.pipeline.deliver.laying import Generations, Laying
from toolkit.pipeline.edited import EditedReport, EditState
from toolkit.pipeline.plan.outputs import Outputs
from toolkit.report import Laid
from toolkit.word.generation import base_of, with_base

if TYPE_CHECKING:
    from toolkit.word.merging import Fill, Merged

Agrees = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Put:
    """A report on disk: its sha256, whether the file is another one now, what became of a person's edits."""

    sha256: str
    changed: bool
    edited: EditedReport | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Puts reports into their folder.

    Attributes:
        agrees: whether a printed text still is what the master workbook says at an address.
        fill: makes the contents of a merged report.
    """

    outputs: Outputs
    generations: Generations
    now: datetime
    agrees: Agrees
    fill: "Fill"

    def settle(self) -> None:
        """Have the reports put so far, and their generations, surely on disk under their names."""
        if self.generations.folder.is_dir():
            settle(self.generations.folder)
        self.outputs.settle()

    def put(self, path: Path, generated: bytes) -> Put:
        """Write a report; one a person edited is merged, and what cannot be merged is kept as a dated copy."""
        return self.take(path, Laying(self.generations, path.parent).lay(path.name, generated))

    def take(self, path: Path, laid: Laid) -> Put:
        """The same with a report that was laid ready."""
        waiting = path.with_name(laid.waiting) if laid.waiting else None
        try:
            present = path.read_bytes() if waiting and path.is_file() else None
            if waiting is None or present is None or not self.outputs.is_edited(path, present):
                self.outputs.take(path, waiting, laid.finished)
                return Put(laid.finished, changed=waiting is not None)
            return self._merge(path, self._edited(path, present), waiting.read_bytes(), laid.sha256)
        except FileBusyError as busy:
            return Put("", changed=False, edited=EditedReport(path, EditState.BUSY, why=busy.message))
        finally:
            if waiting is not None:
                waiting.unlink(missing_ok=True)

    def _edited(self, path: Path, present: bytes) -> bytes:
        """The person's version; put back where a run that was killed had merged it and told nobody."""
        known = self.outputs.merged_by_killed_run(path, present)
        mine = self.generations.read(known) if known else None
        if mine is None:
            return present
        write_atomic(path, mine)
        return mine

    def _merge(self, path: Path, present: bytes, finished: bytes, sha256: str) -> Put:
        # Imported here: most runs find no report that a person edited.
        from toolkit.word.merging import merge_report

        merged: Merged | None = None
        try:
            base, generated = self.generations.read(known := base_of(present)), self.generations.read(sha256)
            if known == sha256:
                return Put(sha256_of(present), changed=False, edited=EditedReport(path, EditState.UNTOUCHED))
            why = "找不到它当初生成时的底稿" if base is None else ""
            if base is not None:
                merged = merge_report(base, present, generated or finished, self.now, self.agrees, self.fill)
        except (TemplateError, UnreadableFileError) as error:
            why = f"文件读不出来（{error.message}）"
        except Exception as error:  # noqa: BLE001  one report's content must not keep the others from being made
            why = f"合并时程序出错（{type(error).__name__}：{error}）"
        copy = None
        if merged is None or merged.lost:
            copy = self.outputs.keep_copy(path, present)
        state = EditState.SET_ASIDE
        if merged is not None:
            finished, state = with_base(merged.data, sha256), EditState.MERGED
            why = f"有{len(merged.lost)}处没能合并：{'；'.join(merged.lost)[:200]}" if merged.lost else ""
        if merged is None:
            write_atomic(path, finished)
            self.outputs.note(path, finished)
        else:
            self.outputs.put_merged(path, finished, self.generations.keep(present))
        return Put(sha256_of(finished), changed=True, edited=EditedReport(path, state, copy, why, merged))
