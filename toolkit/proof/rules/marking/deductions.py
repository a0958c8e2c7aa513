"""分值4分，扣1分，得3分: marks in words against one another and against the cells of their row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Cell, Place
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

MARK = r"[0-9]+(?:\.[0-9]+)?"
_FULL = Pattern(rf"(?:分值|满分|权重)(?:为)?(?P<value>{MARK})分|[（(](?P<short>{MARK})分[)）]")
LOST = Pattern(rf"(?:扣|扣减|扣除|失)(?:了)?(?P<value>{MARK})分")
GOT = Pattern(rf"(?<![不未])得(?:分)?(?:为)?(?P<value>{MARK})分")
FULL_MARK = Pattern(
    r"(?<!没有)(?<!没有得)(?<!未)(?<!未得)(?<!没)(?<!没得)(?:得|为)?满分(?!值|的|[0-9]|为[0-9]|是[0-9])"
)
_SCALED = Decimal("0.03")
"""So much may rounding move a mark that was scaled. Units: 分."""
_RULE = Pattern("每|否则|酌情|扣完为止|按.{0,12}计算")
"""A sentence that says how marks are given, not which were."""


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a stretch of text says of one indicator. Units: 分."""

    full: Decimal | None
    lost: Decimal | None
    got: Decimal | None
    is_full: bool
    facts: tuple[Fact, ...]


def _value(match: re.Match[str] | None) -> Decimal | None:
    if match is None:
        return None
    return Decimal(match["value"] or match.groupdict().get("short") or "0")


def _marks(report: Report, place: Place, text: str, start: int) -> _Marks | None:
    """The marks of a sentence when it speaks of one mark only."""
    got, lost = list(GOT.finditer(text)), list(LOST.finditer(text))
    if len({match["value"] for match in got}) > 1 or len(lost) > 1 or not (got or FULL_MARK.search(text)):
        return None
    full = list(_FULL.finditer(text))
    places = (*got, *lost, *full)
    facts = [
        fact for match in places for fact in report.facts_within(place, start + match.start(), start + match.end())
    ]
    scores = tuple(fact for fact in facts if fact.kind is FactKind.SCORE)
    said = full[0] if len({_value(match) for match in full}) == 1 else None
    is_full = FULL_MARK.search(text) is not None
    return _Marks(_value(said), _value(lost[0]) if lost else None, _value(got[0]) if got else None, is_full, scores)


@rule(
    "logic.deduction",
    group=Group.LOGIC,
    title="分值、扣分、得分相符",
    good=(
        "该指标分值4分，扣1分，得3分。",
        "该指标得3分，满分。",
        "7个项目没有开展调查，自评满意度指标却得了满分，按规则各扣5分。",
        "15个指标中立项依据、资金管理2个指标得满分，其余13个共失11.6分。",
        "1.“合同付款控制”分值2.00分，得0.00分。实际完成值105.00%，未达到目标，得0.00分。",
    ),
    bad=(
        "该指标分值4分，扣1分，得2分。",
        "该指标分值4分，扣1分，满分。",
        "该指标分值8分，得7分，满分。",
        "该指标扣1分，得4分，满分。",
    ),
)
def deductions(report: Report) -> Iterator[Result]:
    """Full mark less what was taken off is the mark; a full mark has nothing taken off."""
    for sentence in report.sentences_with(GOT, FULL_MARK):
        if _RULE.search(sentence.text) or "折算" in sentence.text:
            continue
        marks = _marks(report, sentence.place, sentence.text, sentence.start)
        if marks is None:
            continue
        if marks.is_full and marks.lost and (_OWN.search(sentence.text) or _SEVERAL_FULL.search(sentence.text)):
            continue  # 自评得了满分，按规则各扣5分; 3个指标得满分，其余12个共失11.6分
        if marks.is_full and marks.lost:
            message = f"写扣{marks.lost}分，又写满分"
            yield differs(sentence.place, f"扣{marks.lost}分，满分", "", message, facts=marks.facts)
        elif marks.full is not None and marks.got is not None:
            yield from _of_full(sentence.place, marks)


