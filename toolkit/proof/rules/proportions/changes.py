"""Figures of one sentence that follow from one another: increase, growth, points, parts of a whole, amounts in words."""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Place, Table
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.lines import TOTALS
from toolkit.proof.report import Report, Sentence
from toolkit.proof.units import same_unit
from toolkit.text import plain

_YEAR = re.compile(r"(?P<year>20[0-9]{2})年[^0-9，。；]{0,12}$")
_COMPARED = re.compile(r"(?:比|较)(?:上年|20[0-9]{2}年)[^，。；]{0,12}$")
_UP, _DOWN = "增加|增长|提高|上升|多", "减少|下降|降低|少"
_CHANGE = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))了?$")
_OF_ANOTHER = re.compile(
    rf"(?:^|[，、；])(?![^，、；]*(?:比|较|同比|环比|[0-9]))[^，、；]{{5,}}(?:{_UP}|{_DOWN})了?$|(?:年均|年平均|平均每年)[^，、；]{{0,6}}$"
)
"""规上工业增加值增长, 年均增长: a change of something else than the two numbers before, or of one year of several."""
_WORDS = re.compile(r"(?:大写|人民币)[：:]?(?:人民币)?(?P<words>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+)[元圆]")
_DIGITS = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
_TENS = {"拾": 10, "佰": 100, "仟": 1000}
_PART_ENDS = re.compile("[。；]|扣除|仍|超出|相差|[比较](?:上年|去年|20[0-9]{2}年|年初|预算)")
_NO_WHOLE = re.compile(
    "(?:超出|相差|增加|减少|节约|结余|少|多|差|上升|下降|增长|降低|提高|[降增]幅)(?:率)?(?:了|为|约)?$"
)
_UNIT_SLIP = Decimal(10_000)
_ENOUGH = 3
"""So many amounts must fit with another unit before the unit of a table is called wrong."""


def _before(sentence: Sentence, fact: Fact) -> str:
    return sentence.text[: fact.start - sentence.start]


def _spread(fact: Fact) -> Decimal:
    return fact.step * fact.scale


@rule(
    "change.amount",
    group=Group.RATES,
    title="增减额、增长率、百分点与两年的数相符",
    good=(
        "2022年支付80万元，2023年支付100万元，比上年增加20万元，同比增长25.00%。2022年执行率80.0%，2023年执行率85.5%，提高5.5个百分点。",
    ),
    bad=(
        "2022年支付80万元，2023年支付100万元，比上年增加30万元。",
        "建成教室180间，比2022年的120间增加50间。",
        "2022年支付80万元，2023年支付100万元，同比增长20.00%。",
        "2022年支付80万元，2023年支付100万元，同比下降25.00%。",
        "2022年执行率80.0%，2023年执行率85.5%，提高5.5%。",
    ),
)
def changes(report: Report) -> Iterator[Result]:
    """Two years' figures of one sentence, and the change said behind them."""
    for sentence in report.prose:
        pair: list[Fact] = []
        for fact in (fact for fact in sentence.facts if fact.exact):
            before = _before(sentence, fact)
            if (
                _YEAR.search(before)
                and not _CHANGE.search(before)
                and fact.kind in (FactKind.MONEY, FactKind.PERCENT, FactKind.COUNT)
            ):
                pair = [*pair[-1:], fact] if pair and pair[-1].kind is fact.kind else [fact]
                if len(pair) == 1 and _COMPARED.search(before):
                    pair = [*_just_before(sentence, fact), fact]
                if len(pair) > 1 and _COMPARED.search(before):  # 2024年…，比2023年的…增加
                    pair.reverse()
                continue
            change = _CHANGE.search(before)
            if change and len(pair) == 2 and _can_change(pair, fact) and not _OF_ANOTHER.search(before):
                pair = _meant(sentence, pair, fact, is_up=bool(change["up"]))
                yield _changed(sentence.place, pair[0], pair[1], fact, is_up=bool(change["up"]))


