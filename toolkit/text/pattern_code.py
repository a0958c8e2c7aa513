"""What compiling a pattern gives, as plain values, and a compiled pattern made of them without compiling.

Python keeps no compiled patterns and has no public way to. What is asked here of its standard library it does itself
(:mod:`re`, ``_compiler.compile``); where another Python does it otherwise there is no code, and patterns are compiled.
"""

import re
from array import array
from re import _parser as reading  # type: ignore[attr-defined]
from typing import Any, TypeAlias

PatternCode: TypeAlias = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags with those that stand in the pattern, instructions, groups: how many, names → numbers, names by number."""
_NOT_KNOWN = (ImportError, AttributeError, TypeError, ValueError, OverflowError, RuntimeError)


def code_of(text: str, flags: int) -> PatternCode | None:
    """The code of a pattern; None where this Python makes none from which the same pattern comes back."""
    try:
        from re import _compiler  # type: ignore[attr-defined]

        parsed = reading.parse(text, flags)
        state = parsed.state
        names: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
        instructions = array("I", map(int, _compiler._code(parsed, flags))).tobytes()  # noqa: SLF001 - see above
        code = (int(flags | state.flags), instructions, state.groups - 1, dict(state.groupdict), tuple(names))
    except _NOT_KNOWN:
        return None
    return code if made_of(text, code) == re.compile(text, flags) else None


def made_of(text: str, code: PatternCode) -> re.Pattern[str] | None:
    """The compiled pattern; None where this Python makes none of it."""
    flags, instructions, *groups = code
    try:
        import _sre  # type: ignore[import-not-found]

        compiled: Any = _sre.compile(text, flags, array("I", instructions).tolist(), *groups)
    except _NOT_KNOWN:
        return None
    return compiled if isinstance(compiled, re.Pattern) else None
