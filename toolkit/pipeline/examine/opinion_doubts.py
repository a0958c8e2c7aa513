"""What stands against opinions of units as they are now: late, not settled, settled otherwise than the score is."""

from collections.abc import Sequence

from toolkit.consultation import Handled, same_score
from toolkit.model import CellRef, Finding, Form, Sentence, Severity, Stated
from toolkit.pipeline.plan.consulted import late_replies
from toolkit.pipeline.plan.evaluation import Evaluation


def opinion_doubts(evaluation: Evaluation, opinions: Sequence[Handled], path: str) -> tuple[Finding, ...]:
    """All of it; ``path`` is that of the list of opinions in the workspace."""
    file = path.rpartition("/")[2]
    return (*_late(evaluation, file), *_waiting(opinions, path), *_mismatched(opinions, file))


def _late(evaluation: Evaluation, file: str) -> list[Finding]:
    """Replies that came after the day the letter gave: they count as the others do, and it is said."""
    template = "{unit}的回复收到于{day}，晚于征求意见稿写明的{due}"
    hint = "逾期的意见照常列出，是否采纳由评价人定；逾期的情况写在处理理由中"
    late = late_replies(evaluation.workspace, evaluation.scheme.timetable.correct_by)
    return [
        Finding(
            "OPINION-13", Severity.WARNING, CellRef(file),
            Sentence.of(template, {"unit": unit, "day": Stated(day, Form.ISO), "due": Stated(due, Form.ISO)}), hint,
        )
        for unit, (day, due) in late.items()
    ]  # fmt: skip


def _waiting(opinions: Sequence[Handled], path: str) -> list[Finding]:
    waiting = [handled.opinion for handled in opinions if handled.settlement is None]
    if not waiting:
        return []
    words = Sentence.saying(
        "有{count}条意见没有处理：{listed}",
        count=len(waiting),
        listed="、".join(opinion.id for opinion in waiting[:10]),
    )
    hint = f"在{path} 中填写处理结果、处理理由和处理人，再运行 jixiao opinions"
    return [Finding("OPINION-11", Severity.WARNING, CellRef(path.rpartition("/")[2]), words, hint)]


def _mismatched(opinions: Sequence[Handled], file: str) -> list[Finding]:
    """Settled opinions whose score is not what the decision says."""
    findings = []
    for handled in opinions:
        opinion, settled = handled.opinion, handled.settlement
        if settled is None or not handled.indicator_name:
            continue
        if settled.value and not same_score(settled.value, handled.now):
            words = Sentence.saying(
                "意见{id}{result}，改后值{value}，现得分是{now}",
                id=opinion.id,
                result=settled.result,
                value=settled.value,
                now=handled.now,
            )
            hint = "在评审意见.xlsx 或核定值中调整，或改写改后值"
        elif not settled.value and handled.moved and not _explained(handled, opinions):
            words = Sentence.saying(
                "意见{id}{result}，得分却由{before}变为{now}",
                id=opinion.id,
                result=settled.result,
                before=opinion.before,
                now=handled.now,
            )
            hint = "核对变动的原因；确由这条意见引起的，改写处理结果和改后值"
        else:
            continue
        place = CellRef(file)
        findings.append(Finding("OPINION-12", Severity.WARNING, place, words, hint, opinion.project, opinion.indicator))
    return findings


def _explained(handled: Handled, opinions: Sequence[Handled]) -> bool:
    """Another opinion on the same score was settled with the value it has now."""
    return any(
        other.settlement and other.settlement.value and same_score(other.settlement.value, handled.now)
        for other in opinions
        if other.opinion.place == handled.opinion.place
    )
