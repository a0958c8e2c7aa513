"""Text made comparable: full-width to half-width by an explicit table, and labels without their spacing.

Unicode's own compatibility folding is not used on purpose: it turns ``①`` into 1 and ``m²`` into m2, numbers
nobody typed.
"""

import re
from functools import lru_cache

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys((0x3000, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F), " ")
_SIGNS = {"￥": "¥", "﹣": "-", "−": "-", "﹪": "%", "﹐": ","}
_FOLD = str.maketrans({**{chr(code): chr(half) for code, half in _FULL_WIDTH.items()}, **_SIGNS})
_FOLD |= _SPACES
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
_TURNING = "\u061c\u200f\u202b\u202e\u2067\u2068"  # from here on, text may be shown from right to left
_DIRECTIONS = f"{_TURNING}\u200e\u202a\u202c\u202d\u2066\u2069"
_UNSEEN = re.compile(
    f"[{_CONTROLS}{_DIRECTIONS}\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2064"
    "\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_REORDERING = re.compile(f"[{_TURNING}]")
_DIRECTING = re.compile(f"[{_DIRECTIONS}]")
_CONTROLLING = re.compile(f"[{_CONTROLS}{_DIRECTIONS}]")
_UNSTORABLE = re.compile(f"[{_CONTROLS}\ud800-\udfff\ufffe\uffff]")
_SHORT = 64
_GAPS = re.compile(r"\s+")
_WITHIN_NAME = re.compile(r"(?<=[㐀-鿿·])\s+(?=[㐀-鿿·])")
_ORNAMENT = re.compile(r"[*＊:：]+$|^[*＊]+")


def storable(text: str) -> str:
    """Text that every file can store: ``\ufffd`` stands where a control character or half a character was.

    Two halves of one character come together again.
    """
    if not _UNSTORABLE.search(text):
        return text
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _UNSTORABLE.sub("\ufffd", joined)


def printable_name(name: str) -> str:
    """The name of a file as it can be stored and shown on one line; marks of writing direction are made visible."""
    return _GAPS.sub(" ", _DIRECTING.sub("\ufffd", storable(name)))


def visible(text: str) -> str:
    """Text as typed, without characters that cannot be seen and without outer white space."""
    return _UNSEEN.sub("", text).strip()


def fold(text: object) -> str:
    """Half-width letters, digits and punctuation; invisible characters gone; outer white space gone."""
    return _UNSEEN.sub("", str(text)).translate(_FOLD).strip()


def half_width(text: str) -> str:
    """Half-width letters, digits and punctuation, every character in its place."""
    return text.translate(_FOLD) if len(text) > _KEPT else _half_width(text)


_KEPT = 400
"""Many readers ask for the same short texts; long ones are not kept."""


@lru_cache(maxsize=8192)
def _half_width(text: str) -> str:
    return text.translate(_FOLD)


def reorders(text: str) -> bool:
    """Whether a text holds marks that can show it in another order than it is stored: ``\u202e03`` is seen as 30."""
    return _REORDERING.search(text) is not None


def without_controls(text: str) -> str:
    """Text without control characters and marks of writing direction; joiners of emoji and the like stay."""
    return _CONTROLLING.sub("", text)


def squeeze(text: str) -> str:
    """A label as it is compared, without spacing, colon and required-mark: ``项 目 名 称：`` is ``项目名称``."""
    return _squeeze_short(text) if len(text) <= _SHORT else _squeeze(text)


def compared(text: str) -> str:
    """A heading or a name as it is compared: without spaces, in small letters."""
    return "".join(fold(text).split()).casefold()


def _squeeze(text: str) -> str:
    return _ORNAMENT.sub("", _GAPS.sub("", fold(text)))


# The labels are the same in every file of a batch. Long texts are not kept: they differ, and a hostile one is huge.
_squeeze_short = lru_cache(maxsize=4096)(_squeeze)


def ids_in(text: str) -> tuple[str, ...]:
    """The ids of a list as people type it, ``1、5，12``, each once, in their order."""
    return tuple(dict.fromkeys(part for part in re.split(r"[,、;\s]+", fold(text)) if part))


def people_in(text: str) -> tuple[str, ...]:
    """Names of people as a list is typed, each once: ``张三、李 四``. A space is within a name, never between two."""
    parts = map(person, re.split(r"[,、;/\n]+", fold(text)))
    return tuple(dict.fromkeys(part for part in parts if part))


def person(text: str) -> str:
    """A person's name: ``张 三`` and ``张　三`` are 张三; the space of ``Li Lei`` stays."""
    return _WITHIN_NAME.sub("", fold(text))
