"""Several returns of one project, and returns in any order, any number of times and under any name."""

import random
from decimal import Decimal

from tests.collect.returned import clean, filled, read
from toolkit.collect import choose


def test_the_latest_counts_and_the_difference_is_told():
    first, second = read(clean(), "采集表.xlsx"), read(filled(预算资金=Decimal(310)), "采集表最终版2.xlsx")
    choice = choose([first, second])["1"]
    assert choice.chosen is second
    assert choice.superseded == (first,)
    (note,) = choice.notes
    assert "收到 2 份" in note.message
    assert note.found == "预算资金"


def test_the_same_bytes_again_change_nothing():
    first, second = read(clean(), "采集表.xlsx"), read(filled(预算资金=Decimal(310)))
    again = read(clean(), "采集表（盖章）.xlsx")
    assert choose([first, second, again])["1"].chosen is second
    assert not choose([first, again])["1"].notes


def test_refused_files_never_count():
    assert choose([read(b"%PDF"), read(clean())])["1"].chosen.accepted


def results(outcomes) -> dict:
    return {project: one.chosen.submission.values() for project, one in choose(outcomes).items()}


def test_any_order_any_copies_any_names_give_the_same_result():
    draw = random.Random(7)  # noqa: S311 - a repeatable shuffle
    files = [clean(), clean(1), clean(2), b"%PDF-1.7"]
    wanted = results([read(data) for data in files])
    assert set(wanted) == {"1", "2", "3"}
    for _ in range(5):
        shuffled = draw.choices(files, k=3) + files
        draw.shuffle(shuffled)
        assert results([read(data, f"{draw.random()}.bin") for data in shuffled]) == wanted
