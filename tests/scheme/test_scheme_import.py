"""Indicator tables of documents understood as indicators: layouts of four published tables, and what is not certain."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from typer.testing import CliRunner

from toolkit import resources
from toolkit.cli.app import app
from toolkit.errors import UnreadableFileError, WorkspaceError
from toolkit.model import Indicator, Severity
from toolkit.pipeline.plan.importing import import_scheme
from toolkit.pipeline.plan.scheming import check_scheme
from toolkit.scheme import read_scheme
from toolkit.scheme.importing import ImportedTable, understand
from toolkit.text import plain

GENERAL = ["一级指标", "二级指标", "分值", "三级指标", "分值", "评分标准", "评价得分"]


def indicators(sample: str) -> tuple[Indicator, ...]:
    scheme = read_scheme((resources.sample_dir(sample) / "方案.xlsx").read_bytes(), "方案.xlsx").scheme
    assert scheme is not None
    return scheme.indicators


def told(table: ImportedTable | None) -> list[tuple[str, str, str, Decimal]]:
    assert table is not None
    return [(one.dimension, one.group, one.name, one.full_mark) for one in table.indicators]


def wanted(sample: str) -> list[tuple[str, str, str, Decimal]]:
    return [(one.dimension, one.group, one.name, one.full_mark) for one in indicators(sample)]


def with_group_marks(sample: str) -> list[list[str | None]]:
    """As in a report's annex: marks beside first levels, a column of marks behind second levels, each level once."""
    rows: list[list[str | None]] = [list(GENERAL)]
    before = ("", "")
    own = indicators(sample)
    for one in own:
        new = one.dimension != before[0], (one.dimension, one.group) != before
        whole = sum((other.full_mark for other in own if other.dimension == one.dimension), Decimal(0))
        part = [other for other in own if (other.dimension, other.group) == (one.dimension, one.group)]
        group = plain(sum((other.full_mark for other in part), Decimal(0)))
        first = f"{one.dimension}\n\n（{plain(whole)}分）" if new[0] else None
        rows.append(
            [first, one.group if new[1] else None, group if new[1] else None, one.name, plain(one.full_mark), "", ""]
        )
        before = (one.dimension, one.group)
    return rows


def under_two_heading_rows(sample: str) -> list[list[str | None]]:
    """As in a self-evaluation form: a heading over three levels, a project's name above, remarks below the total."""
    rows: list[list[str | None]] = [
        ["项目名称", None, "某项目", None, None, None],
        ["评价指标", None, None, "全年指标值", "分值", "得分"],
    ]
    rows.append(["一级指标", "二级指标", "三级指标", None, None, None])
    rows += [[one.dimension, one.group, one.name, "完成", plain(one.full_mark), "1"] for one in indicators(sample)]
    total = sum((one.full_mark for one in indicators(sample)), Decimal(0))
    return [*rows, ["总计", None, None, "", plain(total), ""], ["存在问题", "无", "无。", "", "", ""]]


def in_a_form(sample: str) -> list[list[str | None]]:
    rows: list[list[str | None]] = [
        ["合计", "", "1679.7", "", "", "", ""],
        ["项目", "类别", "指标名称", "目标值", "权重", "实际完成值", "自评分"],
    ]
    return rows + [
        ["绩效（80分）", one.dimension, one.name, ">=90%", plain(one.full_mark), "", ""] for one in indicators(sample)
    ]


@pytest.mark.parametrize(
    ("sample", "grid"),
    [
        ("nanchang-2022", with_group_marks),
        ("suzhou-anhui-2023", with_group_marks),
        ("jiangsu-2022", under_two_heading_rows),
        ("suzhou-jiangsu-2023", in_a_form),
        ("nantong-2024", under_two_heading_rows),
    ],
)
def test_published_layouts_need_no_correction(sample: str, grid) -> None:  # type: ignore[no-untyped-def]
    table = understand(grid(sample))
    assert told(table) == wanted(sample)
    assert table is not None
    assert table.doubts == ()
    assert [one.doubts for one in table.indicators if one.doubts] == []


def rule_of(standard: str, mark: str) -> tuple[str, list[str]]:
    table = understand([["指标名称", "分值", "评分标准"], ["甲", mark, standard]])
    assert table is not None
    (one,) = table.indicators
    return one.rule, one.points.split("\n") if one.points else []


