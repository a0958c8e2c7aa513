"""What nobody sees is not read: content under a merge, stored twice, crossed out, turned round, hidden by a format.

Each row is what a program or a person can do to one cell of a clean return, and what must come of that cell. Of every
row holds: all other values stay, and the cell's value is the one seen or none at all, with the finding that says so.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from xml.sax.saxutils import quoteattr

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tests.collect.damage import packed, parts, sheet_copied, sheet_part
from tests.collect.returned import clean, filled, place, read
from tests.collect.test_collect_damage import CLEAN, codes, values
from tests.excel.workbook_parts import raw_parts, zipped
from toolkit.excel.addresses import cell_name, parse_cell
from toolkit.excel.cell_xml import FormulaChange
from toolkit.excel.read import read_workbook
from toolkit.excel.xml_parts import unescape
from toolkit.model import ReadState
from toolkit.text.folding import storable

AMOUNT, DAY, WORDS = "预算资金", "完成日期_C102", "建设内容"
FOREIGN = 'xmlns:o="urn:other"'


def sheet_xml(data: bytes, key: str, edit: Callable[[str], str]) -> bytes:
    """The worksheet a slot stands in, changed as text."""
    files = parts(data)
    name = sheet_part(data, place(key)[0])
    return packed({**files, name: edit(files[name].decode()).encode()})


def cell(key: str, make: Callable[[str, str], str]) -> Callable[[bytes], bytes]:
    """A damage: the slot's ``c`` element replaced by what is made of its address and style."""
    ref = place(key)[1]
    found = re.compile(rf'<c r="{ref}"( s="[0-9]+")?[^>]*?(?:/>|>.*?</c>)')

    def damage(data: bytes) -> bytes:
        def edit(text: str) -> str:
            assert len(found.findall(text)) == 1
            return found.sub(lambda match: make(ref, match[1] or ""), text)

        return sheet_xml(data, key, edit)

    return damage


def inline(runs: str) -> Callable[[bytes], bytes]:
    return cell(AMOUNT, lambda ref, style: f'<c r="{ref}"{style} t="inlineStr"><is>{runs}</is></c>')


def formatted(code: str, value: str = "300", key: str = AMOUNT) -> Callable[[bytes], bytes]:
    """The slot's cell under a number format of its own."""
    return restyled('<xf numFmtId="999"/>', value, key, number_format=code)


SHAPE = "<xdr:sp><xdr:txBody/></xdr:sp>"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def drawn_upon(shape: str, end: str | None = None, *, aside: int = 0, offset: int = 0) -> Callable[[bytes], bytes]:
    """Something drawn upon the slot's cell, or so many columns beside it, or from an offset in it on."""
    row, column = parse_cell(place(AMOUNT)[1])

    def corner(name: str, more: int) -> str:
        numbers = {
            "col": column - 1 + aside + more,
            "colOff": 0 if more else offset,
            "row": row - 1 + more,
            "rowOff": 0,
        }
        return (
            f"<xdr:{name}>{''.join(f'<xdr:{key}>{value}</xdr:{key}>' for key, value in numbers.items())}</xdr:{name}>"
        )

    sort = "two" if end is None else "one"
    rest = corner("to", 1) if end is None else end
    return drawn(f"<xdr:{sort}CellAnchor>{corner('from', 0)}{rest}{shape}<xdr:clientData/></xdr:{sort}CellAnchor>")


def drawn_at(right: int = 0, down: int = 0) -> Callable[[bytes], bytes]:
    """A text box of two centimetres by half a one that names no cell: at the slot's, or so much aside of it."""
    sheet_name, ref = place(AMOUNT)
    sheet = load_workbook(BytesIO(clean()))[sheet_name]
    row, column = parse_cell(ref)
    widths = [sheet.column_dimensions[get_column_letter(number)].width for number in range(1, column)]
    heights = [sheet.row_dimensions[number].height for number in range(1, row)]
    x = sum(int(width * 7) for width in widths) * 9_525 + right  # 7 pixels a character
    y = int(sum(heights) * 12_700) + down
    place_and_size = f'<xdr:pos x="{x}" y="{y}"/><xdr:ext cx="720000" cy="180000"/>'
    return drawn(f"<xdr:absoluteAnchor>{place_and_size}{SHAPE}<xdr:clientData/></xdr:absoluteAnchor>")


