"""公厕96座…。公厕中，一类14座、二类51座、三类31座: kinds of what is counted before, told behind 中."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.outline import prose
from toolkit.proof.report import Report
from toolkit.proof.rules.totals.parts import listed_parts
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_AMONG = Pattern("(?:^|[。；])(?P<noun>[\u4e00-\u9fff]{2,8})中[，,](?!其中)")
_LEAST, _MOST = Decimal("0.7"), Decimal("1.5")
"""Parts that make less of the whole are some of it; more, they are of something else."""


@rule(
    "part.among",
    group=Group.SUMS,
    title="前面写明总数的，分类列出的个数合起来等于总数",
    good=(
        "服务范围包括公厕96座、中转站11座。公厕中，一类公厕14座、二类公厕51座、三类公厕31座。",
        "现有教师158人。教师中，男教师70人、高级教师51人。",
    ),
    bad=("服务范围包括公厕96座、中转站11座。公厕中，一类公厕14座、二类公厕61座、三类公厕31座。",),
)
def parts(report: Report) -> Iterator[Result]:
    """Parts in a row up to the end of their sentence, against the last number before that its noun stands right before."""
    for place, text in prose(report.document):
        facts = [fact for fact in report.facts_at(place) if fact.exact]
        for match in _AMONG.finditer(text) if facts else ():
            members = listed_parts(text, match.end(), facts)
            if len(members) < _FEWEST or text[members[-1].end : members[-1].end + 1] not in ("。", "；"):
                continue
            whole = _whole(text, match["noun"], match.start(), facts, members[0])
            if whole is not None:
                yield from _added(place, whole, members)


_FEWEST = 2


def _whole(text: str, noun: str, before: int, facts: Sequence[Fact], part: Fact) -> Fact | None:
    told = [fact for fact in facts if fact.end <= before and fact.kind is FactKind.COUNT and same_unit(fact, part)]
    return next((fact for fact in reversed(told) if text[: fact.start].endswith(noun)), None)


def _added(place: Place, whole: Fact, members: Sequence[Fact]) -> Iterator[Result]:
    total = sum((fact.base for fact in members), Decimal(0))
    if total == whole.base:
        yield agrees(whole, *members)
    elif len(members) > _FEWEST and whole.base * _LEAST <= total <= whole.base * _MOST:
        right = f"{plain(total / whole.scale)}{whole.unit}"
        working = f"{'+'.join(map(said, members))}={right}"
        say = doubtful if total < whole.base else differs
        message = f"各部分之和{right}与总数{said(whole)}不符"
        related = tuple(fact.place for fact in members)
        yield say(place, said(whole), right, message, facts=(whole, *members), working=working, related=related)
