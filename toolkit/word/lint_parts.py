"""The parts of names in a template, ``行.得分`` of every ``行 in 排名``: all that do not exist, not only the first."""

from collections.abc import Iterator
from difflib import get_close_matches

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from toolkit.word.engine import make_environment
from toolkit.word.lint import Line, TemplateProblem, lines_of, tags_of
from toolkit.word.trial import NameNode

_OF_FIGURES = ("value", "text", "at")
Scope = dict[str, NameNode | None]


def unknown_parts(data: bytes, tree: NameNode) -> list[TemplateProblem]:
    """Every part of a name that does not exist, with its paragraph and what there is instead."""
    environment = make_environment()
    scope: Scope = dict(tree.inner)
    found: list[TemplateProblem] = []
    for line in lines_of(data):
        for text in tags_of(line):
            found += _of_tag(line, text, scope, environment)
    return list(dict.fromkeys(found))


def _of_tag(line: Line, text: str, scope: Scope, environment: SandboxedEnvironment) -> Iterator[TemplateProblem]:
    try:
        tree = environment.parse(text)
    except TemplateSyntaxError:
        return
    for loop in tree.find_all(nodes.For):
        _bind(loop, scope)
    for used in tree.find_all(nodes.Getattr):
        owner = _resolve(used.node, scope)
        if owner is not None and _lacks(owner, used.attr):
            names = sorted(owner.inner)
            near = get_close_matches(used.attr, names, n=1, cutoff=0.5)
            hint = f"是不是“{near[0]}”？" if near else f"可用的有：{'、'.join(names) or '无'}"
            yield line.problem(f"没有“{used.attr}”这一项", hint)


def _lacks(owner: NameNode, name: str) -> bool:
    if owner.kind == "组":
        return bool(owner.inner) and name not in owner.inner
    return owner.kind == "数" and name not in _OF_FIGURES


def _bind(loop: nodes.For, scope: Scope) -> None:
    """A loop's name is an item of its list; of a list nobody knows, nobody knows the item."""
    every = _resolve(loop.iter, scope)
    if isinstance(loop.target, nodes.Name):
        scope[loop.target.name] = every.item if every else None


def _resolve(node: nodes.Node, scope: Scope) -> NameNode | None:
    if isinstance(node, nodes.Name):
        return scope.get(node.name)
    if isinstance(node, nodes.Getattr):
        owner = _resolve(node.node, scope)
        return owner.inner.get(node.attr) if owner else None
    return None
