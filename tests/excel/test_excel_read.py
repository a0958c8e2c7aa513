"""Reading: equal to openpyxl where openpyxl is right, and calm where a file is odd or hostile."""

import os
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.formula import ArrayFormula
from workbook_parts import raw_parts, raw_xlsx, zipped

from toolkit.errors import UnreadableFileError
from toolkit.excel.book import Book, BookFlag, CellKind, CellStyle, NameTarget, SheetState
from toolkit.excel.cell_values import CellDecoder, SheetContext, number_from_text
from toolkit.excel.parts import Limits
from toolkit.excel.read import read_workbook
from toolkit.excel.row_scan import scan_rows
from toolkit.excel.shared_formula import shift_formula
from toolkit.excel.styles import is_date_format
from toolkit.model.values import ErrorValue

CORPUS = Path(os.environ.get("JIXIAO_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus") / "spreadsheets"
# What openpyxl reads wrongly or not at all: strict namespaces, cells it drops, a corrupt file it half reads.
OPENPYXL_DIFFERS = ("strict", "Strict", "corrupted", "clusterfuzz", "duplicate-filename")


def assert_same_as_openpyxl(book: Book, data: bytes) -> int:
    """Compare every cell that openpyxl sees, formulas and cached values; gives how many were compared."""
    formulas = openpyxl.load_workbook(BytesIO(data))
    values = openpyxl.load_workbook(BytesIO(data), data_only=True)
    compared = 0
    for sheet in values.worksheets:
        ours = book.sheet(sheet.title)
        assert ours is not None
        for place, cell in sheet._cells.items():
            formula = formulas[sheet.title]._cells[place].value
            mine = ours.cells.get(place)
            # openpyxl gives None for a text formula's empty result
            value = plain(mine.value if mine else None) or None
            assert value == (shown(cell.value, formulas.epoch.year) or None), (sheet.title, place)
            assert (mine.formula if mine else None) == formula_text(formula), (sheet.title, place)
            compared += 1
    return compared


def plain(value: object) -> object:
    if isinstance(value, ErrorValue):
        return str(value)
    return round(float(value), 6) if isinstance(value, Decimal) else value


def shown(value: object, epoch: int) -> object:
    if isinstance(value, datetime | date | time | timedelta):
        serial = to_excel(value)
        return round(float(serial), 6) if epoch != 1904 or not isinstance(value, datetime) else pytest.approx(serial)
    return round(float(value), 6) if isinstance(value, int | float) and not isinstance(value, bool) else value


def formula_text(value: object) -> str | None:
    if isinstance(value, ArrayFormula):
        return value.text
    return value if isinstance(value, str) and value.startswith("=") else None


def corpus_files() -> list[Path]:
    return sorted(CORPUS.glob("*.xls[xm]")) if CORPUS.is_dir() else []


@pytest.mark.parametrize("path", corpus_files(), ids=lambda path: path.name[:40])
def test_the_corpus_reads_as_openpyxl_reads_it_or_is_refused(path: Path) -> None:
    data = path.read_bytes()
    try:
        book = read_workbook(data)
    except UnreadableFileError as error:
        pytest.skip(f"refused: {error.message}")
    if any(word in path.name for word in OPENPYXL_DIFFERS):
        return
    try:
        openpyxl.load_workbook(BytesIO(data))
    except Exception as error:  # noqa: BLE001 - openpyxl fails in many ways on files that we read
        pytest.skip(f"openpyxl cannot read it: {error!r}"[:80])
    assert_same_as_openpyxl(book, data)


def test_a_made_workbook_reads_as_openpyxl_reads_it() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "资金 情况"
    sheet.append(["文字", 1, 2.5, 0.1, True, date(2024, 5, 1), "=B1+C1", "#N/A", "", None, "a\nb", "<&>\"'", "007"])
    sheet["C3"].number_format = "0.00%"
    sheet["C3"].protection = openpyxl.styles.Protection(locked=False)
    sheet.merge_cells("A5:C6")
    sheet.protection.enable()
    sheet.row_dimensions[7].hidden = True
    sheet.column_dimensions["D"].hidden = True
    rule = openpyxl.worksheet.datavalidation.DataValidation(type="list", formula1="选项", allow_blank=True)
    rule.add("C3")
    rule.add("D4:D6")
    sheet.add_data_validation(rule)
    hidden = workbook.create_sheet("身份")
    hidden.sheet_state = "veryHidden"
    hidden["A1"] = "v1"
    names = {"预算资金": "'资金 情况'!$B$1", "区域": "'资金 情况'!$A$1:$C$2", "丢失": "'资金 情况'!#REF!", "率": "1/3"}
    for name, target in names.items():
        workbook.defined_names[name] = openpyxl.workbook.defined_name.DefinedName(name, attr_text=target)
    workbook.custom_doc_props.append(openpyxl.packaging.custom.StringProperty(name="项目", value="P01"))
    stream = BytesIO()
    workbook.save(stream)
    book = read_workbook(stream.getvalue())

    assert assert_same_as_openpyxl(book, stream.getvalue()) >= 13
    money = book.sheets[0]
    assert money.cells[1, 6].kind is CellKind.DATE
    assert money.cells[1, 4].value == Decimal("0.1")
    formula = money.at("G1")
    assert formula is not None
    assert (formula.formula, formula.cached, formula.value) == ("=B1+C1", False, None)
    percent = money.at("C3")
    assert percent is not None
    assert (percent.kind, percent.locked, percent.number_format) == (CellKind.BLANK, False, "0.00%")
    assert money.merges == ((5, 1, 6, 3),)
    assert money.protected
    assert (money.hidden_rows, money.hidden_columns) == ({7}, {4})
    assert (money.validations[0].areas, money.validations[0].formula1) == (("C3", "D4:D6"), "选项")
    assert book.sheets[1].state is SheetState.VERY_HIDDEN
    assert book.names["预算资金"] == NameTarget("资金 情况", "B1")
    assert book.names["区域"].anchor == (1, 1)
    assert book.names["丢失"] == NameTarget("", "'资金 情况'!#REF!")
    assert book.names["率"].anchor is None
    assert book.named_cell("预算资金").value == 1
    assert book.properties == {"项目": "P01"}
    assert book.flags == ()


def cells(rows: str, **more: str) -> dict[str, object]:
    sheet = read_workbook(raw_xlsx(rows, **more)).sheets[0]
    return {cell.ref: cell.value for cell in sheet.cells.values()}


def test_strings_of_every_sort() -> None:
    strings = (
        "<si><t>甲</t></si><si><r><t>乙</t></r><r><rPr><b/></rPr><t xml:space='preserve'> 丙</t></r>"
        "<rPh sb='0' eb='1'><t>phonetic</t></rPh></si><si/><si><t>行_x000D_\n_x005F_x0041_</t></si>"
    )
    rows = (
        "<row r='2'><c r='A2' t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='s'><v>2</v></c><c t='s'><v>3</v></c></row>"
        "<row><c t='inlineStr'><is><r><t>内</t></r><r><t>联</t></r></is></c><c r='D3' t='str'><v>公式文字</v></c></row>"
    )
    assert cells(rows, strings=strings) == {
        "A2": "甲", "B2": "乙 丙", "C2": "", "D2": "行\r\n_x0041_", "A3": "内联", "D3": "公式文字",
    }  # fmt: skip


def test_values_of_every_sort() -> None:
    rows = (
        "<row r='1'><c><v>0.10000000000000001</v></c><c t='b'><v>1</v></c><c t='e'><v>#DIV/0!</v></c>"
        "<c s='2'><v>45413</v></c><c t='d'><v>2024-05-01T12:00:00</v></c><c r='F1'><v> 3 </v></c>"
        "<c><v>约100</v></c><c><v>1E+400</v></c><c t='e'><v>#SPILL!</v></c>"
        "<c><f>A1</f></c><c><f>A1</f><v/></c><c r='L1' t='str'><f>A1</f><v></v></c></row>"
    )
    sheet = read_workbook(raw_xlsx(rows)).sheets[0]
    found = {cell.ref: cell for cell in sheet.cells.values()}
    assert found["A1"].value == Decimal("0.1")
    assert found["B1"].value is True
    assert found["C1"].value is ErrorValue.DIV0
    assert (found["D1"].value, found["D1"].kind) == (45413, CellKind.DATE)
    assert (found["E1"].value, found["E1"].kind) == (Decimal("45413.5"), CellKind.DATE)
    assert found["F1"].value == 3
    assert (found["G1"].value, found["G1"].kind) == ("约100", CellKind.TEXT)
    assert found["H1"].kind is CellKind.TEXT
    assert found["I1"].kind is CellKind.ERROR
    assert [found[ref].cached for ref in ("A1", "J1", "K1", "L1")] == [False, False, False, True]
    assert (found["K1"].value, found["L1"].value) == (None, "")


def test_dates_from_1904_are_brought_to_1900() -> None:
    rows = "<row r='1'><c r='A1' s='1'><v>43951</v></c><c r='B1'><v>43951</v></c></row>"
    book = read_workbook(raw_xlsx(rows, workbook="<workbookPr date1904='1'/>"))
    assert book.date1904
    assert [book.sheets[0].value(ref) for ref in ("A1", "B1")] == [45413, 43951]


ODD_ROWS = (
    "<row r='1' spans='1:3' hidden='1'><c r='A1'><v>0.1</v></c><c r='B1' s='1'/><c r='C1' s='2' t='n'><v>1</v></c>"
    "</row><row r='2' ht='15'><c r='A2' s='3' t='s'><v>0</v></c>"
    "<c r='B2' t='inlineStr'><is><t>a&amp;&#30002;&#65292;&#10;_x0041_</t></is>"
    "</c></row><row r='3'><c r='A3' t='str'><f>A1&amp;\"x\"</f><v>0.1x</v></c><c r='B3'><f aca='false'>A1&lt;2</f>"
    "<v></v></c></row><row r='4'><c r='A4'><f t='shared' ref='A4:B4' si='0'>A1</f><v>1</v></c>"
    "<c r='B4'><f t='shared' si='0'/></c></row>"
)


def test_the_scan_and_the_parser_read_the_same() -> None:
    strings = "<si><t>甲&amp;乙</t></si><si><t xml:space='preserve'> b_x000D_</t></si>"
    usual = raw_parts(ODD_ROWS.replace("'", '"'), strings=strings.replace("'", '"'))
    comment = {name: content.replace("</", "<!-- --></", 1) for name, content in usual.items()}
    scanned, parsed = (read_workbook(zipped(parts)).sheets[0] for parts in (usual, comment))
    assert scanned == parsed
    assert scanned.value("B2") == "a&甲，\nA"
    assert scanned.at("B4").formula == "=B1"
    assert scanned.hidden_rows == {1}


def test_what_is_kept_of_one_workbook_says_nothing_of_another() -> None:
    """Frames of sheets, styles and names are kept by what they say, for the next form of the same evaluation."""
    rows = '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1"/></row>'
    merged = '<mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells>'
    for after, last, protected in (
        (merged, 2, False),
        (merged.replace("B2", "C2"), 3, False),
        (f'<sheetProtection sheet="1"/>{merged}', 2, True),
    ):
        sheet = read_workbook(zipped(raw_parts(rows, after=after))).sheets[0]
        assert (sheet.merges, sheet.protected) == (((2, 1, 2, last),), protected)
        assert sheet.cells[1, 1].kind is CellKind.DATE
    parts = raw_parts(rows)
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace("yyyy\\-mm\\-dd", "0.00")
    assert read_workbook(zipped(parts)).sheets[0].cells[1, 1].kind is CellKind.NUMBER
    names = "<definedNames><definedName name='N'>{}!$A$1</definedName></definedNames>"
    found = [read_workbook(zipped(raw_parts(rows, workbook=names.format(sheet)))).names["N"] for sheet in ("表", "别")]
    assert found == [NameTarget("表", "A1"), NameTarget("", "别!$A$1")]


CELLS_OF_ALL_SORTS = (
    '<c r="{}" s="1"/>', '<c r="{}"><v>1.5</v></c>', '<c r="{}" s="1"><v>45000</v></c>', '<c r="{}" s="1"><v>4</v></c>',
    '<c r="{}" t="s"><v>0</v></c>',
    '<c r="{}" t="s"><v>1</v></c>', '<c r="{}" t="s"><f>1&amp;1</f><v>1</v></c>', '<c r="{}" t="s"><v></v></c>',
    '<c r="{}" t="inlineStr"><is><t>甲&amp;_x0041_</t></is></c>', '<c r="{}" t="b"><v>1</v></c>',
    '<c r="{}"><f aca="false">A1+1</f><v>0.30000000000000004</v></c>', '<c r="{}"><f t="shared" si="0"/><v>1</v></c>',
    '<c r="{}"><f t="shared" si="0" ref="A1:C4">D9</f></c>', '<c r="{}" t="e">\n <v>#N/A</v>\n</c>',
    '<c r="{}"><f t="array" ref="A1:C4">{{1}}</f><v>2</v></c>', '<c r="{}" s="99"><v>2</v></c>',
    '<c r="{}"><v>1</v><v>2</v></c>',
)  # fmt: skip
TEXTS = (
    "<si><t>甲</t></si>",
    "<si><t>乙_x000D_</t></si>",
    "<si><r><rPr><strike/></rPr><t>划</t></r><r><t>去</t></r></si>",
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(CELLS_OF_ALL_SORTS), min_size=2, max_size=3), min_size=2, max_size=4),
    st.permutations(TEXTS),
    st.booleans(),
)
def test_cells_met_before_are_read_as_if_met_for_the_first_time(
    rows: list[list[str]], texts: list[str], from_1904: bool
) -> None:
    """A comment sends the part to the parser, which remembers nothing."""
    written = [
        "".join([f'<row r="{row}">', *map(str.format, cells, (f"{letter}{row}" for letter in "ABC")), "</row>"])
        for row, cells in enumerate(rows, 1)
    ]
    workbook = f'<workbookPr date1904="{from_1904:d}"/>'
    usual, parsed = (
        zipped(raw_parts("".join(written) + comment, strings="".join(texts), workbook=workbook))
        for comment in ("", "<!-- -->")
    )
    assert read_workbook(usual).sheets == read_workbook(parsed).sheets


