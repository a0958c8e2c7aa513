"""``jixiao handover``: a part of the projects given to a colleague as a workspace, or one's own work handed back."""

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.distribute import zipped
from toolkit.errors import WorkspaceError
from toolkit.excel.files import sha256_of, write_atomic
from toolkit.ledger import EventKind, Ledger, log_line
from toolkit.ledger.kinds import Initialised, PartHandedOver
from toolkit.model import WHOLE_EVALUATION
from toolkit.pipeline.intake.judged import note_judgements
from toolkit.pipeline.intake.originals import original_of, original_path
from toolkit.pipeline.intake.returned import returns
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.logs import FOLDER, OWN, log_file, other_logs
from toolkit.pipeline.plan.workspace import IDENTITY_FILE, Workspace
from toolkit.review import opinion_workbook, review_rows, rows_of, with_written_losses

_LARGEST_ZIP = 150_000_000
"""A zip beyond this is not written: the folder is handed over as it is. Units: bytes."""
_UNFINISHED = ".未写完"
_PLAN = ("方案.xlsx", "项目清单.xlsx", "工作组.xlsx")


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was handed over.

    Attributes:
        to: the colleague; "" for one's own work handed back.
        archive: the same as a zip; None where it would be too large.
    """

    folder: Path
    archive: Path | None
    to: str
    projects: tuple[str, ...]
    originals: int
    events: int

    def as_json(self) -> dict[str, Any]:
        """``{"folder", "archive", "to", "projects", "originals", "events"}``."""
        return {
            "folder": str(self.folder),
            "archive": str(self.archive) if self.archive else "",
            "to": self.to,
            "projects": list(self.projects),
            "originals": self.originals,
            "events": self.events,
        }


def hand_over(evaluation: Evaluation, folder: Path, to: str, projects: str, now: datetime) -> HandedOver:
    """Write a workspace for a colleague, with the files of these projects and all logs known here.

    Raises:
        WorkspaceError: no such project, no name, or the folder holds something already.
    """
    person, part, folder = to.strip(), _part(evaluation, projects), _named(folder)
    passing = _begun(folder)
    nonce, space = secrets.token_hex(8), evaluation.workspace
    with space.ledger() as ledger:
        note_judgements(evaluation, ledger, now)
        ledger.record(
            PartHandedOver(to=person, projects=part),
            at=now,
            once=f"handed over:{nonce}",
            subject=nonce,
        )
        logs = _log_files(space, ledger)
        events = len(ledger.own_events())
    files = _plan_files(space) | logs | _originals(evaluation, part)
    files[IDENTITY_FILE] = _identity(space, part)
    files[space.opinions.name] = _opinions(evaluation, part)
    _write(passing, files)
    _begin_log(passing, person, part, nonce, now)
    archive = _put_in_place(passing, folder)
    return HandedOver(folder, archive, person, part, len(_originals_in(files)), events)


def hand_back(evaluation: Evaluation, folder: Path, now: datetime) -> HandedOver:
    """Write what was done here: the own log, the other logs, and every original the own log speaks of.

    Raises:
        WorkspaceError: the folder holds something already.
    """
    folder = _named(folder)
    passing, space = _begun(folder), evaluation.workspace
    with space.ledger() as ledger:
        note_judgements(evaluation, ledger, now)
        opinions = _opinions_sha256(space)
        end = ledger.anchor()
        ledger.record(
            PartHandedOver(to="", opinions=opinions), at=now, once=f"handed back:{end.hash}", subject=end.hash
        )
        files = _log_files(space, ledger)
        own = ledger.own_events()
    for event in own:
        sha256 = original_of(event)
        if sha256 and (path := original_path(space, sha256)).is_file():
            files[f"{space.originals.name}/{sha256}"] = path.read_bytes()
    if space.opinions.is_file():
        files[space.opinions.name] = space.opinions.read_bytes()
    _write(passing, files)
    archive = _put_in_place(passing, folder)
    return HandedOver(folder, archive, "", (), len(_originals_in(files)), len(own))


def _part(evaluation: Evaluation, projects: str) -> tuple[str, ...]:
    """Project ids of a list such as ``1、3-5``, in roster order."""
    wanted = set(evaluation.project_ids(projects))
    known = [project.id for project in evaluation.roster.projects]
    unknown = sorted(wanted - set(known), key=lambda project: (len(project), project))
    if unknown or not wanted:
        words = f"项目清单中没有序号：{'、'.join(unknown[:20])}" if unknown else "没有写明移交哪些项目"
        raise WorkspaceError(words, what_to_do="用 --projects 写项目序号，如 1、2、5-9；用 jixiao status 查看序号")
    return tuple(project for project in known if project in wanted)


def _named(folder: Path) -> Path:
    """The same folder by its own name, which ``.`` and ``..`` do not tell."""
    return Path(os.path.abspath(folder)) if folder.name in ("", "..") else folder  # noqa: PTH100  (as it is typed)


def _begun(folder: Path) -> Path:
    """Where a folder is written until it is whole, beside it: half of one is never handed over for the whole.

    What a killed program had written there is removed.

    Raises:
        WorkspaceError: the folder holds something already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(
            "这个文件夹里已有内容", where=folder, what_to_do="换一个空文件夹；已移交的工作区不会被覆盖"
        )
    passing = folder.with_name(f".{folder.name}{_UNFINISHED}")
    shutil.rmtree(passing, ignore_errors=True)
    return passing


