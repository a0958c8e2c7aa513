"""The workbook embedded behind a chart, which Word opens for「编辑数据」."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache, lru_cache
from io import BytesIO
from typing import Any, NamedTuple

from toolkit.formula.references import column_letters
from toolkit.ooxml.fixed_day import FIXED_DAY
from toolkit.ooxml.package import Packed, deflate, inflate, pack, read_members, write_packed
from toolkit.ooxml.printable import escaped, kept_as_it_is
from toolkit.word.chart_data import chart_data
from toolkit.word.chart_dress import one_line
from toolkit.word.chart_spec import ChartKind, ChartSpec

_CELLS, _TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_ROWS = re.compile(r"(?<=<sheetData>).*(?=</sheetData>)")
_SIZE = re.compile(r'(?<=<dimension ref=")[^"]*')
_STRINGS = re.compile(r"count=.*(?=</sst>)")
_STYLE = re.compile(r'(?<= s=")[0-9]+')


class _Frame(NamedTuple):
    """A workbook of one category and one series, whose cells are to be replaced.

    Attributes:
        members: all of it, ready to be written. cells, texts: its sheet, its shared strings.
        label, number: styles of two cells.
    """

    members: dict[str, Packed]
    cells: str
    texts: str
    label: str
    number: str


def chart_workbook(spec: ChartSpec) -> bytes:
    """The workbook of a chart: of bars the categories in the first column, a series in each further one."""
    if spec.kind is ChartKind.SCATTER:
        return _written(spec)
    frame, texts = _frame(spec.number_format), _Texts()
    size = f"A1:{column_letters(len(spec.series) + 1)}{len(spec.categories) + 1}"
    rows = "".join(_rows(spec, frame, texts))
    cells = _ROWS.sub(lambda _: rows, _SIZE.sub(size, frame.cells))
    strings = _STRINGS.sub(lambda _: texts.xml, frame.texts)
    own = {name: pack(deflate(name, text.encode())) for name, text in ((_CELLS, cells), (_TEXTS, strings))}
    return write_packed((frame.members | own).values())


@lru_cache(maxsize=50)
def _frame(number_format: str) -> _Frame:
    """What the workbooks of all charts with a number format have in common."""
    data = _written(ChartSpec(ChartKind.BAR, ["类"], {"值": [Decimal()]}, number_format=number_format))
    contents = {name: inflate(member) for name, member in read_members(data).items()}
    cells = contents[_CELLS].decode()
    label, number = _STYLE.findall(cells)
    members = {name: pack(deflate(name, content)) for name, content in contents.items()}
    return _Frame(members, cells, contents[_TEXTS].decode(), label, number)


def _rows(spec: ChartSpec, frame: _Frame, texts: "_Texts") -> Iterator[str]:
    letters = [column_letters(number) for number in range(1, len(spec.series) + 2)]
    spans = f'spans="1:{len(letters)}"'
    labels = [
        texts.cell(f'r="A{row}" s="{frame.label}"', one_line(label)) for row, label in enumerate(spec.categories, 2)
    ]
    names = [
        texts.cell(f'r="{letter}1"', one_line(name)) for letter, name in zip(letters[1:], spec.series, strict=True)
    ]
    yield f'<row r="1" {spans}>{"".join(names)}</row>'
    for row, (label, *values) in enumerate(zip(labels, *spec.series.values(), strict=True), 2):
        numbers = (
            _number(f'r="{letter}{row}" s="{frame.number}"', value)
            for letter, value in zip(letters[1:], values, strict=True)
        )
        yield f'<row r="{row}" {spans}>{label}{"".join(numbers)}</row>'


def _number(cell: str, value: Decimal | None) -> str:
    return f"<c {cell}/>" if value is None else f"<c {cell}><v>{float(value):.16G}</v></c>"


class _Texts:
    """The texts of a workbook, which its cells refer to by number."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._count = 0

    def cell(self, cell: str, text: str) -> str:
        """A cell that shows a text."""
        if not text:
            return f"<c {cell}/>"
        self._count += 1
        return f'<c {cell} t="s"><v>{self._known.setdefault(text, len(self._known))}</v></c>'

    @property
    def xml(self) -> str:
        """All of them, with how many there are."""
        listed = "".join(f"<si><t>{kept_as_it_is(escaped(text))}</t></si>" for text in self._known)
        return f'count="{self._count}" uniqueCount="{len(self._known)}">{listed}'


def _written(spec: ChartSpec) -> bytes:
    """As python-pptx has XlsxWriter write it."""
    blob: bytes = _writer_class(spec.kind is ChartKind.SCATTER)(chart_data(spec)).xlsx_blob
    return blob


@cache
def _writer_class(is_scatter: bool) -> Any:  # noqa: ANN401
    from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter

    writer: Any = XyWorkbookWriter if is_scatter else CategoryWorkbookWriter

    class PlainWorkbookWriter(writer):  # type: ignore[misc]
        """Writes a unit's ``=cmd|…`` as text, and no time of day."""

        @contextmanager
        def _open_worksheet(self, xlsx_file: BytesIO) -> Iterator[tuple[Any, Any]]:
            with super()._open_worksheet(xlsx_file) as (workbook, worksheet):
                worksheet.strings_to_formulas = worksheet.strings_to_urls = False
                workbook.set_properties({"created": FIXED_DAY})
                yield workbook, worksheet

    return PlainWorkbookWriter