def _meant(sentence: Sentence, pair: list[Fact], change: Fact, *, is_up: bool) -> list[Fact]:
    """Old and new figure: others of the sentence where only those make the change.

    收入2,875万元，为目标2,700万元的106%，比2022年的2,210万元增加665万元; 从2021年的50起、2022年的44起降至33起，累计下降34%.
    """
    old, new = pair
    others = [fact for fact in sentence.facts if fact.end <= change.start and fact.exact and same_unit(fact, old)]
    pairs = [(old, new), *((old, fact) for fact in others if fact.end <= old.start), (new, old)]
    pairs += [(fact, new) for fact in others if fact is not new]
    return list(next((two for two in pairs if _makes(*two, change, is_up=is_up)), pair))


def _makes(old: Fact, new: Fact, change: Fact, *, is_up: bool) -> bool:
    of_old = old.base if change.kind is FactKind.PERCENT else Decimal(1)
    gap = change.base * of_old if is_up else -change.base * of_old
    slack = _spread(old) + _spread(new) + (_spread(change) * of_old if change.kind is FactKind.PERCENT else 0)
    return abs(new.base - old.base - gap) <= slack


def _can_change(pair: list[Fact], change: Fact) -> bool:
    """Whether a change is in per cent, in points, in times, or in the unit of both figures, which is one."""
    old, new = pair
    points = change.kind is FactKind.POINTS and old.kind is FactKind.PERCENT
    own = points or change.kind is FactKind.PERCENT or change.unit == "倍"
    return old.kind is new.kind and same_unit(old, new) and (own or same_unit(old, change))


def _just_before(sentence: Sentence, fact: Fact) -> list[Fact]:
    """建成180间，比2022年的120间: the number right before, of the same unit."""
    before = [other for other in sentence.facts if other.end <= fact.start and other.unit == fact.unit and other.exact]
    return before[-1:]


def _changed(place: Place, old: Fact, new: Fact, change: Fact, *, is_up: bool) -> Result:
    step = min(old.step * old.scale, new.step * new.scale)  # zeros at the end are often left out
    low, high = new.base - old.base - step, new.base - old.base + step
    due, shown = new.base - old.base, "增减额"
    if change.kind is FactKind.PERCENT and old.kind is FactKind.PERCENT:
        points = plain(due * 100)
        message = f"两个比率相差{points}个百分点，写成了“{change.text}”"
        return differs(place, change.text, f"{points}个百分点", message, facts=(old, new, change))
    if change.unit == "倍" and old.base:
        times = abs(due / old.base)
        if change.base in (round(times, 2), round(times + 1, 2)):
            return agrees(old, new, change)
        right = f"{plain(round(times, 2))}倍"
        return differs(place, change.text, right, f"{old.text}到{new.text}，写{change.text}", facts=(old, new, change))
    if change.kind is FactKind.PERCENT and old.base:
        rates = (low / old.base, high / old.base)
        low, high, due, shown = min(rates), max(rates), due / old.base, "增长率"
    if not is_up:
        low, high, due = -high, -low, -due
    if change.meets(low, high):
        return agrees(old, new, change)
    right = f"{plain(round(due / change.scale, 4))}{change.unit}"
    message = f"{shown}写{change.text}，按{old.text}和{new.text}算是{right}"
    return differs(place, change.text, right, message, facts=(old, new, change), working=f"{new.text}-{old.text}")


_IN_A_ROW = re.compile(r"分别[^，。；]*[、和]$")
_RANKED = re.compile(r"(?:排名|名次|位次|位列)[^，。；]{0,6}$")
_FROM = re.compile(r"(?:由|从)[^，。；]{0,16}$")
_REACHED = re.compile(
    r"(?:(?P<up>上升|提高|增加|增长|提升|扩大|升|增)|(?P<down>下降|降低|减少|缩短|压减|压缩|降|减|缩))(?:到了?|至|为)$"
)
_BY = re.compile(
    rf"^(?:[^，。；]{{0,6}})[，,]?(?:[两三四五六]年)?(?:共|累计|同比|较上年|比上年)?(?:(?P<up>{_UP}|提升|扩大)|(?P<down>{_DOWN}|缩短|压减|压缩))了?$"
)


