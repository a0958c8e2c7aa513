"""An official form as a Word document: its tables drawn cell by cell, its figures in bookmarks like any report's."""

from collections.abc import Mapping

from toolkit.model.printed_form import FormCell, FormLook, FormTable, PrintedForm
from toolkit.word import styles
from toolkit.word.compose import Composer
from toolkit.word.package import DOCUMENT, Node, parse, read_parts, w, write_parts
from toolkit.word.render import compile_template
from toolkit.word.seal import seal

_PLACE = "[[表:{}]]"
_TWIPS = 567  # a centimetre
_WIDTH_CM = 15.6
_WHOLE = 400  # characters of a cell whose row is kept on one page
_SHADE = "F2F2F2"


def form_document(form: PrintedForm) -> bytes:
    """The sealed document; equal forms give equal words."""
    words: dict[str, object] = {f"行{number}": line for number, line in enumerate(form.lines)}
    words |= {f"注{number}": note for number, note in enumerate(form.notes)} | {"题": form.title}
    template = _with_tables(_frame(form), form, words)
    return seal(compile_template(template, form.title).render(words))


def _frame(form: PrintedForm) -> bytes:
    """Title, lines, the places of the tables, notes, as tags."""
    composer = Composer(form.title)
    composer.title("{{ 题 }}")
    for number in range(len(form.lines)):
        composer.paragraph(f"{{{{ 行{number} }}}}", style=styles.TABLE_TEXT)
    for number, table in enumerate(form.tables):
        if number:
            composer.page_break()
            composer.paragraph(table.name, style=styles.CAPTION)
        composer.paragraph(_PLACE.format(number), style=styles.TABLE_TEXT)
    for number in range(len(form.notes)):
        composer.note(f"{{{{ 注{number} }}}}")
    return composer.save()


def _with_tables(frame: bytes, form: PrintedForm, words: dict[str, object]) -> bytes:
    parts = read_parts(frame)
    root = parse(parts[DOCUMENT])
    places = {"".join(node.itertext()): node for node in root.iter(w("p"))}
    for number, table in enumerate(form.tables):
        place = places[_PLACE.format(number)]
        place.addprevious(_table(table, number, words, place))
        for text in place.iter(w("t")):
            text.text = ""  # Word wants a paragraph between two tables and after the last one
    from lxml import etree

    parts[DOCUMENT] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return write_parts(parts)


def _table(table: FormTable, number: int, words: dict[str, object], place: Node) -> Node:
    scale = _WIDTH_CM * _TWIPS / sum(table.widths)
    widths = [int(width * scale) for width in table.widths]
    node = _element(place, "tbl")
    properties = _add(node, "tblPr")
    _add(properties, "tblStyle", val="TableGrid")
    _add(properties, "tblW", w=str(sum(widths)), type="dxa")
    _add(properties, "jc", val="center")
    _add(properties, "tblLayout", type="fixed")
    grid = _add(node, "tblGrid")
    for width in widths:
        _add(grid, "gridCol", w=str(width))
    placed = {(row, column): cell for row, column, cell in table.placed()}
    for row in range(len(table.rows)):
        _row(node, row, placed, widths, f"格{number}_", words)
    return node


def _row(
    node: Node,
    row: int,
    placed: Mapping[tuple[int, int], FormCell],
    widths: list[int],
    prefix: str,
    words: dict[str, object],
) -> None:
    line = _add(node, "tr")
    first = {column: cell for (at, column), cell in placed.items() if at == row}
    above = {
        column: cell for (at, column), cell in placed.items() if at < row < at + cell.down
    }  # goes on from a row above
    if all(len(cell.text) <= _WHOLE for cell in first.values()):
        _add(_add(line, "trPr"), "cantSplit")
    for column, cell in sorted({**above, **first}.items()):
        width = sum(widths[column : column + cell.across])
        name = f"{prefix}{row}_{column}"
        if column in first and cell.words:
            words[name] = cell.words
        _cell(line, cell, width, starts=column in first, tag=name if column in first and cell.words else "")


def _cell(line: Node, cell: FormCell, width: int, *, starts: bool, tag: str) -> None:
    node = _add(line, "tc")
    properties = _add(node, "tcPr")
    _add(properties, "tcW", w=str(width), type="dxa")
    if cell.across > 1:
        _add(properties, "gridSpan", val=str(cell.across))
    if cell.down > 1:
        _add(properties, "vMerge", val="restart" if starts else "continue")
    if cell.look is FormLook.LABEL:
        _add(properties, "shd", val="clear", color="auto", fill=_SHADE)
    _add(properties, "vAlign", val="center")
    paragraph = _add(node, "p")
    style = _add(paragraph, "pPr")
    _add(style, "pStyle", val=_STYLE_IDS[cell.look])
    if cell.look is FormLook.LONG:
        _add(style, "jc", val="left")
    if tag:
        text = _add(_add(paragraph, "r"), "t")
        text.text = f"{{{{ {tag} }}}}"


_STYLE_IDS = {FormLook.LABEL: styles.TABLE_HEAD, FormLook.SHORT: styles.TABLE_TEXT, FormLook.LONG: styles.TABLE_TEXT}


def _element(like: Node, tag: str) -> Node:
    return like.makeelement(w(tag))


def _add(parent: Node, tag: str, **attributes: str) -> Node:
    node = parent.makeelement(w(tag))
    for name, value in attributes.items():
        node.set(w(name), value)
    parent.append(node)
    return node
