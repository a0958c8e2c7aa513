"""Read a Word template critically before it is used: every problem at once, in plain words, at its paragraph.

docxtpl itself reports one error at a time, in English, with a line number of XML nobody sees.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from jinja2 import TemplateSyntaxError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from toolkit.errors import TemplateError
from toolkit.word.engine import describe, make_environment
from toolkit.word.marks import COUNT
from toolkit.word.package import Node, paragraph_text, parse, read_parts, text_parts, w
from toolkit.word.properties import read_properties
from toolkit.word.render import compile_template

_TAG = re.compile(r"\{\{(?P<printed>.*?)\}\}|\{%(?P<control>.*?)%\}|\{#.*?#\}", re.DOTALL)
_CONTROL = re.compile(r"-?\s*(?:(?P<scope>p|tr|tc|r)\s+)?(?P<word>\w+)\s*(?P<rest>.*?)\s*-?", re.DOTALL)
_PRINTED = re.compile(r"-?(?:(?:p|tr|tc|r)\s)?(?P<rest>.*?)-?", re.DOTALL)
_CHART = re.compile(r"\[\[图[:：]\s*(.+?)\s*\]\]")
_OPENS = {"if": "endif", "for": "endfor", "macro": "endmacro", "filter": "endfilter"}
_CLOSES = {end: start for start, end in _OPENS.items()}
_BETWEEN = {"elif": ("if",), "else": ("if", "for")}
_STANDALONE = {"set", "vm", "hm", "colspan", "cellbg"}
_CURLY = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True, slots=True, order=True)
class TemplateProblem:
    """One thing wrong with a template.

    Attributes:
        place: where: "正文", "页眉页脚" or "表格", and the words of the paragraph.
        message: what is wrong. hint: what to do.
    """

    place: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph with its place, its row (when in a table) and that row's table."""

    text: str
    place: str
    row: Node | None
    part: str

    def problem(self, message: str, hint: str) -> TemplateProblem:
        """Something wrong with this paragraph."""
        return TemplateProblem(self.place, message, hint)


def lint_template(data: bytes, names: Collection[str], charts: Collection[str]) -> list[TemplateProblem]:
    """Every problem found in a template.

    Args:
        data: the ``.docx``.
        names: the names its tags may use (top level).
        charts: the charts its places may name.

    Raises:
        TemplateError: the bytes are not a Word file.
    """
    if COUNT in read_properties(read_parts(data)):
        return [TemplateProblem("正文", "这是已经生成的报告，不是模板", "请选用 doc_templates 中的模板")]
    lines = lines_of(data)
    found = [problem for line in lines for check in _LINE_CHECKS for problem in check(line)]
    found += _balance(lines)
    environment = make_environment()
    found += [problem for line in lines for problem in _expressions(line, environment)]
    found += _unknown_names(lines, names, environment)
    found += _unknown_charts(lines, charts)
    return list(dict.fromkeys(found or _last_resort(data)))


def lines_of(data: bytes) -> list[Line]:
    """Every paragraph with words, of body, headers and footers.

    Raises:
        TemplateError: the bytes are not a Word file.
    """
    parts = read_parts(data)
    return [line for name in text_parts(parts) for line in _lines(name, parse(parts[name]))]


def _lines(part: str, root: Node) -> Iterator[Line]:
    kind = "正文" if part.endswith("document.xml") else "页眉页脚或脚注"
    for paragraph in root.iter(w("p")):
        text = paragraph_text(paragraph)
        row = next(paragraph.iterancestors(w("tr")), None)
        if text.strip():
            yield Line(text, f"{kind if row is None else '表格'}“{' '.join(text.split())[:60]}”", row, part)


def _unclosed(line: Line) -> Iterator[TemplateProblem]:
    rest = _TAG.sub("", line.text)
    for opening, closing in (("{{", "}}"), ("{%", "%}"), ("{#", "#}")):
        if opening in rest:
            yield line.problem(
                f"标签“{opening}”在本段没有对应的“{closing}”", "标签必须在同一段落内写完整，中间不能换行"
            )
        elif closing in rest:
            yield line.problem(f"多出一个“{closing}”", f"请补上前面的“{opening}”，或删去它")
    if re.search(r"｛[｛%]|[｝%]｝|\{ \{|\} \}|\{｛|｛\{|\{％", line.text):
        yield line.problem("标签的括号是全角的或中间有空格", "请用半角 {{ }} 或 {% %}，括号之间不留空格")


def _scopes(line: Line) -> Iterator[TemplateProblem]:
    for tag in _TAG.finditer(line.text):
        control = _CONTROL.fullmatch(tag["control"] or "")
        scope = control["scope"] if control else None
        if scope in ("tr", "tc") and line.row is None:
            yield line.problem(f"“{{%{scope} … %}}”只能写在表格里", "不在表格里请用 {%p … %}")
        elif scope == "tr" and _row_words(line.row) != tag[0]:
            yield line.problem("“{%tr … %}”所在的一行还有别的内容，生成时会丢失", "请让它独占表格的一行")
        elif scope == "p" and line.text.strip() != tag[0]:
            yield line.problem("“{%p … %}”所在的段落还有别的内容，生成时会丢失", "请让它独占一段；段内条件请用 {% … %}")