def drawn(anchor: str) -> Callable[[bytes], bytes]:
    """Something drawn upon the slot's sheet."""

    def damage(data: bytes) -> bytes:
        files, sheet = parts(data), sheet_part(data, place(AMOUNT)[0])
        rels = f"xl/worksheets/_rels/{sheet.rpartition('/')[2]}.rels"
        made = f'<Relationship Id="rIdD" Type="{RELATION}/drawing" Target="../drawings/drawing99.xml"/>'
        empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        text = files.get(rels, empty.encode()).decode().replace("</Relationships>", f"{made}</Relationships>")
        drawing = f'<xdr:wsDr xmlns:xdr="{DRAWING}">{anchor}</xdr:wsDr>'
        mark = f'<drawing xmlns:r="{RELATION}" r:id="rIdD"/></worksheet>'
        content = files[sheet].decode().replace("</worksheet>", mark)
        added = {rels: text.encode(), "xl/drawings/drawing99.xml": drawing.encode(), sheet: content.encode()}
        return packed({**files, **added})

    return damage


def restyled(style: str, value: str = "300", key: str = AMOUNT, number_format: str = "") -> Callable[[bytes], bytes]:
    def damage(data: bytes) -> bytes:
        files = parts(data)
        text = files["xl/styles.xml"].decode()
        count = len(re.findall("<xf ", text[text.index("<cellXfs") : text.index("</cellXfs>")]))
        text = text.replace("</cellXfs>", f"{style}</cellXfs>")
        if number_format:
            made = f'<numFmt numFmtId="999" formatCode={quoteattr(number_format)}/>'
            text = text.replace("</numFmts>", f"{made}</numFmts>")
        text = text.replace("</fonts>", '<font><strike/><sz val="11"/></font></fonts>')
        data = packed({**files, "xl/styles.xml": text.encode()})
        content = f"<is><t>{value[1:]}</t></is>" if value.startswith("'") else f"<v>{value}</v>"
        kind = ' t="inlineStr"' if value.startswith("'") else ""
        return cell(key, lambda ref, _: f'<c r="{ref}" s="{count}"{kind}>{content}</c>')(data)

    return damage


def struck_font(data: bytes) -> int:
    text = parts(data)["xl/styles.xml"].decode()
    return text[: text.index("</fonts>")].count("<font>")


def merged_over(hidden_value: bool) -> Callable[[bytes], bytes]:
    """A merge over the slot as format painting leaves it: the cell keeps what it held."""
    row, column = parse_cell(place(AMOUNT)[1])
    area = f"{cell_name(row, column - 1)}:{cell_name(row, column)}"

    def edit(text: str) -> str:
        text = re.sub("<mergeCells[^>]*>", rf'\g<0><mergeCell ref="{area}"/>', text)
        assert area in text
        return text

    def damage(data: bytes) -> bytes:
        data = sheet_xml(data, AMOUNT, edit)
        return data if hidden_value else cell(AMOUNT, lambda ref, style: f'<c r="{ref}"{style}/>')(data)

    return damage


def doubled_row(text: str) -> str:
    row = re.search(rf'<row r="{parse_cell(place(AMOUNT)[1])[0]}".*?</row>', text)
    assert row
    again = re.sub(rf'(<c r="{place(AMOUNT)[1]}"[^>]*><v>)[^<]*', r"\g<1>999", row[0])
    return text.replace(row[0], row[0] + again)


def second_table(text: str) -> str:
    rows = text[text.index("<sheetData>") : text.index("</sheetData>") + len("</sheetData>")]
    return text.replace("</sheetData>", "</sheetData>" + rows)


def v(number: str, prefix: str = "") -> str:
    return f"<{prefix}v>{number}</{prefix}v>"


STRUCK, RAISED, WHITE, TINY = "<strike/>", '<vertAlign val="superscript"/>', '<color rgb="FFFFFFFF"/>', '<sz val="1"/>'


def run(text: str, look: str = "") -> str:
    return f"<r><rPr>{look}</rPr><t>{text}</t></r>"


