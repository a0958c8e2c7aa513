"""Personal data as it may be shown: enough to find the row in the original again, no more."""

import re

_ADDRESS = re.compile(r"(\d{1,3}\.\d{1,3})\.\d{1,3}\.\d{1,3}")
_DIGITS = re.compile(r"\d{7,}")


def masked(text: str) -> str:
    """``121.233.4.5(江苏-南通)`` → ``121.233.*.*``, ``13812345678`` → ``138****5678``, ``张三丰`` → ``张**``."""
    bare = text.strip()
    if address := _ADDRESS.search(bare):
        return f"{address[1]}.*.*"
    if _DIGITS.fullmatch(bare):
        return f"{bare[:3]}****{bare[-4:]}"
    if len(bare) > 8:
        return f"{bare[:4]}****"
    return bare[:1] + "*" * (len(bare) - 1)
