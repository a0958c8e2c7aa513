"""The list of regulations that evaluations cite: name, number, whether in force. A table people can extend."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from toolkit.resources import law_table_path
from toolkit.text.folding import fold

_FRAME = re.compile(
    r"(?:^.{0,40}?关于印发(?=.{4,}的通知$))|的通知$|[《》〈〉“”\"\s]|（[^（）]*(?:试行|修订)[^（）]*）|\([^()]*(?:试行|修订)[^()]*\)"
)
_LEAST = 8
"""So many characters of a short name must be within the long one."""


@dataclass(frozen=True, slots=True)
class Law:
    """A regulation.

    Attributes:
        number: ``财预〔2020〕10号``.
        state: 现行, 废止 or 期满.
        remark: by what it was replaced.
    """

    name: str
    number: str
    state: str
    remark: str

    @property
    def in_force(self) -> bool:
        """Whether it may be a basis today."""
        return self.state == "现行"


@lru_cache(maxsize=1)
def laws() -> tuple[Law, ...]:
    """All regulations of the table, in its order."""
    with law_table_path().open(encoding="utf-8-sig", newline="") as table:
        return tuple(Law(row["名称"], row["文号"], row["状态"], row["说明"] or "") for row in csv.DictReader(table))


@lru_cache(maxsize=1)
def by_number() -> Mapping[str, Law]:
    """Number as compared → regulation."""
    return {number_key(law.number): law for law in laws()}


def number_key(number: str) -> str:
    """A document's number as compared: ``财预[2020]10号`` is ``财预〔2020〕10号``."""
    return re.sub(r"[\s号第]", "", fold(number)).translate(str.maketrans("[]()〔〕【】", "〔〕〔〕〔〕〔〕"))


def core(name: str) -> str:
    """The heart of a title, without who issued it for notice: what several ways of citing it share."""
    plain = fold(name)
    for _ in range(2):
        plain = _FRAME.sub("", plain)
    return plain


def same_name(cited: str, listed: str) -> bool:
    """Whether two ways of citing mean the same title."""
    short, long = sorted((core(cited), core(listed)), key=len)
    return short == long or (len(short) >= _LEAST and short in long)