@rule(
    "change.reached",
    group=Group.RATES,
    title="由多少到多少，与写出的升降相符",
    good=(
        "带宽由10G提升到40G，增长3倍。漏损率由2023年的12.8%下降到9.6%，下降3.2个百分点。覆盖率从80%提高至90%，提高10个百分点。",
        "人均收入由2.57万元增加到3.52万元、年均增长6.5%。排名由369位上升到235位。",
        "两项补贴标准分别从每人209元、280元提高到217元、290元。",
    ),
    bad=(
        "漏损率由2023年的12.8%下降到9.6%，下降2.3个百分点。",
        "漏损率由2023年的12.8%下降到9.6%，下降3.2%。",
        "办理时间由5天缩短至8天。",
        "带宽由10G提升到40G，增长5倍。",
    ),
)
def reached(report: Report) -> Iterator[Result]:
    """由A下降到B，下降C: direction and size."""
    for place, text in report.document.texts():
        facts = [fact for fact in report.facts_at(place) if fact.exact]
        for old, new, change in zip(facts, facts[1:], [*facts[2:], None], strict=False):
            words = _REACHED.search(text[old.end : new.start])
            if words is None or old.kind is not new.kind or not _FROM.search(text[: old.start]):
                continue
            if _IN_A_ROW.search(text[: old.start]) or _RANKED.search(text[: old.start]):
                continue  # 分别由209元、280元提高到217元、290元; 排名由369位上升到235位
            is_up = bool(words["up"])
            if (is_up and new.base < old.base) or (not is_up and new.base > old.base):
                message = f"由{old.text}到{new.text}，写的是“{words[0]}”"
                yield differs(place, words[0], "方向相反", message, facts=(old, new))
                continue
            by = _BY.match(text[new.end : change.start]) if change else None
            if change is None or "年均" in text[new.end : change.start] or by is None or bool(by["up"]) != is_up:
                yield agrees(old, new)
                continue
            relative = change.kind is FactKind.PERCENT and old.kind is FactKind.PERCENT and old.base
            due = abs(new.base - old.base) / old.base if relative else None
            if due is not None and change.meets(due, due):
                yield agrees(old, new, change)
            else:
                yield _changed(place, old, new, change, is_up=is_up)


@rule(
    "part.rate",
    group=Group.RATES,
    title="满意率等于满意数除以总数",
    good=("收回问卷200份；其中满意180份，不满意20份，满意率90.00%。",),
    bad=("收回问卷200份；其中满意180份，不满意20份，满意率95.00%。",),
)
def part_rates(report: Report) -> Iterator[Result]:
    """A rate named after one of the parts behind 其中 is that part of the number before."""
    for sentence in report.prose:
        for match in re.finditer(r"其中", sentence.text):
            behind = _members(sentence, match.end())
            before = [fact for fact in sentence.facts if fact.end <= sentence.start + match.start() and fact.exact]
            whole = next((fact for fact in reversed(before) if behind and fact.unit == behind[0].unit), None)
            if whole is not None and whole.base:
                yield from _named_rates(sentence, whole, behind)


def _named_rates(sentence: Sentence, whole: Fact, behind: list[Fact]) -> Iterator[Result]:
    for fact in sentence.facts:
        if fact.kind is FactKind.PERCENT and re.search("满意(?:度|率)[为是]?$", _before(sentence, fact)):
            sums = [sum((part.base for part in behind[:count]), Decimal(0)) / whole.base for count in (1, 2, 3)]
            if any(fact.meets(due, due) for due in sums):
                yield agrees(fact, whole, *behind)
                continue
        name = re.search(r"(?P<name>满意|合格|完成|通过|达标)率[为是]?$", _before(sentence, fact))
        part = next((p for p in behind if name and re.search(rf"(?<!不){name['name']}$", _before(sentence, p))), None)
        if fact.kind is not FactKind.PERCENT or part is None:
            continue
        due = part.base / whole.base
        if fact.meets(due, due):
            yield agrees(fact, part, whole)
        else:
            right = f"{plain(round(due * 100, 2))}%"
            message = f"写{fact.text}，{part.text}÷{whole.text}={right}"
            yield differs(sentence.place, fact.text, right, message, facts=(fact,))


