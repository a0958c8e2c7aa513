"""The same words before two numbers in two places: they tell the same thing, so the numbers are the same."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from toolkit.proof.declaration import Group, Result, differs, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.report import Report
from toolkit.proof.scope import title_before
from toolkit.text.patterns import Pattern

_NUMBER = Pattern(r"(?<=[一-鿿]{3})[0-9][0-9,]*(?:\.[0-9]+)?(?P<unit>[%％]|[万亿]?元)")
_CHARACTERS = Pattern("[一-鿿]")
_BEFORE, _WORDS = 26, 12
_COUNTED = Pattern(
    r"(?<![0-9.,第A-Za-z])(?P<number>[0-9]{1,4})(?P<words>(?:个|家|项|份|名|处|条)[一-鿿]{4,}?[^，。；：、（）()\n]{2,30})(?=[，。；：（）()、]|$)"
)
_LEAST = 8


@rule(
    "same.context",
    group=Group.SAME_FACT,
    title="同样的话后面的数前后一致",
    good=(
        "各项目合计预算资金11,354.75万元，实际到位资金11,283.53万元。\n另一段。\n各项目合计预算资金11,354.75万元，实际到位资金11,283.53万元。",
    ),
    bad=(
        "各项目合计预算资金11,354.75万元，实际到位资金11,283.53万元。\n另一段。\n各项目合计预算资金11,354.75万元，实际到位资金10,621.19万元。",
    ),
)
def contexts(report: Report) -> Iterator[Result]:
    """An amount or a rate behind the same 26 characters as another elsewhere, of which 12 are words."""
    found: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for place, text in report.document.texts():
        if len(text) <= _BEFORE:
            continue
        plain = text.replace(" ", "")
        for match in _NUMBER.finditer(plain, _BEFORE):
            before = plain[match.start() - _BEFORE : match.start()]
            if len(_CHARACTERS.findall(before)) >= _WORDS:
                found[before].append((place, match[0]))
    for before, told in found.items():
        yield from _odd(told, f"…{before[-14:]}")


@rule(
    "same.counted",
    group=Group.SAME_FACT,
    title="同一句“几个……”前后一致",
    good=(
        "21个项目预算执行率低于95%，最低88.00%。\n另一段。\n2.预算执行率。21个项目预算执行率低于95%。",
        "1.预算执行率。2个项目没有得满分。\n2.到位达标。1个项目没有得满分。\n3.终验时限。1个项目没有得满分。\n"
        "4.业务办结率。1个项目没有得满分。",
    ),
    bad=("21个项目预算执行率低于95%，最低88.00%。\n另一段。\n2.预算执行率。20个项目预算执行率低于95%。",),
)
def counted(report: Report) -> Iterator[Result]:
    """How many of them: the same words behind two counts."""
    found: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    titles: dict[str, set[str]] = defaultdict(set)
    for place, text in report.document.texts(8):
        plain = text.replace(" ", "")
        for match in _COUNTED.finditer(plain):
            words = match["words"]
            if len(_CHARACTERS.findall(words)) >= _LEAST:
                found[words].append((place, match["number"]))
                titles[words].add(title_before(plain[: match.start()]))
    for words, told in found.items():
        if "" in titles[words] or len(titles[words]) == 1:  # each under a title of its own: each of another thing
            yield from _odd(told, words)


def _odd(told: Sequence[tuple[Place, str]], words: str) -> Iterator[Result]:
    """One number that is another than all the others, which are alike."""
    numbers = [number for _, number in told]
    if len(set(numbers)) != _TWO or len({place for place, _ in told}) < _TWO:
        return
    (usual, many), (_, few) = sorted(
        ((each, numbers.count(each)) for each in dict.fromkeys(numbers)), key=lambda item: -item[1]
    )
    if few > 1:
        return
    place, odd = next((place, number) for place, number in told if number != usual)
    related = tuple(other for other, number in told if number == usual)
    report = differs if many > _TWO else doubtful
    yield report(place, odd, usual, f"同样的话“{words}”在此处是{odd}，另{many}处是{usual}", related=related)


_TWO = 2
