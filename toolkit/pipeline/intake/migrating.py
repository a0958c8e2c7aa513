"""``jixiao scheme migrate``: returns of an older scheme carried into workbooks of the present one, with a log."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.collect import IsolatedReader, Outcome, incoming, read_return
from toolkit.collect.intake import Incoming
from toolkit.collect.recoded import Recoding, read_old_form, read_recoded
from toolkit.errors import UnreadableFileError, WorkspaceError
from toolkit.excel.files import write_atomic
from toolkit.generate import workbook_name
from toolkit.migrate import Filled, Migration, OtherCode, carry, migrated_workbook, migration_log
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.progress import READING, Progress, silent

FOLDER, LOG = "迁移", "迁移日志.xlsx"
_OLD_SCHEME = "IDENT-04"
_DONE, _REFUSED, _SAME = "已迁移", "未能读取", "不需要迁移"
_PAIRS = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True, slots=True)
class MigratedFile:
    """What became of one file.

    Attributes:
        state: 已迁移, 未能读取 or 不需要迁移. reason: why not, in Chinese with what to do.
        written: the new workbook; None where there is none.
    """

    name: str
    sha256: str
    project: str
    state: str
    reason: str = ""
    written: Path | None = None
    migration: Migration | None = None
    asked: tuple[OtherCode, ...] = ()

    def as_json(self) -> Json:
        """``{"name", "sha256", "project", "state", "reason", "written", "carried", "left_behind": [{"place", …}]}``.

        ``renamed`` are indicators of the same name under another code, to be confirmed: ``[{"old", "name", "new"}]``.
        """
        left = self.migration.left if self.migration else ()
        rows = [
            {"place": f"{each.old[0]}!{each.old[1]}", "key": each.name, "text": each.text, "reason": each.reason}
            for each in left
        ]
        return {
            "name": self.name,
            "sha256": self.sha256,
            "project": self.project,
            "state": self.state,
            "reason": self.reason,
            "written": str(self.written) if self.written else "",
            "carried": len(self.migration.carried) if self.migration else 0,
            "left_behind": rows,
            "renamed": [{"old": each.old, "name": each.name, "new": each.new} for each in self.asked],
        }


@dataclass(frozen=True, slots=True)
class Migrated:
    """A batch: its files and the log."""

    files: tuple[MigratedFile, ...]
    log: Path

    @property
    def ok(self) -> bool:
        """Whether every file could be read."""
        return all(file.state != _REFUSED for file in self.files)

    def as_json(self) -> Json:
        """``{"files": […], "log"}``."""
        return {"files": [file.as_json() for file in self.files], "log": str(self.log)}


def migrate(
    evaluation: Evaluation,
    paths: Sequence[Path],
    to: Path | None = None,
    progress: Progress = silent,
    renamed: str = "",
) -> Migrated:
    """Carry returns of older schemes into workbooks of the present one; the originals stay as they are.

    Args:
        evaluation: with the present scheme.
        paths: files, folders, archives; none for the inbox.
        to: where the new workbooks and the log go; None for folder 迁移 of the workspace.
        progress: told after each file.
        renamed: indicators that bear another code now, as a person confirmed them: ``A101=A103、A102=A104``.

    Raises:
        WorkspaceError: one of the paths is not there, none holds a file, or ``renamed`` cannot be meant.
    """
    codes = _confirmed(renamed, evaluation)
    paths = tuple(paths) or (evaluation.workspace.inbox,)
    if absent := [path for path in paths if not path.exists()]:
        listed = "、".join(map(str, absent))
        raise WorkspaceError("找不到要迁移的文件或文件夹", where=listed, what_to_do="核对路径和文件名后重试")
    folder = to or evaluation.workspace.root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    files = tuple(_each(evaluation, paths, folder, progress, codes))
    if not files:
        raise WorkspaceError("没有找到要迁移的采集表", where=paths[0], what_to_do="写明旧版采集表所在的文件或文件夹")
    log = _free(folder / LOG)
    rows = [[file.project, file.name, file.state, file.written.name if file.written else "", file.reason]
            for file in files]  # fmt: skip
    write_atomic(log, migration_log(rows, [(file.name, file.migration) for file in files if file.migration]))
    return Migrated(files, log)


def _confirmed(text: str, evaluation: Evaluation) -> dict[str, str]:
    """Old code → today's code."""
    pairs = [pair.split("=") for pair in _PAIRS.split(text.strip()) if pair]
    today = {indicator.code for indicator in evaluation.scheme.indicators}
    wrong = [pair for pair in pairs if len(pair) != 2 or not pair[0] or pair[1] not in today]
    codes = {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
    if wrong or len(codes) < len(pairs) or len(set(codes.values())) < len(codes):
        listed = "、".join("=".join(pair) for pair in wrong or pairs)[:100]
        advice = "写成 A101=A103，等号左边是旧方案的指标编码，右边是现行方案的；几个之间用顿号隔开，每个编码只写一次"
        raise WorkspaceError(f"换了编码的指标写得不对：{listed}", what_to_do=advice)
    return codes


def _each(
    evaluation: Evaluation, paths: Iterable[Path], folder: Path, progress: Progress, codes: Mapping[str, str]
) -> Iterable[MigratedFile]:
    context = evaluation.collecting
    known, read = (Recoding(context, dict(codes)), read_recoded) if codes else (context, read_return)
    with IsolatedReader(known, read=read) as reader, IsolatedReader(context, read=read_old_form) as looker:
        for number, found in enumerate(incoming(paths, reader.unpacked), 1):
            if found.evidence:
                continue
            yield _one(evaluation, found, folder, (reader, looker), codes)
            progress(READING, number, 0, item=found.name)


def _one(
    evaluation: Evaluation,
    found: Incoming,
    folder: Path,
    readers: tuple[IsolatedReader, IsolatedReader],
    codes: Mapping[str, str],
) -> MigratedFile:
    reader, looker = readers
    if found.problem:
        return MigratedFile(found.name, "", "", _REFUSED, found.problem)
    outcome = reader.read(found.data, found.name)
    known = (found.name, outcome.sha256, outcome.project)
    if outcome.submission is None:
        return MigratedFile(*known, _REFUSED, outcome.reason)
    if _OLD_SCHEME not in {note.code for note in outcome.notes}:
        return MigratedFile(*known, _SAME, "已是现行方案的采集表，直接用 jixiao collect 读取")
    try:
        rows, others = looker.plain(found.data, found.name)
    except UnreadableFileError as error:
        return MigratedFile(*known, _REFUSED, str(error))
    filled = [Filled(*row) for row in rows]
    asked = tuple(other for other in (OtherCode(*row) for row in others) if codes.get(other.old) != other.new)
    migration = carry(evaluation.template.layout, outcome.submission, filled, codes, asked)
    written = _written(evaluation, outcome, migration, folder)
    return MigratedFile(*known, _DONE, _question(asked), written, migration, asked)


def _question(asked: Sequence[OtherCode]) -> str:
    """What a person is asked; nothing is carried from one code to another without an answer."""
    if not asked:
        return ""
    listed = "、".join(f"“{each.name}”{each.old}→{each.new}" for each in asked)
    pairs = "、".join(f"{each.old}={each.new}" for each in asked)
    again = f"确认是同一指标的，再迁移一次，换了的编码写：{pairs}"
    return f"有{len(asked)}个指标名称相同、编码不同，没有带入：{listed}。{again}"


def _written(evaluation: Evaluation, outcome: Outcome, migration: Migration, folder: Path) -> Path:
    project = evaluation.roster.project(outcome.project)
    if project is None:  # an accepted return always belongs to a project of the roster
        raise WorkspaceError(f"项目清单里没有项目{outcome.project}", where=outcome.file_name)
    schemes = f"旧版 → 版本{evaluation.scheme.version}（{evaluation.scheme.sha256[:12]}）"
    stamped = evaluation.template.stamp(project)
    data = migrated_workbook(stamped, migration, outcome.file_name, outcome.sha256, schemes)
    path = _free(folder / workbook_name(project), data)
    write_atomic(path, data)
    return path


def _free(path: Path, data: bytes | None = None) -> Path:
    """A name nobody uses; the file itself where it holds the same already."""
    number = 1
    wanted = path
    while wanted.exists() and (data is None or wanted.read_bytes() != data):
        number += 1
        wanted = path.with_name(f"{path.stem}（{number}）{path.suffix}")
    return wanted
