"""Explanations of a score, computed again: points per percentage point, shares of the full mark, problems times points."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.records import body_rows
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_N = r"\d+(?:\.\d+)?"
Numbers = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class _Reckoning:
    """Words with numbers in them, what the number named ``r`` must be, and how that is written."""

    pattern: Pattern
    due: Callable[[Numbers, Decimal], Decimal]
    shown: str
    needs_mark: bool = False


def _reckoning(
    pattern: str, due: Callable[[Numbers, Decimal], Decimal], shown: str, *, mark: bool = False
) -> _Reckoning:
    return _Reckoning(Pattern(re.sub(r"<(\w)>", lambda name: f"(?P<{name[1]}>{_N})", pattern)), due, shown, mark)


_RECKONINGS = (
    _reckoning("按<a>分的<p>%计，得<r>分", lambda n, _: n["a"] * n["p"] / 100, "{a}×{p}%"),
    _reckoning("按<p>%×<a>分计，得<r>分", lambda n, _: n["a"] * n["p"] / 100, "{p}%×{a}"),
    _reckoning("按<a>分×<p>%计，得<r>分", lambda n, _: n["a"] * n["p"] / 100, "{a}×{p}%"),
    _reckoning("<n>个百分点，每个百分点扣分值的<p>%，扣<r>分", lambda n, mark: n["n"] * n["p"] / 100 * mark, "{n}×{p}%×分值", mark=True),
    _reckoning("实际完成值<v>[^，\\d]{0,3}，比目标<t>[^，\\d]{0,3}(?:差|少|低)<r>", lambda n, _: n["t"] - n["v"], "{t}−{v}"),
    _reckoning("<n>(?P<unit>项|起|个月|个|次|处|年|天)，每1?(?P=unit)扣<p>分，扣<r>分", lambda n, _: n["n"] * n["p"], "{n}×{p}"),
    _reckoning("实际完成值<v>%?，为目标<t>%?的<r>%", lambda n, _: n["v"] / n["t"] * 100 if n["t"] else Decimal(0), "{v}÷{t}"),
    _reckoning("实际完成值<v>[^，\\d]{0,3}，超过目标<t>[^，\\d]{0,3}，按目标÷实际（<r>%）", lambda n, _: n["t"] / n["v"] * 100 if n["v"] else Decimal(0), "{t}÷{v}"),
    _reckoning(
        "实际完成值<v>[^，\\d]{0,3}，在零分值<z>[^，\\d]{0,3}与满分值<f>[^，\\d]{0,3}之间，按[\\d.]+分的<r>%计",
        lambda n, _: (n["v"] - n["z"]) / (n["f"] - n["z"]) * 100 if n["f"] != n["z"] else Decimal(0), "({v}−{z})÷({f}−{z})",
    ),
    _reckoning("的<p>%，按比例计，得<r>分", lambda n, mark: n["p"] / 100 * mark, "{p}%×分值", mark=True),
    _reckoning("（<p>%）计，得<r>分", lambda n, mark: n["p"] / 100 * mark, "{p}%×分值", mark=True),
    _reckoning("(?<!每项)(?<!每个)扣<x>分，得<r>分", lambda n, mark: mark - n["x"], "分值−{x}", mark=True),
)  # fmt: skip
_TARGET = Pattern(rf"实际完成值(?P<v>{_N})(?P<u>[^，\d]{{0,3}})，(?P<no>未)?达到目标(?P<sign>[≥≤>=<]*)(?P<t>{_N})")
_LAST = Pattern(rf"(?:得|折算为)(?P<r>{_N})分(?![^，。]{{0,3}}分)")
_POINTS = Pattern(r"(?P<n>\d+)个要点(?:全部|中(?P<m>\d+)个)符合")
_GOOD = (
    "三级指标\t分值\t得分\t评分说明\n预算执行率\t4.00\t2.60\t实际完成值93.00%，低于目标7个百分点，每个百分点扣分值的5%，扣1.40分，得2.60分。\n"
    "系统可用率\t2.00\t1.27\t实际完成值99.57%，在零分值99%与满分值99.9%之间，按2分的63.33%计，得1.27分。\n"
)


@rule(
    "score.reckoned",
    group=Group.LOGIC,
    title="评分说明中的计算正确",
    good=(_GOOD, "“网络安全事件”分值2.00分，得1.00分。发现问题数2起，每起扣0.5分，扣1.00分，得1.00分。\n"),
    bad=(
        _GOOD.replace("扣1.40分", "扣1.60分"), _GOOD.replace("63.33%", "36.33%"),
        "“网络安全事件”分值2.00分，得1.00分。发现问题数2起，每起扣0.5分，扣1.50分，得1.00分。\n",
    ),
)  # fmt: skip
def reckoned(report: Report) -> Iterator[Result]:
    """Every reckoning in an explanation, with the full mark of its row or sentence."""
    for place, text, mark, _ in _explanations(report):
        for reckoning in _RECKONINGS:
            for match in reckoning.pattern.finditer(text):
                if not reckoning.needs_mark or (mark is not None and "《" not in text[: match.start()]):
                    yield from _checked(report, place, reckoning, match, mark)
        for match in _TARGET.finditer(text):
            yield from _target(report, place, match)


def _checked(
    report: Report, place: Place, reckoning: _Reckoning, match: re.Match[str], mark: Decimal | None
) -> Iterator[Result]:
    numbers = {name: Decimal(value) for name, value in match.groupdict().items() if name != "unit"}
    low, due, high = _bounds(reckoning, numbers, mark or Decimal(0))
    printed = numbers["r"]
    step = _step(printed)
    facts = _within(report, place, match)
    spent = "扣" in match[0] and printed == mark and high >= printed  # no more can be taken off than there is
    if spent or low - step / 2 <= printed <= high + step / 2:
        if facts:
            yield agrees(*facts)
        return
    shown = f"{due.quantize(step)}"
    working = f"{reckoning.shown.format(**match.groupdict())}={shown}"
    message = f"“{match[0]}”中的{printed}应为{shown}"
    yield differs(place, f"{printed}", shown, message, facts=facts, working=working)


def _bounds(reckoning: _Reckoning, numbers: Numbers, mark: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Least, printed and greatest result: a value or share that is printed with decimals was rounded itself."""
    results = [reckoning.due(numbers, mark)]
    for name in ("v", "p"):
        if name in numbers and _step(numbers[name]) < 1:
            half = _step(numbers[name]) / 2
            results += [reckoning.due({**numbers, name: numbers[name] + move}, mark) for move in (-half, half)]
    return min(results), results[0], max(results)


