"""Rates against their denominators: in a sentence, in a row, written out as a formula."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, permutations

from toolkit.formula import FormulaSyntaxError, evaluate
from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Cell, Table
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.records import body_rows, is_total, measure_of
from toolkit.proof.report import Report, Sentence

_RATE = re.compile(r"率|占比|占")
_ARRIVED = re.compile(r"到位率|执行率|完成率|达标率|合格率|通过率|归档率|覆盖率|挂接率|上线率|回收率|有效率")
_SAVED = re.compile(r"节约率")
_BOUND = re.compile(
    r"满意度|合格率|通过率|覆盖率|占比|占(?!(?:调整|年初|全年|年度)?预算)[^。，；]{0,10}的?$|达标率|及时率|可用率|归档率"
)
_PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "资金到位率": (("实际到位", "预算资金"),),
    "预算执行率": (("实际支出", "实际到位"), ("实际支出", "预算资金")),
    "得分率": (("得分", "分值"), ("平均得分", "平均计分值"), ("平均得分", "计分值"), ("平均得分", "分值")),
}


def ratio_bounds(part: Fact, whole: Fact, *, saved: bool = False) -> tuple[Decimal, Decimal] | None:
    """Between which bounds a ratio of two printed numbers lies; None where it is undefined."""
    step = min(part.step * part.scale, whole.step * whole.scale)
    near, far = _half(part, step), _half(whole, step)
    if part.base < 0 and not saved:
        bounds = ratio_bounds(replace(part, value=-(part.value or Decimal(0))), whole)
        return (-bounds[1], -bounds[0]) if bounds else None
    if whole.base - far <= 0 or part.base < 0:
        return None
    low, high = (part.base - near) / (whole.base + far), (part.base + near) / (whole.base - far)
    return (1 - high, 1 - low) if saved else (low, high)


def _half(fact: Fact, step: Decimal) -> Decimal:
    """Half of what a number may have been rounded by; whole counts and scores were not."""
    return Decimal(0) if fact.step >= 1 and fact.kind is not FactKind.MONEY else step / 2


def _fits(rate: Fact, part: Fact, whole: Fact) -> bool:
    bounds = [ratio_bounds(part, whole)]
    if _SAVED.search(rate.subject):
        bounds = [ratio_bounds(part, whole, saved=True), *bounds]
    return any(item is not None and rate.meets(*item) for item in bounds)


def _fits_exactly(rate: Fact, part: Fact, whole: Fact) -> bool:
    due = part.base / whole.base if whole.base else Decimal(-1)
    return rate.meets(due, due)


@rule(
    "rate.sentence",
    group=Group.RATES,
    title="句中的比率等于句中的数相除",
    good=(
        "预算资金327.66万元，实际到位资金320.00万元，资金到位率97.66%。\n",
        "计划梳理1000个，实际完成1525个，完成率152.50%。\n",
        "计划采集4万人及以上，实际完成46949人，目标任务完成率117.37%。\n",
    ),
    bad=(
        "预算资金327.66万元，实际到位资金320.00万元，资金到位率99.66%。\n",
        "计划梳理1000个，实际完成1525个，完成率125.50%。\n",
        "5个项目中4个按期完成，按期完成率90%。\n",
        "共发放问卷600份，收回有效问卷576份，有效回收率98.00%。\n",
        "2024年预算1.26亿元，共安排九个项目。截至年底，资金到位12,180.50万元，到位率95.67%。\n",
    ),
)
def rates_in_sentences(report: Report) -> Iterator[Result]:
    """A rate after two amounts or two counts of one sentence."""
    exact = _exact_scores(report)
    for sentence in report.sentences:
        for index, rate in enumerate(sentence.facts):
            if rate.kind is FactKind.PERCENT and rate.exact and _RATE.search(rate.subject):
                results = list(_sentence_rate(sentence, rate, sentence.facts[:index], exact=exact))
                yield from results or _paragraph_rate(report, sentence, rate)


def _paragraph_rate(report: Report, sentence: Sentence, rate: Fact) -> Iterator[Result]:
    """A rate whose whole stands in an earlier sentence of the paragraph, both named for what they are, once each."""
    parts = _PARTS.get(measure_of(rate.subject), ())[:1]
    if sentence.place.table or not parts or not sentence.facts:
        return
    before = [
        fact
        for fact in report.facts_at(sentence.place)
        if fact.start < rate.start and fact.kind is FactKind.MONEY and fact.exact
    ]
    part = [fact for fact in before if measure_of(fact.subject[-14:]) == parts[0][0]]
    whole = [fact for fact in before if measure_of(fact.subject[-14:]) == parts[0][1]]
    if (
        len(part) != 1
        or len(whole) != 1
        or part[0].start < sentence.start
        or re.search(r"平均|均为|其中|同比|分别", sentence.text)
    ):
        return
    yield agrees(rate, part[0], whole[0]) if _fits(rate, part[0], whole[0]) else _wrong(rate, part[0], whole[0])


def _exact_scores(report: Report) -> bool:
    """Whether the scores of a report are whole, half or a tenth throughout: then none of them was rounded."""
    scores = [fact for fact in report.facts if fact.kind is FactKind.SCORE and fact.value and fact.step < 1]
    scores = [fact for fact in scores if "平均" not in fact.subject and not fact.place.table]
    return len(scores) > _FEW_SCORES and all((fact.value or Decimal(0)) * 10 % 1 == 0 for fact in scores)


_FEW_SCORES = 6


def _sentence_rate(sentence: Sentence, rate: Fact, before: Sequence[Fact], *, exact: bool = False) -> Iterator[Result]:
    for kinds in ((FactKind.MONEY,), (FactKind.COUNT,), (FactKind.SCORE,)):
        numbers = [fact for fact in before if fact.kind in kinds and fact.value and fact.upper is None][-6:]
        pairs = list(permutations(numbers, 2))
        fits = _fits_exactly if exact and kinds == (FactKind.SCORE,) else _fits
        fitting = next(((part, whole) for part, whole in pairs if fits(rate, part, whole)), None)
        if fitting is not None:
            yield agrees(rate, *fitting)
            return
        pair = _named_pair(rate, numbers, sentence)
        if pair is not None:
            yield _wrong(rate, *pair)
            return


def _named_pair(rate: Fact, numbers: Sequence[Fact], sentence: Sentence) -> tuple[Fact, Fact] | None:
    """Part and whole where the words leave no doubt; only two numbers of the kind, and a rate of two such things."""
    if re.search(r"平均|均为|其中|同比|比上年|分别", sentence.text[: rate.start - sentence.start]):
        return None
    if any(re.search("[比较][^，。；]{0,8}[多少高低]$|[超少]$", fact.subject) for fact in numbers):
        return None  # how far it is from the plan, not the plan
    parts = _PARTS.get(measure_of(rate.subject), ())
    for part_name, whole_name in parts:
        part = [fact for fact in numbers if measure_of(fact.subject) == part_name]
        whole = [fact for fact in numbers if measure_of(fact.subject) == whole_name]
        if len(part) == 1 and len(whole) == 1:
            return part[0], whole[0]
    if len(numbers) == 2 and _ARRIVED.search(rate.subject) and _among(sentence, *numbers):
        return numbers[1], numbers[0]
    if len(numbers) == 2 and not parts and (_ARRIVED.search(rate.subject) or _SAVED.search(rate.subject)):
        planned = [fact for fact in numbers if re.search(r"计划|目标|应|总|共|发放|发出", fact.subject)]
        real = [
            fact
            for fact in numbers
            if re.search(r"实际|已|达标|合格|完成|收回|回收|有效", fact.subject) and fact not in planned
        ]
        if len(planned) == 1 and len(real) == 1:
            return real[0], planned[0]
    return None


def _among(sentence: Sentence, whole: Fact, part: Fact) -> bool:
    """5个项目中4个按期完成: the second number is some of the first."""
    between = sentence.text[whole.end - sentence.start : part.start - sentence.start]
    return whole.unit == part.unit and re.fullmatch(r"[^，。；]{0,10}中[，,]?有?", between) is not None


def _wrong(rate: Fact, part: Fact, whole: Fact) -> Result:
    saved = bool(_SAVED.search(rate.subject))
    value = part.base / whole.base * 100
    value = 100 - value if saved else value
    shown = f"{value:.2f}%"
    working = f"({said(whole)}−{said(part)})÷{said(whole)}={shown}" if saved else f"{said(part)}÷{said(whole)}={shown}"
    return differs(
        rate.place, rate.text, shown, f"{rate.subject[-12:]}{rate.text}与{working}不符",
        facts=(rate, part, whole), related=(part.place, whole.place), working=working,
    )  # fmt: skip


@rule(
    "rate.table",
    group=Group.RATES,
    title="表中的比率等于同一行的数相除",
    good=(
        "一级指标\t分值\t得分\t得分率（%）\n决策\t18\t15\t83.33\n过程\t20\t18\t90.00\n产出\t27\t26\t96.30\n",
        # the total of 合同金额 is that of four projects, that of 预算资金 of three
        "项目名称\t合同金额\t预算资金\t成本节约率\n甲\t90\t100\t10.00%\n乙\t80\t100\t20.00%\n丙\t95\t100\t5.00%\n"
        "丁\t200\t—\t—\n合计\t465\t300\t11.67%\n",
    ),
    bad=("一级指标\t分值\t得分\t得分率（%）\n决策\t18\t15\t83.33\n过程\t20\t18\t90.00\n产出\t27\t26\t93.60\n",),
)
def rates_in_tables(report: Report) -> Iterator[Result]:
    """A column of rates against the two columns it divides, by their names, else by what nearly all rows obey."""
    for table in report.document.tables:
        headings = table.headings
        for column, heading in enumerate(headings):
            if re.search(r"率|占比|比例|比重|进度", heading) and not re.search(r"标准|说明|规则|扣减", heading):
                yield from _rate_column(report, table, column, heading)


def _rate_column(report: Report, table: Table, column: int, heading: str) -> Iterator[Result]:
    every = [(_row_facts(report, row), is_total(row)) for row in body_rows(table)]
    rows = [facts for facts, _ in every if column in facts]
    names = [measure_of(text) for text in table.headings]
    best: list[tuple[dict[int, Fact], bool, int, int]] = []
    for part, whole in _candidates(names, measure_of(heading), column, table.width):
        tried = [(facts, _row_fits(facts, part, whole, column, heading), part, whole) for facts in rows
                 if {part, whole} <= facts.keys() and facts[whole].value]  # fmt: skip
        if sum(item[1] for item in tried) > sum(item[1] for item in best):
            best = tried
    right = sum(item[1] for item in best)
    if len(best) - right > max(1, len(best) // 4) or right < (1 if _named(names, best) else 3):
        return
    for facts, fits, part, whole in best:
        if not fits and (facts, True) in every and _of_different_rows(every, part, whole):
            continue
        rate = facts[column] if facts[column].unit else _percent(facts[column])
        yield (
            agrees(facts[column], facts[part], facts[whole])
            if fits
            else _wrong_row(facts[column], rate, facts[part], facts[whole], saved="节约" in heading)
        )


def _of_different_rows(every: Sequence[tuple[dict[int, Fact], bool]], part: int, whole: int) -> bool:
    """Whether a row has only one of two amounts: their totals are then not totals of the same things."""
    return any((part in facts) != (whole in facts) for facts, total in every if not total)


def _named(names: Sequence[str], tried: Sequence[tuple[dict[int, Fact], bool, int, int]]) -> bool:
    return bool(tried) and bool(names[tried[0][2]]) and bool(names[tried[0][3]])


def _candidates(names: Sequence[str], measure: str, column: int, width: int) -> Iterator[tuple[int, int]]:
    named = [(part, whole) for first, second in _PARTS.get(measure, ()) for part in range(width) for whole in range(width)
             if names[part] == first and names[whole] == second]  # fmt: skip
    yield from named
    if width <= 14:
        yield from (
            pair for pair in permutations([at for at in range(1, width) if at != column], 2) if pair not in named
        )


def _row_facts(report: Report, row: Sequence[Cell]) -> dict[int, Fact]:
    found = {}
    for column, cell in enumerate(row):
        facts = [fact for fact in report.facts_at(cell.place) if fact.value is not None and fact.exact]
        if cell.is_numeric and facts and facts[0].kind is not FactKind.ORDINAL:
            found[column] = facts[0]
    return found


def _percent(fact: Fact) -> Fact:
    return replace(fact, unit="%")


def _row_fits(facts: dict[int, Fact], part: int, whole: int, column: int, heading: str) -> bool:
    rate = facts[column] if facts[column].unit else _percent(facts[column])
    # Printed parts are exact here: a rate of rounded numbers would fit nearly anything small.
    bounds = ratio_bounds(facts[part], facts[whole], saved="节约" in heading)
    return bounds is not None and rate.meets(*bounds)


def _wrong_row(place: Fact, rate: Fact, part: Fact, whole: Fact, *, saved: bool) -> Result:
    value = part.base / whole.base * 100
    value = 100 - value if saved else value
    working = f"{said(part)}÷{said(whole)}={value:.2f}%"
    return differs(
        place.place, rate.text, f"{value:.2f}%", f"比率{rate.text}与同一行的{working}不符",
        facts=(place, part, whole), related=(part.place, whole.place), working=working,
    )  # fmt: skip


@rule(
    "rate.above_one",
    group=Group.RATES,
    title="满意度、合格率、覆盖率、占比不超过100%",
    good=("系统验收合格率为100.00%，满意度96.5%。\n", "收入完成28,583万元，占调整预算105.47%。\n"),
    bad=("系统验收合格率为106.00%。\n", "服务对象满意度为965%。\n"),
)
def rates_above_one(report: Report) -> Iterator[Result]:
    """Shares cannot be more than everything."""
    for fact in report.facts:
        bounded = fact.kind is FactKind.PERCENT and fact.exact and fact.unit == "%"
        if bounded and fact.base > 1 and _BOUND.search(_words(fact)):
            yield differs(
                fact.place, fact.text, "不超过100%", f"{fact.subject[-14:]}{fact.text}超过100%", facts=(fact,)
            )


def _words(fact: Fact) -> str:
    """The words that name a rate: of a cell, those of its column."""
    return fact.subject.split(" ")[-1] if fact.place.table else fact.subject[-14:]


_FORMULA = re.compile(
    r"(?P<left>[(（]?[\d.,]+[万亿元%分]*(?:\s*[-+×*÷/－＋—–][(（]?\s*[\d.,]+[万亿元%分]*[)）]?)+)\s*[=＝]\s*(?P<right>[\d.,]+)(?P<unit>%|万元|元|分)?"
)


@rule(
    "rate.formula",
    group=Group.RATES,
    title="写出的算式计算正确",
    good=("成本节约率=（327.66万元-327.1314万元）/327.66万元=0.16%。\n", "合计15+18+26+35=94分。\n"),
    bad=("成本节约率=（327.66万元-327.1314万元）/327.66万元=1.16%。\n", "合计15+18+26+35=95分。\n"),
)
def formulas(report: Report) -> Iterator[Result]:
    """A formula that is written out with its result."""
    for place, text in report.document.texts():
        for match in _FORMULA.finditer(text):
            value = _evaluated(match["left"])
            right = Decimal(match["right"].replace(",", "")) if match["right"].count(".") < 2 else None
            if value is None or right is None:
                continue
            value = value * 100 if match["unit"] == "%" and "%" not in match["left"] else value
            half = Decimal(1).scaleb(int(right.as_tuple().exponent)) / 2
            facts = tuple(fact for fact in report.facts_at(place) if match.start() <= fact.start < match.end())
            if abs(value - right) <= half:
                if facts:
                    yield agrees(*facts)
            else:
                yield differs(
                    place, f"{match['right']}{match['unit'] or ''}", f"{value:.4f}".rstrip("0").rstrip("."),
                    f"算式“{match[0]}”的结果应为{value:.4f}".rstrip("0").rstrip("."), facts=facts, working=match[0],
                )  # fmt: skip


def _evaluated(text: str) -> Decimal | None:
    """The value of a written formula by the toolkit's own formula engine."""
    plain = re.sub(r"[万亿元分,\s]", "", text)
    plain = plain.translate(str.maketrans("（）×÷－＋—–＊", "()*/-+--*"))
    try:
        value = evaluate(f"={plain}", {})
    except FormulaSyntaxError:
        return None
    return value if isinstance(value, Decimal) else None


