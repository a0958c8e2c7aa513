"""The forms of sentences that say how their numbers stand to each other, and what makes the number each is about.

A frame names its numbers: ``g`` is what the others make. What is told in passing between them (a rate, a share) is
passed over. Each frame is a line; a new way of saying the same thing is a new line.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.shapes import frame
from toolkit.proof.trials import Trial, apart, quotient, slack, slipped
from toolkit.proof.units import same_unit

_PLAN = "(?:计划|预计|目标|预算|应|核定|约定|承诺|要求|规定|任务|批复|概算|设计|需|标准|可用|合同|上年|去年|年初)"
_REAL = "(?:实际|完成|实|仅|已|共|最终|到位|只|建成|支出|支付|累计|平均|用时|历时|合同|中标|决算|结算|签约|有记录|提供|保留)"
_LACK = "(?:相?差|缺|少|超|多|欠|未|短|节约|节省|结余|剩余|余|尚|逾期|晚|早|提前|滞后)"
_MOVE = "(?:增|减|提|降|升|上升|上涨|回升|缩|压|扩|下降|回落|多|少|高|低|延长|节约)"
_ASIDE = "(?:,~10(?:率|比例|进度|度|占)~6<R>~2)?"
RATES = frozenset({FactKind.PERCENT, FactKind.POINTS})


@dataclass(frozen=True, slots=True)
class Frame:
    """A pattern with ``g`` and its operands ``a``, ``b``; ``what`` is how a finding begins."""

    pattern: str
    made: Callable[[Fact, Fact, Fact], Trial | None]
    what: str

    @property
    def goes_on(self) -> bool:
        """Whether it reaches over a semicolon: one stands in it that no brackets exclude."""
        return ";" in re.sub(r"\[\^[^]]*\]", "", self.pattern)


def _gap(told: Fact, left: Fact, right: Fact) -> Trial | None:
    """A difference in the unit of its two numbers; of two rates in points."""
    both = same_unit(left, right)
    if both and (same_unit(told, left) or (told.kind is FactKind.POINTS and left.kind is FactKind.PERCENT)):
        return apart(left, right, sure=True)
    return None


def _moved(told: Fact, old: Fact, new: Fact) -> Trial | None:
    """What a change from one number to another is told as: a difference, or a share of the old one."""
    if told.kind is FactKind.PERCENT and old.kind not in RATES and same_unit(old, new):
        return _growth(old, new)
    return _gap(told, old, new)


def _growth(old: Fact, new: Fact) -> Trial | None:
    if old.base <= 0:
        return None
    change, off = abs(new.base - old.base), slack((old, new))
    due = change / old.base
    wide = off / old.base + due * slack((old,)) / old.base
    working = (
        f"({said(new)}-{said(old)})÷{said(old)}" if new.base > old.base else f"({said(old)}-{said(new)})÷{said(old)}"
    )
    return Trial(due - wide, due + wide, due, (old, new), working, sure=True)


def product(told: Fact, many: Fact, each: Fact) -> Trial | None:
    """So many, of so much each: the total is of what each is of."""
    if (
        many.kind is not FactKind.COUNT
        or same_unit(many, each)
        or not _is_of(told, each)
        or not many.base
        or not each.base
    ):
        return None
    due = many.base * each.base
    off = due * (slack((many,)) / many.base + slack((each,)) / each.base)
    return Trial(due - off, due + off, due, (many, each), f"{said(each)}×{said(many)}", sure=True)


def _of_groups(told: Fact, groups: Fact, each: Fact) -> Trial | None:
    """So many groups of so many."""
    return product(told, groups, each)


def _mean(told: Fact, many: Fact, total: Fact) -> Trial | None:
    """A total by the number of what it is shared among, in the unit of the total."""
    return quotient(total, many, sure=True) if same_unit(told, total) and many.base else None


def _is_of(total: Fact, each: Fact) -> bool:
    return same_unit(total, each) or (total.unit.endswith("人次") and each.unit.endswith(("人", "名")))


def _of_year(told: Fact, month: Fact, _: Fact) -> Trial | None:
    if told.unit != month.unit:
        return None  # 620人，每人每月500元，全年372.00万元: of all of them
    due, off = month.base * _MONTHS, slack((month,)) * _MONTHS
    return Trial(due - off, due + off, due, (month,), f"{said(month)}×{_MONTHS}", sure=told.kind is month.kind)


_MONTHS = 12


def _rate(told: Fact, whole: Fact, part: Fact) -> Trial | None:
    return quotient(part, whole, sure=True) if told.kind is FactKind.PERCENT and same_unit(part, whole) else None


def _share_at_most(told: Fact, whole: Fact, part: Fact) -> Trial | None:
    """A rate named after its part; sure where there is more of the part than of all, which no other rate explains."""
    way = _rate(told, whole, part)
    return way and replace(way, sure=part.base > whole.base or _exchanged(part, whole.base * told.base))


def _exchanged(part: Fact, due: Decimal) -> bool:
    """Whether a number of three digits and more has two of them in the other order."""
    texts = [f"{part.base:f}", f"{round(due):f}"]
    return slipped(part, Decimal(round(due))) and sorted(texts[0]) == sorted(texts[1])


def _share_of(told: Fact, old: Fact, change: Fact) -> Trial | None:
    return quotient(change, old, sure=True) if told.kind is FactKind.PERCENT and same_unit(change, old) else None


def _left(told: Fact, whole: Fact, part: Fact) -> Trial | None:
    return (
        apart(whole, part, sure=True)
        if same_unit(whole, part) and same_unit(told, whole) and part.base <= whole.base
        else None
    )


FRAMES: tuple[Frame, ...] = (
    # 计划支持300人，实际支持290人，完成率96.67%，差10人
    Frame(f"{_PLAN}~8<a:E>~6[,、;]~6{_REAL}~8<b:N>~8{_ASIDE}[,(]~6{_LACK}~6<g:N>", _gap, "差额写"),
    Frame(f"{_PLAN}~8<a:E>~6[,、;]~6{_REAL}~8<b:N>~8[,(]~6{_LACK}~6<N>~2[,(]~6(?:超|少|低|高|短|节约|缺)~4<g:P>", _moved, "增减写"),
    # 合同价560万元，已付504万元，付款率90%，余款56万元
    Frame(f"<a:N>~10,~8{_REAL}~8<b:N>~6{_ASIDE},~6(?:未|尚|余|剩|欠|缺口|结余)~8<g:N>", _left, "差额写"),
    # 审计核减15.55万元（合同471.13万元，审定455.58万元）
    Frame("(?:核减|审减)~4<g:M>~2[(](?:合同|送审|报审)~8<a:M>~6,(?:审定|核定)~8<b:M>", _left, "核减写"),
    # 由18分钟压缩至12分钟，压缩6分钟，压缩三分之一
    Frame(f"(?:由|从)~16<a:A>~16(?:至|到|为|成)~10<b:A>~8[,(]~8{_MOVE}~5<g:A>", _moved, "增减写"),
    Frame(f"(?:由|从)~16<a:A>~16(?:至|到|为|成)~10<b:A>~8[,(]~8{_MOVE}~5<A>~2,~6(?:[增降]幅|{_MOVE})~4<g:P>", _moved, "增减写"),
    # 6,480元，较上年的6,750元减少270元，下降4.00%
    Frame(f"<b:A>~8[,(]~4(?:比|较|与)~16<a:A>(?:的~10)?(?:相比,?)?~3{_MOVE}~6<g:A>", _moved, "增减写"),
    Frame(f"<b:N>~8[,(]~4(?:比|较|与)~16<a:N>(?:的~10)?~3{_MOVE}~6<N>~2,~6(?:[增降]幅|{_MOVE})~4<g:P>", _moved, "增减写"),
    # 整改率95%，未整改288处，低于98%的目标3个百分点
    Frame("<a:P>~8(?:,~10<N>~4)?[,(]~6(?:低于|高于|超过?|超出|距离?|比|较|未达到?|不足)~10<b:E>~12<g:Q>", _gap, "差额写"),
    # 最高93.5分，最低76.8分，相差16.7分
    Frame("最[高多大长好]~16<a:A>~14最[低少小短差]~16<b:A>~14(?:相差|极差|差距|差)~4<g:A>", _gap, "差额写"),
    # 450套，每套4,850元，计218.25万元
    Frame("<a:C>~12(?:,~10<A>~4)?[,(](?:平均)?(?:每~4|单价~4|人均|户均|均价)~4<b:N>~3[,)]+~8(?:计|共|合|总|需|参加|投入|支出|金额)~8<g:N>", product, "乘积写"),
    Frame("(?:每|单价|人均|户均)~8<b:N>(?:的标准)?~6,~10<a:C>~8,~4(?:计|共计?|合计|总计|需|总)~8<g:N>", product, "乘积写"),
    # 按33万元核定，60座需1,980万元
    Frame("[按以]~6<b:N>~8,<a:C>~4(?:需|计|共|合计|应|为)~8<g:N>", product, "乘积写"),
    # 接入部门52个，发布目录3,640个，平均每个部门70个
    Frame("(?P<noun>[\u4e00-\u9fff]{2})<a:C>[^。;]{0,40}?[,;]~12<b:N>,平均每个?(?P=noun)~3<g:N>", _mean, "平均数写"),
    # 满意率85%，比上年的82%上升3个百分点，未达到90%的目标，差5个百分点
    Frame("<a:P>[^。;]{0,40}?(?:未达到?|低于|距离?)~4<b:E>~8,?~4(?:相?差|低|少)~4<g:Q>", _gap, "差额写"),
    # 18个乡镇中，按时发放的12个，占三分之二，逾期发放的6个
    Frame("<a:N>~8中,?~12<b:N>,~4占<P>[,;]~12<g:N>。", _left, "差额写"),
    # 户均、月标准：每人每月800元，一年合计9,600元
    Frame("每?~2每月~4<a:M>[,(](?:一年|全年|年度|每年|年)~4<g:M>", _of_year, "一年写"),
    # 占20.98%，高出全省平均水平1.68个百分点（全省为19.30%）
    Frame("<a:P>,~2(?:高|低|超)~14<g:Q>\\(~8<b:P>\\)", _gap, "差额写"),
    # 上门服务率91.40%，低于95%的目标3.60个百分点
    Frame("<a:P>[,(]~6<b:E>的~6(?:目标|标准|要求|计划|指标)~4<g:Q>", _gap, "差额写"),
    # 使用率提高到70%以上，比目前的41.20%提高28.80个百分点
    Frame("(?:到|至|达)<b:E>~4,(?:比|较)~10<a:P>~2(?:提高|提升|增加|上升|下降|降低|高|低)<g:Q>", _gap, "差额写"),
    # 收回388份，回收率97.00%，剔除无效问卷12份，有效问卷376份
    Frame(f"(?:回收|收回)~4<a:N>{_ASIDE},~2剔除~6<g:N>[,;]~2有效~4<b:N>", _left, "差额写"),
    # 租用64台，实际使用41台，闲置23台
    Frame("<a:N>~8[,、]~12实际(?:使用|开通|投用|启用)~4<b:N>,~4(?:闲置|空置|未使用)~2<g:N>", _left, "差额写"),
    # 提出问题6项，至终验时整改4项，未整改2项
    Frame("<a:N>[,、]~8(?:已|完成)?(?P<did>整改|办结|验收|采纳|接入|开工|销号)(?:完成)?<b:N>[,、](?:仍有|尚有)?(?:尚未|未)(?:完成)?(?P=did)(?:的)?<g:N>", _left, "差额写"),
    # 发现漏洞236个，修复231个，修复率97.88%；未修复5个
    Frame("<a:C>[,、]~8(?P<did>[\u4e00-\u9fff]{2})(?:完成|的)?<b:C>~2(?:,(?P=did)率~2<P>)?[,;、](?:仍有|尚有|还有)?(?:尚未|未)(?:完成)?(?P=did)(?:的)?<g:C>~2[,。;]", _left, "差额写"),
    # 批复建设期18个月，自7月14日至8月22日，实际历时26个月，超期8个月
    Frame("(?:批复|计划|约定|合同)~8<a:C>,[^。;]{0,60}?实际~6<b:C>[^。;]{0,24}?,~2(?:超期|延期|逾期)~2<g:C>", _gap, "差额写"),
    # 4个小组共16人，每组4人
    Frame("<a:C>(?:工作)?小?组~4共<g:C>~2,每组~2<b:C>", _of_groups, "乘积写"),
    # 申报2,400万元，核减269万元，核减率11.21%，核减后2,131万元
    Frame("<a:M>[^。;]*?(?:共|合计|应|拟|建议)?(?P<cut>核减|压减|扣减|调减|审减|下浮|优惠)~4<b:M>~2(?:,~8<P>)?[,;]~4(?:(?P=cut)|压减|核减|扣减)后~8<g:M>", _left, "余额写"),
    # 增加210.40万元、减少24.00万元，净增加186.40万元
    Frame("(?:新?增加?|转入|新增)~6<a:N>~2[、,]~6(?:减少|退出|核销|转出|注销)~6<b:N>~2,~4净(?:增加?|减少?|变动)~4<g:N>", _gap, "净增减写"),
    # 基层人员262份，满意229份，满意度87.40%
    Frame("<a:C>~4(?:,~10率~2<P>)?,~6(?<!较)(?<!本)(?<!常)(?P<did>[\u4e00-\u9fff]{2})~2<b:C>~4,~4(?P=did)[率度]~2<g:P>", _share_at_most, "比率写"),
    # 与上年预算5,480万元相比，增加470万元，增长8.6%
    Frame("(?:与|同|比|较)~16<a:N>相比,~6(?:增加|减少|上升|下降|多|少)~4<b:N>,~4(?:增长|下降|上升|降低|增幅|降幅)~3<g:P>", _share_of, "增减写"),
    # 平均3.2个工作日，比目标（5个工作日）短1.8个工作日
    Frame("<a:N>,(?:比|较|低于|高于|超过)~8\\(~3<b:E>\\)~3(?:短|长|少|多|高|低|快|慢|提前)?<g:N>", _gap, "差额写"),
    # 15项指标中得满分的9项，扣分的6项
    Frame("<a:C>[^。;0-9]{0,6}中,?~8(?:满分|未扣分|没有扣分)的?(?:有|为)?<b:C>,?[,、;]~4(?:扣分|失分|未得满分)的?(?:有|为)?<g:C>[,。;]", _left, "差额写"),
    # 计划3座，建成1座，完成率33.33%
    Frame(f"{_PLAN}~8<a:E>~6[,、;]~6(?<!未){_REAL}~8<b:N>~6[,(]~8率~3<g:P>", _rate, "比率写"),
)  # fmt: skip
PATTERNS = tuple(frame(way.pattern) for way in FRAMES)
"""Made with the module, so that they are compiled once for a user (:mod:`toolkit.proof.kept_patterns`)."""
