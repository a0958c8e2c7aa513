"""Full marks, marks won and marks lost, in a paragraph and in the rows of a table that explains them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Cell, Place
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.records import measure_of
from toolkit.proof.report import Report
from toolkit.proof.trials import Trial, judged, slipped, told
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_RARE = 3
"""So many rows must agree for one that does not."""
_REASONS = Pattern("(?:扣分|失分|得分)(?:理由|原因|说明|情况|依据)|^备注$|^说明$|评价说明|评分说明")
_WON = Pattern("(?:得|得分|实得分?)(?:为)?$")
_LOST = Pattern("扣[0-9.]+分[和、及]$|(?:扣|扣分|扣除|扣减|失分?)$")
_FULL = Pattern("(?:满分|分值|权重|共|总分|占|指标|[（(])(?:权重|为|：|:)?$")
_SMALLEST = Decimal("0.1")
_ALL_LOST = Pattern("共(?:计)?扣(?:分)?$|合计扣(?:分)?$")


@rule(
    "reckon.marks",
    group=Group.LOGIC,
    title="满分、扣分、得分相符",
    good=(
        "1.3 资金投入（6分）。预算调整较大，扣0.80分，得5.20分。",
        "过程类指标共20分，得16.25分，扣3.75分。",
        "程序规范性（3分）。3个项目没有评审，合计扣3分，平均扣0.25分，平均得2.75分。",
        "该指标满分18分，实得16.20分。两个县未细化目标，扣1.00分；未考虑轮候，扣0.80分。",
    ),
    bad=(
        "1.3 资金投入（6分）。预算调整较大，扣0.80分，得5.02分。",
        "（2）程序规范性。分值3分，得3分。评审手续不全，扣0.5分。",
        "过程类指标共20分，得16.25分，扣3.25分。",
    ),
)
def marks(report: Report) -> Iterator[Result]:
    """What was won and what was lost make the full mark, where a paragraph names one of each."""
    for paragraph in report.document.paragraphs:
        facts = [fact for fact in report.facts_at(paragraph.place) if fact.kind is FactKind.SCORE and fact.exact]
        ends = [match.end() for match in re.finditer("[。；]", paragraph.text)]
        first = [fact for fact in facts if fact.end <= next((end for end in ends if end > facts[0].start), 0)]
        results = list(_balance(report, paragraph.text, first)) if len(first) > 2 else []
        yield from results or _balance(report, paragraph.text, facts)


def _balance(report: Report, text: str, facts: Sequence[Fact]) -> Iterator[Result]:
    """One full mark, one that was won, and all that was lost."""
    averaged = [fact for fact in facts if re.search("平均扣$", fact.subject)]
    together = averaged or [fact for fact in facts if _ALL_LOST.search(fact.subject)]
    lost = together or [fact for fact in facts if _LOST.search(fact.subject)]
    won = [fact for fact in facts if _WON.search(fact.subject)]
    full = [fact for fact in facts if _FULL.search(text[: fact.start]) and fact not in won and fact not in lost]
    if len(full) != 1 or len(won) != 1 or not lost or won[0].start < full[0].start or won[0].base > full[0].base:
        return
    due = full[0].base - sum((fact.base for fact in lost), Decimal(0))
    trial = Trial(due, due, due, (full[0], *lost), "-".join(map(said, (full[0], *lost))), len(lost) == 1)
    if len(lost) == 1 and abs(won[0].base - due) >= _SMALLEST:
        yield told(won[0], trial, "得分写", differs)  # 3分 is no rounded 2.5分
    elif won[0].base == due or len(lost) == 1 or slipped(won[0], due):
        yield from judged(report, won[0], [trial], "得分写")
    else:
        yield from _slip_of_many(full[0], won[0], lost)


def _slip_of_many(full: Fact, won: Fact, lost: Sequence[Fact]) -> Iterator[Result]:
    """One of several deductions is a digit off what the others leave."""
    gap = full.base - won.base
    for fact in lost:
        others = [other for other in lost if other is not fact]
        due = gap - sum((other.base for other in others), Decimal(0))
        if slipped(fact, due):
            working = "-".join(map(said, (full, won, *others)))
            yield told(fact, Trial(due, due, due, (full, won, *others), working), "扣分写", doubtful)
            return


@rule(
    "reckon.row_marks",
    group=Group.LOGIC,
    title="表中说明的扣分等于分值减得分",
    good=(
        "三级指标\t权重\t得分\t扣分理由\n目标合理性\t5\t4.50\t未分解，扣0.5分\n巡检完成率\t10\t8.00\t少4次，每次扣0.5分，扣2分\n制度执行有效性\t10\t8.50\t记录缺失，扣1.5分\n业务支撑能力\t10\t9.00\t利用率偏低，扣1分\n",
    ),
    bad=(
        "三级指标\t权重\t得分\t扣分理由\n目标合理性\t5\t4.50\t未分解，扣1.5分\n巡检完成率\t10\t8.00\t少4次，每次扣0.5分，扣2分\n制度执行有效性\t10\t8.50\t记录缺失，扣1.5分\n业务支撑能力\t10\t9.00\t利用率偏低，扣1分\n",
    ),
)
def row_marks(report: Report) -> Iterator[Result]:
    """The deductions that a cell tells against the mark and the score of its row."""
    for table in report.document.tables:
        names = [measure_of(heading) for heading in table.headings]
        if names.count("分值") != 1 or names.count("得分") != 1:
            continue
        for column in [at for at, heading in enumerate(table.headings) if _REASONS.search(heading)]:
            results: list[Result] = []
            for row in table.rows[table.head :]:
                full, won = (_number(report, row[names.index(name)]) for name in ("分值", "得分"))
                if full is not None and won is not None and not row[column].is_numeric:
                    results += _row(report, row[column], full, won)
            wrong = sum(1 for result in results if result.found)
            if wrong * _RARE <= len(results) - wrong:  # else the deductions are of something else
                yield from results


def _row(report: Report, cell: Cell, full: Fact, won: Fact) -> Iterator[Result]:
    facts = [fact for fact in report.facts_at(cell.place) if fact.kind is FactKind.SCORE and fact.exact]
    lost = [fact for fact in facts if _LOST.search(fact.subject) and not re.search("每[^，。；]*扣$", fact.subject)]
    gap = full.base - won.base
    if not lost:
        return
    if gap in (sum((fact.base for fact in lost), Decimal(0)), lost[-1].base):
        yield agrees(lost[-1], full, won, *lost[:-1])
    elif len(lost) == 1:
        right = f"{plain(gap)}分"
        working = f"{said(full)}-{said(won)}={right}"
        yield _differs(cell.place, lost[0], right, working, (full, won))


def _differs(place: Place, fact: Fact, right: str, working: str, others: tuple[Fact, ...]) -> Result:
    return differs(
        place, said(fact), right, f"写扣{said(fact)}，{working}", facts=(fact, *others), working=working,
        related=tuple(other.place for other in others),
    )  # fmt: skip


def _number(report: Report, cell: Cell) -> Fact | None:
    fact = next(iter(report.facts_at(cell.place)), None) if cell.is_numeric else None
    return fact if fact is not None and fact.value is not None and fact.exact else None


_CONVERTED = Pattern(
    r"(?P<mark>[0-9]+(?:\.[0-9]+)?)分按(?P<share>[0-9]+(?:\.[0-9]+)?)[%％](?:的?(?:权重|比例))?(?:折算|计算|计)(?:为|后为|得)(?P<won>[0-9]+(?:\.[0-9]+)?)分"
)


@rule(
    "mark.converted",
    group=Group.SUMS,
    title="按比例折算的得分等于得分乘以比例",
    good=("指标得分99分按90%折算为89.1分。",),
    bad=("指标得分99分按90%折算为91.8分。",),
)
def converted(report: Report) -> Iterator[Result]:
    """A mark, a share, and what they come to."""
    for sentence in report.prose_with(_CONVERTED):
        for match in _CONVERTED.finditer(sentence.text):
            start = sentence.start + match.start()
            facts = report.facts_within(sentence.place, start, sentence.start + match.end())
            won = next((fact for fact in reversed(facts) if fact.kind is FactKind.SCORE), None)
            due = Decimal(match["mark"]) * Decimal(match["share"]) / 100
            if won is None:
                continue
            if won.meets(due, due):
                yield agrees(won, *facts)
            else:
                working = f"{match['mark']}×{match['share']}%={plain(due)}"
                message = f"折算为{said(won)}，{working}"
                yield differs(sentence.place, said(won), f"{plain(due)}分", message, facts=facts, working=working)
