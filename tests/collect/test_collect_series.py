"""Several returns of one project, and returns in any order, any number of times and under any name."""

import os
import random
from dataclasses import replace
from decimal import Decimal

from tests.collect.returned import clean, filled, read
from toolkit.collect import Outcome, Received, choose
from toolkit.model import Severity

MONDAY, TUESDAY = "2024-11-04T09:00:00+08:00", "2024-11-05T09:00:00+08:00"
SECOND = {"预算资金": Decimal(310)}


def test_the_last_received_counts_and_the_difference_is_told():
    first, second = read(clean(), "采集表.xlsx"), read(filled(**SECOND), "采集表最终版2.xlsx")
    for received in ([Received(first, MONDAY), Received(second, TUESDAY)],) * 2:
        received.reverse()
        choice = choose(received)["1"]
        assert choice.chosen is second
        (note,) = choice.notes
        assert "收到 2 份" in note.message
        assert (note.found, note.severity) == ("预算资金", Severity.NOTE)
        assert note.hint.endswith(f"jixiao choose 1 校验值 指定；可选：{first.sha256[:8]}（“采集表.xlsx”）")


def test_a_file_that_was_only_saved_again_is_not_called_another() -> None:
    first = read(clean(), "采集表.xlsx")
    again = replace(first, sha256="f" * 64, file_name="采集表（盖章）.xlsx")
    (note,) = choose([Received(first, MONDAY), Received(again, TUESDAY)])["1"].notes
    assert note.severity is Severity.NOTE
    assert "与前一份“采集表.xlsx”填报的内容相同" in note.message
    assert "不同" not in note.message


def test_of_two_received_together_the_last_saved_counts():
    first = replace(read(clean()), modified="2024-11-03T10:00:00Z")
    second = replace(read(filled(**SECOND)), modified="2024-11-01T10:00:00Z")
    assert choose([Received(first), Received(second)])["1"].chosen is first
    assert choose([Received(second), Received(first)])["1"].chosen is first


def test_what_time_cannot_tell_is_told_by_the_answers_and_else_left_to_a_person():
    full, fewer = read(clean()), read(filled(预算资金=None))
    assert choose([Received(full), Received(fewer)])["1"].chosen is full
    (note,) = choose([Received(full), Received(read(filled(**SECOND)))])["1"].notes
    assert note.severity is Severity.WARNING
    assert "暂以" in note.message


def test_a_persons_decision_counts_and_a_later_return_is_told():
    first, second = read(clean(), "一.xlsx"), read(filled(**SECOND), "二.xlsx")
    received = [Received(first, MONDAY), Received(second, TUESDAY)]
    choice = choose(received, {"1": first.sha256})["1"]
    assert choice.chosen is first
    (note,) = choice.notes
    assert (note.code, note.severity) == ("READ-53", Severity.WARNING)
    assert "二.xlsx" in note.message


def of_round(number: int, **cells) -> Outcome:
    """A return on the form that went back in a round of correction; 0: on the form sent out at first."""
    return replace(read(filled(**cells), f"第{number}轮.xlsx"), round=number)


def test_an_old_answer_that_comes_after_the_answer_to_a_later_round_undoes_nothing():
    """Answers cross in the mail: what the unit had put right meanwhile went back to what it was, without a question."""
    older, newer = of_round(1, 预算资金="约300"), of_round(2, **SECOND)
    choice = choose([Received(newer, MONDAY), Received(older, TUESDAY)])["1"]
    assert choice.chosen is newer
    (note,) = choice.notes
    assert (note.code, note.severity) == ("READ-52", Severity.WARNING)
    assert "以第2轮整改表“第2轮.xlsx”为准；其后收到的“第1轮.xlsx”是第1轮的整改表" in note.message
    assert f"{older.sha256[:8]}" in note.hint
    decided = choose([Received(newer, MONDAY), Received(older, TUESDAY)], {"1": older.sha256})["1"]
    assert decided.chosen is older, "a person may say otherwise"


def test_rounds_in_their_order_and_a_form_filled_in_anew_count_as_they_come():
    first, second = of_round(1), of_round(2, **SECOND)
    assert choose([Received(first, MONDAY), Received(second, TUESDAY)])["1"].chosen is second
    anew = of_round(0, 预算资金=Decimal(320))
    assert choose([Received(second, MONDAY), Received(anew, TUESDAY)])["1"].chosen is anew


def test_the_same_bytes_again_change_nothing():
    first, second = read(clean(), "采集表.xlsx"), read(filled(**SECOND))
    again = read(clean(), "采集表（盖章）.xlsx")
    received = [Received(first, MONDAY), Received(second, MONDAY), Received(again, TUESDAY)]
    assert choose(received)["1"].chosen.sha256 == choose(received[:2])["1"].chosen.sha256
    assert not choose([received[0], received[2]])["1"].notes


def test_refused_files_never_count():
    assert choose([Received(read(b"%PDF")), Received(read(clean()))])["1"].chosen.accepted


def results(outcomes) -> dict:
    chosen = choose([Received(one, MONDAY) for one in outcomes])
    return {
        project: (one.chosen.sha256, {key: held.value for key, held in one.chosen.submission.readings.items()})
        for project, one in chosen.items()
    }


def test_any_order_any_copies_any_names_give_the_same_result():
    draw = random.Random(7)  # noqa: S311 - a repeatable shuffle
    files = [clean(), filled(**SECOND), clean(1), clean(2), b"%PDF-1.7"]
    wanted = results([read(data) for data in files])
    assert list(wanted) == ["1", "2", "3"]
    for _ in range(1000 if os.environ.get("JIXIAO_FULL") else 100):
        shuffled = draw.choices(files, k=2) + files
        draw.shuffle(shuffled)
        found = results([read(data, f"{draw.random()}.bin") for data in shuffled])
        assert (found, list(found)) == (wanted, list(wanted))
