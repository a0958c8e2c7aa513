"""公厕96座…。公厕中，一类14座、二类51座、三类31座: kinds of what is counted before, told behind 中."""

import re
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
_SO_MANY = Pattern("(?P<count>[0-9][0-9,]*)[\u4e00-\u9fff][^，。；、0-9]{0,10}(?:中[，,](?!其中)|考核[，,：:])")
"""未通过的93个项目中，材料不齐全的46个、…; 对12家机构考核，优秀3家、…."""
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
    bad=(
        "服务范围包括公厕96座、中转站11座。公厕中，一类公厕14座、二类公厕61座、三类公厕31座。",
        "未通过的93个项目中，材料不齐全的46个、不符合支持方向的13个、申报过期的9个、失信的7个。",
        "对12家机构考核，优秀3家、良好6家、合格2家。",
        "抽查的94卷案卷中，优秀31卷、良好54卷、合格16卷、不合格2卷，合格率97.87%。",
        "当年退出1,560人。退出对象中，死亡386人、收入超标824人、迁出118人、其他214人。",
    ),
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
        for match in _SO_MANY.finditer(text) if facts else ():
            yield from _of_so_many(place, text, match, facts)


_FEWEST = 2
_OF_PEOPLE = Pattern("(?<=..)(?:对象|人员)$")


def _of_so_many(place: Place, text: str, match: re.Match[str], facts: Sequence[Fact]) -> Iterator[Result]:
    """Kinds in one row up to the end of their sentence, of what is counted right before them."""
    members = listed_parts(text, match.end(), facts)
    whole = next((fact for fact in facts if fact.start == match.start("count")), None)
    if whole is None or len(members) <= _FEWEST or not same_unit(whole, members[0]):
        return
    ends = _ENDED.match(text, members[-1].end) is not None
    in_a_row = all(text[one.end : one.end + 1] == "、" for one in members[:-1])
    if ends and in_a_row and all(not _ONLY.search(fact.subject) for fact in members):
        yield from _added(place, whole, members)


_ENDED = Pattern("[。；]|，(?:共?涉及|合计|共计|分别占|[\u4e00-\u9fff]{1,6}率)")
_ONLY = Pattern("超过|不足|低于|高于|以上|以下|存在|有$")
"""Several things that may be said of some, of others and of both."""


def _whole(text: str, noun: str, before: int, facts: Sequence[Fact], part: Fact) -> Fact | None:
    told = [fact for fact in facts if fact.end <= before and fact.kind is FactKind.COUNT and same_unit(fact, part)]
    nouns = (noun, _OF_PEOPLE.sub("", noun))  # 退出1,560人…。退出对象中
    return next((fact for fact in reversed(told) if text[: fact.start].endswith(nouns)), None)


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