def typed(text: str, key: str = AMOUNT) -> Callable[[bytes], bytes]:
    return cell(key, lambda ref, style: f'<c r="{ref}"{style} t="inlineStr"><is><t>{text}</t></is></c>')


def with_style(attributes: str) -> Callable[[bytes], bytes]:
    return lambda data: restyled(f'<xf numFmtId="0" {attributes}</xf>'.replace("FONT", str(struck_font(data))))(data)


def in_font(look: str) -> Callable[[bytes], bytes]:
    """The slot's cell in a font of its own."""

    def damage(data: bytes) -> bytes:
        files, number = parts(data), struck_font(data)
        styles = files["xl/styles.xml"].decode().replace("</fonts>", f"<font>{look}</font></fonts>")
        data = packed({**files, "xl/styles.xml": styles.encode()})
        return restyled(f'<xf numFmtId="0" fontId="{number}" applyFont="1"/>')(data)

    return damage


def with_alternatives(text: str) -> str:
    """The cell once more for programs that know an extension, with another number."""
    found = re.search(rf'<c r="{place(AMOUNT)[1]}".*?</c>', text)
    assert found
    other = re.sub("<v>[^<]*</v>", v("999"), found[0])
    names = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    choice, otherwise = f'<mc:Choice Requires="x14">{other}</mc:Choice>', f"<mc:Fallback>{found[0]}</mc:Fallback>"
    return text.replace(found[0], f"<mc:AlternateContent {names}>{choice}{otherwise}</mc:AlternateContent>")


def with_bar(text: str) -> str:
    bar = '<dataBar showValue="0"><cfvo type="min"/><cfvo type="max"/><color rgb="FF00FF00"/></dataBar>'
    rule = f'<cfRule type="dataBar" priority="1">{bar}</cfRule>'
    area = f'<conditionalFormatting sqref="{place(AMOUNT)[1]}">{rule}</conditionalFormatting>'
    return text.replace("</sheetData>", f"</sheetData>{area}")


