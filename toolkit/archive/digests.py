"""Two digests of everything that is archived: sha256, and SM3 (GB/T 32905) beside it."""

import hashlib
from typing import NamedTuple


class Digests(NamedTuple):
    """Of some bytes; 64 lower-case hexadecimal digits each."""

    sha256: str
    sm3: str


def digests_of(data: bytes) -> Digests:
    """Both digests of some bytes."""
    from cryptography.hazmat.primitives import hashes

    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(data)
    return Digests(hashlib.sha256(data).hexdigest(), sm3.finalize().hex())
