"""市本级安排7150万元，占56.75%: a share behind its part, of the whole that words or its sisters tell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.once import once
from toolkit.proof.records import measure_of
from toolkit.proof.report import Report
from toolkit.proof.row_words import first_words
from toolkit.proof.rules.proportions.rates import ratio_bounds
from toolkit.proof.scope import are_of_one_year, is_earlier
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_SHARE = Pattern(
    r"(?:占(?:比)?|持股(?:比例)?|[占参]股)(?:了|约)?(?P<whole>[^，。；占]{0,14}?)(?:的|比例为?|比重为?|比为?)?[为是]?$"
)
_TOTALS = ("合计", "总计", "全市", "全县", "全区", "全省", "全年")
_HUNDRED = Decimal(100)
_GRADES_COUNTED = Pattern(r"“?(优|良|中|差|不?合格|一般|较差)[秀好]?”?(?:等级|等次)?(?:的)?(?:有|为)?(\d+)个")


@rule(
    "share.sentence",
    group=Group.RATES,
    title="句中的占比等于部分除以总数",
    good=(
        "市本级安排7,150.00万元，占56.75%；县（区）安排5,450.00万元，占43.25%。\n单位：万元\n项目\t预算\n甲\t7150\n乙\t5450\n合计\t12600\n",
        "实际支出11402.36万元，抽查资金9762.70万元，占实际支出的85.62%。",
        "项目签订合同8份，合同总金额4,157.50万元，占总投资概算的94.92%。",
        "产业链总产值3,420亿元，完成投资3,696亿元，达标的行政村占比68%。",
        "2022年支付563.74万元，占当年预算620.00万元的90.93%；2023年支付950.69万元，占80.57%；2024年支付592.56万元，占77.97%。",
        "人员100人，其中清扫71人、收运17人、公厕12人，分别占71.00%、17.00%、12.00%；男68人，占68.00%。",
    ),
    bad=(
        "市本级安排7,150.00万元，占57.65%；县（区）安排5,450.00万元，占43.25%。\n单位：万元\n项目\t预算\n甲\t7150\n乙\t5450\n合计\t12600\n",
        "实际支出11402.36万元，抽查资金9762.70万元，占实际支出的82.65%。",
        "抽查的12份合同中，2份缺少验收单，占16.76%。",
        "项目总投资6.80亿元，其中资本金1.08亿元，占26.47%；发行专项债券5.00亿元，占73.53%。",
        "全年支出中，基本支出1,974.00万元，占47.35%；项目支出2,538.00万元，占56.25%。",
    ),
)
def shares(report: Report) -> Iterator[Result]:
    """A share behind its part, of the whole it names, of a total row, or of the whole its sisters are shares of."""
    totals = _totals(report)
    for place, text in report.texts_with_several_numbers:
        facts = [fact for fact in report.facts_at(place) if fact.exact]
        open_pairs: list[tuple[Fact, Fact]] = []
        fitting: list[Fact] = []
        years: dict[Fact, int] = {}
        for share, part, words in _pairs(text, facts):
            sisters = [] if words else _of_sisters(share, part, fitting)
            before = [*totals, *(fact for fact in facts if fact.start < part.start)]
            wholes = sisters or _wholes(report, words, part, before)
            whole = next((whole for whole in wholes if _fits(share, part, whole)), None)
            if whole is not None:
                fitting.append(whole)
                years.setdefault(whole, part.start)
                yield agrees(share, part, whole)
            elif words and (only := _only(wholes, part)) is not None and same_unit(only, part):
                yield _wrong(share, part, only)
            elif (of := _among(text, facts, part)) is not None and _may_be(words, of):
                yield _wrong(share, part, of)
            else:
                open_pairs += [] if _is_another(words) else [(share, part)]
        if together := list(_together(text, facts, open_pairs)):
            yield from together
            continue
        for share, part in open_pairs:
            alike = [whole for whole in fitting if whole.kind is part.kind and whole.unit == part.unit]
            alike = [whole for whole in alike if are_of_one_year(text, part.start, years.get(whole, part.start))]
            yield from (_wrong(share, part, whole) for whole in alike[:1] if whole.base > part.base)


def _is_another(words: str) -> bool:
    """Whether a share names a whole of its own (占总投资概算的), so that it is not of that of its sisters."""
    return len(words) >= _LONG_NAME and not measure_of(words)


def _only(wholes: Sequence[Fact], part: Fact) -> Fact | None:
    """The only amount that can be meant, which is not the part once more: 合同总额90万元，占总投资的90%."""
    first = next(iter(wholes), None)
    is_other = first is not None and first.base > part.base and len({whole.base for whole in wholes}) == 1
    return first if is_other else None


def _together(text: str, facts: Sequence[Fact], pairs: Sequence[tuple[Fact, Fact]]) -> Iterator[Result]:
    """基本支出1,974万元，占43.75%；项目支出2,538万元，占56.25%: parts of one sum, at most one of them wrong."""
    known = list(_pairs(text, facts))
    if not pairs or len(known) < 2 or any(words for _, _, words in known):
        return
    parts = [part for _, part, _ in known]
    if any(part.kind is not parts[0].kind or part.unit != parts[0].unit for part in parts):
        return
    added = sum((part.value or Decimal(0) for part in parts), Decimal(0))
    whole = replace(parts[0], value=added, text=f"各项之和{plain(added)}")
    fits = [_fits(share, part, whole) for share, part, _ in known]
    if sum(fits) < max(1, len(known) - 1):
        return
    for (share, part, _), fit in zip(known, fits, strict=True):
        yield agrees(share, part) if fit else _wrong(share, part, whole)


def _among(text: str, facts: Sequence[Fact], part: Fact) -> Fact | None:
    """12份合同中，2份缺少验收单: the number that the part is some of."""
    before = [fact for fact in facts if fact.end <= part.start and fact.unit == part.unit]
    is_some = bool(before) and re.fullmatch(
        r"[^，。；]{0,10}中[，,]?[^，。；0-9]{0,10}", text[before[-1].end : part.start]
    )
    if is_some:
        return before[-1] if before[-1].base else None
    wholes = [fact for fact in before if not re.search("平均|每|均", text[max(0, fact.start - 6) : fact.start])]
    between = text[wholes[-1].end : part.start] if wholes else ""
    apart = [fact for fact in wholes if fact.start >= part.start]
    first = not apart and re.fullmatch(r"[^。；]{0,24}其中[，,：:]?[^，。；0-9]{0,14}", between)
    others = [fact for fact in facts if wholes and wholes[-1].end <= fact.start < part.start and fact.unit != part.unit]
    return wholes[-1] if first and not others and wholes[-1].base >= part.base else None


def _of_sisters(share: Fact, part: Fact, wholes: Sequence[Fact]) -> list[Fact]:
    """The one whole that the shares before are of: 一成 is so rough that another may fit by chance."""
    is_one = share.step * share.scale > _ROUGH and len({whole.base for whole in wholes}) == 1
    return [*wholes[:1]] if is_one and same_unit(wholes[0], part) else []


_ROUGH = Decimal("0.011")


def _may_be(words: str, whole: Fact) -> bool:
    """Whether what a share names can be a number: 占享受补贴人数的 is not of 三年中有1,004人离开."""
    named = re.sub("全部|总|其|的", "", words)
    pairs = [named[at : at + 2] for at in range(len(named) - 1)]
    return len(named) < _LONG_NAME or any(pair in f"{whole.subject}{whole.unit}" for pair in pairs)


_LONG_NAME = 5
_OF_ITS_OWN = Pattern(r"[，,；;、：:](?!约|仅|只|共|合计)[^，,；;、：:]{3,}$")
"""总产值3,420亿元，达标的行政村占比68%: the share has a subject of its own and is not of the number before."""
_TOLD_BEHIND = Pattern("^[，,]?(?:为|即|计|约)$")


def _pairs(text: str, facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact, str]]:
    """Share, part and the words that name the whole."""
    for at, share in enumerate(facts):
        match = _SHARE.search(text[: share.start]) if share.kind is FactKind.PERCENT else None
        if match is None or not at or re.search("。", text[facts[at - 1].end : share.start]):
            continue
        part = facts[at - 1]
        behind = facts[at + 1] if at + 1 < len(facts) else None
        if behind is not None and same_unit(behind, part) and _TOLD_BEHIND.match(text[share.end : behind.start]):
            part = behind  # 每季度465万元，其中固定部分占80%，为372万元
        between = text[part.end : share.start]
        if re.search("分别|依次|各", between) or not _follows(between):
            continue  # shares in a row are not of the number before them
        stands = part is behind or (
            part.end <= match.start() and not _OF_ITS_OWN.search(text[part.end : match.start()])
        )
        if part.kind in (FactKind.MONEY, FactKind.COUNT) and stands and part.value:
            yield share, part, match["whole"]


_ANOTHER = Pattern("最|其中|[0-9]{4}年|居第|排第")


def _follows(between: str) -> bool:
    """Whether a share may be of the number before these words: no clause among them names another thing.

    2024年支付415.53万元，2023年支付额最大，占累计支付的50.87% is not of 415.53万元.
    """
    return not any(map(_ANOTHER.search, re.split("[，,；;：]", between)[1:-1]))


def _totals(report: Report) -> list[Fact]:
    """The numbers of all total rows."""
    rows = (row for table in report.document.tables for row in table.rows[table.head :])
    found = [row for row in rows if first_words(row) in _TOTALS]
    return [fact for row in found for cell in row for fact in report.facts_at(cell.place)[:1] if fact.value]


def _wholes(report: Report, words: str, part: Fact, near: Sequence[Fact]) -> list[Fact]:
    measure = measure_of(words)
    if words and measure == "项目数" and part.place.table == 0:
        return [] if _KINDS.search(words) else _projects(report, part)
    if words and measure:
        totals = [fact for fact in near if measure_of(fact.subject) == measure and fact.kind is part.kind]
        told = (fact for fact in _measured(report).get(measure, ()) if fact.kind is part.kind)
        return [fact for fact in (*totals, *told) if fact.base >= part.base]
    return [fact for fact in near if fact.kind is part.kind and fact.value and fact.base >= part.base]


_KINDS = Pattern("[\u4e00-\u9fff][和与及、][\u4e00-\u9fff]")
"""占新建和续建项目总数的33.33%: of the projects of two kinds, not of all."""


@once
def _measured(report: Report) -> Mapping[str, list[Fact]]:
    """The exact numbers outside tables by what they measure."""
    found: dict[str, list[Fact]] = {}
    for fact in report.facts:
        if fact.exact and fact.value and not fact.place.table and (measure := measure_of(fact.subject[-14:])):
            found.setdefault(measure, []).append(fact)
    return found


def _projects(report: Report, part: Fact) -> list[Fact]:
    """The most projects that the prose counts anywhere: 对10个数字政府项目进行了核查."""
    texts = report.texts
    found = [
        fact
        for fact in report.facts
        if fact.exact and fact.unit == part.unit == "个" and not fact.place.table
        and re.match(r"(?:[\u4e00-\u9fff]{0,8})项目", texts[fact.place][fact.end :])
    ]  # fmt: skip
    most = max((fact.base for fact in found), default=Decimal(0))
    return [fact for fact in found if fact.base == most > part.base]


def _fits(share: Fact, part: Fact, whole: Fact) -> bool:
    bounds = ratio_bounds(part, whole)
    return bounds is not None and share.meets(*bounds)


def _wrong(share: Fact, part: Fact, whole: Fact) -> Result:
    right = f"{part.base / whole.base * _HUNDRED:.2f}%"
    working = f"{said(part)}÷{said(whole)}={right}"
    return differs(
        share.place, share.text, right, f"占比写{share.text}，{working}", facts=(share, part, whole),
        related=(part.place, whole.place), working=working, confidence=90,
    )  # fmt: skip


@rule(
    "survey.rates",
    group=Group.RATES,
    title="问卷的满意率与份数相符",
    good=("发放问卷1,200份，回收1,140份，回收率95%。对项目表示满意的1,026份，满意率90%。",),
    bad=("发放问卷1,200份，回收1,140份，回收率95%。对项目表示满意的1,026份，满意率96%。",),
)
def surveys(report: Report) -> Iterator[Result]:
    """满意率 right behind the number of those who are satisfied, against all that came back."""
    for place, text in report.texts_with_several_numbers:
        facts = [fact for fact in report.facts_at(place) if fact.exact and fact.value]
        for part, rate in pairwise(facts):
            is_rate = rate.kind is FactKind.PERCENT and re.search(r"满意(?:率|度)[为是]?$", rate.subject)
            if not is_rate or not re.search(r"满意(?:的|有|为)?$", part.subject) or "不" in part.subject[-4:]:
                continue
            before = [fact for fact in facts if fact.end <= part.start and fact.unit == part.unit]
            back = [fact for fact in before if re.search(r"收回|回收|有效", fact.subject)]
            if back and (whole := next((fact for fact in (back[-1], *before) if _fits(rate, part, fact)), None)):
                yield agrees(rate, part, whole)
            elif back and "基本满意" not in text:
                yield _wrong(rate, part, back[-1])


@rule(
    "grade.share",
    group=Group.GRADES,
    title="优良率等于优、良个数除以总数",
    good=(
        "9个项目中，优3个、良4个、中2个，优良率77.78%。",
        "优良率72.22%，比2023年的71.88%（32个项目中优9个、良14个、中9个）提高0.34个百分点。",
    ),
    bad=("9个项目中，优3个、良4个、中2个，优良率78.77%。",),
)
def good_share(report: Report) -> Iterator[Result]:
    """优良率 against the numbers of the grades in its sentence."""
    for sentence in report.sentences:
        rate = next(
            (fact for fact in sentence.facts if fact.kind is FactKind.PERCENT and fact.subject.endswith("优良率")), None
        )
        if rate is None:
            continue
        told = [
            match for match in _GRADES_COUNTED.finditer(sentence.text) if not is_earlier(sentence.text, match.start())
        ]
        counts = {match[1]: int(match[2]) for match in told}
        if not {"优", "良"} <= counts.keys() or len(counts) < 3:
            continue
        due = Decimal(counts["优"] + counts["良"]) / sum(counts.values())
        if rate.meets(due, due):
            yield agrees(rate)
        else:
            right = f"{due * _HUNDRED:.2f}%"
            message = f"优良率写{rate.text}，按各等级个数算是{right}"
            yield differs(rate.place, rate.text, right, message, facts=(rate,))
