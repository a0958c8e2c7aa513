"""Pages of the manual that are made, not written: the API from docstrings, and ARCHITECTURE.md and CONTRIBUTING.md.

MkDocs calls :func:`on_files` while it builds (``hooks`` in mkdocs.yml); nothing is left in ``docs/``.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "toolkit"
WRITTEN = {"ARCHITECTURE.md": "api/architecture.md", "CONTRIBUTING.md": "api/contributing.md"}
LAYERS = {
    "操作与窗口": "operations desktop cli pipeline",
    "各阶段": "scheme generate distribute collect checks correct review survey scoring problems proof aggregate report "
    "archive handover people fieldwork consultation earlier_forms material migrate demo_data",
    "文件、台账、规则": "ledger excel word rules cache ooxml qr",
    "算式、文字、名词": "formula text model",
}
"""Heading of the reference → packages, from the user's side down."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the made pages.

    Raises:
        LookupError: a package of the program stands under no heading.
    """
    packages = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    if missing := packages - {name for names in LAYERS.values() for name in names.split()}:
        raise LookupError(f"packages without a heading in the reference: {sorted(missing)}")
    for uri, text in pages():
        files.append(File.generated(config, uri, content=text))
    return files


def pages() -> Iterator[tuple[str, str]]:
    """Path and Markdown of every made page."""
    for name, uri in WRITTEN.items():
        yield uri, _within_docs((ROOT / name).read_text(encoding="utf-8"))
    lines = ["# 接口说明", "", "由程序的文档字符串生成（英文）。一个包一页。", ""]
    for heading, names in LAYERS.items():
        lines += [f"## {heading}", ""]
        for name in names.split():
            yield f"api/{name}.md", _package(name)
            lines.append(f"- [toolkit.{name}]({name}.md)")
        lines.append("")
    yield "api/index.md", "\n".join(lines)


def _package(name: str) -> str:
    """A package and every module under it."""
    modules = sorted(path for path in (PACKAGE / name).rglob("*.py") if path.name not in ("__init__.py", "__main__.py"))
    dotted = [f"toolkit.{name}", *(".".join(path.relative_to(ROOT).with_suffix("").parts) for path in modules)]
    return "\n".join([f"# toolkit.{name}", "", *(f"::: {module}\n" for module in dotted)])


def _within_docs(text: str) -> str:
    """The text with its links to files of ``docs/`` as they are from a page of the reference."""
    return re.sub(r"\]\(docs/", "](../", text)
