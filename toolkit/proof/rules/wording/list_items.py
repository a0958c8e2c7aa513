"""Items of a list within a sentence: a numeral left over before one of them, two without a mark between them."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.outline import numeral, prose, prose_with
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_FEWEST = 3
_LED = Pattern(r"(?P<number>[二三四五六七八九十])(?P<word>[\u4e00-\u9fff]{2})")
_COUNTING = (
    "期级维次类项个种条年月日号批层轮线代环者手方面点位家名人大标份万千百亿分之至到台套公险保农好风稳支级色项者十是"
)
"""Characters behind a numeral with which it makes a word: 二期, 三公, 五险, 六类."""
_SEMICOLON = Pattern("；")


@rule(
    "numbering.stray",
    group=Group.NUMBERING,
    title="列举的各项前没有多余的序号",
    good=(
        "建设内容为：平台开发费用；硬件采购费用；三级测评费用。",
        "建设内容为：一软件开发费用；二硬件采购费用；三链路租赁费用。",
        "建设内容为：软件开发费用；硬件采购费用；三公经费费用。",
    ),
    bad=("建设内容为：软件开发费用；硬件采购费用；三链路租赁费用（3年）。",),
)
def stray(report: Report) -> Iterator[Result]:
    """The numeral of its own place before one item of several, of which no other has a number."""
    for place, text in prose_with(report.document, _SEMICOLON):
        for sentence in re.split("[。\n]", text):
            items = sentence[sentence.rfind("：", 0, sentence.find("；")) + 1 :].split("；")
            if len(items) >= _FEWEST:
                yield from (doubtful(place, *_told(item)) for item in _numbered(items, text))


def _numbered(items: list[str], text: str) -> list[str]:
    """The item that alone carries its number; it must end like another, so that the numeral is no part of its name."""
    led = [(at, match) for at, item in enumerate(items, 1) if (match := _LED.match(item.strip()))]
    if len(led) != 1 or re.match(r"\s*[一二三四五六七八九十0-9①-⑳（(]", items[0]):
        return []
    ((at, match),) = led
    item = items[at - 1].strip()
    ends = {_name(other)[-2:] for other in items if other.strip() != item}
    alone = text.count(match["number"] + match["word"]) == 1
    counting = match["word"][0] in _COUNTING
    return [item] if numeral(match["number"]) == at and not counting and alone and _name(item)[-2:] in ends else []


def _name(item: str) -> str:
    """What an item is about: its words before the first mark."""
    return re.split("[，（(：]", item.strip())[0]


def _told(item: str) -> tuple[str, str, str]:
    name = _name(item)
    return name, name[1:], f"各项都没有序号，只有这一项前有“{name[0]}”，可能是多余的字：“{name}”"


_PART = Pattern("[、，；。：和及与\n]")
_ENDS, _SHORTEST = 2, 4


_COMPARING = Pattern("[高低快慢优大小多少]于|[比占]")
"""农村居民收入增速高于城镇居民收入增速: one item, though both ends stand elsewhere."""


@rule(
    "words.joined",
    group=Group.PUNCTUATION,
    title="列举的各项之间有顿号",
    good=("采购监理服务、等保测评服务、密码评估服务。另有监理服务、等保测评服务。",),
    bad=("采购监理服务、等保测评服务、密码评估服务。资金分配到：监理服务等保测评服务、密码评估服务。",),
)
def joined(report: Report) -> Iterator[Result]:
    """An item that is two others one behind the other, each of which ends an item elsewhere."""
    texts = [(place, text, _PART.split(text)) for place, text in prose(report.document)]
    every = {item for _, _, items in texts for item in items}
    for place, text, items in texts:
        for item in items[:-1] if "、" in text else ():
            if _COMPARING.search(item):
                continue
            cut = next((at for at in range(_SHORTEST, len(item) - _SHORTEST) if _is_two(item, at, every)), 0)
            if cut:
                right = f"{item[:cut]}、{item[cut:]}"
                yield doubtful(place, item, right, f"“{item}”像是两项，之间可能缺顿号：“{right}”")


def _is_two(item: str, at: int, every: set[str]) -> bool:
    left, right = item[:at], item[at:]
    return left[-_ENDS:] == right[-_ENDS:] and all(
        any(other != item and other.endswith(part) for other in every) for part in (left, right)
    )
