"""The look of a Chinese government document, as Word styles.

Source: GB/T 9704-2012 (page, body and heading sizes); font fallbacks are the ones every Windows with Office or WPS has.
"""

from dataclasses import dataclass

from toolkit.word.package import Docx

BODY = "公文正文"
COVER_TITLE = "封面标题"
COVER_LINE = "封面信息"
DOCUMENT_TITLE = "文件标题"
CONTENTS_TITLE = "目录标题"
CAPTION = "图表题"
TABLE_HEAD = "表头"
TABLE_TEXT = "表格文字"
CARD_NUMBER = "数字"
HEAT_TEXT = "热力图文字"
CHART = "图"
NOTE = "图表注"
AIR = "表后空行"
ANNEX = "附件标识"
NUMBER = "发文字号"
LETTERHEAD = "发文机关标志"
SIGNATURE = "落款"
FOOTER = "页码"

LATIN = "Times New Roman"
BLACK, RED = "000000", "C00000"


@dataclass(frozen=True, slots=True)
class Look:
    """How one paragraph style looks.

    Units: size, line, before, after in points; indent and right in characters; line 0 means single spacing.
    """

    font: str
    size: float
    bold: bool = False
    align: str = "both"
    line: float = 28
    before: float = 0
    after: float = 0
    indent: float = 0
    right: float = 0
    colour: str = BLACK
    keep_next: bool = False
    latin: str = LATIN


LOOKS: dict[str, Look] = {
    "Normal": Look("仿宋", 16),
    BODY: Look("仿宋", 16, indent=2),
    "Heading 1": Look("黑体", 16, indent=2, keep_next=True),
    "Heading 2": Look("楷体", 16, indent=2, keep_next=True),
    "Heading 3": Look("仿宋", 16, bold=True, indent=2, keep_next=True),
    "Heading 4": Look("仿宋", 16, indent=2, keep_next=True),
    COVER_TITLE: Look("黑体", 26, align="center", line=44, after=12, latin="黑体"),
    COVER_LINE: Look("仿宋", 16, align="center", line=36),
    DOCUMENT_TITLE: Look("黑体", 22, align="center", line=34, after=8, latin="黑体"),
    CONTENTS_TITLE: Look("黑体", 18, align="center", line=34, after=12),
    CAPTION: Look("黑体", 12, align="center", line=0, before=6, after=4, keep_next=True),
    TABLE_HEAD: Look("黑体", 10.5, align="center", line=0, before=2, after=2),
    TABLE_TEXT: Look("宋体", 10.5, align="center", line=0, before=2, after=2),
    HEAT_TEXT: Look("宋体", 7, align="center", line=0),
    CARD_NUMBER: Look("黑体", 16, align="center", line=0, before=2, latin="黑体"),
    CHART: Look("宋体", 10.5, align="center", line=0, before=6, keep_next=True),
    AIR: Look("宋体", 5, align="left", line=12),
    NOTE: Look("宋体", 10.5, align="left", line=0, before=3, after=8),
    LETTERHEAD: Look("黑体", 32, align="center", line=0, before=12, after=12, colour=RED),
    NUMBER: Look("仿宋", 16, align="right", line=0, before=6, after=6),
    ANNEX: Look("黑体", 16, align="left", keep_next=True, latin="黑体"),
    SIGNATURE: Look("仿宋", 16, align="right", right=4),
    FOOTER: Look("宋体", 14, align="center", line=0, latin="宋体"),
    "toc 1": Look("黑体", 14, align="left", line=26),
    "toc 2": Look("仿宋", 14, align="left", line=26),
    "toc 3": Look("仿宋", 14, align="left", line=26),
}
OUTLINE = {"Heading 1": 0, "Heading 2": 1, "Heading 3": 2, "Heading 4": 3}
CONTENTS_INDENT_CM = {"toc 1": 0.0, "toc 2": 0.5, "toc 3": 1.0}


def apply_styles(document: Docx) -> None:
    """Give a python-docx document every style in :data:`LOOKS`, with East Asian fonts set."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm

    _set_document_defaults(document)
    _drop_table_styles(document)
    known = {style.name for style in document.styles}
    for name, look in LOOKS.items():
        is_builtin = name.startswith("toc ")  # Word knows these by this very name
        add = document.styles.add_style
        style = document.styles[name] if name in known else add(name, WD_STYLE_TYPE.PARAGRAPH, builtin=is_builtin)
        if name != "Normal":
            style.base_style = document.styles["Normal"]
        style.quick_style, style.hidden = True, False
        _dress(style, look)
        if name in OUTLINE:
            _set_outline(style, OUTLINE[name])
        if name in CONTENTS_INDENT_CM:
            style.paragraph_format.left_indent = Cm(CONTENTS_INDENT_CM[name])


def _drop_table_styles(document: Docx) -> None:
    """Leave out python-docx's hundred coloured table styles: a government table has black lines."""
    from docx.enum.style import WD_STYLE_TYPE

    for style in [style for style in document.styles if style.type == WD_STYLE_TYPE.TABLE]:
        if style.name not in ("Normal Table", "Table Grid"):
            style.delete()


def set_fonts(run_properties: Docx, font: str, latin: str = LATIN) -> None:
    """Name the four fonts of a ``w:rPr``; a theme font left behind would win over them in Word."""
    from docx.oxml.ns import qn

    fonts = run_properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for slot, value in (("ascii", latin), ("hAnsi", latin), ("eastAsia", font), ("cs", latin)):
        fonts.set(qn(f"w:{slot}"), value)
    fonts.set(qn("w:hint"), "eastAsia")


def _dress(style: Docx, look: Look) -> None:
    from docx.shared import Pt, RGBColor

    properties = style.element.get_or_add_rPr()
    set_fonts(properties, look.font, look.latin)
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, False
    style.font.color.rgb = RGBColor.from_string(look.colour)
    paragraph = style.paragraph_format
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    paragraph.keep_with_next, paragraph.widow_control = look.keep_next, True
    paragraph.alignment = _alignment(look.align)
    _set_line(paragraph, look.line)
    _set_indent(style.element.get_or_add_pPr(), look)


def _alignment(word: str) -> Docx:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

    return {"both": ALIGN.JUSTIFY, "left": ALIGN.LEFT, "center": ALIGN.CENTER, "right": ALIGN.RIGHT}[word]


def _set_line(paragraph: Docx, line: float) -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    if line:
        paragraph.line_spacing_rule, paragraph.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    else:
        paragraph.line_spacing = 1.0


def _set_indent(properties: Docx, look: Look) -> None:
    """Indents in characters follow the font size when a consultant changes it; twips are for readers without that."""
    from docx.oxml.ns import qn

    indent = properties.get_or_add_ind()
    for attribute, characters in (("firstLine", look.indent), ("right", look.right)):
        indent.set(qn(f"w:{attribute}Chars"), str(int(characters * 100)))
        indent.set(qn(f"w:{attribute}"), str(int(characters * look.size * 20)))


def _set_outline(style: Docx, level: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:outlineLvl")):
        properties.remove(old)
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level))
    properties.append(outline)


def _set_document_defaults(document: Docx) -> None:
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    set_fonts(properties, "仿宋")
    language = properties.find(qn("w:lang"))
    if language is not None:
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
