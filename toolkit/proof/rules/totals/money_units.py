"""元 and 万元: amounts and tables whose unit makes them ten thousand times too large or too small."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, differs, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.records import measure_of
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_WAN = Decimal(10_000)
_ENOUGH = 3
"""So many amounts must fit with another unit before the unit of a table is called wrong."""
_TELLING = 100
"""So many hundreds of yuan an amount must come to: smaller ones meet others by chance."""


@rule(
    "unit.table",
    group=Group.UNITS,
    title="表的金额单位与正文相合",
    good=(
        "甲平台支出120.50万元，乙平台支出98.30万元，丙平台支出77.60万元。\n项目\t支出\n甲平台\t120.50\n乙平台\t98.30\n丙平台\t77.60",
        "甲平台合同金额120.50万元，乙平台合同金额98.30万元，丙平台合同金额77.60万元。\n单位：元\n项目名称\t合同金额\n甲平台\t1205000\n乙平台\t983000\n丙平台\t776000",
    ),
    bad=(
        "甲平台合同金额120.50万元，乙平台合同金额98.30万元，丙平台合同金额77.60万元。\n单位：万元\n项目名称\t合同金额\n甲平台\t1205000\n乙平台\t983000\n丙平台\t776000",
    ),
)
def table_units(report: Report) -> Iterator[Result]:
    """Amounts of a table that are in the text only when its unit is taken for another, ten thousand times off."""
    told = [
        fact
        for sentence in report.prose
        for fact in sentence.facts
        if fact.kind is FactKind.MONEY and fact.exact and fact.base
    ]
    for table in report.document.tables:
        cells = [fact for row in table.rows[table.head :] for cell in row for fact in report.facts_at(cell.place)[:1]]
        money = [fact for fact in cells if fact.kind is FactKind.MONEY and fact.exact and fact.base and fact.unit]
        fitting = {slip: _fitting(money, told, slip) for slip in (Decimal(1), _WAN, 1 / _WAN)}
        right = max(fitting, key=lambda slip: fitting[slip])
        if right != 1 and fitting[right] >= _ENOUGH and fitting[right] > _ENOUGH * fitting[Decimal(1)]:
            unit = table.unit or money[0].unit
            message = f"表的单位是“{unit}”，而表中{fitting[right]}个金额与正文恰差一万倍，单位可能写错"
            other = "元" if right < 1 else "万元"
            yield differs(table.place, unit, other, message, related=(told[0].place,))


def _fitting(money: list[Fact], told: list[Fact], slip: Decimal) -> int:
    """How many amounts of a table are in the text, the unit multiplied by ``slip``."""
    values = {value for fact in told if (value := round(fact.base / 100)) >= _TELLING}
    return sum(1 for fact in money if round(fact.base * slip / 100) in values)


@rule(
    "rate.doubtful_unit",
    group=Group.UNITS,
    title="同一张表、同一句话中的金额数量级相称",
    good=(
        "预算资金327.66万元，实际到位资金320.00万元。\n",
        "支付327.66万元，结余20.00万元，其中设备12.00万元，单价88.50元。\n",
        "预算820.00万元，支出793.76万元，结余26.24万元。设备价格由每千瓦1,050元下降到2024年的820元。\n",
        "支付327.66万元，结余20.00万元，其中设备12.00万元，每件成本（费用除以件数）为19.7元。\n",
        "400万元以上的8个项目，100万元以上、400万元以下的17个项目，100万元以下的13个项目。\n",  # no exact amount
    ),
    bad=(
        "预算资金327.66万元，实际到位资金3200000.00万元。\n",
        "到位102.20元，支出98.01万元，其中设备90.00万元，服务8.01万元。\n",
    ),
)
def orders_of_magnitude(report: Report) -> Iterator[Result]:
    """Two amounts of one sentence that measure parts of one another and are ten thousand times apart."""
    yield from _slipped_units(report)
    names = {"预算资金", "实际到位", "实际支出", "合同金额", "累计支付", "审定金额"}
    for sentence in report.with_several_numbers:
        money = [fact for fact in sentence.facts if fact.kind is FactKind.MONEY and fact.exact and fact.base > 0]
        named = [fact for fact in money if measure_of(fact.subject[-14:]) in names]
        for left, right in pairwise(named):
            ratio = max(left.base, right.base) / min(left.base, right.base)
            if ratio >= 2000:
                yield doubtful(
                    right.place, said(right), said(left), f"{said(left)}与{said(right)}相差{ratio:,.0f}倍，请核对单位",
                    facts=(left, right), related=(left.place,),
                )  # fmt: skip


_QUOTED = Pattern("填报|报送|更正|核定|误填|误写|一万倍|万倍")
"""A paragraph about a wrong amount that somebody reported."""
_PRICE = Pattern(
    r"单价|每|均|/|费用标准|限额|[×*]$|(?:吨|[人件户亩次台套处]|公里|平方米)[^，。；0-9]{0,6}(?:成本|费用?|造价|价格|支出|投资)[为是]?$"
)


_PRICE_MOVED = Pattern(
    r"每[^，。；0-9]{1,6}[0-9,.]+元[^。；0-9]{0,6}[降升提调上下增减][^，。；0-9]{0,4}[到至为](?:20[0-9]{2}年的?)?$"
)
"""每千瓦1,050元下降到2024年的820元: both are prices."""
_PRICED = Pattern(
    "(?:每(?![年月季日])[^，。；0-9]{1,4}|单位)(?:成本|费用?|造价|价格|支出)(?:（[^（）]*）)?[为是]?(?:[0-9,.]+元[，、](?:20[0-9]{2}年)?[为是]?)*$"
)
"""每件成本（人工费与运行费之和除以受理件数）为19.7元: the price is named before what it is made of."""
_REACH = 40


def _slipped_units(report: Report) -> Iterator[Result]:
    """An amount that is ten thousand times less, or more, than the same digits elsewhere or all others of its report."""
    money = [fact for fact in report.facts if fact.kind is FactKind.MONEY and fact.value and not fact.place.table]
    wan = [fact for fact in money if fact.unit.startswith("万元")]
    if len(wan) * 2 < len(money) or len(wan) < 3:
        return  # a report that counts in 元
    amounts = [fact.base for fact in report.facts if fact.kind is FactKind.MONEY and fact.exact]
    most = sorted(set(amounts), reverse=True)[:2]
    known = set(amounts)
    quoting = {place for place, text in report.document.texts_with(_QUOTED) if _QUOTED.search(text)}
    priced = {fact.place for fact in money if fact.unit == "元" and _PRICE.search(fact.subject)}
    texts = report.texts
    in_wan = {fact.place for fact in wan}
    for fact in (fact for fact in money if fact.place not in quoting):
        per = texts[fact.place][fact.end : fact.end + 1] in ("/", "／")
        before = texts[fact.place][max(0, fact.start - _REACH) : fact.start]
        per = per or _PRICE_MOVED.search(before) is not None or _PRICED.search(before) is not None
        small = fact.unit == "元" and not per and not _PRICE.search(fact.subject[-14:])
        # an amount with two decimals among others of its paragraph that are in 万元
        beside = fact.base < _WAN and fact.place not in priced and fact.step < 1 and fact.place in in_wan
        if small and (fact.base * _WAN in known or beside):
            right = f"{fact.text.removesuffix('元')}万元"
            message = f"{said(fact)}：全文金额以万元计，这里可能漏写“万”"
            yield doubtful(fact.place, said(fact), right, message, facts=(fact,), confidence=75)
        elif (
            fact.unit.startswith("万元")
            and len(most) > 1
            and fact.base == most[0]
            and _is_too_much(fact, most[1], known)
        ):
            right = f"{(fact.value or Decimal(0)) / _WAN:f}万元"
            message = f"{said(fact)}比全文其他金额大得多，像是把{right}写成了元，请核对单位"
            yield doubtful(fact.place, said(fact), right, message, facts=(fact,), confidence=75)


def _is_too_much(fact: Fact, next_most: Decimal, known: Collection[Decimal]) -> bool:
    """Far above all others; less far where a ten thousandth of it stands elsewhere."""
    return fact.base > next_most * (20 if fact.base / _WAN in known else 500)