def _step(number: Decimal) -> Decimal:
    return Decimal(1).scaleb(int(number.as_tuple().exponent))


def _within(report: Report, place: Place, match: re.Match[str]) -> tuple[Fact, ...]:
    return tuple(fact for fact in report.facts_at(place) if match.start() <= fact.start < match.end())


def _target(report: Report, place: Place, match: re.Match[str]) -> Iterator[Result]:
    value, target = Decimal(match["v"]), Decimal(match["t"])
    reached = value <= target if match["sign"] in ("≤", "<", "<=") else value >= target
    facts = _within(report, place, match)
    if reached != bool(match["no"]):
        yield from (agrees(*facts) for _ in facts[:1])
    else:
        right = "达到" if reached else "未达到"
        words = "未达到" if match["no"] else "达到"
        message = f"实际完成值{match['v']}与目标{match['sign']}{match['t']}相比是“{right}”，写的是“{words}”"
        yield differs(place, words, right, message, facts=facts)


@rule(
    "score.explained",
    group=Group.LOGIC,
    title="评分说明的得分与得分栏一致",
    good=(_GOOD,),
    bad=(_GOOD.replace("4.00\t2.60", "4.00\t2.50"), _GOOD.replace("得1.27分", "得1.72分")),
)
def explained(report: Report) -> Iterator[Result]:
    """The last score of an explanation against the score of its row, or the one its paragraph begins with."""
    for place, text, _, score in _explanations(report):
        matches = list(_LAST.finditer(text))
        # A cell that says how marks are given (每低1个百分点…；无说明得0分) gives none.
        if score is None or not matches or "《" in text or re.search("否则|无说明|酌情|扣完", text):
            continue
        last = matches[-1]
        facts = (*_within(report, place, last), score)
        if Decimal(last["r"]) == score.value:
            yield agrees(*facts)
        elif last.start() > score.start or place != score.place:
            message = f"说明中得{last['r']}分，得分栏为{score.value}分"
            yield differs(place, f"{last['r']}分", f"{score.value}分", message, facts=facts, related=(score.place,))