@pytest.mark.parametrize(
    "strings",
    ["<si><t>甲</t></si>junk<si><t>乙</t></si>", "<si><r><t>甲</t></r></si><x><si><t>乙</t></si></x>", "<si><si/></si>",
     "<si><t>甲</t><phoneticPr fontId='1'/></si>\n  <si>\n    <t>\n</t>\n  </si>", "<si><r><t>甲</t></si></r>"],
)  # fmt: skip
def test_tables_of_texts_are_read_alike_by_scan_and_parser(strings: str) -> None:
    found = []
    for comment in ("", "<!-- -->"):
        data = zipped(raw_parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=strings + comment))
        try:
            found.append(read_workbook(data).sheets)
        except UnreadableFileError as error:
            found.append(error.message)
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("names", "known"),
    [
        ("<definedNames><definedName name='N' comment='&lt;'>表!$A$1</definedName></definedNames>", {"N"}),
        ('<definedNames>\n<definedName name="&#65;&amp;">1</definedName>\n</definedNames>', {"A&"}),
        ('<definedNames><definedName name="N">1</definedName><x name="M"/></definedNames>', {"N", "M"}),
        ('<extLst><definedNames><definedName name="N">1</definedName></definedNames></extLst>', set()),
        ('<definedNames><!-- --><definedName name="_xlnm.N" hidden="1">1</definedName></definedNames>', set()),
    ],
)
def test_names_are_read_however_they_are_written(names: str, known: set[str]) -> None:
    assert set(read_workbook(zipped(raw_parts(workbook=names))).names) == known


