"""The password of a sheet's protection, as Excel 2013 and later, WPS and LibreOffice keep it."""

import hashlib
from base64 import b64encode

_SPINS = 100_000  # what Excel writes; about a tenth of a second, so it is done once a template


def protection_attributes(password: str) -> dict[str, str | int]:
    """What openpyxl's sheet protection is to be given; nothing without a password.

    The salt follows from the password: the same template gives the same bytes, and nobody else's file shares it.

    Source: ECMA-376 part 1, 18.3.1.85 (hashValue, saltValue, spinCount).
    """
    if not password:
        return {}
    salt = hashlib.sha256(b"sheet protection" + password.encode()).digest()[:16]
    value = hashlib.sha512(salt + password.encode("utf-16-le")).digest()
    for number in range(_SPINS):
        value = hashlib.sha512(value + number.to_bytes(4, "little")).digest()
    return {
        "algorithmName": "SHA-512",
        "saltValue": b64encode(salt).decode(),
        "hashValue": b64encode(value).decode(),
        "spinCount": _SPINS,
    }
