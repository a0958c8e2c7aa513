"""Values as plain text: what comes out is what went in, and nothing else ever comes out."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.collect.returned import clean, read, template
from tests.small_scheme import ROSTER, SMALL_SCHEME
from toolkit.collect import Outcome
from toolkit.generate import CompiledTemplate
from toolkit.model import CellRef, ErrorValue, Finding, Layout, Roster, Scheme, Severity, Value
from toolkit.model.plain import DamagedValueError, from_plain_text, plain_text
from toolkit.model.plain_data import data_text, from_data_text
from toolkit.proof.document import Place

FULL = bool(os.environ.get("JIXIAO_FULL"))


@dataclass(frozen=True, slots=True)
class Sample:
    """A value of every kind."""

    text: str
    count: int
    sure: bool
    value: Value
    day: date | None
    data: bytes
    severity: Severity
    places: tuple[CellRef, ...]
    pairs: Mapping[tuple[str, str], frozenset[str]]
    either: tuple[int | Severity | None, ...] = ()


numbers = st.decimals(allow_nan=False, allow_infinity=False)
values = st.one_of(numbers, st.text(), st.booleans(), st.sampled_from(ErrorValue), st.none())
texts = st.text(st.characters(exclude_categories=()))  # lone surrogates stand in file names of some archives
samples = st.builds(
    Sample,
    texts,
    st.integers(),
    st.booleans(),
    values,
    st.none() | st.dates(),
    st.binary(),
    st.sampled_from(Severity),
    st.lists(st.builds(CellRef, texts, texts, texts)).map(tuple),
    st.dictionaries(st.tuples(texts, texts), st.frozensets(texts)).map(MappingProxyType),
    st.lists(st.one_of(st.integers(), st.none(), st.sampled_from(Severity))).map(tuple),
)


@given(samples)
@settings(max_examples=200 if FULL else 60, deadline=None)
def test_any_value_comes_back_as_it_was(sample):
    back = from_plain_text(plain_text(sample, Sample), Sample)
    assert back == sample
    # equal is not enough: 1.0 and 1.00, True and 1
    assert (repr(back.value), repr(back.either)) == (repr(sample.value), repr(sample.either))


def test_a_text_that_many_values_have_is_written_once():
    places = tuple(CellRef("一个很长的工作簿名.xlsx", "资金", f"C{row}") for row in range(50))
    written = plain_text(places, tuple[CellRef, ...])
    assert written.decode().count("工作簿名") == 1
    assert from_plain_text(written, tuple[CellRef, ...]) == places


@pytest.mark.parametrize(
    ("value", "kind"),
    [(SMALL_SCHEME, Scheme), (ROSTER, Roster), (Place(3, sheet="附表1", row=2), Place)],
    ids=["scheme", "roster", "tuple with names"],
)
def test_the_programs_own_values_come_back(value, kind):
    assert from_plain_text(plain_text(value, kind), kind) == value


def test_a_layout_a_template_and_an_outcome_come_back():
    compiled, outcome = template().compiled, read(clean(), "表.xlsx")
    assert from_plain_text(plain_text(compiled.layout, Layout), Layout) == compiled.layout
    assert from_plain_text(plain_text(compiled, CompiledTemplate), CompiledTemplate) == compiled
    assert from_plain_text(plain_text(outcome, Outcome), Outcome) == outcome


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=20,
)


@given(json_values)
@settings(max_examples=300 if FULL else 60, deadline=None)
def test_any_other_json_is_refused(forged):
    with pytest.raises(DamagedValueError):
        from_plain_text(json.dumps(forged).encode(), Finding)


def test_a_true_text_with_one_part_exchanged_is_refused():
    finding = Finding(
        "FUND-01", Severity.ERROR, CellRef("表.xlsx", "资金", "C5"), "不符", related=(CellRef("表.xlsx"),)
    )
    count, *columns = json.loads(plain_text(finding, Finding))
    for forged in (None, True, 7, 1.5, "text", [], {}, ["text", "text"], [[1]]):
        for place in range(len(columns)):
            spoiled = [count, *(forged if index == place else part for index, part in enumerate(columns))]
            with pytest.raises(DamagedValueError):
                from_plain_text(json.dumps(spoiled).encode(), Finding)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (b'["NaN"]', Decimal),
        (b'["Infinity"]', Decimal),
        (b'["12x"]', Decimal),
        (b"[1.5]", int),
        (b"[true]", int),
        (b"[1]", str),
        (b"[1]", Decimal),
        (b"[true]", Severity),
        (b"[20240229]", date),
        (b"[1]", bytes),
        (b'["ab",[0,1]]', str),
        (b'[["a","b"],[true]]', str),
        (b'["2024-02-30"]', date),
        (b'["?"]', bytes),
        (b'["fatal"]', Severity),
        (b'[["a","b"],[-1]]', str),
        (b'[["a","b"],[2]]', str),
        (b'[["a"],["a"]]', str),
        (b"[]", CellRef),
        (b"[-1,[null]]", Value),
        (b"[[2],[1,[1],[1]]]", tuple[int, ...]),
        (b"[[-1],[]]", tuple[int, ...]),
        (b"[" * 100_000, tuple[int, ...]),
        (b"\xff", str),
        (b"", str),
    ],
)
def test_what_is_no_such_value_is_refused(text, kind):
    with pytest.raises(DamagedValueError):
        from_plain_text(text, kind)


scalars = st.one_of(
    st.sampled_from(ErrorValue), st.none(), st.booleans(), st.integers(), st.text(), numbers, st.dates()
)
plain_data = st.recursive(
    scalars,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(plain_data)
@settings(deadline=None)
def test_plain_data_without_a_class_come_back_as_they_were(data):
    assert repr(from_data_text(data_text(data))) == repr(data)


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b'["tuple"]', b'["eval",["1"]]', b'["number","x"]', b"[[1],2]"])
def test_what_is_no_plain_data_is_refused(text):
    with pytest.raises(DamagedValueError):
        from_data_text(text)
