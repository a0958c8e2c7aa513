"""Contracts and payments: what was paid above the contract, in a year above all years, and words that deny it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import FactKind, said
from toolkit.proof.once import once
from toolkit.proof.records import Record, prose_records, table_records
from toolkit.proof.report import Report
from toolkit.text import plain
from toolkit.text.folding import fold, squeeze
from toolkit.text.patterns import Pattern

_DENIED = Pattern(
    r"(?:均|全部|都|皆)(?:未|没有|不)(?:超出?|超过|突破)[^。；，]{0,6}(?:预算|合同)|未(?:发现|出现)超(?:合同|预算|付)"
)
_ADMITTED = Pattern(r"(?<!未)(?<!不)超(?:过|出)|超(?:付|合同|限额)|大于|高于")
_EXPLAINED = Pattern(r"扣除(?:后|第三方)[^。]*?(?:不再?|没有?|未)超|扣除后为[^。]*?不再超出")
_FEES = Pattern(r"第三方|监理|测评|服务费")
_FEE = Pattern(r"(?:第三方|监理|测评)[^，。；]{0,8}费用?(?:合计|共计|共|为|计)?$")
_GOOD = "序号\t项目名称\t合同金额（万元）\t本年支付（万元）\t累计支付（万元）\n1\t甲平台项目\t100\t40\t90\n2\t乙平台项目\t80\t80\t80\n"
_WITH_FEES = (
    "项目名称\t合同金额（元）\t累计支付（元）\t备注\n甲平台项目\t1000000\t1071040\t其中，第三方服务费用为7.104万元。\n"
    "乙平台项目\t800000\t800000\t\n"
)


@once
def amounts(report: Report) -> Mapping[str, list[dict[str, Record]]]:
    """Label → for each row or paragraph that speaks of it, its amounts by measure."""
    return _grouped(report)


def _grouped(report: Report) -> Mapping[str, list[dict[str, Record]]]:
    tables = list(table_records(report))
    prose = prose_records(report, frozenset(record.label for record in tables))
    grouped: dict[tuple[str, object], dict[str, Record]] = defaultdict(dict)
    for record in (*tables, *prose):
        at = record.fact.place
        grouped[record.label, (at.block, at.row)].setdefault(record.measure, record)
    found: dict[str, list[dict[str, Record]]] = defaultdict(list)
    for (label, _), measures in grouped.items():
        found[label].append(measures)
    return found


@rule(
    "pay.year",
    group=Group.PAYMENTS,
    title="本年支付不大于累计支付",
    good=(_GOOD,),
    bad=(_GOOD.replace("\t40\t90", "\t95\t90"),),
)
def year_above_all(report: Report) -> Iterator[Result]:
    """What was paid in a year is part of what was paid in all."""
    for label, rows in amounts(report).items():
        for row in rows:
            year, all_years = row.get("本年支付"), row.get("累计支付")
            if year is None or all_years is None:
                continue
            if year.fact.low > all_years.fact.high:
                yield differs(
                    year.fact.place, said(year.fact), f"不大于{said(all_years.fact)}",
                    f"“{label}”本年支付{said(year.fact)}大于累计支付{said(all_years.fact)}",
                    facts=(year.fact, all_years.fact), related=(all_years.fact.place,),
                )  # fmt: skip
            else:
                yield agrees(year.fact, all_years.fact)


@rule(
    "pay.contract",
    group=Group.PAYMENTS,
    title="累计支付不超过合同金额（有审定金额的按审定金额）",
    good=(_GOOD, f"{_GOOD}\t其余3个项目，见汇总总表\t100\t40\t190\n"),
    bad=(_GOOD.replace("\t40\t90", "\t40\t109"), _WITH_FEES),
)
def paid_above_contract(report: Report) -> Iterator[Result]:
    """A payment above the contract, once for each project; fees of third parties may explain it: a person decides."""
    overruns = _overruns(report)
    beyond = {result.place for _, result in overruns}
    for _, paid, contract in _paid(report):
        if paid.fact.place not in beyond:
            yield agrees(paid.fact, contract.fact)
    told: dict[str, Result] = {}
    for label, result in overruns:
        if _is_admitted(report, label):
            yield agrees(*result.facts)
        elif label in told:
            first = told[label]
            told[label] = replace(first, facts=(*first.facts, *result.facts), related=(*first.related, result.place))
        else:
            told[label] = result
    yield from told.values()


def _paid(report: Report) -> Iterator[tuple[str, Record, Record]]:
    """Label, what was paid in all, and the contract it is held against."""
    for label, rows in amounts(report).items():
        for row in rows:
            paid, contract = row.get("累计支付"), row.get("审定金额") or row.get("合同金额")
            if paid is not None and contract is not None:
                yield label, paid, contract


def _overruns(report: Report) -> list[tuple[str, Result]]:
    """Every payment above its contract, whether the report says so or not; first those of tables: they say more."""
    found = [
        (label, _above(report, label, paid, contract))
        for label, paid, contract in _paid(report)
        if paid.fact.low >= contract.fact.high and paid.fact.base > contract.fact.base
    ]
    return sorted(found, key=lambda item: not item[1].place.row)


def _is_admitted(report: Report, label: str, words: Pattern = _ADMITTED) -> bool:
    """Whether the report itself says that this project was paid above its contract."""
    return label in _sentences_with(report, words)


@once
def _sentences_with(report: Report, words: Pattern) -> str:
    told = [squeeze(item.text) for item in report.sentences_with(words) if words.search(item.text)]
    return "\n".join(told)  # a label holds no line break


def _above(report: Report, label: str, paid: Record, contract: Record) -> Result:
    message = f"“{label}”累计支付{said(paid.fact)}超过{contract.measure}{said(contract.fact)}"
    return doubtful(
        paid.fact.place, said(paid.fact), f"不超过{contract.measure}{said(contract.fact)}",
        f"{message}{_without_fees(report, paid, contract)}",
        facts=(paid.fact, contract.fact), related=(contract.fact.place,), confidence=80,
    )  # fmt: skip


_INCLUDED = "未超过"
"""What is said of a payment that is above its contract by fees of third parties alone."""


def _without_fees(report: Report, paid: Record, contract: Record) -> str:
    """What its row or paragraph says of fees of third parties, taken off the payment."""
    at = paid.fact.place
    beside = _told_of_fees(report).get((at.block, at.row), ())
    fees = [fact for place in beside for fact in report.facts_at(place) if _FEE.search(fact.subject)]
    if len(fees) == 1 and fees[0].value:
        fee = fees[0] if fees[0].unit else replace(fees[0], unit="元")
        rest = paid.fact.base - fee.base
        left = f"{plain(rest / paid.fact.scale)}{paid.fact.unit}"
        known = f"；扣除同一行写的第三方费用{said(fee)}后为{left}"
        if rest < contract.fact.high:
            return f"{known}，{_INCLUDED}，请把合同款与第三方费用分开列示"
        return f"{known}，仍超过"
    return "；同一行提到第三方费用，请核实是否应分开列示" if beside else ""


@once
def _told_of_fees(report: Report) -> Mapping[tuple[int, int], list[Place]]:
    """Block and row → the places there that speak of fees of third parties."""
    found: dict[tuple[int, int], list[Place]] = {}
    for place, text in report.document.texts_with(_FEES):
        if _FEES.search(text):
            found.setdefault((place.block, place.row), []).append(place)
    return found


@rule(
    "pay.denied",
    group=Group.PAYMENTS,
    title="“均未超出预算（合同）”与支付数据相符",
    good=(f"{_GOOD}\n\n各项目支出均未超出预算。\n",),
    bad=(
        f"{_GOOD.replace('40	90', '40	109')}\n\n各项目支出均未超出预算。\n",
        f"{_WITH_FEES}\n\n各项目支出均未超出预算。\n",
    ),
)
def denied_overrun(report: Report) -> Iterator[Result]:
    """A sentence that denies what the amounts say."""
    sentences = [sentence for sentence in report.sentences_with(_DENIED) if _DENIED.search(sentence.text)]
    if not sentences:
        return
    above: dict[str, Result] = {}
    for label, result in _overruns(report):
        if not _is_admitted(report, label, _EXPLAINED):
            above.setdefault(label, result)
    for sentence in sentences:
        match = _DENIED.search(sentence.text)
        if above and match:
            yield _denial(sentence.place, match[0], above)


def _denial(place: Place, words: str, above: Mapping[str, Result]) -> Result:
    """A contradiction; a doubt where fees of third parties explain every payment above its contract."""
    shown = "；".join(f"“{label}”{result.found}，应{result.expected}" for label, result in list(above.items())[:_SHOWN])
    more = f"等{len(above)}个项目" if len(above) > _SHOWN else ""
    explained = all(_INCLUDED in result.message for result in above.values())
    why = "；扣除备注所写第三方费用后未超过，请写明口径" if explained else ""
    return (doubtful if explained else differs)(
        place, words, "有项目累计支付超过合同金额",
        f"此处称“{words}”，而累计支付超过合同（审定）金额的有：{shown}{more}{why}",
        related=tuple(result.place for result in above.values()),
    )  # fmt: skip


_SHOWN = 3


_TINY = Pattern(
    r"(?:合同|预算|到位|支付|支出|拨付|下达|投资|尾款|质保金|余款|结余|审定|核减|调整)[^0-9，。；：、（）()]{0,6}"
    r"(?P<text>(?P<value>[0-9]{1,3}\.[0-9]{1,2})元)(?![/／])"
)
_RATE_OF_PAY = Pattern(r"每|人均|单价|标准|补贴|均价|利息|手续费")
_MANY = 3


@rule(
    "pay.too_small",
    group=Group.PAYMENTS,
    title="资金不会只有几元、几百元",
    good=(
        "合同金额41.98万元，预算40.00万元，支付38.95万元。",
        "合同41.98万元，预算40.00万元，到位40.00万元，按每人每次支付3.95元的标准发放。",
        "合同金额41.98元。",
    ),
    bad=("合同金额41.98万元，预算40.00万元，到位40.00万元，评价期内支付3.95元。",),
)
def too_small(report: Report) -> Iterator[Result]:
    """In a report that counts in 万元, money of a project below a thousand 元 with decimals has lost its 万."""
    texts = [(place, fold(text)) for place, text in report.document.texts() if not place.table]
    if sum(text.count("万元") for _, text in texts) < _MANY:
        return
    for place, text in texts:
        for match in _TINY.finditer(text):
            clause = re.split("[，。；]", text[: match.end()])[-1]
            if not _RATE_OF_PAY.search(clause):
                words = f"“{clause[-20:]}”不足一千元，可能是“{match['value']}万元”漏写了“万”"
                facts = tuple(fact for fact in report.facts_at(place) if fact.text == match["text"])[:1]
                yield doubtful(place, match["text"], f"{match['value']}万元", words, facts=facts)


_BID = Pattern("(?:中标|成交)(?:价|金额|总价|总额|价格)(?:为|是|共计)?$")
_CONTRACT = Pattern("(?:合同|签约)(?:价|金额|总价|总额|价款|款)(?:为|是|共计)?$")


@rule(
    "pay.bid",
    group=Group.PAYMENTS,
    title="合同价等于中标价",
    good=("甲公司中标，中标价1,580.00万元，2022年7月28日签订合同，合同价1,580.00万元。",),
    bad=("甲公司中标，中标价1,580.00万元，2022年7月28日签订合同，合同价1,850.00万元。",),
)
def bids(report: Report) -> Iterator[Result]:
    """One bid and one contract in a paragraph; a contract is made at the price of the bid."""
    for paragraph in report.document.paragraphs:
        money = [fact for fact in report.facts_at(paragraph.place) if fact.kind is FactKind.MONEY and fact.exact]
        bids_, contracts = ([fact for fact in money if words.search(fact.subject)] for words in (_BID, _CONTRACT))
        if len(bids_) != 1 or len(contracts) != 1 or contracts[0].start < bids_[0].start:
            continue
        bid, contract = bids_[0], contracts[0]
        if bid.meets(contract.low, contract.high):
            yield agrees(bid, contract)
        else:
            message = f"合同价{said(contract)}与中标价{said(bid)}不同，请核对"
            yield doubtful(contract.place, said(contract), said(bid), message, facts=(bid, contract))
