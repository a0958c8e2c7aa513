"""A return saved again by another program, also in another format: every value stays, and every finding.

Two returns: one filled in properly, one with the mistakes units make (formulas typed over and rewritten, amounts that
do not add up, a prefilled amount changed). What the checks find in the second is found in every copy of it.
"""

import subprocess
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.collect.damage import packed
from tests.collect.damage_matrix import MATRIX, Expected
from tests.collect.function_cells import FORMULAS, functions
from tests.collect.returned import clean, context, place, read
from tests.collect.test_collect_damage import CLEAN, codes, values
from tests.conftest import RESAVERS
from tests.small_scheme import PROJECTS, SMALL_SCHEME
from toolkit.checks import Case, check_submission
from toolkit.collect import Outcome
from toolkit.excel.binary_cells import with_columns
from toolkit.excel.calculation import Calculation
from toolkit.excel.cell_xml import Cached, CellChange, FormulaChange
from toolkit.excel.legacy import read_legacy
from toolkit.excel.open_document import excel_formula, read_open_document
from toolkit.excel.read import read_workbook
from toolkit.excel.sheet_patch import patch_cells
from toolkit.excel.sniff import FileKind
from toolkit.formula import SUPPORTED, Verdict, compare, parse
from toolkit.model import ErrorValue

Findings = set[tuple[str, str, str]]
OF_FORMULAS = {"RATE-02", "RATE-03", "RATE-04", "FORM-01", "FORM-02"}
"""Checks that look at formulas: silent where the format does not give them."""
ABOUT_FILES = {"READ-51", "RATE-05"}
MISTAKES: dict[str, CellChange] = {
    "资金到位率": Decimal("0.95"),
    "预算执行率": FormulaChange("=ROUND(实际支出资金/预算资金,4)", Decimal("0.9183")),
    "实际支出资金": FormulaChange("=100+175.5+20", Decimal("295.5")),
    "支付明细_支付金额_2": Decimal(100),
    "合同金额": Decimal(300),
    "完成值_D101": "约99%",
    "完成值_D201": Decimal("1.8"),
    "项目负责人": None,
}


def calculated(data: bytes) -> bytes:
    """The workbook with every formula's result in it, as Excel leaves it."""
    results = Calculation(read_workbook(data)).results()
    return patch_cells(data, {at: Cached(value) for at, value in results})


def mistaken() -> bytes:
    data = patch_cells(calculated(clean()), {place(key): content for key, content in MISTAKES.items()})
    own = {place(key) for key in MISTAKES}
    results = Calculation(read_workbook(data), trust_results=False).results()
    return patch_cells(data, {at: Cached(value) for at, value in results if at not in own})


def findings(outcome: Outcome) -> Findings:
    """Code, sheet and cell of everything found, but for notes that the file has another format or no results."""
    assert outcome.submission is not None
    case = Case(SMALL_SCHEME, PROJECTS[0], outcome.submission, context().layout)
    return {
        (one.code, one.at.sheet, one.at.cell) for one in check_submission(case).findings if one.code not in ABOUT_FILES
    }


Save = Callable[[list[Path], str], Iterator[bytes]]


def by_libreoffice(files: list[Path], extension: str) -> Iterator[bytes]:
    folder = files[0].parent / f"lo-{extension}"
    profile = f"-env:UserInstallation={(files[0].parent / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", extension, "--outdir", folder, *files]
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=120)
    return ((folder / file.with_suffix(f".{extension}").name).read_bytes() for file in files)


def by_command(*words: object) -> Save:
    def save(files: list[Path], extension: str) -> Iterator[bytes]:
        for file in files:
            target = file.with_suffix(f".{words[-1]}.{extension}")
            subprocess.run([*map(str, words), str(file), str(target)], check=True, capture_output=True, timeout=120)
            yield target.read_bytes()

    return save


def by_openpyxl(files: list[Path], _: str) -> Iterator[bytes]:
    for file in files:
        target = file.with_suffix(".openpyxl.xlsx")
        openpyxl.load_workbook(file).save(target)
        yield target.read_bytes()


def node(library: str) -> Save:
    return by_command("node", RESAVERS / "resave.js", library)


def binary_in_full(files: list[Path], extension: str) -> Iterator[bytes]:
    yield from map(with_columns, node("sheetjs")(files, extension))


