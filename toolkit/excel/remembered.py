"""What texts of a file came to, remembered for the next file with the same texts."""

from typing import TypeVar

Found = TypeVar("Found")


class Remembered(dict[str, Found | None]):
    """What a text came to; None for a text not met before, or not for long.

    It depends on the text alone, so that what one file leaves here changes nothing in what is read of another.
    """

    _ROOM, _LONGEST, _EACH = 1_000_000, 10_000, 200
    """Characters of all texts, of one; what a text with its result is reckoned to take besides."""

    def __init__(self) -> None:
        super().__init__()
        self._older: dict[str, Found | None] = {}
        self._taken = 0

    def __missing__(self, text: str) -> Found | None:
        found = self._older.get(text)
        if found is not None:
            self.keep(text, found)
        return found

    def keep(self, text: str, found: Found) -> None:
        """Remember what a text came to, long texts excepted: they differ, and a hostile one is huge."""
        if len(text) > self._LONGEST:
            return
        if self._taken > self._ROOM:
            self._older, self._taken = dict(self), 0
            self.clear()
        self._taken += len(text) + self._EACH
        self[text] = found
