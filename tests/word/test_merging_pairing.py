"""Which paragraph, row or table of one report is which of another: equal, similar, moved, about the same thing."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.word.merging.pairing import longest_rising, pair, similarity
from toolkit.word.merging.units import Unit, UnitKind


def told(*keys: str, kind: UnitKind = UnitKind.PARAGRAPH) -> list[Unit]:
    return [Unit(kind, [], key) for key in keys]


def named(name: str, key: str, kind: UnitKind = UnitKind.ROW) -> Unit:
    return Unit(kind, [], key, name)


HEADING, FIRST, SECOND = "一、总体情况", "本次评价共有三十九个项目。", "资金到位率为百分之九十八。"


@given(st.lists(st.sampled_from(["", "甲", "乙", "项目进展顺利", "项目进展缓慢"]), max_size=8), st.data())
def test_no_unit_is_two_others_and_equal_reports_are_paired_as_they_stand(keys: list[str], data: st.DataObject) -> None:
    assert pair(told(*keys), told(*keys)) == {index: index for index in range(len(keys))}
    other = data.draw(st.permutations(keys))
    pairs = pair(told(*keys), told(*other))
    assert len(set(pairs.values())) == len(pairs)
    assert all(
        keys[first] == other[second] or similarity(*told(keys[first], other[second])) for first, second in pairs.items()
    )


@pytest.mark.parametrize(
    ("new", "pairs"),
    [
        ([HEADING, FIRST, SECOND], {0: 0, 1: 1, 2: 2}),
        ([HEADING, SECOND], {0: 0, 2: 1}),  # one is gone
        ([HEADING, "新写的一段完全不同的内容", FIRST, SECOND], {0: 0, 1: 2, 2: 3}),
        ([HEADING, SECOND, FIRST], {0: 0, 1: 2, 2: 1}),  # exchanged
        ([HEADING, FIRST.replace("三十九", "四十"), SECOND], {0: 0, 1: 1, 2: 2}),  # edited where it stands
        ([SECOND, "二、其他", HEADING, FIRST.replace("三十九", "四十")], {0: 2, 1: 3, 2: 0}),  # moved with its heading
        (["甲乙丙", "丁戊己", "庚辛壬"], {}),
    ],
)
def test_what_became_of_each_paragraph(new: list[str], pairs: dict[int, int]) -> None:
    assert pair(told(HEADING, FIRST, SECOND), told(*new)) == pairs


def test_a_blank_paragraph_is_the_same_only_where_it_stands() -> None:
    assert pair(told("", HEADING, ""), told(HEADING, "", FIRST)) == {1: 0, 2: 1}


def test_of_two_equal_ones_the_first_is_the_first() -> None:
    assert pair(told(FIRST, "甲甲甲", FIRST), told("乙乙乙", FIRST, FIRST)) == {0: 1, 2: 2}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (named("", ""), named("", ""), 0),
        (named("", "甲乙丙丁"), named("", ""), 0),
        (named("", "甲乙丙丁"), named("", "甲乙丙丁", UnitKind.PARAGRAPH), 0),
        (named("", "甲乙丙丁"), named("", "甲乙丙丁"), 1),
        (named("", "甲乙丙丁"), named("", "甲乙"), 2 * 2 / 6),
        (named("数据平台", "甲乙丙丁"), named("数据平台", "甲乙丙丁"), 1.3),
        (named("数据平台", "甲乙丙丁"), named("视频会议", "甲乙丙丁"), 0),  # about another thing
        (named("一期平台", "甲乙丙丁"), named("二期平台", "甲乙丙丁"), 1 - 0.4 * 0.25),  # three of four signs alike
        (named("一期", "甲乙丙丁"), named("二期", "甲乙丙丁"), 1 - 0.4 * 0.5),  # on the border of alike
        (named("数据平台", "甲乙丙丁"), named("", "甲乙丙丁"), 1),
        (named("数据平台", "甲乙丙丁戊己庚辛"), named("数据平台", "甲壬"), 0.2),  # too little in common for any name
    ],
)
def test_how_much_two_units_are_the_same(old: Unit, new: Unit, expected: float) -> None:
    assert similarity(old, new) == pytest.approx(expected)


def test_tables_are_compared_by_their_rows_and_their_captions() -> None:
    old = named("表1", "甲\n乙\n丙\n丁", UnitKind.TABLE)
    changed = named("表1", "甲\n新增的一行写了许多许多别的内容\n另一行也写了许多许多别的内容\n戊", UnitKind.TABLE)
    assert similarity(old, changed) == pytest.approx(0.25 + 0.6)
    assert similarity(old, named("表2", changed.key, UnitKind.TABLE)) == pytest.approx(0.25)


@given(st.permutations(range(7)))
def test_a_longest_rising_run(numbers: list[int]) -> None:
    found = sorted(longest_rising(numbers))
    run = [numbers[place] for place in found]
    assert run == sorted(run)
    longer = combinations(numbers, len(run) + 1)
    assert not any(list(some) == sorted(some) for some in longer)


def test_nothing_rises_in_nothing() -> None:
    assert longest_rising([]) == set()