# what is done, the value read (None: none), the code of the finding ("": not a word)
AMOUNTS = [
    ("under a merge, the cell keeps its value", merged_over(True), None, "READ-33"),
    ("v and is", cell(AMOUNT, lambda r, s: f'<c r="{r}"{s}>{v("300")}<is><t>999</t></is></c>'), None, "READ-36"),
    ("is and v, as text", cell(AMOUNT, lambda r, s: f'<c r="{r}"{s} t="inlineStr">{v("9")}<is><t>300</t></is></c>'),
     None, "READ-36"),
    ("is without its type", cell(AMOUNT, lambda r, s: f'<c r="{r}"{s}><is><t>300</t></is></c>'), None, "READ-36"),
    ("two v", cell(AMOUNT, lambda r, s: f'<c r="{r}"{s}>{v("300")}{v("999")}</c>'), None, "READ-36"),
    ("two f", cell(AMOUNT, lambda r, s: f'<c r="{r}"{s}><f>300</f><f>999</f>{v("300")}</c>'), None, "READ-36"),
    ("a foreign v", cell(AMOUNT, lambda r, s: f'<c r="{r}"{s} {FOREIGN}>{v("999", "o:")}</c>'), None, "READ-36"),
    ("a v and a foreign v", cell(AMOUNT, lambda r, s: f'<c r="{r}"{s} {FOREIGN}>{v("300")}{v("9", "o:")}</c>'),
     None, "READ-36"),
    ("a foreign c", cell(AMOUNT, lambda r, _: f'<o:c r="{r}" {FOREIGN}>{v("999", "o:")}</o:c>'), None, "READ-36"),
    ("an element inside v", cell(AMOUNT, lambda r, s: f'<c r="{r}"{s}><v>3<v>00</v></v></c>'), None, "READ-36"),
    ("a type nobody knows", cell(AMOUNT, lambda r, s: f'<c r="{r}"{s} t="x">{v("999")}</c>'), None, "READ-36"),
    ("a content of another sort", cell(AMOUNT, lambda r, s: f'<c r="{r}"{s} {FOREIGN}><o:x/>{v("999")}</c>'),
     None, "READ-36"),
    ("the cell twice", cell(AMOUNT, lambda r, s: f'<c r="{r}"{s}>{v("300")}</c><c r="{r}"{s}>{v("9")}</c>'),
     None, "READ-36"),
    ("the row twice", lambda data: sheet_xml(data, AMOUNT, doubled_row), None, "READ-36"),
    ("a false sum", cell(AMOUNT, lambda r, s: f'<c r="{r}"{s}><f>100+200</f>{v("999")}</c>'),
     None, "READ-36"),
    ("a comment inside v", cell(AMOUNT, lambda r, s: f'<c r="{r}"{s}><v>3<!-- 9 -->00</v></c>'), "300", ""),
    ("digits crossed out", inline(run("99", STRUCK) + run("300")), None, "READ-37"),
    ("a raised digit", inline(run("30") + run("2", RAISED)), None, "READ-37"),
    ("white digits", inline(run("99", WHITE) + run("300")), None, "READ-37"),
    ("tiny digits", inline(run("300") + run("00", TINY)), None, "READ-37"),
    ("two texts side by side", inline("<t>99</t><t>300</t>"), None, "READ-37"),
    ("runs in two fonts", inline(run("300", '<rFont val="宋体"/>') + run("万元", '<rFont val="Arial"/>')), "300",
     "READ-04"),
    ("phonetic text", inline('<t>300</t><rPh sb="0" eb="1"><t>99</t></rPh>'), "300", "READ-01"),
    ("the whole cell crossed out", with_style('fontId="FONT">'), None, "READ-37"),
    ("shown again and again", with_style('><alignment horizontal="fill"/>'), None, "READ-37"),
    ("right to left", typed("\u202e003\u202c"), None, "READ-38"),
    ("an Arabic mark", typed("3\u061c00"), None, "READ-38"),
    ("an isolate", typed("\u2067300\u2069"), None, "READ-38"),
    ("a harmless mark in front", typed("\u202a300"), "300", "READ-01"),
    ("zero-width characters", typed("3\u200b0\u20600\u00ad"), "300", "READ-01"),
    ("no half of a character", typed("300_xD83D_"), None, "READ-32"),
    ("a control character", typed("3_x0001_00"), None, "READ-24"),
    ("format hides", formatted(";;;"), None, "READ-39"),
    ("format hides text", formatted(";;;", "'300"), None, "READ-39"),
    ("format adds digits", formatted('"99"0.00'), None, "READ-39"),
    ("format adds digits to text", formatted('@"00"', "'300"), None, "READ-39"),
    ("format divides", formatted("0!.0,", "3000000"), None, "READ-39"),
    ("format divides by a thousand", formatted("0.00,", "300000"), None, "READ-39"),
    ("format takes the sign away", formatted("0.00;0.00", "-300"), None, "READ-39"),
    ("format says another number", formatted('"300"', "999"), None, "READ-39"),
    ("format says 元", formatted('#,##0"元"', "3000000"), "300", "READ-05"),
    ("format says 万元", formatted('0.00"万元"'), "300", ""),
    ("format of a book-keeper", formatted('_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '), "300", ""),
    ("format says about", formatted('"约"0'), None, "READ-39"),
    ("format says at least", formatted('0"万元以上"'), None, "READ-39"),
    ("format makes it negative", formatted("-0"), None, "READ-39"),
    ("format brackets it", formatted("(0.00)"), None, "READ-39"),
    ("format of a loss, of a gain", formatted("0.00_);(0.00)"), "300", ""),
    ("format with an exponent", formatted("0.00E-00"), "300", ""),
    ("format fills with digits", formatted("0*9"), None, "READ-39"),
    ("format fills with blanks", formatted("* 0"), "300", ""),
    ("format writes white", formatted("[White]0"), None, "READ-39"),
    ("format shows a weekday", formatted("[$-804]aaaa"), None, "READ-29"),
    ("white on white", in_font('<color rgb="FFFFFFFF"/>'), "300", "READ-46"),
    ("nearly white on white", in_font('<color rgb="FFFDFDF5"/>'), "300", "READ-46"),
    ("light grey on white", in_font('<color rgb="FFBFBFBF"/>'), "300", ""),
    ("the colour of paper", in_font('<color theme="0"/>'), "300", "READ-46"),
    ("letters of no size", in_font('<sz val="1"/>'), "300", "READ-46"),
    ("letters that are pictures", in_font('<name val="Wingdings"/>'), "300", "READ-46"),
    ("red letters", in_font('<color rgb="FFFF0000"/><sz val="11"/>'), "300", ""),
    ("one cell for each of two programs", lambda data: sheet_xml(data, AMOUNT, with_alternatives), None, "READ-36"),
    ("a bar instead of the number", lambda data: sheet_xml(data, AMOUNT, with_bar), "300", "READ-46"),
    ("a text box upon it", drawn_upon(SHAPE), "300", "READ-46"),
    ("a picture upon it", drawn_upon("<xdr:pic/>"), "300", "READ-46"),
    ("a picture of its own size", drawn_upon("<xdr:pic/>", '<xdr:ext cx="609600" cy="190500"/>'), "300", "READ-46"),
    ("a text box beside it", drawn_upon(SHAPE, aside=1), "300", ""),
    ("a text box over its edge", drawn_upon(SHAPE, offset=2_000_000), "300", ""),
    ("a text box over most of a wide cell", drawn_upon(SHAPE, offset=500_000), "300", "READ-46"),
    ("a text box that names no cell", drawn_at(), "300", "READ-46"),
    ("one on the right of a wide cell", drawn_at(1_400_000), "300", "READ-46"),
    ("one beside the cell", drawn_at(2_400_000), "300", ""),
    ("one above the sheet's other cells", drawn_at(down=-100_000_000), "300", ""),
    ("one that begins in the cell above", drawn_at(down=-80_000), "300", "READ-46"),
    ("an anchor of nothing", drawn_upon(""), "300", ""),
    ("an anchor without an end", drawn_upon(SHAPE, ""), "300", ""),
    ("a zero below zero", cell(AMOUNT, lambda r, s: f'<c r="{r}"{s}>{v("-0.0")}</c>'), "0", ""),
    ("format hides a zero", formatted("0.00;-0.00;;@", "0"), "0", "READ-46"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "value", "code"), [one[1:] for one in AMOUNTS], ids=[one[0] for one in AMOUNTS])
