"""A Word template tried before it is used: every name in it, and how it stands the worst data.

The names come from a table (path, kind, example); a template is filled with the examples, with the longest words, with
500 rows, and with nothing at all.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from toolkit.errors import TemplateError
from toolkit.model.figure import Figure
from toolkit.word.charts import ChartKind, ChartSpec, chart_names, insert_charts
from toolkit.word.lint import TemplateProblem
from toolkit.word.package import DOCUMENT, Node, paragraph_text, parse, read_parts, w
from toolkit.word.render import WordTemplate, compile_template

_ACROSS, _WORD = re.compile(r"\{%tc for \S+ in (.+?)%\}"), re.compile(r"[^\W\d]\w*")
_LEFT = re.compile(r"\{\{|\}\}|\{%|%\}")
_MOST_COLUMNS = 63
"""Columns of a table in Word; a file with more is called damaged."""
_COLUMNS, _NESTED = 4, 2
_LONG = "名称很长很长的" * 8
_LONG_NUMBER = "1,234,567,890.12"
_AT = "汇总!A1"


@dataclass(slots=True)
class NameNode:
    """One name: its kind (文字 数 句 是否 整数 列表 组 编号), an example, and what is in it."""

    kind: str = "组"
    example: str = ""
    inner: dict[str, "NameNode"] = field(default_factory=dict)
    item: "NameNode | None" = None


@dataclass(frozen=True, slots=True)
class Case:
    """One trial: what the data are like, in words; rows of a table; everything there, as the example, or missing."""

    words: str
    rows: int
    there: bool | None
    is_long: bool = False
    across: frozenset[str] = frozenset()
    """Names of lists that a template prints side by side: as many as in truth, a page has no room for 500."""


CASES = (
    Case("数据如示例", 2, None),
    Case("名称和金额很长", 3, there=True, is_long=True),
    Case("每个表500行", 500, there=True),
    Case("没有数据（0行、缺失值）", 0, there=False),
)


class _Counter:
    def __init__(self) -> None:
        self._last = 0

    def __html__(self) -> str:
        self._last += 1
        return str(self._last)

    __str__ = __html__


def name_tree(rows: Iterable[tuple[str, str, str]]) -> NameNode:
    """The names of a template from its table: path such as ``排名[].总分``, kind, example."""
    root = NameNode()
    for path, kind, example in rows:
        node = root
        for word in re.findall(r"\[\]|[^.\[\]]+", path):
            if word == "[]":
                node.item = node = node.item or NameNode()
            else:
                node = node.inner.setdefault(word, NameNode())
        node.kind, node.example = kind, example
    return root


def try_template(data: bytes, name: str, tree: NameNode) -> list[TemplateProblem]:
    """What goes wrong when a template without mistakes of writing is filled; every case names what it shows.

    Raises:
        TemplateError: the template cannot be compiled; :func:`~toolkit.word.lint.lint_template` tells why.
    """
    template = compile_template(data, name)
    across = frozenset(_side_by_side(data))
    used = {word for part in template.parts for word in _WORD.findall(part.source)}
    tree = NameNode(inner={word: node for word, node in tree.inner.items() if word in used})
    found: dict[tuple[str, str], TemplateProblem] = {}
    for case in CASES:
        for problem in _tried(template, tree, replace(case, across=across)):
            found.setdefault((problem.place, problem.message), problem)
    return list(found.values())


def _side_by_side(data: bytes) -> Iterator[str]:
    """The names in ``{%tc for … in … %}``."""
    for node in parse(read_parts(data)[DOCUMENT]).iter(w("p")):
        for loop in _ACROSS.findall(paragraph_text(node)):
            yield from _WORD.findall(loop)


def _tried(template: WordTemplate, tree: NameNode, case: Case) -> list[TemplateProblem]:
    hint = f"试填的情况：{case.words}"
    try:
        made = template.render(values_of(tree, case))
        made = insert_charts(made, dict.fromkeys(chart_names(made), _CHART))
    except TemplateError as error:
        return [TemplateProblem(str(error.where), error.message, f"{error.what_to_do}（{hint}）")]
    root = parse(read_parts(made)[DOCUMENT])
    return [*_left_over(root, hint), *_too_wide(root, hint)]


_CHART = ChartSpec(ChartKind.COLUMN, ["甲", "乙"], {"数": [Decimal(1), Decimal(2)]})


def _left_over(root: Node, hint: str) -> list[TemplateProblem]:
    """Tags that were printed as they stand: broken by formatting in the middle, or with full-width brackets."""
    texts = (paragraph_text(paragraph) for paragraph in root.iter(w("p")))
    return [
        TemplateProblem(f"正文“{text.strip()[:60]}”", "标签没有被填入，原样印了出来", hint)
        for text in texts
        if _LEFT.search(text)
    ]


def _too_wide(root: Node, hint: str) -> list[TemplateProblem]:
    message = f"表格超过{_MOST_COLUMNS}列，Word 打不开"
    return [
        TemplateProblem(f"表格“{paragraph_text(next(table.iter(w('p'))))[:60]}”", message, hint)
        for table in root.iter(w("tbl"))
        if len(table.findall(f"{w('tblGrid')}/{w('gridCol')}")) > _MOST_COLUMNS
    ]


def values_of(node: NameNode, case: Case) -> dict[str, Any]:
    """A context for one case."""
    return {name: _value(inner, case, name) for name, inner in node.inner.items()}


def _value(node: NameNode, case: Case, name: str, depth: int = 0) -> Any:  # noqa: ANN401
    if node.kind == "列表":
        return _list(node, case, name, depth)
    if node.kind == "组":
        return {inner_name: _value(inner, case, inner_name, depth) for inner_name, inner in node.inner.items()}
    if node.kind == "是否":
        return (node.example == "是") if case.there is None else case.there
    if node.kind == "整数":
        return int(node.example or 1)
    if node.kind == "编号":
        return _Counter()
    if node.kind == "数":
        return _figure(node, case)
    text = "" if case.there is False else _LONG if case.is_long else node.example or "示例"
    return (text,) if node.kind == "句" and text else () if node.kind == "句" else text


def _figure(node: NameNode, case: Case) -> Figure:
    if case.there is False:
        return Figure(None, _AT, "—")
    return Figure(Decimal(1), _AT, _LONG_NUMBER if case.is_long else node.example or "1.00")


def _list(node: NameNode, case: Case, name: str, depth: int) -> list[Any]:
    """Rows of a table as many as the case has, columns always few; rows within rows are few as well."""
    if node.item is None or case.there is False:
        return []
    is_row = node.item.kind == "组" and name not in case.across
    count = (_NESTED if depth else case.rows) if is_row else _COLUMNS
    row = _value(node.item, case, "", depth + 1)
    return [row] * count