_OWN = Pattern("自评[^。；]{0,16}满分")
_SEVERAL_FULL = Pattern(
    "(?:[0-9]+|[一两二三四五六七八九十]+)[个项](?:[一二三四]级)?(?:指标)?(?:均|都|全部)?得?了?满分|得?满分的?(?:有|指标)"
)
"""Of several indicators some have their full mark; what was lost is of the others."""


def _of_full(place: Place, marks: _Marks) -> Iterator[Result]:
    full, got = marks.full or Decimal(0), marks.got or Decimal(0)
    due = full if marks.is_full else full - marks.lost if marks.lost is not None else None
    if got > full:
        yield differs(place, str(got), f"不超过{full}", f"得{got}分，超过分值{full}分", facts=marks.facts)
    elif due is not None and got != due:
        words = "满分" if marks.is_full else f"扣{marks.lost}分"
        message = f"分值{full}分，{words}，应得{due}分，写得{got}分"
        yield differs(place, str(got), str(due), message, facts=marks.facts, working=f"{full}-{marks.lost or 0}={due}")
    elif due is not None and marks.facts:
        yield agrees(*marks.facts)


@rule(
    "logic.row",
    group=Group.LOGIC,
    title="评分说明与本行的分值、得分相符",
    good=(
        "指标\t分值\t得分\t评分说明\n甲\t3.00\t2.50\t3个要点中2个符合，扣0.50分，得2.50分。\n乙\t2\t2\t全部符合，得2.00分。",
    ),
    bad=(
        "指标\t分值\t得分\t评分说明\n甲\t3.00\t2.40\t3个要点中2个符合，扣0.50分，得2.50分。\n乙\t2\t2\t全部符合，得2.00分。",
    ),
)
def explained_rows(report: Report) -> Iterator[Result]:
    """What a row's explanation says was taken off and given, against its own cells."""
    for table in report.document.tables:
        heads = table.headings
        full = next((at for at, text in enumerate(heads) if re.fullmatch(r"分值|满分|权重|标准分", text)), None)
        mark = next((at for at, text in enumerate(heads) if re.fullmatch(r"(?:评价|自评|核查)?得分", text)), None)
        told = next((at for at, text in enumerate(heads) if re.search(r"说明|理由|依据|情况", text)), None)
        if full is None or mark is None or told is None:
            continue
        counted = next((at for at, text in enumerate(heads) if text == "计分值"), full)
        for row in table.rows[table.head :]:
            yield from _row(report, (row[full], row[counted], row[mark]), row[told])


def _row(report: Report, cells: tuple[Cell, Cell, Cell], told: Cell) -> Iterator[Result]:
    facts = tuple(fact for cell in cells for fact in report.facts_at(cell.place)[:1])
    last = list(GOT.finditer(told.text))
    if len(facts) < len(cells) or not last or not facts[0].value or facts[1].value is None or facts[2].value is None:
        return
    whole, counted, got = facts[0].value, facts[1].value, facts[2].value
    mark = cells[2]
    said, lost = Decimal(last[-1]["value"]), list(LOST.finditer(told.text))
    own = tuple(fact for fact in report.facts_at(told.place) if any(
        fact.start < match.end() and fact.end > match.start() for match in (last[-1], *lost)))  # fmt: skip
    # Where the points of indicators that do not apply are shared out, marks are scaled from 分值 to 计分值.
    if abs(said * counted / whole - got) > (0 if counted == whole else _SCALED):
        message = f"得分栏{got}分，说明写得{said}分"
        yield differs(mark.place, str(got), str(said), message, related=(told.place,), facts=(*facts[1:], *own))
    elif len({match["value"] for match in lost}) == 1 and whole - Decimal(lost[0]["value"]) != said:
        message = f"分值{whole}分，扣{lost[0]['value']}分，得分栏{got}分"
        yield differs(mark.place, str(got), str(whole - Decimal(lost[0]["value"])), message, facts=(*facts, *own))
    else:
        yield agrees(*facts, *own)
