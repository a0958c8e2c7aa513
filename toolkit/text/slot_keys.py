"""Keys of slots that name an indicator: ``完成值_A101``, ``要点1_A101``."""

from collections.abc import Mapping


def under_codes(key: str, codes: Mapping[str, str]) -> str:
    """The key with the indicator's code replaced, all at once: A101 may become A102 while A102 becomes A101."""
    return "_".join(codes.get(part, part) for part in key.split("_"))
