"""征求意见及采纳情况: every opinion with what was decided and why, every moved score with the opinion behind it."""

from collections import Counter

from toolkit.model import WHOLE_EVALUATION, Figure
from toolkit.model.consulted import REFOLDED, UNASKED, Hearing, MovedScore
from toolkit.report.facts import ReportFacts
from toolkit.report.wording import Sentence, say

_RESULTS = ("采纳", "部分采纳", "不采纳")
_OPEN = "未处理"


def hearing_words(facts: ReportFacts) -> dict[str, object]:
    """Name 征求意见 of the templates: {} where no unit was asked."""
    heard = facts.hearing
    if heard is None:
        return {"征求意见": {}}
    numbers = {opinion.id: str(number) for number, opinion in enumerate(heard.opinions, 1)}
    return {
        "征求意见": {
            "概况": _overview(heard),
            "意见": [
                {
                    "序号": numbers[one.id], "单位": one.unit, "项目": _named(one.project, one.name),
                    "指标": f"{one.indicator} {one.indicator_name}".strip(), "意见": f"{one.wish}：{one.reason}",
                    "结果": one.result or _OPEN, "理由": one.result_reason, "改后值": one.value or "—",
                }
                for one in heard.opinions
            ],
            "变动": [_move(facts, move, numbers) for move in heard.moves],
        }
    }  # fmt: skip


def _overview(heard: Hearing) -> Sentence:
    counts = Counter(opinion.result or _OPEN for opinion in heard.opinions)
    settled = "，".join(f"{name}{counts[name]}条" for name in (*_RESULTS, _OPEN) if counts[name])
    moved = f"征求意见以后，{len(heard.moves)}项得分有变动。" if heard.moves else "征求意见以后，得分没有变动。"
    return say(
        f"评价报告征求意见稿征求了{len(heard.asked)}个单位的意见，{len(heard.replied)}个单位作了回复，"
        f"提出意见{len(heard.opinions)}条{f'，其中{settled}' if settled else ''}。{moved}"
    )


def _move(facts: ReportFacts, move: MovedScore, numbers: dict[str, str]) -> dict[str, object]:
    about = "、".join(f"第{numbers[own]}条" for own in move.opinions if own in numbers)
    return {
        "项目": _named(move.project, move.name),
        "指标": f"{move.indicator} {move.indicator_name}".strip(),
        "原得分": move.before,
        "现得分": _now(facts, move),
        "对应意见": about or (REFOLDED if move.is_refolded else UNASKED),
    }


def _now(facts: ReportFacts, move: MovedScore) -> Figure | str:
    """The score as the master has it."""
    own = (one for one in facts.scored if (one.project.id if one.project else WHOLE_EVALUATION) == move.project)
    project = next(own, None)
    return project.indicators.get(move.indicator, "—") if project else "—"


def _named(project: str, name: str) -> str:
    return name if project == WHOLE_EVALUATION else f"{project} {name}"
