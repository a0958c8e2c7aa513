"""Pages: paper, margins, page numbers, rules."""

from toolkit.word.package import Docx, w
from toolkit.word.styles import FOOTER

MARGINS_CM = {"top_margin": 3.7, "bottom_margin": 3.5, "left_margin": 2.8, "right_margin": 2.6}
TURNED_MARGINS_CM = {"top_margin": 2.8, "bottom_margin": 2.6, "left_margin": 2.6, "right_margin": 2.6}
FOOTER_FROM_EDGE_CM = 2.4
TEXT_CM, RULE_CM = 15.6, 17.0


def set_page(section: Docx, *, landscape: bool, large: bool = False) -> None:
    """A4 with the margins of a government document; ``large``: A3, for tables too wide for it.

    Source: GB/T 9704-2012, 5.2.
    """
    from docx.enum.section import WD_ORIENTATION
    from docx.shared import Cm

    short, long = (29.7, 42.0) if large else (21.0, 29.7)
    width, height = (long, short) if landscape else (short, long)
    section.orientation = WD_ORIENTATION.LANDSCAPE if landscape else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = Cm(width), Cm(height)
    for name, value in (TURNED_MARGINS_CM if landscape else MARGINS_CM).items():
        setattr(section, name, Cm(value))
    section.footer_distance = Cm(1.6 if landscape else FOOTER_FROM_EDGE_CM)
    section.header_distance = Cm(1.5)


def add_section(document: Docx) -> Docx:
    """A new section on a new page, numbered on.

    The paragraph that ends the old section takes no room, or a full page would be followed by an empty one.
    """
    section = document.add_section()
    _flatten(document.paragraphs[-1])
    _number_pages(section, start=None, style="decimal")
    return section


def add_ending(document: Docx) -> None:
    """The paragraph Word wants after a last table, without height."""
    _flatten(document.add_paragraph())


def _flatten(paragraph: Docx) -> None:
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.line_spacing, form.space_before, form.space_after = Pt(1), Pt(0), Pt(0)


def footer_page_number(section: Docx, *, start: int | None, style: str = "decimal") -> None:
    """「— 1 —」 at the foot of the section's pages; ``style`` "" leaves the foot empty."""
    footer = section.footer
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = FOOTER
    for child in list(paragraph.runs):
        paragraph._p.remove(child._r)  # noqa: SLF001  python-docx offers no way to remove a run
    if style:
        _write_page_field(paragraph)
    _number_pages(section, start=start, style=style or "decimal")


def _write_page_field(paragraph: Docx) -> None:
    paragraph.add_run("— ")
    for kind, words in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run(words if kind == "text" else "")
        if kind in ("begin", "separate", "end"):
            _child(run._r, "fldChar", fldCharType=kind)  # noqa: SLF001
        elif not kind:
            _child(run._r, "instrText").text = " PAGE "  # noqa: SLF001
    paragraph.add_run(" —")


def _number_pages(section: Docx, *, start: int | None, style: str) -> None:
    properties = section._sectPr  # noqa: SLF001  page numbering has no python-docx property
    for old in properties.findall(w("pgNumType")):
        properties.remove(old)
    numbering = _child(properties, "pgNumType", fmt=style)
    if start is not None:
        numbering.set(w("start"), str(start))
    margins = properties.find(w("pgMar"))
    if margins is not None:  # the schema fixes the order: pgMar, then pgNumType, then cols
        margins.addnext(numbering)


def declare_current_word(document: Docx) -> None:
    """Say that the file is of Word 2013 or later; python-docx's template says 2010, which shows「兼容模式」."""
    for setting in document.settings.element.iter(w("compatSetting")):
        if setting.get(w("name")) == "compatibilityMode":
            setting.set(w("val"), "15")


def double_rule(paragraph: Docx, colour: str, *, below: bool) -> None:
    """A thick and a thin coloured line, 17 cm long: below a paragraph the thick one above, above it the other way."""
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    borders = OxmlElement("w:pBdr")
    side, kind = ("bottom", "thickThinSmallGap") if below else ("top", "thinThickSmallGap")
    _child(borders, side, val=kind, sz="24", space="6" if below else "1", color=colour)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Cm(-(RULE_CM - TEXT_CM) / 2)


def rule_first_page(section: Docx, colour: str) -> None:
    """The double rule at the foot of a letter's first page, which has no number."""
    section.different_first_page_header_footer = True
    paragraph = section.first_page_footer.paragraphs[0]
    paragraph.style = FOOTER
    double_rule(paragraph, colour, below=False)


def _child(parent: Docx, tag: str, **attributes: str) -> Docx:
    from docx.oxml import OxmlElement

    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(w(name), value)
    parent.append(element)
    return element