@rule(
    "part.whole",
    group=Group.SUMS,
    title="其中不大于总数，各部分之和等于总数",
    good=(
        "收回问卷100份；其中满意90份，不满意10份。合同金额合计300元，其中甲平台100元，其余项目200元。",
        "收到补助资金346万元（其中：中央242万元、省级104万元），加上年结转28万元，可用374万元。",
        "新增铁路639公里、其中高铁370公里，新增公路2,600公里。产量增长1.7倍，其中新型产品增长17.2倍。",
    ),
    bad=(
        "合同金额合计300元，其中甲平台1000元，其余项目200元。",
        "收回问卷100份；其中满意90份，不满意20份。",
        "合同金额合计300元，其中甲平台100元，其余项目250元。",
    ),
)
def parts(report: Report) -> Iterator[Result]:
    """The number before 其中 against those behind it; their sum where they are called all of it."""
    for sentence in report.prose:
        for match in re.finditer("其中", sentence.text):
            at = sentence.start + match.start()
            before = [fact for fact in sentence.facts if fact.end <= at and fact.exact]
            if before and _NO_WHOLE.search(_before(sentence, before[-1])):
                continue
            behind = _members(sentence, match.end())
            if not before or not behind:
                continue
            words = {fact: _before(sentence, fact) for fact in before}
            before = [fact for fact in before if not re.search("平均|每|均", words[fact][-8:])]
            before = [fact for fact in before if not _NO_WHOLE.search(words[fact])]
            whole = next((fact for fact in reversed(before) if fact.unit == behind[0].unit), None)
            if whole is not None and whole.kind in (FactKind.MONEY, FactKind.COUNT):
                yield from _within(sentence, whole, behind)


def bracket_end(text: str, start: int) -> int:
    """Where the bracket ends that a place of a text stands in: its parts end there too; else the end of the text."""
    opened = max(text.rfind(mark, 0, start) for mark in "（(")
    closed = max(text.rfind(mark, 0, start) for mark in "）)")
    end = next((at for at in range(start, len(text)) if text[at] in "）)"), len(text))
    return end if opened > closed else len(text)


def parts_end(ends: re.Pattern[str], text: str, start: int) -> int:
    """Where the parts behind 其中 end; those behind 、其中 end at the next comma."""
    end = ends.search(text, start)
    comma = text.find("，", start) if text[: start - len("其中")].endswith("、") else -1
    return min(end.start() if end else len(text), comma if comma >= 0 else len(text))


def _members(sentence: Sentence, start: int) -> list[Fact]:
    """The figures behind 其中 up to the end of the clause, of one unit."""
    end = parts_end(_PART_ENDS, sentence.text, start)
    stop = sentence.start + min(end, bracket_end(sentence.text, start))
    found = [fact for fact in sentence.facts if sentence.start + start <= fact.start < stop and fact.exact]
    return [fact for fact in found if fact.unit == found[0].unit and fact.kind is found[0].kind]


def _within(sentence: Sentence, whole: Fact, behind: list[Fact]) -> Iterator[Result]:
    above = next((fact for fact in behind if fact.low > whole.high), None)
    if above is not None:
        message = f"其中的{above.text}大于总数{whole.text}"
        yield differs(sentence.place, above.text, f"不大于{whole.text}", message, facts=(whole, above))
        return
    last = sentence.text[: behind[-1].start - sentence.start]
    if len(behind) < 2 or not re.search(r"(?:其余|其他|不满意|未完成|不合格|剩余)[^，。；0-9]{0,10}$", last):
        return
    total = sum((fact.base for fact in behind), Decimal(0))
    slack = (
        sum((_spread(fact) for fact in (*behind, whole)), Decimal(0)) / 2
        if whole.kind is FactKind.MONEY
        else Decimal(0)
    )
    if abs(total - whole.base) <= (slack if any(fact.step < 1 for fact in behind) else 0):
        yield agrees(whole, *behind)
        return
    right = f"{plain(total / whole.scale)}{whole.unit}"
    working = "+".join(fact.text for fact in behind)
    message = f"各部分之和{right}，总数{whole.text}"
    yield differs(sentence.place, whole.text, right, message, facts=(whole, *behind), working=working)


def spelled_amount(words: str) -> Decimal | None:
    """``壹佰贰拾万叁仟`` → 1203000; None when the signs make no number."""
    total = section = digit = Decimal(0)
    for char in words:
        if char in _DIGITS:
            digit = Decimal(_DIGITS[char])
        elif char in _TENS:
            section, digit = section + (digit or 1) * _TENS[char], Decimal(0)
        elif char == "万":
            total, section, digit = total + (section + digit) * 10_000, Decimal(0), Decimal(0)
        elif char == "亿":
            total, section, digit = (total + section + digit) * 10**8, Decimal(0), Decimal(0)
        else:
            return None
    return total + section + digit