LIBREOFFICE, GNUMERIC, NODE = pytest.mark.libreoffice, pytest.mark.gnumeric, pytest.mark.resavers
PROGRAMS = [
    pytest.param(by_libreoffice, "xlsx", marks=LIBREOFFICE, id="LibreOffice"),
    pytest.param(by_libreoffice, "ods", marks=LIBREOFFICE, id="LibreOffice ods"),
    pytest.param(by_libreoffice, "xls", marks=LIBREOFFICE, id="LibreOffice xls"),
    pytest.param(by_command("ssconvert"), "xlsx", marks=GNUMERIC, id="Gnumeric"),
    pytest.param(by_command("ssconvert"), "ods", marks=GNUMERIC, id="Gnumeric ods"),
    pytest.param(by_command("ssconvert"), "xls", marks=GNUMERIC, id="Gnumeric xls"),
    pytest.param(node("exceljs"), "xlsx", marks=NODE, id="exceljs"),
    pytest.param(node("sheetjs"), "xlsx", marks=NODE, id="SheetJS"),
    pytest.param(node("sheetjs"), "xls", marks=NODE, id="SheetJS xls"),
    pytest.param(node("sheetjs"), "xlsb", marks=NODE, id="SheetJS xlsb"),
    pytest.param(binary_in_full, "xlsb", marks=NODE, id="xlsb with every column named, as Excel writes it"),
    pytest.param(node("excelize"), "xlsx", marks=NODE, id="excelize"),
    pytest.param(by_openpyxl, "xlsx", id="openpyxl"),
]


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("resaved")
    for name, data in (("clean", calculated(clean())), ("mistaken", mistaken()), ("functions", functions())):
        (folder / f"{name}.xlsx").write_bytes(data)
    return [folder / "clean.xlsx", folder / "mistaken.xlsx", folder / "functions.xlsx"]


def formulas(data: bytes, extension: str) -> dict[int, str]:
    """The formulas of column E, by row."""
    kind = FileKind.ODS
    book = read_legacy(data, kind).book if extension == "ods" else read_workbook(data)
    return {row: cell.formula or "" for (row, column), cell in book.sheets[0].cells.items() if column == 5}


def test_every_function_that_schemes_may_use_is_among_the_formulas() -> None:
    called = {name for formula in FORMULAS for name in parse(f"={formula}").functions}
    assert called >= set(SUPPORTED)


def test_the_mistakes_are_found(originals: list[Path]) -> None:
    proper, wrong = (read(file.read_bytes()) for file in originals[:2])
    assert not codes(proper)
    assert {code for code, _, _ in findings(wrong)} >= {
        "RATE-02",
        "RATE-04",
        "READ-14",
        "READ-16",
        "READ-21",
        "MISS-01",
    }


@pytest.mark.parametrize(("save", "extension"), PROGRAMS)
def test_saved_again_every_value_and_every_finding_stays(originals: list[Path], save: Save, extension: str) -> None:
    before = [read(file.read_bytes()) for file in originals[:2]]
    *returns, again = save(originals, extension)
    after = [read(data) for data in returns]
    seen = extension not in ("xls", "xlsb")
    for old, new in zip(before, after, strict=True):
        assert new.accepted, new.reason
        assert values(new) == values(old)
        # A sum in an input cell is read by its result everywhere; SheetJS writes .xls and .xlsb without any formula.
        unseen = set() if seen else OF_FORMULAS | {"READ-14"}
        # openpyxl keeps no results: what a rewritten formula showed is gone, that it was rewritten is found.
        unseen |= {"RATE-01"} if save is by_openpyxl else set()
        kept, expected = ({one for one in findings(of) if one[0] not in unseen} for of in (new, old))
        assert kept == expected
        assert seen or not {code for code, _, _ in findings(new)} & OF_FORMULAS
        assert codes(new) - codes(old) == ({"READ-51"} if extension != "xlsx" else set())
        assert new.submission is not None
        assert new.submission.formulas_seen is seen
    assert values(after[0]) == CLEAN
    written = formulas(again, extension) if seen else {}
    compared = {formula: compare(formula, written[row]) for row, formula in enumerate(FORMULAS, start=1) if seen}
    assert {formula: each.words for formula, each in compared.items() if each.verdict is Verdict.DIFFERENT} == {}


