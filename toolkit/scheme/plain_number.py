"""Numbers as people write them in a scheme or roster; nothing else passes, however much Decimal would accept."""

import re
import unicodedata
from decimal import Decimal

_PLAIN = re.compile(r"-?\d{1,12}(?:\.\d{1,8})?", re.ASCII)


def read_number(text: str) -> Decimal:
    """Read a plain number; full-width digits and thousands separators are accepted.

    Raises:
        ValueError: it is no such number, with the Chinese reason.
    """
    written = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    if not _PLAIN.fullmatch(written):
        raise ValueError(f"“{text[:40]}”不是数")
    return Decimal(written)


def read_share(text: str) -> Decimal:
    """Read a share of the whole: ``60%``, ``0.6`` or ``60``. Units: fraction 0–1.

    Raises:
        ValueError: it is no such number, with the Chinese reason.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    number = read_number(written.removesuffix("%"))
    share = number / 100 if written.endswith("%") or number > 1 else number
    if not 0 <= share <= 1:
        raise ValueError(f"“{text[:40]}”应在0%–100%之间")
    return share
