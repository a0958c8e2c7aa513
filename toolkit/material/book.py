"""报告素材.xlsx to be filled in: a row for every chapter and project, guidance, the figures that may be named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.material import columns as of
from toolkit.model import Roster
from toolkit.model.material import CHAPTERS, PROJECT_CHAPTERS

_HOW = (
    "在“正文”中写文字，一行一段（格内换行用 Alt+Enter）；同一章节可以写多行，在下面加行即可。空着的不印。"
    "数字写成 {名称}，如 {平均得分}，报告中印现在的数并随数据更新；名称见《可用数字》。"
)
_PROJECTS = "一行一个项目，空着的不印。数字写成 {名称}：先找这个项目的（如 {总分}、{合同金额}），再找全部项目的。"
_NAMES = "写在花括号里，不带单位。另一个项目的数写成 {29号总分}。例中的数是生成本工作簿时的数。"


@dataclass(frozen=True, slots=True)
class FigureName:
    """A name that may be written in braces, what it means, what it prints now."""

    name: str
    meaning: str
    example: str


def material_workbook(
    title: str, roster: Roster, names: Iterable[FigureName], written: Mapping[tuple[str, str], str] | None = None
) -> bytes:
    """The workbook to fill in; ``written``: what stands in it already, by project ("" for none) and chapter."""
    texts = written or {}
    return table_workbook((_chapter_sheet(title, texts), _project_sheet(roster, texts), _name_sheet(names)))


def _chapter_sheet(title: str, texts: Mapping[tuple[str, str], str]) -> TableSheet:
    chapters = tuple(chapter.name for chapter in CHAPTERS)
    rows = [
        (chapter.name, texts.get(("", chapter.name), ""), f"{chapter.guidance}\n印在：{chapter.place}。")
        for chapter in CHAPTERS
    ]
    columns = (
        Column(of.CHAPTER, 14, chapters, required=True),
        Column(of.TEXT, 100, required=True),
        Column(of.GUIDANCE, 60),
    )
    return TableSheet(of.CHAPTER_SHEET, f"{title}：报告素材", columns, rows, _HOW)


def _project_sheet(roster: Roster, texts: Mapping[tuple[str, str], str]) -> TableSheet:
    parts = [
        Column(chapter.name, 50, note=f"{chapter.guidance}印在：{chapter.place}。") for chapter in PROJECT_CHAPTERS
    ]
    projects = [
        (project.id, project.name, *(texts.get((project.id, chapter.name), "") for chapter in PROJECT_CHAPTERS))
        for project in roster.projects
    ]
    columns = (Column(of.PROJECT_ID, 10, numeric=True, required=True), Column(of.PROJECT_NAME, 30), *parts)
    return TableSheet(of.PROJECT_SHEET, "各项目的素材", columns, projects, _PROJECTS)


def _name_sheet(names: Iterable[FigureName]) -> TableSheet:
    columns = (Column("名称", 34), Column("含义", 60), Column("举例", 24))
    rows = [(f"{{{name.name}}}", name.meaning, name.example) for name in names]
    return TableSheet(of.NAME_SHEET, "可以引用的数字", columns, rows, _NAMES, filtered=True)