def _put_in_place(passing: Path, folder: Path) -> Path | None:
    """Give the written folder its name, and its zip, where it is not too large; that zip."""
    files = {path.relative_to(passing).as_posix(): path for path in sorted(passing.rglob("*")) if path.is_file()}
    archive = None
    if sum(path.stat().st_size for path in files.values()) <= _LARGEST_ZIP:
        archive = folder.with_name(f"{folder.name}.zip")
        write_atomic(archive, zipped({name: path.read_bytes() for name, path in files.items()}), secret=True)
    if folder.exists():
        for path in passing.iterdir():
            path.rename(folder / path.name)
        passing.rmdir()
    else:
        passing.rename(folder)
    return archive


def _plan_files(space: Workspace) -> dict[str, bytes]:
    files = {name: path.read_bytes() for name in _PLAN if (path := space.root / name).is_file()}
    if space.templates.is_dir():
        files |= {
            f"{space.templates.name}/{path.name}": path.read_bytes() for path in sorted(space.templates.glob("*.*"))
        }
    return files


def _identity(space: Workspace, part: tuple[str, ...]) -> bytes:
    """The evaluation's identity with its key, so that returned workbooks are recognised there too."""
    identity = json.loads((space.root / IDENTITY_FILE).read_text(encoding="utf-8"))
    return json.dumps({**identity, "part": list(part)}, ensure_ascii=False, indent=1).encode()


def _log_files(space: Workspace, ledger: Ledger) -> dict[str, bytes]:
    """Every log known here under the name it has on the other laptop, the own one under the name it has here."""
    own = ledger.own_events()
    logs = {f"{FOLDER}/{OWN}": own} | {
        f"{FOLDER}/{log_file(space.logs, log[0].log).name}": log for log in other_logs(space.logs)
    }
    return {name: "".join(map(log_line, log)).encode() for name, log in logs.items()}


def _originals(evaluation: Evaluation, part: Iterable[str]) -> dict[str, bytes]:
    """Returned files and evidence of some projects."""
    space, wanted = evaluation.workspace, frozenset(part)
    known = returns(evaluation)
    with space.ledger() as ledger:
        read = {event.subject for event in ledger.events(EventKind.READ) if event.project in wanted}
    read |= {file.sha256 for file in known.evidence if file.project in wanted}
    held = {sha256: original_path(space, sha256) for sha256 in read}
    return {f"{space.originals.name}/{sha256}": path.read_bytes() for sha256, path in held.items() if path.is_file()}


def _originals_in(files: Mapping[str, bytes]) -> list[str]:
    return [name for name in files if name.startswith("04-")]


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        write_atomic(folder / name, data, secret=name == IDENTITY_FILE)


def _opinions(evaluation: Evaluation, part: tuple[str, ...]) -> bytes:
    """The rows of 评审意见.xlsx that are about these projects, or about all of them."""
    path, (scheme, roster) = evaluation.workspace.opinions, (evaluation.scheme, evaluation.roster)
    wanted = {*part, WHOLE_EVALUATION}
    rows = rows_of(path.read_bytes(), wanted) if path.is_file() else review_rows(scheme, roster)
    book = opinion_workbook([row for row in rows if row[0] in wanted], scheme, roster)
    written: dict[tuple[str, str], Mapping[str, str]] = {}
    for row in evaluation.written_losses:
        if row.typed():
            written.setdefault(row.key, row.typed())
    of_part = {key: said for key, said in written.items() if key[0] in wanted}
    return with_written_losses(book, of_part) if of_part else book


def _begin_log(folder: Path, person: str, part: tuple[str, ...], nonce: str, now: datetime) -> None:
    """Start the colleague's own log; ours becomes one of the others there."""
    logs = folder / FOLDER
    ours = logs / OWN
    first = json.loads(ours.read_text(encoding="utf-8").partition("\n")[0])
    ours.rename(log_file(logs, str(first[-1])))
    space = Workspace.open(folder)
    for needed in space.folders():
        needed.mkdir(parents=True, exist_ok=True)
    with space.ledger() as ledger:
        details = Initialised(person=person, projects=part, number=nonce, opinions=_opinions_sha256(space))
        ledger.record(details, at=now, once=f"initialised:{nonce}", subject=space.evaluation_id)


def _opinions_sha256(space: Workspace) -> str:
    return sha256_of(space.opinions.read_bytes()) if space.opinions.is_file() else ""