def test_a_row_outside_the_table_of_cells_is_met_every_time() -> None:
    after = '<x><row r="9"><c r="A9"><v>1</v></c></row></x>'
    data = zipped(raw_parts('<row r="1"><c r="A1"><v>1</v></c></row>', after=after))
    first, again = (read_workbook(data).sheets[0] for _ in range(2))
    assert first == again
    assert (9, 1) in again.cells


@pytest.mark.parametrize(
    "cell", ['<c r="XFE1"/>', '<c r="A1048577"/>', '<c r="A1"><v>&bad;</v></c>', '<c r="A1"><v>1</c>']
)
def test_what_the_scan_cannot_take_the_parser_refuses(cell: str) -> None:
    with pytest.raises(UnreadableFileError):
        read_workbook(raw_xlsx(f'<row r="1">{cell}</row>'))


def test_a_row_that_ends_twice_is_damaged() -> None:
    with pytest.raises(UnreadableFileError):
        read_workbook(raw_xlsx('<row r="1"><c r="A1"><v>1</v></c></row></row>'))


@pytest.mark.parametrize(
    ("rows", "is_read"),
    [
        (ODD_ROWS.replace("'", '"'), True),
        ('<row r="1"><c r="A1"/></row>\n  <row r="2"/><row r="3" hidden="1">\n<c r="A3"/>\n</row>\n', True),
        ('<row r="1"><c r="A1"/></row><row r="1"><c r="B1"/></row>', False),
        ('<row r="1"><c r="A1"/></row><row r="2"><c r="A1"/></row>', False),
    ],
    ids=["usual", "indented", "row twice", "cell of another row"],
)
@pytest.mark.parametrize("piece", [1, 100])
def test_rows_are_scanned_some_at_a_time(monkeypatch: pytest.MonkeyPatch, rows: str, is_read: bool, piece: int) -> None:
    """Wherever a sheet is cut between two rows, the scan takes or leaves it, and reads it, as in one piece."""
    head, body = b"<worksheet><sheetData>", rows.encode()
    context = SheetContext(["甲"], styles=(CellStyle(),) * 4)
    whole = scan_rows(head, body, CellDecoder("表", context))
    monkeypatch.setattr("toolkit.excel.row_scan._PIECE", piece)
    assert scan_rows(head, body, CellDecoder("表", context)) == whole
    assert (whole is not None) is is_read


