"""``jixiao formula``: what a formula gives, and how two formulas differ."""

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from toolkit.cli.options import AsJson
from toolkit.cli.screen import face, leave_with
from toolkit.cli.usage import App

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.model import Value

app = App("公式：求值与比较，与采集表、总表同一套算法。")

NEGATIVE = {"ignore_unknown_options": True}
"""A formula may begin with a minus sign."""


@app.command(
    "eval", context_settings=NEGATIVE, help="计算公式的值。名=值 给出公式里的名称，如 实际支出资金=95；不带值为空白。"
)
def evaluate_text(
    text: Annotated[str, typer.Argument(metavar="公式", help='有无等号均可，如 "实际支出资金/预算资金"')],
    names: Annotated[Optional[list[str]], typer.Argument(metavar="名=值…", help="名称的值")] = None,
    as_json: AsJson = False,
) -> None:
    from toolkit.formula import FormulaSyntaxError, evaluate

    with face(as_json=as_json) as screen:
        given = dict(map(_binding, names or ()))
        try:
            value = evaluate(text, given)
        except FormulaSyntaxError as fault:
            raise typer.BadParameter(str(fault)) from None
        said = {"value": shown(value), "type": kind(value)}
        screen.show(said, lambda: str(said["value"]))
        for words in _unknown(text, given):
            typer.echo(words, err=True)


@app.command("compare", context_settings=NEGATIVE, help="比较两个公式，用文字说出差别。")
def compare_texts(
    expected: Annotated[str, typer.Argument(metavar="应有的公式", help="应有的公式")],
    found: Annotated[str, typer.Argument(metavar="现有的公式", help="现有的公式")],
    as_json: AsJson = False,
) -> None:
    from toolkit.formula import FormulaSyntaxError, Verdict, compare

    with face(as_json=as_json) as screen:
        try:
            verdict = compare(expected, found)
        except FormulaSyntaxError as fault:
            raise typer.BadParameter(str(fault)) from None
        screen.show({"verdict": verdict.verdict.value, "words": verdict.words}, lambda: verdict.words)
        leave_with(findings=verdict.verdict in (Verdict.CONSTANT, Verdict.DIFFERENT))


def shown(value: object) -> str | bool | None:
    """A value for output: numbers as decimal text, errors as their code."""
    from toolkit.text import plain

    if isinstance(value, Decimal):
        return plain(value)
    return value if value is None or isinstance(value, bool | str) else str(value)


def kind(value: object) -> str:
    """What sort of value it is."""
    if value is None:
        return "blank"
    names: dict[type, str] = {bool: "boolean", Decimal: "number", str: "text"}
    return names.get(type(value), "error")


def _unknown(text: str, given: "Mapping[str, Value]") -> "Iterator[str]":
    """Why an answer may be #NAME?: functions that are not supported, names without a value."""
    from toolkit.formula import parse, unknown_functions

    formula = parse(text)
    if functions := unknown_functions(formula):
        yield f"不支持的函数：{'、'.join(functions)}，计算为 #NAME?"
    known = {name.casefold() for name in given}
    if names := sorted(name for name in formula.names if name.casefold() not in known):
        yield f"没有给出取值的名称：{'、'.join(names)}，计算为 #NAME?；空白的写成 名="


def _binding(text: str) -> "tuple[str, Value]":
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise typer.BadParameter(f"“{text}”应写成 名=值，例如 实际支出资金=95")
    return name.strip(), _value(value.strip())


def _value(text: str) -> "Value":
    from toolkit.model import ErrorValue

    if not text:
        return None
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE"
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1]
    if text.startswith("#"):
        return next((error for error in ErrorValue if error.value == text.upper()), text)
    try:
        return Decimal(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except InvalidOperation:
        return text
