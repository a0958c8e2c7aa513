"""Large tables: filters, search, order, copying."""

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from toolkit.desktop.state.rows import Column, Rows

COLUMNS = (Column("项目", "project"), Column("问题", "message"), Column("金额", "amount", right=True))
ROWS = [
    {"project": "2", "message": "超付 ABC", "amount": "10"},
    {"project": "10", "message": "漏填", "amount": "9.5"},
    {"project": "1", "message": "=HYPERLINK(1)", "amount": "-3"},
]


def rows() -> Rows:
    made = Rows(COLUMNS, lambda row: row["project"])
    made.load(ROWS)
    return made


def shown(made: Rows) -> list[str]:
    return [made.row(place)["project"] for place in range(len(made.shown))]


def test_every_word_must_be_there_whatever_its_case() -> None:
    made = rows()
    made.find("abc 超")
    assert shown(made) == ["2"]
    made.find("")
    assert shown(made) == ["2", "10", "1"]


def test_rows_with_numbers_and_gaps_among_texts_are_searched_as_they_are_shown() -> None:
    made = Rows(COLUMNS, lambda row: row["project"])
    made.load([{"project": "A1", "message": "漏填", "amount": 12.5}, {"project": "2", "amount": None}, *ROWS])
    for words, expected in (("12.5 漏", ["A1"]), ("a1", ["A1"]), ("2", ["A1", "2", "2"]), ("none", [])):
        made.find(words)
        assert shown(made) == expected, words


def test_filters_add_up_and_can_be_taken_away() -> None:
    made = rows()
    made.choose("project", "10")
    made.find("超付")
    assert shown(made) == []
    made.find("")
    made.choose("project", "")
    assert len(made.shown) == 3
    assert made.values("message") == ["超付 ABC", "漏填", "=HYPERLINK(1)"]


def test_numbers_sort_as_numbers_before_words() -> None:
    made = rows()
    made.sort("project")
    assert shown(made) == ["1", "2", "10"]
    made.sort("amount", descending=True)
    assert shown(made) == ["2", "10", "1"]
    made.load([*ROWS, {"project": "无", "message": "", "amount": None}])
    made.sort("project")
    assert shown(made) == ["1", "2", "10", "无"]


def test_rows_are_found_again_after_loading() -> None:
    made = rows()
    made.sort("project")
    assert made.place_of("10") == 2
    made.find("漏填")
    assert made.place_of("10") == 0
    assert made.place_of("2") is None
    assert made.counts("message") == {"漏填": 1}


def test_copied_text_pastes_as_text_never_as_a_formula() -> None:
    lines = list(chain.from_iterable(rows().tsv_lines()))
    assert lines[0] == "项目\t问题\t金额"
    assert lines[3] == "1\t'=HYPERLINK(1)\t-3"
    assert len(list(chain.from_iterable(rows().tsv_lines([1])))) == 2


def test_what_can_wait_comes_to_the_same_and_rows_are_let_go_little_by_little() -> None:
    made = rows()
    for _ in made.settling():
        pass
    assert made.content.is_numbered
    assert made.content.folded[0] == "2\n超付 abc\n10"
    made.sort("amount")
    old = made.content
    made.load(ROWS[:1])
    for _ in old.discarding():
        pass
    assert (old.rows, old.folded, dict(old.numbers), old.ranks) == ([], [], {}, {"amount": []})
    assert shown(made) == ["2"]


@given(st.lists(st.text(max_size=6), max_size=30), st.text(max_size=4))
def test_what_is_shown_is_what_a_plain_search_finds(texts: list[str], words: str) -> None:
    made = Rows((Column("问题", "message"),), lambda row: row["n"])
    made.load({"n": number, "message": text} for number, text in enumerate(texts))
    made.find(words)
    parts = words.casefold().split()
    expected = [number for number, text in enumerate(texts) if all(part in text.casefold() for part in parts)]
    assert made.shown == expected
