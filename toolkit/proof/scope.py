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
_CLAUSE_OR_NUMBER = Pattern("[，,；。、：（(0-9]")
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


def is_target(text: str, start: int, end: int) -> bool:
    """Whether the number between two places of a text is a target, no result: 目标下降12%; 完成“下降10%”的目标."""
    return is_planned(text, start) or is_bound_behind(text, end)


def is_bound_behind(text: str, end: int) -> bool:
    """Whether the words behind a number call it a target or a limit: 88%的目标."""
    return _BOUND_BEHIND.match(text[end:]) is not None


_BOUND_BEHIND = Pattern('[”"]?(?:以上|以内|以下)?的?(?:年度|绩效|预期|控制)?(?:目标|要求|标准|计划|规定|任务)')


def is_without(text: str, end: int) -> bool:
    """Whether the words behind a number say what it leaves out: 三级指标12个（不含预算执行率）."""
    return _WITHOUT.match(text[end:]) is not None


_WITHOUT = Pattern("[（(，,]?(?:其中)?(?:均?不[含包计]|未[含包计]|剔除|扣除)")


def is_moved(text: str, at: int) -> bool:
    """Whether what a place of a text names is what some others became: 由“优”降为“良”的13个."""
    return _MOVED.search(text[:at]) is not None


_MOVED = Pattern('(?:由|从)[^，。；0-9]{1,12}(?:升|降|变|调整?|转|改)(?:到|至|为|成)[“"]?$')


def is_of_all(text: str, at: int, many: int) -> bool:
    """Whether a place of a text speaks of all of so many lines, or names no number: 4个抽查市中, of five lines."""
    found = list(_AMONG.finditer(text[text.rfind("。", 0, at) + 1 : at]))
    return not found or numeral(found[-1]["count"]) == many


_AMONG = Pattern("(?P<count>[0-9]{1,4}|[二三四五六七八九十]{1,3})[个家所类项种][^，。；、0-9]{0,10}中[，,]")


def are_of_each(counted: str, between: str) -> bool:
    """Whether what is told of each is of each of those counted: 36个乡镇，每市36份 is of each city, of no township.

    ``counted``: unit of the count; ``between``: the words from there to what is told of each.
    """
    found, noun = _OF_EACH.search(between), _CLAUSE_OR_NUMBER.split(between)[0]
    return found is None or found["each"] in f"{counted}{noun}"


_OF_EACH = Pattern("每(?P<each>[市县区镇乡村校院馆站园厂街])(?:平均)?[^，。；0-9每]{0,8}$")


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


def source_of(text: str, at: int) -> str:
    """Whose money its sentence says a number is of: 省级补贴到位率, 市县财政到位率; "" where it names none."""
    found = _SOURCE.findall(_sentence(text, at))
    return found[-1] if found else ""


_SOURCE = Pattern("(?:中央|省级?|市县|市级?|县级?|区级?|县区|自筹|社会)(?=财政|补[贴助]|配套|资金|安排|预算|本级)")


def of_one_scope(report: Report, facts: Sequence[Fact]) -> list[list[Fact]]:
    """Numbers parted by the many and by the source they are said of; those that name none go with the most."""
    told = [(report.texts.get(fact.place, ""), fact.start) for fact in facts]
    ways = ([of_many(*at) for at in told], [source_of(*at) for at in told])
    named = list(zip(*map(_with_the_usual, ways), strict=True))
    return [[fact for fact, own in zip(facts, named, strict=True) if own == which] for which in dict.fromkeys(named)]


def _with_the_usual(names: Sequence[str]) -> list[str]:
    counts = Counter(name for name in names if name)
    usual = counts.most_common(1)[0][0] if counts else ""
    return [name or usual for name in names]


def title_before(before: str) -> str:
    """The title a paragraph begins with where nothing else stands before a statement (2. 预算执行率。); "" for none."""
    match = _OWN_TITLE.fullmatch(before)
    return match["title"] if match else ""


def named_by(report: Report, fact: Fact) -> frozenset[str]:
    """The lines of tables that the clause before a number names: it is of them, not of the whole (云山州未开工11个)."""
    clause = _CLAUSE.split(report.texts.get(fact.place, "")[: fact.start])[-1]
    return frozenset(names_within(report, clause))
