"""Names in a formula replaced, everything else kept byte for byte."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from toolkit.formula.tokens import Kind, tokenize


def rename(text: str, mapping: Callable[[str], str] | Mapping[str, str]) -> str:
    """A formula with other names, or cell references, in the place of its defined names.

    Texts in quotes, function names, sheet-qualified names and structured references stay as they are. A mapping is
    looked up in any case; names it does not hold stay.

    Raises:
        FormulaSyntaxError: the text cannot be cut into tokens.
    """
    replacement = mapping if callable(mapping) else _lookup(mapping)
    sign, body = ("=", text[1:]) if text.startswith("=") else ("", text)
    pieces = [
        replacement(token.text) if token.kind is Kind.NAME and _is_defined_name(token.text) else token.text
        for token in _tokens(body)
    ]
    return sign + "".join(pieces)


_tokens = lru_cache(maxsize=1024)(tokenize)
"""A master renames the same rule for every project."""


def _is_defined_name(text: str) -> bool:
    return "!" not in text and text.upper() not in {"TRUE", "FALSE"}


def _lookup(mapping: Mapping[str, str]) -> Callable[[str], str]:
    by_fold = {name.casefold(): new for name, new in mapping.items()}
    return lambda name: mapping.get(name) or by_fold.get(name.casefold(), name)