def test_shared_array_and_table_formulas() -> None:
    rows = (
        "<row r='1'><c r='B1'><f t='shared' ref='B1:B3' si='0'>A1*$C$1&amp;\"A1\"</f><v>1</v></c>"
        "<c r='C1'><f t='array' ref='C1:C2'>A1:A2</f><v>1</v></c>"
        "<c r='D1'><f t='dataTable' r1='A1' r2='A2'/><v>1</v></c></row>"
        "<row r='3'><c r='B3'><f t='shared' si='0'/><v>2</v></c><c r='C3'><f t='shared' si='9'/><v>2</v></c></row>"
    )
    sheet = read_workbook(raw_xlsx(rows)).sheets[0]
    formulas = {cell.ref: cell.formula for cell in sheet.cells.values()}
    assert formulas == {"B1": '=A1*$C$1&"A1"', "C1": "=A1:A2", "D1": "=TABLE(A1,A2)", "B3": '=A3*$C$1&"A1"', "C3": ""}


REFERENCES = ["A1", "$B$2", "C$3", "$D4", "A1:B9", "A:C", "$B:$D", "5:7", "$5:9", '"A1"', "'表A1'!B2", "Sheet1!B2"]
PIECES = st.sampled_from([*REFERENCES, "预算资金", "LOG10(9)", "实际A1", "ABCD1", "1.5", "TRUE"])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=5), st.integers(0, 40), st.integers(0, 9))
def test_shifting_agrees_with_openpyxl(pieces: list[str], rows: int, columns: int) -> None:
    formula = "=" + "+".join(pieces)
    there = f"{'ABCDEFGHIJKL'[columns]}{rows + 1}"
    assert "=" + shift_formula(formula[1:], rows, columns) == Translator(formula, "A1").translate_formula(there)


