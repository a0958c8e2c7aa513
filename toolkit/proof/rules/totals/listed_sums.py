"""Parts in a row and the number they make, behind or before them: 决策12分、过程18分、产出26分，总分56分."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact, said
from toolkit.proof.report import Report
from toolkit.proof.shapes import Shape, shapes
from toolkit.proof.trials import slack
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_N = "[\ue000-\uebff]"
_W = "[^,。;:!?、()\\n\ue000-\uf7ff]"
_PART = f"{_W}{{1,14}}{_N}{_W}{{0,3}}"
_ROW = f"(?P<row>{_PART}(?:、{_PART}){{2,}})"
_PAIR_ROW = f"(?P<row>{_PART}、{_PART})"
_BEHIND = Pattern(f"{_ROW}[,;](?P<link>{_W}{{0,4}})(?:总分|总得分|综合得分|合计|共计?|总计){_W}{{0,4}}(?P<whole>{_N})")
_BEHIND_TWO = Pattern(f"(?:^|[,:;]){_PAIR_ROW}[,;](?P<link>{_W}{{0,4}})(?:合计|共计|总计){_W}{{0,4}}(?P<whole>{_N})")
_BEFORE = Pattern(
    f"(?P<whole>{_N})(?:{_W}{{0,10}}中[,]?|[,:](?:按{_W}{{1,6}}[分看],?)?)(?!其中){_ROW}(?=[。;]|$|,[0-9]{{1,2}}月)"
)
_TWO = Pattern(
    f"(?P<whole>{_N}){_W}{{0,6}}中[,]?(?P<row>20[0-9]{{2}}年{_W}{{0,6}}{_N}{_W}{{0,2}}、20[0-9]{{2}}年{_W}{{0,6}}{_N}{_W}{{0,2}})(?=[。;,]|$)"
)
_IN_YEARS = Pattern(
    f"(?P<whole>{_N}){_W}{{0,6}}分[两三四五]年{_W}{{0,4}}[,:](?P<row>20[0-9]{{2}}年{_W}{{0,6}}{_N}{_W}{{0,2}}(?:、20[0-9]{{2}}年{_W}{{0,6}}{_N}{_W}{{0,2}})+)(?=[。;,]|$)"
)
_NO_PART = Pattern("最|其中|平均|超过|均|每|分别|同比|比上年|累计|以上|以下|[降升减增]至|约")
_SOME = Pattern("[前后]|[两三四五]项|其")
_MOST = Decimal("0.25")
"""Parts that miss the number before them by more are not meant to be all of it."""


@rule(
    "list.total",
    group=Group.SUMS,
    title="并列各项之和等于紧接写出的总数",
    good=(
        "甲平台决策11.9分、过程18.3分、产出26.0分、效益16.8分，总分73.0分。",
        "收到意见14条，采纳11条、部分采纳1条、未采纳2条。12个项目中公开招标8个、竞争性磋商3个、单一来源1个。",
        "采购呼叫器12,000台、床垫800张、报警器3,200个，合计16,000台（套）。建设资金962.00万元分两年安排，2022年安排600.00万元、2023年安排362.00万元。",
        "负责人：工程师1人；成员：造价师2人、评价师3人、调查员4人，共10人。",
        "提出修改意见28条，按性质分，数据类11条、表述类9条、依据类5条、结构类3条。",
        "9笔付款中2022年3笔、2023年6笔。现场抽查档案30份，合同8份、凭证5份、台账3份。非常满意208份、满意124份、一般46份，前两项合计332份。",
    ),
    bad=(
        "甲平台决策11.9分、过程18.3分、产出26.0分、效益18.6分，总分73.0分。",
        "收到意见15条，采纳11条、部分采纳1条、未采纳2条。",
        "5月23日收到反馈意见7条，采纳6条、部分采纳1条、不采纳1条，6月13日形成正式报告。",
        "专家组提出修改意见28条，按性质分，数据类11条、表述类8条、依据类5条、结构类3条。",
        "12个项目中公开招标7个、竞争性磋商3个、单一来源1个。",
        "采购呼叫器12,000台、床垫800张、报警器3,200个，合计16,600台（套）。",
        "建设资金962.00万元分两年安排，2022年安排600.00万元、2023年安排326.00万元。",
        "9笔付款中2022年4笔、2023年6笔。",
        "对两个项目按15%压减，社区治理平台压减8.10万元、环境监测设备压减18.60万元，合计压减24.90万元。",
        "利用率20%以下的云主机189台；其中区教育局38台、区卫健局31台、区住建局27台，三个部门共98台。",
    ),
)
def totals(report: Report) -> Iterator[Result]:
    """A row of three parts and more of one unit with a name each, and the number right behind or before it."""
    for shape in shapes(report):
        for pattern, say in (
            (_BEHIND, differs),
            (_BEHIND_TWO, doubtful),
            (_BEFORE, doubtful),
            (_TWO, doubtful),
            (_IN_YEARS, differs),
        ):
            for match in pattern.finditer(shape.text):
                yield from _judged(shape, match, say)


def _judged(shape: Shape, match: re.Match[str], say: object) -> Iterator[Result]:
    whole, parts = shape.fact(match["whole"]), shape.facts_in(match["row"])
    alike = all(same_unit(part, whole) and part.unit == parts[0].unit for part in parts)
    alike = alike or (whole.unit in _OF_ANY and all(part.kind is whole.kind and part.unit for part in parts))
    if (
        not alike
        or _NO_PART.search(match["row"].removeprefix("其中"))
        or ("link" in match.groupdict() and len(parts) == _PAIR and _is_told_before(shape, match, whole))
        or max(part.base for part in parts) > whole.base
        or _SOME.search(match.groupdict().get("link") or "")
    ):
        return
    total = sum((part.base for part in parts), Decimal(0))
    first = next(iter(shape.facts_in(shape.earlier + shape.text[: match.start()])[-1:]), None)
    beside = first is not None and first.unit == whole.unit and total + first.base == whole.base
    if beside or abs(total - whole.base) <= slack((*parts, whole)):
        yield agrees(whole, *parts)
    elif say is differs or abs(total - whole.base) <= _MOST * whole.base:
        yield _wrong(whole, parts, total, say)


_PAIR = 2


def _is_told_before(shape: Shape, match: re.Match[str], whole: Fact) -> bool:
    """Whether its sentence tells more of the unit before two parts: the total may be of that, too."""
    return any(same_unit(fact, whole) for fact in shape.facts_in(shape.text[: match.start("row")]))


_OF_ANY = ("台(套)", "台/套", "台套", "件(套)", "件", "台件", "台(件)")
"""What 台, 张 and 个 are counted in together."""


def _wrong(whole: Fact, parts: Sequence[Fact], total: Decimal, say: object) -> Result:
    right = f"{plain(total / whole.scale)}{whole.unit}"
    working = f"{'+'.join(map(said, parts))}={right}"
    return say(  # type: ignore[operator,no-any-return]
        whole.place, said(whole), right, f"写{said(whole)}，{working}", facts=(whole, *parts), working=working,
        related=tuple(part.place for part in parts), confidence=80,
    )  # fmt: skip
