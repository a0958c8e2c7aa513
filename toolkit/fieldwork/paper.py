"""现场核查底稿: one printable workbook a project, with what was returned, what was found, what came as evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.excel.book import Book
from toolkit.excel.table_sheet import CellRule, Column, TableSheet, table_workbook
from toolkit.fieldwork.sampling import Sample

PAPER, FOUND, EVIDENCE, DRAWN, SIGNED = "现场核查底稿", "核查发现", "佐证清单", "抽样清单", "签字"
HEADINGS = (
    "序号", "内容", "位置", "填报值", "核查值", "差异", "依据", "证据编号", "抽样", "核查人", "复核人", "填报项",
)  # fmt: skip
_WIDTHS = (6, 30, 18, 16, 16, 12, 34, 12, 7, 11, 11, 22)
PROJECT, RETURN = "项目序号", "报送件校验值"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One value to look at: its slot key, what it is, where it stands, as reported; ``choices`` it may take.

    ``unit`` is that of the number: 万元; "" for rates, days and words.
    """

    key: str
    label: str
    place: str
    reported: str
    choices: tuple[str, ...] = ()
    unit: str = ""

    @property
    def told(self) -> str:
        """What it is and in which unit, as it is printed: 批复投资（万元）."""
        return f"{self.label}（{self.unit}）" if self.unit and self.unit not in self.label else self.label


@dataclass(frozen=True, slots=True)
class FieldPaper:
    """All that one project's workbook is made of."""

    title: str
    project: str
    name: str
    unit: str
    sha256: str
    rows: Sequence[PaperRow]
    findings: Sequence[tuple[str, str, str, str]]
    evidence: Sequence[tuple[str, str, str, str]]
    codes: tuple[str, ...]
    sample: Sample


def field_workbook(paper: FieldPaper) -> bytes:
    """The workbook; the same input gives the same bytes."""
    about = f"{paper.title}　项目{paper.project} {paper.name}（{paper.unit}）"
    drawn = set(paper.sample.keys)
    rows = [
        (
            str(number), row.told, row.place, row.reported, "", "", "", "", "√" if row.key in drawn else "", "", "",
            row.key,
        )
        for number, row in enumerate(paper.rows, 1)
    ]  # fmt: skip
    rules = {
        (number, HEADINGS.index("核查值")): CellRule(row.choices)
        for number, row in enumerate(paper.rows)
        if row.choices
    }
    columns = tuple(
        Column(
            heading, width, choices=paper.codes if heading == "证据编号" else (), strict=False,
            numeric=heading in ("序号", "填报值"), required=heading in ("核查值", "依据", "核查人", "复核人"),
        )
        for heading, width in zip(HEADINGS, _WIDTHS, strict=True)
    )  # fmt: skip
    hint = (
        "抽中（√）的逐项核查：与填报一致的核查值照抄；写明依据、证据编号，核查人和复核人分别签名。"
        "差异由程序计算；比率带百分号。"
    )
    return table_workbook(
        [
            TableSheet(PAPER, about, columns, rows, hint, rules=rules),
            TableSheet(FOUND, f"{about}　核查发现", _FOUND, [(*row, "") for row in paper.findings], "现场逐条核实。"),
            TableSheet(
                EVIDENCE, f"{about}　佐证清单", _EVIDENCE, [(*row, "") for row in paper.evidence], "现场查看原件。"
            ),
            TableSheet(DRAWN, f"{about}　抽样清单", _DRAWN, _sample_rows(paper), _how(paper.sample)),
            TableSheet(SIGNED, f"{about}　签字", _SIGNED, _signature_rows(paper), "标识两行由程序填写，不要改动。"),
        ]
    )


def hint_of(book: Book, name: str) -> str:
    """What the second row of one of its sheets says of how it was made; "" where there is none."""
    sheet = book.sheet(name)
    cell = sheet.cells.get((2, 1)) if sheet else None
    return str(cell.value or "") if cell else ""


_FOUND = (
    Column("程度", 9),
    Column("位置", 26),
    Column("问题", 60),
    Column("应为或要求", 26),
    Column("现场核实结果", 40),
)
_EVIDENCE = (
    Column("编号", 9),
    Column("材料", 34),
    Column("必须", 8),
    Column("收到的文件", 50),
    Column("是否看到原件", 16),
)
_DRAWN = (
    Column("序号", 7, numeric=True),
    Column("内容", 40),
    Column("位置", 24),
    Column("填报值", 20),
    Column("填报项", 28),
)
_SIGNED = (Column("事项", 24), Column("内容", 70))


def _sample_rows(paper: FieldPaper) -> list[tuple[str, ...]]:
    drawn = set(paper.sample.keys)
    chosen = [row for row in paper.rows if row.key in drawn]
    return [(str(number), row.told, row.place, row.reported, row.key) for number, row in enumerate(chosen, 1)]


def _how(sample: Sample) -> str:
    return (
        f"{sample.method}抽样：总体{sample.population}项，应抽{sample.size}项，抽中{len(sample.keys)}项；"
        f"种子 {sample.seed}；总体校验值 {sample.population_hash}。同一总体、方法、数量、种子抽得同一结果。"
    )


def _signature_rows(paper: FieldPaper) -> list[tuple[str, str]]:
    blanks = (
        "核查地点",
        "核查日期",
        "核查人（签字）",
        "复核人（签字）",
        "被核查单位确认（签字、盖章）",
        "被核查单位意见",
    )
    return [(PROJECT, paper.project), (RETURN, paper.sha256), *((name, "") for name in blanks)]
