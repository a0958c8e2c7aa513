"""Makes the first version of a letter's template: what a letter has beside what every document has.

Source: GB/T 9704-2012, 10.1 (信函格式).
"""

from toolkit.word import styles
from toolkit.word.compose import Composer
from toolkit.word.page import double_rule, rule_first_page

_WITH_SIGNATURE = 2
"""Paragraphs of text kept on the page of a signature; the name of an annex is none, a page must not hold just both."""


class LetterComposer(Composer):
    """Writes the template of a letter; see :class:`~toolkit.word.compose.Composer`."""

    def letterhead(self, organisation: str, number: str = "") -> None:
        """The red head of a letter in 信函格式: double rules under it and at the foot of its first page, its number."""
        self.paragraph(organisation, style=styles.LETTERHEAD)
        double_rule(self._document.paragraphs[-1], styles.RED, below=True)
        rule_first_page(self._document.sections[-1], styles.RED)
        if number:
            self.paragraph(number, style=styles.NUMBER)
        self._gap(1)

    def blank(self) -> None:
        """An empty line, as the standard asks for above 附件说明."""
        self._gap(1)

    def addressee(self, text: str) -> None:
        """The addressee of a letter (抬头), flush left, ending in a colon."""
        self.paragraph(text, style="Normal")

    def signature(self, organisation: str, date: str) -> None:
        """Who signs and when (落款), on the same page as the last words above it: a page must not hold a seal alone."""
        self._gap(1)
        for words in (organisation, date):
            self.paragraph(words, style=styles.SIGNATURE)
        paragraphs = [paragraph for paragraph in self._document.paragraphs if not paragraph.text.startswith("{%p")]
        text = [
            number
            for number, paragraph in enumerate(paragraphs[:-2])
            if paragraph.text and not paragraph.text.startswith("附件")
        ]
        for paragraph in paragraphs[text[-_WITH_SIGNATURE:][0] if text else 0 : -1]:
            paragraph.paragraph_format.keep_with_next = True
