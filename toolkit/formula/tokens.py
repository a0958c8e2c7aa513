"""Formula text → tokens that, put together again, are the text byte for byte."""

import re
from enum import Enum, auto
from typing import NamedTuple

from toolkit.errors import ToolkitError

MAX_LENGTH = 8_192  # Excel's own limit for a formula


class FormulaSyntaxError(ToolkitError):
    """The text is not a formula we can read.

    Attributes:
        position: 1-based character position in the text as given; 0 when the whole text is meant.
    """

    def __init__(self, message: str, position: int = 0) -> None:
        where = f"公式第 {position} 个字符" if position else "公式"
        super().__init__(message, where=where)
        self.position = position


class Kind(Enum):
    """What a token is."""

    SPACE = auto()
    NUMBER = auto()
    TEXT = auto()
    ERROR = auto()
    TABLE = auto()
    REFERENCE = auto()
    FUNCTION = auto()
    NAME = auto()
    OPERATOR = auto()
    OPEN = auto()
    CLOSE = auto()
    OPEN_ARRAY = auto()
    CLOSE_ARRAY = auto()
    COMMA = auto()
    SEMICOLON = auto()


class Token(NamedTuple):
    """One piece of the text; ``position`` is 1-based."""

    kind: Kind
    text: str
    position: int


_SHEET = r"(?:'(?:[^']|'')+'|(?:\[[^\[\]']+\])?[^\W\d][\w.]*|\[[^\[\]']+\])!"
_WORD = r"[^\W\d][\w.\\?]*|\\[\w.\\?]*"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}"
_COLUMNS = r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}"
_ROWS = r"\$?[1-9][0-9]{0,6}:\$?[1-9][0-9]{0,6}"
_AREA = rf"(?:{_CELL}:{_CELL}|{_COLUMNS}|{_ROWS}|{_CELL})(?![\w.\\?(\[!:])"
_COLUMN_SPEC = r"(?:[^\[\]']|'.)*"
_INNER = rf"\[{_COLUMN_SPEC}\]"

# What is short and frequent comes first; no two patterns match at one place, but for those that end in a look ahead.
_PATTERNS = (
    (Kind.COMMA, r","),
    (Kind.OPEN, r"\("),
    (Kind.CLOSE, r"\)"),
    (Kind.OPERATOR, r"<=|>=|<>|[-+*/^&=<>%@]"),
    (Kind.TEXT, r'"(?:[^"]|"")*"'),
    (Kind.FUNCTION, rf"(?:{_WORD})(?=\s*\()"),
    (Kind.SPACE, r"[ \t\r\n]+"),
    (Kind.ERROR, r"#(?i:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A)"),
    (Kind.TABLE, rf"(?:{_WORD})?\[(?:{_COLUMN_SPEC}|\s*@?\s*(?:{_INNER}\s*(?:[,:]\s*)?)+)\](?![\w!])"),
    (Kind.REFERENCE, rf"(?:{_SHEET})?{_AREA}"),
    (Kind.REFERENCE, rf"(?:{_SHEET})(?i:\#REF!)"),
    (Kind.NUMBER, r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?"),
    (Kind.NAME, rf"(?:{_SHEET})?(?:{_WORD})"),
    (Kind.OPEN_ARRAY, r"\{"),
    (Kind.CLOSE_ARRAY, r"\}"),
    (Kind.SEMICOLON, r";"),
)
_SCANNER = re.compile("|".join(f"({pattern})" for _, pattern in _PATTERNS))
_KINDS = (Kind.SPACE, *(kind for kind, _ in _PATTERNS))  # groups of a pattern are counted from 1

_FULL_WIDTH = {
    "，": ",",
    "（": "(",
    "）": ")",
    "；": ";",
    "“": '"',
    "”": '"',
    "＝": "=",
    "＋": "+",
    "－": "-",
    "×": "*",
    "÷": "/",
    "％": "%",
    "≥": ">=",
    "≤": "<=",
    "≠": "<>",
}


def tokenize(text: str) -> tuple[Token, ...]:
    """Cut a formula into tokens; a leading ``=`` must already be gone.

    Raises:
        FormulaSyntaxError: over 8,192 characters, or a character that belongs to no token.

    Source: ECMA-376 part 1, 18.17.2 (syntax of formulas).
    """
    if len(text) > MAX_LENGTH:
        raise FormulaSyntaxError(f"公式有 {len(text)} 个字符，超过 Excel 允许的 {MAX_LENGTH} 个")
    tokens = []
    at = 0
    for match in iter(_SCANNER.scanner(text).match, None):  # type: ignore[attr-defined]  # not in typeshed
        if match.end() == at:
            break
        tokens.append(Token(_KINDS[match.lastindex], match[0], at + 1))
        at = match.end()
    if at < len(text):
        raise _stray(text[at], at + 1)
    return tuple(tokens)


def _stray(character: str, position: int) -> FormulaSyntaxError:
    if character in _FULL_WIDTH:
        hint = f"“{character}”不能用在公式里，请改成半角的 {_FULL_WIDTH[character]}"
        return FormulaSyntaxError(hint, position)
    if character == '"':
        return FormulaSyntaxError("文字的引号没有成对", position)
    if character == "[":
        return FormulaSyntaxError("方括号没有成对", position)
    return FormulaSyntaxError(f"公式里不能有“{character}”", position)
