"""Which files of a workspace are archived, and what each is."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from toolkit.archive import INDEX, MANIFEST, Content, Manifest, ManifestError, PaperClass
from toolkit.excel.files import is_owner_file, sha256_of
from toolkit.ledger import EventKind
from toolkit.pipeline.archive.readable import LEDGER_PAPERS
from toolkit.pipeline.intake.originals import file_of, original_of
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.ledger_place import LEDGER_FILE, PLACE_FILE
from toolkit.pipeline.plan.moving_ledger import ledger_copy
from toolkit.pipeline.plan.turns import TURN_FILE
from toolkit.pipeline.plan.workspace import Workspace

_LEFT_OUT = (".tmp", "-wal", "-shm", "-journal", PLACE_FILE.rpartition("/")[2], TURN_FILE.rpartition("/")[2])
"""Ends of names that are not archived; where the ledger was is of no use elsewhere, and may hold a password."""
_INBOX, _ORIGINALS = "03-收件箱", "04-原件"
_EVIDENCE, _CONCLUSION, _PLANNING = PaperClass.EVIDENCE, PaperClass.CONCLUSION, PaperClass.PLANNING
_KINDS: Mapping[str, tuple[PaperClass, str]] = {
    "方案.xlsx": (_PLANNING, "评价方案（指标体系）"),
    "项目清单.xlsx": (_PLANNING, "项目清单"),
    "评审意见.xlsx": (_EVIDENCE, "评审意见"),
    "报告素材.xlsx": (_CONCLUSION, "报告素材"),
    LEDGER_FILE: (_EVIDENCE, "台账（事件链）"),
    "台账回执.txt": (_EVIDENCE, "台账回执"),
    "模板": (_PLANNING, "本次评价使用的模板"),
    "01-采集表": (_PLANNING, "下发的采集表"),
    "02-下发包": (_PLANNING, "下发包"),
    _INBOX: (_EVIDENCE, "收件箱中未登记的文件"),
    _ORIGINALS: (_EVIDENCE, "原件"),
    "05-核查结果": (_EVIDENCE, "核查结果"),
    "06-汇总总表": (_CONCLUSION, "汇总总表"),
    "07-评价报告": (_CONCLUSION, "评价报告"),
    "08-退回整改": (_EVIDENCE, "退回整改"),
    "09-催报函": (_EVIDENCE, "催报函"),
    "10-邮件草稿": (_EVIDENCE, "邮件草稿"),
    "11-问卷": (_EVIDENCE, "问卷结果"),
    "12-打分册": (_EVIDENCE, "打分册和差异裁定"),
    "13-现场核查": (_EVIDENCE, "现场核查底稿"),
    "14-复核记录": (_EVIDENCE, "三级复核记录"),
    "15-征求意见": (_EVIDENCE, "征求意见及处理"),
    "预填.xlsx": (_PLANNING, "预填内容和标签对照"),
    "16-工作方案": (_PLANNING, "工作方案、验收与付款清单、承诺书"),
    "工作组.xlsx": (_PLANNING, "工作组：成员、分工、回避声明"),
    "人员材料": (_PLANNING, "承诺书和人员材料"),
    "会议材料": (_EVIDENCE, "会议材料"),
    "上年数据.xlsx": (_PLANNING, "上年数据"),
    "整改跟踪.xlsx": (_EVIDENCE, "上年问题整改跟踪"),
    ".jixiao": (_EVIDENCE, "程序记录"),
}
_RECORDS = {"已生成": "报告和总表的生成底稿", "方案版本": "方案的历次版本"}


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where an original came from, as the ledger has it."""

    project: str
    unit: str
    name: str
    at: str


def inventory(evaluation: Evaluation) -> list[Content]:
    """Every file of the workspace in order of path; what lies in the inbox and is on record as an original once."""
    root = evaluation.workspace.root
    origins = _origins(evaluation)
    earlier = _of_an_earlier_archive(root, evaluation.workspace.evaluation_id)
    return [
        _content(evaluation, path, name, origins)
        for path, name in _files(root)
        if name not in earlier and not (name.startswith(f"{_INBOX}/") and sha256_of(path.read_bytes()) in origins)
    ]


def _of_an_earlier_archive(root: Path, evaluation: str) -> frozenset[str]:
    """What an archive said of itself when it was written, where the folder came out of one: it is written anew."""
    try:
        manifest = Manifest.parse((root / MANIFEST).read_bytes())
    except (OSError, ManifestError):
        return frozenset()
    if manifest.evaluation != evaluation:
        return frozenset()
    own = {member.name: member.sha256 for member in manifest.members if member.name in (INDEX, *LEDGER_PAPERS)}
    same = {name for name, sha256 in own.items() if (root / name).is_file() and _hash(root / name) == sha256}
    return frozenset({MANIFEST, *same})


def _hash(path: Path) -> str:
    return sha256_of(path.read_bytes())


def _files(root: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.endswith(_LEFT_OUT) and not is_owner_file(path):
            yield path, path.relative_to(root).as_posix()


def _content(evaluation: Evaluation, path: Path, name: str, origins: Mapping[str, _Origin]) -> Content:
    first, _, rest = name.partition("/")
    paper, title = _KINDS.get(first, (_EVIDENCE, "其他文件"))
    read: Callable[[], bytes] = partial(_ledger_bytes, evaluation.workspace) if name == LEDGER_FILE else path.read_bytes
    if first == _ORIGINALS and rest in origins:
        origin = origins[rest]
        words = f"{origin.name}，{origin.at} 收到"
        return Content(name, read, paper, f"{title}：{origin.name}", origin.project, origin.unit, words)
    if first == ".jixiao":
        title = _RECORDS.get(rest.partition("/")[0], title)
    project, unit = _owner(evaluation, rest)
    return Content(name, read, paper, f"{title}：{rest}" if rest else title, project, unit)


def _owner(evaluation: Evaluation, rest: str) -> tuple[str, str]:
    """Project and unit that a generated file names, "" where it names none."""
    for project in evaluation.roster.projects:
        if project.name and project.name in rest:
            return project.id, project.unit
    unit = next((project.unit for project in evaluation.roster.projects if rest.startswith(project.unit)), "")
    return "", unit


def _origins(evaluation: Evaluation) -> dict[str, _Origin]:
    units = {project.id: project.unit for project in evaluation.roster.projects}
    with evaluation.workspace.ledger() as ledger:
        events = ledger.events()
    kept = {sha256: event for event in events if (sha256 := original_of(event))}
    projects = {event.subject: event.project for event in events if event.kind == EventKind.READ}
    return {
        sha256: _Origin(
            projects.get(sha256, event.project),
            units.get(projects.get(sha256, event.project), event.unit),
            file_of(event),
            event.moment,
        )
        for sha256, event in kept.items()
    }


def _ledger_bytes(workspace: Workspace) -> bytes:
    """The ledger's file as one piece, with what still stands in its journal; a server's ledger as such a file."""
    place = workspace.ledger_place
    with tempfile.TemporaryDirectory() as folder:
        file = place if isinstance(place, Path) else Path(folder) / LEDGER_FILE
        if file is not place:
            ledger_copy(workspace, file)
        with closing(sqlite3.connect(f"file:{file.as_posix()}?mode=ro", uri=True)) as connection:
            return connection.serialize()