def test_an_amount_is_read_as_it_is_seen_or_goes_back(
    damage: Callable[[bytes], bytes], value: str | None, code: str
) -> None:
    outcome = read(damage(clean()))
    assert outcome.accepted
    assert outcome.balance.holds
    reading = outcome.submission.readings[AMOUNT]
    assert reading.value == (None if value is None else Decimal(value))
    assert reading.state is (ReadState.REJECTED if value is None else ReadState.VALUE)
    noted = [note for note in outcome.submission.notes if place(AMOUNT)[1] in note.at.cell]
    assert [note.code for note in noted] == ([code] if code else [])
    row_twice = code == "READ-36" and len(codes(outcome)) == 1
    others = {key for key, number in values(outcome).items() if CLEAN.get(key) != number}
    assert row_twice or others <= {AMOUNT}


def test_of_very_many_drawings_none_is_forgotten() -> None:
    """More than are told apart: what lies between the outermost counts as covered, and never silently as seen."""
    row, column = parse_cell(place(AMOUNT)[1])

    def anchor(at: tuple[int, int]) -> str:
        ends = (("from", at), ("to", (at[0] + 1, at[1] + 1)))
        corners = "".join(
            f"<xdr:{name}><xdr:col>{x}</xdr:col><xdr:row>{y}</xdr:row></xdr:{name}>" for name, (y, x) in ends
        )
        return f"<xdr:twoCellAnchor>{corners}{SHAPE}</xdr:twoCellAnchor>"

    spots = [(500, 50)] * 2_000 + [(row - 1, column - 1)]
    drawing = f'<xdr:wsDr xmlns:xdr="{DRAWING}">{"".join(map(anchor, spots))}</xdr:wsDr>'
    files = parts(drawn_upon(SHAPE)(clean()))
    assert codes(read(packed({**files, "xl/drawings/drawing99.xml": drawing.encode()}))) == {"READ-46"}


