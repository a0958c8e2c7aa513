"""A template checked before it is used: a workbook against a scheme, a Word file against the names it may use."""

from pathlib import Path

from toolkit.errors import SchemeError
from toolkit.generate import check_template as problems_of
from toolkit.model import CellRef, Finding, Scheme, Sentence, Severity
from toolkit.pipeline.plan.own_files import open_outside, read_own
from toolkit.pipeline.plan.word_templates import check_word_template
from toolkit.pipeline.verdict import Verdict
from toolkit.scheme import read_scheme, starter_workbook, workbook_kind

_SCHEME = "方案.xlsx"
_CHECKED_BY = {
    "方案": "检查方案用 jixiao scheme check 方案.xlsx；检查模板时给出模板文件（jixiao template new 可取出）",
    "项目清单": "项目清单在建立评价时检查（jixiao init）；检查模板时给出模板文件（jixiao template new 可取出）",
}
"""Kinds of workbooks that are given in place of a template, and what checks them."""


def check_template(file: Path, scheme: Path | None = None) -> Verdict:
    """Every mistake of a collection template with its cell, of a Word template with its paragraph.

    Args:
        file: the template.
        scheme: the scheme it is meant for; without one, 方案.xlsx beside the template or in the folder above it, else
            the scheme that ``scheme new`` writes.

    Raises:
        WorkspaceError: one of the files is missing.
        SchemeError: the scheme itself cannot be used.
        TemplateError: the template is no workbook, or no Word file.
    """
    if file.suffix.lower() == ".docx":
        return Verdict(tuple(check_word_template(file)), f"{file.name}（Word 模板）")
    open_outside(file, scheme)
    found = scheme or next((path for path in _nearby(file) if path.is_file()), None)
    bound = _scheme(found)
    against = f"按方案《{bound.title}》" if found else "未找到方案，按新建方案的样子"
    problems = read_own(file, lambda data, name: _no_template(data, name) or problems_of(data, bound, name))
    return Verdict(tuple(problems), f"{file.name}（{against}检查）")


def _no_template(data: bytes, name: str) -> list[Finding]:
    """One finding where the workbook is a scheme or a roster, of which every field would be missed."""
    kind = workbook_kind(data)
    if not kind:
        return []
    told = Sentence.saying("这是{kind}，不是采集表模板，没有按模板检查", kind=kind)
    return [Finding("TEMPLATE-01", Severity.ERROR, CellRef(name), told, _CHECKED_BY[kind])]


def _nearby(file: Path) -> tuple[Path, ...]:
    folder = file.resolve().parent
    return folder / _SCHEME, folder.parent / _SCHEME


def _scheme(path: Path | None) -> Scheme:
    reading = read_own(path, read_scheme) if path else read_scheme(starter_workbook(), _SCHEME)
    if reading.scheme is None:
        count = sum(finding.severity is Severity.ERROR for finding in reading.findings)
        advice = "请先运行 jixiao scheme check 逐格改正"
        raise SchemeError(f"方案有{count}处必须改正，无法用来检查模板", where=path or _SCHEME, what_to_do=advice)
    return reading.scheme
