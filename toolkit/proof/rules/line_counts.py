"""How many lines a table has of what prose counts: four lots, eleven indicators, two lots of one kind."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact
from toolkit.proof.lines import TOTALS, bare, is_turned, is_whole
from toolkit.proof.outline import numeral
from toolkit.proof.report import Report, Sentence

_TABLE = (
    "标段\t采购方式\t预算\n包1\t公开招标\t900\n包2\t公开招标\t1,200\n包3\t磋商\t160\n包4\t磋商\t120\n合计\t\t2,380\n"
)
_N = r"(?P<count>[0-9]{1,3}|[两一二三四五六七八九十]{1,3})"
_WHOLE = re.compile(
    rf"(?:分为|划分为|划分成|分成|共有?|共分|共设|共计){_N}(?:个|项|类|条|所|家)?(?P<noun>[\u4e00-\u9fff]{{1,6}})"
)
_AMONG = re.compile(rf"(?<![其这前后]){_N}(?:个|项|类|条|所|家)(?P<noun>[\u4e00-\u9fff]{{1,6}}?)中")
_OF_KIND = re.compile(
    rf"(?P<kind>[\u4e00-\u9fff]{{2,10}}?)的{_N}(?:个|项|类|条|所|家|份)(?P<noun>[\u4e00-\u9fff]{{1,4}})"
)
_BATCHES = re.compile(rf"分{_N}(?P<noun>批|期|次|年|类|步|档)(?!次)[^，。；：]{{0,6}}[：:](?P<list>[^。]*；[^。]*)")
_OTHERS = ("项目", "单位")
"""These have rules of their own."""
_FAR = 2


@rule(
    "count.lines",
    group=Group.COUNTS,
    title="说到的个数与表中的行数相符",
    good=(
        f"{_TABLE}\n\n工程划分为四个标段。采用磋商的2个标段均已完工。",
        "债券分三批发行：2021年2亿元；2022年1亿元；2023年1亿元。",
    ),
    bad=(
        f"{_TABLE}\n\n工程划分为五个标段。",
        f"{_TABLE}\n\n采用磋商的3个标段均已完工。",
        "债券分四批发行：2021年2亿元；2022年1亿元；2023年1亿元。",
    ),
)
def lines(report: Report) -> Iterator[Result]:
    """A number and what it counts, which a heading of a table names; or a kind that stands in so many of its cells."""
    wholes, kinds = _wholes(report), _kinds(report)
    for sentence in report.prose:
        for pattern in (_WHOLE, _AMONG):
            for match in pattern.finditer(sentence.text):
                counts = {
                    count for noun, found in wholes.items() if _names(match["noun"], noun, pattern) for count in found
                }
                yield from _held(report, sentence, match, counts)
        for match in _OF_KIND.finditer(sentence.text):
            kind = next((kind for kind in kinds if match["kind"].endswith(kind)), "")
            if kind and any(_names(match["noun"], noun, _WHOLE) for noun in wholes):
                yield from _held(report, sentence, match, {kinds[kind]})
        for match in _BATCHES.finditer(sentence.text):
            yield from _held(report, sentence, match, {match["list"].strip("；").count("；") + 1})


def _names(said: str, noun: str, pattern: re.Pattern[str]) -> bool:
    """Whether some words begin with a heading, or are one."""
    return said == noun if pattern is _AMONG else said.startswith(noun)


def _wholes(report: Report) -> Mapping[str, set[int]]:
    """Heading of a column of names → how many different names stand in it."""
    found: dict[str, set[int]] = {}
    for table in report.document.tables:
        for column, heading in enumerate(table.headings if not is_turned(table) else ()):
            noun = re.sub("(?:名称|号)$", "", bare(heading))
            cells = [cell.label for cell in table.column(column) if cell.text.strip() and not cell.is_numeric]
            names = {label for label in cells if not is_whole(label) and not label.startswith(("注", "合计"))}
            if noun and noun not in _OTHERS and len(cells) - len(names) <= 1 < len(names):
                found.setdefault(noun, set()).add(len(names))
    return found


def _kinds(report: Report) -> Mapping[str, int]:
    """What stands in several cells of one column of words → in how many; only what one table alone has."""
    found: Counter[str] = Counter()
    tables: dict[str, int] = {}
    for table in report.document.tables:
        for column in range(1, table.width):
            cells = [cell.label for cell in table.column(column) if cell.text.strip() and not cell.is_numeric]
            for label, count in Counter(cells).items():
                if count > 1 and label not in TOTALS and len(label) > 1:
                    found[label] = count
                    tables[label] = tables.get(label, 0) + 1
    return {label: count for label, count in found.items() if tables[label] == 1}


def _held(report: Report, sentence: Sentence, match: re.Match[str], counts: set[int]) -> Iterator[Result]:
    said = 2 if match["count"] == "两" else numeral(match["count"])
    if not counts or said < 2:
        return
    at = sentence.start + match.start("count")
    facts: tuple[Fact, ...] = report.facts_within(sentence.place, at, at + 1)
    if said in counts:
        yield from (agrees(*facts) for _ in facts[:1])
        return
    near = min(counts, key=lambda count: abs(count - said))
    message = f"写“{match[0][:20]}”，列出的是{near}"
    say = differs if abs(near - said) <= _FAR and len(counts) == 1 and match.re is not _AMONG else doubtful
    if abs(near - said) <= _FAR:
        yield say(sentence.place, match["count"], str(near), message, facts=facts, confidence=80)
