"""Projects called by their number in the list: 第9号项目, and 9宿州市工程建设项目审批管理系统."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Place, Table
from toolkit.proof.records import label_of
from toolkit.proof.report import Report
from toolkit.text.folding import squeeze

_LIST = re.compile("项目(?:名称)?|子项(?:目)?(?:名称)?")
_CALLED = re.compile(r"第(?P<numbers>\d{1,3}(?:、\d{1,3})*)号项目")
_FEWEST, _SHORTEST = 3, 5
_GOOD = "第2号项目进度滞后。支持的项目：1智慧人大平台、2智慧法院平台、3编制管理系统。\n序号\t项目名称\t金额\n1\t智慧人大平台\t10\n2\t智慧法院平台\t20\n3\t编制管理系统\t30\n"


@rule(
    "serial.project",
    group=Group.NAMES,
    title="项目的序号与项目清单相同",
    good=(_GOOD,),
    bad=(_GOOD.replace("第2号项目", "第5号项目"), _GOOD.replace("、2智慧法院", "、3智慧法院")),
)
def serials(report: Report) -> Iterator[Result]:
    """Numbers and names of projects wherever they stand together, against the tables that number them."""
    known = _numbered(report)
    if len(known) < _FEWEST:
        return
    last = max(known.values())
    names = re.compile(
        rf"(?<![\d.])(?P<number>\d{{1,3}})(?P<name>{'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})"
    )
    for place, text in report.document.texts():
        for match in chain(_CALLED.finditer(text), names.finditer(text)):
            yield from _checked(report, place, match, known, last)


def _checked(
    report: Report, place: Place, match: re.Match[str], known: Mapping[str, int], last: int
) -> Iterator[Result]:
    facts = report.facts_within(place, match.start(), match.end())
    name = match.groupdict().get("name")
    right = known[name] if name else last
    numbers = [int(number) for number in re.findall(r"\d+", match["number"] if name else match["numbers"])]
    if numbers == [right] if name else max(numbers) <= right:
        yield from (agrees(*facts) for _ in facts[:1])
    elif name:
        message = f"“{name}”写作第{numbers[0]}号，清单中是第{right}号"
        yield differs(place, str(numbers[0]), str(right), message, facts=facts, confidence=90)
    else:
        yield differs(place, match[0], f"第1至{right}号", f"写“{match[0]}”，清单只到第{right}号", facts=facts)


def _numbered(report: Report) -> Mapping[str, int]:
    """Name → number, of the tables that list projects by number; none that two tables number differently."""
    found: dict[str, set[int]] = {}
    for table in report.document.tables:
        for name, number in _rows(table):
            found.setdefault(name, set()).add(number)
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}


def _rows(table: Table) -> Iterator[tuple[str, int]]:
    heads = table.headings
    if not heads or squeeze(heads[0]) != "序号":
        return
    at = next((at for at, text in enumerate(heads) if _LIST.match(squeeze(text))), None)
    if at is None:
        return
    for row in table.rows[table.head :]:
        number, name = row[0].text.strip(), label_of(row[at].text)
        if number.isdecimal() and len(name) >= _SHORTEST:
            yield name, int(number)
