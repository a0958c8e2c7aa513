"""Named parts of a whole behind 其中, one by one: 共安排9个项目，其中市本级4个、县（区）5个."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rapidfuzz.distance import OSA

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.report import Report
from toolkit.proof.rules.totals.of_which import parts_end
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_MEMBER = Pattern(
    r"(?:^|[，,；;、：:（(]|及|和|与)(?P<name>[\u4e00-\u9fff（）()“”A-Za-z]{1,14}?)(?:有|为|共|是|安排|涉及)?的?$"
)
_MEASURED = Pattern(
    "(?:支付|到位|支出|累计|预算|合同)(?:资金|金额|额|数|价款?|总额)?$|累计|得分|扣|率|最|超过|平均|超出|缺口|新增|当年|上年"
)
_ASIDE = Pattern("^(?:回收|收回(?!财政|国库|资金|专户|账户)|有效|平均|共计?|合计|总计)")
"""What is told behind the parts, and is none of them."""
_ENDS = Pattern(r"[。；]|其中|扣除|仍|相差|[，,](?:包括|包含|含|即)")
_REST = Pattern("其余|其他|不满意|未完成|不合格|剩余")
"""The rule of the whole and its rest looks at these."""
_MOST = Decimal("0.7")
"""Parts that make so much of the whole are meant to be all of it."""
_NEAR = 4


def near_miss(left: Decimal, right: Decimal) -> bool:
    """Whether two numbers of four and more digits differ in one digit, or in the order of two."""
    texts = [re.sub(r"\D", "", f"{value.normalize():f}") for value in (left, right)]
    return len(texts[0]) == len(texts[1]) >= _NEAR and OSA.distance(texts[0], texts[1]) == 1


_OF_WHICH = Pattern("其中")


@rule(
    "part.named",
    group=Group.SUMS,
    title="其中列名的各部分之和等于总数",
    good=(
        "共安排9个项目，其中市本级4个、县（区）5个。结余资金778.14万元，其中市本级371.15万元，县（区）406.99万元。",
        "收回问卷576份。其中，满意331份，基本满意198份，较差47份，满意度91.84%。",
        "应接入1,280项，实际接入1,152项。其中市级应接入420项，接入400项；县级应接入860项，接入752项。",
        "评价组11人，其中教师3人、研究生6人、财务顾问和工程顾问各1人。",
        "现场清点62台（套），其中服务器22台、网络设备32台、存储设备3套、其他5台。",
        "决策指标15分，得13.20分。其中项目立项5分，得5.00分；绩效目标5分，得4.20分；资金投入5分，得4.00分。",
        "有效问卷752份。其中市民350份，满意315份，满意度90.00%；基层人员262份，满意229份，满意度87.40%。",
        "接入2,360家；其中生产企业180家、商超640家、餐饮单位1,540家。",
        "备案博物馆12家，其中纳入补助范围的5家，包括一级馆1家、二级馆1家、三级馆2家、未定级1家。",
        "38个项目中，其中30个可用率低于目标，29个初验晚于计划。合同金额100万元，其中2023年支付90万元，累计支付95万元。",
    ),
    bad=(
        "收回问卷110份，其中非常满意68份、满意63份、一般6份，满意度94.5%。",
        "共安排9个项目，其中市本级4个、县（区）6个。",
        "结余资金778.14万元，其中市本级317.15万元，县（区）406.99万元。",
        "收回问卷576份。其中，满意331份，基本满意198份，较差74份，满意度91.84%。",
        "评价共发现问题34个，其中目标管理5个、合同管理9个、过程监管14个、服务成效8个。",
        "整改金额138.45万元，占84.06%，其中收回财政35.20万元、调整账务67.15万元、补办手续41.50万元。",
    ),
)
def named_parts(report: Report) -> Iterator[Result]:
    """Parts told one by one behind 其中, each a name and a number, against the number before."""
    for place, text in report.document.texts_with(_OF_WHICH):
        facts = [fact for fact in report.facts_at(place) if fact.exact]
        for match in _OF_WHICH.finditer(text):
            members = listed_parts(text, match.end(), facts)
            whole = _whole(text, facts, match.start(), members)
            if whole is not None and not (
                "。" not in text[whole.end : match.start()] and _REST.search(text[match.end() : members[-1].start])
            ):
                yield from _added(place, whole, members)


def _is_one_of_both(left: str, right: str) -> bool:
    """Whether two units are pieces and sets, counted together as 台（套）."""
    return left != right and {left, right} <= {"台", "套", "台(套)", "个", "件", "项"}


_FULL = Pattern("[，,](?:实?得|扣)[0-9]")
_ANSWER = Pattern("(?:满意|合格|达标|通过|完成|有效|接通|整改|登录|使用)")
"""What some of the number before did, or said."""
_EACH = 16
"""Characters before a number in which the names are looked for that it is of each of."""
_DEGREE = Pattern("非常|十分|很|比较|较|基本|不")
"""非常满意68份、满意36份: two answers, of which one's name ends the other's."""


def listed_parts(text: str, start: int, facts: Sequence[Fact]) -> list[Fact]:
    """The numbers behind 其中 that follow a name and nothing else, of one unit."""
    found: list[Fact] = []
    names: list[str] = []
    at, stop = start, parts_end(_ENDS, text, start)
    for fact in facts:
        if fact.start < start or fact.start >= stop:
            continue
        before = text[at : fact.start].strip()
        name = _MEMBER.search(before if found else f"，{before.lstrip('，,：:')}")
        behind = text[fact.end : fact.end + 1]
        alike = not found or (fact.unit == found[0].unit and fact.kind is found[0].kind)
        parted = text[found[-1].end : fact.start][:1] if found else ""
        if name is not None and name["name"].endswith("各") and re.search("[和与及、]", before[-_EACH:]):
            return []  # 财务顾问和工程顾问各1人 are two
        if found and name is not None and parted == "、" and _is_one_of_both(found[0].unit, fact.unit):
            return []  # 服务器22台、存储3套: pieces and sets of one list
        if (
            name is None
            or (len(found) > 1 and parted == "，" and text[found[0].end : found[0].end + 1] == "、")  # another list
            or _ASIDE.search(name["name"])
            or _MEASURED.search(name["name"])
            or not alike
            or (behind and behind not in "、，；。,;" and not before.endswith(("其余", "其他")))
        ):
            break
        if _FULL.match(text, fact.end) or (
            names and parted == "，" and _ANSWER.fullmatch(name["name"]) and not _ANSWER.search(names[0])
        ):
            return []  # 项目立项5分，得5分; 市民350份，满意315份
        if names and names[-1].endswith(name["name"]) and not _DEGREE.match(names[-1]):
            return []  # 市级应接入420项，接入400项: two numbers of one part
        found.append(fact)
        names.append(name["name"])
        at = fact.end
    return found


def _whole(text: str, facts: Sequence[Fact], before: int, members: Sequence[Fact]) -> Fact | None:
    """The number that the parts make, among those before them; else the nearest that can hold each of them."""
    if len(members) < 2 or members[0].kind not in (FactKind.MONEY, FactKind.COUNT, FactKind.SCORE):
        return None
    alike = [fact for fact in reversed(facts) if fact.end <= before and same_unit(fact, members[0])]
    fitting = next((fact for fact in alike[:_NEAR] if _is_sum(fact, members)), None)
    large = [fact for fact in alike if fact.base >= max(part.base for part in members)]
    large = [fact for fact in large if not _CHANGED.search(text[: fact.start])]
    return fitting or (large[0] if large and large[0] in alike[:2] else None)


_CHANGED = Pattern("(?:增加|减少|超出|相差|多|少|差)(?:了|资金)?$")


def _is_sum(whole: Fact, members: Sequence[Fact]) -> bool:
    total = sum((fact.base for fact in members), Decimal(0))
    return abs(total - whole.base) <= _slack(whole, members)


def _slack(whole: Fact, members: Sequence[Fact]) -> Decimal:
    if not any(fact.step < 1 for fact in members):
        return Decimal(0)
    return sum((fact.step * fact.scale for fact in (*members, whole)), Decimal(0)) / 2


def _added(place: Place, whole: Fact, members: Sequence[Fact]) -> Iterator[Result]:
    total = sum((fact.base for fact in members), Decimal(0))
    slack = _slack(whole, members)
    if abs(total - whole.base) <= slack:
        yield agrees(whole, *members)
        return
    rest = [whole.base - (total - fact.base) for fact in members]
    slipped = near_miss(total, whole.base) or any(
        near_miss(due, fact.base) for due, fact in zip(rest, members, strict=True)
    )
    above = total > whole.base + slack
    if not above and not slipped and (whole.kind is FactKind.MONEY or total < whole.base * _MOST):
        return
    right = f"{plain(total / whole.scale)}{whole.unit}"
    working = f"{'+'.join(said(fact) for fact in members)}={right}"
    say = differs if above or slipped else doubtful
    message = f"各部分之和{right}与总数{said(whole)}不符"
    related = tuple(fact.place for fact in members)
    yield say(place, said(whole), right, message, facts=(whole, *members), working=working, related=related)
