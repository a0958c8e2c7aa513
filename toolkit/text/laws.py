"""政策库: regulations that evaluations cite, with number, date and whether in force; a table people can extend.

The one table of regulations: schemes, reports and proof-reading share it.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from toolkit.resources import law_table_path
from toolkit.text.folding import fold

_FRAME = re.compile(
    r"(?:^.{0,40}?关于印发(?=.{4,}的通知$))|的通知$|[《》〈〉“”\"\s]|（[^（）]*(?:试行|修订)[^（）]*）|\([^()]*(?:试行|修订)[^()]*\)"
)
_LEAST = 8
"""So many characters of a short name must be within the long one."""


IN_FORCE = ("现行", "修订")
STATES = (*IN_FORCE, "废止", "期满")
_CITED = re.compile(
    r"(?:《(?P<name>(?:[^《》]|《[^《》]*》)+)》\s*[（(]?)?\s*"
    r"(?P<number>[\u4e00-\u9fff]{1,12}\s*[〔\[［(（【]\s*(?:19|20)[0-9]{2}\s*[〕\]］)）】]\s*[0-9]{1,5}\s*号"
    r"|[\u4e00-\u9fff]{2,8}令\s*第\s*[0-9]{1,4}\s*号)|《(?P<alone>(?:[^《》]|《[^《》]*》)+)》"
)


@dataclass(frozen=True, slots=True)
class Law:
    """A regulation.

    Attributes:
        number: ``财预〔2020〕10号``; "" for one cited by its name alone.
        issued: None where the table has no date.
        state: 现行, 修订 (amended, in force as amended), 废止 or 期满.
        replaced_by: number of the regulation that took its place.
    """

    name: str
    number: str
    state: str
    remark: str
    issued: date | None = None
    replaced_by: str = ""

    @property
    def in_force(self) -> bool:
        """Whether it may be a basis today."""
        return self.state in IN_FORCE

    @property
    def title(self) -> str:
        """``《项目支出绩效评价管理办法》（财预〔2020〕10号）``."""
        return f"《{self.name}》（{self.number}）" if self.number else f"《{self.name}》"


@dataclass(frozen=True, slots=True)
class Cited:
    """A regulation named in a text, by title, by number or by both, and the one of the table it is."""

    name: str
    number: str
    law: Law | None


@lru_cache(maxsize=1)
def laws() -> tuple[Law, ...]:
    """All regulations of the table, in its order."""
    with law_table_path().open(encoding="utf-8-sig", newline="") as table:
        return tuple(_law(row) for row in csv.DictReader(table))


def _law(row: Mapping[str, str | None]) -> Law:
    text = {heading: (value or "").strip() for heading, value in row.items()}
    issued = date.fromisoformat(text["发布日期"]) if text["发布日期"] else None
    return Law(text["名称"], text["文号"], text["状态"], text["说明"], issued, text["代替文号"])


@lru_cache(maxsize=1)
def by_number() -> Mapping[str, Law]:
    """Number as compared → regulation."""
    return {number_key(law.number): law for law in laws() if law.number}


def citations(text: str) -> Iterator[Cited]:
    """The regulations a text names; titles that are no regulation of the table have none."""
    for match in _CITED.finditer(text):
        name, number = match["name"] or match["alone"] or "", match["number"] or ""
        yield Cited(name, number, _numbered(number) if number else _titled(name))


def _numbered(number: str) -> Law | None:
    """The law of a number, words that run into it left out: 依据财预〔2020〕10号."""
    key = number_key(number)
    return next((law for start in range(len(key)) if (law := by_number().get(key[start:]))), None)


def _titled(name: str) -> Law | None:
    """The law of a title; the one in force where several bear it."""
    same = [law for law in laws() if core(law.name) == core(name)]
    return next((law for law in same if law.in_force), same[0] if same else None)


def full_title(text: str) -> str:
    """A citation in full where it is nothing but a number or a title of the table that has one."""
    found = [cited.law for cited in citations(text) if cited.law and text.strip("《》") in (cited.name, cited.number)]
    return found[0].title if len(found) == 1 and "〔" in found[0].number else text


def search(words: str = "", state: str = "") -> tuple[Law, ...]:
    """Regulations whose name or number holds every word, of a state where one is given."""
    wanted = [number_key(word) for word in words.split()]
    return tuple(
        law
        for law in laws()
        if (not state or law.state == state) and all(word in number_key(f"{law.name}{law.number}") for word in wanted)
    )


def number_key(number: str) -> str:
    """A document's number as compared: ``财预[2020]10号`` is ``财预〔2020〕10号``."""
    return re.sub(r"[\s号第]", "", fold(number)).translate(str.maketrans("[]()〔〕【】", "〔〕〔〕〔〕〔〕"))


@lru_cache(20_000)
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
