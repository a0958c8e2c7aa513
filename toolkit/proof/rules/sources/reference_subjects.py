"""各标包采购情况见表1: what a sentence is about against the caption of the table or annex that it refers to."""

import re
from collections.abc import Iterator, Mapping

from toolkit.proof.called import pairs_of
from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.outline import annexes, captions, numeral
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_SEE = Pattern(
    r"(?P<words>[^。；\n]*?)(?:详?见|参见|列于)(?P<sort>附表|附件|表)(?P<number>[0-9]{1,2}|[一二三四五六七八九十])(?=[。；，）)]|$)"
)
_SEEN = Pattern("(?:见|参见|列于)(?:附表|附件|表)")
_COMMON = Pattern("情况|统计|明细|汇总|一览|项目|各|表$|[0-9]+年度?|年度|具体|有关|如下|详见|[0-9.,%]+")
_LEAST = 1
"""So many pairs of characters must be those of another caption, and none of this one's."""
_CAPTIONS = "表1 采购与合同情况表\n标包\t金额\n甲\t1\n\n表2 合同款支付明细表\n付款\t金额\n甲\t1\n"


@rule(
    "reference.subject",
    group=Group.REFERENCES,
    title="引用的表、附件与所说的事项相符",
    good=(
        f"各标包采购情况见表1，支付情况见表2。\n{_CAPTIONS}",
        "共收到申报项目826个。各方向情况见表2。\n表2 申报审核情况\n县\t数\n甲\t1\n\n表1 分方向预算情况\n县\t数\n甲\t1\n",
    ),
    bad=(
        f"各标包采购情况见表2。\n{_CAPTIONS}",
        "发放问卷100份，总体满意度85.58%。详见附件1。\n附件1 得分明细表\n附件2 满意度调查结果统计表",
        "满意度调查结果详见附件1。\n附件1 得分明细表\n附件2 满意度调查结果统计表",
    ),
)
def subjects(report: Report) -> Iterator[Result]:
    """A caption that shares no word with the sentence, where that of another shares several.

    A paragraph right above the table it refers to is about that one, whatever its last clause says.
    """
    known = _titles(report)
    standing = _standing(report)
    for sentence in report.prose_with(_SEE) if known else ():
        for match in _SEE.finditer(sentence.text) if _SEEN.search(sentence.text) else ():
            sort, number = match["sort"], numeral(match["number"])
            own = known.get((sort, number))
            words = _pairs(re.split("[，；：]", sentence.text[: match.end("words")].rstrip("，"))[-1])
            words = words or _pairs(report.texts[sentence.place][: sentence.start])
            if own is None or words & own or sentence.place.block + 1 in standing.get((sort, number), ()):
                continue
            near = {key: len(words & pairs) for key, pairs in known.items() if key[0] == sort}
            best = max(near, key=lambda key: near[key])
            if near[best] >= _LEAST and list(near.values()).count(near[best]) == 1:
                shown, right = f"{sort}{match['number']}", f"{sort}{best[1]}"
                message = f"这里说的与{shown}的标题不相干，与{right}的标题相符"
                at = sentence.start + match.start("sort")
                facts = report.facts_within(sentence.place, at, sentence.start + match.end())
                yield doubtful(sentence.place, shown, right, message, facts=facts, confidence=70)


def _titles(report: Report) -> Mapping[tuple[str, int], frozenset[str]]:
    """The words of every caption and heading of an annex that has a plain number."""
    items = [
        item for item in (*captions(report.document), *annexes(report.document)) if item.number and not item.chapter
    ]
    return {(item.sort, item.number): _pairs(item.paragraph.text[item.end :]) for item in items}


def _standing(report: Report) -> Mapping[tuple[str, int], frozenset[int]]:
    """The blocks where the captions of every table stand."""
    found: dict[tuple[str, int], frozenset[int]] = {}
    for item in captions(report.document):
        key = (item.sort, item.number)
        found[key] = found.get(key, frozenset()) | {item.paragraph.place.block}
    return found


def _pairs(text: str) -> frozenset[str]:
    return frozenset(pairs_of(_COMMON.sub(" ", text)))
