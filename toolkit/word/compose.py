"""Makes the first version of a Word template, styled as a Chinese government document.

Templates are files consultants edit in Word afterwards; this is only how they come into the world, reproducibly.
Tags are docxtpl's: ``{{ 名称 }}``; :meth:`Composer.each` and :meth:`Composer.table` repeat paragraphs and rows.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

from toolkit.ooxml.fixed_day import FIXED_DAY
from toolkit.ooxml.relations import drop_part
from toolkit.word import styles
from toolkit.word.contents import CONTENTS_MARK
from toolkit.word.heat_map import add_heat_map
from toolkit.word.package import DOCUMENT, Docx, read_parts, write_parts
from toolkit.word.page import (
    add_ending,
    add_section,
    declare_current_word,
    footer_page_number,
    set_page,
)
from toolkit.word.tables import Column, add_cards, add_chart_row, add_pairs, add_table, keep_whole

_ONE_POINT = 12_700  # EMU


def chart_mark(name: str) -> str:
    """The words of the paragraph that a chart will replace."""
    return f"[[图:{name}]]"


class Composer:
    """Writes one template, top to bottom; :meth:`save` gives its bytes.

    A document that has a cover numbers its pages from the first page after cover and contents.
    """

    def __init__(self, title: str = "", *, page_numbers: bool = True) -> None:
        """Start an empty document.

        Args:
            title: the document property.
            page_numbers: at the foot of the pages; a letter of one page has none.
        """
        from docx import Document

        self._document: Docx = Document()
        self._number_style = "decimal" if page_numbers else ""
        self._is_landscape = self._wants_landscape = False
        self._is_large = self._wants_large = False
        self._is_fresh = True  # nothing is written in the section yet
        self._turns_page = self._leaves_gap = False
        self._gaps: list[bool] = []  # of every condition being written: its first half ended in a table
        styles.apply_styles(self._document)
        self._set_properties(title)
        declare_current_word(self._document)
        set_page(self._document.sections[0], landscape=False)
        footer_page_number(self._document.sections[0], start=1, style=self._number_style)

    def cover(
        self, title: str, *, lines: Sequence[tuple[str, str]] = (), organisation: str = "", date: str = ""
    ) -> None:
        """A cover page of its own: title, label–value lines, organisation and date; the next page is page 1."""
        self._gap(3)
        for part in title.split("\n"):
            self.paragraph(part, style=styles.COVER_TITLE)
        self._gap(4)
        for label, value in lines:
            self.paragraph(f"{label}：{value}", style=styles.COVER_LINE)
        self._gap(max(1, 5 - len(lines)))
        for words in filter(None, (organisation, date)):
            self.paragraph(words, style=styles.COVER_LINE)
        self._close_section(numbered="")

    def contents(self, title: str = "目　　录") -> None:
        """The contents on pages of their own, with Roman page numbers; filled by ``fill_contents`` after rendering."""
        self.paragraph(title, style=styles.CONTENTS_TITLE)
        self.paragraph(CONTENTS_MARK, style="toc 1")
        self._close_section(numbered="upperRoman")

    def title(self, text: str) -> None:
        """The title above the text of a document."""
        self.paragraph(text, style=styles.DOCUMENT_TITLE)

    def heading(self, level: int, text: str) -> None:
        """A heading, level 1–4: 一、黑体; （一）楷体; 1.仿宋加粗; （1）仿宋."""
        self.paragraph(text, style=f"Heading {level}")

    def paragraph(
        self, text: str, *, style: str = styles.BODY, lead: str = "", whole: bool = False, with_next: bool = False
    ) -> None:
        """One paragraph, kept ``whole`` on a page or together ``with_next``; ``lead`` is printed bold before it."""
        self._settle()
        paragraph = self._document.add_paragraph(style=style)
        if not text.startswith("{%p"):
            self._place(paragraph, style)
        if whole:
            paragraph.paragraph_format.keep_together = True
        if with_next:
            paragraph.paragraph_format.keep_with_next = True
        if lead:
            paragraph.add_run(lead).bold = True
        paragraph.add_run(text)

    def note(self, text: str) -> None:
        """A small line under a table or chart (注：…, 单位：万元)."""
        self.paragraph(text, style=styles.NOTE)

    @contextmanager
    def each(self, loop: str) -> Iterator[None]:
        """Everything written inside is repeated: ``with c.each("p in 项目"):``.

        Air that a table above asks for is a line of its own: before the first paragraph it would be there every time.
        """
        if self._leaves_gap:
            self._document.add_paragraph(style=styles.AIR)
            self._leaves_gap = False
        self.paragraph(f"{{%p for {loop} %}}")
        yield
        self.paragraph("{%p endfor %}")

    @contextmanager
    def when(self, condition: str) -> Iterator[None]:
        """Everything written inside appears only under a condition: ``with c.when("问题"):``."""
        self.paragraph(f"{{%p if {condition} %}}")
        self._gaps.append(False)
        yield
        self.paragraph("{%p endif %}")
        self._leaves_gap |= self._gaps.pop()

    def otherwise(self) -> None:
        """The other half of :meth:`when`; a table at the end of the first half needs air below it all the same."""
        self.paragraph("{%p else %}")
        self._gaps[-1], self._leaves_gap = self._leaves_gap, False

    def table(
        self,
        columns: Sequence[Column],
        *,
        rows: Sequence[Sequence[str]] = (),
        each: str | Sequence[str] = "",
        caption: str = "",
        unit: str = "",
        note: str = "",
    ) -> None:
        """A bordered table whose header repeats on every page.

        Args:
            columns: head, cell tag, width, alignment, tag of the total row; see :class:`Column`.
            rows: cells of several fixed rows, instead of the columns' own cells.
            each: the row loop, ``"p in 项目"``; several, outermost first, nest. Without one there is a single row.
            caption: title above the table.
            unit: e.g. "单位：万元", right above the table.
            note: line below it.
        """
        self._before_table()
        if caption:
            self.paragraph(caption, style=styles.CAPTION)
        if unit:
            self.paragraph(unit, style=styles.NOTE)
            self._document.paragraphs[-1].alignment = 2
            self._document.paragraphs[-1].paragraph_format.keep_with_next = True
        loops = [each] if isinstance(each, str) and each else list(each)
        add_table(self._document, columns, rows, loops, self._text_width_cm())
        if note:
            self.note(note)
        else:
            self._leaves_gap = True

    def cards(self, each: str, number: str, words: str, *, gap: bool = True) -> None:
        """A row of cards, one for every item: ``c.cards("卡 in 数字", "卡.数字", "卡.说明")``; ``gap``: air below."""
        self._before_table()
        add_cards(self._document, each, number, words, self._text_width_cm())
        self._leaves_gap = gap

    def heat_map(self, name: str, caption: str) -> None:
        """A table of coloured cells: ``name.指标`` above, ``name.行`` (名称, 格: 色 and 分, 总分), ``name.得分率``."""
        self._before_table()
        self.paragraph(caption, style=styles.CAPTION)
        add_heat_map(self._document, name, self._text_width_cm())
        self._leaves_gap = True

    def pairs(
        self,
        pairs: Sequence[tuple[str, str]],
        *,
        caption: str = "",
        height_cm: float = 0,
        whole: bool = False,
    ) -> None:
        """A table of label and value cells (项目基本信息), two pairs in a row.

        Args:
            pairs: label and value.
            caption: above the table, if any.
            height_cm: room to sign.
            whole: all of it on one page.
        """
        self._before_table()
        if caption:
            self.paragraph(caption, style=styles.CAPTION)
        add_pairs(self._document, pairs, self._text_width_cm(), height_cm)
        if whole:
            keep_whole(self._document.tables[-1])
        self._leaves_gap = True

    def chart(self, name: str, caption: str = "") -> None:
        """The place of a chart, with its caption below."""
        self.paragraph(chart_mark(name), style=styles.CHART)
        if caption:
            self.paragraph(caption, style=styles.CAPTION)
            self._document.paragraphs[-1].paragraph_format.keep_with_next = False

    def chart_row(self, charts: Sequence[tuple[str, str]], widths: Sequence[float]) -> None:
        """Charts side by side: (condition, name) each; one without data leaves its place empty."""
        self._settle()
        add_chart_row(self._document, [(condition, chart_mark(name)) for condition, name in charts], widths)

    def page_break(self) -> None:
        """Go on at the top of a new page; a break of its own after a full page would leave an empty one."""
        self._turns_page = True

    @contextmanager
    def landscape(self, *, large: bool = False, only: str = "") -> Iterator[None]:
        """Wide tables: the pages written inside lie on their side, ``large`` ones are A3.

        Those ``only`` under a condition are followed by other pages on their side. The break that ends the pages
        before stays where those are upright; where they lie on their side too it goes with the condition, since
        pages on their side that come to nothing would leave an empty one.
        """
        if only and self._is_landscape:
            self.paragraph(f"{{%p if {only} %}}")
        self._wants_landscape, self._wants_large = True, large
        if only and not self._is_landscape:
            self.paragraph(f"{{%p if {only} %}}")
        yield
        self._wants_landscape = self._wants_large = False
        if only:
            self._wants_landscape = True
            self.paragraph("{%p endif %}")

    def save(self) -> bytes:
        """The template file; the same calls give the same bytes."""
        if self._leaves_gap:  # a document must not end in a table; so low a line seldom needs a page
            add_ending(self._document)
        target = BytesIO()
        self._document.save(target)
        parts = read_parts(target.getvalue())
        drop_part(parts, "", "docProps/thumbnail.jpeg")  # a picture of python-docx's own template
        drop_part(parts, DOCUMENT, "word/stylesWithEffects.xml")  # Word 2010's copy of the styles, half a megabyte
        return write_parts(parts)

    def _gap(self, lines: int) -> None:
        for _ in range(lines):
            self._document.add_paragraph(style="Normal")

    def _before_table(self) -> None:
        """Fixed line spacing leaves no air between a line of text and a border."""
        self._settle()
        if self._document.paragraphs:
            last = self._document.paragraphs[-1]
            last.paragraph_format.space_after = (3 if last.style.name in styles.OUTLINE else 6) * _ONE_POINT

    def _place(self, paragraph: Docx, style: str) -> None:
        """Page break and air before what is printed next: LibreOffice parts a heading from its text after a gap line.

        Two tables never touch, because a caption or a sentence stands between them.
        """
        form = paragraph.paragraph_format
        if self._turns_page:
            form.page_break_before, self._turns_page = True, False
        if self._leaves_gap and style != styles.NOTE:
            form.space_before, self._leaves_gap = 12 * _ONE_POINT, False

    def _text_width_cm(self) -> float:
        section = self._document.sections[-1]
        emu: int = section.page_width - section.left_margin - section.right_margin
        return emu / 360_000  # EMU

    def _settle(self) -> None:
        """Turn the page when something is about to be written, so that a document never ends in an empty page."""
        wanted = self._wants_landscape, self._wants_large
        if (self._is_landscape, self._is_large) != wanted:
            (self._is_landscape, self._is_large), self._leaves_gap = wanted, False
            section = self._document.sections[-1] if self._is_fresh else add_section(self._document)
            set_page(section, landscape=self._is_landscape, large=self._is_large)
        self._is_fresh = False

    def _close_section(self, *, numbered: str) -> None:
        """End a front-matter section; what follows is numbered from 1 again."""
        footer_page_number(self._document.sections[-1], start=1, style=numbered)
        section = add_section(self._document)
        set_page(section, landscape=False)
        footer_page_number(section, start=1, style=self._number_style)
        self._is_fresh = True

    def _set_properties(self, title: str) -> None:
        properties = self._document.core_properties
        properties.author, properties.title, properties.comments = "", title, ""
        properties.created = properties.modified = FIXED_DAY