@pytest.mark.parametrize(
    ("standard", "mark", "rule", "points"),
    [
        ("①有批复（1分）；\n②有论证；（2分）", "3", "要点计分", ["有批复（1分）", "有论证（2分）"]),
        ("①有批复（1分）；②有论证（1分）", "3", "酌情评分", []),
        (
            "评价要点：①甲事；②乙事。评分规则：以上评价要点各占50%权重，按执行情况给分",
            "2",
            "要点分档",
            ["甲事", "乙事"],
        ),
        ("得分=资金到位率×分值", "3", "酌情评分", []),
        ("", "3", "酌情评分", []),
    ],
)
def test_a_rule_is_taken_only_where_the_standard_says_it(
    standard: str, mark: str, rule: str, points: list[str]
) -> None:
    assert rule_of(standard, mark) == (rule, points)


def test_what_is_not_certain_is_said_at_its_row() -> None:
    table = understand(
        [
            ["一级指标", "二级指标", "三级指标", "分值"],
            ["产出（9分）", "数量", "甲", "3"],
            ["时效", "乙", "2"],
            [None, "", "丙", "若干"],
            ["合计", "", "", "6"],
        ]
    )
    assert table is not None
    assert [(one.name, one.full_mark, len(one.doubts)) for one in table.indicators] == [
        ("甲", 3, 0),
        ("乙", 2, 1),
        ("丙", 0, 1),
    ]
    assert table.doubts == ("合计行写6分，各指标相加为5分", "“产出”写9分，其下各指标相加为5分")


@pytest.mark.parametrize("grid", [[], [["姓名", "年龄"], ["甲", "3"]], [["三级指标", "分值"]]])
def test_another_table_is_none(grid: list[list[str | None]]) -> None:
    assert understand(grid) is None


def written(grid: list[list[str | None]], file: Path) -> Path:
    """A Word document with a table whose covered cells are merged into the one above."""
    document = Document()
    document.add_paragraph("附件：评分表")
    table = document.add_table(len(grid), len(grid[0]))
    for row, texts in enumerate(grid):
        for column, text in enumerate(texts):
            if text is None and row:
                table.cell(row - 1, column).merge(table.cell(row, column))
            else:
                table.cell(row, column).text = text or ""
    document.save(str(file))
    return file


def test_a_word_table_becomes_a_scheme_that_checks(tmp_path: Path) -> None:
    file = written(with_group_marks("suzhou-anhui-2023"), tmp_path / "指标体系.docx")
    preview = CliRunner().invoke(app, ["scheme", "import", str(file), "--json"])
    assert preview.exit_code == 0, preview.output
    assert json.loads(preview.stdout)["written"] == ""
    assert list(tmp_path.iterdir()) == [file]
    made = import_scheme(file, tmp_path / "方案.xlsx")
    assert told(made.table) == wanted("suzhou-anhui-2023")
    wrong = [one for one in check_scheme(tmp_path / "方案.xlsx").findings if one.severity is Severity.ERROR]
    assert {one.code for one in wrong} == {"SCHEME-34"}  # what only the consultant can fill in
    scheme = read_scheme((tmp_path / "方案.xlsx").read_bytes(), "方案.xlsx").scheme
    assert scheme is not None
    assert [one.name for one in scheme.indicators] == [one[2] for one in wanted("suzhou-anhui-2023")]
    with pytest.raises(WorkspaceError, match="没有覆盖"):
        import_scheme(file, tmp_path / "方案.xlsx")


def as_printed(grid: list[list[str | None]], file: Path, way: str) -> Path:
    """A Word table as reports print it over pages: levels merged downwards, texts in runs with page breaks in them.

    ``way``: the head repeated by Word, typed again every eight rows, or the table parted in two under 续表.
    """
    heads, body = grid[:1], grid[1:]
    pieces = {
        "repeated": [grid],
        "typed again": [
            heads + [row for at, line in enumerate(body) for row in (*(heads if at and at % 8 == 0 else []), line)]
        ],
        "parted": [heads + body[:10], [*heads, [f"{levels_above(body, 10)}（续）", *body[10][1:]], *body[11:]]],
    }[way]
    document = Document()
    for number, rows in enumerate(pieces):
        document.add_paragraph("（续表）" if number else "附件：评分表")
        table = document.add_table(len(rows), len(rows[0]))
        cells = [row.cells for row in table.rows]
        for at, texts in enumerate(rows):
            for column, text in enumerate(texts):
                if text is None:
                    cells[at][column]._tc.vMerge = "restart" if rows[at - 1] == heads[0] else "continue"
                elif text:
                    cells[at][column]._tc.vMerge = "restart"
                    put(cells[at][column].paragraphs[0], text, broken=at % 5 == 4)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.save(str(file))
    return file


def levels_above(body: list[list[str | None]], at: int) -> str:
    return next(str(row[0]) for row in reversed(body[: at + 1]) if row[0])