def _row_words(row: Node) -> str:
    return "".join(paragraph_text(paragraph) for paragraph in row.iter(w("p"))).strip()


_LINE_CHECKS: tuple[Callable[[Line], Iterator[TemplateProblem]], ...] = (_unclosed, _scopes)


def _controls(line: Line) -> Iterator[tuple[str, str]]:
    """Word and rest of every control tag."""
    for tag in _TAG.finditer(line.text):
        if tag["control"] is not None and (match := _CONTROL.fullmatch(tag["control"].translate(_CURLY))):
            yield match["word"], match["rest"]


def _balance(lines: list[Line]) -> list[TemplateProblem]:
    found: list[TemplateProblem] = []
    waiting: list[tuple[str, Line]] = []
    for line in lines:
        for word, _ in _controls(line):
            if word in _OPENS:
                waiting.append((word, line))
            elif word in _CLOSES or word in _BETWEEN:
                found += _close(word, line, waiting)
            elif word not in _STANDALONE:
                found.append(line.problem(f"不认识的标签“{word}”", "可用的有 if、elif、else、endif、for、endfor"))
    return found + [
        line.problem(f"“{{% {word} … %}}”没有结束", f"请在后面补上 {{% {_OPENS[word]} %}}") for word, line in waiting
    ]


def _close(word: str, line: Line, waiting: list[tuple[str, Line]]) -> list[TemplateProblem]:
    openers = _BETWEEN.get(word) or (_CLOSES[word],)
    if not waiting or waiting[-1][0] not in openers:
        listed = " 或 ".join(f"{{% {opener} … %}}" for opener in openers)
        return [line.problem(f"“{{% {word} %}}”前面没有对应的 {listed}", "请检查成对的标签有没有交叉或缺少")]
    opener, start = waiting[-1]
    if word in _CLOSES:
        waiting.pop()
        if _table_of(start) is not _table_of(line) or start.part != line.part:
            return [
                line.problem(f"“{{% {word} %}}”和它的 {{% {opener} … %}} 不在同一张表格内", "请把两个标签放在同一处")
            ]
    return []


def _table_of(line: Line) -> Node | None:
    return None if line.row is None else next(line.row.iterancestors(w("tbl")), None)


def _expressions(line: Line, environment: SandboxedEnvironment) -> Iterator[TemplateProblem]:
    for text in tags_of(line):
        try:
            tree = environment.parse(text)
        except TemplateSyntaxError as error:
            yield line.problem(describe(error), "请检查括号、引号和运算符")
            continue
        for used in tree.find_all(nodes.Filter):
            if used.name not in environment.filters:
                yield line.problem(f"没有“{used.name}”这个格式转换", "请删去竖线“|”后面的这个词")


def tags_of(line: Line) -> Iterator[str]:
    """Every tag of a line as a small template of its own, so that an error belongs to one tag."""
    for tag in _TAG.finditer(line.text):
        if tag["printed"] is not None and (match := _PRINTED.fullmatch(tag["printed"].translate(_CURLY))):
            yield f"{{{{ {match['rest']} }}}}"
    for word, rest in _controls(line):
        if word in ("if", "for"):
            yield f"{{% {word} {rest} %}}{{% end{word} %}}"
        elif word == "elif":
            yield f"{{% if {rest} %}}{{% endif %}}"
        elif word == "set" and "=" in rest:
            yield f"{{% set {rest} %}}"


def _unknown_names(
    lines: list[Line], names: Collection[str], environment: SandboxedEnvironment
) -> Iterator[TemplateProblem]:
    """Names that neither the context nor any loop of the template supplies."""
    usable = {*names, *environment.globals, "loop", *(name for line in lines for name in _bound(line, environment))}
    for line in lines:
        for text in tags_of(line):
            for name in sorted(_used(text, environment) - usable):
                near = get_close_matches(name, sorted(usable), n=1, cutoff=0.5)
                hint = f"是不是“{near[0]}”？" if near else "请对照模板名称表（jixiao template new 生成）"
                yield line.problem(f"名称“{name}”不存在", hint)


def _used(text: str, environment: SandboxedEnvironment) -> set[str]:
    try:
        return meta.find_undeclared_variables(environment.parse(text))
    except TemplateSyntaxError:
        return set()


def _bound(line: Line, environment: SandboxedEnvironment) -> Iterator[str]:
    """Names a line's own loops and settings introduce."""
    for text in tags_of(line):
        try:
            tree = environment.parse(text)
        except TemplateSyntaxError:
            continue
        yield from (node.name for node in tree.find_all(nodes.Name) if node.ctx == "store")


def _unknown_charts(lines: list[Line], charts: Collection[str]) -> Iterator[TemplateProblem]:
    for line in lines:
        for name in _CHART.findall(line.text):
            if name not in charts:
                near = get_close_matches(name, sorted(charts), n=1, cutoff=0.5)
                hint = f"是不是“{near[0]}”？" if near else f"可用的图：{'、'.join(sorted(charts)) or '无'}"
                yield line.problem(f"没有名为“{name}”的图", hint)


def _last_resort(data: bytes) -> list[TemplateProblem]:
    """What only compiling the whole template shows."""
    try:
        compile_template(data)
    except TemplateError as error:
        return [TemplateProblem(error.where, error.message, error.what_to_do)]
    return []