_STANDARDS = ("评分标准", "评价标准", "计分标准", "评分细则", "评分规则")
"""Headings of columns that say how points are won, which are not the points won."""


def _explanations(report: Report) -> Iterator[tuple[Place, str, Decimal | None, Fact | None]]:
    """Place, text, full mark and score of every explanation in a table or a paragraph of its own."""
    for table in report.document.tables:
        mark = next((at for at, text in enumerate(table.headings) if text in ("分值", "权重", "满分")), None)
        score = next(
            (at for at, text in enumerate(table.headings) if text in ("得分", "评价得分", "自评分", "核查得分")), None
        )
        for row in body_rows(table):
            full = _value(report, row[mark].place) if mark is not None else None
            won = _value(report, row[score].place) if score is not None and row[score].is_numeric else None
            for at, cell in enumerate(row):
                is_standard = at < len(table.headings) and table.headings[at] in _STANDARDS
                if len(cell.text) > 6 and not cell.is_numeric and not is_standard:
                    yield cell.place, cell.text, full.value if full else None, won
    for paragraph in report.document.paragraphs:
        facts = report.facts_at(paragraph.place)
        marks = [fact for fact in facts if re.search(r"(?<!计)分值[为是]?$", fact.subject)]
        won = next(
            (fact for fact in facts if fact.kind is FactKind.SCORE and re.search(r"^得分?$", fact.subject)), None
        )
        if facts:
            yield paragraph.place, paragraph.text, marks[0].value if len(marks) == 1 else None, won if marks else None


def _value(report: Report, place: Place) -> Fact | None:
    return next((fact for fact in report.facts_at(place) if fact.value is not None), None)


@rule(
    "score.checkpoints",
    group=Group.COUNTS,
    title="“n个要点中m个符合”与列出的要点相符",
    good=("3个要点中2个符合，未符合：要点3“立项后实施”，扣1.00分。\n",),
    bad=(
        "3个要点中2个符合，未符合：要点3“立项后实施”、要点2“有论证”，扣1.00分。\n",
        "3个要点中2个符合，未符合：要点4“立项后实施”。\n",
    ),
)
def checkpoints(report: Report) -> Iterator[Result]:
    """As many checkpoints are named as are not met, none beyond the last."""
    for sentence in report.sentences_with(_POINTS):
        for match in _POINTS.finditer(sentence.text):
            named = re.findall(r"要点(\d+)", sentence.text[match.end() :])
            count, met = int(match["n"]), int(match["m"] or match["n"])
            at = {sentence.start + match.start(), sentence.start + match.start("m") if match["m"] else -1}
            facts = tuple(fact for fact in sentence.facts if fact.start in at or "要点" in fact.subject[-3:])
            if "未符合" in sentence.text and (
                len(named) != count - met or any(int(number) > count for number in named)
            ):
                message = (
                    f"{count}个要点中{met}个符合，应列出{count - met}个未符合的要点，列出的是要点{'、'.join(named)}"
                )
                yield differs(sentence.place, f"要点{'、'.join(named)}", f"{count - met}个", message, facts=facts)
            elif facts:
                yield agrees(*facts)
