"""The evaluators' own work: set up, checked, scored, written, signed, noted, handed over, merged, moved."""

from collections.abc import Mapping

from toolkit.ledger.details import Details, details_of, if_any, kept
from toolkit.ledger.kinds.kind import EventKind


@details_of(EventKind.INITIALISED)
class Initialised(Details):
    """An evaluation was set up, or a colleague's part of it: who, which projects, the hash of 评审意见.xlsx then."""

    person: str | None = if_any("姓名", default=None)
    projects: tuple[str, ...] | None = if_any("项目", default=None)
    number: str | None = if_any("编号", default=None)
    opinions: str | None = if_any("评审意见", default=None)


@details_of(EventKind.CHECKED)
class Checked(Details):
    """The list of findings was written; the subject is its sha256."""

    findings: int = kept("发现数")


@details_of(EventKind.SCORED)
class Scored(Details):
    """Projects were scored."""


@details_of(EventKind.AGGREGATED)
class Aggregated(Details):
    """The master workbook was written; the subject is its sha256."""


@details_of(EventKind.REPORTED)
class Reported(Details):
    """A report was written: with page numbers in its contents or not, and what became of a person's changes."""

    file: str = kept("文件名")
    paged: bool = if_any("目录页码", default=False)
    edited: str | None = if_any("人工修改", default=None)


@details_of(EventKind.DRAFTED)
class Drafted(Details):
    """A numbered draft was kept: its files, and the files they were made of, with their sha256."""

    number: int = kept("编号")
    stage: str = kept("稿次")
    folder: str = kept("文件夹")
    files: Mapping[str, str] = kept("文件")
    sources: Mapping[str, str] = kept("来源")


@details_of(EventKind.APPROVED)
class Approved(Details):
    """Something was approved."""


@details_of(EventKind.HANDED_OVER)
class PartHandedOver(Details):
    """Projects went to a colleague, or the work came back (then ``opinions`` is the hash of 评审意见.xlsx)."""

    to: str = kept("对象")
    projects: tuple[str, ...] | None = if_any("项目", default=None)
    opinions: str | None = if_any("评审意见", default=None)


@details_of(EventKind.MERGED)
class LogMerged(Details):
    """Another laptop's log came in: whose, how many events, the last one's hash, the originals that came along."""

    person: str = kept("姓名")
    events: int = kept("条数")
    last_hash: str = kept("校验值")
    originals: tuple[str, ...] = kept("原件")


@details_of(EventKind.SIGNED)
class Signed(Details):
    """An indicator of a project was signed at a level, with the hashes of everything it then rested on."""

    level: str = kept("级别")
    by: str = kept("签字人")
    inputs: Mapping[str, str] = kept("输入")


@details_of(EventKind.NOTED)
class Noted(Details):
    """A review note was put (then with its place), answered or closed (then the subject is the note)."""

    action: str = kept("动作")
    by: str = kept("姓名")
    text: str = kept("文字")
    indicator: str | None = if_any("指标", default=None)
    place: str | None = if_any("位置", default=None)


@details_of(EventKind.LEDGER_MOVED)
class LedgerMoved(Details):
    """The ledger went from one place to another."""

    before: str = kept("由")
    after: str = kept("至")
