"""The template language: sandboxed, escaped, strict; its errors in Chinese with the paragraph they come from."""

import re
from collections.abc import Iterable, Iterator
from types import CodeType, TracebackType
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError, TemplateRuntimeError, UndefinedError
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from toolkit.errors import TemplateError
from toolkit.word.printing import as_markup

PRINTER = "_jx_printer"  # the context key of the document's Printer; a template cannot read a name nobody documents
_UNSAFE_FILTERS = ("safe", "urlize", "xmlattr", "tojson", "pprint")
_FILE = "<template>"
_SWITCHES: tuple[type[nodes.Node], ...] = (nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)
_OF_DICT = frozenset(dir(dict))
_OF_LOOP = frozenset({"index", "index0", "first", "last", "length"})

WORDS = {
    "endif": "{% if %} 没有对应的 {% endif %}，或多出一个 {% endif %}",
    "endfor": "{% for %} 没有对应的 {% endfor %}，或多出一个 {% endfor %}",
}


class TagGenerator(CodeGenerator):
    """Writes a template's code: what a tag prints goes through the document's Printer.

    It notes the names asked for: to find these apart, Jinja writes all of the code again.
    """

    environment: "TemplateEnvironment"

    def write_commons(self) -> None:
        """What stands at the beginning of a template's code."""
        super().write_commons()
        self.writeline(f"printer = context[{PRINTER!r}]")
        self.writeline("print_text, print_quoted = printer.text, printer.quoted")

    def _make_finalize(self) -> CodeGenerator._FinalizeInfo:
        """No value is printed before a document is."""
        return self._FinalizeInfo(None, None)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:  # noqa: ARG002
        self.write("print_text(" if id(node) in self.environment.in_texts else "print_quoted(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:  # noqa: ARG002
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - as Jinja names it
        """A part of a variable; where this is what nearly every value is, the code itself takes it."""
        before = _taken(frame.symbols.ref(node.node.name), node.attr) if isinstance(node.node, nodes.Name) else ""
        self.write(f"({before}")
        super().visit_Getattr(node, frame)
        self.write(")")

    def enter_frame(self, frame: Frame) -> None:
        """Note the names that a block takes from outside."""
        super().enter_frame(frame)
        loads = (load for load in frame.symbols.loads.values() if load[0] == VAR_LOAD_RESOLVE)
        self.environment.asked.update(name for _, name in loads if name not in self.environment.globals)


class TemplateEnvironment(SandboxedEnvironment):
    """Compiles Word templates.

    Attributes:
        asked: the names that the template compiled last asks the context for.
        in_texts: ids of the tags of the template to be compiled that are known to stand in a text.
    """

    code_generator_class = TagGenerator

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.asked: set[str] = set()
        self.in_texts: frozenset[int] = frozenset()

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401
        """A part of a value; of what nearly every value is, without looking for what a template may not see."""
        kind = type(obj)
        if kind is dict and attribute in obj and attribute not in _OF_DICT:
            return obj[attribute]
        if kind is LoopContext and attribute in _OF_LOOP:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


def _taken(variable: str, attribute: str) -> str:
    """The code before that of :meth:`TemplateEnvironment.getattr`, which does the same for any value."""
    if attribute in _OF_LOOP:
        return f"{variable}.{attribute} if type({variable}) is LoopContext else "
    if attribute in _OF_DICT:
        return ""
    return f"{variable}[{attribute!r}] if type({variable}) is dict and {attribute!r} in {variable} else "


def make_environment() -> TemplateEnvironment:
    """The one environment all Word templates are compiled in."""
    environment = TemplateEnvironment()
    for name in _UNSAFE_FILTERS:
        del environment.filters[name]
    environment.filters["join"] = _join
    return environment


@pass_context
def _join(context: Context, values: Iterable[object], d: str = "") -> Markup:
    """``|join``, whose figures stay figures."""
    return as_markup(context[PRINTER].joined(values, d))


def turns_escaping_off(tree: nodes.Template) -> bool:
    """Whether a template holds ``{% autoescape false %}``."""
    return next(tree.find_all(_SWITCHES), None) is not None


def explain(error: Exception, source: str, name: str) -> TemplateError:
    """A template error as the words a consultant needs.

    Args:
        error: what jinja2 raised.
        source: the template's text, one paragraph a line.
        name: the template file.
    """
    lines = source.split("\n")
    line = error.lineno if isinstance(error, TemplateSyntaxError) else _line_of(error.__traceback__)
    place = visible_words(lines[line - 1]) if line and line <= len(lines) else ""
    where = "，".join(filter(None, (name, f"段落“{place[:80]}”" if place else "")))
    return TemplateError(
        f"Word 模板有问题：{describe(error)}", where=where, what_to_do="请在 Word 中改正模板的这一处标签"
    )


def describe(error: Exception) -> str:
    """One Chinese sentence for a template error."""
    text = str(error.message if isinstance(error, JinjaError) else error)
    if isinstance(error, UndefinedError):
        return _describe_undefined(text)
    if isinstance(error, SecurityError):
        return "标签里用了不允许的写法（模板中只能取值，不能调用程序）"
    if isinstance(error, TemplateSyntaxError):
        return _describe_syntax(text)
    if isinstance(error, TemplateRuntimeError | TypeError | ZeroDivisionError | ValueError):
        return f"标签算不出结果（{text}）"
    return text


def _describe_undefined(text: str) -> str:
    if match := re.fullmatch(r"'(.+)' is undefined", text):
        return f"名称“{match[1]}”不存在"
    if match := re.fullmatch(r"'(.+)' has no attribute '(.+)'", text):
        return f"没有“{match[2]}”这一项"
    return f"引用的内容不存在（{text}）"


def _describe_syntax(text: str) -> str:
    for word, sentence in WORDS.items():
        if word in text:
            return sentence
    if match := re.search(r"No filter named '(.+?)'", text):
        return f"没有“{match[1]}”这个格式转换"
    if "Encountered unknown tag" in text or "Unexpected end of template" in text:
        return "{% … %} 标签的名称不对，或没有成对出现"
    return f"标签写法不对，括号或引号可能没有配对（{text}）"


def visible_words(xml: str) -> str:
    """The words of a piece of template XML."""
    plain = re.sub(r"<[^>]*>", "", xml)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&").strip()


def _line_of(traceback: TracebackType | None) -> int:
    """Template line of the innermost template frame: jinja2 rewrites its traceback to template lines."""
    found = [item.tb_lineno for item in _frames(traceback) if item.tb_frame.f_code.co_filename == _FILE]
    return found[-1] if found else 0


def _frames(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def parse_template(environment: TemplateEnvironment, source: str) -> nodes.Template:
    """The tags of a template.

    Raises:
        TemplateSyntaxError: also for a template that turns escaping off.
    """
    tree = environment.parse(source)
    if "autoescape" in source and turns_escaping_off(tree):
        raise TemplateSyntaxError("模板不能关闭转义（autoescape）", 1)
    return tree


def code_of(
    environment: TemplateEnvironment, tree: nodes.Template, in_texts: frozenset[int] = frozenset()
) -> tuple[CodeType, frozenset[str]]:
    """The code of a template, and the names it asks for.

    Args:
        environment: which made the tree.
        tree: the template.
        in_texts: ids of the printed values that are known to stand in a text.
    """
    environment.asked, environment.in_texts = set(), in_texts
    code = environment.compile(tree)
    return code, frozenset(environment.asked)


def template_of(environment: TemplateEnvironment, code: CodeType) -> Any:  # noqa: ANN401
    """The template that some code is of; it may come from an environment like this one."""
    return environment.template_class.from_code(environment, code, environment.make_globals(None), None)
