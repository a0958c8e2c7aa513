"""Draws can be repeated by anybody, are fair, and change when the population does."""

import hashlib
import json
from collections import Counter
from decimal import Decimal

import pytest

from toolkit.fieldwork import METHODS, Item, draw

ITEMS = [Item(f"k{number}", f"s{number % 3}", Decimal(number * number)) for number in range(40)]


@pytest.mark.parametrize("method", METHODS)
def test_the_same_seed_draws_the_same(method: str) -> None:
    first, second = (draw(ITEMS, method, 9, "种子") for _ in range(2))
    assert first == second
    assert set(first.keys) <= {item.key for item in ITEMS}
    assert len(first.keys) == len(set(first.keys))
    if method != "金额加权":
        assert len(first.keys) == 9
    assert draw(ITEMS, method, 9, "另一种子").keys != first.keys


def test_another_program_draws_the_same_simple_sample() -> None:
    listed = [[item.key, item.stratum, f"{item.money:f}"] for item in ITEMS]
    known = hashlib.sha256(json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
    ranked = sorted(
        (item.key for item in ITEMS), key=lambda key: hashlib.sha256(f"7|{known}|{key}".encode()).hexdigest()
    )
    sample = draw(ITEMS, "简单随机", 6, "7")
    assert sample.population_hash == known
    assert set(sample.keys) == set(ranked[:6])


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("size", [0, 1, 39, 40, 41, 1000])
def test_sizes_at_the_border(method: str, size: int) -> None:
    keys = draw(ITEMS, method, size, "x").keys
    assert len(keys) <= min(size, len(ITEMS))
    assert draw([], method, size, "x").keys == ()
    if size >= 40 and method != "金额加权":
        assert len(keys) == 40


def test_strata_get_their_shares() -> None:
    items = [Item(str(number), "大" if number < 90 else "小") for number in range(100)]
    strata = {item.key: item.stratum for item in items}
    for size in (2, 10, 37):
        counts = Counter(strata[key] for key in draw(items, "分层", size, "x").keys)
        assert sum(counts.values()) == size
        assert counts["小"] >= 1
        assert abs(counts["大"] - size * 0.9) <= 1


def test_large_amounts_are_always_drawn() -> None:
    items = [*(Item(str(number), "", Decimal(1)) for number in range(50)), Item("大", "", Decimal(1000))]
    assert all("大" in draw(items, "金额加权", 5, str(seed)).keys for seed in range(20))
    assert draw([Item("a"), Item("b")], "金额加权", 5, "x").keys == ()


def test_simple_draws_are_fair() -> None:
    counts = Counter(key for seed in range(400) for key in draw(ITEMS, "简单随机", 10, str(seed)).keys)
    assert len(counts) == 40
    assert all(60 <= count <= 140 for count in counts.values()), counts


def test_a_changed_population_has_another_hash() -> None:
    changed = [*ITEMS[:-1], Item("k39", "s0", Decimal(1522))]
    assert draw(ITEMS, "等距", 5, "x").population_hash != draw(changed, "等距", 5, "x").population_hash
