"""Bands of grades in words: the best from its border on, the worst below the next, each of the others between two."""

from decimal import Decimal

import pytest

from toolkit.model import GradeBand
from toolkit.text.grades import band_words


@pytest.mark.parametrize(
    ("lower", "words"),
    [
        (("90", "80", "60", "0"), ["90分（含）以上", "80分（含）至90分", "60分（含）至80分", "60分以下"]),
        (("85.5", "0"), ["85.5分（含）以上", "85.5分以下"]),
        (("90", "60", "1"), ["90分（含）以上", "60分（含）至90分", "1分（含）至60分"]),  # nothing below 1
        (("0",), ["0分（含）以上"]),
    ],
)
def test_each_band_is_told_by_its_borders(lower: tuple[str, ...], words: list[str]) -> None:
    assert band_words([GradeBand(Decimal(low), str(number)) for number, low in enumerate(lower)]) == words
