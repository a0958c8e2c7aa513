"""What kept results are sealed with: a secret of this user on this computer, outside every workspace.

Who can write into a workspace can also read the key that lies in it, and could seal a result of his own making with it.
He cannot with this. So a kept result is believed only by the user and the computer that worked it out.
"""

import os
import secrets
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

_BYTES = 32
_FILE = "缓存密钥"


def state_folder() -> Path:
    """Where a program keeps what belongs to a user on one computer: it does not follow him to another."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "jixiao"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "jixiao"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "jixiao"


@cache
def user_secret() -> bytes:
    """The secret, made when there is none; where none can be kept, one for this process alone."""
    path = state_folder() / _FILE
    with suppress(OSError):
        found = path.read_bytes()
        if len(found) == _BYTES:
            return found
    made = secrets.token_bytes(_BYTES)
    try:
        return _written(path, made)
    except OSError:
        return made


def _written(path: Path, secret: bytes) -> bytes:
    """The secret that stands in the file afterwards: another process may have written its own at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(secret)
    temporary.replace(path)
    return path.read_bytes()
