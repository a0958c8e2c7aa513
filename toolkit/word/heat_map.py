"""The table of a heat map: names above in lines of one character, coloured cells, a line of rates below."""

from toolkit.word.package import Docx, w
from toolkit.word.styles import HEAT_TEXT
from toolkit.word.tables import keep_row_whole, new_table, write_cell

_NAME_CM, _TOTAL_CM, _CELL_CM = 6.6, 1.2, 0.72
_HEAD_TWIPS, _FOOT_TWIPS = 1900, 560


def add_heat_map(document: Docx, name: str, width_cm: float) -> None:
    """Append the table of tags; its columns are those of ``name.指标``."""
    from docx.shared import Twips

    table = new_table(document, [_NAME_CM, _CELL_CM, _CELL_CM, _CELL_CM, _TOTAL_CM], width_cm)
    _narrow_margins(table)
    head = _row(table, ["项目", f"{{%tc for 指标名 in {name}.指标 %}}", "{{ 指标名 }}", "{%tc endfor %}", "总分"])
    _repeat_high(head)
    _turn(head.cells[2])
    _row(table, [f"{{%tr for 行 in {name}.行 %}}", "", "", "", ""])
    cell = "{% cellbg 格.色 %}{{ 格.分 }}"
    row = _row(table, ["{{ 行.名称 }}", "{%tc for 格 in 行.格 %}", cell, "{%tc endfor %}", "{{ 行.总分 }}"])
    row.cells[0].paragraphs[0].alignment = 0
    _row(table, ["{%tr endfor %}", "", "", "", ""])
    foot = _row(table, ["得分率", f"{{%tc for 率 in {name}.得分率 %}}", "{{ 率 }}", "{%tc endfor %}", "—"])
    foot.height = Twips(_FOOT_TWIPS)
    _turn(foot.cells[2])


def _row(table: Docx, words: list[str]) -> Docx:
    row = table.add_row()
    keep_row_whole(row)
    for cell, text in zip(row.cells, words, strict=True):
        write_cell(cell, text, HEAT_TEXT)
    return row


def _narrow_margins(table: Docx) -> None:
    from docx.oxml import parse_xml

    sides = "".join(f'<w:{side} w:w="15" w:type="dxa"/>' for side in ("left", "right"))
    margins = parse_xml(f'<w:tblCellMar xmlns:w="{w("x")[1:-2]}">{sides}</w:tblCellMar>')
    properties = table._tbl.tblPr  # noqa: SLF001  python-docx has no property for it
    look = properties.find(w("tblLook"))
    properties.append(margins) if look is None else look.addprevious(margins)


def _repeat_high(row: Docx) -> None:
    """A header on every page, high enough for names that stand upright."""
    from docx.oxml import OxmlElement
    from docx.shared import Twips

    row.height = Twips(_HEAD_TWIPS)
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def _turn(cell: Docx) -> None:
    """Characters upright, one below the other."""
    from docx.oxml import OxmlElement

    direction = OxmlElement("w:textDirection")
    direction.set(w("val"), "tbRlV")
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
    anchor = properties.find(w("vAlign"))
    properties.append(direction) if anchor is None else anchor.addprevious(direction)
