"""Where the templates and samples are: in a checkout, in an installed wheel and in the frozen program.

All three keep the same folders side by side; only the place they hang from differs. Nothing here reads a file:
callers get a path.
"""

import sys
from pathlib import Path

from toolkit.errors import TemplateError, ToolkitError, WorkspaceError

WORKBOOK_TEMPLATES = "workbook_templates"
DOCUMENT_TEMPLATES = "doc_templates"
SAMPLES = "samples"
LIBRARY = "library"
LAWS, INDICATORS = "政策库.csv", "指标库.xlsx"
TEMPLATE_NAMES = "模板名称.csv"


def resource_root() -> Path:
    """The folder that holds ``workbook_templates``, ``doc_templates``, ``library`` and ``samples``.

    Returns:
        The frozen program's unpacked data, the wheel's data folder or the root of the checkout, in this order.
    """
    package = Path(__file__).resolve().parent
    unpacked = getattr(sys, "_MEIPASS", None)
    candidates = [Path(unpacked) / "toolkit" / "_data"] if unpacked else []
    candidates.append(package / "_data")
    return next((root for root in candidates if root.is_dir()), package.parent)


def template_path(name: str) -> Path:
    """The workbook template of this file name.

    Raises:
        TemplateError: when there is no such file; the message lists those there are.
    """
    return _file(WORKBOOK_TEMPLATES, name, ".xlsx", "表格模板")


def document_template_path(name: str) -> Path:
    """The Word template of this file name.

    Raises:
        TemplateError: when there is no such file; the message lists those there are.
    """
    return _file(DOCUMENT_TEMPLATES, name, ".docx", "文书模板")


def law_table_path() -> Path:
    """政策库: the table of regulations that schemes, reports and proof-reading share.

    Raises:
        TemplateError: when it is not there.
    """
    return _file(LIBRARY, LAWS, ".csv", "政策库")


def indicator_library_path() -> Path:
    """指标库: the workbook of common indicators that schemes are picked from.

    Raises:
        TemplateError: when it is not there.
    """
    return _file(LIBRARY, INDICATORS, ".xlsx", "指标库")


def template_names_path() -> Path:
    """The table of all names the Word templates may use.

    Raises:
        TemplateError: when it is not there.
    """
    return _file(DOCUMENT_TEMPLATES, TEMPLATE_NAMES, ".csv", "模板名称表")


def shipped_templates() -> tuple[Path, ...]:
    """All templates that came with the program, of workbooks and of Word documents."""
    folders = ((WORKBOOK_TEMPLATES, ".xlsx"), (DOCUMENT_TEMPLATES, ".docx"))
    found = (path for folder, suffix in folders for path in (resource_root() / folder).glob(f"*{suffix}"))
    return tuple(sorted(path for path in found if path.name[0] != "~"))


def sample_names() -> tuple[str, ...]:
    """The names of the sample evaluations, sorted; empty when none came with the program."""
    folder = resource_root() / SAMPLES
    if not folder.is_dir():
        return ()
    # An empty folder is none: neither git nor a wheel keeps one.
    samples = (entry for entry in folder.iterdir() if entry.name[0] not in "._" and entry.is_dir())
    return tuple(sorted(entry.name for entry in samples if any(entry.iterdir())))


def sample_dir(name: str) -> Path:
    """The folder of one sample evaluation.

    Raises:
        WorkspaceError: when there is no such sample; the message lists those there are.
    """
    if name not in sample_names():
        raise _missing(WorkspaceError, "样例", name, sample_names())
    return resource_root() / SAMPLES / name


def _file(folder: str, name: str, suffix: str, noun: str) -> Path:
    # Looked up in the listing, never joined blindly: a name such as "../x" can only be absent.
    parent = resource_root() / folder
    names = sorted(path.name for path in parent.glob(f"*{suffix}") if path.is_file() and path.name[0] != "~")
    if name not in names:
        raise _missing(TemplateError, noun, name, tuple(names))
    return parent / name


def _missing(error: type[ToolkitError], noun: str, name: str, present: tuple[str, ...]) -> ToolkitError:
    known = f"可用的{noun}有：{'、'.join(present)}" if present else f"安装目录中没有任何{noun}，请重新安装本程序"
    return error(f"找不到{noun}“{name}”", where=resource_root(), what_to_do=known)
