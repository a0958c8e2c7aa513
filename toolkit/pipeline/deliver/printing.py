"""``jixiao report --pdf``: reports printed to PDF by LibreOffice, many in one start of the program."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.errors import FileBusyError, MissingProgramError, UnreadableFileError
from toolkit.excel.libreoffice import find_soffice, to_pdf
from toolkit.pipeline.edited import SetAside
from toolkit.pipeline.plan.outputs import Outputs
from toolkit.pipeline.plan.workspace import Workspace
from toolkit.pipeline.progress import Progress, silent

FOLDER = "PDF"
_AT_ONCE = 6
_START, _EACH = 60, 30  # seconds allowed for a start of LibreOffice, and for a document
_ADVICE = "安装 LibreOffice（免费）后再试，或在 Word、WPS 里打开报告另存为 PDF；不加 --pdf 照常生成 Word 报告"


@dataclass(frozen=True, slots=True)
class Printed:
    """PDFs made; ``failed``: name of a report → why there is none of it."""

    folder: Path
    files: tuple[Path, ...]
    failed: dict[str, str]
    set_aside: tuple[SetAside, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """``{"folder", "files", "failed": {name: why}}``."""
        return {"folder": str(self.folder), "files": [str(path) for path in self.files], "failed": self.failed}


def require_printing() -> None:
    """Say before the work begins that PDFs cannot be made here.

    Raises:
        MissingProgramError: LibreOffice is not installed.
    """
    if find_soffice() is None:
        raise MissingProgramError("本机没有 LibreOffice，不能转为 PDF", what_to_do=_ADVICE)


def print_reports(
    space: Workspace, documents: Sequence[Path], beside: Path, now: datetime, progress: Progress = silent
) -> Printed:
    """Print documents into folder PDF of ``beside``, under their own names; what was changed there is kept as a copy.

    Raises:
        MissingProgramError: LibreOffice is not installed.
    """
    folder = beside / FOLDER
    made: list[Path] = []
    failed: dict[str, str] = {}
    with Outputs(space, now) as outputs:
        for start in range(0, len(documents), _AT_ONCE):
            group = documents[start : start + _AT_ONCE]
            printed, why = _printed(group)
            for document in group:
                path = folder / f"{document.stem}.pdf"
                fault = _put(outputs, path, printed[document]) if document in printed else why
                if fault:
                    failed[document.name] = fault
                else:
                    made.append(path)
            progress("转为 PDF", start + len(group), len(documents))
    return Printed(folder, tuple(made), failed, outputs.set_aside)


def _put(outputs: Outputs, path: Path, data: bytes) -> str:
    """Write one PDF; why that was not possible, "" where it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        outputs.put(path, data)
    except FileBusyError as busy:
        return busy.message
    return ""


def _printed(documents: Sequence[Path]) -> tuple[dict[Path, bytes], str]:
    """PDFs by document, and why the others have none; when a group fails as a whole, each is tried alone."""
    try:
        found = _together(documents)
    except UnreadableFileError as error:
        if len(documents) == 1:
            return {}, error.message
        alone = [_printed([document]) for document in documents]
        why = next((words for _, words in alone if words), "")
        return {document: data for pdfs, _ in alone for document, data in pdfs.items()}, why
    return found, "LibreOffice 打不开这份文档"


def _together(documents: Sequence[Path]) -> dict[Path, bytes]:
    with tempfile.TemporaryDirectory(prefix="jixiao_pdf_", ignore_cleanup_errors=True) as folder:
        results = to_pdf(documents, Path(folder), timeout=_START + _EACH * len(documents))
        return {document: path.read_bytes() for document, path in results.items()}
