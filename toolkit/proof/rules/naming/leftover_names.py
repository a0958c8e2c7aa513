"""Names that a text lists against the rows of a table: what is left on each side once the others are paired."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extractOne

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place, Table
from toolkit.proof.outline import prose
from toolkit.proof.records import is_total
from toolkit.proof.report import Report
from toolkit.proof.rules.naming.names import PROJECTS, QUOTES, SHORT, Named, core_name, named_in, of_columns
from toolkit.text.patterns import Pattern

_FEWEST = 4
"""So many rows, and two thirds of all, must have their name in the text, or the text does not list them."""
_COMMON = 4
"""Characters in a row that two spellings of one name have in common, and no other name has."""
_NEAR = 2
_LEAD = Pattern(r"^[0-9]+[.．]?|^.*(?:开展|推进|实施|建成|完成|包括|包含)了?(?=.{4})")
_KIND = Pattern(r"分为|[0-9一二三四五六七八九十]+(?:类|个$)")
"""Kinds of projects and how many there are of each: no project's name."""
_TAIL = Pattern(r"(?:项目)?(?:建设)?(?:[与和及]?运营服务|[与和及]?运维)?(?:项目)?(?:建设|工作)?$")
_TABLE = "子项名称\t预算数\n燃气监管系统项目\t10\n灌区计量平台项目\t20\n大数据云上产业园平台项目\t30\n电子证照服务项目\t5\n视频会议升级项目\t5\n合计\t70\n"


@rule(
    "name.leftover",
    group=Group.NAMES,
    title="正文列举的子项与表中的子项对得上",
    good=(
        f"{_TABLE}\n\n开展燃气监管系统、灌区计量平台、大数据云上产业园平台、电子证照服务、视频会议升级项目建设。",
        f"{_TABLE}\n\n开展燃气监管系统、灌区计量平台项目建设。推进数字政府云上产业园项目建设。",
        f"{_TABLE}\n\n项目按内容分为基础支撑、行业监管两类：基础支撑类4个，包括大数据云上产业园、电子证照服务、视频会议升级、灌区计量平台；行业监管类1个，为燃气监管系统。",
    ),
    bad=(
        f"{_TABLE}\n\n开展燃气监管系统、灌区计量平台、数字政府云上产业园、电子证照服务、视频会议升级项目建设。",
        f"{_TABLE}\n\n开展燃气监管系统、灌区计量平台、大数据云上产业园平台、电子证照服务、视频会议升级、第三方数据采购项目建设。",
    ),
)
def leftover(report: Report) -> Iterator[Result]:
    """A row and a listed name that are left over and have words in common; listed names that have no row at all."""
    texts = [(place, listed) for place, text in prose(report.document) if len(listed := _listed(text)) >= _FEWEST]
    if not texts:
        return
    known = _Names(core_name(plain) for plain in of_columns(report, PROJECTS))
    lists = [(place, listed, _Names(listed)) for place, listed in texts]
    for table in report.document.tables:
        rows = {core_name(plain): named for plain, named in named_in(table).items()}
        if len(rows) < _FEWEST or not _has_total(table):
            continue
        for place, listed, items in lists:
            free = [core for core in rows if not items.hold(core)]
            found = len(rows) - len(free)
            if found >= _FEWEST and found * 3 >= len(rows) * 2:
                alone = [item for item in listed if not known.hold(item)]
                yield from _left(place, {core: rows[core] for core in free}, alone, listed, rows)


def _has_total(table: Table) -> bool:
    """Whether the rows are all there are: a table of some does not add them up."""
    return any(is_total(row) for row in table.rows)


def _left(
    place: Place, rows: Mapping[str, Named], alone: Sequence[str], listed: Sequence[str], every: Mapping[str, Named]
) -> Iterator[Result]:
    spelled = {item: core for core in rows for item in alone if _is_only(core, item, (*listed, *every))}
    for item, core in spelled.items():
        message = f"“{item}”与“{rows[core].text}”像是同一子项的两种写法，其余名称都已对上"
        yield doubtful(place, item, rows[core].text, message, related=(rows[core].place,))
    others = [item for item in alone if item not in spelled]
    if others and not rows.keys() - set(spelled.values()):
        first = next(iter(every.values()))
        message = f"正文列举的{'、'.join(f'“{item}”' for item in others)}不在子项表中，而表中的子项都已列举"
        yield doubtful(place, "、".join(others), "", message, related=(first.place,))


def _listed(text: str) -> list[str]:
    """The names of all lists of a text: what stands between 、, without the verb before and 建设 behind."""
    found: list[str] = []
    for clause in re.split("[，。；\n]", text.translate(QUOTES)):
        items = clause.split("、")
        if len(items) > 1:
            found += [
                _TAIL.sub("", _LEAD.sub("", item))
                for item in items
                if not _KIND.search(item) and not _SO_MANY.search(item)
            ]
    return [item for item in dict.fromkeys(found) if len(item) >= SHORT - 1]


_SO_MANY = Pattern("[0-9][项个家次台处]$")
"""已审批的12项 is a number of them, and no name."""


class _Names:
    """Names among which another is looked for without holding it against each of them in turn."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        self._joined = "\0".join(self._names)
        self._exact = frozenset(self._names)
        self._lengths = sorted({len(name) for name in self._names})
        self._letters = frozenset("".join(sorted(name)) for name in self._names)
        self._known: dict[str, bool] = {}

    def hold(self, name: str) -> bool:
        """Whether one is the same: within the other, two characters off, or of the same characters."""
        if name not in self._known:  # the same rows stand in many tables
            self._known[name] = self._hold(name)
        return self._known[name]

    def _hold(self, name: str) -> bool:
        return (
            name in self._joined
            or any(name[at : at + size] in self._exact for size in self._lengths for at in range(len(name) - size + 1))
            or "".join(sorted(name)) in self._letters
            or extractOne(name, self._names, scorer=Levenshtein.distance, score_cutoff=_NEAR) is not None
        )


def _is_only(core: str, item: str, names: Sequence[str]) -> bool:
    """Whether two names share words that none of the others has."""
    shared = SequenceMatcher(None, core, item, autojunk=False).find_longest_match()
    words = core[shared.a : shared.a + shared.size]
    return shared.size >= _COMMON and not any(words in name for name in names if name not in (core, item))
