"""How many projects have each grade, told in several places of one report, and added up."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact
from toolkit.proof.grade_cells import GRADES
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_LISTED = Pattern(r"[“\"]?(?P<grade>[优良中差])[”\"]?(?:等?级?的?(?:项目)?)?(?:有|为|共)?\s*(?P<count>[0-9]{1,4})\s*个")
_BRACKETED = Pattern(
    r"(?P<first>[0-9]{1,4})个项目\s*(?P<best>[优良])(?P<others>[（(](?:[良中差][0-9]{1,4}[、，]?){1,3}[)）])"
)
_OTHER = Pattern("(?P<grade>[良中差])(?P<count>[0-9]{1,4})")
_COUNT = Pattern("项目数|个数|数量")
_SCORED = Pattern(r"(?:已评分|参评|参加评分|(?<!自)评分)的(?P<count>[0-9]{1,4})个项目")
_FEWEST = 2
_GOOD = (
    "15个项目优（良17、中5、差1）。已评分的38个项目平均得分88.58分。按绩效等级分，“优”15个、“良”17个、“中”5个、“差”1个。\n\n"
    "等级\t得分区间\t项目数\n优\t90分以上\t15\n良\t80分至90分\t17\n中\t60分至80分\t5\n差\t60分以下\t1\n"
)
_Told = Mapping[str, Fact]


@rule(
    "grade.told",
    group=Group.GRADES,
    title="各等级个数各处相同，合起来是评分的项目数",
    good=(_GOOD, f"{_GOOD}\n有自评分的19个项目中，自评高于复核的16个，低于复核的3个，一致的0个。"),
    bad=(
        _GOOD.replace("“良”17个", "“良”16个"),
        _GOOD.replace("良17、中5", "良17、中6"),
        _GOOD.replace("以下\t1", "以下\t2"),
        _GOOD.replace("的38个", "的36个"),
    ),
)
def told(report: Report) -> Iterator[Result]:
    """Lists of all grades, in sentences, brackets and the table of the distribution, one against another."""
    found = list(_all(report))
    usual = Counter(_key(each) for each in found).most_common(1)[0] if found else (None, 0)
    scored = [
        fact
        for place, text in report.document.texts_with(_SCORED)
        for match in _SCORED.finditer(text)
        for fact in report.facts_within(place, match.start("count"), match.end("count"))[:1]
    ]
    for each in found:
        same = [other for other in found if other is not each and _key(other) == _key(each)]
        total = sum((fact.value or Decimal(0) for fact in each.values()), Decimal(0))
        whole = [fact for fact in scored if fact.value == total]
        if same or whole:
            yield agrees(*each.values(), *whole)
        elif usual[1] >= _FEWEST:
            yield from _odd(each, next(other for other in found if _key(other) == usual[0]))
    totals = {sum((fact.value or Decimal(0) for fact in each.values()), Decimal(0)) for each in found}
    for fact in scored if usual[1] >= _FEWEST and len(totals) == 1 else ():
        if fact.value not in totals:
            right = str(totals.copy().pop())
            yield doubtful(fact.place, fact.text, right, f"写{fact.text}，各等级合起来是{right}个", facts=(fact,))


def _odd(each: _Told, usual: _Told) -> Iterator[Result]:
    for grade, fact in each.items():
        if grade in usual and fact.value != usual[grade].value:
            right = usual[grade]
            message = f"“{grade}”此处写{fact.text}，别处写{right.text}"
            yield doubtful(fact.place, fact.text, right.text, message, facts=(fact,), related=(right.place,))


def _key(each: _Told) -> tuple[tuple[str, Decimal | None], ...]:
    return tuple((grade, each[grade].value) for grade in sorted(each))


def _all(report: Report) -> Iterator[_Told]:
    for sentence in report.prose:
        pieces = _LISTED.finditer(sentence.text)
        yield from _whole([(piece["grade"], _fact(report, sentence.place, sentence.start, piece)) for piece in pieces])
    for place, text in report.document.texts_with(_BRACKETED, least=9):
        for match in _BRACKETED.finditer(text):
            first = report.facts_within(place, match.start("first"), match.end("first"))
            pairs = [(match["best"], first[0] if first else None)]
            others = _OTHER.finditer(text, match.start("others"), match.end("others"))
            yield from _whole([*pairs, *((piece["grade"], _fact(report, place, 0, piece)) for piece in others)])
    for table in report.document.tables:
        column = next((at for at, heading in enumerate(table.headings) if at and _COUNT.search(heading)), None)
        rows = [row for row in table.rows[1:] if row[0].label in GRADES and row[0].label] if column else []
        cells = [(row[0].label, report.facts_at(row[column or 0].place)) for row in rows]
        yield from _whole([(grade, facts[0] if len(facts) == 1 else None) for grade, facts in cells])


def _fact(report: Report, place: Place, start: int, piece: re.Match[str]) -> Fact | None:
    facts = report.facts_within(place, start + piece.start("count"), start + piece.end("count"))
    return facts[0] if facts else None


def _whole(pairs: Sequence[tuple[str, Fact | None]]) -> Iterator[_Told]:
    """A list that tells every grade but once, and more than two of them."""
    grades = [grade for grade, _ in pairs]
    facts = {grade: fact for grade, fact in pairs if fact is not None}
    if len(grades) > _FEWEST and len(set(grades)) == len(grades) == len(facts):
        yield facts
