"""What the tags of a Word template print: the one place where a value becomes part of an XML text.

Whatever is printed in a text or an attribute cannot end it. Values that need more than their text (line feeds, pieces
of markup, figures where no bookmark can stand) are told by :attr:`Printer.is_plain`: such a document is parsed.
"""

import re
from collections.abc import Iterable

from markupsafe import Markup

from toolkit.model.figure import Figure
from toolkit.ooxml.printable import MARK_OPEN, escaped, printable
from toolkit.word.marks import Marks

EMPTY = "—"
_PLACE = re.compile(r"\[(?=\[(?:图[:：]|目录))")
"""Begins what a template says of a chart or the contents in a paragraph of its own, looked for when all is printed."""
_NUMBERS = frozenset({int, float})
_UNUSUAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LOOKED_AT = re.compile(r"[&<>_\[]")
"""What of a figure's text is more than words; of all it can hold."""
_WORDS = re.compile("(?:[^<>&]|&(?:amp|lt|gt|quot|#34|#39);)*")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#34;": '"', "&#39;": "'", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))


class Printer:
    """Prints the values of one document.

    Attributes:
        marks: the figures printed so far.
        is_plain: whether everything printed stands in the text as it is.
        is_marked: whether there are figures, or references to captions.
        has_breaks: whether there are line feeds or tabs. has_empty: whether something printed has no text.
        may_hold_tags: whether a tag that is to be printed (``{_{``) may stand there.
    """

    __slots__ = ("has_breaks", "has_empty", "is_marked", "is_plain", "marks", "may_hold_tags")

    def __init__(self, marks: Marks, *, may_hold_tags: bool = False) -> None:
        self.marks = marks
        self.may_hold_tags = may_hold_tags
        self.is_plain = True
        self.is_marked = self.has_breaks = self.has_empty = False

    def text(self, value: object) -> str:
        """In a text: figures marked, sentences joined, unit text made printable, None and truth values in words."""
        if type(value) is str and value.isprintable() and "[[" not in value:  # as most are
            if "_" in value:
                self.may_hold_tags = True
            elif not value:
                self.has_empty = True
            return escaped(value) if "&" in value or "<" in value or ">" in value else value
        if type(value) in _NUMBERS:
            return str(value)
        if isinstance(value, Figure):
            return self._figure(value)
        if isinstance(value, tuple):
            return self.joined(value)
        if hasattr(value, "__html__"):
            return self._markup(str(value.__html__()))
        return self._plain(value)

    def quoted(self, value: object) -> str:
        """In an attribute, or anywhere in a template of which it is not known where its tags stand."""
        text = self.text(value)
        if MARK_OPEN in text or "\n" in text or "\t" in text:
            self.is_plain = False
        return text if "<" in text else text.replace('"', "&quot;")  # else markup that a template made itself

    def joined(self, values: Iterable[object], between: object = "") -> str:
        """Several values as one text."""
        text = (self.text(between) if between else "").join(map(self.text, values))
        self.has_empty |= not text
        return text

    def _figure(self, figure: Figure) -> str:
        """Its marked text, which holds no line ends and nothing that cannot be printed."""
        text = self.marks.mark(figure)
        self.is_marked = True
        return self._checked(escaped(text)) if _LOOKED_AT.search(text) else text

    def _plain(self, value: object) -> str:
        if value is None:
            return EMPTY
        if isinstance(value, bool):
            return "是" if value else "否"
        return self._checked(escaped(printable(str(value))))

    def _markup(self, text: str) -> str:
        """What a filter has escaped already, escaped as XML is written; other markup as it is."""
        if _WORDS.fullmatch(text) is None:
            self.is_plain = False
            return text
        return self._checked(escaped(_ENTITY.sub(lambda match: _ENTITIES[match[0]], text)))

    def _checked(self, text: str) -> str:
        self.has_empty |= not text
        self.is_marked |= MARK_OPEN in text
        self.may_hold_tags |= "_" in text
        self.has_breaks |= "\n" in text or "\t" in text
        if "[[" in text:
            text = without_places(text)
        if _UNUSUAL.search(text):
            self.is_plain = False
        return text


def without_places(text: str) -> str:
    """A value's text, in which ``[[图:得分]]`` and ``[[目录]]`` are words: with a wide bracket, they are no places."""
    return _PLACE.sub("［", text)


def as_markup(text: str) -> Markup:
    """A printed text as a value that is not escaped again."""
    return Markup(text)  # noqa: S704 - printed by a Printer