@rule(
    "rate.doubtful_unit",
    group=Group.UNITS,
    title="同一张表、同一句话中的金额数量级相称",
    good=(
        "预算资金327.66万元，实际到位资金320.00万元。\n",
        "支付327.66万元，结余20.00万元，其中设备12.00万元，单价88.50元。\n",
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
    for sentence in report.sentences:
        money = [fact for fact in sentence.facts if fact.kind is FactKind.MONEY and fact.exact and fact.base > 0]
        named = [fact for fact in money if measure_of(fact.subject[-14:]) in names]
        for left, right in pairwise(named):
            ratio = max(left.base, right.base) / min(left.base, right.base)
            if ratio >= 2000:
                yield doubtful(
                    right.place, said(right), said(left), f"{said(left)}与{said(right)}相差{ratio:,.0f}倍，请核对单位",
                    facts=(left, right), related=(left.place,),
                )  # fmt: skip


_WAN = Decimal(10_000)
_QUOTED = re.compile("填报|报送|更正|核定|误填|误写|一万倍|万倍")
"""A paragraph about a wrong amount that somebody reported."""
_PRICE = re.compile(r"单价|每|均|/|费用标准|限额|[×*]$")


def _slipped_units(report: Report) -> Iterator[Result]:
    """An amount that is ten thousand times less, or more, than the same digits elsewhere or all others of its report."""
    money = [fact for fact in report.facts if fact.kind is FactKind.MONEY and fact.value and not fact.place.table]
    wan = [fact for fact in money if fact.unit.startswith("万元")]
    if len(wan) * 2 < len(money) or len(wan) < 3:
        return  # a report that counts in 元
    amounts = [fact.base for fact in report.facts if fact.kind is FactKind.MONEY and fact.exact]
    most = sorted(set(amounts), reverse=True)[:2]
    known = set(amounts)
    quoting = {place for place, text in report.document.texts() if _QUOTED.search(text)}
    priced = {fact.place for fact in money if fact.unit == "元" and _PRICE.search(fact.subject)}
    texts = dict(report.document.texts())
    for fact in (fact for fact in money if fact.place not in quoting):
        per = texts[fact.place][fact.end : fact.end + 1] in ("/", "／")
        small = fact.unit == "元" and not per and not _PRICE.search(fact.subject[-14:])
        beside = fact.base < _WAN and fact.place not in priced and _beside_wan(fact, wan)
        if small and (fact.base * _WAN in known or beside):
            right = f"{fact.text.removesuffix('元')}万元"
            message = f"{said(fact)}：全文金额以万元计，这里可能漏写“万”"
            yield doubtful(fact.place, said(fact), right, message, facts=(fact,), confidence=75)
        elif fact in wan and fact.base == most[0] and len(most) > 1 and _is_too_much(fact, most[1], known):
            right = f"{(fact.value or Decimal(0)) / _WAN:f}万元"
            message = f"{said(fact)}比全文其他金额大得多，像是把{right}写成了元，请核对单位"
            yield doubtful(fact.place, said(fact), right, message, facts=(fact,), confidence=75)


def _is_too_much(fact: Fact, next_most: Decimal, known: Collection[Decimal]) -> bool:
    """Far above all others; less far where a ten thousandth of it stands elsewhere."""
    return fact.base > next_most * (20 if fact.base / _WAN in known else 500)


def _beside_wan(fact: Fact, wan: Sequence[Fact]) -> bool:
    """An amount with two decimals among others of its paragraph that are in 万元."""
    return fact.step < 1 and any(other.place == fact.place for other in wan)
