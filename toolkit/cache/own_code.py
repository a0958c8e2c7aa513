"""Code that the program made of the templates that came with it, kept for this user on this computer.

As Python keeps what it compiled of a module: beside the secret it is sealed with, outside every workspace. It is made
of nothing but files of the program; no word of an evaluation is in it. Nothing here fails: what is not there, not whole
or not sealed by this user is made anew.
"""

import hashlib
import hmac
import marshal
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from toolkit.cache.secret import state_folder, user_secret

Plain: TypeAlias = Any
"""Whatever :mod:`marshal` writes: code, texts, numbers, and tuples and frozensets of them."""
_FOLDER = "编译结果"
_SEAL = hashlib.sha256().digest_size
_MOST = 60
"""Files: each template of a few versions of the program, some 40 KB each."""


def find_code(key: str) -> Plain | None:
    """What was kept under a key, which names everything it was made of and the program; None where nothing is."""
    with suppress(OSError, EOFError, ValueError, TypeError):
        sealed = (_folder() / key).read_bytes()
        if hmac.compare_digest(_seal(key, sealed[_SEAL:]), sealed[:_SEAL]):
            return marshal.loads(sealed[_SEAL:])  # noqa: S302 - nothing is unpacked before its seal is seen
    return None


def keep_code(key: str, value: Plain) -> None:
    """Keep something for later commands; the oldest give way."""
    data = marshal.dumps(value)
    with suppress(OSError):
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / f".{secrets.token_hex(8)}.tmp"
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(_seal(key, data) + data)
        temporary.replace(folder / key)
        _drop_oldest(folder)


def _drop_oldest(folder: Path) -> None:
    aged = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    for path in aged[:-_MOST]:
        path.unlink(missing_ok=True)


def _folder() -> Path:
    return state_folder() / _FOLDER


def _seal(key: str, data: bytes) -> bytes:
    secret = hmac.digest(user_secret(), b"code", "sha256")
    return hmac.digest(secret, key.encode() + data, "sha256")
