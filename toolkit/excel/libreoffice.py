"""LibreOffice headless: recalculating workbooks and printing documents to PDF.

Used as referee in tests, to fill cached values and to print; never on the way of the main job, and never to save a
file a unit sent. Every call runs in a profile of its own, so calls do not disturb one another or the user's office.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from toolkit.errors import MissingProgramError, UnreadableFileError

_START_AGAIN = 81  # what soffice answers when it has just created a fresh profile
_ATTEMPTS = 3
_WINDOWS_FOLDERS = (r"C:\Program Files\LibreOffice\program", r"C:\Program Files (x86)\LibreOffice\program")
_MAC_FOLDER = "/Applications/LibreOffice.app/Contents/MacOS"

# LibreOffice keeps a file's cached values unless told to recalculate always (0); macros of foreign files never run.
_SETTINGS = (
    ("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "0"),
    ("/org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode", "0"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
)


def find_soffice() -> Path | None:
    """The LibreOffice program of this computer, or None."""
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return Path(found)
    places = [Path(folder) / "soffice.com" for folder in _WINDOWS_FOLDERS] + [Path(_MAC_FOLDER) / "soffice"]
    return next((place for place in places if place.is_file()), None)


def recalculate(paths: Iterable[Path], out_dir: Path, timeout: float = 120) -> dict[Path, Path]:
    """Workbooks saved anew as .xlsx with every formula recalculated.

    Args:
        paths: workbooks with different file names; they are only read.
        out_dir: a folder other than theirs; made when it is not there.
        timeout: seconds for all of them together.

    Returns:
        Source → result; a file LibreOffice could not open is left out.

    Raises:
        MissingProgramError: LibreOffice is not installed.
        UnreadableFileError: LibreOffice did not finish in time or failed as a whole.
    """
    return _convert(list(paths), out_dir, "xlsx:Calc MS Excel 2007 XML", "xlsx", timeout)


def to_pdf(paths: Iterable[Path], out_dir: Path, timeout: float = 120) -> dict[Path, Path]:
    """Workbooks, documents or slides printed to PDF, page set-up as in the file.

    Arguments, result and errors are those of :func:`recalculate`.
    """
    return _convert(list(paths), out_dir, "pdf", "pdf", timeout)


def print_document(docx: bytes) -> bytes:
    """One Word document printed to PDF.

    Raises:
        MissingProgramError: LibreOffice is not installed.
        UnreadableFileError: LibreOffice did not finish in time or could not open it.
    """
    with tempfile.TemporaryDirectory(prefix="jixiao_print_", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / "report.docx"
        source.write_bytes(docx)
        printed = to_pdf([source], Path(folder) / "pdf")
        if source not in printed:
            raise UnreadableFileError("LibreOffice 没有打开这份文档，无法排出页码")
        return printed[source].read_bytes()


def _convert(paths: Sequence[Path], out_dir: Path, target: str, suffix: str, timeout: float) -> dict[Path, Path]:
    program = find_soffice()
    if program is None:
        raise MissingProgramError(
            "没有找到 LibreOffice，无法重算或转换为 PDF", what_to_do="安装 LibreOffice 后再试；其他功能不受影响"
        )
    results = {path: out_dir / f"{path.stem}.{suffix}" for path in paths}
    if len(set(results.values())) < len(results) or any(path == result for path, result in results.items()):
        raise ValueError("sources must have different names and lie outside the output folder")
    out_dir.mkdir(parents=True, exist_ok=True)
    for result in results.values():
        result.unlink(missing_ok=True)  # an old result must not pass for a new one
    with tempfile.TemporaryDirectory(prefix="jixiao_lo_", ignore_cleanup_errors=True) as profile:
        _write_profile(Path(profile))
        _run_until_done(_command(program, Path(profile), target, out_dir, paths), timeout)
    return {path: result for path, result in results.items() if result.is_file()}


def _command(program: Path, profile: Path, target: str, out_dir: Path, paths: Sequence[Path]) -> list[str]:
    switches = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"]
    files = [str(path.resolve()) for path in paths]
    home = f"-env:UserInstallation={profile.resolve().as_uri()}"
    return [str(program), home, *switches, "--convert-to", target, "--outdir", str(out_dir.resolve()), *files]


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>\n'
    )
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(text, encoding="utf-8")


def _run_until_done(command: Sequence[str], timeout: float) -> None:
    for _ in range(_ATTEMPTS):
        code, said = _run(command, timeout)
        if code == 0:
            return
        if code != _START_AGAIN:
            raise UnreadableFileError(f"LibreOffice 转换失败（返回码 {code}）：{said[-300:].strip()}")
    raise UnreadableFileError("LibreOffice 反复要求重新启动，转换没有完成")


_RUNNING: set[subprocess.Popen[bytes]] = set()


def stop_running() -> None:
    """End every LibreOffice started here: it lives in a session of its own and would outlive this program."""
    for process in tuple(_RUNNING):
        _end(process)


def _run(command: Sequence[str], timeout: float) -> tuple[int, str]:
    process = subprocess.Popen(  # noqa: S603  # our own arguments, no shell
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )
    _RUNNING.add(process)
    try:
        said, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        _end(process)
        raise UnreadableFileError(f"LibreOffice 在 {timeout:.0f} 秒内没有完成转换") from None
    finally:
        _RUNNING.discard(process)
    return process.returncode, said.decode("utf-8", "replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End soffice with its children: on Unix it is a script that starts the real program."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
