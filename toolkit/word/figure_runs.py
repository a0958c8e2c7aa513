"""Runs that hold figures, each of which is one sign while the text of a document is being finished.

Figures in their bookmarks are half of the text of a report, and nothing that is done to a rendered text changes them:
only how long their words are counts, and that they are figures. So their XML is written once, at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.word.signs import RUN


@dataclass(frozen=True, slots=True)
class FigureRuns:
    """The runs of one rendering.

    Attributes:
        written: the XML of each. read: a text with its words, figures as a sign, for whoever reads words only.
    """

    written: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    def add(self, written: str, read: str) -> str:
        """Take one in; gives what stands for it."""
        self.written.append(written)
        self.read.append(read)
        return f"{RUN}{len(self.written) - 1}{RUN}"

    def in_full(self, text: str) -> str:
        """A text with the XML of the runs it holds."""
        return _with(text, self.written)

    def as_words(self, text: str) -> str:
        """A text with the words of the runs it holds."""
        return _with(text, self.read)


def _with(text: str, runs: Sequence[str]) -> str:
    if RUN not in text:
        return text
    pieces = text.split(RUN)
    pieces[1::2] = [runs[int(number)] for number in pieces[1::2]]
    return "".join(pieces)
