"""Word templates: the names they may use, checked all at once and tried with the worst data; copies for consultants."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from io import StringIO
from pathlib import Path

from toolkit import resources
from toolkit.errors import TemplateError, WorkspaceError
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.model import CellRef, Finding, Sentence, Severity
from toolkit.pipeline.outcome import Written
from toolkit.scheme import roster_workbook
from toolkit.word.compose import Composer
from toolkit.word.lint import TemplateProblem, lines_of, lint_template, tags_of
from toolkit.word.lint_parts import unknown_parts
from toolkit.word.trial import name_tree, try_template

NAMES_FILE, GUIDE_FILE, ROSTER_FILE = "模板名称表.xlsx", "模板使用说明.docx", "项目清单.xlsx"
_ROSTER_COLUMNS = ("序号", "立项年度", "责任单位", "项目名称", "合同金额（万元）", "联系人", "电话", "邮箱")
_COLUMNS = (Column("名称", 40), Column("类型", 10), Column("含义", 46), Column("示例", 60))
_WORD = re.compile(r"[^\W\d]\w*")
_GUIDE = (
    (
        "一、怎么用",
        (
            "把要改的模板放进评价工作区的“模板”文件夹，文件名不变，程序就用这一份；删去后恢复使用程序自带的模板。",
            "改好以后先检查：jixiao template check 模板/整体报告（完整版）.docx。错处一次列出，写明段落。",
            "没有错处的，再用很长的名称、500行的表、没有数据的情况试填一遍。",
        ),
    ),
    (
        "二、标签怎么写",
        (
            "用双花括号取数：双花括号之间写名称，例如“总体.平均得分”。名称见《模板名称表.xlsx》，每个模板一张表，列有含义和示例。",
            "一段话是否出现：在它前面单独一段写百分号标签“p if 多个项目”，后面单独一段写“p endif”。",
            "一行重复：表格中在它上面单独一行写“tr for 行 in 排名”，下面单独一行写“tr endfor”，行内写“行.名称”。",
            "字体、字号、颜色、页边距照常在 Word 中改；标签的括号用半角，一个标签写在同一段、同一种格式里。",
        ),
    ),
    (
        "三、图",
        (
            "一段文字“图:项目得分”放在两层方括号里，生成时换成可编辑的图。",
            "也可以在 Word 中自己画图，在“编辑替代文字”里写“图:项目得分”，图的样式不变，数据换成本次的。",
        ),
    ),
)


def check_word_template(file: Path) -> list[Finding]:
    """Every mistake of a Word template; of one without mistakes, what goes wrong when it is filled with the worst data.

    Raises:
        WorkspaceError: there is no such file.
        TemplateError: the file is no Word document.
    """
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise WorkspaceError("找不到文件", where=file, what_to_do="核对路径和文件名") from None
    template = _template_of(file.name, data)
    tree = name_tree((path, kind, example) for path, kind, _, example in _names()[template])
    problems = [*lint_template(data, tree.inner, _charts(template)), *unknown_parts(data, tree)]
    code = "TEMPLATE-02"
    if not problems:
        problems, code = try_template(data, file.name, tree), "TEMPLATE-03"
    return [_finding(code, file.name, problem) for problem in dict.fromkeys(problems)]


def new_templates(folder: Path) -> Written:
    """Copy every template, a roster to fill in, a guide and the table of names into a folder.

    A file that is there already stays as it is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {path.name: path.read_bytes() for path in resources.shipped_templates()}
    wanted |= {ROSTER_FILE: roster_workbook([_ROSTER_COLUMNS]), NAMES_FILE: _names_workbook(), GUIDE_FILE: _guide()}
    written = []
    for name, data in wanted.items():
        path = folder / name
        if not path.exists():
            path.write_bytes(data)
            written.append(path)
    return Written(folder, tuple(folder / name for name in wanted), len(written))


def _finding(code: str, name: str, problem: TemplateProblem) -> Finding:
    return Finding(
        code,
        Severity.ERROR,
        CellRef(name),
        Sentence.saying("{place}：{message}", place=problem.place, message=problem.message),
        problem.hint,
    )


@cache
def _names() -> Mapping[str, list[tuple[str, str, str, str]]]:
    """Template → path, kind, meaning and example of every name."""
    text = resources.template_names_path().read_text(encoding="utf-8-sig")
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    for template, path, kind, meaning, example in list(csv.reader(StringIO(text)))[1:]:
        found.setdefault(template, []).append((path, kind, meaning, example))
    return found


def _template_of(name: str, data: bytes) -> str:
    """The template that a file replaces: by its name, else the one whose names it uses most."""
    every = _names()
    alike = [known for known in every if known.removesuffix(".docx") in name]
    return name if name in every else alike[0] if alike else _most_alike(data, every)


def _charts(template: str) -> Sequence[str]:
    """The charts a template may have a place for; letters have none."""
    from toolkit.report.planned import CHARTS

    return next((charts for kind, charts in CHARTS.items() if kind.template == template), ())


def _most_alike(data: bytes, every: Mapping[str, Iterable[tuple[str, str, str, str]]]) -> str:
    used = {word for line in lines_of(data) for tag in tags_of(line) for word in _WORD.findall(tag)}
    return max(every, key=lambda known: len(used & {path for path, *_ in every[known]}))


def _names_workbook() -> bytes:
    sheets = [
        TableSheet(
            template.removesuffix(".docx"),
            f"{template.removesuffix('.docx')}：模板可以使用的名称",
            _COLUMNS,
            [(path, kind, meaning, example) for path, kind, meaning, example in own],
            "带 [] 的是列表中的一个：“排名[].总分”在“行 in 排名”的循环里写成“行.总分”。",
        )
        for template, own in _names().items()
    ]
    return table_workbook(sheets)


def _guide() -> bytes:
    made = Composer("模板使用说明")
    made.title("模板使用说明")
    for title, paragraphs in _GUIDE:
        made.heading(1, title)
        for text in paragraphs:
            made.paragraph(text)
    return made.save()


__all__ = ["GUIDE_FILE", "NAMES_FILE", "TemplateError", "check_word_template", "new_templates"]
