"""Grades: against the bands, the bands against one another, numbers of each grade against the tables."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, Verdict, agrees, differs, rule
from toolkit.proof.document import Place, Table
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.grade_cells import GRADES, grade_columns, grade_in, score_in
from toolkit.proof.lines import is_whole
from toolkit.proof.outline import title_of
from toolkit.proof.report import Report
from toolkit.proof.row_words import first_words, row_name
from toolkit.proof.scope import is_earlier, is_moved
from toolkit.text.patterns import Pattern

STANDARD: Mapping[str, Decimal] = {"优": Decimal(90), "良": Decimal(80), "中": Decimal(60), "差": Decimal(0)}
"""The least score of each grade where a report names none (财预〔2020〕10号: four grades)."""
_BAND = Pattern(
    r"(?:(?P<low>[0-9]{2,3}(?:\.[0-9]+)?)分?(?:（含）|\(含\))?(?:[及或含]?以上(?:[、，且至](?P<under>[0-9]{2,3}(?:\.[0-9]+)?)分?(?:（不含）)?以下)?|[-－–—~～至到](?P<high>[0-9]{2,3}(?:\.[0-9]+)?)分?(?:（不含）|（含）)?)"
    r"|(?P<below>[0-9]{2,3}(?:\.[0-9]+)?)分?(?:（不含）)?以下)[^优良中差、；。0-9]{0,6}?“?(?P<grade>[优良中差])(?![\u4e00-\u9fff])?"
)
_SAID = Pattern(
    r"(?:得分|评价结果|总分|评分|(?<=分，)合计|(?<=[，,])即)[为是：:]?\s*(?P<score>[0-9]{1,3}(?:\.[0-9]+)?)分(?P<between>[^。；]{0,40}?)"
    r"(?:等级|等次|评级|级别|评为|评定为)[为是：:]*\s*[“\"]?(?P<grade>[优良中差])"
)
_SAID_OF_PARTS = Pattern(
    r"(?:综合得分|评价得分|总得分|总分)[为是：:]?\s*(?P<score>[0-9]{1,3}(?:\.[0-9]+)?)分[，（]其中(?=[^。；]*[0-9]分)[^。；]{10,160}?"
    r"[，）](?:评价|综合)?(?:等级|等次)[为是：:]*\s*[“\"]?(?P<grade>[优良中差])"
)
"""综合得分86.1分，其中决策13分、过程17分，等级为良: the marks between are its parts."""
_MARK = Pattern("[0-9.]+分")
_FULL = Pattern(r"[（(]满分[0-9.]+分[)）]")
_COUNT = Pattern(r"[“\"]?(?P<grade>[优良中差])[”\"]?(?:等?级?的?(?:项目)?)?(?:有|为|共)?\s*(?P<count>[0-9]+)\s*个")
_HUNDRED = Decimal(100)
_UNTOLD = -1
"""The upper end of a band that names none."""
_HUNDREDTH = Decimal("0.01")
"""80—89.99 ends where 90 begins."""
_WHOLE = 0.7
"""A list with a smaller share of the projects is one of the best or of the worst."""


def _bands(report: Report) -> dict[str, tuple[Place, Decimal, Decimal]]:
    """Grade → where its band is named, from where, below where."""
    found: dict[str, tuple[Place, Decimal, Decimal]] = {}
    for place, text in report.document.texts_with(_BAND, least=15):
        matches = list(_BAND.finditer(text))
        if len({match["grade"] for match in matches}) < 3:
            continue
        for match in matches:
            low = Decimal(match["low"] or 0)
            high = Decimal(match["high"] or match["under"] or match["below"] or _UNTOLD)
            found.setdefault(match["grade"], (place, low, high))
    return found


def least_scores(report: Report) -> Mapping[str, Decimal]:
    """The least score of each grade: as the workspace says, as the report says, or the standard."""
    if report.known.bands:
        return report.known.bands
    bands = _bands(report)
    return {grade: bands[grade][1] for grade in GRADES if grade in bands} if len(bands) == len(GRADES) else STANDARD


def _grade_of(score: Decimal, least: Mapping[str, Decimal]) -> str:
    return next((grade for grade, low in sorted(least.items(), key=lambda item: -item[1]) if score >= low), "")


@rule(
    "grade.bands",
    group=Group.GRADES,
    title="等级区间相接",
    good=(
        "90分（含）以上为“优”、80分（含）至90分为“良”、60分（含）至80分为“中”、60分以下为“差”。",
        "90（含）-100分为优、80（含）-90分为良、60（含）-80分为中、60分以下为差",
        "90分及以上为优，80—89.99分为良，60—79.99分为中，60分以下为差。",
        "85分及以上为良，95分及以上为优，70分及以上为中，70分以下为差。",
        "得分88.4分（90分以上为优，80—89.9分为良，60—79.9分为中，60分以下为差）。",
        "90分及以上为优，80分及以上、90分以下为良，60分及以上、80分以下为中，60分以下为差。",
    ),
    bad=(
        "90分（含）以上为“优”、85分（含）至90分为“良”、60分（含）至80分为“中”、60分以下为“差”。",
        "90分及以上为优，85分及以上、90分以下为良，60分及以上、80分以下为中，60分以下为差。",
        "得分88.45分（90分以上为优，80—89.9分为良，60—79.9分为中，60分以下为差）。",
    ),
)
def bands_meet(report: Report) -> Iterator[Result]:
    """A band ends where the one above it begins."""
    bands = _bands(report)
    for above, below in pairwise(GRADES):
        if above not in bands or below not in bands:
            continue
        (place, low, _), (_, _, high) = bands[above], bands[below]
        if high == _UNTOLD:
            continue  # 85分及以上为良，95分及以上为优: it ends where the next one begins
        if not low - max(_HUNDREDTH, _step(report, high)) <= high <= low:
            message = f"等级区间不相接：“{above}”从{low}分起，“{below}”到{high}分止"
            yield differs(place, str(low), str(high), message)
            continue
        facts = [fact for fact in report.facts_at(place) if fact.value in (low, high, Decimal(100))]
        if facts:
            yield agrees(*facts)


_LEAST_GRADED = 50
"""Scores of whole projects; smaller ones are those of indicators."""


def _step(report: Report, bound: Decimal) -> Decimal:
    """80—89.9分为良: a tenth, where no score of the report has more decimals; 80—89 leaves a gap."""
    step = Decimal(1).scaleb(int(bound.as_tuple().exponent))
    scores = [fact for fact in report.facts if fact.kind is FactKind.SCORE and (fact.value or 0) >= _LEAST_GRADED]
    return step if step < 1 and all(fact.step >= step for fact in scores) else Decimal(0)


@rule(
    "grade.score",
    group=Group.GRADES,
    title="等级与得分相符",
    good=(
        "综合得分93.5分（满分100分），绩效等级为“优”。\n项目\t得分\t等级\n甲\t89.99\t良\n乙\t90.00\t优",
        "评价得分87.5分，评价等级“良”。\n指标\t分值\t得分\n执行率\t20\t18\n合规性\t10\t9\n合计\t30\t27\n",
        "项目\t总分\t等级\t自评得分\n甲\t89.99\t良\t95.00\n乙\t90.00\t优\t96.00",
        "项目\t总分\t等级\n乙\t90.00\t优\n甲\t85.36（暂）\t良（暂）",
    ),
    bad=(
        "综合得分93.5分，绩效等级为“良”。",
        "评价得分为四个季度得分的平均数，即89.60分，等级为“优秀”。",
        "综合得分93.5分（满分100分），绩效等级为“差”。",
        "项目\t得分\t等级\n甲\t79.99\t良\n乙\t90.00\t优",
        "项目\t总分\t等级\n乙\t90.00\t优\n甲\t75.36（暂）\t良（暂）",
    ),
)
def score_has_grade(report: Report) -> Iterator[Result]:
    """A grade beside a score, in a sentence or a row."""
    graded = list(_graded(report))
    full = _full_mark(report)
    if report.known.full_mark is None and any(score > full for _, score, _ in graded):
        full = _HUNDRED  # what the table adds up is a part of the marks
    least = _of_full_mark(least_scores(report), full)
    yield from (_judged(place, score, grade, least) for place, score, grade in graded)


def _graded(report: Report) -> Iterator[tuple[Place, Decimal, str]]:
    """Every score with the grade beside it, and where that stands."""
    for sentence in report.sentences_with(_SAID, _SAID_OF_PARTS):
        found = [match for match in _SAID.finditer(sentence.text) if not _MARK.search(_FULL.sub("", match["between"]))]
        for match in (*_SAID_OF_PARTS.finditer(sentence.text), *found):
            yield sentence.place, Decimal(match["score"]), match["grade"]
    for table in report.document.tables:
        for score, grade in grade_columns(table):
            for row in table.rows[table.head :]:
                value, given = score_in(row[score].text), grade_in(row[grade])
                if value is not None and given:
                    yield row[grade].place, value, given


def _full_mark(report: Report) -> Decimal:
    """What all indicators count together: as the workspace says, or where a table adds it up, such as 80 points."""
    if report.known.full_mark is not None:
        return report.known.full_mark
    if any("计分值" in heading for table in report.document.tables for heading in table.headings):
        return _HUNDRED  # marks are spread anew over what applies
    totals = {
        value
        for table in report.document.tables
        for at, heading in enumerate(table.headings)
        for row in table.rows[table.head :]
        if heading in ("分值", "权重") and first_words(row) in ("合计", "总计", "总分")
        and (value := score_in(row[at].text)) is not None
    }  # fmt: skip
    return next(iter(totals)) if len(totals) == 1 and max(totals) < _HUNDRED else _HUNDRED


def _of_full_mark(least: Mapping[str, Decimal], full: Decimal) -> Mapping[str, Decimal]:
    """Bands are of a hundred; less than a hundred in all is graded by its share."""
    return {grade: low * full / _HUNDRED for grade, low in least.items()}


def _judged(place: Place, score: Decimal, grade: str, least: Mapping[str, Decimal]) -> Result:
    right = _grade_of(score, least)
    if grade == right:
        return Result(Verdict.AGREES, place)
    return differs(
        place,
        grade,
        right,
        f"{score}分应为“{right}”，印着“{grade}”",
        working=f"{score}≥{least[right]}" if right else "",
    )


@rule(
    "grade.counts",
    group=Group.GRADES,
    title="各等级个数与表相符",
    good=(
        "按等级分，“优”1个、“良”1个。\n项目\t得分\t等级\n甲\t92\t优\n乙\t85\t良\n平均\t88.5\t良",
        "复评结果为“优”1个、“良”1个，而自评结果为“优”2个、“良”0个。\n项目\t得分\t等级\n甲\t92\t优\n乙\t85\t良\n"
        "等级\t自评项目数\t复评项目数\n优\t2\t1\n良\t0\t1",
        "优1个、良1个，比2023年的71.88%（32个项目中优9个、良14个）提高。\n项目\t得分\t等级\n甲\t92\t优\n乙\t85\t良",
        "由“优”降为“良”的5个，由“良”降为“中”的6个。\n项目\t得分\t等级\n甲\t92\t优\n乙\t85\t良",
        "按等级分，“优”1个、“差”1个。\n项目\t得分\t等级\n甲\t92\t优\n乙\t51.62（暂）\t差（暂）",
    ),
    bad=(
        "按等级分，“优”2个、“良”1个。\n项目\t得分\t等级\n甲\t92\t优\n乙\t85\t良",
        "等级\t项目数\n优\t2\n良\t1\n项目\t得分\t等级\n甲\t92\t优\n乙\t85\t良\n丙\t84\t良",
    ),
)
def counts(report: Report) -> Iterator[Result]:
    """How many of each grade, as sentences and the table of the distribution say, against the list of scores."""
    listed = _listed(report)
    if not listed or listed.total() < _WHOLE * max(map(_spread, report.document.tables), default=0):
        return
    own = "自评" in title_of(report.document) and not _OURS.search(title_of(report.document))
    for sentence in report.prose_with(_COUNT):
        matches = [
            match
            for match in _COUNT.finditer(sentence.text)
            if (own or not _is_of_others(sentence.text[: match.start()]))
            and not is_earlier(sentence.text, match.start("count"))
            and not is_moved(sentence.text, match.start())
        ]
        if len({match["grade"] for match in matches}) < 2:
            continue
        for match in matches:
            at = sentence.start + match.start("count")
            facts = report.facts_within(sentence.place, at, at + 1)
            yield from _counted(sentence.place, match["grade"], int(match["count"]), listed, facts)
    for table in report.document.tables:
        yield from _distribution(report, table, listed)


_OTHERS = Pattern("自评|初评|初核|自查")
_OURS = Pattern("复评|复核|再评价|抽查|核查|评价结果|评定|最终")


def _is_of_others(text: str) -> bool:
    """Whether grades behind a text are those that units gave themselves: 而自评结果为“优”的23个."""
    others, ours = list(_OTHERS.finditer(text)), list(_OURS.finditer(text))
    return bool(others) and (not ours or others[-1].start() > ours[-1].start())


def _spread(table: Table) -> int:
    """How many projects a table of the distribution counts: more than the best few that a brief report lists."""
    column = _numbers_of(table)
    rows = [row for row in table.rows[1:] if row[0].label and row[0].label in GRADES]
    return 0 if column is None or len(rows) < 2 else sum(int(score_in(row[column].text) or 0) for row in rows)


def _numbers_of(table: Table) -> int | None:
    named = (at for at, text in enumerate(table.headings) if at and re.search(r"项目数|个数|数量", text))
    return next((at for at in named if not _OTHERS.search(table.headings[at])), None)


def _listed(report: Report) -> Counter[str]:
    best: Counter[str] = Counter()
    for table in report.document.tables:
        for _, grade in grade_columns(table):
            rows = [row for row in table.rows[table.head :] if not is_whole(row_name(row))]
            found = Counter(given for row in rows if (given := grade_in(row[grade])))
            best = max(best, found, key=lambda counter: counter.total())
    return best


def _counted(place: Place, grade: str, count: int, listed: Counter[str], facts: tuple[Fact, ...]) -> Iterator[Result]:
    if count == listed[grade]:
        if facts:
            yield agrees(*facts)
    else:
        message = f"写“{grade}”{count}个，得分表中“{grade}”有{listed[grade]}个"
        yield differs(place, str(count), str(listed[grade]), message, facts=facts)


def _distribution(report: Report, table: Table, listed: Counter[str]) -> Iterator[Result]:
    column = _numbers_of(table)
    rows = [row for row in table.rows[1:] if row[0].label in GRADES and row[0].label]
    if column is None or len(rows) < 2:
        return
    for row in rows:
        value = score_in(row[column].text)
        if value is not None:
            facts = tuple(fact for fact in report.facts_at(row[column].place) if fact.kind is not FactKind.GRADE)
            yield from _counted(row[column].place, row[0].label, int(value), listed, facts)
