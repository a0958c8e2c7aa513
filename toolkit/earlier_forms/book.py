"""预填.xlsx: values proposed for the collection workbook with where they come from, and the mapping of labels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from toolkit.excel.addresses import parse_cell
from toolkit.excel.book import Book
from toolkit.excel.table import TableRow, read_table
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.model import CellRef, Finding, Roster, Scheme, Sentence, Severity
from toolkit.text.folding import compared

FILE = "预填.xlsx"
ROWS, MAPPING = "预填", "对照"
ROW_HEADINGS = ("项目序号", "字段", "内容", "来源文件", "来源位置", "状态", "核实人")
MAPPING_HEADINGS = ("表中的标签", "取值", "字段", "出现在")
NOT_USED = "不用"
_WAYS = "内容在标签的右边还是下边；同一标签有几处的，写内容所在的单元格，如 G7；不写为自动"
RIGHT, BELOW = "右", "下"
HINT = "核对后把“状态”改为采用或不用并写核实人；仍是待核实的照样预填，单位没有改动时核查会提示。"


class State(StrEnum):
    """What is to become of a proposed value."""

    OPEN = "待核实"
    TAKEN = "采用"
    REFUSED = "不用"


@dataclass(frozen=True, slots=True)
class PrefillRow:
    """One value for one field of one project, as text, and where it comes from."""

    project: str
    key: str
    text: str
    file: str
    place: str
    state: State = State.OPEN
    by: str = ""
    at: CellRef = field(default_factory=CellRef)


@dataclass(frozen=True, slots=True)
class PrefillBook:
    """The workbook as read.

    Attributes:
        mapping: folded label → field key, 不用, or "" for a label nobody has mapped.
        ways: folded label → 右, 下, the address of a cell (``G7``), or "".
        labels: folded label → as it is written, and where it was seen.
    """

    rows: tuple[PrefillRow, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    ways: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def read_prefill(book: Book, workbook: str, scheme: Scheme, roster: Roster) -> PrefillBook:
    """Read the workbook; a row with a mistake is a finding and counts for nothing."""
    rows = read_table(book, workbook, ROWS, ROW_HEADINGS)
    labels = read_table(book, workbook, MAPPING, MAPPING_HEADINGS)
    findings = [*rows.findings, *labels.findings]
    projects = {project.id for project in roster.projects}
    taken = []
    for row in rows.rows:
        wrong = list(_wrong(row, scheme, projects))
        findings += wrong
        if not wrong:
            taken.append(_row(row))
    for row in labels.rows:
        findings += _wrong_label(row, scheme)
    named = {compared(row.text(MAPPING_HEADINGS[0])): row for row in labels.rows}
    return PrefillBook(
        tuple(taken),
        {label: row.text("字段") for label, row in named.items()},
        {label: row.text("取值") for label, row in named.items()},
        {label: (row.text(MAPPING_HEADINGS[0]), row.text("出现在")) for label, row in named.items()},
        tuple(findings),
    )


def _row(row: TableRow) -> PrefillRow:
    text = row.text
    state = State(text("状态") or State.OPEN)
    project, key, words, file, place = (text(heading) for heading in ROW_HEADINGS[:5])
    return PrefillRow(project, key, words, file, place, state, text("核实人"), row.at("内容"))


def _wrong(row: TableRow, scheme: Scheme, projects: set[str]) -> Iterator[Finding]:
    if row.text("项目序号") not in projects:
        yield _say(
            row,
            "项目序号",
            Sentence.saying("项目清单中没有序号“{written}”", written=row.text("项目序号")[:20]),
            "写项目清单中的序号",
        )
    known = scheme.field(row.text("字段"))
    if known is None or known.table or known.formula:
        words = Sentence.saying("“{written}”不是可以预填的字段", written=row.text("字段")[:40])
        yield _say(row, "字段", words, "写《字段》表中单位填报的、不在明细表里的字段名")
    if (state := row.text("状态")) and state not in set(State):
        yield _say(
            row,
            "状态",
            Sentence.saying("“{state}”不认识", state=state[:20]),
            f"写：{'、'.join(State)}",
        )
    elif state == State.TAKEN and not row.text("核实人"):
        yield _say(row, "核实人", "采用的内容没有写核实人", "写核对这项内容的人")


def _wrong_label(row: TableRow, scheme: Scheme) -> Iterator[Finding]:
    key = row.text("字段")
    if key and key != NOT_USED and scheme.field(key) is None:
        yield _say(
            row,
            "字段",
            Sentence.saying("方案没有字段“{key}”", key=key[:40]),
            f"从列表中选择；这个标签不需要的写“{NOT_USED}”",
        )
    if not _is_way(row.text("取值")):
        advice = f"写“{RIGHT}”“{BELOW}”或一个单元格（如 G7），不写为自动"
        yield _say(row, "取值", Sentence.saying("“{written}”不认识", written=row.text("取值")[:20]), advice)


def _is_way(text: str) -> bool:
    try:
        return text in ("", RIGHT, BELOW) or bool(parse_cell(text))
    except ValueError:
        return False


def _say(row: TableRow, heading: str, words: str | Sentence, hint: str) -> Finding:
    return Finding("PREFILL-02", Severity.ERROR, row.at(heading), words, hint, found=row.text(heading)[:200])


def prefill_workbook(
    title: str, scheme: Scheme, rows: Sequence[PrefillRow], labels: Mapping[str, tuple[str, str, str, str]]
) -> bytes:
    """The workbook; ``labels``: folded label → label, way, field, where seen."""
    fields = tuple(known.key for known in scheme.fields if not known.table and not known.formula)
    texts = [(row.project, row.key, row.text, row.file, row.place, row.state.value, row.by) for row in rows]
    return table_workbook(
        [
            TableSheet(
                ROWS,
                f"{title}预填内容",
                (
                    Column("项目序号", 9, numeric=True),
                    Column("字段", 22, fields),
                    Column("内容", 56, note="可以改；数字只写数"),
                    Column("来源文件", 34),
                    Column("来源位置", 20),
                    Column("状态", 10, tuple(State), required=True),
                    Column("核实人", 11),
                ),
                texts,
                HINT,
            ),
            TableSheet(
                MAPPING,
                f"{title}标签对照",
                (
                    Column(MAPPING_HEADINGS[0], 34),
                    Column("取值", 8, (RIGHT, BELOW), note=_WAYS, strict=False),
                    Column("字段", 24, (*fields, NOT_USED), required=True),
                    Column("出现在", 46),
                ),
                list(labels.values()),
                f"空着的请选择对应的字段，不需要的选“{NOT_USED}”，再运行一次 jixiao prefill；以后导入的表照此办理。",
            ),
        ]
    )
