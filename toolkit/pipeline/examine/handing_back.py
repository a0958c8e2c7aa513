"""``jixiao scorebooks --unlock``: a locked scorebook with blanks goes back to its scorer, who may fill only those."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toolkit.errors import WorkspaceError
from toolkit.excel.files import safe_file_name
from toolkit.ledger import NewEvent
from toolkit.ledger.kinds import ScorebookLocked, ScorebookUnlocked
from toolkit.pipeline.examine.giving_out import FOLDER
from toolkit.pipeline.intake.originals import original_path
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.outputs import Outputs
from toolkit.pipeline.plan.scorebooks import issued_items, lock_in_force, locked_marks


@dataclass(frozen=True, slots=True)
class HandedBack:
    """A book that is open again: whose, how many marks it lacks, the file to send."""

    scorer: str
    blank: int
    file: Path
    by: str
    reason: str

    def as_json(self) -> Json:
        """``{"unlocked", "blank", "file", "by", "reason"}``."""
        return {
            "unlocked": self.scorer,
            "blank": self.blank,
            "file": str(self.file),
            "by": self.by,
            "reason": self.reason,
        }


def unlock(evaluation: Evaluation, scorer: str, by: str, reason: str, now: datetime) -> HandedBack:
    """Open a scorer's locked book and write it out with the marks it has.

    Raises:
        WorkspaceError: the book is not locked, has no blank, or who opens it is the scorer or not named.
    """
    space = evaluation.workspace
    if not by or not reason:
        raise WorkspaceError("退回打分册要写明由谁退回和理由", what_to_do="加 --by 姓名 --reason 理由")
    if by == scorer:
        raise WorkspaceError(f"打分人“{scorer}”不能退回自己的打分册", what_to_do="由主评人退回")
    lock = lock_in_force(space, scorer)
    if lock is None:
        known = "、".join(issued_items(space)) or "没有"
        raise WorkspaceError(f"“{scorer}”没有已锁定的打分册", what_to_do=f"核对姓名；发出的打分册：{known}")
    blank = sum(mark.scorer == scorer and mark.value is None for mark in locked_marks(space))
    if not blank:
        advice = "已打的分不改；确需改动的，通过差异裁定处理"
        raise WorkspaceError(f"{scorer}的打分册没有空白，不需要退回", what_to_do=advice)
    original = original_path(space, lock.says(ScorebookLocked).sha256)
    if not original.is_file():
        raise WorkspaceError("锁定的打分册原件不见了", where=original, what_to_do="从备份恢复 04-原件 后重试")
    path = space.root / FOLDER / safe_file_name(f"打分册-{scorer}（退回补打）.xlsx", 60)
    with Outputs(space, now) as outputs:
        outputs.put(path, original.read_bytes())
    details = ScorebookUnlocked(lock=lock.once, by=by, reason=reason, blank=blank)
    event = NewEvent(details, now, f"unlocked:{lock.once}", "", "", scorer)
    with space.ledger() as ledger:
        ledger.record_many([event])
    return HandedBack(scorer, blank, path, by, reason)