def test_shifting_off_the_sheet_and_inside_brackets() -> None:
    assert shift_formula("A1+B5", -2, 0) == "#REF!+B3"
    assert shift_formula("汇总[[#This Row],[A1]]*A1", 1, 0) == "汇总[[#This Row],[A1]]*A2"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**10), max_value=10**10))
def test_the_typed_decimal_comes_back(number: Decimal) -> None:
    assert number_from_text(format(float(number), ".17g")) == number


@pytest.mark.parametrize("text", ["", "nan", "inf", "1_000", "１２", "12a", "0x10", "--1"])
def test_what_is_no_number(text: str) -> None:
    assert number_from_text(text) is None


def test_date_formats() -> None:
    for code in ("yyyy-mm-dd", '[$-804]yyyy"年"m"月"d"日"', "h:mm AM/PM", "[h]:mm", "m/d/yy;@"):
        assert is_date_format(code)
    for code in (
        "General",
        "0.00",
        '0.00"days"',
        "G/通用格式",
        "0.00E+00",
        "[Red]0.00",
        "@",
        r"0\d",
        "0.00_d",
        '0"元/m²"',
    ):
        assert not is_date_format(code)


def test_rules_that_excel_keeps_in_an_extension() -> None:
    after = (
        "<extLst><ext><x14:dataValidations xmlns:x14='urn:x14' xmlns:xm='urn:xm'><x14:dataValidation type='list'>"
        "<x14:formula1><xm:f>选项!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>B2 B4</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    rule = read_workbook(raw_xlsx(after=after)).sheets[0].validations[0]
    assert (rule.areas, rule.type, rule.formula1) == (("B2", "B4"), "list", "选项!$A$1:$A$3")


@pytest.mark.parametrize(
    ("part", "content", "flag"),
    [
        ("xl/vbaProject.bin", "x", BookFlag.MACROS),
        ("xl/macrosheets/sheet1.xml", "<a/>", BookFlag.MACROS),
        ("xl/dialogsheets/sheet1.xml", "<a/>", BookFlag.MACROS),
        ("xl/externalLinks/externalLink1.xml", "<a/>", BookFlag.EXTERNAL_LINKS),
        ("xl/embeddings/oleObject1.bin", "x", BookFlag.EMBEDDED_OBJECTS),
        ("xl/activeX/activeX1.xml", "<a/>", BookFlag.EMBEDDED_OBJECTS),
        ("xl/connections.xml", "<a/>", BookFlag.CONNECTIONS),
        ("xl/queryTables/queryTable1.xml", "<a/>", BookFlag.CONNECTIONS),
        ("xl/links.xml", "<a><ddeLink ddeService='x'/></a>", BookFlag.DDE),
        ("xl/media/image1.png", "x", None),
    ],
)
def test_what_a_collection_workbook_never_has_is_flagged(part: str, content: str, flag: BookFlag | None) -> None:
    assert read_workbook(zipped(raw_parts("<row r='1'/>") | {part: content})).flags == ((flag,) if flag else ())


def test_a_formula_that_calls_a_program_is_flagged() -> None:
    data = raw_xlsx("<row r='1'><c r='A1'><f>cmd|'/c calc'!A1</f></c><c r='B1'><f>A2&amp;\"|\"</f></c></row>")
    assert read_workbook(data).flags == (BookFlag.DDE,)
    assert not read_workbook(raw_xlsx("<row r='1'><c r='B1'><f>A2&amp;\"|\"</f></c></row>")).flags


def test_utf16_parts_and_odd_member_names_are_read() -> None:
    parts = raw_parts("<row r='1'><c r='A1'><v>7</v></c></row>")
    sheet = '<?xml version="1.0" encoding="UTF-16"?>' + parts.pop("xl/worksheets/sheet1.xml")
    changed = {**parts, "XL\\Worksheets\\Sheet1.xml": sheet.encode("utf-16")}
    assert read_workbook(zipped(changed)).sheets[0].value("A1") == 7


DOCTYPE = '<!DOCTYPE a [<!ENTITY b "b">]>'


def with_part(name: str, content: str | bytes) -> bytes:
    return zipped({**raw_parts(), name: content})


def encrypted_member() -> bytes:
    data = bytearray(raw_xlsx())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def overlapping() -> bytes:
    """Two directory entries on the same bytes."""
    data = raw_xlsx()
    first, second = zipfile.ZipFile(BytesIO(data)).infolist()[:2]
    changed = bytearray(data)
    place = data.index(second.filename.encode(), data.index(b"PK\x01\x02")) - 4
    changed[place : place + 4] = first.header_offset.to_bytes(4, "little")
    return bytes(changed)


def damaged() -> bytes:
    data = bytearray(raw_xlsx("<row r='1'/>" * 500))
    data[data.index(b"sheet1.xml") + 30] ^= 0xFF
    return bytes(data)


HOSTILE = {
    "doctype": with_part("xl/styles.xml", DOCTYPE + "<a/>"),
    "doctype in content types": with_part("[Content_Types].xml", DOCTYPE + "<a/>"),
    "doctype in utf-16": with_part("x.xml", (DOCTYPE + "<a/>").encode("utf-16")),
    "doctype in utf-16 without mark": with_part("x.xml", (DOCTYPE + "<a/>").encode("utf-16-le")),
    "doctype in utf-7": with_part("x.xml", "<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE a+AD4-<a/>"),
    "bomb": with_part("xl/media.xml", b" " * 200_000_000),
    "row off the sheet": raw_xlsx("<row r='123456789012'/>"),
    "row off the sheet in a cell": raw_xlsx("<row r='1'><c r='A999999999999'/></row>"),
    "column off the sheet": raw_xlsx("<row r='1'><c r='XFE1'/></row>"),
    "string that is not there": raw_xlsx("<row r='1'><c r='A1' t='s'><v>-1</v></c></row>"),
    "no sheets": zipped({**raw_parts(), "xl/workbook.xml": "<workbook/>"}),
    "not a workbook": zipped({"a.txt": "x"}),
    "broken xml": with_part("xl/worksheets/sheet1.xml", "<worksheet><sheetData>"),
    "encrypted member": encrypted_member(),
    "overlapping members": overlapping(),
    "damaged member": damaged(),
    "truncated": raw_xlsx()[:-40],
    "archive cut off behind a workbook in it": zipped({"1号.xlsx": raw_xlsx()}, zipfile.ZIP_STORED)[:-60],
    "same name twice": with_part("XL/STYLES.xml", "<a/>"),
    "empty": b"",
    "csv": "项目,金额\n".encode("gbk"),
}  # fmt: skip


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_workbook(data)
    assert caught.value.what_to_do
    assert any("\u4e00" <= letter <= "\u9fff" for letter in caught.value.message)


def test_limits_hold() -> None:
    rows = "<row r='1'>" + "<c><v>1</v></c>" * 100 + "</row>"
    for limits in (Limits(cells=99), Limits(members=3), Limits(total_bytes=500), Limits(file_bytes=100)):
        with pytest.raises(UnreadableFileError):
            read_workbook(raw_xlsx(rows), limits=limits)


@pytest.mark.parametrize(
    ("limits", "word"),
    [
        (Limits(strings=1), "文字过多（2 个）"),
        (Limits(styles=3), "样式过多（4 个）"),
        (Limits(names=1), "名称过多（2 个）"),
        (Limits(sheets=0), "工作表过多（1 个）"),
    ],
)
def test_what_is_beyond_a_limit_is_said(limits: Limits, word: str) -> None:
    names = "".join(f'<definedName name="n{number}">表!$A$1</definedName>' for number in range(2))
    named = f"<definedNames>{names}</definedNames>"
    data = raw_xlsx("<row r='1'/>", workbook=named, strings="<si><t>一</t></si><si><t>二</t></si>")
    assert len(read_workbook(data).names) == 2
    with pytest.raises(UnreadableFileError, match=word):
        read_workbook(data, limits=limits)


def test_a_full_grid_is_no_work() -> None:
    rows = "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    after = "<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>"
    sheet = read_workbook(raw_xlsx(rows, after=after)).sheets[0]
    assert list(sheet.cells) == [(1048576, 16384)]
    assert sheet.merges == ((1, 1, 1048576, 16384),)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_file_with_flipped_bytes_is_refused_or_holds_no_other_number(data: st.DataObject) -> None:
    content = bytearray(raw_xlsx("<row r='1'><c r='A1'><v>1</v></c></row>"))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        book = read_workbook(bytes(content))
    except UnreadableFileError:
        return
    assert [cell.value for sheet in book.sheets for cell in sheet.cells.values()] in ([], [Decimal(1)])


def test_the_checksum_is_checked_on_stored_members_too() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in raw_parts("<row r='1'><c r='A1'><v>41</v></c></row>").items():
            archive.writestr(name, content)
    changed = stream.getvalue().replace(b"<v>41</v>", b"<v>99</v>")
    assert zlib.crc32(changed) != zlib.crc32(stream.getvalue())
    with pytest.raises(UnreadableFileError, match="校验不符"):
        read_workbook(changed)


def test_one_sheet_of_a_workbook_is_read_as_among_all():
    book = openpyxl.Workbook()
    for name in ("多", "少"):
        book.create_sheet(name).append([name, 1])
    held = BytesIO()
    book.save(held)
    whole, part = read_workbook(held.getvalue()), read_workbook(held.getvalue(), wanted=lambda name: name == "少")
    assert part.sheets == tuple(sheet for sheet in whole.sheets if sheet.name == "少")
    assert (part.names, part.properties, part.flags) == (whole.names, whole.properties, whole.flags)
