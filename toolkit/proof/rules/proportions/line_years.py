"""What prose says of two years, of the highest and the lowest, of one name as times another, against lines of tables."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.line_columns import names_in
from toolkit.proof.lines import Line, as_printed, close, lines_by_name, lines_of, unlike
from toolkit.proof.report import Report, Sentence
from toolkit.proof.trials import is_repeated, slipped
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_TABLE = "指标\t2021年\t2022年\t2023年\n实际兑付（万元）\t5,100\t7,200\t9,300\n兑付率\t85.0%\t90.0%\t93.0%\n领券企业（家）\t420\t640\t800\n服务机构（家）\t85\t112\t140\n"
_PLACES = "市（州）\t兑付额（万元）\t得分率\n青岩市\t3,720.00\t92.50%\n白河市\t2,325.00\t85.00%\n红石州\t1,395.00\t83.00%\n苍梧州\t744.00\t81.20%\n"
_COMPARED = Pattern(
    r"(?:(?P<new>20[0-9]{2})年[^，。；0-9]{0,8})?(?:比|较)(?P<old>20[0-9]{2})年(?:度)?的?[^，。；0-9]{0,4}?(?P<way>增加|增长|提高|上升|减少|下降|降低|多|少)了?$"
)
_THEN = Pattern("^[^，。；0-9]{0,3}[，,](?:增长|增幅|增加|下降|降幅|减少|提高)(?:了|为)?$")
_NEAR = 14
_YEAR = Pattern("(20[0-9]{2})年度?")
_RATES = (FactKind.PERCENT, FactKind.POINTS)
_HIGHEST = Pattern("最[高多大]")
_LOWEST = Pattern("最[低少小]")


@rule(
    "line.years",
    group=Group.RATES,
    title="两年相比增减多少与表中两年的数相符",
    good=(
        f"{_TABLE}\n\n兑付率2023年较2021年提高8.0个百分点。领券企业2022年比2021年增加220家，增长52.38%。2023年服务机构140家，比2021年增加55家。",
    ),
    bad=(
        f"{_TABLE}\n\n兑付率2023年较2021年提高9.0个百分点。",
        f"{_TABLE}\n\n领券企业2022年比2021年增加220家，增长53.28%。",
        f"{_TABLE}\n\n2023年服务机构140家，比2021年增加65家。",
    ),
)
def years(report: Report) -> Iterator[Result]:
    """2022年比2021年增加220家，增长52.38%: the line that the sentence names, under the headings of both years."""
    for sentence in report.prose if lines_of(report) else ():
        last: tuple[Line, Fact, Fact] | None = None
        for at, fact in enumerate(sentence.facts):
            words = sentence.text[: fact.start - sentence.start]
            match = _COMPARED.search(words)
            if match is not None and fact.exact:
                last = _cells(report, sentence, match, fact)
            elif last is not None and not _THEN.match(_between(sentence, at)):
                last = None
            if last is not None and fact.exact:
                yield from _compared(fact, *last[1:])


def _between(sentence: Sentence, at: int) -> str:
    before = sentence.facts[at - 1].end - sentence.start if at else 0
    return sentence.text[before : sentence.facts[at].start - sentence.start]


def _cells(report: Report, sentence: Sentence, match: re.Match[str], fact: Fact) -> tuple[Line, Fact, Fact] | None:
    """The line named nearest before, with its numbers of the new and the old year."""
    before = sentence.text[: match.start("old")]
    named = _YEAR.findall(before)
    new = match["new"] or (named[-1] if named else "")
    words = sentence.text[: fact.start - sentence.start]
    names = sorted(
        (name for name in lines_by_name(report) if name in words and not _YEAR.fullmatch(name)),
        key=lambda name: (words.rfind(name), len(name)),
    )
    for name in reversed(names[-3:]):
        for line in lines_by_name(report)[name]:
            for heading, cell in line.cells.items():
                other = line.cells.get(heading.replace(new, match["old"])) if new and new in heading else None
                if other is not None and other is not cell and _is_of(fact, cell):
                    return line, cell, other
    return None


def _is_of(fact: Fact, cell: Fact) -> bool:
    """Points are of rates, a number of its own kind, a growth of anything."""
    if fact.kind is FactKind.POINTS:
        return cell.kind is FactKind.PERCENT
    return fact.kind is FactKind.PERCENT or (cell.kind not in _RATES and not unlike(cell, fact))


def _compared(fact: Fact, new: Fact, old: Fact) -> Iterator[Result]:
    if fact.kind is FactKind.PERCENT and new.kind is not FactKind.PERCENT:
        if not old.base:
            return
        due, half = abs(new.base - old.base) / old.base * 100, fact.step / 2
    else:
        due, half = abs(as_printed(new, fact) - as_printed(old, fact)), fact.step / 2
    if abs((fact.value or Decimal(0)) - due) <= half:
        yield agrees(fact, new, old)
        return
    right = f"{plain(round(due, max(0, -int(fact.step.as_tuple().exponent))))}{fact.unit}"
    message = f"写{said(fact)}，表中两年是{said(old)}和{said(new)}，应为{right}"
    yield differs(
        fact.place, said(fact), right, message, facts=(fact, new, old), related=(new.place, old.place), confidence=85
    )


_LAST_YEAR = Pattern(
    "(?:比|较)(?:上年|上一?年度|去年)(?:同期)?的?[^，。；0-9]{0,4}?(?:增加|增长|提高|上升|减少|下降|降低|多|少)了?$"
)
_ROWS = "年份\t核定（万元）\t拨付（万元）\n2022年\t3,450.00\t3,363.75\n2023年\t3,553.90\t3,465.10\n合计\t7,003.90\t6,828.85\n"


@rule(
    "line.last_year",
    group=Group.RATES,
    title="比上年增减的数与表中两年的行相符",
    good=(f"{_ROWS}\n\n2023年拨付3,465.10万元，较上年增加101.35万元，增长3.01%。",),
    bad=(
        f"{_ROWS}\n\n2023年拨付3,465.10万元，较上年增加110.35万元。",
        f"{_ROWS}\n\n2023年拨付3,465.10万元，较上年增长3.10%。",
    ),
)
def last_years(report: Report) -> Iterator[Result]:
    """A number that the line of a year has, and 较上年: the line of the year before under the same heading."""
    for sentence in report.prose_with(_LAST_YEAR) if lines_of(report) else ():
        for at, fact in enumerate(sentence.facts):
            words = sentence.text[: fact.start - sentence.start]
            new = next((other for other in reversed(sentence.facts[:at]) if other.kind is not FactKind.DATE), None)
            if new is None or not fact.exact or not new.exact or not _LAST_YEAR.search(words):
                continue
            pairs = [pair for pair in _of_year_before(report, new) if _is_of(fact, pair[0])]
            if len({pair[1].base for pair in pairs}) == 1:
                yield from _compared(fact, *pairs[0])


def _of_year_before(report: Report, fact: Fact) -> Iterator[tuple[Fact, Fact]]:
    """The cells of year lines that hold the number, with those of the year before."""
    for year, line in ((_YEAR.fullmatch(line.names[0]), line) for line in lines_of(report) if fact.value):
        for heading, cell in line.cells.items() if year else ():
            before = f"{int(year[1]) - 1}年" if year else ""
            same = cell.base == fact.base and not unlike(cell, fact)
            olds = [other for other in lines_by_name(report).get(before, ()) if same and other.table == line.table]
            yield from ((cell, old.cells[heading]) for old in olds if heading in old.cells)


@rule(
    "line.spread",
    group=Group.RANKINGS,
    title="最高与最低相差的数与表相符",
    good=(
        f"{_PLACES}\n\n青岩市得分率最高、苍梧州得分率最低，两者相差11.30个百分点。",
        f"{_PLACES}\n\n东片得分率85.00%，西片得分率82.15%。得分率最高的是东片，最低的是西片，相差2.85个百分点。",
        f"{_PLACES}\n\n得分率最高的是青岩市，与目标相差1.20个百分点；最低的是苍梧州，与目标相差12.50个百分点。",
    ),
    bad=(f"{_PLACES}\n\n青岩市得分率最高、苍梧州得分率最低，两者相差11.03个百分点。",),
)
def spreads(report: Report) -> Iterator[Result]:
    """相差 in a sentence with 最高 and 最低: the spread of a column."""
    for sentence in report.prose_with(_HIGHEST) if lines_of(report) else ():
        if not _HIGHEST.search(sentence.text) or not _LOWEST.search(sentence.text):
            continue
        for fact in sentence.facts:
            words = sentence.text[: fact.start - sentence.start]
            if not fact.exact or not re.search("(?:相差|极差|差距)(?:为|达)?$", words) or _is_between(report, fact):
                continue
            part = re.split("；", words)[-1]
            if not (re.search("最[高多大]", part) and re.search("最[低少小]", part)) and not re.search(
                "[二两]者", part
            ):
                continue  # 差值最大的是甲，相差17分；差值最小的是乙，相差3.8分
            tried = [
                (abs(as_printed(high, fact) - as_printed(low, fact)), heading, high, low)
                for heading, high, low in _ends(report, fact)
            ]
            fitting = next((item for item in tried if abs((fact.value or Decimal(0)) - item[0]) <= fact.step / 2), None)
            meant = _MEASURE.search(words)
            only = [item for item in tried if meant and close(meant["measure"], item[1])]
            near = [item for item in tried if item[1] in sentence.text and slipped(fact, item[0] * fact.scale)]
            near = only if len({item[0] for item in only}) == 1 else near
            if fitting is not None:
                yield agrees(fact, fitting[2], fitting[3])
            elif near and (near is only or not is_repeated(report, fact)):
                due, heading, high, low = near[0]
                right = f"{plain(due)}{fact.unit}"
                message = f"写相差{said(fact)}，“{heading}”最高{said(high)}、最低{said(low)}，相差{right}"
                yield differs(fact.place, said(fact), right, message, facts=(fact,), related=(high.place, low.place))


def _is_between(report: Report, fact: Fact) -> bool:
    """Whether two rates of the paragraph are so far from one another."""
    rates = [other for other in report.facts_at(fact.place) if other.kind is FactKind.PERCENT and other.exact]
    points = fact.kind is FactKind.POINTS
    return points and any(abs(left.base - right.base) == fact.base for left, right in combinations(rates, 2))


_MEASURE = Pattern("(?:^|[，,：:])(?P<measure>[\u4e00-\u9fff]{2,8}?)(?:由高到低)?最[高多大]的?[是为]")


def _ends(report: Report, fact: Fact) -> Iterator[tuple[str, Fact, Fact]]:
    """The highest and the lowest number of each column that can be taken from one another in the unit of a number."""
    columns: dict[tuple[int, str], list[Fact]] = {}
    for line in lines_of(report):
        for heading, cell in line.cells.items() if not line.total else ():
            if (cell.kind in _RATES) == (fact.kind in _RATES) and not unlike(cell, fact):
                columns.setdefault((line.table, heading), []).append(cell)
    for (_, heading), cells in columns.items():
        if len(cells) > 2:
            yield heading, max(cells, key=lambda cell: cell.base), min(cells, key=lambda cell: cell.base)


_TIMES = Pattern(r"是(?P<words>[^，。；0-9]{2,24})的(?P<times>[0-9.]+|[两三四五六七八九十])倍")


@rule(
    "line.times",
    group=Group.RATES,
    title="一项是另一项的几倍与表相符",
    good=(f"{_PLACES}\n\n兑付额最高的青岩市是最低的苍梧州的5倍。",),
    bad=(f"{_PLACES}\n\n兑付额最高的青岩市是最低的苍梧州的6倍。",),
)
def times(report: Report) -> Iterator[Result]:
    """A name 是 another 的几倍: their cells under any heading make it, rounded as it is printed."""
    for sentence in report.prose_with(_TIMES) if lines_of(report) else ():
        for match in _TIMES.finditer(sentence.text):
            before = sentence.text[: match.start()]
            left = [name for name in lines_by_name(report) if name in before[-_NEAR:]]
            left = left or [name for *_, name in names_in(report, before)[:1]]  # 甲最多，占42.27%，是乙的3.44倍
            right = [name for name in lines_by_name(report) if _ends_with(match["words"], name)]
            at = sentence.start + match.start("times")
            facts = [fact for fact in report.facts_within(sentence.place, at, at + 1) if fact.exact and fact.value]
            if left and right and facts:
                yield from _times(report, facts[0], max(left, key=len), max(right, key=len))


def _ends_with(words: str, name: str) -> bool:
    """Whether some words end with a name, what is measured of it standing behind: 2021年结余."""
    return name in words[-len(name) - _MEASURED :]


_MEASURED = 4


def _times(report: Report, fact: Fact, left: str, right: str) -> Iterator[Result]:
    pairs: Sequence[tuple[str, Fact, Fact]] = [
        (heading, cell, other.cells[heading])
        for line in lines_by_name(report)[left]
        for other in lines_by_name(report)[right]
        for heading, cell in line.cells.items()
        if other.table == line.table and heading in other.cells and other.cells[heading].base > 0
    ]
    for _, cell, other in pairs:
        if abs(cell.base / other.base - (fact.value or Decimal(0))) <= fact.step / 2:
            yield agrees(fact, cell, other)
            return
    if pairs:
        heading, cell, other = pairs[0]
        due = f"{plain(round(cell.base / other.base, 2))}倍"
        message = f"写“{left}”是“{right}”的{said(fact)}，表中各列都不是；“{heading}”是{due}"
        yield doubtful(fact.place, said(fact), due, message, facts=(fact,), related=(cell.place, other.place))
