"""Text made comparable: full-width to half-width by an explicit table, and labels without their spacing.

Unicode's own compatibility folding is not used on purpose: it turns ``①`` into 1 and ``m²`` into m2, numbers
nobody typed.
"""

import re
from functools import lru_cache

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys((0x3000, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F), " ")
_SIGNS = {"￥": "¥", "﹣": "-", "−": "-", "﹪": "%", "﹐": ",", "、": "、"}
_FOLD = str.maketrans({**{chr(code): chr(half) for code, half in _FULL_WIDTH.items()}, **_SIGNS})
_FOLD |= _SPACES
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SHORT = 64
_GAPS = re.compile(r"\s+")
_ORNAMENT = re.compile(r"[*＊:：]+$|^[*＊]+")


def visible(text: str) -> str:
    """Text as typed, without characters that cannot be seen and without outer white space."""
    return _UNSEEN.sub("", text).strip()


def fold(text: str) -> str:
    """Half-width letters, digits and punctuation; invisible characters gone; outer white space gone."""
    return _UNSEEN.sub("", text).translate(_FOLD).strip()


def squeeze(text: str) -> str:
    """A label as it is compared, without spacing, colon and required-mark: ``项 目 名 称：`` is ``项目名称``."""
    return _squeeze_short(text) if len(text) <= _SHORT else _squeeze(text)


def _squeeze(text: str) -> str:
    return _ORNAMENT.sub("", _GAPS.sub("", fold(text)))


# The labels are the same in every file of a batch. Long texts are not kept: they differ, and a hostile one is huge.
_squeeze_short = lru_cache(maxsize=4096)(_squeeze)
