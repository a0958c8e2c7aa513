"""Of what a number of prose is said: of an earlier time, of some of many, of which many.

Two numbers contradict each other only where both are said of the same: 上一轮指出的6类问题 is no count of the problems
of this report, and the rate of 8个部门 no other telling of that of 10个项目.
"""

from collections import Counter
from collections.abc import Sequence

from toolkit.proof.facts import Fact
from toolkit.proof.lines import names_within
from toolkit.proof.outline import numeral
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_EARLIER = Pattern(
    r"(?:上一?(?:轮|年度?|年末|期|次)|去年|往年|以前年度|(?:与|同|比|较|和)(?:20)?[0-9]{2}年度?)[^，。；]{0,16}$"
)
_MANY = Pattern(
    r"[0-9]{1,4}(?:个|家|所)[^，。；0-9]{0,6}?(?P<noun>部门|单位|项目|区县|县区|乡镇|学校|企业|[市县区镇乡])"
)
_SOME = Pattern(r"(?:其中|部分|个别|有的|一些|少数|例如|比如)[^。；]*$")
_OF_THESE = Pattern("的[^，。；的0-9]{1,10}[0-9]{1,4}[个家所户名]，(?:共|合计|共计|一共)?(?:有|涉及|承担)?$")
"""承担2个以上项目的部门10个，共30个项目: the projects of those."""
_PLANNED = Pattern("(?:计划|目标|拟|预计|预期|应|要求|约定|估算|测算|匡算|不[低少]于|力争)[^，。；0-9]{0,6}$")
_SETTLED = Pattern("已(?:全部)?评定的[^。\\n]*$")
_STOPS = "。；\n"
_CLAUSE = Pattern("[，；。、：\n]")
_OWN_TITLE = Pattern(r"[0-9]{1,2}[.．、]\s*(?P<title>[^，。；：0-9]{2,30})。\s*")


def sentence_bounds(text: str, at: int) -> tuple[int, int]:
    """Where the sentence of a place of a text begins and ends."""
    start = max(text.rfind(mark, 0, at) for mark in _STOPS) + 1
    return start, min((end for mark in _STOPS if (end := text.find(mark, at)) >= 0), default=len(text))


def _sentence(text: str, at: int) -> str:
    """The words of its sentence before a place of a text."""
    return text[sentence_bounds(text, at)[0] : at]


def is_earlier(text: str, at: int) -> bool:
    """Whether the number at a place of a text is one of an earlier time: 与2023年度评价得分（85.2分）相比.

    What stands within a bracket is of the time of what stands before it: 比2023年的71.88%（优9个、良14个）.
    """
    before = text[max(0, at - _REACH) : at]
    opened = _OPENED.search(before)
    return any(_EARLIER.search(words) for words in (before, before[: opened.start()] if opened else ""))


_REACH = 40
_OPENED = Pattern("[（(][^（()）]*$")


def is_of_some(text: str, at: int) -> bool:
    """Whether what is counted at a place of a text are some of many: 个别项目调整预算，涉及2个; 等级为“中”的3个."""
    sentence = _sentence(text, at)
    return sentence.endswith("的") or _SOME.search(sentence) is not None or _OF_THESE.search(sentence) is not None


def is_of_the_judged(text: str, at: int) -> bool:
    """Whether a place of a text speaks only of what has been judged, while tables list the rest, too, as 0 so far."""
    return _SETTLED.search(text[:at]) is not None


def is_planned(text: str, at: int) -> bool:
    """Whether the number at a place of a text is a plan, a target or an estimate: 计划考核240次, 实际考核244次."""
    return _PLANNED.search(_CLAUSE.split(text[:at])[-1]) is not None


def are_of_one_year(text: str, one: int, other: int) -> bool:
    """Whether the numbers at two places of a text are told of the same year, or of none."""
    return _year_of(text, one) == _year_of(text, other)


def _year_of(text: str, at: int) -> str:
    years = _OF_YEAR.findall(_sentence(text, at))
    return years[-1] if years else ""


_OF_YEAR = Pattern("(?<![比较与同])20[0-9]{2}(?=年)")


def of_many(text: str, at: int) -> str:
    """What the many are called that a number is said of (8个部门整体支出…执行率); "" where its sentence counts none."""
    nouns = [match["noun"] for match in _MANY.finditer(_sentence(text, at))]
    return nouns[-1] if nouns else ""


def so_many(text: str, at: int) -> str:
    """Of how many, as its clause says, a number is told: 两部门未完成53台, 6个部门共少96台; else ""."""
    found = list(_SO_MANY.finditer(_CLAUSE.split(text[:at])[-1]))
    return f"{numeral(found[-1]['count'].replace('两', '二'))}{found[-1]['noun']}" if found else ""


_SO_MANY = Pattern(
    "(?P<count>[0-9]{1,4}|[一二两三四五六七八九十]{1,3})[个家所]?(?P<noun>部门|单位|项目|区县|县区|乡镇|学校|企业|系统|平台)"
)


def of_one_scope(report: Report, facts: Sequence[Fact]) -> list[list[Fact]]:
    """Numbers parted by the many they are said of; those that name none go with the most."""
    nouns = [of_many(report.texts.get(fact.place, ""), fact.start) for fact in facts]
    counts = Counter(noun for noun in nouns if noun)
    usual = counts.most_common(1)[0][0] if counts else ""
    named = [noun or usual for noun in nouns]
    return [[fact for fact, noun in zip(facts, named, strict=True) if noun == which] for which in dict.fromkeys(named)]


def title_before(before: str) -> str:
    """The title a paragraph begins with where nothing else stands before a statement (2. 预算执行率。); "" for none."""
    match = _OWN_TITLE.fullmatch(before)
    return match["title"] if match else ""


def named_by(report: Report, fact: Fact) -> frozenset[str]:
    """The lines of tables that the clause before a number names: it is of them, not of the whole (云山州未开工11个)."""
    clause = _CLAUSE.split(report.texts.get(fact.place, "")[: fact.start])[-1]
    return frozenset(names_within(report, clause))
