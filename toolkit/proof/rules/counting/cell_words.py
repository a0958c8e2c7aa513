"""须更正3条、请核实2条: how many rows of a table have a word in one of its columns."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_COUNTED = Pattern(
    r"(?P<word>[\u4e00-\u9fff]{2,6}?)(?:类|类项目|项目)?(?:的|有|为)?(?P<count>[0-9]{1,4})(?P<unit>[条个项家])"
)
_FEWEST, _MOST_WORDS, _LONGEST = 3, 6, 6
_NUMBERED = frozenset({"序号", "名次", "排名", "编号", "位次"})
_KINDS = "共5个项目，其中新建类2个、续建类3个。\n\n名次\t项目\t项目性质\t得分\n1\t甲\t新建\t95\n2\t乙\t续建\t93\n3\t丙\t续建\t92\n4\t丁\t新建\t90\n5\t戊\t续建\t88\n"
_GOOD = "核查发现须更正3条、请核实2条、提示5条。\n\n序号\t项目\t程度\t问题\n1\t甲\t须更正\t一\n2\t乙\t须更正\t二\n3\t丙\t请核实\t三\n4\t丁\t须更正\t四\n5\t甲\t请核实\t五\n"


@rule(
    "count.cell_words",
    group=Group.COUNTS,
    title="各种程度、类别的条数与表中该类的行数相符",
    good=(_GOOD, _KINDS),
    bad=(
        _GOOD.replace("更正3条", "更正4条"),
        _GOOD.replace("核实2条", "核实1条"),
        _GOOD.replace("丁\t须更正", "丁\t请核实"),
        _KINDS.replace("新建类2个", "新建类4个"),
    ),
)
def cells(report: Report) -> Iterator[Result]:
    """A list of counts, two of which at least are of words that fill one column: all are of its rows."""
    columns = list(_columns(report))
    for sentence in report.prose_with(_COUNTED) if columns else ():
        matches = list(_COUNTED.finditer(sentence.text))
        for place, counts in columns:
            known = [(match, word) for match in matches if (word := _word(match["word"], counts))]
            if len({word for _, word in known}) >= len(counts) > 1 and len(known) == len(counts):
                yield from _compared(report, sentence.place, sentence.start, known, counts, place)
                break


def _word(words: str, counts: Mapping[str, int]) -> str:
    return next((word for word in counts if words.endswith(word)), "")


def _compared(
    report: Report,
    place: Place,
    start: int,
    known: Sequence[tuple[re.Match[str], str]],
    counts: Mapping[str, int],
    table: Place,
) -> Iterator[Result]:
    right = sum(int(match["count"]) == counts[word] for match, word in known)
    for match, word in known:
        facts = report.facts_within(place, start + match.start("count"), start + match.end("count"))
        if int(match["count"]) == counts[word]:
            yield from (agrees(*facts),) if facts else ()
        elif right:
            shown, due = f"{match['count']}{match['unit']}", f"{counts[word]}{match['unit']}"
            message = f"写“{word}”{shown}，表中“{word}”有{due}"
            yield doubtful(place, shown, due, message, facts=facts, related=(table,), confidence=80)
    if not right and sum(int(match["count"]) for match, _ in known) == sum(counts.values()):
        match, word = known[0]
        shown, due = f"{match['count']}{match['unit']}", f"{counts[word]}{match['unit']}"
        yield doubtful(place, shown, due, f"写“{word}”{shown}，表中有{due}", related=(table,))


def _columns(report: Report) -> Iterator[tuple[Place, Mapping[str, int]]]:
    """Columns in which every cell is one of a few short words, told of rows that are numbered."""
    for table in report.document.tables:
        if not _NUMBERED.intersection(table.headings[:1]):
            continue
        for column in range(1, table.width):
            words = Counter(cell.label for cell in table.column(column))
            short = all(1 < len(word) <= _LONGEST and not re.search("[0-9]", word) for word in words)
            if short and 1 < len(words) <= _MOST_WORDS and words.total() >= _FEWEST:
                yield table.place, words