def put(paragraph, text: str, *, broken: bool) -> None:  # type: ignore[no-untyped-def]
    half = len(text) // 2
    paragraph.add_run(text[:half])
    run = paragraph.add_run()
    run._r.append(OxmlElement("w:lastRenderedPageBreak"))
    if broken and half:
        run.add_break(WD_BREAK.PAGE)
    paragraph.add_run(text[half:]).bold = True


@pytest.mark.parametrize(
    ("sample", "way"),
    [
        ("nanchang-2022", "parted"),
        ("nanchang-2022", "typed again"),
        ("suzhou-anhui-2023", "parted"),
        ("jiangsu-2022", "repeated"),
    ],
)
def test_a_word_table_over_pages_needs_no_correction(tmp_path: Path, sample: str, way: str) -> None:
    file = as_printed(with_group_marks(sample), tmp_path / "指标体系.docx", way)
    made = import_scheme(file)
    assert told(made.table) == wanted(sample)
    assert made.table.doubts == ()
    assert made.found == (1,)


def test_tables_that_only_look_alike_stay_apart(tmp_path: Path) -> None:
    """One per project, under a title of its own or after a total: nothing is added to the first."""
    document = Document()
    for title, total in (("甲项目", False), ("乙项目", True), ("", False)):
        if title:
            document.add_paragraph(title)
        rows = [["三级指标", "分值"], ["到位率", "3"], ["执行率", "2"], *([["合计", "5"]] if total else [])]
        table = document.add_table(len(rows), 2)
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(at, column).text = text
    document.save(str(tmp_path / "两个.docx"))
    made = import_scheme(tmp_path / "两个.docx")
    assert made.found == (1, 2, 3)
    assert len(made.table.indicators) == 2


def test_a_damaged_file_and_one_without_the_table_are_told(tmp_path: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 rubbish")
    with pytest.raises(UnreadableFileError):
        import_scheme(tmp_path / "坏.docx")
    (tmp_path / "无.txt").write_text("没有表", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="没有找到指标表"):
        import_scheme(tmp_path / "无.txt")
    with pytest.raises(WorkspaceError, match="找不到文件"):
        import_scheme(tmp_path / "没有.docx")


def test_marks_beside_every_level_are_each_level_s_own() -> None:
    """一级指标 | 权重 | 二级指标 | 权重 | 三级指标 | 权重, as most workbooks have it."""
    table = understand(
        [
            ["一级指标", "权重", "二级指标", "权重", "三级指标", "权重", "指标解释"],
            ["决策", "15%", "项目立项", "15%", "立项依据", "10%", "x"],
            [None, None, None, None, "立项程序", "5%", "y"],
            ["产出", "80%", "数量", "85%", "完成率", "85%", "z"],
        ]
    )
    assert told(table) == [
        ("决策", "项目立项", "立项依据", Decimal(10)),
        ("决策", "项目立项", "立项程序", Decimal(5)),
        ("产出", "数量", "完成率", Decimal(85)),
    ]
    assert table is not None
    assert table.doubts == ("“产出”写80分，其下各指标相加为85分",)


def test_marks_that_are_shares_of_one_become_points() -> None:
    rows = [["决策", "立项", "依据", "0.1"], [None, None, "程序", "0.05"], ["产出", "数量", "完成率", "0.85"]]
    table = understand([["一级指标", "二级指标", "三级指标", "权重"], *rows, ["合计", None, None, "1"]])
    assert [mark for *_, mark in told(table)] == [Decimal(10), Decimal(5), Decimal(85)]
    assert table is not None
    assert table.doubts == ("分值相加为1，是比例，已按总分100分折算",)


@pytest.mark.parametrize("marked", [False, True])
def test_four_levels_lose_no_name(marked: bool) -> None:
    """The third level stands with the second; its own marks are not the indicators'."""
    beside = (lambda mark: [mark]) if marked else (lambda _: [])
    table = understand(
        [
            ["一级指标", "二级指标", "三级指标", *beside("分值"), "四级指标", "分值"],
            ["产出", "数量", "建设", *beside("25"), "机柜", "12.5"],
            [None, None, None, *beside(None), "服务器", "12.5"],
            [None, None, "培训", *beside("25"), "人数", "25"],
            ["效益", "社会", "服务", *beside("50"), "办件量", "50"],
        ]
    )
    assert [(group, name, mark) for _, group, name, mark in told(table)] == [
        ("数量／建设", "机柜", Decimal("12.5")),
        ("数量／建设", "服务器", Decimal("12.5")),
        ("数量／培训", "人数", Decimal(25)),
        ("社会／服务", "办件量", Decimal(50)),
    ]
    assert table is not None
    assert table.doubts == ("表里有四级指标，三级指标的名称并入“二级指标”一栏（用“／”隔开），请核对",)