@pytest.mark.libreoffice
def test_damaged_and_saved_again_no_number_is_wrong(tmp_path: Path) -> None:
    """Every damage to the structure, saved again by LibreOffice in one go: the same values, whatever the notes."""
    damages = [one for one in MATRIX if one.outcome is Expected.READ and not one.key]
    files = [tmp_path / f"{number}.xlsx" for number in range(len(damages))]
    for file, damage in zip(files, damages, strict=True):
        file.write_bytes(damage.apply(clean()))
    for damage, data in zip(damages, by_libreoffice(files, "xlsx"), strict=True):
        outcome = read(data)
        assert outcome.accepted, (damage.name, outcome.reason)
        assert outcome.balance.holds
        wrong = {key: value for key, value in values(outcome).items() if CLEAN.get(key) != value}
        assert not wrong, damage.name


@pytest.mark.parametrize(
    ("written", "formula"),
    [
        ("of:=ROUND([.B2]/[.$C$2];4)", "=ROUND(B2/$C$2,4)"),
        ("of:=SUM([$资金情况.B2:.B9])", "=SUM(资金情况!B2:B9)"),
        ("of:=[$'一 月:上'.A1]+1", "='一 月:上'!A1+1"),
        ("of:=['它''s'.A1]", "='它''s'!A1"),
        ('of:=IF(甲="a;[.B2]";1;"{|}")', '=IF(甲="a;[.B2]",1,"{|}")'),
        ("of:=SUM({1;2|3;4})", "=SUM({1,2;3,4})"),
        ("of:=['file:///C:/表.xlsx'#$一.A1]", "='[1]一'!A1"),
        ("of:=[.#REF!]+[#REF!.A1]", "=#REF!+#REF!"),
        ("msoxl:=SUM(A1;B2)", "=SUM(A1;B2)"),
        ("=1+1", "=1+1"),
        ('of:=ORG.GNUMERIC.SUMPRODUCT((甲="LEGACY.F(")*乙)', '=SUMPRODUCT((甲="LEGACY.F(")*乙)'),
        ("of:=1+COM.MICROSOFT.STDEV.S([.B2:.B9])", "=1+STDEV.S(B2:B9)"),
        ("of:=LEGACY.NORMSDIST(1)+本ORG.GNUMERIC.X(1)", "=NORMSDIST(1)+本ORG.GNUMERIC.X(1)"),
    ],
)
def test_a_formula_of_an_open_document_reads_as_excel_writes_it(written: str, formula: str) -> None:
    assert excel_formula(written) == formula


def test_an_error_of_an_open_document_is_an_error() -> None:
    """calamine reads it as an empty text."""
    office, calc = (
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    )
    table, text = "urn:oasis:names:tc:opendocument:xmlns:table:1.0", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    kind = 'office:value-type="string" office:string-value="" calcext:value-type="error"'
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:table="{table}" xmlns:text="{text}"'
        f' xmlns:calcext="{calc}" office:version="1.3"><office:body><office:spreadsheet><table:table table:name="表">'
        f'<table:table-row><table:table-cell table:number-columns-repeated="2" table:formula="of:=1/[.B9]" {kind}>'
        "<text:p>#DIV/0!</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind_of_file = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    others = {"mimetype": kind_of_file.encode(), "META-INF/manifest.xml": manifest.encode()}
    data = packed({**others, "content.xml": content.encode()})
    cells = read_legacy(data, FileKind.ODS).book.sheets[0].cells
    assert [(one.value, one.formula) for one in cells.values()] == [(ErrorValue.DIV0, "=1/B9")] * 2


@pytest.mark.libreoffice
def test_names_and_repeated_formulas_of_an_open_document(originals: list[Path]) -> None:
    (data,) = by_libreoffice(originals[:1], "ods")
    found = read_open_document(data)
    sheet, ref = place("预算资金")
    name = found.names["预算资金"]
    assert (name.sheet, name.ref, name.moving) == (sheet, ref, "")
    ours = read_workbook(originals[0].read_bytes())
    for one in ours.sheets:
        mine = {at: cell.formula for at, cell in one.cells.items() if cell.formula}
        assert {at for at, cell in found.cells[one.name].items() if cell.formula} == mine.keys()
