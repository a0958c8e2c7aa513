"""征求意见及采纳情况 in words: counts, rows, moved scores with the master's own figure."""

from dataclasses import replace

from sample_masters import ONE_PROJECT, sample

from toolkit.model import Figure, ProjectFigures
from toolkit.model.consulted import HeardOpinion, Hearing, MovedScore
from toolkit.report import ReportFacts
from toolkit.report.hearing import hearing_words


def facts() -> ReportFacts:
    return sample(ONE_PROJECT[0]).facts


def own() -> tuple[ProjectFigures, str]:
    """The project and the code of its first indicator."""
    (scored,) = facts().scored
    return scored, next(iter(scored.indicators))


def opinion(number: int, result: str) -> HeardOpinion:
    scored, code = own()
    settled = (result, "依据充分" if result else "", "3" if result == "采纳" else "")
    return HeardOpinion(
        f"id{number}", "市教育局", scored.project.id, scored.name, code, "某指标", "2", "对得分有异议", "=1+1", *settled
    )


def words(*opinions: HeardOpinion, moves: tuple[MovedScore, ...] = ()) -> dict[str, object]:
    heard = Hearing(("甲", "乙", "丙"), ("甲",), opinions, moves)
    return hearing_words(replace(facts(), hearing=heard))["征求意见"]  # type: ignore[return-value]


def test_nothing_where_nobody_was_asked() -> None:
    assert hearing_words(facts()) == {"征求意见": {}}


def test_results_are_counted_and_open_ones_are_told() -> None:
    said = words(opinion(1, "采纳"), opinion(2, "不采纳"), opinion(3, ""), opinion(4, "采纳"))
    overview = "".join(map(str, said["概况"]))
    assert "3个单位的意见，1个单位作了回复，提出意见4条，其中采纳2条，不采纳1条，未处理1条。" in overview
    assert [(row["结果"], row["理由"], row["改后值"]) for row in said["意见"]] == [
        ("采纳", "依据充分", "3"), ("不采纳", "依据充分", "—"), ("未处理", "", "—"), ("采纳", "依据充分", "3"),
    ]  # fmt: skip
    assert said["意见"][0]["意见"] == "对得分有异议：=1+1"


def test_a_moved_score_is_the_figure_of_the_master_and_names_its_opinions() -> None:
    scored, code = own()
    about = MovedScore(scored.project.id, scored.name, code, "某指标", "2", ("id2",))
    alone = replace(about, opinions=())
    said = words(opinion(1, "采纳"), opinion(2, "部分采纳"), moves=(about, alone))
    first, second = said["变动"]
    assert isinstance(first["现得分"], Figure)
    assert first["现得分"] == scored.indicators[code]
    assert (first["原得分"], first["对应意见"]) == ("2", "第2条")
    assert second["对应意见"] == "没有对应意见"
    assert "2项得分有变动" in "".join(map(str, said["概况"]))
