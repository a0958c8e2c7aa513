"""Grade bands in the words that reports and work plans print."""

from collections.abc import Sequence

from toolkit.model import GradeBand
from toolkit.model.numbers import plain


def band_words(bands: Sequence[GradeBand]) -> list[str]:
    """Ranges of grade bands, best first, in words. Units: 分 of 100."""
    words: list[str] = []
    for number, band in enumerate(bands):
        low = f"{plain(band.lower)}分（含）"
        if number == 0:
            words.append(f"{low}以上")
        elif band.lower <= 0:
            words.append(f"{plain(bands[number - 1].lower)}分以下")
        else:
            words.append(f"{low}至{plain(bands[number - 1].lower)}分")
    return words