def test_a_second_table_of_cells_is_not_chosen_from() -> None:
    outcome = read(sheet_xml(clean(), AMOUNT, second_table))
    assert outcome.submission.readings[AMOUNT].value is None
    assert codes(outcome) == {"READ-36"}


def test_rows_and_columns_without_size_are_hidden() -> None:
    row, column = parse_cell(place(AMOUNT)[1])
    narrow = f'<cols><col min="{column}" max="{column}" width="0"/></cols>'
    flat = f'<row r="{row}" ht="1.5"'
    slim = narrow.replace('width="0"', 'width="0.9"')  # less than half a digit
    columns = r"<cols>.*?</cols>"
    for pattern, made in ((columns, narrow), (columns, slim), (rf'<row r="{row}"( ht="[^"]*")?', flat)):
        outcome = read(sheet_xml(clean(), AMOUNT, lambda text, p=pattern, m=made: re.sub(p, m, text, count=1)))
        assert codes(outcome) == {"READ-46"}


def conditional(look: str) -> Callable[[bytes], bytes]:
    """A condition that always holds gives the slot's cell another look."""
    ref = place(AMOUNT)[1]
    rule = (
        f'<conditionalFormatting sqref="{ref}"><cfRule type="expression" dxfId="DXF" priority="1"><formula>1</formula>'
    )

    def damage(data: bytes) -> bytes:
        files = parts(data)
        styles = files["xl/styles.xml"].decode()
        count = len(re.findall("<dxf>", styles))
        made = f"<dxf>{look}</dxf>"
        styles = re.sub("<dxfs[^>]*?/>", "<dxfs></dxfs>", styles).replace("</dxfs>", f"{made}</dxfs>")
        assert made in styles
        data = packed({**files, "xl/styles.xml": styles.encode()})
        own = rule.replace("DXF", str(count)) + "</cfRule></conditionalFormatting>"
        return sheet_xml(data, AMOUNT, lambda text: text.replace("</sheetData>", f"</sheetData>{own}"))

    return damage


@pytest.mark.parametrize(("code", "codes_said"), [(";;;", {"READ-46"}), ('"99"0', {"READ-46"}), ("0.00", set())])
def test_a_number_that_a_condition_can_hide_is_named(code: str, codes_said: set[str]) -> None:
    outcome = read(conditional(f'<numFmt numFmtId="998" formatCode={quoteattr(code)}/>')(clean()))
    assert codes(outcome) == codes_said
    assert outcome.submission.value(AMOUNT) == 300


def ink(colour: str, paper: str = "") -> str:
    fill = f'<fill><patternFill><bgColor rgb="{paper}"/></patternFill></fill>' if paper else ""
    return f'<font><color rgb="{colour}"/></font>{fill}'


@pytest.mark.parametrize(
    ("look", "codes_said"),
    [
        (ink("FFFFFFFF"), {"READ-46"}),
        (ink("FFFFF2CC", "FFFFF2CC"), {"READ-46"}),
        (ink("FFFFFFFF", "FFFFF2CC"), {"READ-46"}),  # white upon pale yellow
        (ink("FFFFFFFF", "FFC00000"), set()),  # white upon red
        (ink("FFC00000"), set()),
    ],
)
def test_a_number_that_a_condition_can_write_in_the_colour_behind_it_is_named(look: str, codes_said: set[str]) -> None:
    outcome = read(conditional(look)(clean()))
    assert codes(outcome) == codes_said
    assert outcome.submission.value(AMOUNT) == 300


def test_two_sheets_of_one_name_are_not_chosen_from() -> None:
    outcome = read(sheet_copied(clean(), place(AMOUNT)[0], place(AMOUNT)[0]))
    assert not outcome.accepted
    assert "同名的工作表" in outcome.reason


def test_styles_of_another_namespace_do_not_shift_the_numbering() -> None:
    """A cell's style is told by its number: one that no program counts must not count here."""
    files = parts(clean())
    styles = files["xl/styles.xml"].decode()
    shifted = styles.replace("<cellXfs", f'<o:cellXfs {FOREIGN}><o:xf numFmtId="14"/></o:cellXfs><cellXfs', 1)
    assert values(read(packed({**files, "xl/styles.xml": shifted.encode()}))) == CLEAN


