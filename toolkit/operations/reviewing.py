"""Operations that show what evaluators judge: opinions, the evidence beside them, agreement of scorers."""

import shutil
import tempfile
from pathlib import Path

from toolkit.operations.declaration import Asked, BadRequest, Done, Kind, Operation, Parameter, view

_OPENED = (".pdf", ".docx", ".doc", ".wps", ".xlsx", ".xls", ".et", ".ods", ".csv", ".txt", ".jpg", ".jpeg", ".png",
           ".bmp", ".gif", ".tif", ".tiff", ".ofd", ".pptx", ".ppt")  # fmt: skip
"""Endings of files that are shown; anything else could be a program and is never opened for the user."""


def _opinions(asked: Asked) -> Done:
    from toolkit.pipeline.examine.opinion_board import opinion_rows
    from toolkit.pipeline.examine.scorebooks import standing

    evaluation, _ = asked.memory.results(asked.workspace, asked.now.date())
    scored = standing(evaluation)
    return Done({
        "opinions": [row.as_json() for row in opinion_rows(evaluation, asked.now)],
        "findings": [found.as_json() for found in evaluation.opinion_reading.findings],
        "standing": scored.as_json() if scored else {},
    })  # fmt: skip


def _evidence(asked: Asked) -> Done:
    from toolkit.pipeline.examine.opinion_board import evidence_rows

    evaluation, results = asked.memory.results(asked.workspace, asked.now.date())
    rows = evidence_rows(evaluation, results.examined, asked["project"])
    return Done({"project": asked["project"], "items": [row.as_json() for row in rows]})


def _open_evidence(asked: Asked) -> Done:
    """A copy in a folder of its own: the original stays untouched, and what could be a program is not opened."""
    from toolkit.pipeline.intake.originals import original_path

    evaluation, results = asked.memory.results(asked.workspace, asked.now.date())
    known = {file.sha256: file for file in results.examined.returns.evidence}
    file = known.get(asked["sha256"])
    if file is None:
        raise BadRequest("没有这份佐证文件")
    suffix = Path(file.name).suffix.lower()
    copy = Path(tempfile.mkdtemp(prefix="jixiao-")) / f"佐证_{file.sha256[:8]}{suffix if suffix in _OPENED else '.bin'}"
    shutil.copyfile(original_path(evaluation.workspace, file.sha256), copy)
    copy.chmod(0o444)
    return Done({"file": str(copy), "name": file.name, "opens": suffix in _OPENED and file.openable})


REVIEWING: tuple[Operation, ...] = (
    view("opinions", "评审意见一览", _opinions),
    view(
        "evidence",
        "一个项目的佐证",
        _evidence,
        Parameter("project", Kind.TEXT, "项目序号", "哪个项目", required=True),
    ),
    view(
        "open evidence",
        "打开佐证副本",
        _open_evidence,
        Parameter("sha256", Kind.TEXT, "校验值", "哪份文件", required=True),
    ),
)
