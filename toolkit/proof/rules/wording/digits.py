"""Numbers that are printed wrong in themselves: commas out of place, marks within them, decimals without a unit."""

import re
from collections.abc import Iterator
from functools import lru_cache

from toolkit.proof.declaration import Group, Result, differs, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_GROUPED = Pattern(r"(?<![0-9,.A-Za-z/])[0-9]+(?:,[0-9]+)+\.[0-9]+(?![0-9,A-Za-z]|\.[0-9])")
_DIGIT = Pattern(r"\d")
_WELL_WRITTEN = Pattern(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?%?")
"""What nearly all cells with a number hold: nothing more is to be said of it."""
_RIGHT = Pattern(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")
_BROKEN = Pattern(
    r"(?<![0-9A-Za-z.,])[0-9][0-9,]*(?:\.\.|[。，]|,)[0-9]{1,2}(?=[万亿]?元|[%％]|分(?![一-鿿]))"  # 93。50%
    r"|(?<![0-9A-Za-z.,:：/-])[0-9]{1,3} [0-9]{1,3}\.[0-9]{2}(?=[万亿]?元|[%％]|分)"  # 10 0.00%
    r"|(?<![0-9A-Za-z.,])[0-9]+ \.[0-9]{1,2}(?=[万亿]?元|[%％]|分)"  # 10 .53
    r"|(?<![0-9A-Za-z.,-])[0-9][0-9,]*[Ol][0-9]*\.[0-9OlI]+(?![0-9A-Za-z])"  # 1O2.20
    r"|(?<![0-9A-Za-z.,-])[0-9][0-9,]*\.[0-9]*[OlI][0-9OlI]*(?![0-9A-Za-z])"
)
_OTHER = Pattern(
    r"(?<![0-9.,A-Za-z])(?!(?:19|20)[0-9]{2}\.)[0-9][0-9,]*\.[0-9]{1,4}\.[0-9]{1,4}(?=\s*(?:[万亿]?元|[%％]|个?百分点)|分(?![钟册]))"  # 4.19.19万元
    r"|[0-9][０-９][０-９0-9.]*|[０-９][0-9.]+[0-9]"  # digits of two widths in one number
    r"|(?:得分率|占比|比率)(?:最[高低]，)?为?[0-9]+\.[0-9]{2}分(?![值布别])"  # 得分率92.30分
)
_TWICE = Pattern(
    r"(?<=[0-9])(?:万万元|亿亿元|万元元|亿元元|元元(?![一-鿿])|[%％]{2}|分分(?=[，。；、）)]|$)|个个(?=[，。；、）)]|$))"
)


@rule(
    "number.marks",
    group=Group.UNITS,
    title="数字中的逗号、小数点和单位没有写错",
    good=(
        "合同金额11,738.08万元，预算1,679.70万元，执行率93.50%，得分93.50分。其中1,2,3项已完成，A1O2型设备2台。版本2.0.1。\n2.3.3　分析撰写",
        "项目\t金额\n甲\t1,234,567.89\n乙\t2,345.60",
    ),
    bad=(
        "合同金额1,1738.08万元。",
        "预算16,79.70万元。",
        "执行率93。50%。",
        "执行率93..50%。",
        "到位率10 0.00%。",
        "余款10 .53万元。",
        "年初预算1O2.20万元。",
        "余款4.19.19万元。",
        "到位144.1.8万元，支出133.65万元。",
        "合同金额1,679.7.0万元。",
        "得分9２.50分。",
        "“过程”得分率84.80分。",
        "支出102.20万元元，已付清。",
        "项目\t金额\n甲\t12,34.50\n乙\t2,345.60",
    ),
)
def marks(report: Report) -> Iterator[Result]:
    """Digits are grouped by three, a number has one point and no letter, a unit stands once."""
    for place, text in _to_be_looked_at(report):
        for match in _GROUPED.finditer(text):
            if not _RIGHT.fullmatch(match[0]):
                right = f"{int(match[0].partition('.')[0].replace(',', '')):,}.{match[0].partition('.')[2]}"
                yield differs(place, match[0], right, f"“{match[0]}”的逗号没有每三位一个，请核对数字")
        for match in _BROKEN.finditer(text):
            if not (_listed(text, match) or _GROUPED.fullmatch(match[0])):
                yield doubtful(place, match[0], "", f"“{match[0]}”不像一个写完整的数，请核对")
        for match in _OTHER.finditer(text):
            yield doubtful(place, match[0], "", f"“{match[0]}”不像一个写对的数，请核对")
        for match in _TWICE.finditer(text):
            yield differs(place, match[0], "", f"单位写了两遍：“{text[max(0, match.start() - 8) : match.end()]}”")


def _to_be_looked_at(report: Report) -> Iterator[tuple[Place, str]]:
    return ((place, text) for place, text in report.printed.texts(3) if not _is_well_written(text))


@lru_cache(20_000)
def _is_well_written(text: str) -> bool:
    """The same numbers stand in many cells."""
    return not _DIGIT.search(text) or _WELL_WRITTEN.fullmatch(text) is not None


def _listed(text: str, match: re.Match[str]) -> bool:
    """得分为9，10分: a comma or a full stop between two numbers of their own."""
    whole, _, rest = re.sub(r"[。，,]", "|", match[0]).partition("|")
    before = text[max(0, match.start() - 1) : match.start()]
    return bool(rest) and (
        not whole[-1:].isdigit() or before in "第、，（" or (len(rest) == 1 and match[0][len(whole)] in "，,")
    )


_DECIMAL = Pattern(
    r"(?<![0-9A-Za-z.,/×÷=＝+*（(〔\-－–—~～:：≤≥<>])(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\.[0-9]{2}(?![0-9A-Za-z.])"
)
_BARE = Pattern(r"\s*(?:[，。；）)]|$)")
_FIXED = Pattern(r"(?:指数|系数|评分|得分|总分|均分|分值|版本?|比值|倍数|汇率|净值|[vV])(?:为|是|达|约)?$")
_MOST, _FEWEST = 2, 8


@rule(
    "unit.bare",
    group=Group.UNITS,
    title="小数之后写了单位",
    good=(
        "到位率99.37%，执行率94.13%，节约率4.27%，合同100.00万元，预算200.00万元，到位200.00万元，支出190.00万元，"
        "累计支付180.00万元，结余10.00万元，综合得分93.50，相关系数0.85。",
    ),
    bad=(
        "到位率99.37%，执行率94.13，节约率4.27%，合同100.00万元，预算200.00万元，到位200.00万元，支出190.00万元，"
        "累计支付180.00万元，结余10.00万元，尚欠20.00万元。",
    ),
)
def bare(report: Report) -> Iterator[Result]:
    """One or two decimals of the prose without a unit, in a report that writes one behind all others."""
    if any(_DECLARED.search(text) for _, text in report.document.texts(12)):
        return
    units = 0
    found: list[tuple[Place, re.Match[str]]] = []
    for place, text in report.document.texts(4):
        if place.table and (len(text) < _SENTENCE or report.document.kind == "pdf"):
            continue  # cells of a PDF may be labels of a chart
        for match in _DECIMAL.finditer(text):
            behind, before = text[match.end() : match.end() + 2], text[: match.start()]
            if not _BARE.match(behind):
                units += 1
            elif not _FIXED.search(before[-6:]) and _named(before) and not match[0].startswith("0."):
                found.append((place, match))
    for place, match in found if len(found) <= _MOST and units >= _FEWEST * len(found) else ():
        facts = report.facts_within(place, match.start(), match.end())
        message = f"“{match[0]}”没有写单位，全文别的小数都写了"
        yield doubtful(place, match[0], "", message, facts=facts)


_DECLARED = Pattern(
    "(?:金额|货币)?单位(?:除[^，。；]{0,6}外)?(?:均|全部|一律)?[以为][亿千百万]*元|金额(?:均|一律)以[亿千百万]*元"
)
"""金额单位除注明外为万元: what carries no unit has that one."""
_SENTENCE = 12
_NAMED = Pattern("[一-鿿]$")


def _named(before: str) -> bool:
    """Whether words stand right before, so that it is no number of a list of its own."""
    return _NAMED.search(before) is not None
