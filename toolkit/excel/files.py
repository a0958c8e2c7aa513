"""Files put on disk whole or not at all, and names that every system accepts."""

import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from toolkit.errors import FileBusyError

AT_ONCE = 8
"""Files, or folders of them, that wait for the disk at one time."""
_ABANDONED = 600
"""Age of a passing file that no program is at work with any more. Units: seconds."""
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
_INVISIBLE = r"\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff"
_FORBIDDEN = re.compile(rf'[<>:"/\\|?*{_INVISIBLE}]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_MAX_BYTES = 240
_BINARY = getattr(os, "O_BINARY", 0)
"""Windows would turn line feeds into two characters."""
_OWNER = "~$"
_PASSING = re.compile(r"\.[0-9a-f]{16}\.tmp")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def is_owner_file(path: Path) -> bool:
    """Whether a file only says who has another one open: Excel, Word and WPS put it beside that."""
    return path.name.startswith(_OWNER)


def is_passing(path: Path) -> bool:
    """Whether a file is one that a program has not put in its place yet, or no longer came to."""
    return _PASSING.fullmatch(path.name) is not None


def sha256_of(data: bytes) -> str:
    """The SHA-256 of some bytes as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def is_sha256(text: str) -> bool:
    """Whether a text is what :func:`sha256_of` gives."""
    return _SHA256.fullmatch(text) is not None


def write_atomic(path: Path, data: bytes, *, secret: bool = False, settled: bool = True) -> None:
    """Write a file so that a reader sees the old bytes or the new ones, never half of either.

    Missing folders are made. While another program holds the file, a few short pauses are allowed for.

    Args:
        path: the file.
        data: its bytes.
        secret: only this user may read it; on Windows the folder's own permissions decide.
        settled: the file's name is surely on disk too; of many files :func:`settle` does that at their end.

    Raises:
        FileBusyError: the file stayed open in another program.
        OSError: the disk is full, or refuses the file; its ``filename`` is ``path``.
    """
    put_in_place(write_beside(path, data, secret=secret), path, settled=settled)


def write_beside(path: Path, data: bytes, *, secret: bool = False) -> Path:
    """Write what a file will hold beside it, under a passing name, until it is surely on disk; that name.

    Missing folders are made. ``secret`` as of :func:`write_atomic`.

    Raises:
        OSError: the disk is full, or refuses the file; its ``filename`` is ``path``.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f".{secrets.token_hex(8)}.tmp"
    try:
        opened = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600 if secret else 0o666)
        with os.fdopen(opened, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException as trouble:
        temporary.unlink(missing_ok=True)
        if isinstance(trouble, OSError):
            trouble.filename = str(path)  # the file a person knows, not the passing one
        raise
    return temporary


def put_in_place(temporary: Path, path: Path, *, settled: bool = True) -> None:
    """Give what :func:`write_beside` wrote the name of its file; where that fails, it is gone.

    ``settled`` as of :func:`write_atomic`.

    Raises:
        FileBusyError: the file stayed open in another program.
        OSError: the disk refuses the file; its ``filename`` is ``path``.
    """
    try:
        _replace(temporary, path)
        if settled:
            settle(path.parent)
    except OSError as trouble:
        trouble.filename = str(path)
        raise
    finally:
        temporary.unlink(missing_ok=True)


def write_each(files: Mapping[Path, bytes]) -> None:
    """Write files as :func:`write_atomic` does, a few at once: they wait for the disk together.

    Their names are surely on disk after :func:`settle`.

    Raises:
        FileBusyError, OSError: as of the first that could not be written; all others are written then.
    """
    from concurrent.futures import ThreadPoolExecutor  # here: most commands start without it

    with ThreadPoolExecutor(AT_ONCE) as threads:
        done = [threads.submit(write_atomic, path, data, settled=False) for path, data in files.items()]
    for each in done:
        each.result()


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write a file unless it holds these bytes already; whether it was written.

    Raises:
        FileBusyError: the file stayed open in another program.
    """
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return False
    write_atomic(path, data)
    return True


def append_text(path: Path, text: str) -> None:
    """Add text to a file of lines; what a killed program left of it is for the reader to tell.

    Raises:
        OSError: the disk is full, or refuses the file; its ``filename`` is ``path``.
    """
    try:
        with path.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as trouble:
        trouble.filename = str(path)
        raise


def settle(folder: Path) -> None:
    """Have the names of a folder's files on disk, where the system can (it cannot on Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        return  # some file systems do not synchronise folders
    finally:
        os.close(descriptor)


def sweep(folder: Path) -> int:
    """Remove passing files that a killed program has left behind, however deep; how many there were."""
    now, swept = time.time(), 0
    for place, _, names in os.walk(folder):
        for name in filter(_PASSING.fullmatch, names):
            path = Path(place, name)
            with suppress(OSError):  # another program's, just put in its place, or held open
                if now - path.stat().st_mtime > _ABANDONED:
                    path.unlink()
                    swept += 1
    return swept


def _replace(temporary: Path, path: Path) -> None:
    for pause in (*_PAUSES, None):
        try:
            temporary.replace(path)
        except PermissionError as error:
            if pause is None:
                raise _busy(path) from error
            time.sleep(pause)
        else:
            return


def _busy(path: Path) -> FileBusyError:
    holder = _owner(path)
    who = f"（打开者：{holder}）" if holder else ""
    what_to_do = "请先在 Excel 或 WPS 中关闭这个文件，再重新运行"
    return FileBusyError(f"文件正被其他程序打开{who}，无法写入", where=path, what_to_do=what_to_do)


def _owner(path: Path) -> str:
    """Who has a workbook open, from the owner file that Excel and WPS put beside it; "" when unknown."""
    try:
        record = path.with_name("~$" + path.name).read_bytes()[:200]
    except OSError:
        return ""
    # The name stands twice: in the system's code page, then in UTF-16 after a two-byte length at offset 54.
    length = int.from_bytes(record[54:56], "little") * 2
    return _FORBIDDEN.sub("", record[56 : 56 + min(length, 100)].decode("utf-16-le", "ignore")).strip()


def safe_file_name(text: str, limit: int = 100) -> str:
    """A file name, readable and accepted by Windows, macOS and Linux, made from any text.

    The extension, if there is one, survives shortening. The result is never empty and holds no separator.

    Units:
        limit: characters; the result also stays under 240 bytes of UTF-8.
    """
    name = " ".join(_FORBIDDEN.sub("_", text).split()).strip(" .")
    stem, extension = _split_extension(name)
    # Windows looks only at what stands before the first dot, and ignores spaces there.
    if _RESERVED.fullmatch(stem.split(".")[0].rstrip()):
        stem = "_" + stem
    return _shorten(stem, limit - len(extension), _MAX_BYTES - len(extension)) + extension


def _split_extension(name: str) -> tuple[str, str]:
    match = re.search(r"\.[A-Za-z0-9]{1,8}\Z", name)
    return (name[: match.start()].rstrip(" ."), match.group()) if match and match.start() else (name, "")


def _shorten(stem: str, characters: int, size: int) -> str:
    short = stem[: max(characters, 1)].encode("utf-8")[:size].decode("utf-8", "ignore")
    return short.rstrip(" .") or "未命名"


def unique_names(names: Iterable[str]) -> list[str]:
    """The same names in the same order, later doubles numbered ``名称(2).xlsx``.

    Letter case makes no difference between two names.
    """
    taken: set[str] = set()
    result = []
    for name in names:
        stem, extension = _split_extension(name)
        candidate, number = name, 1
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{stem}({number}){extension}"
        taken.add(candidate.casefold())
        result.append(candidate)
    return result