def test_what_a_row_holds_beside_cells_is_no_cell() -> None:
    row = parse_cell(place(AMOUNT)[1])[0]
    text = rf'(<row r="{row}".*?)</row>'
    data = sheet_xml(
        clean(), AMOUNT, lambda xml: re.sub(text, r"\1<extLst><ext uri='x'/></extLst></row>", xml, count=1)
    )
    assert values(read(data)) == CLEAN
    assert not codes(read(data))


def test_zeros_a_sheet_does_not_show_are_named() -> None:
    zero = filled(**{AMOUNT: Decimal(0)})
    assert codes(read(zero)) == set()
    hiding = sheet_xml(zero, AMOUNT, lambda text: text.replace("<sheetView ", '<sheetView showZeros="0" ', 1))
    assert codes(read(hiding)) == {"READ-46"}


def test_a_days_number_in_a_book_that_counts_from_1904_is_not_guessed() -> None:
    def from_1904(data: bytes) -> bytes:
        files = parts(data)
        book = files["xl/workbook.xml"].decode()
        changed = re.sub(r"<workbookPr\b", '<workbookPr date1904="1" ', book)
        changed = changed if changed != book else book.replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
        return packed({**files, "xl/workbook.xml": changed.encode()})

    general = restyled('<xf numFmtId="0"/>', "44072", DAY)
    assert codes(read(general(clean()))) == {"READ-18"}
    outcome = read(from_1904(general(clean())))
    assert outcome.submission.readings[DAY].value is None
    assert "READ-40" in codes(outcome)


@pytest.mark.parametrize(
    ("text", "said", "code"),
    [
        ("建设一网通办\u202e台平\u202c", "建设一网通办台平", "READ-20"),
        ("第一行_x0007_第二行", "第一行\ufffd第二行", "READ-20"),
        ("半个字_xD83D_", "半个字\ufffd", "READ-20"),
        ("整个字_xD83D__xDE00_", "整个字😀", ""),
        ("👨\u200d👩\u200d👧一家", "👨\u200d👩\u200d👧一家", ""),
    ],
)
def test_a_text_is_kept_without_what_nobody_can_see(text: str, said: str, code: str) -> None:
    outcome = read(typed(text, WORDS)(clean()))
    assert outcome.submission.value(WORDS) == said
    assert codes(outcome) == ({code} if code else set())


def test_a_text_with_words_crossed_out_is_read_and_named() -> None:
    runs = run("取消的", STRUCK) + run("一期建设")
    damage = cell(WORDS, lambda ref, style: f'<c r="{ref}"{style} t="inlineStr"><is>{runs}</is></c>')
    outcome = read(damage(clean()))
    assert outcome.submission.value(WORDS) == "取消的一期建设"
    assert codes(outcome) == {"READ-19"}


def test_texts_of_another_namespace_do_not_shift_the_numbering() -> None:
    """A shared text is told by its number: one that no program counts must not count here."""
    texts = f"<o:si {FOREIGN}><o:t>1</o:t></o:si><si><t>999</t></si><si><t>300</t></si>"
    nested = f"<o:x {FOREIGN}><si><t>1</t></si></o:x><si><t>999</t></si><si><t>300</t></si>"
    for strings in (texts, nested):
        book = read_workbook(zipped(raw_parts('<row r="1"><c r="A1" t="s"><v>1</v></c></row>', strings=strings)))
        assert book.sheets[0].value("A1") == "300"


@pytest.mark.parametrize("text", ["_xD83D_", "_x0000_", "_xFFFF_", "\ud83d", "a\x1bb"])
def test_no_text_of_a_workbook_is_beyond_storing(text: str) -> None:
    made = storable(unescape(text))
    assert made.encode("utf-8").decode() == made
    assert "\ufffd" in made


def test_a_sum_is_read_by_its_result_to_fifteen_digits() -> None:
    outcome = read(filled(**{AMOUNT: FormulaChange("=48.46+46.09+7.65", Decimal("102.20000000000002"))}))
    assert outcome.submission.value(AMOUNT) == Decimal("102.2")
    assert codes(outcome) == {"READ-14"}
