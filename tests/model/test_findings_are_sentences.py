"""What a finding tells is a template with its words, nowhere an f-string: found in the source of every module."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import toolkit

_TOLD = 3
"""Which argument of ``Finding(code, severity, at, told, …)``."""


def _has_places(node: ast.expr) -> bool:
    """An f-string with a value in it, alone or as a part of what is chosen or put together."""
    if isinstance(node, ast.IfExp):
        return _has_places(node.body) or _has_places(node.orelse)
    if isinstance(node, ast.BinOp):
        return _has_places(node.left) or _has_places(node.right)
    return isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.FormattedValue) for part in node.values)


def _assigned(function: ast.AST, name: str) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                pairs = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = list(zip(target.elts, node.value.elts, strict=False))  # (a, *b) = …
                yield from (value for one, value in pairs if isinstance(one, ast.Name) and one.id == name)


def _told(call: ast.Call, at: int, parameter: str) -> ast.expr | None:
    by_name = (keyword.value for keyword in call.keywords if keyword.arg == parameter)
    by_place = call.args[at] if at < len(call.args) else None
    return next(by_name, None if any(isinstance(one, ast.Starred) for one in call.args) else by_place)


def _calls(function: ast.FunctionDef) -> list[tuple[str, ast.Call]]:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return [(getattr(call.func, "id", getattr(call.func, "attr", "")), call) for call in calls]


def f_strings(source: str) -> list[int]:
    """Lines of the f-strings that become what a finding tells, also by way of functions of the same module."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    calls = [(function, *called) for function in functions for called in _calls(function)]
    waiting, found = {"Finding": (_TOLD, "told")}, set()
    seen = set(waiting)
    while waiting:
        name, place = waiting.popitem()
        for function, called, call in calls:
            told = _told(call, *place) if called == name else None
            meant = [told, *_assigned(function, told.id)] if isinstance(told, ast.Name) else [told]
            found |= {node.lineno for node in meant if node is not None and _has_places(node)}
            parameters = [argument.arg for argument in function.args.args if argument.arg not in ("self", "cls")]
            if isinstance(told, ast.Name) and told.id in parameters and function.name not in seen:
                seen.add(function.name)
                waiting[function.name] = (parameters.index(told.id), told.id)
    return sorted(found)


def test_no_finding_tells_an_f_string() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in Path(toolkit.__file__).parent.rglob("*.py")}
    making = {path: source for path, source in sources.items() if "Finding(" in source}
    assert len(making) > 50
    assert {path.name: lines for path, source in making.items() if (lines := f_strings(source))} == {}


@pytest.mark.parametrize(
    "source",
    [
        'def f(a):\n    return Finding("X-1", E, a, f"{a}错")',
        'def f(a):\n    words = f"{a}错" if a else "错"\n    return Finding("X-1", E, a, words)',
        'def f(a):\n    words, hint = f"{a}错", "改"\n    return Finding("X-1", E, a, told=words)',
        'def f(a):\n    words = "错"\n    words += f"{a}"\n    return Finding("X-1", E, a, words)',
        'def g(a):\n    return f(a, f"{a}错")\ndef f(a, words):\n    return Finding("X-1", E, a, words)',
    ],
)
def test_one_is_found_wherever_it_is_put_together(source: str) -> None:
    assert f_strings(source)
