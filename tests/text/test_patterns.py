"""A pattern is found nowhere but where the words stand that it needs; it gives what the standard library gives."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.proof.searching import Searched
from toolkit.text import patterns
from toolkit.text.pattern_code import code_of, made_of
from toolkit.text.patterns import Pattern, _Made, needed

NEEDED = [
    ("同比(增长|下降)", [{"同比增长", "同比下降"}]),
    ("其中", [{"其中"}]),
    ("[0-9]+个?(?:百分点|倍)", [{"百分点", "倍"}]),
    ("(?:增加|减少)了?[0-9]", [{"增加", "减少"}]),
    ("经?费", [{"费"}]),
    ("合?同.{0,3}支付", [{"支付"}, {"同"}]),
    ("(?<=共)[0-9]+个项目(?!的)", [{"个项目"}, {"共"}]),
    ("[、和]支付", [{"、支付", "和支付"}]),
    ("a{2,3}b", [{"a"}, {"b"}]),
    ("(?:支付|[0-9]+)完成", [{"完成"}]),
    ("(?:支付[0-9]|到位[0-9])", [{"支付", "到位"}]),
]
NOTHING = [
    "[^。]*",
    "[0-9]+",
    "(?:支付|)",
    "(?:支付)*",
    "(?i)abc",
    "(?i:abc)[0-9]",
    "[^ab]",
    r"\d+(?=\s)",
    "(支)?(?(1)付|到)",
]


@pytest.mark.parametrize(("text", "groups"), NEEDED)
def test_the_words_a_pattern_needs(text, groups):
    assert [set(words) for words in needed(text)] == groups


@pytest.mark.parametrize("text", NOTHING)
def test_a_pattern_that_needs_no_word_for_sure(text):
    assert needed(text) == ()


signs = st.text("支付完成a0，", max_size=3)
plain = signs.map(re.escape)
parts = st.recursive(
    st.one_of(plain, st.sampled_from(["[支付]", "[^支]", ".", r"\d", "^", "$", "(?i:A)"])),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda found: f"(?:{'|'.join(found)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{1,2}?", "{0,1}"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        inner.map(lambda part: f"(?={part})"),
        inner.map(lambda part: f"(?!{part})"),
        inner.map(lambda part: f"({part})"),
    ),
    max_leaves=8,
)


@given(parts, st.lists(st.text("支付完成aA0，", max_size=12), max_size=6))
def test_no_text_is_left_out_in_which_a_pattern_is_found(text, texts):
    pattern = Pattern(text)
    fitting = Searched(texts, texts).fitting(pattern)
    assert [each for each in texts if re.search(text, each)] == [each for each in fitting if pattern.search(each)]


def test_texts_without_the_words_are_left_out_and_the_order_stays():
    texts = ["完成支付。", "已到位", "", "支付 付", "支付支付"]
    assert Searched(range(5), texts).fitting(Pattern("支付[。支]")) == [0, 4]
    assert Searched(range(5), texts).fitting(Pattern("到.*支付")) == []
    assert list(Searched(range(5), texts).fitting(Pattern("[^支]"))) == [0, 1, 2, 3, 4]


def test_of_thousands_of_names_none_is_asked_for():
    names = [f"{chr(0x4E00 + number)}项目" for number in range(5_000)]
    assert needed("|".join(f"{name}[0-9]" for name in names)) == ()
    assert needed("|".join(f"{name}[0-9]" for name in names[:3])) == (frozenset(names[:3]),)


def test_no_word_is_found_across_two_texts():
    assert Searched(["甲", "乙"], ["支", "付"]).fitting(Pattern("支付")) == []


def test_a_pattern_does_what_a_compiled_one_does():
    pattern = Pattern("(?P<a>支|付)x", re.MULTILINE)
    assert pattern.search("y付x")["a"] == "付"
    assert [match.start() for match in pattern.finditer("支x付x")] == [0, 2]
    assert pattern.match("y") is pattern.fullmatch("支xx") is None
    assert (pattern.findall("支x"), pattern.split("1支x2"), pattern.sub("-", "支x")) == (["支"], ["1", "支", "2"], "-")
    assert pattern.compiled.flags & re.MULTILINE


@pytest.mark.parametrize("text", [*(text for text, _ in NEEDED), *NOTHING, "(?P<a>支)(?P<b>付)?\\1"])
def test_a_pattern_made_of_kept_code_is_the_one_that_is_compiled(text):
    code = code_of(text, 0)
    made = code and made_of(text, code)
    assert made == re.compile(text)
    assert made.groupindex == re.compile(text).groupindex
    assert [made.search(where) is None for where in ("支付", "其中")] == [
        re.search(text, where) is None for where in ("支付", "其中")
    ]


def test_code_that_this_python_does_not_take_makes_no_pattern():
    assert made_of("支付", (0, b"\xff\xff\xff\xff", 0, {}, (None,))) is None


def test_only_patterns_made_before_they_are_asked_for_are_taken(monkeypatch):
    made = _Made()
    monkeypatch.setattr(patterns, "_MADE", made)
    before = Pattern("支付")
    assert list(patterns.take_made()) == [before]
    Pattern("某单位")
    assert list(patterns.take_made()) == []