@rule(
    "amount.words",
    group=Group.SUMS,
    title="大写金额与小写相符",
    good=("合同金额1203000元（大写：人民币壹佰贰拾万叁仟元整）。",),
    bad=("合同金额1203000元（大写：人民币壹佰叁拾万叁仟元整）。",),
)
def in_words(report: Report) -> Iterator[Result]:
    """An amount in banker's numerals behind one in digits."""
    for place, text in report.document.texts():
        for match in _WORDS.finditer(text):
            spelled = spelled_amount(match["words"])
            amounts = [
                fact for fact in report.facts_at(place) if fact.kind is FactKind.MONEY and fact.end <= match.start() + 1
            ]
            digits = next((fact for fact in reversed(amounts) if fact.text[:1].isdigit()), None)
            if spelled is None or digits is None:
                continue
            if digits.low <= spelled <= digits.high:
                yield agrees(digits, *report.facts_within(place, match.start("words"), match.end("words")))
            else:
                message = f"大写“{match['words']}元”是{plain(spelled)}元，小写是{digits.text}"
                yield differs(place, match["words"], digits.text, message, facts=(digits,))


@rule(
    "share.sum",
    group=Group.SUMS,
    title="占比与个数相符，合计100%",
    good=("等级\t项目数（个）\t占比\n优\t1\t33.33%\n良\t2\t66.67%\n合计\t3\t100.00%",),
    bad=("等级\t项目数（个）\t占比\n优\t1\t43.33%\n良\t2\t66.67%\n合计\t3\t100.00%",),
)
def shares(report: Report) -> Iterator[Result]:
    """Every share of a table against its count and the total count."""
    for table in report.document.tables:
        column = next((at for at, text in enumerate(table.headings) if re.match(r"占比|比例|比重", text)), None)
        if column:
            yield from _shares(report, table, column)


def _shares(report: Report, table: Table, column: int) -> Iterator[Result]:
    rows = table.rows[table.head :]
    total = next((row for row in rows if row[0].label in TOTALS), None)
    counts = next((at for at in range(column - 1, 0, -1) if total and total[at].is_numeric), None)
    whole = next(iter(report.facts_at(total[counts].place)), None) if total and counts else None
    if whole is None or counts is None or not whole.base:
        return
    for row in rows:
        share = next(iter(report.facts_at(row[column].place)), None)
        count = next(iter(report.facts_at(row[counts].place)), None)
        if share is None or count is None or count.value is None:
            continue
        due = count.base / whole.base
        scale = Decimal("0.01") if share.unit != "%" and share.value and share.value > 1 else Decimal(1)
        if share.low * scale <= due <= share.high * scale:
            yield agrees(share, count, whole)
        else:
            right = f"{plain(round(due * 100, 2))}%"
            message = f"“{row[0].label}”占比印{share.text}，{count.text}÷{whole.text}={right}"
            yield differs(row[column].place, share.text, right, message, facts=(share,))


@rule(
    "unit.table",
    group=Group.UNITS,
    title="表的金额单位与正文相合",
    good=(
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
        money = [fact for fact in cells if fact.kind is FactKind.MONEY and fact.exact and fact.base]
        fitting = {slip: _fitting(money, told, slip) for slip in (Decimal(1), _UNIT_SLIP, 1 / _UNIT_SLIP)}
        right = max(fitting, key=lambda slip: fitting[slip])
        if right != 1 and fitting[right] >= _ENOUGH and fitting[right] > _ENOUGH * fitting[Decimal(1)]:
            unit = table.unit or money[0].unit
            message = f"表的单位是“{unit}”，而表中{fitting[right]}个金额与正文恰差一万倍，单位可能写错"
            other = "元" if right < 1 else "万元"
            yield differs(table.place, unit, other, message, related=(told[0].place,))


def _fitting(money: list[Fact], told: list[Fact], slip: Decimal) -> int:
    """How many amounts of a table are in the text, the unit multiplied by ``slip``."""
    values = {round(fact.base / 100) for fact in told}
    return sum(1 for fact in money if round(fact.base * slip / 100) in values - {0})
