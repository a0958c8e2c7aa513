"""Words of direction before the same number: what is late in three places is not early in a fourth."""

import re
from collections import defaultdict
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_PAIRS = (
    ("晚", "早"), ("推迟", "提前"), ("延迟", "提前"), ("增长", "下降"), ("增加", "减少"), ("提高", "降低"),
    ("上升", "下降"), ("高于", "低于"), ("超过", "低于"), ("核减", "核增"), ("节约", "超支"), ("少", "多"),
)  # fmt: skip
_OPPOSITES = {word: other for pair in _PAIRS for word, other in (pair, pair[::-1])}
_SAID = Pattern(
    rf"(?P<word>{'|'.join(sorted(_OPPOSITES, key=len, reverse=True))})(?P<link>了|到位)?"
    r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<unit>[万亿]?元|个百分点|[%％]|天|分|个月|项|户|人)"
)
_OF_BOUNDS = frozenset({"高于", "低于", "超过"})
"""Words that stand before round bounds on either side of them: 高于95%得满分，低于95%扣分."""
_LEAST = 2


@rule(
    "same.direction",
    group=Group.LOGIC,
    title="增减、早晚、高低的方向前后一致",
    good=("初验比计划晚75天。\n另一段：初验晚75天。\n甲增长12%，乙下降12%，丙增长12%。",),
    bad=("初验比计划晚75天。\n另一段：初验晚75天。\n问题：初验比计划早75天。",),
)
def directions(report: Report) -> Iterator[Result]:
    """A number of two digits and more that is told twice or more with one word and once with its opposite."""
    found: dict[tuple[str, str, str], list[tuple[Place, str, str]]] = defaultdict(list)
    for place, text in report.document.texts_with(_SAID, least=3):
        for match in _SAID.finditer(text):
            bound = (match["word"] in _OF_BOUNDS or match["unit"] in "%％个百分点") and "." not in match["number"]
            if len(re.sub(r"\D", "", match["number"]).strip("0")) >= _LEAST and not bound:
                key = (match["number"], match["unit"], match["link"] or "")
                found[key].append((place, match["word"], text[max(0, match.start() - 10) : match.end()]))
    for told in found.values():
        if len(told) > _LEAST:
            yield from _against(told)


def _against(told: list[tuple[Place, str, str]]) -> Iterator[Result]:
    words = [word for _, word, _ in told]
    for place, word, shown in told:
        others = [each for each in words if _are_opposite(each, word)]
        if words.count(word) == 1 and len(others) >= _LEAST and len(others) == len(words) - 1:
            related = tuple(other for other, its, _ in told if its != word)
            message = f"“{shown.strip()}”写“{word}”，另{len(others)}处写“{others[0]}”"
            yield doubtful(place, word, others[0], message, related=related)


def _are_opposite(word: str, other: str) -> bool:
    return any({word, other} == set(pair) for pair in _PAIRS)
