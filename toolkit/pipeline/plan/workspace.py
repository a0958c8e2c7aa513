"""The folder an evaluation lives in: which file stands where, and the secret that signs its workbooks."""

import json
import os
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Self

from toolkit.cache import Cache, user_secret
from toolkit.errors import WorkspaceError
from toolkit.excel.files import sweep, write_atomic
from toolkit.ledger import Anchor, Ledger, Log, Server
from toolkit.ledger.kinds import Initialised
from toolkit.pipeline.plan import logs
from toolkit.pipeline.plan.ledger_ends import keep_anchor, kept_anchor, note_receipt, noted_receipts
from toolkit.pipeline.plan.ledger_place import ledger_place

IDENTITY_FILE = ".jixiao/评价标识.json"
CACHE_FILE = ".jixiao/缓存.sqlite3"


@dataclass(frozen=True, slots=True)
class Workspace:
    """Paths of one evaluation.

    Attributes:
        root: the folder.
        evaluation_id: written into every workbook, so that another evaluation's file is recognised.
        key: signs identities and seals the ledger; never leaves the folder.
        created: when the evaluation was set up; letters carry its date unless the scheme names another.
        part: ids of the projects that were handed over to this workspace; none where it has all of them.
    """

    root: Path
    evaluation_id: str
    key: bytes
    created: datetime
    part: frozenset[str] = frozenset()

    @classmethod
    def create(cls, root: Path, now: datetime, days: Mapping[str, date] = MappingProxyType({})) -> Self:
        """Make the folder an evaluation's; an existing evaluation is opened, never overwritten.

        ``days`` are those a sample is set in, ``issued``, ``returned`` and ``today``; which of them it is, says
        :func:`toolkit.pipeline.plan.sample_days.clock`.
        """
        marker = root / IDENTITY_FILE
        if not marker.exists():
            identity = {
                "evaluation": f"PJ{now:%Y%m%d}-{secrets.token_hex(4)}",
                "key": secrets.token_hex(32),
                "created": now.isoformat(timespec="seconds"),
                **{name: day.isoformat() for name, day in days.items()},
            }
            marker.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(marker, json.dumps(identity, ensure_ascii=False, indent=1).encode(), secret=True)
        workspace = cls.open(root)
        workspace.make_folders()
        with workspace.ledger() as ledger:
            ledger.record(Initialised(), at=now, once="initialised", subject=workspace.evaluation_id)
        return workspace

    @classmethod
    def open(cls, root: Path) -> Self:
        """Open an existing evaluation.

        Raises:
            WorkspaceError: the folder is none, or its identity file is damaged.
        """
        try:
            _hide(root / IDENTITY_FILE)
            identity = json.loads((root / IDENTITY_FILE).read_text(encoding="utf-8"))
            created = datetime.fromisoformat(identity["created"])
            part = frozenset(map(str, identity.get("part", ())))
            return cls(root, str(identity["evaluation"]), bytes.fromhex(identity["key"]), created, part)
        except NotADirectoryError:
            advice = "写评价工作区的文件夹，不是里面的文件"
            raise WorkspaceError("这里需要一个文件夹，给出的是文件", where=root, what_to_do=advice) from None
        except FileNotFoundError:
            advice = "先用 jixiao init 建立评价工作区，或用 -w 指定已有的工作区文件夹"
            above = next((place for place in root.absolute().parents if (place / IDENTITY_FILE).is_file()), None)
            advice = f'它在评价工作区“{above.name}”里面：写 -w "{above}"，或到那个文件夹运行' if above else advice
            raise WorkspaceError("这个文件夹不是评价工作区", where=root, what_to_do=advice) from None
        except (ValueError, KeyError, TypeError):
            advice = "从备份恢复该文件；没有它就无法认出已下发的采集表"
            raise WorkspaceError("评价标识文件已损坏", where=root / IDENTITY_FILE, what_to_do=advice) from None

    def folders(self) -> tuple[Path, ...]:
        """The folders every evaluation fills, in the order of the work; those after them are made when needed."""
        return (self.workbooks, self.packages, self.inbox, self.originals, self.findings, self.masters, self.reports)

    def make_folders(self) -> None:
        """Make those that are not there: an archive, and much that copies folders, leaves empty ones out."""
        for folder in self.folders():
            folder.mkdir(parents=True, exist_ok=True)

    @property
    def scheme(self) -> Path:
        """指标体系."""
        return self.root / "方案.xlsx"

    @property
    def roster(self) -> Path:
        """项目清单."""
        return self.root / "项目清单.xlsx"

    @property
    def opinions(self) -> Path:
        """评审意见."""
        return self.root / "评审意见.xlsx"

    @property
    def material(self) -> Path:
        """报告素材: what people write for the reports."""
        return self.root / "报告素材.xlsx"

    @property
    def team(self) -> Path:
        """工作组: members, assignment, declarations."""
        return self.root / "工作组.xlsx"

    @property
    def team_papers(self) -> Path:
        """Pledges, the client's consents, receipts."""
        return self.root / "人员材料"

    @property
    def templates(self) -> Path:
        """Templates changed for this evaluation; those shipped are used where none stands here."""
        return self.root / "模板"

    @property
    def workbooks(self) -> Path:
        """Generated collection workbooks."""
        return self.root / "01-采集表"

    @property
    def packages(self) -> Path:
        """Packages per unit."""
        return self.root / "02-下发包"

    @property
    def inbox(self) -> Path:
        """Where returned files are put."""
        return self.root / "03-收件箱"

    @property
    def originals(self) -> Path:
        """Returned bytes by sha256, never changed."""
        return self.root / "04-原件"

    @property
    def findings(self) -> Path:
        """Lists of findings for units."""
        return self.root / "05-核查结果"

    @property
    def findings_list(self) -> Path:
        """问题清单."""
        return self.findings / "问题清单.xlsx"

    @property
    def masters(self) -> Path:
        """The master workbook's folder."""
        return self.root / "06-汇总总表"

    @property
    def master(self) -> Path:
        """汇总总表."""
        return self.masters / "汇总总表.xlsx"

    @property
    def reports(self) -> Path:
        """Word reports."""
        return self.root / "07-评价报告"

    @property
    def generations(self) -> Path:
        """Reports and master workbooks as they were generated, by sha256: what a person's edits are compared with."""
        return self.root / ".jixiao" / "已生成"

    @property
    def scheme_versions(self) -> Path:
        """Schemes from which workbooks were generated, by sha256."""
        return self.root / ".jixiao" / "方案版本"

    def keep_scheme(self, sha256: str) -> None:
        """Keep the scheme that workbooks are made from: filled ones are carried over from it to a later one."""
        path = self.scheme_versions / f"{sha256}.xlsx"
        if not path.exists():
            write_atomic(path, self.scheme.read_bytes())

    @property
    def corrections(self) -> Path:
        """What went back to units, a folder for each round."""
        return self.root / "08-退回整改"

    @property
    def reminders(self) -> Path:
        """Reminding letters, a folder for each day."""
        return self.root / "09-催报函"

    @property
    def drafts(self) -> Path:
        """Mails to be sent by hand, a folder for each occasion."""
        return self.root / "10-邮件草稿"

    @property
    def cache(self) -> Cache:
        """What this user on this computer worked out before; the file can be deleted at any moment."""
        return Cache(self.root / CACHE_FILE, self.key + user_secret(), originals=self.originals)

    def ledger(self) -> Ledger:
        """台账, opened."""
        return Ledger.open(self.ledger_place, self.key, self._keep, self._others)

    @property
    def ledger_place(self) -> Path | Server:
        """Where the ledger is: in the folder, or on a server."""
        return ledger_place(self.root)

    @property
    def logs(self) -> Path:
        """The own log as text, and the logs of other laptops that were merged in."""
        return self.root / logs.FOLDER

    @property
    def own_log(self) -> Path:
        """The own log as text."""
        return self.logs / logs.OWN

    def _others(self) -> tuple[Log, ...]:
        return logs.merged_logs(self.logs, self.originals)

    def _keep(self, ledger: Ledger) -> None:
        """Keep the log, then where it ends: an anchor that is up to date says that the log is."""
        logs.write_own(self.logs, ledger)
        keep_anchor(self.root, ledger)

    @property
    def anchor(self) -> Anchor | None:
        """Where the ledger ended when it was last written, kept beside it; None in a workspace of an older version.

        Raises:
            WorkspaceError: the file is damaged.
        """
        return kept_anchor(self.root)

    def receipt(self, what: str, now: datetime) -> None:
        """Note in the list of receipts how far the ledger reached when something was done; each state once.

        The list is plain text to be printed or mailed: what is out of this folder cannot be forged in it.
        """
        with self.ledger() as ledger:
            note_receipt(self.root, ledger.anchor(), what, now)

    @property
    def receipts(self) -> tuple[Anchor, ...]:
        """What the list of receipts says the ledger held; () where nothing was handed out yet."""
        return noted_receipts(self.root)

    def sweep(self) -> None:
        """Remove what a killed program left half-written, and keep of its ledger what it no longer came to keep.

        Raises:
            LedgerError: the ledger cannot be opened.
        """
        sweep(self.root)
        try:
            kept = self.anchor
        except WorkspaceError:  # it is damaged: left as it is for ``verify`` to tell
            return
        if kept is None:
            return
        with self.ledger() as ledger:
            if kept != ledger.anchor():
                self._keep(ledger)

    def template(self, name: str, shipped: Path) -> bytes:
        """A template's bytes: the workspace's own copy if there is one, else the shipped one."""
        own = self.templates / name
        return (own if own.exists() else shipped).read_bytes()


def _hide(identity: Path) -> None:
    """Leave the key to this user alone, also after the folder was unpacked or copied; Windows has other means."""
    if os.name == "nt":
        return
    with suppress(OSError):  # no such file, or not ours: whoever opens it says so
        if stat.S_IMODE(identity.stat().st_mode) & 0o077:
            identity.chmod(0o600)
